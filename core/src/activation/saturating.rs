//! Activations that level off on both sides.

use super::Elementwise;
use crate::scalar::Float;
use crate::simd::Vector;

/// The hyperbolic tangent, between -1 and 1.
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

/// The logistic function `1 / (1 + exp(-x))`, between 0 and 1.
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
