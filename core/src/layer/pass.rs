//! What a layer is given for one run over a batch.

use alloc::boxed::Box;
use core::any::TypeId;

use rand::Rng;

use super::mode::WriteTape;
use super::reference::{GIVEN, References};
use super::{BufferLayout, Evaluate, Layer, LayerStates, Mode};
use crate::scalar::Float;
use crate::shape::{Numbers, Sample};
use crate::simd::{InstructionSet, Kernel};

/// One run over a batch: the instruction set that it is compiled for, working memory, and its [`Mode`], which
/// holds the tape and the random source where there are any.
pub struct Pass<'a, T, I, M = Evaluate> {
    instructions: I,
    scratch: &'a mut [T],
    mode: &'a mut M,
    /// What stages may refer to, where any do.
    references: Option<&'a References<'a, T>>,
}

impl<'a, T: Float, I: InstructionSet> Pass<'a, T, I> {
    /// A run that keeps nothing, with that working memory: evaluation, or the way back.
    #[inline(always)]
    pub fn evaluate(instructions: I, scratch: &'a mut [T]) -> Self {
        // A box of a type without values is no allocation.
        Pass { instructions, scratch, mode: Box::leak(Box::new(Evaluate)), references: None }
    }
}

impl<'a, T: Float, I: InstructionSet, M: Mode<T>> Pass<'a, T, I, M> {
    /// A run in that mode, with that working memory.
    #[inline(always)]
    pub fn new(instructions: I, scratch: &'a mut [T], mode: &'a mut M) -> Self {
        Pass { instructions, scratch, mode, references: None }
    }

    /// The same run, in which stages may refer to these values.
    #[inline(always)]
    pub(crate) fn seeing(self, references: Option<&'a References<'a, T>>) -> Self {
        Pass { references, ..self }
    }

    /// What stages may refer to.
    #[inline(always)]
    pub(crate) fn references(&self) -> Option<&'a References<'a, T>> {
        self.references
    }

    /// The same of a stage that refers to some of it.
    #[inline(always)]
    pub(crate) fn given_references(&self) -> &'a References<'a, T> {
        self.references.expect(GIVEN)
    }

    /// The value that a stage refers to.
    #[inline(always)]
    pub(crate) fn referenced(&self, level: usize, index: usize) -> &'a [T] {
        self.given_references().value(level, index)
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

    /// Takes buffers out of the working memory and passes the rest on.
    #[inline(always)]
    pub fn buffers<const N: usize>(
        &mut self,
        layout: &BufferLayout<N>,
        samples: usize,
    ) -> ([&mut [T]; N], Pass<'_, T, I, M>) {
        let (parts, scratch) = layout.split_mut(self.scratch, samples);
        let references = self.references;
        (parts, Pass { instructions: self.instructions, scratch, mode: self.mode, references })
    }

    /// Takes room for that many samples out of the working memory and passes the rest on.
    #[inline(always)]
    pub fn samples<S: Numbers<T>>(
        &mut self,
        count: usize,
    ) -> (&mut [Sample<S, T>], Pass<'_, T, I, M>) {
        let (samples, scratch) = self.scratch.split_at_mut(count * S::LEN);
        let references = self.references;
        let rest = Pass { instructions: self.instructions, scratch, mode: self.mode, references };
        (crate::shape::samples_mut::<S, T>(samples), rest)
    }

    /// What is kept for the way back, to be written, where anything is kept: in the same order as
    /// [`Tape::take`](super::Tape::take) gives it there.
    ///
    /// # Panics
    /// If a layer takes more than its [`Needs::tape`](super::Needs::tape).
    #[inline(always)]
    pub fn keep<'k, const N: usize>(
        &mut self,
        layout: &BufferLayout<N>,
        samples: usize,
    ) -> Option<[&'k mut [T]; N]>
    where
        M: 'k,
    {
        if M::RECORDS {
            let values = self.mode.tape().keep(layout.size().kept(samples));
            Some(layout.split_mut(values, samples).0)
        } else {
            None
        }
    }

    /// The random source, in training.
    #[inline(always)]
    pub fn random(&mut self) -> Option<&mut dyn Rng> {
        self.mode.random()
    }

    /// What running statistics of the layer, given as they are, become in training: they are to be changed here, and
    /// are those of the layer when the pass is over.
    ///
    /// # Panics
    /// If they are no part of the network that is trained.
    #[inline(always)]
    pub fn statistics<const N: usize>(&mut self, current: [&[T]; N]) -> Option<[&mut [T]; N]> {
        self.mode.statistics(current)
    }

    /// What the layer, given as it is, has kept of the steps that came before, where the samples of the pass go on from
    /// states: see [`CarriesState`](super::CarriesState). A layer without parameters is found where its network has one of
    /// its type.
    ///
    /// # Panics
    /// If it does not stream, or is one of several of its type at one place.
    #[inline(always)]
    pub fn states<L: Layer<T>>(&mut self, layer: &L) -> Option<LayerStates<'_, T>> {
        self.states_and_scratch(layer).0
    }

    /// The same, and all working memory that is left.
    #[inline(always)]
    pub(crate) fn states_and_scratch<L: Layer<T>>(
        &mut self,
        layer: &L,
    ) -> (Option<LayerStates<'_, T>>, &mut [T]) {
        (self.mode.states(TypeId::of::<L>(), (&raw const *layer).addr()), self.scratch)
    }

    /// Runs a layer that this layer is made of. On the way back its part of the tape is [`Tape::of`](super::Tape::of):
    /// first that of the layer which has run last.
    #[inline(always)]
    pub fn run<L: Layer<T>>(
        &mut self,
        layer: &L,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
    ) {
        // A layer's needs include its checks.
        let tape = const { L::NEEDS }.tape;
        let outer = self.mode.tape().enter(if M::RECORDS { tape.kept(input.len()) } else { 0 });
        let Pass { instructions, scratch, mode, references } = self;
        let (mode, references) = (&mut **mode, *references);
        let forward = Forward { layer, input, output, scratch, mode, references };
        run_stage::<T, L, I, _>(*instructions, forward);
        *self.mode.tape() = outer;
    }

    /// Two buffers in which what lies between stages takes turns, where nothing is kept.
    #[inline(always)]
    pub(crate) fn turns(
        &mut self,
        front: usize,
        back: usize,
    ) -> (&mut [T], &mut [T], Pass<'_, T, I, M>) {
        let (front, back) = if M::RECORDS { (0, 0) } else { (front, back) };
        let (front, rest) = self.scratch.split_at_mut(front);
        let (back, scratch) = rest.split_at_mut(back);
        let references = self.references;
        let rest = Pass { instructions: self.instructions, scratch, mode: self.mode, references };
        (front, back, rest)
    }

    /// The same run for a stage that may refer to these values.
    #[inline(always)]
    pub(crate) fn referring<'b>(
        &'b mut self,
        references: &'b References<'b, T>,
    ) -> Pass<'b, T, I, M> {
        let Pass { instructions, scratch, mode, .. } = self;
        let references = Some(references);
        Pass { instructions: *instructions, scratch, mode, references }
    }

    /// The same run for one turn of stages that are repeated.
    #[inline(always)]
    pub(crate) fn in_turn<'b>(
        &'b mut self,
        turn: Option<&'b References<'b, T>>,
    ) -> Pass<'b, T, I, M> {
        let Pass { instructions, scratch, mode, .. } = self;
        Pass { instructions: *instructions, scratch, mode, references: turn }
    }

    /// Where a stage of a network writes what it gives: to a buffer, or where it is kept.
    #[inline(always)]
    pub(crate) fn representation<'b>(&mut self, buffer: &'b mut [T], values: usize) -> &'b mut [T]
    where
        M: 'b,
    {
        if M::RECORDS { self.mode.tape().representation(values) } else { &mut buffer[..values] }
    }
}

/// Runs what a stage does as part of the calling function if it is small, else in a function of its own.
#[cfg_attr(
    debug_assertions,
    allow(clippy::extra_unused_type_parameters, reason = "no stage is inlined")
)]
#[inline(always)]
pub(crate) fn run_stage<T: Float, L: Layer<T>, I: InstructionSet, K: Kernel>(
    instructions: I,
    kernel: K,
) -> K::Output {
    #[cfg(not(debug_assertions))]
    {
        use crate::shape::Shape;

        /// Pairs of values that go in and come out of a stage which is inlined into the code of its network. Of larger
        /// stages a call costs nothing that can be measured, while the time to compile a function grows with more than
        /// its size.
        const MOST_INLINED: usize = 4096;
        let pairs = const { <L::Input as Shape>::LEN.saturating_mul(<L::Output as Shape>::LEN) };
        if pairs <= MOST_INLINED {
            return kernel.run(instructions);
        }
    }
    // Where nothing is optimised the run of a stage is a function of its own already.
    #[cfg(debug_assertions)]
    return kernel.run(instructions);
    #[cfg(not(debug_assertions))]
    instructions.outline_stage(kernel)
}

struct Forward<'a, T: Float, L: Layer<T>, M> {
    layer: &'a L,
    input: &'a [Sample<L::Input, T>],
    output: &'a mut [Sample<L::Output, T>],
    scratch: &'a mut [T],
    mode: &'a mut M,
    references: Option<&'a References<'a, T>>,
}

impl<T: Float, L: Layer<T>, M: Mode<T>> Kernel for Forward<'_, T, L, M> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[cfg_attr(debug_assertions, inline(never))]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { layer, input, output, scratch, mode, references } = self;
        let mut pass = Pass::new(instructions, scratch, mode).seeing(references);
        layer.forward(input, output, &mut pass);
    }
}
