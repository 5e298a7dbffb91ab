//! What of each class counts.

/// How much each of `N` classes, or of `N` yes-or-no answers, counts, in the type of the output: `[T; N]`, or [`Unweighted`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not the weights of {N} classes for an output of `{T}`",
    label = "not weights of {N} classes",
    note = "there is one weight for each value of the output, in the output's type: `[{T}; {N}]`"
)]
pub trait ClassWeights<T, const N: usize> {
    /// The weights, unless all are alike.
    fn class_weights(&self) -> Option<&[T; N]>;
}

/// All classes count alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unweighted;

impl<T, const N: usize> ClassWeights<T, N> for Unweighted {
    fn class_weights(&self) -> Option<&[T; N]> {
        None
    }
}

impl<T, const N: usize> ClassWeights<T, N> for [T; N] {
    fn class_weights(&self) -> Option<&[T; N]> {
        Some(self)
    }
}
