//! Activations that level off on both sides.

use super::Elementwise;
use crate::scalar::Float;
use crate::simd::Vector;

/// The hyperbolic tangent, between -1 and 1. Of `f32` it is exact to 2.5 units in the last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tanh;

impl Elementwise for Tanh {
    loops_compiled_here!();

    const GAIN: f64 = 5.0 / 3.0;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input.tanh()
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        gradient * (V::splat(T::ONE) - output * output)
    }
}

/// The logistic function `1 / (1 + exp(-x))`, between 0 and 1. Of `f32` it is exact to 2.5 units in the last place, and
/// zero where that would be subnormal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sigmoid;

impl Elementwise for Sigmoid {
    loops_compiled_here!();

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input.sigmoid()
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        gradient * output * (V::splat(T::ONE) - output)
    }
}

/// `x / (1 + |x|)`, between -1 and 1 (Bergstra et al. 2009; `torch.nn.Softsign`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softsign;

impl Elementwise for Softsign {
    loops_compiled_here!();

    // `(1 - |output|)^2` is the derivative too, but little is left of it far from zero.
    const NEEDS_INPUT: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input / (V::splat(T::ONE) + input.abs())
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let share = V::splat(T::ONE) / (V::splat(T::ONE) + input.abs());
        gradient * share * share
    }
}
