//! Structs of layers side by side: one for each number of them.

/// Writes layers side by side as a struct, with what it needs as the branches of a composition, along time too: for those
/// that are often needed here, for others in the program that declares them.
#[doc(hidden)]
#[macro_export]
macro_rules! branches {
    ($(
        $(#[$attribute:meta])*
        $visibility:vis $name:ident: $first:ident $first_field:ident $(, $layer:ident $field:ident)*;
    )*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, $crate::prelude::Parameters)]
        #[repr(C)]
        $visibility struct $name<$first, $($layer),*> {
            /// The first branch.
            #[tensor(place)]
            pub $first_field: $first,
            $(
                /// A further branch.
                #[tensor(place)]
                pub $field: $layer,
            )*
        }

        impl<T, J, O, $first, $($layer),*> $crate::__private::branches::Branches<T, J, O>
            for $name<$first, $($layer),*>
        where
            T: $crate::Float,
            J: $crate::__private::branches::Joint,
            O: $crate::shape::Shape,
            $first: $crate::layer::Layer<T, Input: $crate::shape::Numbers<T>>,
            $($layer: $crate::layer::Layer<T, Input: $crate::shape::Numbers<T>>,)*
        {
            type Input = $first::Input;

            const OUTPUTS: &'static [&'static [usize]] = &[
                <$first::Output as $crate::shape::Shape>::DIMS,
                $(<$layer::Output as $crate::shape::Shape>::DIMS),*
            ];
            const STAGES: &'static [$crate::layer::Stage] = &[
                $crate::__private::branches::stage::<T, J, $first>(),
                $($crate::__private::branches::stage::<T, J, $layer>()),*
            ];
            const NEEDS: $crate::layer::Needs = {
                let needs = $crate::__private::branches::needs_of::<T, J, O, $first>();
                $(
                    let needs =
                        needs.then($crate::__private::branches::needs_of::<T, J, O, $layer>());
                )*
                needs
            };

            fn initialize<R: $crate::rand::Rng + ?::core::marker::Sized>(&mut self, rng: &mut R) {
                self.$first_field.initialize(rng);
                $(self.$field.initialize(rng);)*
            }

            #[inline(always)]
            fn forward<I: $crate::simd::InstructionSet, M: $crate::layer::Mode<T>>(
                &self,
                input: &[T],
                output: &mut [T],
                pass: &mut $crate::layer::Pass<'_, T, I, M>,
            ) {
                use $crate::__private::branches;
                const { $(branches::takes_same::<$first::Input, $layer::Input>();)* };
                let before = branches::Before::FIRST;
                let before = branches::forward::<T, J, O, _, I, M>(
                    &self.$first_field, before, input, output, pass,
                );
                $(
                    let before = branches::forward::<T, J, O, _, I, M>(
                        &self.$field, before, input, output, pass,
                    );
                )*
                let _ = before;
            }

            #[inline(always)]
            fn backward<I: $crate::simd::InstructionSet>(
                &self,
                mut step: $crate::__private::branches::BranchesBackward<'_, T>,
                mut gradient: ::core::option::Option<&mut Self>,
                pass: &mut $crate::layer::Pass<'_, T, I>,
            ) {
                use $crate::__private::branches;
                let given = [
                    branches::output::<T, J, O, $first>(&mut step),
                    $(branches::output::<T, J, O, $layer>(&mut step)),*
                ];
                let before = branches::Before::FIRST;
                let before = branches::backward::<T, J, O, _, I>(
                    &self.$first_field, before, &given, &mut step, gradient.as_deref_mut().map(|all| &mut all.$first_field), pass,
                );
                $(
                    let before = branches::backward::<T, J, O, _, I>(
                        &self.$field, before, &given, &mut step, gradient.as_deref_mut().map(|all| &mut all.$field), pass,
                    );
                )*
                let _ = before;
            }
        }

        impl<T, Time, J, O, $first, $($layer),*>
            $crate::__private::branches::StreamingBranches<T, Time, J, O>
            for $name<$first, $($layer),*>
        where
            T: $crate::Float,
            Time: $crate::layer::TimeAxis,
            J: $crate::__private::branches::Joint,
            O: $crate::shape::Shape,
            $first: $crate::layer::Streaming<T, Time, Input: $crate::shape::Numbers<T>>,
            $($layer: $crate::layer::Streaming<
                T, Time, Behind = $first::Behind, Input: $crate::shape::Numbers<T>,
            >,)*
        {
            type Behind = $first::Behind;

            const MEMORY: $crate::layer::StreamMemory =
                $crate::__private::branches::memory::<T, $first, Time>()
                $(.and($crate::__private::branches::memory::<T, $layer, Time>()))*;

            fn describe_state(parts: &mut $crate::layer::StateParts<'_>) {
                parts.place::<T, $first, Time>(stringify!($first_field), 0);
                let at = <$first as $crate::Parameters<T>>::VALUES;
                $(
                    parts.place::<T, $layer, Time>(stringify!($field), at);
                    let at = at + <$layer as $crate::Parameters<T>>::VALUES;
                )*
                let _ = at;
            }

            const PREPARED: usize = <$first as $crate::layer::Streaming<T, Time>>::PREPARED
                $(+ <$layer as $crate::layer::Streaming<T, Time>>::PREPARED)*;

            fn prepare(&self, prepared: &mut [T]) {
                use $crate::__private::stage;
                let prepared = stage::prepare::<T, $first, Time>(&self.$first_field, prepared);
                $(let prepared = stage::prepare::<T, $layer, Time>(&self.$field, prepared);)*
                let _ = prepared;
            }

            #[inline(always)]
            fn steps<I: $crate::simd::InstructionSet, Count: $crate::__private::StepCount>(
                &self,
                count: Count,
                input: &[T],
                output: &mut [T],
                state: $crate::__private::StepState<'_, T>,
                position: usize,
                pass: &mut $crate::layer::Pass<'_, T, I>,
            ) {
                use $crate::__private::branches;
                let before = branches::Before::FIRST;
                let (before, state) = branches::steps::<T, J, O, $first, Time, I, Count>(
                    &self.$first_field, count, before, input, output, state, position, pass,
                );
                $(
                    let (before, state) = branches::steps::<T, J, O, $layer, Time, I, Count>(
                        &self.$field, count, before, input, output, state, position, pass,
                    );
                )*
                let _ = (before, state);
            }
        }
    )*};
}

crate::branches! {
    /// Two layers side by side, with parameters named by their place.
    pub Branches2: A branch1, B branch2;
    /// Three layers side by side, with parameters named by their place.
    pub Branches3: A branch1, B branch2, C branch3;
    /// Four layers side by side, with parameters named by their place.
    pub Branches4: A branch1, B branch2, C branch3, D branch4;
    /// Five layers side by side, with parameters named by their place.
    pub Branches5: A branch1, B branch2, C branch3, D branch4, E branch5;
    /// Six layers side by side, with parameters named by their place.
    pub Branches6: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6;
    /// Seven layers side by side, with parameters named by their place.
    pub Branches7: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6, G branch7;
    /// Eight layers side by side, with parameters named by their place.
    pub Branches8: A branch1, B branch2, C branch3, D branch4, E branch5, F branch6, G branch7, H branch8;
}
