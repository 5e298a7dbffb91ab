//! Passes that layers have in common.

/// The passes of a layer, in its implementation of `Layer<T>`, as functions of a module.
macro_rules! passes_of {
    ($module:ident) => {
        #[inline(always)]
        fn forward<I: $crate::simd::InstructionSet, M: $crate::layer::Mode<T>>(
            &self,
            input: &[$crate::shape::Sample<Self::Input, T>],
            output: &mut [$crate::shape::Sample<Self::Output, T>],
            pass: &mut $crate::layer::Pass<'_, T, I, M>,
        ) {
            $module::forward(self, input, output, pass);
        }

        #[inline(always)]
        fn backward<I: $crate::simd::InstructionSet>(
            &self,
            step: $crate::layer::Backward<'_, T, Self>,
            gradient: Option<&mut Self>,
            pass: &mut $crate::layer::Pass<'_, T, I>,
        ) {
            $module::backward(self, step, gradient, pass);
        }
    };
}

pub(crate) use passes_of;
