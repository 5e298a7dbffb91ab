//! Activations that are linear above zero.

use super::Elementwise;
use crate::scalar::Float;
use crate::simd::Vector;

/// `max(0, x)` (Nair and Hinton 2010). The derivative at zero is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relu;

impl Elementwise for Relu {
    loops_compiled_here!();

    const GAIN: f64 = core::f64::consts::SQRT_2;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input.relu()
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        output.greater_than_zero_or(gradient, V::zero())
    }
}

/// `x` above zero and `slope * x` below (Maas et al. 2013); in the language `leaky_relu(0.2)`.
///
/// `SLOPE` is the slope's bits, `f64::to_bits(0.01)`, since a number with a fraction cannot be part of a
/// type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeakyRelu<const SLOPE: u64 = { f64::to_bits(0.01) }>;

impl<const SLOPE: u64> Elementwise for LeakyRelu<SLOPE> {
    // With a slope below zero the output no longer tells the sign of the input.
    const NEEDS_INPUT: bool = f64::from_bits(SLOPE) < 0.0;
    // sqrt(2 / (1 + slope^2)) at the usual slope.
    const GAIN: f64 = 1.414_142_854_288_571_3;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        let slope = V::splat(T::from_f64(f64::from_bits(SLOPE)));
        input.greater_than_zero_or(input, input * slope)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let slope = V::splat(T::from_f64(f64::from_bits(SLOPE)));
        input.greater_than_zero_or(gradient, gradient * slope)
    }
}

/// `x` above zero and `alpha * (exp(x) - 1)` below (Clevert et al. 2015,
/// <https://arxiv.org/abs/1511.07289>); in the language `elu(0.5)`.
///
/// `ALPHA` is the bits of alpha, `f64::to_bits(1.0)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elu<const ALPHA: u64 = { f64::to_bits(1.0) }>;

impl<const ALPHA: u64> Elementwise for Elu<ALPHA> {
    // `output + alpha` is the derivative too, but little is left of it where the output comes near `-alpha`.
    const NEEDS_INPUT: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        let alpha = V::splat(T::from_f64(f64::from_bits(ALPHA)));
        input.greater_than_zero_or(input, alpha * input.exp_m1())
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let alpha = V::splat(T::from_f64(f64::from_bits(ALPHA)));
        input.greater_than_zero_or(gradient, gradient * alpha * input.exp())
    }
}

/// `scale * x` above zero and `scale * alpha * (exp(x) - 1)` below (Klambauer et al. 2017,
/// <https://arxiv.org/abs/1706.02515>; `torch.nn.SELU`), with the scale of 1.0507 and the alpha of 1.6733 that keep mean
/// and variance from layer to layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selu;

/// The two constants of the paper, as PyTorch has them.
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;

impl Elementwise for Selu {
    loops_compiled_here!();

    // As for `Elu`.
    const NEEDS_INPUT: bool = true;
    const GAIN: f64 = 0.75;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        let scale = V::splat(T::from_f64(SELU_SCALE));
        let below = V::splat(T::from_f64(SELU_SCALE * SELU_ALPHA));
        input.greater_than_zero_or(scale * input, below * input.exp_m1())
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let scale = V::splat(T::from_f64(SELU_SCALE));
        let below = V::splat(T::from_f64(SELU_SCALE * SELU_ALPHA));
        input.greater_than_zero_or(gradient * scale, gradient * below * input.exp())
    }
}
