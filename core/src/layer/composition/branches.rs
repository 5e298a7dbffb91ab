//! Layers side by side: what [`Concat`](super::Concat) and [`Sum`](super::Sum) join.

use rand::Rng;

use super::joint::{BranchesBackward, Joint, Place};
use super::{given, gradients, kept};
use crate::kernel::elementwise::add;
use crate::layer::Stage;
use crate::layer::{Layer, Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

/// Layers that all see the same input: [`Branches2`] to [`Branches8`].
pub trait Branches<T: Float>: Parameters<T> {
    /// The shape that all of them take.
    type Input: Numbers<T>;

    /// The shapes that they give.
    const OUTPUTS: &'static [&'static [usize]];
    /// What they are made of.
    const STAGES: &'static [Stage];
    /// What their passes need: their own outputs on the tape, where they need them.
    const NEEDS: Needs;

    /// Sets the parameters to where training starts.
    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R);

    /// Runs each over the input and joins what they give.
    #[doc(hidden)]
    fn forward<J: Joint, I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        output: &mut [T],
        whole: usize,
        pass: &mut Pass<'_, T, I, M>,
    );

    /// From the gradient of what was joined, adds those of the parameters and writes that of the input.
    #[doc(hidden)]
    fn backward<J: Joint, I: InstructionSet>(
        &self,
        step: BranchesBackward<'_, T>,
        whole: usize,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    );
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
            const NEEDS: Needs = {
                let needs = needs_of::<T, $first>();
                $(
                    let needs = needs.then(needs_of::<T, $layer>());
                )*
                needs
            };

            fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
                self.$first_field.initialize(rng);
                $(self.$field.initialize(rng);)*
            }

            #[inline(always)]
            fn forward<J: Joint, I: InstructionSet, M: Mode<T>>(
                &self,
                input: &[T],
                output: &mut [T],
                whole: usize,
                pass: &mut Pass<'_, T, I, M>,
            ) {
                const {
                    $(
                        assert!(
                            super::same(<$first::Input as Shape>::DIMS, <$layer::Input as Shape>::DIMS),
                            "all branches take the same shape"
                        );
                    )*
                };
                let place = Place::first(whole);
                forward_branch::<T, _, J, I, M>(&self.$first_field, place, input, output, pass);
                let place = place.next(<$first::Output as Shape>::LEN);
                $(
                    forward_branch::<T, _, J, I, M>(&self.$field, place, input, output, pass);
                    let place = place.next(<$layer::Output as Shape>::LEN);
                )*
                let _ = place;
            }

            #[inline(always)]
            fn backward<J: Joint, I: InstructionSet>(
                &self,
                mut step: BranchesBackward<'_, T>,
                whole: usize,
                gradient: &mut Self,
                pass: &mut Pass<'_, T, I>,
            ) {
                let place = Place::first(whole);
                backward_branch::<T, _, J, I>(
                    &self.$first_field, place, &mut step, &mut gradient.$first_field, pass,
                );
                let place = place.next(<$first::Output as Shape>::LEN);
                $(
                    backward_branch::<T, _, J, I>(
                        &self.$field, place, &mut step, &mut gradient.$field, pass,
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

/// What a branch needs, with its output on the tape, where it needs that.
const fn needs_of<T: Float, L: Layer<T, Input: Numbers<T>>>() -> Needs {
    L::NEEDS
        .with_tape(kept::<T, L>().size())
        .with_forward(given::<T, L>().size())
        .with_backward(gradients::<T, L>().size())
}

#[inline(always)]
fn forward_branch<T, L, J, I, M>(
    layer: &L,
    place: Place,
    input: &[T],
    output: &mut [T],
    pass: &mut Pass<'_, T, I, M>,
) where
    T: Float,
    L: Layer<T, Input: Numbers<T>>,
    J: Joint,
    I: InstructionSet,
    M: Mode<T>,
{
    let len = <L::Output as Shape>::LEN;
    let samples = input.len() / <L::Input as Shape>::LEN;
    let kept = pass.keep(&kept::<T, L>(), samples);
    if let Some([kept]) = kept
        && L::NEEDS.output
    {
        stage::forward_into(layer, input, kept, pass);
        return J::scatter(pass.instructions(), place, len, kept, output);
    }
    if let Some(own) = J::own(place, len, samples) {
        return stage::forward_into(layer, input, &mut output[own], pass);
    }
    let ([own], mut pass) = pass.buffers(&given::<T, L>(), samples);
    stage::forward_into(layer, input, own, &mut pass);
    J::scatter(pass.instructions(), place, len, own, output);
}

/// Runs a branch backward; takes its part of the tape.
#[inline(always)]
fn backward_branch<T: Float, L: Layer<T, Input: Numbers<T>>, J: Joint, I: InstructionSet>(
    layer: &L,
    place: Place,
    step: &mut BranchesBackward<'_, T>,
    gradient: &mut L,
    pass: &mut Pass<'_, T, I>,
) {
    let len = <L::Output as Shape>::LEN;
    let samples = step.input.len() / <L::Input as Shape>::LEN;
    let [kept] = step.tape.take(&kept::<T, L>(), samples);
    let tape = step.tape.of_first::<L>(samples);
    let ([d_own, d_shared], mut pass) = pass.buffers(&gradients::<T, L>(), samples);
    J::gather(place, len, step.d_output, d_own);
    // Without need of its output, a branch is given one of the right size.
    let output = if L::NEEDS.output { kept } else { &step.d_output[..samples * len] };
    let d_input = step.d_input.as_deref_mut();
    let is_first = place.index == 0;
    // The first branch writes the gradient of the input, the others add to it.
    let (d_branch, sum) = match d_input {
        None => (None, None),
        Some(d_input) if is_first => (Some(d_input), None),
        Some(d_input) => (Some(&mut *d_shared), Some(d_input)),
    };
    let plain =
        PlainBackward { input: step.input, output, tape, d_output: d_own, d_input: d_branch };
    stage::backward(layer, gradient, plain, &mut pass);
    if let Some(d_input) = sum {
        add(pass.instructions(), d_shared, d_input);
    }
}
