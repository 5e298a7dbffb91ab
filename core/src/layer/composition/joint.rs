//! How branches are joined: one behind the other along an axis, added, or multiplied.

use core::ops::Range;

use static_net_rules::spread;

use crate::kernel::elementwise::add;
use crate::kernel::gate::{Combine, Gates, multiply};
use crate::layer::larger;
use crate::layer::structure::len;
use crate::scalar::Float;
use crate::simd::InstructionSet;

/// How the outputs of branches become one.
pub trait Joint: Send + Sync + 'static {
    /// How.
    const JOINING: Joining;
}

/// What is done to the outputs of branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// They stand one behind the other along this axis.
    Concat(usize),
    /// They are added.
    Sum,
    /// They are multiplied.
    Product,
}

/// One behind the other along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Concatenated<const AXIS: usize> {}

/// Added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Added {}

/// Multiplied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Multiplied {}

impl<const AXIS: usize> Joint for Concatenated<AXIS> {
    const JOINING: Joining = Joining::Concat(AXIS);
}

impl Joint for Added {
    const JOINING: Joining = Joining::Sum;
}

impl Joint for Multiplied {
    const JOINING: Joining = Joining::Product;
}

impl Joining {
    /// Its word in the language.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Joining::Concat(_) => "concat",
            Joining::Sum => "sum",
            Joining::Product => "product",
        }
    }

    /// Whether each branch is learned from by what the others gave.
    pub(crate) const fn reads_outputs(self) -> bool {
        matches!(self, Joining::Product)
    }
}

/// Where the output of a branch stands in what is joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    joining: Joining,
    /// How many values a sample of the branch has.
    own: usize,
    /// How many values a sample of the whole has.
    whole: usize,
    /// In how many runs a sample of the whole is joined: the branch has a part of each of them in a concatenation, and else
    /// is joined with each of them anew.
    runs: usize,
}

/// The branches in front of one.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// How many they are.
    pub(super) index: usize,
    /// How many values they have in each run of a concatenation.
    values: usize,
}

impl Before {
    /// The first branch has none in front of it.
    pub const FIRST: Before = Before { index: 0, values: 0 };

    /// Those in front of the branch behind the one at this place.
    #[inline(always)]
    pub const fn next(self, place: Place) -> Self {
        Before { index: self.index + 1, values: self.values + place.own / place.runs }
    }
}

impl Place {
    /// Of a branch that gives samples of one shape, in the whole of another. That it fits there is checked where it runs.
    pub(super) const fn new(joining: Joining, own: &[usize], whole: &[usize]) -> Self {
        let runs = match joining {
            Joining::Concat(axis) if axis < whole.len() => len(whole.split_at(axis).0),
            Joining::Concat(_) => 1,
            Joining::Sum | Joining::Product => match spread(own, whole) {
                Some(runs) => runs,
                None => 1,
            },
        };
        Place { joining, own: len(own), whole: len(whole), runs: larger(runs, 1) }
    }

    /// The same in a step of a sequence, which is one run.
    pub(super) const fn of_step(joining: Joining, own: usize, whole: usize) -> Self {
        Place { joining, own, whole, runs: 1 }
    }

    /// Whether each value is joined with one of the whole.
    const fn is_whole(&self) -> bool {
        self.own == self.whole
    }

    /// How many values of the whole the way back needs in working memory, for each sample.
    pub(super) const fn backward(&self) -> usize {
        match self.joining {
            Joining::Product if !self.is_whole() => self.whole,
            Joining::Product | Joining::Concat(_) | Joining::Sum => 0,
        }
    }

    /// Where a branch can write its output directly.
    #[inline(always)]
    pub(super) fn direct(&self, before: Before, samples: usize) -> Option<Range<usize>> {
        match self.joining {
            Joining::Concat(_) => {
                (samples * self.runs == 1).then_some(before.values..before.values + self.own)
            }
            Joining::Sum | Joining::Product => (before.index == 0).then_some(0..self.own * samples),
        }
    }

    /// Brings the output of a branch to where it belongs.
    #[inline(always)]
    pub(super) fn scatter<T: Float, I: InstructionSet>(
        &self,
        instructions: I,
        before: Before,
        own: &[T],
        output: &mut [T],
    ) {
        match self.joining {
            Joining::Concat(_) => {
                let (own_run, run) = (self.own / self.runs, self.whole / self.runs);
                for (own, run) in own.chunks_exact(own_run).zip(output.chunks_exact_mut(run)) {
                    run[before.values..][..own_run].copy_from_slice(own);
                }
            }
            Joining::Sum | Joining::Product if before.index == 0 => output.copy_from_slice(own),
            Joining::Sum if self.is_whole() => add(instructions, own, output),
            Joining::Sum => self.gates().combine(instructions, Combine::Add, own, output),
            Joining::Product => self.multiply(instructions, own, output),
        }
    }

    /// Takes the part of a gradient that belongs to the branch. All branches gave `given`; `work` are
    /// [`backward`](Self::backward) values for each sample.
    #[inline(always)]
    pub(super) fn gather<T: Float, I: InstructionSet>(
        &self,
        instructions: I,
        before: Before,
        given: &[(Place, &[T])],
        d_output: &[T],
        work: &mut [T],
        d_own: &mut [T],
    ) {
        match self.joining {
            Joining::Concat(_) => {
                let (own_run, run) = (self.own / self.runs, self.whole / self.runs);
                for (own, run) in d_own.chunks_exact_mut(own_run).zip(d_output.chunks_exact(run)) {
                    own.copy_from_slice(&run[before.values..][..own_run]);
                }
            }
            Joining::Sum if self.is_whole() => d_own.copy_from_slice(d_output),
            Joining::Sum => self.gates().reduce(instructions, d_output, d_own),
            Joining::Product => {
                let d_whole = if self.is_whole() { &mut *d_own } else { &mut *work };
                d_whole.copy_from_slice(d_output);
                for (other, (place, values)) in given.iter().enumerate() {
                    if other != before.index {
                        place.multiply(instructions, values, d_whole);
                    }
                }
                if !self.is_whole() {
                    self.gates().reduce(instructions, work, d_own);
                }
            }
        }
    }

    #[inline(always)]
    fn multiply<T: Float, I: InstructionSet>(&self, instructions: I, own: &[T], whole: &mut [T]) {
        if self.is_whole() {
            multiply(instructions, own, whole);
        } else {
            self.gates().combine(instructions, Combine::Multiply, own, whole);
        }
    }

    /// How the values of the branch lie among those of the whole.
    fn gates(&self) -> Gates {
        Gates { count: self.own, runs: self.runs, each: self.whole / (self.own * self.runs) }
    }
}
