//! How many samples a matrix holds: a number the compiler knows, or one known at run time.

use alloc::boxed::Box;
use core::mem::MaybeUninit;

use nalgebra::{Const, Dim, Dyn, OMatrix, SMatrix, VecStorage};

use crate::capacity;
use crate::element::Element;

mod sealed {
    pub trait Sealed {}
    impl<const B: usize> Sealed for nalgebra::Const<B> {}
    impl Sealed for nalgebra::Dyn {}
    impl<const B: usize> Sealed for super::Boxed<B> {}
}

/// The number of samples of a batch: `Const<B>` or `Dyn`, or [`Boxed`] of samples that are too large for the stack.
///
/// It carries the storage of its matrices, so that no signature needs nalgebra's allocator bounds.
pub trait Batch: Dim + sealed::Sealed {
    /// The number, where the compiler knows it.
    const STATIC: Option<usize>;

    /// `N` features for each sample, one sample per column: `SMatrix<T, N, B>` or
    /// `OMatrix<T, Const<N>, Dyn>`, or a box of the first.
    type Matrix<T: Element, const N: usize>: BatchMatrix<T, N, Batch = Self>;

    /// The same number of samples, whose matrices are on the heap.
    type OnHeap: Batch<OnHeap = Self::OnHeap>;
}

/// `B` samples whose matrices are boxes, `Box<SMatrix<T, N, B>>`. What is computed from a box comes in one. The output among
/// the activations is boxed where it is large, and so is the gradient of a large input: [`LARGE_SAMPLE`] says from what size
/// on.
///
/// ```
/// use static_net::batch::LARGE_SAMPLE;
/// use static_net::prelude::*;
///
/// network! { struct Net< [3, 256, 256] => conv(3, 1) >; }
/// assert!(3 * 256 * 256 * size_of::<f32>() > LARGE_SAMPLE);
///
/// let image = vec![0.5; 3 * 256 * 256];
/// let image: &[f32; 3 * 256 * 256] = image.as_slice().try_into().unwrap();
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let activations = net.activations(image);
/// let (_, d_output) = MeanSquaredError.loss(&activations.output, image);
/// let _: &Box<SVector<f32, { 3 * 256 * 256 }>> = &d_output;
/// net.backward(&activations, &d_output, &mut Net::zeros());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boxed<const B: usize>;

/// A sample of more bytes than this is kept on the heap by a step of training: a thread has 2 MiB of stack, where the matrices
/// of a step stand beside those of the program.
pub const LARGE_SAMPLE: usize = static_net_rules::size::LARGE_SAMPLE;

// SAFETY: it stands for the number `B`, as `Const<B>` does.
unsafe impl<const B: usize> Dim for Boxed<B> {
    fn try_to_usize() -> Option<usize> {
        Some(B)
    }

    #[inline(always)]
    fn value(&self) -> usize {
        B
    }

    fn from_usize(dim: usize) -> Self {
        assert!(dim == B, "a batch of {B} samples cannot hold {dim}");
        Boxed
    }
}

impl<const B: usize> Batch for Boxed<B> {
    const STATIC: Option<usize> = Some(B);
    type Matrix<T: Element, const N: usize> = Box<SMatrix<T, N, B>>;
    type OnHeap = Self;
}

/// The kind of batch whose matrices a network gives of `Self` samples, where these are large and where not.
pub trait KeptBatch<const LARGE: bool>: Batch {
    /// That kind.
    type Kept: Batch<OnHeap = Self::OnHeap>;
}

impl<B: Batch> KeptBatch<false> for B {
    type Kept = B;
}

impl<B: Batch> KeptBatch<true> for B {
    type Kept = B::OnHeap;
}

/// As many samples, in another kind of batch.
#[inline(always)]
pub(crate) fn as_many<B: Batch, C: Batch<OnHeap = B::OnHeap>>(batch: B) -> C {
    C::from_usize(batch.value())
}

/// Whether a sample of so many values of `T` is large.
pub const fn is_large<T>(values: usize) -> bool {
    values > LARGE_SAMPLE / size_of::<T>()
}

impl<const B: usize> Batch for Const<B> {
    const STATIC: Option<usize> = Some(B);
    type Matrix<T: Element, const N: usize> = SMatrix<T, N, B>;
    type OnHeap = Boxed<B>;
}

impl Batch for Dyn {
    const STATIC: Option<usize> = None;
    type Matrix<T: Element, const N: usize> = OMatrix<T, Const<N>, Dyn>;
    type OnHeap = Dyn;
}

/// A matrix that owns one batch, one sample per column.
pub trait BatchMatrix<T: Element, const N: usize>: Clone + core::fmt::Debug + Sized {
    /// The kind of its number of samples.
    type Batch: Batch<Matrix<T, N> = Self>;

    /// A matrix of zeros.
    ///
    /// # Panics
    /// If no allocation can hold as many samples.
    fn zeros(batch: Self::Batch) -> Self;

    /// Writes a matrix of zeros where it is to live, without a copy on the stack.
    fn zeros_in_place(slot: &mut MaybeUninit<Self>, batch: Self::Batch);

    /// Makes the matrix hold `batch` samples. Memory once held is kept, so a short last batch
    /// reallocates nothing; the values are unspecified afterwards.
    ///
    /// # Panics
    /// If no allocation can hold as many samples.
    fn resize_batch(&mut self, batch: Self::Batch);

    /// How many samples it holds.
    fn batch(&self) -> Self::Batch;

    /// The samples, one array each.
    fn samples(&self) -> &[[T; N]];

    /// The samples, to be changed.
    fn samples_mut(&mut self) -> &mut [[T; N]];

    /// All values, sample after sample.
    #[inline(always)]
    fn values(&self) -> &[T] {
        self.samples().as_flattened()
    }

    /// All values, to be changed.
    #[inline(always)]
    fn values_mut(&mut self) -> &mut [T] {
        self.samples_mut().as_flattened_mut()
    }
}

impl<T: Element, const N: usize, const B: usize> BatchMatrix<T, N> for SMatrix<T, N, B> {
    type Batch = Const<B>;

    #[inline(always)]
    fn zeros(_: Const<B>) -> Self {
        SMatrix::from_array_storage(nalgebra::ArrayStorage([[T::default(); N]; B]))
    }

    fn zeros_in_place(slot: &mut MaybeUninit<Self>, _: Const<B>) {
        // SAFETY: the matrix is `N * B` elements, for which zero bytes are the value zero.
        unsafe { slot.as_mut_ptr().write_bytes(0, 1) }
    }

    #[inline(always)]
    fn resize_batch(&mut self, _: Const<B>) {}

    #[inline(always)]
    fn batch(&self) -> Const<B> {
        Const
    }

    #[inline(always)]
    fn samples(&self) -> &[[T; N]] {
        &self.data.0
    }

    #[inline(always)]
    fn samples_mut(&mut self) -> &mut [[T; N]] {
        &mut self.data.0
    }
}

impl<T: Element, const N: usize, const B: usize> BatchMatrix<T, N> for Box<SMatrix<T, N, B>> {
    type Batch = Boxed<B>;

    fn zeros(_: Boxed<B>) -> Self {
        let mut matrix = Box::new_uninit();
        SMatrix::zeros_in_place(&mut matrix, Const);
        // SAFETY: just written.
        unsafe { matrix.assume_init() }
    }

    fn zeros_in_place(slot: &mut MaybeUninit<Self>, batch: Boxed<B>) {
        slot.write(BatchMatrix::zeros(batch));
    }

    #[inline(always)]
    fn resize_batch(&mut self, _: Boxed<B>) {}

    #[inline(always)]
    fn batch(&self) -> Boxed<B> {
        Boxed
    }

    #[inline(always)]
    fn samples(&self) -> &[[T; N]] {
        &self.data.0
    }

    #[inline(always)]
    fn samples_mut(&mut self) -> &mut [[T; N]] {
        &mut self.data.0
    }
}

impl<T: Element, const N: usize> BatchMatrix<T, N> for OMatrix<T, Const<N>, Dyn> {
    type Batch = Dyn;

    #[track_caller]
    fn zeros(batch: Dyn) -> Self {
        let values = alloc::vec![T::default(); values_of::<T, N>(batch)];
        OMatrix::from_data(VecStorage::new(Const::<N>, batch, values))
    }

    #[track_caller]
    fn zeros_in_place(slot: &mut MaybeUninit<Self>, batch: Dyn) {
        slot.write(<Self as BatchMatrix<T, N>>::zeros(batch));
    }

    #[track_caller]
    fn resize_batch(&mut self, batch: Dyn) {
        if batch == self.batch() {
            return;
        }
        let len = values_of::<T, N>(batch);
        let empty = OMatrix::from_data(VecStorage::new(Const::<N>, Dyn(0), alloc::vec::Vec::new()));
        let mut values: alloc::vec::Vec<T> = core::mem::replace(self, empty).data.into();
        // nalgebra's own resizing gives memory back, which would cost an allocation per epoch.
        values.resize(len, T::default());
        *self = OMatrix::from_data(VecStorage::new(Const::<N>, batch, values));
    }

    #[inline(always)]
    fn batch(&self) -> Dyn {
        self.shape_generic().1
    }

    #[inline(always)]
    fn samples(&self) -> &[[T; N]] {
        self.as_slice().as_chunks().0
    }

    #[inline(always)]
    fn samples_mut(&mut self) -> &mut [[T; N]] {
        self.as_mut_slice().as_chunks_mut().0
    }
}

/// How many values a batch has; nalgebra would let the product wrap round, and believe in samples without values.
#[track_caller]
fn values_of<T, const N: usize>(batch: Dyn) -> usize {
    capacity::allocation::<T>(batch.0, N, "a batch")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_batch_keeps_the_memory() {
        let mut matrix: OMatrix<f32, Const<3>, Dyn> = BatchMatrix::zeros(Dyn(10));
        let start = matrix.as_ptr();
        matrix.resize_batch(Dyn(4));
        assert_eq!(matrix.shape(), (3, 4));
        matrix.resize_batch(Dyn(10));
        assert_eq!(matrix.shape(), (3, 10));
        assert_eq!(matrix.as_ptr(), start);
    }

    #[test]
    fn zeros_in_place_are_zeros() {
        let mut slot = MaybeUninit::<SMatrix<f64, 4, 5>>::uninit();
        BatchMatrix::zeros_in_place(&mut slot, Const::<5>);
        // SAFETY: just written.
        let matrix = unsafe { slot.assume_init() };
        assert_eq!(matrix.as_slice(), [0.0; 20]);
    }
}
