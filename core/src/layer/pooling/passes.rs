//! The passes of a layer that is one kernel over planes.

/// The passes of a [`ParameterFree`](crate::layer::parameter_free::ParameterFree) layer: its windows, the variant of
/// [`Pool`](crate::kernel::pooling::Pool) for each direction, in brackets what the way back reads besides the gradient,
/// and the fields that both have.
macro_rules! pool_passes {
    (
        $windows:expr, $forward:ident, $backward:ident [$($kept:ident),*]
        $(, $field:ident: $value:expr)* $(,)?
    ) => {
        #[inline(always)]
        fn forward<T, I, Recording>(
            input: &[T],
            output: &mut [T],
            pass: &mut $crate::layer::Pass<'_, T, I, Recording>,
        ) where
            T: $crate::scalar::Float,
            I: $crate::simd::InstructionSet,
            Recording: $crate::layer::Mode<T>,
        {
            use $crate::kernel::pooling::{Pool, pool};
            let planes = Pool::$forward { input, output $(, $field: $value)* };
            pool(pass.instructions(), &const { $windows }, planes);
        }

        #[inline(always)]
        fn backward<T: $crate::scalar::Float, I: $crate::simd::InstructionSet>(
            step: $crate::layer::parameter_free::InputGradient<'_, T>,
            pass: &mut $crate::layer::Pass<'_, T, I>,
        ) {
            use $crate::kernel::pooling::{Pool, pool};
            let $crate::layer::parameter_free::InputGradient { $($kept,)* d_output, d_input, .. } = step;
            let planes = Pool::$backward { $($kept,)* d_output, d_input $(, $field: $value)* };
            pool(pass.instructions(), &const { $windows }, planes);
        }
    };
}

pub(in crate::layer) use pool_passes;
