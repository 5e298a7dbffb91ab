//! Activation functions: what a network applies to the values of a layer.
//!
//! Each is a type without values and a word of the language: `relu 32` is a dense layer with [`Relu`].
//! Names, defaults and formulas are those of `torch.nn`.

#[macro_use]
mod loops;
mod normalized;
mod piecewise;
mod rectified;
mod saturating;
mod smooth;
#[cfg(test)]
mod tests;

pub use normalized::{LogSoftmax, Softmax};
pub use piecewise::{Clamp, HardSigmoid, HardSwish, HardTanh, Relu6};
pub use rectified::{Elu, LeakyRelu, Relu, Selu};
pub use saturating::{Sigmoid, Softsign, Tanh};
pub use smooth::{Exp, Gelu, GeluTanh, Mish, Silu, Softplus};

// The words of the language, so that editors find the way from a word to its documentation.
pub use self::{
    Clamp as clamp, Elu as elu, Exp as exp, Gelu as gelu, GeluTanh as gelu_tanh,
    HardSigmoid as hard_sigmoid, HardSwish as hard_swish, HardTanh as hard_tanh,
    Identity as identity, LeakyRelu as leaky_relu, LogSoftmax as log_softmax, Mish as mish,
    Relu as relu, Relu6 as relu6, Selu as selu, Sigmoid as sigmoid, Silu as silu,
    Softmax as softmax, Softplus as softplus, Softsign as softsign, Tanh as tanh,
};

pub(crate) use loops::Chain;

use crate::kernel::{self, Map};
pub use crate::kernel::{Epilogue, LAST_AXIS, Line};
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::{InstructionSet, Kernel, Vector};

/// An activation function.
///
/// Functions of one value implement [`Elementwise`] and have this trait from it; functions of all values along an
/// axis, such as [`Softmax`], implement it themselves.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an activation function")]
pub trait Activation: Send + Sync + 'static {
    /// Whether [`backward`](Activation::backward) reads the values before the activation.
    const NEEDS_INPUT: bool;
    /// Whether [`backward`](Activation::backward) reads the values behind the activation.
    const NEEDS_OUTPUT: bool = true;
    /// Whether values stay as they are.
    const IS_IDENTITY: bool = false;
    /// By how much weights in front of it start larger, as `torch.nn.init.calculate_gain` has it.
    const GAIN: f64;
    /// Along which axis of a sample it goes where it is no function of one value, counted from the front.
    const AXIS: usize = LAST_AXIS;
    /// The part that is computed value by value, inside the loops of the layer in front.
    type Fused<T: Float>: Epilogue<T>;

    /// The part that needs all values along an axis of a sample.
    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(instructions: I, line: Line, values: &mut [T]) {
        let _ = (instructions, line, values);
    }

    /// Turns the gradient with respect to the output into the one with respect to the input.
    ///
    /// `input` is empty unless [`NEEDS_INPUT`](Activation::NEEDS_INPUT). The runs hold any number of
    /// samples that `line` says how to go along.
    fn backward<T: Float, I: InstructionSet>(
        instructions: I,
        line: Line,
        input: &[T],
        output: &[T],
        gradient: &mut [T],
    );

    /// [`backward`](Activation::backward) for a few values, inlined into the code of a small layer.
    #[doc(hidden)]
    #[inline(always)]
    fn backward_inline<T: Float, I: InstructionSet>(
        instructions: I,
        line: Line,
        input: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
        Self::backward(instructions, line, input, output, gradient);
    }
}

/// An activation function that treats each value alone.
pub trait Elementwise: Sized + Send + Sync + 'static {
    /// Whether the derivative is computed from the input rather than from the output.
    const NEEDS_INPUT: bool = false;
    /// By how much weights in front of it start larger, as `torch.nn.init.calculate_gain` has it.
    const GAIN: f64 = 1.0;
    /// Whether it leaves all values as they are.
    const IS_IDENTITY: bool = false;

    /// The function.
    fn value<T: Float, V: Vector<T>>(input: V) -> V;

    /// `gradient` times the derivative. `input` is the output where the input is not needed.
    fn chain<T: Float, V: Vector<T>>(input: V, output: V, gradient: V) -> V;

    /// [`value`](Elementwise::value) over whole slices, in a function of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn map<T: Float, I: InstructionSet>(instructions: I, map: Map<'_, T, Fuse<Self>>) {
        instructions.outline(map);
    }

    /// [`chain`](Elementwise::chain) over whole slices, in a function of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn chain_all<T: Float, I: InstructionSet>(instructions: I, chain: Chain<'_, T, Self>) {
        instructions.outline(chain);
    }
}

/// An [`Elementwise`] function as the end of a kernel.
#[derive(Clone, Copy, Debug)]
pub struct Fuse<A>(core::marker::PhantomData<A>);

impl<T: Float, A: Elementwise> Epilogue<T> for Fuse<A> {
    const IS_IDENTITY: bool = A::IS_IDENTITY;

    #[inline(always)]
    fn apply<V: Vector<T>>(value: V) -> V {
        A::value(value)
    }

    #[inline(always)]
    fn map<I: InstructionSet>(instructions: I, map: Map<'_, T, Self>) {
        A::map(instructions, map);
    }
}

impl<A: Elementwise> Activation for A {
    const NEEDS_INPUT: bool = A::NEEDS_INPUT;
    const NEEDS_OUTPUT: bool = !A::IS_IDENTITY;
    const IS_IDENTITY: bool = A::IS_IDENTITY;
    const GAIN: f64 = A::GAIN;
    type Fused<T: Float> = Fuse<A>;

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        instructions: I,
        _: Line,
        input: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
        if !A::IS_IDENTITY {
            A::chain_all(instructions, Chain::new(input, output, gradient));
        }
    }

    #[inline(always)]
    fn backward_inline<T: Float, I: InstructionSet>(
        instructions: I,
        _: Line,
        input: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
        if !A::IS_IDENTITY {
            Kernel::run(Chain::<T, A>::new(input, output, gradient), instructions);
        }
    }
}

/// The lines of samples of shape `S` that an activation goes along.
pub(crate) const fn line<A: Activation, S: Shape>() -> Line {
    Line::along(A::AXIS, S::DIMS)
}

/// Applies an activation to values that are not fused with a layer.
#[inline(always)]
pub(crate) fn apply<T: Float, I: InstructionSet, A: Activation>(
    instructions: I,
    line: Line,
    values: &mut [T],
) {
    if !<A::Fused<T> as Epilogue<T>>::IS_IDENTITY {
        <A::Fused<T> as Epilogue<T>>::map(instructions, Map::new(None, values));
    }
    A::finish(instructions, line, values);
}

/// The identity: values stay as they are.
pub use kernel::Identity;

impl Elementwise for Identity {
    const IS_IDENTITY: bool = true;

    #[inline(always)]
    fn value<T: Float, V: Vector<T>>(input: V) -> V {
        input
    }

    #[inline(always)]
    fn chain<T: Float, V: Vector<T>>(_: V, _: V, gradient: V) -> V {
        gradient
    }
}
