//! Activation functions: what a network applies to the values of a layer.
//!
//! Each is a type without values and a word of the language: `relu 32` is a dense layer with [`Relu`].
//! Names, defaults and formulas are those of `torch.nn`.

mod normalized;
mod rectified;
mod saturating;
mod smooth;

pub use normalized::{LogSoftmax, Softmax};
pub use rectified::{Elu, LeakyRelu, Relu};
pub use saturating::{Sigmoid, Tanh};
pub use smooth::{Gelu, GeluTanh, Silu, Softplus};

// The words of the language, so that editors find the way from a word to its documentation.
pub use self::{
    Elu as elu, Gelu as gelu, GeluTanh as gelu_tanh, Identity as identity, LeakyRelu as leaky_relu,
    LogSoftmax as log_softmax, Relu as relu, Sigmoid as sigmoid, Silu as silu, Softmax as softmax,
    Softplus as softplus, Tanh as tanh,
};

use crate::kernel::{self, Epilogue, elementwise};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// An activation function.
///
/// Functions of one value implement [`Elementwise`] and have this trait from it; functions of a whole
/// sample, such as [`Softmax`], implement it themselves.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an activation function")]
pub trait Activation: Send + Sync + 'static {
    /// Whether [`backward`](Activation::backward) reads the values before the activation.
    const NEEDS_INPUT: bool;
    /// Whether [`backward`](Activation::backward) reads the values behind the activation.
    const NEEDS_OUTPUT: bool = true;
    /// By how much weights in front of it start larger, as `torch.nn.init.calculate_gain` has it.
    const GAIN: f64;
    /// The part that is computed value by value, inside the loops of the layer in front.
    type Fused<T: Float>: Epilogue<T>;

    /// The part that needs all values of a sample, of which there are `len`.
    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(instructions: I, len: usize, values: &mut [T]) {
        let _ = (instructions, len, values);
    }

    /// Turns the gradient with respect to the output into the one with respect to the input.
    ///
    /// `input` is empty unless [`NEEDS_INPUT`](Activation::NEEDS_INPUT). The runs hold any number of
    /// samples of `len` values.
    fn backward<T: Float, I: InstructionSet>(
        instructions: I,
        len: usize,
        input: &[T],
        output: &[T],
        gradient: &mut [T],
    );
}

/// An activation function that treats each value alone.
pub trait Elementwise: Send + Sync + 'static {
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
}

impl<A: Elementwise> Activation for A {
    const NEEDS_INPUT: bool = A::NEEDS_INPUT;
    const NEEDS_OUTPUT: bool = !A::IS_IDENTITY;
    const GAIN: f64 = A::GAIN;
    type Fused<T: Float> = Fuse<A>;

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        instructions: I,
        _: usize,
        input: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
        if A::IS_IDENTITY {
            return;
        }
        let input = if A::NEEDS_INPUT { input } else { output };
        let chain = Chain::<A>(core::marker::PhantomData);
        elementwise::update(instructions, &chain, [input, output], gradient);
    }
}

/// [`Elementwise::chain`] as a function of slices.
struct Chain<A>(core::marker::PhantomData<A>);

impl<T: Float, A: Elementwise> elementwise::Function<T, 2> for Chain<A> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, gradient: V, [input, output]: [V; 2]) -> V {
        A::chain(input, output, gradient)
    }
}

/// Applies the value-by-value part of an activation to values that are not fused with a layer.
#[inline(always)]
pub(crate) fn apply<T: Float, I: InstructionSet, A: Activation>(
    instructions: I,
    len: usize,
    values: &mut [T],
) {
    if !<A::Fused<T> as Epilogue<T>>::IS_IDENTITY {
        elementwise::map_in_place::<T, I, A::Fused<T>>(instructions, values);
    }
    A::finish(instructions, len, values);
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
