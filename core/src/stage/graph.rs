//! The steps of networks whose values are read by more than the next stage.

use core::cell::Cell;

use super::WayBack;
use crate::layer::reference::{add_of, add_to};
use crate::layer::{Layer, Mode, Pass, StepCount, Streaming, TimeAxis, step_len};
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::InstructionSet;

pub use crate::layer::reference::{Referenced, References};

/// Room for the values that later stages refer to, where the pass does not keep them anyway.
#[inline(always)]
pub fn referenced<'b, T: Float, I: InstructionSet, M: Mode<T>, const N: usize>(
    referenced: &Referenced<N>,
    samples: usize,
    pass: &'b mut Pass<'_, T, I, M>,
) -> ([&'b mut [T]; N], Pass<'b, T, I, M>) {
    let kept = pass.keep(&referenced.given_inside(), samples);
    let samples = if M::RECORDS { 0 } else { samples };
    let (mut places, pass) = pass.buffers(&referenced.values(), samples);
    for (place, kept) in places.iter_mut().zip(kept.into_iter().flatten()) {
        if !kept.is_empty() {
            *place = kept;
        }
    }
    (places, pass)
}

/// A place as cells, which a stage inside writes.
#[inline(always)]
pub fn cells<T: Float>(place: &mut [T]) -> &[Cell<T>] {
    Cell::from_mut(place).as_slice_of_cells()
}

/// Gives a value to the network further out whose stages refer to it.
#[inline(always)]
pub fn give<T: Float, I: InstructionSet, M: Mode<T>>(
    value: &[T],
    level: usize,
    index: usize,
    pass: &Pass<'_, T, I, M>,
) {
    let references = pass.references().expect("a network has room for what its stages refer to");
    let place = references.given(level, index);
    assert!(place.len() == value.len(), "room for the value");
    for (place, &value) in place.iter().zip(value) {
        place.set(value);
    }
}

/// Room for steps of what a stage of the network `N` gives, to which later stages refer.
#[inline(always)]
pub fn place_of_steps<'b, T, N, L, Time, I, C>(
    _: fn(&N) -> &L,
    count: C,
    pass: &'b mut Pass<'_, T, I>,
) -> (&'b mut [T], Pass<'b, T, I>)
where
    T: Float,
    L: Streaming<T, Time>,
    Time: TimeAxis,
    I: InstructionSet,
    C: StepCount,
{
    let (place, _, pass) = pass.turns(count.times(const { step_len::<L::Output, L::Behind>() }), 0);
    (place, pass)
}

/// Room for steps of a value of shape `S` that a stage inside gives, to which later stages refer.
#[inline(always)]
pub fn place_of_steps_inside<'b, T, S, Time, I, C>(
    count: C,
    pass: &'b mut Pass<'_, T, I>,
) -> (&'b mut [T], Pass<'b, T, I>)
where
    T: Float,
    S: Shape,
    Time: TimeAxis,
    I: InstructionSet,
    C: StepCount,
{
    let (place, _, pass) = pass.turns(count.times(const { step_len::<S, Time>() }), 0);
    (place, pass)
}

/// Puts the outputs of a network one behind the other at each step.
#[inline(always)]
pub fn join_steps<T: Float, C: StepCount>(count: C, output: &mut [T], values: &[&[T]]) {
    let whole = output.len() / count.get();
    let mut before = 0;
    for value in values {
        let len = value.len() / count.get();
        let steps = output.chunks_exact_mut(whole).zip(value.chunks_exact(len));
        steps.for_each(|(whole, own)| whole[before..before + len].copy_from_slice(own));
        before += len;
    }
}

/// The gradients of such values: zero before anyone who read them has added to them.
#[inline(always)]
pub fn gradients<'b, T: Float, I: InstructionSet, const N: usize>(
    referenced: &Referenced<N>,
    samples: usize,
    pass: &'b mut Pass<'_, T, I>,
) -> ([&'b [Cell<T>]; N], Pass<'b, T, I>) {
    let (values, pass) = pass.buffers(&referenced.gradients(), samples);
    let mut gradients: [&[Cell<T>]; N] = [&[]; N];
    for (gradient, values) in gradients.iter_mut().zip(values) {
        values.fill(T::ZERO);
        *gradient = Cell::from_mut(values).as_slice_of_cells();
    }
    (gradients, pass)
}

/// The run of a stage that refers to these values.
#[inline(always)]
pub fn referring<'b, T: Float, I: InstructionSet, M: Mode<T>>(
    references: &'b References<'b, T>,
    pass: &'b mut Pass<'_, T, I, M>,
) -> Pass<'b, T, I, M> {
    pass.referring(references)
}

/// What the stages around a network refer to.
#[inline(always)]
pub fn outer<'a, T: Float, I: InstructionSet, M: Mode<T>>(
    pass: &Pass<'a, T, I, M>,
) -> Option<&'a References<'a, T>> {
    pass.references()
}

/// Adds what those who refer to the input of a network left in its gradient.
#[inline(always)]
pub fn add_to_input<T: Float>(d_input: Option<&mut [T]>, gradient: &[Cell<T>]) {
    if let Some(d_input) = d_input {
        add_of(gradient, d_input);
    }
}

impl<'a, 'd, T: Float> WayBack<'a, 'd, T> {
    /// Adds what those who refer to the value at hand left in its gradient.
    #[inline(always)]
    pub fn with(self, gradient: &[Cell<T>]) -> Self {
        add_of(gradient, self.d_output);
        self
    }

    /// Adds what those further out who refer to the value at hand left in its gradient.
    #[inline(always)]
    pub fn given<I: InstructionSet>(
        self,
        level: usize,
        index: usize,
        pass: &Pass<'_, T, I>,
    ) -> Self {
        self.with(pass.given_references().given(level, index))
    }

    /// Takes the values that stages inside gave.
    #[inline(always)]
    pub fn given_inside<const N: usize>(
        &mut self,
        referenced: &Referenced<N>,
        samples: usize,
    ) -> [&'a [T]; N] {
        self.tape.take(&referenced.given_inside(), samples)
    }

    /// Runs a stage backward that went on from an earlier value, whose gradient gets what it adds. Stands then behind
    /// the stage in front, whose value only those read that refer to it.
    #[inline(always)]
    pub fn aside<'e, L: Layer<T>, I: InstructionSet>(
        self,
        layer: &L,
        gradient: Option<&mut L>,
        (value, value_gradient): (&'a [T], &[Cell<T>]),
        before: &'a [T],
        buffer: &'e mut [T],
        pass: &mut Pass<'_, T, I>,
    ) -> WayBack<'a, 'e, T> {
        let WayBack { d_output: d_value, tape, ahead, to_input, .. } =
            self.through(layer, gradient, value, &mut *buffer, pass);
        add_to(value_gradient, d_value);
        let d_output = &mut buffer[..before.len()];
        d_output.fill(T::ZERO);
        WayBack { output: before, d_output, tape, ahead, to_input }
    }
}
