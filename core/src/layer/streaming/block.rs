//! One step, or a block of steps at once.

use super::{StepElement, Streaming, TimeAxis, step_len};
use crate::layer::Pass;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel};

/// How many steps are taken at once. The steps of a value lie one behind the other, along whichever axis time runs.
pub trait StepCount: Copy + Send + Sync + 'static {
    /// Whether it is known to be one.
    const IS_ONE: bool;

    /// How many.
    fn get(self) -> usize;

    /// So many values for each.
    #[inline(always)]
    fn times(self, len: usize) -> usize {
        self.get() * len
    }
}

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct OneStep;

impl StepCount for OneStep {
    const IS_ONE: bool = true;

    #[inline(always)]
    fn get(self) -> usize {
        1
    }
}

/// So many steps: [`MOST_STEPS`](super::MOST_STEPS) at most.
#[derive(Clone, Copy, Debug)]
pub struct Block(pub(crate) usize);

impl StepCount for Block {
    const IS_ONE: bool = false;

    #[inline(always)]
    fn get(self) -> usize {
        self.0
    }
}

/// What stages keep between steps, and what they have prepared in front of the first.
pub struct StepState<'a, T> {
    /// What is kept.
    pub(crate) kept: &'a mut [T],
    /// What is prepared, or nothing.
    pub(crate) prepared: &'a [T],
}

impl<'a, T: Float> StepState<'a, T> {
    /// Of a layer that has prepared nothing.
    #[inline(always)]
    pub fn unprepared(kept: &'a mut [T]) -> Self {
        StepState { kept, prepared: &[] }
    }

    /// The part of the first stage, and that of those behind.
    #[inline(always)]
    pub(crate) fn split<L: Streaming<T, Time>, Time: TimeAxis>(self) -> (Self, Self) {
        let (kept, kept_behind) = self.kept.split_at_mut(const { L::MEMORY.state });
        let (prepared, prepared_behind) =
            self.prepared.split_at_checked(const { L::PREPARED }).unwrap_or_default();
        (StepState { kept, prepared }, StepState { kept: kept_behind, prepared: prepared_behind })
    }
}

/// A block of a layer that takes one step after the other.
pub(crate) struct EachStep<'a, T: Float, L: Streaming<T, Time>, Time: TimeAxis> {
    pub(super) layer: &'a L,
    pub(super) input: &'a [StepElement<T, L>],
    pub(super) output: &'a mut [T],
    pub(super) state: &'a mut [T],
    pub(super) position: usize,
    pub(super) scratch: &'a mut [T],
    pub(super) time: core::marker::PhantomData<Time>,
}

impl<T: Float, L: Streaming<T, Time>, Time: TimeAxis> Kernel for EachStep<'_, T, L, Time> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { layer, input, output, state, position, scratch, .. } = self;
        let inputs = input.chunks_exact(const { step_len::<L::Input, Time>() });
        let outputs = output.chunks_exact_mut(const { step_len::<L::Output, L::Behind>() });
        for (step, (input, output)) in inputs.zip(outputs).enumerate() {
            let mut pass = Pass::evaluate(instructions, &mut *scratch);
            layer.step(input, output, state, position + step, &mut pass);
        }
    }
}

/// The step of what takes one step and a block in the same lines.
macro_rules! step_by_run {
    ($scalar:ident, $time:ident) => {
        #[inline(always)]
        fn step<I: InstructionSet>(
            &self,
            input: &[$crate::layer::streaming::StepElement<$scalar, Self>],
            output: &mut [$scalar],
            state: &mut [$scalar],
            position: usize,
            pass: &mut Pass<'_, $scalar, I>,
        ) {
            let state = $crate::layer::streaming::StepState::unprepared(state);
            let count = $crate::layer::streaming::OneStep;
            Streaming::<$scalar, $time>::run(self, count, input, output, state, position, pass);
        }
    };
}
pub(crate) use step_by_run;
