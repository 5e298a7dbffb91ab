//! What a cross entropy is computed against: one class for each sample, or probabilities of all.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nalgebra::{Const, Matrix, RawStorage};

use super::focal::Focal;
use super::mixed::{Mixed, OneHot};
use super::softmax::{OfClasses, OfProbabilities};
use super::targets::{Contiguous, Scattered, Source};
use super::terms::{Classes, Length, Rows, Terms};
use super::{ClassIndex, LossError, Targets};
use crate::batch::Batch;
use crate::scalar::Float;
use crate::simd::dispatch;

/// Targets of [`CrossEntropy`](super::CrossEntropy): class indices, or probabilities of type `T` of `N` classes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which of {N} classes is right",
    label = "neither class indices nor probabilities of {N} classes",
    note = "give one class index per sample as `[usize]`, `Vec<usize>` or `[usize; BATCH]`",
    note = "or {N} probabilities per sample, in the output's type: `SMatrix<{T}, {N}, BATCH>`, \
            `OMatrix<{T}, Const<{N}>, Dyn>`"
)]
pub trait ClassTargets<T: Float, const N: usize> {
    /// The mean cross entropy of logits; their gradient takes their place.
    ///
    /// # Errors
    /// If the targets are for another number of samples, or name a class that does not exist.
    #[doc(hidden)]
    fn cross_entropy(&self, values: &mut [[T; N]], terms: Terms<'_, T, N>) -> Result<T, LossError>;
}

/// Of classes, one for each row of logits.
pub(super) fn of_classes<T: Float, C: ClassIndex, const N: usize>(
    classes: &[C],
    values: &mut [[T; N]],
    terms: &Terms<'_, T, N>,
    length: Length,
) -> Result<T, LossError> {
    let (classes, total) = Classes::new(classes, terms, length)?;
    let is_plain = terms.class_weights.is_none() && terms.gamma == T::ZERO;
    Ok(if total == T::ZERO {
        of_nothing(values)
    } else if is_plain && classes.rows.are_unweighted() {
        dispatch(OfClasses { values, classes, smoothing: terms.smoothing, total })
    } else {
        let rows = classes.rows;
        Weighing { terms, rows, total }.of(OneHot::<_, _, N>(classes), values)
    })
}

/// Of `N` probabilities for each row of logits.
pub(super) fn of_probabilities<T: Float, S: Source<T>, const N: usize>(
    targets: S,
    values: &mut [[T; N]],
    terms: &Terms<'_, T, N>,
    length: Length,
) -> Result<T, LossError> {
    let rows = Rows::new(terms, values.len(), length)?;
    let total = if rows.are_all_alike() {
        T::from_usize(values.len())
    } else {
        (0..values.len()).map(|row| rows.weight(row)).sum()
    };
    Ok(if total == T::ZERO {
        of_nothing(values)
    } else {
        Weighing { terms, rows, total }.of(targets, values)
    })
}

/// The loss and its gradient where no row counts.
fn of_nothing<T: Float, const N: usize>(values: &mut [[T; N]]) -> T {
    values.as_flattened_mut().fill(T::ZERO);
    T::ZERO
}

/// How much rows and classes count.
struct Weighing<'a, T, const N: usize> {
    terms: &'a Terms<'a, T, N>,
    rows: Rows<'a, T>,
    /// The sum of what rows count, which is not 0.
    total: T,
}

impl<T: Float, const N: usize> Weighing<'_, T, N> {
    fn of<S: Source<T>>(self, targets: S, values: &mut [[T; N]]) -> T {
        let Self { terms, rows, total } = self;
        let Terms { smoothing, class_weights, gamma, .. } = *terms;
        let targets = Mixed { targets, smoothing, class_weights, rows };
        if gamma == T::ZERO {
            dispatch(OfProbabilities { values, targets, total })
        } else {
            dispatch(Focal { values, targets, total, gamma })
        }
    }
}

/// Of probabilities for each sample.
fn of_samples<T: Float, Y: Targets<T, N> + ?Sized, const N: usize>(
    targets: &Y,
    values: &mut [[T; N]],
    terms: &Terms<'_, T, N>,
) -> Result<T, LossError> {
    LossError::check_samples(values.len(), targets.sample_count())?;
    match targets.as_values() {
        Some(targets) => of_probabilities(Contiguous(targets), values, terms, Length::One),
        None => of_probabilities(Scattered::<_, N>(targets), values, terms, Length::One),
    }
}

#[diagnostic::do_not_recommend]
impl<T: Float, C: ClassIndex, const N: usize> ClassTargets<T, N> for [C] {
    fn cross_entropy(&self, values: &mut [[T; N]], terms: Terms<'_, T, N>) -> Result<T, LossError> {
        LossError::check_samples(values.len(), self.len())?;
        of_classes(self, values, &terms, Length::One)
    }
}

impl<T, const N: usize, B, S> ClassTargets<T, N> for Matrix<T, Const<N>, B, S>
where
    T: Float,
    B: Batch,
    S: RawStorage<T, Const<N>, B>,
{
    fn cross_entropy(&self, values: &mut [[T; N]], terms: Terms<'_, T, N>) -> Result<T, LossError> {
        of_samples(self, values, &terms)
    }
}

impl<T: Float, const N: usize> ClassTargets<T, N> for [[T; N]] {
    fn cross_entropy(&self, values: &mut [[T; N]], terms: Terms<'_, T, N>) -> Result<T, LossError> {
        of_samples(self, values, &terms)
    }
}

/// Types that stand for a slice of class indices or of samples, or for other targets.
macro_rules! forward_class_targets {
    ($([$($generics:tt)*] $type:ty, $self:ident => $inner:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Float, $($generics)* const N: usize> ClassTargets<T, N> for $type {
            #[inline]
            fn cross_entropy(
                &$self,
                values: &mut [[T; N]],
                terms: Terms<'_, T, N>,
            ) -> Result<T, LossError> {
                $inner.cross_entropy(values, terms)
            }
        }
    )*};
}
forward_class_targets! {
    [C: ClassIndex,] Vec<C>, self => self.as_slice();
    [C: ClassIndex,] Option<C>, self => core::slice::from_ref(self);
    [C: ClassIndex, const SAMPLES: usize,] [Option<C>; SAMPLES], self => self.as_slice();
    [] [T; N], self => core::slice::from_ref(self);
    [] Vec<[T; N]>, self => self.as_slice();
    [const SAMPLES: usize,] [[T; N]; SAMPLES], self => self.as_slice();
    [Y: ClassTargets<T, N> + ?Sized,] Box<Y>, self => (**self);
    [Y: ClassTargets<T, N> + ?Sized,] &Y, self => (**self);
}

/// One class, and an array of them. (For all `ClassIndex` at once, an array of them could be one of probabilities.)
macro_rules! classes {
    ($($integer:ident)*) => {$(
        forward_class_targets! {
            [] $integer, self => core::slice::from_ref(self);
            [const SAMPLES: usize,] [$integer; SAMPLES], self => self.as_slice();
        }
    )*};
}
classes! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize }
