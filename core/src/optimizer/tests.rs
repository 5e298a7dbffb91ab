//! The loop over parameters on every instruction set.
//!
//! Each optimizer keeps its moments through this loop alone.

use alloc::vec;
use alloc::vec::Vec;

use super::update::{Rule, Update, ratio};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch_each};

/// A rule in which every operand counts.
#[derive(Clone)]
struct Mix;

impl Rule<f32, 3> for Mix {
    #[inline(always)]
    fn apply<V: Vector<f32>>(&self, [p, a, b]: [V; 3], gradient: V, decay: V) -> [V; 3] {
        [p - gradient * decay, a + gradient, b + ratio(gradient, p)]
    }
}

#[derive(Clone)]
struct Case {
    parameters: Vec<f32>,
    gradient: Vec<f32>,
    states: [Vec<f32>; 2],
}

impl Kernel for Case {
    type Output = Case;

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, instructions: I) -> Case {
        let Case { parameters, gradient, states } = &mut self;
        let [a, b] = states;
        let values = [parameters, a, b].map(Vec::as_mut_slice);
        Update { rule: &Mix, gradient, values, decay: 0.5 }.run(instructions);
        self
    }
}

#[test]
fn whole_vectors_and_the_rest_are_updated() {
    for len in [0, 1, 3, 4, 7, 8, 15, 16, 17, 50] {
        let parameters: Vec<f32> = (1..=len).map(|i| i as f32).collect();
        let gradient: Vec<f32> = (0..len).map(|i| (i % 5) as f32 - 2.0).collect();
        let case = Case { parameters, gradient, states: [vec![1.0; len], vec![0.0; len]] };
        dispatch_each(case.clone(), |name, got| {
            for i in 0..len {
                let (p, g) = (case.parameters[i], case.gradient[i]);
                assert_eq!(got.parameters[i], p - g / 2.0, "{name}");
                assert_eq!(got.states[0][i], 1.0 + g, "{name}");
                assert!((got.states[1][i] - g / p).abs() < 1e-6, "{name}: {g} / {p}");
            }
        });
    }
}

/// Moments that decay, as all do behind a unit that is dead.
#[derive(Clone)]
struct Decay;

impl<T: Float> Rule<T, 3> for Decay {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [p, a, b]: [V; 3], _: V, _: V) -> [V; 3] {
        [p, a * V::splat(T::from_f64(0.5)), b * V::splat(T::from_f64(-0.75))]
    }
}

#[derive(Clone)]
struct Decaying<T>(Vec<T>);

impl<T: Float> Kernel for Decaying<T> {
    type Output = [Vec<T>; 3];

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> [Vec<T>; 3] {
        let gradient = vec![T::ZERO; self.0.len()];
        let [mut p, mut a, mut b] = [(); 3].map(|()| self.0.clone());
        let values = [&mut p, &mut a, &mut b].map(Vec::as_mut_slice);
        Update { rule: &Decay, gradient: &gradient, values, decay: T::ZERO }.run(instructions);
        [p, a, b]
    }
}

fn decay<T: Float>(smallest: T, is_subnormal: impl Fn(T) -> bool) {
    let start: Vec<T> = (0..37).map(|i| smallest * T::from_usize(i)).collect();
    dispatch_each(Decaying(start.clone()), |name, [p, a, b]| {
        assert_eq!(p, start, "{name}: a parameter is what it is");
        for ((&start, a), b) in start.iter().zip(a).zip(b) {
            for (moment, factor) in [(a, 0.5), (b, -0.75)] {
                let exact = start * T::from_f64(factor);
                let expected = if exact.abs() < T::SMALLEST_KEPT { T::ZERO } else { exact };
                assert_eq!(moment, expected, "{name}");
                assert!(!is_subnormal(moment), "{name}");
            }
        }
    });
}

#[test]
fn moments_never_become_subnormal() {
    decay(f32::MIN_POSITIVE, f32::is_subnormal);
    decay(f64::MIN_POSITIVE, f64::is_subnormal);
    decay(f32::SMALLEST_KEPT / 8.0, f32::is_subnormal);
    decay(f64::SMALLEST_KEPT / 8.0, f64::is_subnormal);
}

#[derive(Clone)]
struct Ratios(Vec<(f32, f32)>);

impl Kernel for Ratios {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> Vec<f32> {
        let mut lanes = [0.0; 16];
        let mut quotient = |&(dividend, divisor): &(f32, f32)| {
            ratio(I::F32::splat(dividend), I::F32::splat(divisor)).store(&mut lanes);
            lanes[0]
        };
        self.0.iter().map(&mut quotient).collect()
    }
}

#[test]
fn ratios_are_those_of_a_division() {
    let mut pairs = vec![];
    for exponent in -17..=29 {
        for mantissa in [1.0, 1.234_567, 2.999, 5.5, 9.999] {
            let divisor = mantissa * 10f32.powi(exponent);
            pairs.extend([(1.0, divisor), (-3.7, divisor), (divisor, divisor)]);
        }
    }
    dispatch_each(Ratios(pairs.clone()), |name, quotients| {
        for (&(dividend, divisor), quotient) in pairs.iter().zip(quotients) {
            let exact = f64::from(dividend) / f64::from(divisor);
            let error = (f64::from(quotient) - exact).abs() / exact.abs();
            assert!(error < 3e-7, "{name}: {dividend} / {divisor} is {quotient}, off by {error:e}");
        }
    });
    let special = vec![
        (1.0, f32::INFINITY),
        (-2.0, 1e35),
        (0.0, 0.0),
        (1e-18, 0.0),
        (f32::INFINITY, f32::INFINITY),
        (1.0, f32::NAN),
        (f32::NAN, 1.0),
    ];
    dispatch_each(Ratios(special), |name, quotients| {
        assert_eq!(quotients[..3], [0.0; 3], "{name}");
        // A gradient so small that its square is not kept moves a parameter by no more than others do.
        assert!((0.5..1.0).contains(&quotients[3]), "{name}: {}", quotients[3]);
        assert!(quotients[4..].iter().all(|quotient| quotient.is_nan()), "{name}");
    });
}
