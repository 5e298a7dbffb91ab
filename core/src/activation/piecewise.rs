//! Activations made of straight lines, or of a parabola between two of them.

use super::Elementwise;
use crate::scalar::Float;
use crate::simd::Vector;

/// `min(max(x, 0), 6)` (Krizhevsky 2010; `torch.nn.ReLU6`). The derivative at 0 and at 6 is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relu6;

impl Elementwise for Relu6 {
    loops_compiled_here!();

    const GAIN: f64 = core::f64::consts::SQRT_2;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        between(0.0, 6.0, input)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        strictly_inside(0.0, 6.0, output, gradient)
    }
}

/// `min(max(x, min), max)`; in the language `clamp(-2.0, 2.0)`, in PyTorch `torch.clamp`. The derivative at both bounds
/// is zero.
///
/// `MIN` and `MAX` are the bounds' bits, `f64::to_bits(-2.0)`, since a number with a fraction cannot be part of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clamp<const MIN: u64, const MAX: u64>;

/// [`Clamp`] between -1 and 1, or between other bounds (Collobert 2004; `torch.nn.Hardtanh`); in the language
/// `hard_tanh`, or `hard_tanh(-2.0, 2.0)`.
pub type HardTanh<const MIN: u64 = { f64::to_bits(-1.0) }, const MAX: u64 = { f64::to_bits(1.0) }> =
    Clamp<MIN, MAX>;

impl<const MIN: u64, const MAX: u64> Elementwise for Clamp<MIN, MAX> {
    const GAIN: f64 = {
        assert!(
            f64::from_bits(MIN) < f64::from_bits(MAX),
            "the upper bound of `clamp` or `hard_tanh` is not above the lower one: every value would become the same"
        );
        1.0
    };

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        between(f64::from_bits(MIN), f64::from_bits(MAX), input)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        strictly_inside(f64::from_bits(MIN), f64::from_bits(MAX), output, gradient)
    }
}

/// `min(max(x + 3, 0), 6) / 6` (`torch.nn.Hardsigmoid`; Howard et al. 2019, <https://arxiv.org/abs/1905.02244>). Keras
/// has another function of this name in its older versions, `0.2 * x + 0.5` between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HardSigmoid;

impl Elementwise for HardSigmoid {
    loops_compiled_here!();

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        gate(input)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, output: V, gradient: V) -> V {
        strictly_inside(0.0, 1.0, output, gradient * splat(1.0 / 6.0))
    }
}

/// `x * min(max(x + 3, 0), 6) / 6` (`torch.nn.Hardswish`; Howard et al. 2019, <https://arxiv.org/abs/1905.02244>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HardSwish;

impl Elementwise for HardSwish {
    loops_compiled_here!();

    const NEEDS_INPUT: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input * gate(input)
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(input: V, _: V, gradient: V) -> V {
        let slope = input.mul_add(splat(1.0 / 3.0), splat(0.5));
        let below_three = V::select(V::greater(splat(3.0), input), gradient * slope, gradient);
        V::select(V::greater(input, splat(-3.0)), below_three, V::zero())
    }
}

/// A straight line from 0 at -3 to 1 at 3, and level on both sides.
#[inline(always)]
fn gate<T: Float, V: Vector<T>>(input: V) -> V {
    between(0.0, 6.0, input + splat(3.0)) * splat(1.0 / 6.0)
}

/// The nearest value between both bounds; a NaN stays.
#[inline(always)]
fn between<T: Float, V: Vector<T>>(min: f64, max: f64, value: V) -> V {
    let (min, max) = (splat(min), splat(max));
    let above = V::select(V::greater(min, value), min, value);
    V::select(V::greater(above, max), max, above)
}

/// The gradient where the value lies inside the bounds, zero elsewhere.
#[inline(always)]
fn strictly_inside<T: Float, V: Vector<T>>(min: f64, max: f64, value: V, gradient: V) -> V {
    let below_max = V::select(V::greater(splat(max), value), gradient, V::zero());
    V::select(V::greater(value, splat(min)), below_max, V::zero())
}

#[inline(always)]
fn splat<T: Float, V: Vector<T>>(value: f64) -> V {
    V::splat(T::from_f64(value))
}
