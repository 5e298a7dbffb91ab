//! The methods of [`Loss`](super::Loss) as methods of each loss itself.
//!
//! They need no trait in scope, and since the targets are bound where they are passed, targets that do not
//! fit are reported at that argument.

/// Gives a loss the methods of its trait, for all targets that are `$targets`. A const `$fits` is computed for the
/// `N` of the output; where that fails, rustc shows the user's call of the method, which it would not do from deeper.
macro_rules! methods {
    (@@ $targets:path, [$($bounds:tt)*] $(, [$($fits:tt)*])?) => {
            /// The loss of a batch, and its gradient with respect to the output.
            ///
            /// # Panics
            /// If the targets do not fit the output: see [`LossError`](crate::loss::LossError).
            #[track_caller]
            #[inline]
            pub fn loss<T, X, Y, const N: usize>(
                &self,
                output: &X,
                targets: &Y,
            ) -> (T, <X::Size as crate::Batch>::Matrix<T, N>)
            where
                T: crate::Float,
                X: crate::samples::Output<T, N> + ?Sized,
                Y: $targets + ?Sized,
                $($bounds)*
            {
                $(let () = $($fits)*;)?
                crate::loss::Loss::loss(self, output, targets)
            }

            /// As `loss`, into memory that the caller holds: allocates nothing once `d_output` has held as
            /// many samples.
            ///
            /// # Panics
            /// If the targets do not fit the output: see [`LossError`](crate::loss::LossError).
            #[track_caller]
            #[inline]
            pub fn loss_into<T, X, Y, const N: usize>(
                &self,
                output: &X,
                targets: &Y,
                d_output: &mut <X::Size as crate::Batch>::Matrix<T, N>,
            ) -> T
            where
                T: crate::Float,
                X: crate::samples::Output<T, N> + ?Sized,
                Y: $targets + ?Sized,
                $($bounds)*
            {
                $(let () = $($fits)*;)?
                crate::loss::Loss::loss_into(self, output, targets, d_output)
            }

            /// As `loss`, for targets that may not fit, such as class indices from a file.
            ///
            /// # Errors
            /// If the targets do not fit the output.
            #[inline]
            pub fn try_loss<T, X, Y, const N: usize>(
                &self,
                output: &X,
                targets: &Y,
            ) -> Result<(T, <X::Size as crate::Batch>::Matrix<T, N>), crate::loss::LossError>
            where
                T: crate::Float,
                X: crate::samples::Output<T, N> + ?Sized,
                Y: $targets + ?Sized,
                $($bounds)*
            {
                $(let () = $($fits)*;)?
                crate::loss::Loss::try_loss(self, output, targets)
            }

            /// As `loss_into`, for targets that may not fit.
            ///
            /// # Errors
            /// If the targets do not fit the output; `d_output` then holds anything.
            #[inline]
            pub fn try_loss_into<T, X, Y, const N: usize>(
                &self,
                output: &X,
                targets: &Y,
                d_output: &mut <X::Size as crate::Batch>::Matrix<T, N>,
            ) -> Result<T, crate::loss::LossError>
            where
                T: crate::Float,
                X: crate::samples::Output<T, N> + ?Sized,
                Y: $targets + ?Sized,
                $($bounds)*
            {
                $(let () = $($fits)*;)?
                crate::loss::Loss::try_loss_into(self, output, targets, d_output)
            }
    };
    (@ [$($generics:tt)*] $loss:ty, $targets:path, $bounds:tt $(, $fits:tt)?) => {
        impl<$($generics)*> $loss {
            methods!(@@ $targets, $bounds $(, $fits)?);
        }

        crate::loss::scaled::scalable! { [$($generics)*] $loss; }
    };
    ([$($generics:tt)*] $loss:ty, $targets:path, where [$($bounds:tt)*] $(, $($fits:tt)*)?) => {
        methods!(@ [$($generics)*] $loss, $targets, [$($bounds)*] $(, [$($fits)*])?);
    };
    ($loss:ty, $targets:path) => {
        methods!(@ [] $loss, $targets, []);
    };
}
pub(super) use methods;
