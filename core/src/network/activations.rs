//! Every representation of a batch, and what else a pass keeps for the way back.

use alloc::boxed::Box;
use core::mem::MaybeUninit;

use super::Network;
use super::forward::Input;
use crate::batch::{Batch, BatchMatrix, as_many};
use crate::buffer::Buffer;
use crate::element::Element;
use crate::layer::{Begun, Statistics};
use crate::scalar::Float;
use crate::shape::Shape;

/// Every representation of a batch: the struct that `network!` declares beside a network.
pub trait Activations: Sized {
    /// The network they are of.
    type Network: Network;
    /// The kind of their number of samples.
    type Batch: Batch;
    /// How a loss changes with the output: a matrix as that is, or the struct of several outputs.
    type OutputGradient;

    /// Room for a batch, made in place on the heap.
    fn empty(batch: Self::Batch) -> Box<Self>;

    /// Makes room for another batch; keeps memory once held.
    fn resize(&mut self, batch: Self::Batch);

    /// Room for how a loss changes with the output: what is held, with as many samples, or what is made where nothing is.
    fn output_gradient<'a>(
        &self,
        held: &'a mut Option<Box<Self::OutputGradient>>,
    ) -> &'a mut Self::OutputGradient;

    /// Adds how the loss changes with each parameter to `gradient`.
    ///
    /// # Panics
    /// If `d_output` is of another number of samples, or other matrices stand in the place of what a pass kept.
    #[track_caller]
    fn backward_into(
        &self,
        network: &Self::Network,
        d_output: &Self::OutputGradient,
        gradient: &mut Self::Network,
        workspace: &mut Buffer<Scalar<Self>>,
    );

    /// Shows all of it as plain values.
    #[doc(hidden)]
    fn read<R: Reader<Input<Self::Network>, Scalar<Self>>>(&self, reader: R) -> R::Output;

    /// Shows all of it as plain values, to be written.
    #[doc(hidden)]
    fn write<W: Writer<Input<Self::Network>, Scalar<Self>>>(&mut self, writer: W) -> W::Output;

    /// Whether all of their matrices hold as many samples.
    #[doc(hidden)]
    fn is_of_one_batch(&self) -> bool;

    /// How many samples they hold.
    fn samples(&self) -> usize {
        self.read(|parts: Parts<'_, _, _>| parts.input.len())
            / <Self::Network as crate::layer::Layer<_>>::Input::LEN
    }

    /// Shows each representation in turn, sample after sample: the input, unless it is tokens, then what each of
    /// [`Network::STAGES`] gives.
    fn visit(&self, visitor: &mut dyn FnMut(&[Scalar<Self>])) {
        self.read(|parts: Parts<'_, _, _>| {
            // The ids of tokens are no representation.
            if let Some(input) = crate::element::as_type(parts.input) {
                visitor(input);
            }
            parts.inner.iter().copied().for_each(&mut *visitor);
            visitor(parts.output);
        });
    }
}

type Scalar<A> = <<A as Activations>::Network as Network>::Scalar;

/// What reads activations. It is no closure where it computes: one that is compiled for an instruction set has to be
/// inlined, which closures cannot ask for.
pub trait Reader<E, T> {
    /// What it gives.
    type Output;

    /// Reads them.
    fn read(self, parts: Parts<'_, E, T>) -> Self::Output;
}

/// What writes activations, as [`Reader`].
pub trait Writer<E, T> {
    /// What it gives.
    type Output;

    /// Writes them.
    fn write(self, parts: PartsMut<'_, E, T>) -> Self::Output;
}

impl<E, T, R, F: FnOnce(Parts<'_, E, T>) -> R> Reader<E, T> for F {
    type Output = R;

    fn read(self, parts: Parts<'_, E, T>) -> R {
        self(parts)
    }
}

impl<E, T, R, F: FnOnce(PartsMut<'_, E, T>) -> R> Writer<E, T> for F {
    type Output = R;

    fn write(self, parts: PartsMut<'_, E, T>) -> R {
        self(parts)
    }
}

/// Activations as plain values.
pub struct Parts<'a, E, T> {
    /// What went in.
    pub input: &'a [E],
    /// What each stage but the last gave.
    pub inner: &'a [&'a [T]],
    /// What came out.
    pub output: &'a [T],
    /// What else was kept.
    pub memory: &'a PassMemory<T>,
}

/// Activations as plain values, to be written.
pub struct PartsMut<'a, E, T> {
    /// What goes in.
    pub input: &'a [E],
    /// What each stage but the last gives.
    pub inner: &'a mut [&'a mut [T]],
    /// What comes out.
    pub output: &'a mut [T],
    /// What else is kept.
    pub memory: &'a mut PassMemory<T>,
}

/// What activations hold besides representations: the tape, and working memory.
#[derive(Debug)]
pub struct PassMemory<T> {
    pub(super) tape: Buffer<T>,
    pub(super) scratch: Buffer<T>,
    pub(super) statistics: Statistics<T>,
    /// The states that samples have gone on from.
    pub(crate) begun: Begun<T>,
    /// How many samples the pass ran over.
    pub(super) samples: usize,
    /// In how many parts of them.
    pub(super) parts: usize,
    /// Whether it is of a pass in training.
    pub(super) is_training: bool,
}

impl<T: Float> PassMemory<T> {
    /// Nothing yet. Allocates nothing.
    #[expect(clippy::new_without_default, reason = "only generated code makes one")]
    pub const fn new() -> Self {
        PassMemory {
            tape: Buffer::new(),
            scratch: Buffer::new(),
            statistics: Statistics::new(),
            begun: Begun::new(),
            samples: 0,
            parts: 1,
            is_training: false,
        }
    }
}

/// Writes a matrix of zeros where it is to live.
///
/// # Safety
/// `place` is valid for writes of a matrix and aligned for one.
#[track_caller]
pub unsafe fn write_zeros<T, const N: usize, M, B>(place: *mut M, batch: B)
where
    T: Element,
    M: BatchMatrix<T, N, Batch: Batch<OnHeap = B::OnHeap>>,
    B: Batch,
{
    // SAFETY: the caller's promise; an uninitialised place may be anything.
    M::zeros_in_place(unsafe { &mut *place.cast::<MaybeUninit<M>>() }, as_many(batch));
}

/// How many samples a matrix holds.
#[inline(always)]
pub fn held<T: Element, const N: usize, M: BatchMatrix<T, N>>(matrix: &M) -> usize {
    nalgebra::Dim::value(&matrix.batch())
}

/// Makes a matrix hold so many samples.
#[track_caller]
pub fn resize<T, const N: usize, M, B>(matrix: &mut M, batch: B)
where
    T: Element,
    M: BatchMatrix<T, N, Batch: Batch<OnHeap = B::OnHeap>>,
    B: Batch,
{
    matrix.resize_batch(as_many(batch));
}

/// The methods of [`Activations`] that name each of the matrices: that of the output, and the fields of the stages.
#[doc(hidden)]
#[macro_export]
macro_rules! activations_methods {
    ($output:ident; $($inner:ident)*) => {
        fn empty(batch: Self::Batch) -> $crate::__private::alloc::boxed::Box<Self> {
            let mut activations = $crate::__private::alloc::boxed::Box::<Self>::new_uninit();
            let place = activations.as_mut_ptr();
            // SAFETY: each field is written once, where it is to live.
            unsafe {
                $crate::__private::write_zeros(&raw mut (*place).input, batch);
                $($crate::__private::write_zeros(&raw mut (*place).$inner, batch);)*
                $crate::__private::write_zeros(&raw mut (*place).$output, batch);
                (&raw mut (*place).__working_memory).write($crate::__private::PassMemory::new());
                activations.assume_init()
            }
        }

        fn resize(&mut self, batch: Self::Batch) {
            $crate::__private::resize(&mut self.input, batch);
            $($crate::__private::resize(&mut self.$inner, batch);)*
            $crate::__private::resize(&mut self.$output, batch);
        }

        #[inline(always)]
        fn is_of_one_batch(&self) -> bool {
            let samples = $crate::__private::held(&self.input);
            $($crate::__private::held(&self.$inner) == samples &&)*
                $crate::__private::held(&self.$output) == samples
        }

        #[inline(always)]
        fn read<
            Reader: $crate::__private::Reader<
                    $crate::network::Input<Self::Network>,
                    <Self::Network as $crate::Network>::Scalar,
                >,
        >(
            &self,
            reader: Reader,
        ) -> Reader::Output {
            use $crate::batch::BatchMatrix as _;
            reader.read($crate::__private::Parts {
                input: self.input.values(),
                inner: &[$(self.$inner.values()),*],
                output: self.$output.values(),
                memory: &self.__working_memory,
            })
        }

        #[inline(always)]
        fn write<
            Writer: $crate::__private::Writer<
                    $crate::network::Input<Self::Network>,
                    <Self::Network as $crate::Network>::Scalar,
                >,
        >(
            &mut self,
            writer: Writer,
        ) -> Writer::Output {
            use $crate::batch::BatchMatrix as _;
            writer.write($crate::__private::PartsMut {
                input: self.input.values(),
                inner: &mut [$(self.$inner.values_mut()),*],
                output: self.$output.values_mut(),
                memory: &mut self.__working_memory,
            })
        }
    };
}
