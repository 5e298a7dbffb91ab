//! What a layer starts from on the way back.

use super::{BegunAt, BufferLayout, Layer};
use crate::scalar::Float;
use crate::shape::Sample;

/// What [`Layer::backward`] starts from: what the layer saw and gave on the way forward, and how the
/// loss changes with what it gave. All runs of samples have the same length.
pub struct Backward<'a, T: Float, L: Layer<T>> {
    /// The input of each sample.
    pub input: &'a [Sample<L::Input, T>],
    /// The output of each sample; unspecified unless [`Needs::output`](super::Needs::output).
    pub output: &'a [Sample<L::Output, T>],
    /// What [`Layer::forward`] kept.
    pub tape: Tape<'a, T>,
    /// The gradient with respect to the output. It is free to be overwritten.
    pub d_output: &'a mut [Sample<L::Output, T>],
    /// Where to write the gradient with respect to the input, if it is wanted.
    pub d_input: Option<&'a mut [Sample<L::Input, T>]>,
}

/// What a layer kept on the way forward.
#[derive(Clone, Copy, Debug)]
pub struct Tape<'a, T> {
    /// The representations between the stages of a network, if they are not among the values.
    representations: &'a [&'a [T]],
    values: &'a [T],
    is_training: bool,
    /// The states that samples have gone on from, where they have.
    begun: Option<BegunAt<'a, T>>,
}

impl<'a, T: Float> Tape<'a, T> {
    /// What a pass kept, in training or else in evaluation.
    pub fn new(values: &'a [T], is_training: bool) -> Self {
        Tape { representations: &[], values, is_training, begun: None }
    }

    /// As [`new`](Tape::new), with what the stages of a network gave apart from the tape.
    pub(crate) fn between(
        representations: &'a [&'a [T]],
        values: &'a [T],
        is_training: bool,
    ) -> Self {
        Tape { representations, values, is_training, begun: None }
    }

    /// The same of a pass whose samples have gone on from states.
    pub(crate) fn begun_with(self, begun: Option<BegunAt<'a, T>>) -> Self {
        Tape { begun, ..self }
    }

    /// The states that samples have gone on from, where they have.
    #[inline(always)]
    pub(crate) fn begun(&self) -> Option<BegunAt<'a, T>> {
        self.begun
    }

    /// Whether the pass was one of training.
    #[inline(always)]
    pub fn is_training(&self) -> bool {
        self.is_training
    }

    /// Takes what was kept with this layout.
    #[inline(always)]
    pub fn take<const N: usize>(
        &mut self,
        layout: &BufferLayout<N>,
        samples: usize,
    ) -> [&'a [T]; N] {
        let (parts, rest) = layout.split(self.values, samples);
        self.values = rest;
        parts
    }

    /// Takes what a layer that this layer is made of kept, of those that are left the last one that has
    /// [run](super::Pass::run).
    #[inline(always)]
    pub fn of<L: Layer<T>>(&mut self, samples: usize) -> Tape<'a, T> {
        let (values, rest) = self.values.split_at(L::NEEDS.tape.kept(samples));
        self.values = rest;
        Tape { representations: &[], values, ..*self }
    }

    /// As [`of`](Tape::of), of those that are left the first one that has run.
    #[inline(always)]
    pub(crate) fn of_first<L: Layer<T>>(&mut self, samples: usize) -> Tape<'a, T> {
        let len = self.values.len() - L::NEEDS.tape.kept(samples);
        let (rest, values) = self.values.split_at(len);
        self.values = rest;
        Tape { representations: &[], values, ..*self }
    }

    /// Takes what the next stage of a network gave, so many values.
    #[inline(always)]
    pub(crate) fn representation(&mut self, values: usize) -> &'a [T] {
        if let Some((first, rest)) = self.representations.split_first() {
            self.representations = rest;
            return first;
        }
        let (first, rest) = self.values.split_at(values);
        self.values = rest;
        first
    }
}
