//! Activations over whole slices. Those of this crate without an argument are compiled with it.

use core::marker::PhantomData;

use super::{
    Elementwise, Exp, Fuse, Gelu, GeluTanh, HardSigmoid, HardSwish, Mish, Relu, Relu6, Selu,
    Sigmoid, Silu, Softsign, Tanh,
};
use crate::kernel::{Map, elementwise};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// [`Elementwise::chain`] over whole slices.
pub struct Chain<'a, T, A> {
    input: &'a [T],
    output: &'a [T],
    gradient: &'a mut [T],
    activation: PhantomData<A>,
}

impl<'a, T: Float, A: Elementwise> Chain<'a, T, A> {
    /// `input` is not looked at where the activation does not need it.
    #[inline(always)]
    pub(crate) fn new(input: &'a [T], output: &'a [T], gradient: &'a mut [T]) -> Self {
        let input = if A::NEEDS_INPUT { input } else { output };
        Chain { input, output, gradient, activation: PhantomData }
    }
}

impl<T: Float, A: Elementwise> Kernel for Chain<'_, T, A> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let function = Chained::<A>(PhantomData);
        elementwise::update(instructions, &function, [self.input, self.output], self.gradient);
    }
}

struct Chained<A>(PhantomData<A>);

impl<T: Float, A: Elementwise> elementwise::Function<T, 2> for Chained<A> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, gradient: V, [input, output]: [V; 2]) -> V {
        A::chain(input, output, gradient)
    }
}

/// The loops over slices of an `impl Elementwise`, compiled with this crate.
macro_rules! loops_compiled_here {
    () => {
        #[inline(always)]
        fn map<T: Float, I: $crate::simd::InstructionSet>(
            instructions: I,
            map: $crate::kernel::Map<'_, T, $crate::activation::Fuse<Self>>,
        ) {
            map.call(instructions);
        }

        #[inline(always)]
        fn chain_all<T: Float, I: $crate::simd::InstructionSet>(
            instructions: I,
            chain: $crate::activation::Chain<'_, T, Self>,
        ) {
            chain.call(instructions);
        }
    };
}

compiled_here!(
    for<'a, T> Map<'a, T, Fuse<Relu>>,
    for<'a, T> Map<'a, T, Fuse<Tanh>>,
    for<'a, T> Map<'a, T, Fuse<Sigmoid>>,
    for<'a, T> Map<'a, T, Fuse<Silu>>,
    for<'a, T> Map<'a, T, Fuse<Gelu>>,
    for<'a, T> Map<'a, T, Fuse<GeluTanh>>,
    for<'a, T> Map<'a, T, Fuse<Relu6>>,
    for<'a, T> Map<'a, T, Fuse<HardSigmoid>>,
    for<'a, T> Map<'a, T, Fuse<HardSwish>>,
    for<'a, T> Map<'a, T, Fuse<Selu>>,
    for<'a, T> Map<'a, T, Fuse<Softsign>>,
    for<'a, T> Map<'a, T, Fuse<Mish>>,
    for<'a, T> Map<'a, T, Fuse<Exp>>,
    for<'a, T> Chain<'a, T, Relu>,
    for<'a, T> Chain<'a, T, Tanh>,
    for<'a, T> Chain<'a, T, Sigmoid>,
    for<'a, T> Chain<'a, T, Silu>,
    for<'a, T> Chain<'a, T, Gelu>,
    for<'a, T> Chain<'a, T, GeluTanh>,
    for<'a, T> Chain<'a, T, Relu6>,
    for<'a, T> Chain<'a, T, HardSigmoid>,
    for<'a, T> Chain<'a, T, HardSwish>,
    for<'a, T> Chain<'a, T, Selu>,
    for<'a, T> Chain<'a, T, Softsign>,
    for<'a, T> Chain<'a, T, Mish>,
    for<'a, T> Chain<'a, T, Exp>,
);
