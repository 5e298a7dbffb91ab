//! One step of branches.

use super::branches::Branches;
use super::join::Join;
use super::joint::{Added, Before, Concatenated, Joint, Multiplied, Place};
use crate::layer::streaming::asked::{Joined, JoinsEachStep};
use crate::layer::{Pass, Sequence, StateParts, StreamMemory, Streaming, TimeAxis, step_len};
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

    /// Runs each over the step and joins what they give.
    #[doc(hidden)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
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
pub fn step<'a, T, J, O, L, Time, I>(
    layer: &L,
    before: Before,
    input: &[T],
    output: &mut [T],
    state: &'a mut [T],
    position: usize,
    pass: &mut Pass<'_, T, I>,
) -> (Before, &'a mut [T])
where
    T: Float,
    J: Joint,
    O: Shape,
    L: Streaming<T, Time, Input: Numbers<T>>,
    Time: TimeAxis,
    I: InstructionSet,
{
    let len = const { step_len::<L::Output, L::Behind>() };
    let place = const {
        Place::of_step(J::JOINING, step_len::<L::Output, L::Behind>(), step_len::<O, L::Behind>())
    };
    let behind = before.next(place);
    if let Some(own) = place.direct(before, 1) {
        let output = &mut output[own];
        let (_, state) =
            stage::step::<T, L, Time, I, _>(layer, input, output, state, position, pass);
        return (behind, state);
    }
    let (own, _, mut pass) = pass.turns(len, 0);
    let (own, state) =
        stage::step::<T, L, Time, I, _>(layer, input, own, state, position, &mut pass);
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

            #[inline(always)]
            fn step<I: InstructionSet>(
                &self,
                input: &[T],
                output: &mut [T],
                state: &mut [T],
                position: usize,
                pass: &mut Pass<'_, T, I>,
            ) {
                (**self).step(input, output, state, position, pass);
            }
        }
    )*};
}

join_streams! {
    Concatenated<AXIS>, const AXIS;
    Added;
    Multiplied;
}
