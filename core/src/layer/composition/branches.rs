//! Layers side by side: what [`Concat`](super::Concat) and [`Sum`](super::Sum) join.

use rand::Rng;

use super::joint::{Joint, Place};
use super::kept;
use crate::capacity::sum;
use crate::kernel::elementwise::add;
use crate::layer::{Layer, Pass, Scratch, larger, tape_values};
use crate::network::Stage;
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;
use crate::stage;

/// Layers that all see the same input: [`Branches2`] to [`Branches8`].
pub trait Branches<T: Float>: Parameters<T> {
    /// The shape that all of them take.
    type Input: Numbers<T>;

    /// The shapes that they give.
    const OUTPUTS: &'static [&'static [usize]];
    /// What they are made of.
    const STAGES: &'static [Stage];
    /// Fails to compile where they do not take the same shape.
    #[doc(hidden)]
    const CHECKS: ();
    /// How many values per sample they keep, their own outputs included where they need them.
    const TAPE: usize;
    /// How many values per batch they keep.
    const BATCH_TAPE: usize;
    /// The fewest samples that they can be trained on.
    const TRAINING_SAMPLES: usize;
    /// How many pairs of values they multiply and add for one sample.
    const MULTIPLY_ADDS: usize;
    /// The working memory that they take forward.
    const FORWARD_SCRATCH: Scratch;
    /// The working memory that they take backward.
    const BACKWARD_SCRATCH: Scratch;

    /// Sets the parameters to where training starts.
    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R);

    /// Runs each over the input and joins what they give.
    #[doc(hidden)]
    fn forward<J: Joint, I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        whole: usize,
        pass: &mut Pass<'_, T, I>,
    );

    /// As `forward`, and keeps what backward needs.
    #[doc(hidden)]
    fn record<J: Joint, I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        whole: usize,
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
    );

    /// As `record`, in training.
    #[doc(hidden)]
    fn train<J: Joint, I: InstructionSet>(
        &mut self,
        input: &[T],
        output: &mut [T],
        whole: usize,
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
        rng: &mut dyn Rng,
    );

    /// From the gradient of what was joined, adds those of the parameters and writes that of the input.
    #[doc(hidden)]
    fn backward<J: Joint, I: InstructionSet>(
        &self,
        run: Joined<'_, T>,
        whole: usize,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    );
}

/// A run over a batch on the way back.
#[doc(hidden)]
pub struct Joined<'a, T> {
    pub(super) input: &'a [T],
    pub(super) tape: &'a [T],
    pub(super) d_output: &'a [T],
    pub(super) d_input: Option<&'a mut [T]>,
}

macro_rules! branches {
    ($($name:ident: $first:ident $first_field:ident $(, $layer:ident $field:ident)*;)*) => {$(
        /// Layers side by side, with parameters named by their place.
        #[derive(Clone, Copy, Debug, PartialEq, Parameters)]
        #[repr(C)]
        pub struct $name<$first, $($layer),*> {
            /// The first branch.
            pub $first_field: $first,
            $(
                /// A further branch.
                pub $field: $layer,
            )*
        }

        impl<T: Float, $first: Layer<T, Input: Numbers<T>>, $($layer: Layer<T, Input: Numbers<T>>),*> Branches<T>
            for $name<$first, $($layer),*>
        {
            type Input = $first::Input;

            const OUTPUTS: &'static [&'static [usize]] =
                &[<$first::Output as Shape>::DIMS, $(<$layer::Output as Shape>::DIMS),*];
            const STAGES: &'static [Stage] =
                &[Stage::inside::<T, $first>(), $(Stage::inside::<T, $layer>()),*];
            const CHECKS: () = {
                let () = $first::CHECKS;
                $(
                    let () = $layer::CHECKS;
                    assert!(
                        super::same(<$first::Input as Shape>::DIMS, <$layer::Input as Shape>::DIMS),
                        "all branches take the same shape"
                    );
                )*
            };
            const TAPE: usize = tape::<T, $first>() $(+ tape::<T, $layer>())*;
            const BATCH_TAPE: usize = $first::BATCH_TAPE $(+ $layer::BATCH_TAPE)*;
            const TRAINING_SAMPLES: usize = {
                let samples = $first::TRAINING_SAMPLES;
                $(let samples = larger(samples, $layer::TRAINING_SAMPLES);)*
                samples
            };
            const MULTIPLY_ADDS: usize = $first::MULTIPLY_ADDS $(+ $layer::MULTIPLY_ADDS)*;
            const FORWARD_SCRATCH: Scratch =
                forward_scratch::<T, $first>() $(.or(forward_scratch::<T, $layer>()))*;
            const BACKWARD_SCRATCH: Scratch =
                backward_scratch::<T, $first>() $(.or(backward_scratch::<T, $layer>()))*;

            fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
                self.$first_field.initialize(rng);
                $(self.$field.initialize(rng);)*
            }

            #[inline(always)]
            fn forward<J: Joint, I: InstructionSet>(
                &self,
                input: &[T],
                output: &mut [T],
                whole: usize,
                pass: &mut Pass<'_, T, I>,
            ) {
                let place = Place::first(whole);
                forward_branch::<T, _, J, I>(&self.$first_field, place, input, output, pass);
                let place = place.next(<$first::Output as Shape>::LEN);
                $(
                    forward_branch::<T, _, J, I>(&self.$field, place, input, output, pass);
                    let place = place.next(<$layer::Output as Shape>::LEN);
                )*
                let _ = place;
            }

            #[inline(always)]
            fn record<J: Joint, I: InstructionSet>(
                &self,
                input: &[T],
                output: &mut [T],
                whole: usize,
                tape: &mut [T],
                pass: &mut Pass<'_, T, I>,
            ) {
                let place = Place::first(whole);
                let tape = record_branch::<T, _, J, I>(
                    &self.$first_field, place, input, output, tape, pass,
                );
                let place = place.next(<$first::Output as Shape>::LEN);
                $(
                    let tape = record_branch::<T, _, J, I>(
                        &self.$field, place, input, output, tape, pass,
                    );
                    let place = place.next(<$layer::Output as Shape>::LEN);
                )*
                let _ = (place, tape);
            }

            #[inline(always)]
            fn train<J: Joint, I: InstructionSet>(
                &mut self,
                input: &[T],
                output: &mut [T],
                whole: usize,
                tape: &mut [T],
                pass: &mut Pass<'_, T, I>,
                rng: &mut dyn Rng,
            ) {
                let place = Place::first(whole);
                let tape = train_branch::<T, _, J, I>(
                    &mut self.$first_field, place, input, output, tape, pass, rng,
                );
                let place = place.next(<$first::Output as Shape>::LEN);
                $(
                    let tape = train_branch::<T, _, J, I>(
                        &mut self.$field, place, input, output, tape, pass, rng,
                    );
                    let place = place.next(<$layer::Output as Shape>::LEN);
                )*
                let _ = (place, tape);
            }

            #[inline(always)]
            fn backward<J: Joint, I: InstructionSet>(
                &self,
                mut run: Joined<'_, T>,
                whole: usize,
                gradient: &mut Self,
                pass: &mut Pass<'_, T, I>,
            ) {
                let place = Place::first(whole);
                backward_branch::<T, _, J, I>(
                    &self.$first_field, place, &mut run, &mut gradient.$first_field, pass,
                );
                let place = place.next(<$first::Output as Shape>::LEN);
                $(
                    backward_branch::<T, _, J, I>(
                        &self.$field, place, &mut run, &mut gradient.$field, pass,
                    );
                    let place = place.next(<$layer::Output as Shape>::LEN);
                )*
                let _ = place;
            }
        }
    )*};
}

branches! {
    Branches2: A branch1, B branch2;
    Branches3: A branch1, B branch2, C branch3;
    Branches4: A branch1, B branch2, C branch3, D branch4;
    Branches5: A branch1, B branch2, C branch3, D branch4, E branch5;
    Branches6: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6;
    Branches7: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6, G branch7;
    Branches8: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6, G branch7, H branch8;
}

/// The branch's output, where it needs it, then its own tape.
const fn tape<T: Float, L: Layer<T, Input: Numbers<T>>>() -> usize {
    sum(kept::<T, L>(), L::TAPE, "the tape of a sample")
}

const fn forward_scratch<T: Float, L: Layer<T, Input: Numbers<T>>>() -> Scratch {
    L::FORWARD_SCRATCH.and(Scratch::per_sample(<L::Output as Shape>::LEN))
}

/// The branch's part of the gradient, and what it says of the input.
const fn backward_scratch<T: Float, L: Layer<T, Input: Numbers<T>>>() -> Scratch {
    let memory = <L::Output as Shape>::LEN + <L::Input as Shape>::LEN;
    L::BACKWARD_SCRATCH.and(Scratch::per_sample(memory))
}

#[inline(always)]
fn samples<T: Float, L: Layer<T, Input: Numbers<T>>>(input: &[T]) -> usize {
    input.len() / <L::Input as Shape>::LEN
}

#[inline(always)]
fn forward_branch<T: Float, L: Layer<T, Input: Numbers<T>>, J: Joint, I: InstructionSet>(
    layer: &L,
    place: Place,
    input: &[T],
    output: &mut [T],
    pass: &mut Pass<'_, T, I>,
) {
    let len = <L::Output as Shape>::LEN;
    let samples = samples::<T, L>(input);
    if let Some(own) = J::own(place, len, samples) {
        return stage::forward(layer, input, &mut output[own], pass);
    }
    let (own, _, mut pass) = pass.buffers(samples * len, 0);
    stage::forward(layer, input, own, &mut pass);
    J::scatter(pass.instructions(), place, len, own, output);
}

#[inline(always)]
fn record_branch<'a, T: Float, L: Layer<T, Input: Numbers<T>>, J: Joint, I: InstructionSet>(
    layer: &L,
    place: Place,
    input: &[T],
    output: &mut [T],
    tape: &'a mut [T],
    pass: &mut Pass<'_, T, I>,
) -> &'a mut [T] {
    let len = <L::Output as Shape>::LEN;
    let (kept, tape) = tape.split_at_mut(samples::<T, L>(input) * kept::<T, L>());
    if L::NEEDS_OUTPUT {
        let tape = stage::record(layer, input, kept, tape, pass);
        J::scatter(pass.instructions(), place, len, kept, output);
        return tape;
    }
    let (own, _, mut pass) = pass.buffers(samples::<T, L>(input) * len, 0);
    let tape = stage::record(layer, input, own, tape, &mut pass);
    J::scatter(pass.instructions(), place, len, own, output);
    tape
}

#[inline(always)]
fn train_branch<'a, T: Float, L: Layer<T, Input: Numbers<T>>, J: Joint, I: InstructionSet>(
    layer: &mut L,
    place: Place,
    input: &[T],
    output: &mut [T],
    tape: &'a mut [T],
    pass: &mut Pass<'_, T, I>,
    rng: &mut dyn Rng,
) -> &'a mut [T] {
    let len = <L::Output as Shape>::LEN;
    let (kept, tape) = tape.split_at_mut(samples::<T, L>(input) * kept::<T, L>());
    if L::NEEDS_OUTPUT {
        let tape = stage::train(layer, input, kept, tape, pass, rng);
        J::scatter(pass.instructions(), place, len, kept, output);
        return tape;
    }
    let (own, _, mut pass) = pass.buffers(samples::<T, L>(input) * len, 0);
    let tape = stage::train(layer, input, own, tape, &mut pass, rng);
    J::scatter(pass.instructions(), place, len, own, output);
    tape
}

/// Runs a branch backward; takes its part of the tape off the front.
#[inline(always)]
fn backward_branch<T: Float, L: Layer<T, Input: Numbers<T>>, J: Joint, I: InstructionSet>(
    layer: &L,
    place: Place,
    run: &mut Joined<'_, T>,
    gradient: &mut L,
    pass: &mut Pass<'_, T, I>,
) {
    let len = <L::Output as Shape>::LEN;
    let samples = samples::<T, L>(run.input);
    let (kept, rest) = run.tape.split_at(samples * kept::<T, L>());
    let (tape, rest) = rest.split_at(tape_values(samples, L::TAPE, L::BATCH_TAPE));
    run.tape = rest;
    let (d_own, d_shared, mut pass) = pass.buffers(samples * len, run.input.len());
    J::gather(place, len, run.d_output, d_own);
    // Without need of its output, a branch is given one of the right size.
    let output = if L::NEEDS_OUTPUT { kept } else { &run.d_output[..samples * len] };
    let d_input = run.d_input.as_deref_mut();
    let is_first = place.index == 0;
    match d_input {
        None => {
            stage::backward(layer, run.input, output, tape, d_own, None, gradient, &mut pass);
        }
        Some(d_input) if is_first => {
            let d_input = Some(d_input);
            stage::backward(layer, run.input, output, tape, d_own, d_input, gradient, &mut pass);
        }
        Some(d_input) => {
            let shared = Some(&mut *d_shared);
            stage::backward(layer, run.input, output, tape, d_own, shared, gradient, &mut pass);
            add(pass.instructions(), d_shared, d_input);
        }
    }
}
