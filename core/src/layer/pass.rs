//! What a layer is given for one run over a batch.

use crate::layer::Layer;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample};
use crate::simd::InstructionSet;

/// One run over a batch: the instruction set it is compiled for, and working memory.
pub struct Pass<'a, T, I> {
    instructions: I,
    scratch: &'a mut [T],
}

impl<'a, T: Float, I: InstructionSet> Pass<'a, T, I> {
    /// A run with that working memory.
    #[inline(always)]
    pub fn new(instructions: I, scratch: &'a mut [T]) -> Self {
        Pass { instructions, scratch }
    }

    /// The instruction set this run is compiled for, which kernels ask for.
    #[inline(always)]
    pub fn instructions(&self) -> I {
        self.instructions
    }

    /// All working memory that is left. What it holds is unspecified.
    #[inline(always)]
    pub fn scratch(&mut self) -> &mut [T] {
        self.scratch
    }

    /// Takes two buffers out of the working memory and passes the rest on.
    #[inline(always)]
    pub fn buffers(&mut self, front: usize, back: usize) -> (&mut [T], &mut [T], Pass<'_, T, I>) {
        let (front, rest) = self.scratch.split_at_mut(front);
        let (back, rest) = rest.split_at_mut(back);
        (front, back, Pass { instructions: self.instructions, scratch: rest })
    }

    /// Takes room for that many samples out of the working memory and passes the rest on.
    #[inline(always)]
    pub fn samples<S: Numbers<T>>(
        &mut self,
        count: usize,
    ) -> (&mut [Sample<S, T>], Pass<'_, T, I>) {
        let (samples, rest) = self.scratch.split_at_mut(count * S::LEN);
        let rest = Pass { instructions: self.instructions, scratch: rest };
        (crate::shape::samples_mut::<S, T>(samples), rest)
    }
}

/// What [`Layer::backward`] starts from: what the layer saw and gave on the way forward, and how the
/// loss changes with what it gave. All runs of samples have the same length.
pub struct Backward<'a, T: Float, L: Layer<T>> {
    /// The input of each sample.
    pub input: &'a [Sample<L::Input, T>],
    /// The output of each sample; unspecified unless [`Layer::NEEDS_OUTPUT`].
    pub output: &'a [Sample<L::Output, T>],
    /// What [`Layer::record`] kept, [`Layer::TAPE`] values per sample and [`Layer::BATCH_TAPE`] behind them.
    pub tape: &'a [T],
    /// The gradient with respect to the output. It is free to be overwritten.
    pub d_output: &'a mut [Sample<L::Output, T>],
    /// Where to write the gradient with respect to the input, if it is wanted.
    pub d_input: Option<&'a mut [Sample<L::Input, T>]>,
}
