//! How branches are joined: one behind the other, or added.

use core::ops::Range;

use crate::kernel::elementwise::add;
use crate::layer::Tape;
use crate::scalar::Float;
use crate::simd::InstructionSet;

/// Where the output of a branch stands in what is joined.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Which of the branches it is.
    pub(super) index: usize,
    /// How many values of a sample are in front of it.
    offset: usize,
    /// How many values a sample has in all.
    whole: usize,
}

impl Place {
    pub(super) const fn first(whole: usize) -> Self {
        Place { index: 0, offset: 0, whole }
    }

    pub(super) const fn next(self, len: usize) -> Self {
        Place { index: self.index + 1, offset: self.offset + len, ..self }
    }
}

/// A run over a batch on the way back.
pub struct BranchesBackward<'a, T> {
    pub(super) input: &'a [T],
    pub(super) tape: Tape<'a, T>,
    pub(super) d_output: &'a [T],
    pub(super) d_input: Option<&'a mut [T]>,
}

/// How the outputs of branches become one.
pub trait Joint: Send + Sync + 'static {
    /// Whether they are added.
    const IS_SUM: bool;

    /// Where a branch can write its output directly.
    fn own(place: Place, len: usize, samples: usize) -> Option<Range<usize>>;

    /// Brings the output of a branch, `len` values per sample, to where it belongs.
    fn scatter<T: Float, I: InstructionSet>(
        instructions: I,
        place: Place,
        len: usize,
        own: &[T],
        output: &mut [T],
    );

    /// Takes the part of a gradient that belongs to a branch.
    fn gather<T: Float>(place: Place, len: usize, d_output: &[T], d_own: &mut [T]);
}

/// One behind the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Concatenated {}

impl Joint for Concatenated {
    const IS_SUM: bool = false;

    #[inline(always)]
    fn own(place: Place, len: usize, samples: usize) -> Option<Range<usize>> {
        (samples == 1).then_some(place.offset..place.offset + len)
    }

    #[inline(always)]
    fn scatter<T: Float, I: InstructionSet>(
        _: I,
        place: Place,
        len: usize,
        own: &[T],
        output: &mut [T],
    ) {
        for (own, output) in own.chunks_exact(len).zip(output.chunks_exact_mut(place.whole)) {
            output[place.offset..place.offset + len].copy_from_slice(own);
        }
    }

    #[inline(always)]
    fn gather<T: Float>(place: Place, len: usize, d_output: &[T], d_own: &mut [T]) {
        for (own, output) in d_own.chunks_exact_mut(len).zip(d_output.chunks_exact(place.whole)) {
            own.copy_from_slice(&output[place.offset..place.offset + len]);
        }
    }
}

/// Added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Added {}

impl Joint for Added {
    const IS_SUM: bool = true;

    #[inline(always)]
    fn own(place: Place, len: usize, samples: usize) -> Option<Range<usize>> {
        (place.index == 0).then_some(0..len * samples)
    }

    #[inline(always)]
    fn scatter<T: Float, I: InstructionSet>(
        instructions: I,
        place: Place,
        _: usize,
        own: &[T],
        output: &mut [T],
    ) {
        if place.index == 0 {
            output.copy_from_slice(own);
        } else {
            add(instructions, own, output);
        }
    }

    #[inline(always)]
    fn gather<T: Float>(_: Place, _: usize, d_output: &[T], d_own: &mut [T]) {
        d_own.copy_from_slice(d_output);
    }
}
