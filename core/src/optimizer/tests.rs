//! The loop over parameters on every instruction set.

use alloc::vec;
use alloc::vec::Vec;

use super::update::{Rule, Update, ratio};
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
    for exponent in -29..=29 {
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
        (f32::INFINITY, f32::INFINITY),
        (1.0, f32::NAN),
        (f32::NAN, 1.0),
    ];
    dispatch_each(Ratios(special), |name, quotients| {
        assert_eq!(quotients[..3], [0.0; 3], "{name}");
        assert!(quotients[3..].iter().all(|quotient| quotient.is_nan()), "{name}");
    });
}
