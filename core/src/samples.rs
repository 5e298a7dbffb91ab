//! What a network can be run on.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nalgebra::{Const, Dyn, Matrix, RawStorage, SMatrix};

use crate::batch::{Batch, Boxed};
use crate::element::Element;
use crate::scalar::Float;

/// A run of samples of `N` values, which are numbers or ids of tokens (`u32`): a vector, a matrix with one sample
/// per column, a view of either, an array, or a slice, an array or a `Vec` of arrays.
///
/// ```
/// use nalgebra::{Const, Dyn, OMatrix, SMatrix, SVector};
/// use static_net::samples::Samples;
///
/// fn count<X: Samples<f32, 3> + ?Sized>(x: &X) -> usize {
///     use nalgebra::Dim;
///     x.batch().value()
/// }
/// assert_eq!(count(&SVector::<f32, 3>::zeros()), 1);
/// assert_eq!(count(&SMatrix::<f32, 3, 5>::zeros()), 5);
/// assert_eq!(count(&OMatrix::<f32, Const<3>, Dyn>::zeros(7)), 7);
/// assert_eq!(count(&SMatrix::<f32, 3, 5>::zeros().columns(1, 2)), 2);
/// assert_eq!(count(&[0.0; 3]), 1);
/// assert_eq!(count([[0.0; 3]; 4].as_slice()), 4);
/// assert_eq!(count(&[[0.0; 3]; 4]), 4);
/// assert_eq!(count(&vec![[0.0; 3]; 4]), 4);
/// ```
#[diagnostic::on_unimplemented(
    message = "a network that takes {N} `{T}` per sample cannot run on `{Self}`",
    label = "not samples of {N} `{T}`",
    note = "give one sample as `SVector<{T}, {N}>`, or a batch with one sample per column: \
            `SMatrix<{T}, {N}, BATCH>` or `OMatrix<{T}, Const<{N}>, Dyn>`, or arrays `[{T}; {N}]` in a slice or `Vec`",
    note = "a network `Net` of several inputs takes the struct of them, `NetInput`"
)]
pub trait Samples<T: Element, const N: usize> {
    /// The kind of its number of samples.
    type Batch: Batch;

    /// How many samples there are.
    fn batch(&self) -> Self::Batch;

    /// The samples, where they lie in memory one after the other.
    fn as_samples(&self) -> Option<&[[T; N]]>;

    /// Copies samples `first..first + target.len()`.
    ///
    /// # Panics
    /// If there are fewer samples than that.
    fn copy_samples(&self, first: usize, target: &mut [[T; N]]);
}

/// What a loss takes: an output of `N` values per sample, as any [`Samples`] are.
#[diagnostic::on_unimplemented(
    message = "a loss takes an output, not `{Self}`",
    label = "not an output",
    note = "of what `activations` and `train` give it is the field `output`: `&activations.output`; of several outputs it is one"
)]
pub trait Output<T: Element, const N: usize>:
    Samples<T, N, Batch = <Self as Output<T, N>>::Size>
{
    /// As [`Samples::Batch`], asked for where no samples are spoken of.
    type Size: Batch;
}

// Else rustc would speak of samples that a network could run on.
#[diagnostic::do_not_recommend]
impl<T: Float, const N: usize, X: Samples<T, N> + ?Sized> Output<T, N> for X {
    type Size = X::Batch;
}

// There is no loss of tokens. Were the implementation above the only one, rustc would take it for what is no output too,
// before it knows `T`, and report the call beside the argument.
#[diagnostic::do_not_recommend]
impl<const N: usize, X: Samples<u32, N> + NoLoss + ?Sized> Output<u32, N> for X {
    type Size = X::Batch;
}

/// Nothing has it.
pub(crate) trait NoLoss {}

/// How a loss changes with an output: [`Samples`] of the output's width, as many as there are
/// activations, be they boxed or not.
#[diagnostic::on_unimplemented(
    message = "the gradient of an output of {N} `{T}` per sample cannot be `{Self}`",
    label = "not a gradient of {N} `{T}` per sample, with one column per sample of the activations",
    note = "the gradient has the type of `activations.output`; of several outputs it is the struct that holds one of each"
)]
pub trait OutputGradient<T: Element, const N: usize, B: Batch> {
    /// The kind of its number of samples.
    type Size: Batch<OnHeap = B::OnHeap>;

    /// How many samples it is of.
    fn size(&self) -> Self::Size;

    /// Copies those of samples `first..first + target.len()`.
    ///
    /// # Panics
    /// If there are fewer samples than that.
    fn copy_gradients(&self, first: usize, target: &mut [[T; N]]);
}

// Else rustc would speak of samples that a network could run on.
#[diagnostic::do_not_recommend]
impl<T: Element, const N: usize, B: Batch, X> OutputGradient<T, N, B> for X
where
    X: Samples<T, N, Batch: Batch<OnHeap = B::OnHeap>> + ?Sized,
{
    type Size = X::Batch;

    #[inline(always)]
    fn size(&self) -> X::Batch {
        self.batch()
    }

    #[inline(always)]
    fn copy_gradients(&self, first: usize, target: &mut [[T; N]]) {
        self.copy_samples(first, target);
    }
}

/// The gradients of several outputs: the struct of them that `network!` declares, with a gradient in the place of each.
/// Together they are `N` values of each sample.
#[diagnostic::on_unimplemented(
    message = "the gradients of several outputs, {N} `{T}` per sample together, cannot be `{Self}`",
    label = "not the struct of the outputs",
    note = "give the struct that `forward` gives, with the gradient of each output in its place"
)]
pub trait OutputGradients<T: Element, const N: usize, B: Batch>: OutputGradient<T, N, B> {}

/// The gradient of one of several outputs, as [`OutputGradient`]. `Of` is a type that has the output's name.
#[diagnostic::on_unimplemented(
    message = "the output `{Of}` has {N} `{T}` per sample; its gradient cannot be `{Self}`",
    label = "`{Of}` is not a gradient of {N} `{T}` per sample, with one column per sample of the activations"
)]
pub trait GradientOf<Of, T: Element, const N: usize, B: Batch>:
    Samples<T, N, Batch = <Self as GradientOf<Of, T, N, B>>::Size>
{
    /// As [`Samples::Batch`].
    type Size: Batch<OnHeap = B::OnHeap>;
}

#[diagnostic::do_not_recommend]
impl<Of, T: Element, const N: usize, B: Batch, X> GradientOf<Of, T, N, B> for X
where
    X: Samples<T, N, Batch: Batch<OnHeap = B::OnHeap>> + ?Sized,
{
    type Size = X::Batch;
}

/// One of several inputs, as [`Samples`]. `Of` is a type that has the input's name.
#[diagnostic::on_unimplemented(
    message = "the input `{Of}` takes {N} `{T}` per sample; it cannot be `{Self}`",
    label = "`{Of}` is not samples of {N} `{T}`",
    note = "give one sample as `SVector<{T}, {N}>`, or a batch with one sample per column: \
            `SMatrix<{T}, {N}, BATCH>` or `OMatrix<{T}, Const<{N}>, Dyn>`, or arrays `[{T}; {N}]` in a slice or `Vec`"
)]
pub trait InputOf<Of, T: Element, const N: usize>:
    Samples<T, N, Batch = <Self as InputOf<Of, T, N>>::Size>
{
    /// As [`Samples::Batch`].
    type Size: Batch;
}

#[diagnostic::do_not_recommend]
impl<Of, T: Element, const N: usize, B: Batch, X> InputOf<Of, T, N> for X
where
    X: Samples<T, N, Batch = B> + ?Sized,
{
    type Size = B;
}

impl<T, const N: usize, B, S> Samples<T, N> for Matrix<T, Const<N>, B, S>
where
    T: Element,
    B: Batch,
    S: RawStorage<T, Const<N>, B>,
{
    type Batch = B;

    #[inline(always)]
    fn batch(&self) -> B {
        self.shape_generic().1
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        let samples = self.ncols();
        let (row_stride, column_stride) = self.strides();
        let contiguous =
            (row_stride == 1 || N == 1) && (column_stride == N || samples <= 1) || samples == 0;
        // SAFETY: a storage gives a valid element (r, c) at `r * row_stride + c * column_stride` for
        // `r < N`, `c < samples`; with these strides they fill `N * samples` places in a row.
        contiguous.then(|| unsafe { core::slice::from_raw_parts(self.as_ptr().cast(), samples) })
    }

    #[inline(always)]
    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        if let Some(samples) = self.as_samples() {
            target.copy_from_slice(&samples[first..first + target.len()]);
        } else {
            // Value by value: a sample made whole would stand on the stack first.
            for (offset, sample) in target.iter_mut().enumerate() {
                for (feature, value) in sample.iter_mut().enumerate() {
                    *value = self[(feature, first + offset)];
                }
            }
        }
    }
}

// As a part of what a network with several inputs takes.
#[diagnostic::do_not_recommend]
impl<T: Element, const N: usize, X: Samples<T, N> + ?Sized> Samples<T, N> for &X {
    type Batch = X::Batch;

    #[inline(always)]
    fn batch(&self) -> X::Batch {
        X::batch(self)
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        X::as_samples(self)
    }

    #[inline(always)]
    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        X::copy_samples(self, first, target);
    }
}

impl<T: Element, const N: usize> Samples<T, N> for [T; N] {
    type Batch = Const<1>;

    #[inline(always)]
    fn batch(&self) -> Const<1> {
        Const
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        Some(core::slice::from_ref(self))
    }

    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        target.copy_from_slice(&core::slice::from_ref(self)[first..first + target.len()]);
    }
}

impl<T: Element, const N: usize, const B: usize> Samples<T, N> for Box<SMatrix<T, N, B>> {
    type Batch = Boxed<B>;

    #[inline(always)]
    fn batch(&self) -> Boxed<B> {
        Boxed
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        Some(&self.data.0)
    }

    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        target.copy_from_slice(&self.data.0[first..first + target.len()]);
    }
}

impl<T: Element, const N: usize> Samples<T, N> for [[T; N]] {
    type Batch = Dyn;

    #[inline(always)]
    fn batch(&self) -> Dyn {
        Dyn(self.len())
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        Some(self)
    }

    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        target.copy_from_slice(&self[first..first + target.len()]);
    }
}

impl<T: Element, const N: usize, const B: usize> Samples<T, N> for [[T; N]; B] {
    type Batch = Const<B>;

    #[inline(always)]
    fn batch(&self) -> Const<B> {
        Const
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        Some(self)
    }

    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        target.copy_from_slice(&self[first..first + target.len()]);
    }
}

impl<T: Element, const N: usize> Samples<T, N> for Vec<[T; N]> {
    type Batch = Dyn;

    #[inline(always)]
    fn batch(&self) -> Dyn {
        Dyn(self.len())
    }

    #[inline(always)]
    fn as_samples(&self) -> Option<&[[T; N]]> {
        Some(self)
    }

    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        target.copy_from_slice(&self[first..first + target.len()]);
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::SMatrix;

    use super::*;

    #[test]
    fn contiguous_views_are_borrowed_and_others_are_copied() {
        let matrix = SMatrix::<f32, 4, 6>::from_fn(|row, column| (10 * column + row) as f32);
        let columns = matrix.columns(2, 3);
        assert_eq!(columns.as_samples().unwrap()[0], [20.0, 21.0, 22.0, 23.0]);
        let rows = matrix.fixed_rows::<2>(1);
        assert!(Samples::<f32, 2>::as_samples(&rows).is_none());
        let mut copied = [[0.0; 2]; 2];
        rows.copy_samples(3, &mut copied);
        assert_eq!(copied, [[31.0, 32.0], [41.0, 42.0]]);
        let every_second = matrix.columns_with_step(0, 3, 1);
        assert!(Samples::<f32, 4>::as_samples(&every_second).is_none());
        let mut copied = [[0.0; 4]];
        every_second.copy_samples(2, &mut copied);
        assert_eq!(copied, [[40.0, 41.0, 42.0, 43.0]]);
    }

    #[test]
    fn a_row_of_scalars_with_stride_is_not_contiguous() {
        let matrix = SMatrix::<f32, 2, 3>::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
        let row = matrix.fixed_rows::<1>(1);
        assert!(Samples::<f32, 1>::as_samples(&row).is_none());
        let mut copied = [[0.0; 1]; 3];
        row.copy_samples(0, &mut copied);
        assert_eq!(copied, [[4.0], [5.0], [6.0]]);
    }
}
