//! One step of branches.

use super::branches::*;
use super::join::Join;
use super::joint::{Added, Concatenated, Joint, Place};
use crate::layer::{
    Pass, Sequence, StateParts, StreamMemory, Streaming, TimeAxis, TimeLast, step_len,
};
use crate::scalar::Float;
use crate::shape::Numbers;
use crate::simd::InstructionSet;
use crate::stage;

/// Layers that all see the same step: [`Branches2`] to [`Branches8`] of layers that stream.
pub trait StreamingBranches<T: Float, Time: TimeAxis>: Branches<T> {
    /// Along which axis time runs in what they give.
    type Behind: TimeAxis;

    /// What they keep, and their working memory.
    const MEMORY: StreamMemory;

    /// Lists what they keep.
    #[doc(hidden)]
    fn describe_state(parts: &mut StateParts<'_>);

    /// Runs each over the step and joins what they give.
    #[doc(hidden)]
    fn step<J: Joint, I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    );
}

macro_rules! streaming_branches {
    ($($name:ident: $first:ident $first_field:ident $(, $layer:ident $field:ident)*;)*) => {$(
        impl<T, Time, $first, $($layer),*> StreamingBranches<T, Time> for $name<$first, $($layer),*>
        where
            T: Float,
            Time: TimeAxis,
            $first: Streaming<T, Time, Input: Numbers<T>>,
            $($layer: Streaming<T, Time, Behind = $first::Behind, Input: Numbers<T>>,)*
        {
            type Behind = $first::Behind;

            const MEMORY: StreamMemory =
                memory::<T, $first, Time>() $(.and(memory::<T, $layer, Time>()))*;

            fn describe_state(parts: &mut StateParts<'_>) {
                parts.layer::<T, $first, Time>(stringify!($first_field), 0);
                let at = $first::VALUES;
                $(
                    parts.layer::<T, $layer, Time>(stringify!($field), at);
                    let at = at + $layer::VALUES;
                )*
                let _ = at;
            }

            #[inline(always)]
            fn step<J: Joint, I: InstructionSet>(
                &self,
                input: &[T],
                output: &mut [T],
                state: &mut [T],
                position: usize,
                pass: &mut Pass<'_, T, I>,
            ) {
                let place = Place::first(output.len());
                let (place, state) = step_branch::<T, $first, Time, J, I>(
                    &self.$first_field, place, input, output, state, position, pass,
                );
                $(
                    let (place, state) = step_branch::<T, $layer, Time, J, I>(
                        &self.$field, place, input, output, state, position, pass,
                    );
                )*
                let _ = (place, state);
            }
        }
    )*};
}

streaming_branches! {
    Branches2: A branch1, B branch2;
    Branches3: A branch1, B branch2, C branch3;
    Branches4: A branch1, B branch2, C branch3, D branch4;
    Branches5: A branch1, B branch2, C branch3, D branch4, E branch5;
    Branches6: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6;
    Branches7: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6, G branch7;
    Branches8: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6, G branch7, H branch8;
}

/// A branch's own memory, and room for a step of its output.
const fn memory<T: Float, L: Streaming<T, Time>, Time: TimeAxis>() -> StreamMemory {
    L::MEMORY.with_scratch(step_len::<L::Output, L::Behind>())
}

/// Runs a branch; takes its part of the state off the front.
#[inline(always)]
fn step_branch<'a, T, L, Time, J, I>(
    layer: &L,
    place: Place,
    input: &[T],
    output: &mut [T],
    state: &'a mut [T],
    position: usize,
    pass: &mut Pass<'_, T, I>,
) -> (Place, &'a mut [T])
where
    T: Float,
    L: Streaming<T, Time, Input: Numbers<T>>,
    Time: TimeAxis,
    J: Joint,
    I: InstructionSet,
{
    let len = const { step_len::<L::Output, L::Behind>() };
    if let Some(own) = J::own(place, len, 1) {
        let output = &mut output[own];
        let (_, state) =
            stage::step::<T, L, Time, I, _>(layer, input, output, state, position, pass);
        return (place.next(len), state);
    }
    let (own, _, mut pass) = pass.turns(len, 0);
    let (own, state) =
        stage::step::<T, L, Time, I, _>(layer, input, own, state, position, &mut pass);
    J::scatter(pass.instructions(), place, len, own, output);
    (place.next(len), state)
}

/// The features of the branches' steps one behind the other: along the first axis, so time runs along the last.
// Else rustc would list how branches can be joined.
#[diagnostic::do_not_recommend]
impl<T, B, O> Streaming<T, TimeLast> for Join<B, O, Concatenated>
where
    T: Float,
    B: StreamingBranches<T, TimeLast, Behind = TimeLast>,
    O: Sequence<TimeLast> + Numbers<T>,
{
    type Behind = TimeLast;

    const MEMORY: StreamMemory = B::MEMORY;

    fn describe_state(parts: &mut StateParts<'_>) {
        <B as StreamingBranches<T, TimeLast>>::describe_state(parts);
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
        (**self).step::<Concatenated, I>(input, output, state, position, pass);
    }
}

#[diagnostic::do_not_recommend]
impl<T, B, O, Time> Streaming<T, Time> for Join<B, O, Added>
where
    T: Float,
    B: StreamingBranches<T, Time>,
    O: Sequence<B::Behind> + Numbers<T>,
    Time: TimeAxis,
{
    type Behind = B::Behind;

    const MEMORY: StreamMemory = B::MEMORY;

    fn describe_state(parts: &mut StateParts<'_>) {
        <B as StreamingBranches<T, Time>>::describe_state(parts);
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
        (**self).step::<Added, I>(input, output, state, position, pass);
    }
}
