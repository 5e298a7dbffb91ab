//! Smooth relatives of the rectifier, and the exponential function.

use super::Elementwise;
use crate::scalar::Float;
use crate::simd::Vector;

/// `x * Phi(x)` with the normal distribution function (Hendrycks and Gimpel 2016,
/// <https://arxiv.org/abs/1606.08415>), exact: of `f32` to 2 units in the last place or 1e-7, whichever is more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gelu;

#[inline(always)]
fn normal_distribution<T: Float, V: Vector<T>>(input: V) -> V {
    let half = V::splat(T::from_f64(0.5));
    let scale = V::splat(T::from_f64(core::f64::consts::FRAC_1_SQRT_2));
    half.mul_add((input * scale).erf(), half)
}

impl Elementwise for Gelu {
    loops_compiled_here!();

    const NEEDS_INPUT: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input * normal_distribution(input)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let density_at_zero = V::splat(T::from_f64(
            0.5 * core::f64::consts::FRAC_2_SQRT_PI * core::f64::consts::FRAC_1_SQRT_2,
        ));
        let minus_half = V::splat(T::from_f64(-0.5));
        let density = density_at_zero * (minus_half * input * input).exp();
        gradient * input.mul_add(density, normal_distribution(input))
    }
}

/// The tanh form of [`Gelu`], `approximate="tanh"` in PyTorch. Of `f32` it is exact to 2.5 units in the last place or 1e-7,
/// whichever is more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GeluTanh;

/// sqrt(2 / pi)
pub(super) const GELU_SCALE: f64 =
    core::f64::consts::FRAC_2_SQRT_PI * core::f64::consts::FRAC_1_SQRT_2;
pub(super) const GELU_CUBIC: f64 = 0.044715;

impl Elementwise for GeluTanh {
    loops_compiled_here!();

    const NEEDS_INPUT: bool = true;

    // (1 + tanh(u)) / 2 is the logistic function of 2 u, and does not cancel.
    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        let cubic = V::splat(T::from_f64(GELU_CUBIC));
        let scaled = V::splat(T::from_f64(2.0 * GELU_SCALE)) * input;
        let inner = scaled * (cubic * input).mul_add(input, V::splat(T::ONE));
        input * inner.sigmoid()
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let cubic = V::splat(T::from_f64(GELU_CUBIC));
        let scaled = V::splat(T::from_f64(2.0 * GELU_SCALE)) * input;
        let (one, three) = (V::splat(T::ONE), V::splat(T::from_f64(3.0)));
        let square = cubic * input * input;
        let sigmoid = (scaled * (one + square)).sigmoid();
        // The slope of what is inside times the input.
        let inner = scaled * three.mul_add(square, one);
        gradient * sigmoid * inner.mul_add(one - sigmoid, one)
    }
}

/// `x * sigmoid(x)`, also called swish (Elfwing et al. 2017, <https://arxiv.org/abs/1702.03118>). Of `f32` it is exact to
/// 2 units in the last place or 1.5e-7, whichever is more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silu;

impl Elementwise for Silu {
    loops_compiled_here!();

    const NEEDS_INPUT: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input * input.sigmoid()
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let one = V::splat(T::ONE);
        let sigmoid = input.sigmoid();
        gradient * sigmoid * input.mul_add(one - sigmoid, one)
    }
}

/// `ln(1 + exp(beta * x)) / beta` (Dugas et al. 2000); in the language `softplus(2.0)`.
///
/// `BETA` is the bits of beta, `f64::to_bits(1.0)`. PyTorch switches to the identity where
/// `beta * x > 20`, which differs by less than 3e-9. Of `f32`, with a beta of 1, it is exact to 2 units in the last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softplus<const BETA: u64 = { f64::to_bits(1.0) }>;

impl<const BETA: u64> Elementwise for Softplus<BETA> {
    const GAIN: f64 = {
        assert!(f64::from_bits(BETA) != 0.0, "`softplus` divides by `beta`, which is zero");
        1.0
    };

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        let beta = V::splat(T::from_f64(f64::from_bits(BETA)));
        (beta * input).softplus() / beta
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        // sigmoid(beta * x) = 1 - exp(-beta * y)
        let beta = V::splat(T::from_f64(f64::from_bits(BETA)));
        -(gradient * (-(beta * output)).exp_m1())
    }
}

/// `x * tanh(ln(1 + exp(x)))` (Misra 2019, <https://arxiv.org/abs/1908.08681>; `torch.nn.Mish`). Of `f32` it is exact to 2
/// units in the last place or 1.5e-7, whichever is more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mish;

impl Elementwise for Mish {
    loops_compiled_here!();

    const NEEDS_INPUT: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input * tanh_of_softplus(input)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let tanh = tanh_of_softplus(input);
        let slope = (V::splat(T::ONE) - tanh * tanh) * input.sigmoid();
        gradient * input.mul_add(slope, tanh)
    }
}

/// `((1 + exp(x))^2 - 1) / ((1 + exp(x))^2 + 1)`, where nothing cancels; from 20 on it is 1.
#[inline(always)]
fn tanh_of_softplus<T: Float, V: Vector<T>>(x: V) -> V {
    let two = V::splat(T::from_f64(2.0));
    let exp = V::splat(T::from_f64(20.0)).min(x).exp();
    let difference = exp * (exp + two);
    difference / (difference + two)
}

/// `exp(x)`, for outputs that are positive by nature, such as a rate or a standard deviation of which a network gives
/// the logarithm (`torch.exp`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exp;

impl Elementwise for Exp {
    loops_compiled_here!();

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input.exp()
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        gradient * output
    }
}
