//! Networks with several inputs or outputs. As a layer such a network takes and gives them one behind the other.

use alloc::boxed::Box;

use super::Network;
use super::activations::Activations;
use super::forward::{Input, Matrix, forward, forward_packed};
use crate::batch::{Batch, BatchMatrix, as_many};
use crate::buffer::Buffer;
use crate::element::Element;
use crate::samples::Samples;
use crate::scalar::Float;
use crate::shape::{TokenOutOfRange, to_numbers};

/// What has `N` values of each sample: a matrix of them, or the struct that `network!` declares beside a network with
/// several outputs or inputs, which has a matrix of each.
pub trait Outputs<T: Element, const N: usize>: Sized {
    /// The kind of their number of samples.
    type Batch: Batch;

    /// Zeros.
    fn zeros(batch: Self::Batch) -> Self;

    /// Zeros in a box, made where they are to live.
    fn zeros_on_heap(batch: Self::Batch) -> Box<Self>;

    /// Makes them hold so many samples.
    fn resize(&mut self, batch: Self::Batch);

    /// All values, sample after sample, where they lie so.
    fn together(&mut self) -> Option<&mut [T]> {
        None
    }

    /// Takes the values of samples from `first` on.
    fn take(&mut self, first: usize, samples: &[[T; N]]);

    /// How many samples it has.
    ///
    /// # Panics
    /// If its matrices have different numbers of them.
    #[track_caller]
    fn held(&self) -> Self::Batch;

    /// Copies the values of samples from `first` on.
    fn give(&self, first: usize, samples: &mut [[T; N]]);
}

#[diagnostic::do_not_recommend]
impl<T: Element, const N: usize, M: BatchMatrix<T, N>> Outputs<T, N> for M {
    type Batch = M::Batch;

    fn zeros(batch: M::Batch) -> Self {
        BatchMatrix::zeros(batch)
    }

    fn zeros_on_heap(batch: M::Batch) -> Box<Self> {
        let mut matrix = Box::new_uninit();
        M::zeros_in_place(&mut matrix, batch);
        // SAFETY: just written.
        unsafe { matrix.assume_init() }
    }

    fn resize(&mut self, batch: M::Batch) {
        self.resize_batch(batch);
    }

    #[inline(always)]
    fn together(&mut self) -> Option<&mut [T]> {
        Some(self.values_mut())
    }

    fn take(&mut self, first: usize, samples: &[[T; N]]) {
        self.samples_mut()[first..][..samples.len()].copy_from_slice(samples);
    }

    #[inline(always)]
    fn held(&self) -> M::Batch {
        self.batch()
    }

    #[inline(always)]
    fn give(&self, first: usize, samples: &mut [[T; N]]) {
        samples.copy_from_slice(&self.samples()[first..][..samples.len()]);
    }
}

/// How a loss changes with the input of a network, `IN` values of each of the samples that the activations `A` are of, be they
/// boxed or not.
pub trait InputGradient<A: Activations, const IN: usize>:
    Outputs<Input<A::Network>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>
{
}

impl<A, M, const IN: usize> InputGradient<A, IN> for M
where
    A: Activations,
    M: Outputs<Input<A::Network>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
}

/// Zeros in the place of such an input.
pub fn zeros_of_input<T, X, M, const IN: usize>(input: &X) -> M
where
    T: Element,
    X: BatchMatrix<T, IN>,
    M: Outputs<T, IN, Batch: Batch<OnHeap = <X::Batch as Batch>::OnHeap>>,
{
    M::zeros(as_many(input.batch()))
}

/// Such values as samples, of whatever kind of batch they are.
pub(crate) struct Together<'a, O>(pub(crate) &'a O);

impl<T: Element, const N: usize, O: Outputs<T, N>> Samples<T, N> for Together<'_, O> {
    type Batch = O::Batch;

    #[inline(always)]
    #[track_caller]
    fn batch(&self) -> O::Batch {
        self.0.held()
    }

    fn as_samples(&self) -> Option<&[[T; N]]> {
        None
    }

    #[inline(always)]
    fn copy_samples(&self, first: usize, target: &mut [[T; N]]) {
        self.0.give(first, target);
    }
}

/// The outputs for each sample.
///
/// # Panics
/// If there is a token that the network does not know.
#[inline]
#[track_caller]
pub fn forward_outputs<N, X, O, const IN: usize, const OUT: usize>(network: &N, x: &X) -> O
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    O: Outputs<N::Scalar, OUT, Batch = X::Batch>,
{
    let mut outputs = O::zeros(x.batch());
    let together: Matrix<X::Batch, N::Scalar, OUT> = forward(network, x);
    outputs.take(0, together.samples());
    outputs
}

/// As [`forward_outputs`], into memory that the caller holds.
///
/// # Panics
/// If there is a token that the network does not know.
#[inline]
#[track_caller]
pub fn forward_outputs_into<N, X, O, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    outputs: &mut O,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    O: Outputs<N::Scalar, OUT, Batch = X::Batch>,
{
    outputs.resize(x.batch());
    outputs.take(0, forward_packed(network, x, workspace));
}

/// As [`Activations::output_gradient`], of `N` values of each sample.
#[track_caller]
pub fn output_gradient<'a, T, const N: usize, A, O>(
    activations: &A,
    held: &'a mut Option<Box<O>>,
) -> &'a mut O
where
    T: Element,
    A: Activations,
    O: Outputs<T, N>,
{
    let batch = nalgebra::Dim::from_usize(activations.samples());
    if let Some(held) = held {
        held.resize(batch);
    }
    held.get_or_insert_with(|| O::zeros_on_heap(batch))
}

/// Copies an output out of the samples that it is part of, where it begins at `offset`.
pub fn take_output<T: Element, const N: usize, const PART: usize, M: BatchMatrix<T, PART>>(
    output: &mut M,
    first: usize,
    offset: usize,
    samples: &[[T; N]],
) {
    for (output, sample) in output.samples_mut()[first..].iter_mut().zip(samples) {
        output.copy_from_slice(&sample[offset..][..PART]);
    }
}

/// Copies an output, which is a matrix, into the samples that it is part of, where it begins at `offset`.
pub fn give_output<T: Element, const N: usize, const PART: usize, M: BatchMatrix<T, PART>>(
    output: &M,
    first: usize,
    offset: usize,
    samples: &mut [[T; N]],
) {
    for (output, sample) in output.samples()[first..].iter().zip(samples) {
        sample[offset..][..PART].copy_from_slice(output);
    }
}

/// Copies an output into the samples that it is part of, where it begins at `offset`.
pub fn put_output<T: Element, const N: usize, const PART: usize, X: Samples<T, PART> + ?Sized>(
    output: &X,
    first: usize,
    offset: usize,
    samples: &mut [[T; N]],
) {
    for (index, sample) in samples.iter_mut().enumerate() {
        let part = sample[offset..][..PART].as_chunks_mut().0;
        output.copy_samples(first + index, part);
    }
}

/// Copies an input of tokens, as numbers, into the samples that it is part of, where it begins at `offset`. `name` is what it
/// is called.
///
/// # Panics
/// If there is a token that is none of the vocabulary, or of that of its place.
#[track_caller]
pub fn put_tokens<T: Float, const N: usize, const PART: usize, X: Samples<u32, PART> + ?Sized>(
    input: &X,
    first: usize,
    (name, offset, vocabularies): (&str, usize, &[usize]),
    samples: &mut [[T; N]],
) {
    let mut ids = [[0; PART]];
    for (index, sample) in samples.iter_mut().enumerate() {
        input.copy_samples(first + index, &mut ids);
        let numbers = &mut sample[offset..][..PART];
        if let Err(error) = to_numbers(ids.as_flattened(), vocabularies, numbers) {
            let error = TokenOutOfRange { sample: first + index, ..error };
            panic!("the input `{name}`: {error}");
        }
    }
}

/// Looks for tokens of an input that are none of the vocabulary, or of that of their place.
///
/// # Errors
/// If there is one.
pub fn check_part<const PART: usize, X: Samples<u32, PART> + ?Sized>(
    input: &X,
    vocabularies: &[usize],
) -> Result<(), TokenOutOfRange> {
    let mut ids = [[0; PART]];
    for sample in 0..nalgebra::Dim::value(&input.batch()) {
        input.copy_samples(sample, &mut ids);
        TokenOutOfRange::find(ids.as_flattened(), PART, vocabularies)
            .map_err(|error| TokenOutOfRange { sample, ..error })?;
    }
    Ok(())
}

/// Looks at how many samples several inputs or outputs hold.
///
/// # Panics
/// If they hold different numbers of them.
#[track_caller]
pub fn check_batches(what: &str, batches: &[usize]) {
    let first = batches[0];
    for &held in batches {
        assert!(held == first, "the {what} hold {first} samples and {held}");
    }
}

/// What the struct of a network's outputs can do.
#[doc(hidden)]
#[macro_export]
macro_rules! outputs_struct {
    (
        $outputs:ident $alias:ident $scalar:ident $all:tt;
        $first:ident: $First:ident $first_len:tt $first_offset:tt; $($output:ident: $Output:ident $len:tt $offset:tt;)*
    ) => {
        $crate::__private::debug_as! {
            $alias $outputs [$First: ::core::fmt::Debug, $($Output: ::core::fmt::Debug),*] [$First, $($Output),*]
            $first $($output)*
        }

        impl<$First, $($Output),*> $crate::network::Outputs<$scalar, $all> for $outputs<$First, $($Output),*>
        where
            $First: $crate::batch::BatchMatrix<$scalar, $first_len>,
            $($Output: $crate::batch::BatchMatrix<$scalar, $len, Batch = $First::Batch>,)*
        {
            type Batch = $First::Batch;

            fn zeros(batch: Self::Batch) -> Self {
                $outputs {
                    $first: $crate::batch::BatchMatrix::zeros(batch),
                    $($output: $crate::batch::BatchMatrix::zeros(batch),)*
                }
            }

            fn zeros_on_heap(batch: Self::Batch) -> $crate::__private::alloc::boxed::Box<Self> {
                let mut outputs = $crate::__private::alloc::boxed::Box::<Self>::new_uninit();
                let place = outputs.as_mut_ptr();
                // SAFETY: each field is written once, where it is to live.
                unsafe {
                    $crate::__private::write_zeros(&raw mut (*place).$first, batch);
                    $($crate::__private::write_zeros(&raw mut (*place).$output, batch);)*
                    outputs.assume_init()
                }
            }

            fn resize(&mut self, batch: Self::Batch) {
                self.$first.resize_batch(batch);
                $(self.$output.resize_batch(batch);)*
            }

            fn take(&mut self, first: usize, samples: &[[$scalar; $all]]) {
                use $crate::__private::take_output;
                take_output::<_, $all, $first_len, _>(&mut self.$first, first, $first_offset, samples);
                $(take_output::<_, $all, $len, _>(&mut self.$output, first, $offset, samples);)*
            }

            #[track_caller]
            fn held(&self) -> Self::Batch {
                use $crate::{batch::BatchMatrix as _, nalgebra::Dim as _};
                let batch = self.$first.batch();
                $crate::__private::check_batches("outputs", &[batch.value(), $(self.$output.batch().value()),*]);
                batch
            }

            fn give(&self, first: usize, samples: &mut [[$scalar; $all]]) {
                use $crate::__private::give_output;
                give_output::<_, $all, $first_len, _>(&self.$first, first, $first_offset, samples);
                $(give_output::<_, $all, $len, _>(&self.$output, first, $offset, samples);)*
            }
        }
    };
}

/// The trait of samples that are put together of several inputs, or of the gradients of several outputs.
#[doc(hidden)]
#[macro_export]
macro_rules! samples_of_parts {
    (
        inputs $parts:ident $alias:ident $scalar:ident $all:tt;
        $first:ident: $First:ident $first_element:ident $first_len:tt $first_vocabularies:tt;
        $($part:ident: $Part:ident $element:ident $len:tt $vocabularies:tt;)*
    ) => {
        $crate::__private::debug_as! {
            $alias $parts [$First: ::core::fmt::Debug, $($Part: ::core::fmt::Debug),*] [$First, $($Part),*]
            $first $($part)*
        }

        const _: () = {
            $crate::__private::named_parts! { $first $($part)* }

            impl<$First, $($Part),*> $crate::Samples<$scalar, $all> for $parts<$First, $($Part),*>
            where
                $First: $crate::samples::InputOf<named::$first, $first_element, $first_len>,
                $(
                    $Part: $crate::samples::InputOf<
                        named::$part, $element, $len,
                        Size: $crate::Batch<OnHeap = <$First::Size as $crate::Batch>::OnHeap>,
                    >,
                )*
            {
                type Batch = $First::Size;

                #[track_caller]
                fn batch(&self) -> Self::Batch {
                    use $crate::nalgebra::Dim;
                    let batch = self.$first.batch();
                    $crate::__private::check_batches("inputs", &[batch.value(), $(self.$part.batch().value()),*]);
                    batch
                }

                fn as_samples(&self) -> ::core::option::Option<&[[$scalar; $all]]> {
                    ::core::option::Option::None
                }

                fn copy_samples(&self, first: usize, target: &mut [[$scalar; $all]]) {
                    $crate::__private::put_parts!(
                        self first target $all;
                        $first $first_len $first_vocabularies; $($part $len $vocabularies;)*
                    );
                }
            }
        };
    };
    // They are no samples: no loss takes all of them at once.
    (
        outputs $parts:ident $scalar:ident $all:tt;
        $first:ident: $First:ident $first_len:tt; $($part:ident: $Part:ident $len:tt;)*
    ) => {
        const _: () = {
            $crate::__private::named_parts! { $first $($part)* }

            impl<BatchSize: $crate::Batch, $First, $($Part),*>
                $crate::samples::OutputGradient<$scalar, $all, BatchSize> for $parts<$First, $($Part),*>
            where
                $First: $crate::samples::GradientOf<named::$first, $scalar, $first_len, BatchSize>,
                $($Part: $crate::samples::GradientOf<named::$part, $scalar, $len, BatchSize>,)*
            {
                type Size = $First::Size;

                #[track_caller]
                fn size(&self) -> Self::Size {
                    use $crate::nalgebra::Dim;
                    let batch = self.$first.batch();
                    $crate::__private::check_batches("outputs", &[batch.value(), $(self.$part.batch().value()),*]);
                    batch
                }

                fn copy_gradients(&self, first: usize, target: &mut [[$scalar; $all]]) {
                    $crate::__private::put_parts!(self first target $all; $first $first_len []; $($part $len [];)*);
                }
            }

            impl<BatchSize: $crate::Batch, $First, $($Part),*>
                $crate::samples::OutputGradients<$scalar, $all, BatchSize> for $parts<$First, $($Part),*>
            where
                $First: $crate::samples::GradientOf<named::$first, $scalar, $first_len, BatchSize>,
                $($Part: $crate::samples::GradientOf<named::$part, $scalar, $len, BatchSize>,)*
            {
            }
        };
    };
}

/// Types that have the names of several inputs or outputs, so that rustc can say which one does not fit.
#[doc(hidden)]
#[macro_export]
macro_rules! named_parts {
    ($($part:ident)*) => {
        // A module of their own: a name may be that of another type.
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        mod named {
            $(pub struct $part {})*
        }
    };
}

/// Copies several inputs or outputs one behind the other.
#[doc(hidden)]
#[macro_export]
macro_rules! put_parts {
    ($self:ident $from:ident $target:ident $all:tt; $($part:ident $len:tt $vocabularies:tt;)*) => {
        let offset = 0;
        $(
            $crate::__private::put_part!($self $from $target offset $all; $part $len $vocabularies);
            let offset = offset + $len;
        )*
        let _ = offset;
    };
}

/// Copies one of them: numbers, or tokens out of vocabularies of these sizes.
#[doc(hidden)]
#[macro_export]
macro_rules! put_part {
    ($self:ident $from:ident $target:ident $offset:ident $all:tt; $part:ident $len:tt []) => {
        $crate::__private::put_output::<_, $all, $len, _>(&$self.$part, $from, $offset, $target);
    };
    ($self:ident $from:ident $target:ident $offset:ident $all:tt; $part:ident $len:tt $vocabularies:tt) => {
        let part = &$self.$part;
        $crate::__private::put_tokens::<_, $all, $len, _>(
            part,
            $from,
            (::core::stringify!($part), $offset, &$vocabularies),
            $target,
        );
    };
}
