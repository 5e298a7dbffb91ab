//! Every path of the kernels against plain loops, on every instruction set of this machine.

use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::kernel::{Identity, elementwise};
use crate::simd::{Kernel, Vector, dispatch_each};

/// Numbers in [-1, 1) from a linear congruential generator.
fn numbers<T: Float>(count: usize, seed: u64) -> Vec<T> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            T::from_f64((state >> 33) as f64 / (1u64 << 30) as f64 - 1.0)
        })
        .collect()
}

fn assert_close<T: Float>(got: &[T], expected: &[f64], terms: usize, what: &str) {
    assert_eq!(got.len(), expected.len());
    let tolerance = 4.0 * T::EPSILON.to_f64() * (terms as f64 + 4.0);
    for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
        let error = (got.to_f64() - expected).abs();
        assert!(error <= tolerance, "{what} at {i}: {got} instead of {expected}");
    }
}

struct Relu;

impl<T: Float> Epilogue<T> for Relu {
    fn apply<V: Vector<T>>(value: V) -> V {
        value.relu()
    }
}

/// All kernels of one layer and batch; slices are exactly as long as they must be.
#[derive(Clone)]
struct Layer<T, const IN: usize, const OUT: usize> {
    batch: usize,
    has_bias: bool,
    _scalar: core::marker::PhantomData<T>,
}

impl<T: Float, const IN: usize, const OUT: usize> Kernel for Layer<T, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { batch, has_bias, .. } = self;
        let what = if has_bias { "with a bias" } else { "without" };
        let what =
            alloc::format!("{} {:?} {IN} => {OUT}, batch {batch}, {what}", T::NAME, I::LEVEL);
        let weight = numbers::<T>(IN * OUT, 1);
        let bias = if has_bias { numbers::<T>(OUT, 2) } else { vec![T::ZERO; OUT] };
        let given = has_bias.then_some(&bias[..]);
        let input = numbers::<T>(IN * batch, 3);
        let d_output = numbers::<T>(OUT * batch, 4);
        let (input_samples, []) = input.as_chunks::<IN>() else { unreachable!() };
        let (d_output_samples, []) = d_output.as_chunks::<OUT>() else { unreachable!() };
        let w = |o: usize, i: usize| weight[i * OUT + o].to_f64();

        let expected: Vec<f64> = (0..batch * OUT)
            .map(|k| {
                let (b, o) = (k / OUT, k % OUT);
                bias[o].to_f64()
                    + (0..IN).map(|i| w(o, i) * input[b * IN + i].to_f64()).sum::<f64>()
            })
            .collect();
        let expected_relu: Vec<f64> = expected.iter().map(|x| x.max(0.0)).collect();
        let mut pack = vec![T::ZERO; affine_scratch(IN, OUT)];
        let mut output = vec![[T::ZERO; OUT]; batch];
        affine::<T, I, Identity, IN, OUT>(
            instructions,
            &weight,
            given,
            input_samples,
            &mut output,
            None,
            &mut pack,
        );
        assert_close(output.as_flattened(), &expected, IN, &what);
        affine::<T, I, Relu, IN, OUT>(
            instructions,
            &weight,
            given,
            input_samples,
            &mut output,
            None,
            &mut pack,
        );
        assert_close(output.as_flattened(), &expected_relu, IN, &what);
        let mut pre = vec![T::ZERO; OUT * batch];
        output.as_flattened_mut().fill(T::ZERO);
        affine::<T, I, Relu, IN, OUT>(
            instructions,
            &weight,
            given,
            input_samples,
            &mut output,
            Some(&mut pre),
            &mut pack,
        );
        assert_close(output.as_flattened(), &expected_relu, IN, &what);
        assert_close(&pre, &expected, IN, &what);

        let mut pack = vec![T::ZERO; affine_backward_scratch(IN, OUT)];
        let mut weight_gradient = numbers::<T>(IN * OUT, 5);
        let mut bias_gradient = numbers::<T>(OUT, 6);
        let expected_weight: Vec<f64> = (0..IN * OUT)
            .map(|k| {
                let (i, o) = (k / OUT, k % OUT);
                let sum = |b: usize| d_output[b * OUT + o].to_f64() * input[b * IN + i].to_f64();
                weight_gradient[k].to_f64() + (0..batch).map(sum).sum::<f64>()
            })
            .collect();
        let expected_bias: Vec<f64> = (0..OUT)
            .map(|o| {
                let sum: f64 = (0..batch).map(|b| d_output[b * OUT + o].to_f64()).sum();
                bias_gradient[o].to_f64() + if has_bias { sum } else { 0.0 }
            })
            .collect();
        affine_gradient::<T, I, IN, OUT>(
            instructions,
            d_output_samples,
            input_samples,
            &mut weight_gradient,
            has_bias.then_some(&mut bias_gradient[..]),
            &mut pack,
        );
        assert_close(&weight_gradient, &expected_weight, batch, &what);
        assert_close(&bias_gradient, &expected_bias, batch, &what);

        let expected_input: Vec<f64> = (0..batch * IN)
            .map(|k| {
                let (b, i) = (k / IN, k % IN);
                (0..OUT).map(|o| w(o, i) * d_output[b * OUT + o].to_f64()).sum()
            })
            .collect();
        let mut d_input = vec![[T::ONE; IN]; batch];
        affine_input_gradient::<T, I, IN, OUT>(
            instructions,
            &weight,
            d_output_samples,
            &mut d_input,
            &mut pack,
        );
        assert_close(d_input.as_flattened(), &expected_input, OUT, &what);
    }
}

fn check<const IN: usize, const OUT: usize>(batches: &[usize]) {
    check_biases::<IN, OUT>(batches, &[true, false]);
}

fn check_biases<const IN: usize, const OUT: usize>(batches: &[usize], biases: &[bool]) {
    for &batch in batches {
        for &has_bias in biases {
            dispatch_each(
                Layer::<f32, IN, OUT> { batch, has_bias, _scalar: core::marker::PhantomData },
                |_, ()| {},
            );
            dispatch_each(
                Layer::<f64, IN, OUT> { batch, has_bias, _scalar: core::marker::PhantomData },
                |_, ()| {},
            );
        }
    }
}

macro_rules! sizes {
    ($($name:ident: $([$input:literal, $output:literal])+);+ $(;)?) => {
        $(
            #[test]
            fn $name() {
                $(check::<$input, $output>(&[0, 1, 2, 7, 32, 65]);)+
            }
        )+
    };
}

sizes! {
    small_layers: [1, 1] [1, 2] [2, 1] [3, 2] [5, 3] [2, 8] [8, 5] [10, 4] [3, 10] [16, 2];
    middle_layers: [10, 32] [32, 16] [17, 33] [33, 10] [16, 17] [64, 3] [64, 64] [100, 8];
    wide_layers: [8, 100] [100, 100] [64, 1] [33, 64] [17, 1] [2, 5000];
}

#[test]
fn large_layers() {
    // Larger than one block in rows and depth; copied for the last batch only.
    const { assert!(sizes::is_packed(530, 500, 65) && !sizes::is_packed(530, 500, 33)) };
    check_biases::<530, 500>(&[1, 65], &[true]);
    check::<40, 33>(&[300]);
    check::<513, 20>(&[8]);
    check::<20, 513>(&[8]);
}

#[test]
fn functions_of_slices() {
    for len in [0, 1, 3, 15, 16, 17, 100] {
        let start = numbers::<f32>(len, 8);

        let mut target = start.clone();
        elementwise::scale(3.0, &mut target);
        assert!(target.iter().zip(&start).all(|(&t, &s)| t == 3.0 * s));

        let mut target = start.clone();
        elementwise::clamp(-0.25, 0.5, &mut target);
        assert!(target.iter().zip(&start).all(|(&t, &s)| t == s.clamp(-0.25, 0.5)));

        let mut target = start.clone();
        elementwise::add_all(&numbers::<f32>(len, 9), &mut target);
        let other = numbers::<f32>(len, 9);
        assert!((0..len).all(|i| target[i] == start[i] + other[i]));

        for t in [0.0, 0.005, 0.3, 0.5, 0.9, 1.0] {
            let mut target = start.clone();
            elementwise::lerp(t, &other, &mut target);
            for i in 0..len {
                let (from, to) = (f64::from(start[i]), f64::from(other[i]));
                let error = (f64::from(target[i]) - (from + t * (to - from))).abs();
                assert!(error < 2e-7 * from.abs().max(to.abs()), "{t}: off by {error:e}");
            }
            assert!(t != 0.0 || target == start);
            assert!(t != 1.0 || target == other);
        }

        let expected: f64 = start.iter().map(|&s| f64::from(s).powi(2)).sum();
        assert!((elementwise::sum_of_squares(&start) - expected).abs() <= 1e-14 * expected);
    }
    let mut values = [f32::NAN; 3];
    elementwise::clamp(-1.0, 1.0, &mut values);
    assert!(values.iter().all(|x| x.is_nan()));
    // Squares that no `f32` holds.
    assert!((elementwise::sum_of_squares(&[3e25_f32, 4e25]) / 25e50 - 1.0).abs() < 1e-6);
    // A value that is left alone halves until it is zero, and is never subnormal.
    let mut decaying = [1.0_f32];
    for _ in 0..200 {
        elementwise::lerp(0.5, &[0.0], &mut decaying);
        assert!(!decaying[0].is_subnormal());
    }
    assert_eq!(decaying, [0.0]);
}
