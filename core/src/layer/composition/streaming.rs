//! Steps of branches.

use super::branches::Branches;
use super::join::Join;
use super::joint::{Added, Before, Concatenated, Joint, Multiplied, Place};
use crate::layer::streaming::asked::{Joined, JoinsEachStep};
use crate::layer::{
    Pass, Sequence, StateParts, StepCount, StepState, StreamMemory, Streaming, TimeAxis,
    step_by_run, step_len,
};
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;
use crate::stage;

/// Layers that all see the same step: branches of layers that stream.
pub trait StreamingBranches<T: Float, Time: TimeAxis, J: Joint, O: Shape>:
    Branches<T, J, O>
{
    /// Along which axis time runs in what they give.
    type Behind: TimeAxis;

    /// What they keep, and their working memory.
    const MEMORY: StreamMemory;

    /// Lists what they keep.
    #[doc(hidden)]
    fn describe_state(parts: &mut StateParts<'_>);

    /// How many values they prepare.
    #[doc(hidden)]
    const PREPARED: usize;

    /// Has each prepare what its steps read.
    #[doc(hidden)]
    fn prepare(&self, prepared: &mut [T]);

    /// Runs each over the steps and joins what they give.
    #[doc(hidden)]
    fn steps<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    );
}

/// A branch's own memory, and room for a step of its output.
pub const fn memory<T: Float, L: Streaming<T, Time>, Time: TimeAxis>() -> StreamMemory {
    L::MEMORY.with_scratch(step_len::<L::Output, L::Behind>())
}

/// Runs a branch; takes its part of the state off the front. Gives those in front of the next.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "a step, and where the branch stands")]
pub fn steps<'a, T, J, O, L, Time, I, C>(
    layer: &L,
    count: C,
    before: Before,
    input: &[T],
    output: &mut [T],
    state: StepState<'a, T>,
    position: usize,
    pass: &mut Pass<'_, T, I>,
) -> (Before, StepState<'a, T>)
where
    T: Float,
    J: Joint,
    O: Shape,
    L: Streaming<T, Time, Input: Numbers<T>>,
    Time: TimeAxis,
    I: InstructionSet,
    C: StepCount,
{
    let len = const { step_len::<L::Output, L::Behind>() };
    let place = const {
        Place::of_step(J::JOINING, step_len::<L::Output, L::Behind>(), step_len::<O, L::Behind>())
    };
    let behind = before.next(place);
    if let Some(own) = place.direct(before, count.get()) {
        let output = &mut output[own];
        let (_, state) =
            stage::steps::<T, L, Time, I, _, C>(layer, count, input, output, state, position, pass);
        return (behind, state);
    }
    let (own, _, mut pass) = pass.turns(count.times(len), 0);
    let (own, state) =
        stage::steps::<T, L, Time, I, _, C>(layer, count, input, own, state, position, &mut pass);
    place.scatter(pass.instructions(), before, own, output);
    (behind, state)
}

macro_rules! join_streams {
    ($($joint:ty $(, const $AXIS:ident)?;)*) => {$(
        // Else rustc would list how branches can be joined.
        #[diagnostic::do_not_recommend]
        impl<T, B, O, Time $(, const $AXIS: usize)?> Streaming<T, Time> for Join<B, O, $joint>
        where
            T: Float,
            Time: TimeAxis,
            B: StreamingBranches<T, Time, $joint, O>,
            $(Joined<B::Behind, $AXIS>: JoinsEachStep,)?
            O: Sequence<B::Behind> + Numbers<T>,
        {
            type Behind = B::Behind;

            const MEMORY: StreamMemory = B::MEMORY;

            fn describe_state(parts: &mut StateParts<'_>) {
                <B as StreamingBranches<T, Time, $joint, O>>::describe_state(parts);
            }

            const PREPARED: usize = <B as StreamingBranches<T, Time, $joint, O>>::PREPARED;

            fn prepare(&self, prepared: &mut [T]) {
                StreamingBranches::<T, Time, $joint, O>::prepare(&**self, prepared);
            }

            step_by_run!(T, Time);

            #[inline(always)]
            fn run<I: InstructionSet, C: StepCount>(
                &self,
                count: C,
                input: &[T],
                output: &mut [T],
                state: StepState<'_, T>,
                position: usize,
                pass: &mut Pass<'_, T, I>,
            ) {
                (**self).steps(count, input, output, state, position, pass);
            }
        }
    )*};
}

join_streams! {
    Concatenated<AXIS>, const AXIS;
    Added;
    Multiplied;
}
