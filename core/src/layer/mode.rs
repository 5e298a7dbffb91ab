//! What a pass over a network is for: to evaluate it, to record it for the way back, or to train.

use core::any::TypeId;
use core::mem::take;

use rand::Rng;

use super::{LayerStates, SampleStates, Statistics};
use crate::scalar::Float;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Evaluate {}
    impl<T> Sealed for super::Record<'_, T> {}
    impl<T> Sealed for super::Train<'_, '_, T> {}
    impl<T, M> Sealed for super::Carry<'_, T, M> {}
}

/// What a pass is for: [`Evaluate`], [`Record`] or [`Train`].
///
/// It is a type, so that nothing of another mode is compiled into a pass: a layer asks its
/// [`Pass`](super::Pass) for the tape or the random source and is told at compile time whether there is one.
pub trait Mode<T: Float>: sealed::Sealed + Sized {
    /// Whether what backward needs is kept.
    const RECORDS: bool;
    /// Whether layers do what they do in training only.
    const TRAINS: bool;
    /// Whether samples go on from states.
    #[doc(hidden)]
    const CARRIES: bool = false;

    /// What the tape is written with.
    #[doc(hidden)]
    type Tape: WriteTape<T>;

    /// The tape of the layer that runs.
    #[doc(hidden)]
    fn tape(&mut self) -> &mut Self::Tape;

    /// The random source, in training.
    #[doc(hidden)]
    #[inline(always)]
    fn random(&mut self) -> Option<&mut dyn Rng> {
        None
    }

    /// What statistics are to be behind the pass, in training.
    #[doc(hidden)]
    #[inline(always)]
    fn statistics<const N: usize>(&mut self, current: [&[T]; N]) -> Option<[&mut [T]; N]> {
        let _ = current;
        None
    }

    /// What a layer of that type at that address has kept of earlier steps, where samples go on from states.
    #[doc(hidden)]
    #[inline(always)]
    fn states(&mut self, layer: TypeId, address: usize) -> Option<LayerStates<'_, T>> {
        let _ = (layer, address);
        None
    }
}

/// A tape while it is written: [`TapeMut`], or [`Evaluate`], which has none.
pub trait WriteTape<T>: Sized {
    /// Leaves the last values, so many, to a layer inside; gives the tape of the layer outside.
    fn enter(&mut self, values: usize) -> Self;

    /// Takes the first values.
    fn keep<'a>(&mut self, values: usize) -> &'a mut [T]
    where
        Self: 'a;

    /// Takes the place of a representation between two stages.
    fn representation<'a>(&mut self, values: usize) -> &'a mut [T]
    where
        Self: 'a;
}

/// Gives the output and keeps nothing. So does the pass on the way back.
#[derive(Debug)]
pub struct Evaluate;

/// Gives the output as in evaluation, and keeps what backward needs.
#[derive(Debug)]
pub struct Record<'t, T> {
    tape: TapeMut<'t, T>,
}

/// As [`Record`], in training: where a layer does something else than in evaluation, it draws from a random source
/// and moves its running statistics.
pub struct Train<'t, 'r, T> {
    tape: TapeMut<'t, T>,
    rng: &'r mut dyn Rng,
    statistics: &'t mut Statistics<T>,
}

/// The tape of one layer while it is written.
#[derive(Debug)]
pub struct TapeMut<'t, T> {
    /// Where the representations between the stages of a network stand, if not on the tape itself.
    representations: &'t mut [&'t mut [T]],
    values: &'t mut [T],
}

impl<'t, T> Record<'t, T> {
    /// Keeps on a tape of as many values as [`Needs::tape`](super::Needs::tape) says.
    pub fn new(tape: &'t mut [T]) -> Self {
        Self::between(&mut [], tape)
    }

    /// Keeps the representations between the stages of a network apart from the tape.
    pub(crate) fn between(representations: &'t mut [&'t mut [T]], tape: &'t mut [T]) -> Self {
        Record { tape: TapeMut { representations, values: tape } }
    }
}

impl<'t, 'r, T> Train<'t, 'r, T> {
    /// Keeps on a tape of as many values as [`Needs::tape`](super::Needs::tape) says, draws from `rng`, and leaves
    /// what running statistics become in `statistics`.
    pub fn new(tape: &'t mut [T], rng: &'r mut dyn Rng, statistics: &'t mut Statistics<T>) -> Self {
        Self::between(&mut [], tape, rng, statistics)
    }

    /// Keeps the representations between the stages of a network apart from the tape.
    pub(crate) fn between(
        representations: &'t mut [&'t mut [T]],
        tape: &'t mut [T],
        rng: &'r mut dyn Rng,
        statistics: &'t mut Statistics<T>,
    ) -> Self {
        Train { tape: TapeMut { representations, values: tape }, rng, statistics }
    }
}

impl<T> WriteTape<T> for TapeMut<'_, T> {
    #[inline(always)]
    fn enter(&mut self, values: usize) -> Self {
        let whole = take(&mut self.values);
        let (rest, inner) = whole.split_at_mut(whole.len() - values);
        self.values = inner;
        TapeMut { representations: take(&mut self.representations), values: rest }
    }

    #[inline(always)]
    fn keep<'a>(&mut self, values: usize) -> &'a mut [T]
    where
        Self: 'a,
    {
        let (kept, rest) = take(&mut self.values).split_at_mut(values);
        self.values = rest;
        kept
    }

    #[inline(always)]
    fn representation<'a>(&mut self, values: usize) -> &'a mut [T]
    where
        Self: 'a,
    {
        match take(&mut self.representations).split_first_mut() {
            Some((first, rest)) => {
                self.representations = rest;
                take(first)
            }
            None => self.keep(values),
        }
    }
}

impl<T> WriteTape<T> for Evaluate {
    #[inline(always)]
    fn enter(&mut self, _: usize) -> Self {
        Evaluate
    }

    #[inline(always)]
    fn keep<'a>(&mut self, _: usize) -> &'a mut [T]
    where
        Self: 'a,
    {
        &mut []
    }

    #[inline(always)]
    fn representation<'a>(&mut self, _: usize) -> &'a mut [T]
    where
        Self: 'a,
    {
        &mut []
    }
}

impl<T: Float> Mode<T> for Evaluate {
    const RECORDS: bool = false;
    const TRAINS: bool = false;

    type Tape = Evaluate;

    #[inline(always)]
    fn tape(&mut self) -> &mut Evaluate {
        self
    }
}

impl<'t, T: Float> Mode<T> for Record<'t, T> {
    const RECORDS: bool = true;
    const TRAINS: bool = false;

    type Tape = TapeMut<'t, T>;

    #[inline(always)]
    fn tape(&mut self) -> &mut TapeMut<'t, T> {
        &mut self.tape
    }
}

impl<'t, T: Float> Mode<T> for Train<'t, '_, T> {
    const RECORDS: bool = true;
    const TRAINS: bool = true;

    type Tape = TapeMut<'t, T>;

    #[inline(always)]
    fn tape(&mut self) -> &mut TapeMut<'t, T> {
        &mut self.tape
    }

    #[inline(always)]
    fn random(&mut self) -> Option<&mut dyn Rng> {
        Some(&mut *self.rng)
    }

    #[inline(always)]
    fn statistics<const N: usize>(&mut self, current: [&[T]; N]) -> Option<[&mut [T]; N]> {
        Some(self.statistics.of(current))
    }
}

/// A pass in the mode `M` whose samples go on from states.
pub struct Carry<'s, T, M> {
    mode: M,
    states: &'s mut dyn SampleStates<T>,
    /// Which of the states the first sample of the pass has.
    first: usize,
}

impl<'s, T, M> Carry<'s, T, M> {
    pub(crate) fn new(mode: M, states: &'s mut dyn SampleStates<T>, first: usize) -> Self {
        Carry { mode, states, first }
    }
}

impl<T: Float, M: Mode<T>> Mode<T> for Carry<'_, T, M> {
    const RECORDS: bool = M::RECORDS;
    const TRAINS: bool = M::TRAINS;
    const CARRIES: bool = true;

    type Tape = M::Tape;

    #[inline(always)]
    fn tape(&mut self) -> &mut M::Tape {
        self.mode.tape()
    }

    #[inline(always)]
    fn random(&mut self) -> Option<&mut dyn Rng> {
        self.mode.random()
    }

    #[inline(always)]
    fn statistics<const N: usize>(&mut self, current: [&[T]; N]) -> Option<[&mut [T]; N]> {
        self.mode.statistics(current)
    }

    fn states(&mut self, layer: TypeId, address: usize) -> Option<LayerStates<'_, T>> {
        Some(LayerStates::new(&mut *self.states, self.first, layer, address))
    }
}
