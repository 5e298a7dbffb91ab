//! Cross entropy at each step of a sequence.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nalgebra::{Const, Matrix, RawStorage};

use super::class_targets::{of_classes, of_probabilities};
use super::class_weights::{ClassWeights, Unweighted};
use super::cross_entropy::CrossEntropyWith;
use super::methods::methods;
use super::targets::{Contiguous, Scattered};
use super::terms::{Length, Terms};
use super::{ClassIndex, CrossEntropy, Loss, LossError, Targets};
use crate::batch::Batch;
use crate::scalar::Float;

/// [`CrossEntropy`] of an output `[length, CLASSES]`: the mean over all steps of all samples, as
/// `torch.nn.CrossEntropyLoss` of logits that were viewed as `[batch * length, CLASSES]`.
///
/// The targets are one class for each step: tokens as a network takes them (`[[u32; LENGTH]]`, `[u32; LENGTH]` for
/// one sample), or one flat list (`[u32]`, `[usize]`); or probabilities, as many values as the output has.
///
/// Steps that are padding do not count: their class is one that [`ignoring`](CrossEntropy::ignoring) names, or `None`; or the
/// targets are [`Padded`](super::Padded), with the length of each sequence, or [`Weighted`](super::Weighted), with a mask.
/// Settings of the loss are made before it is one at each step: `CrossEntropy.ignoring(0).each_step::<VOCABULARY>()`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< tokens(2, vocab: 3) => embedding(4) => 3 >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let activations = net.activations(&[0, 1]);
/// let (loss, d_output) = CrossEntropy.each_step::<3>().loss(&activations.output, &[1u32, 2]);
/// let of_first = CrossEntropy.loss(&activations.output.fixed_rows::<3>(0), &1).0;
/// let of_second = CrossEntropy.loss(&activations.output.fixed_rows::<3>(3), &2).0;
/// assert!((loss - 0.5 * (of_first + of_second)).abs() < 1e-6);
/// assert_eq!(d_output.len(), 2 * 3);
///
/// // Token 0 is what sequences are padded with.
/// let padded = CrossEntropy.ignoring(0).each_step::<3>();
/// assert_eq!(padded.loss(&activations.output, &[1, 0]).0, of_first);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EachStep<const CLASSES: usize, W = Unweighted> {
    of_step: CrossEntropyWith<W>,
}

impl CrossEntropy {
    /// The same loss at each step of an output `[length, CLASSES]`.
    pub fn each_step<const CLASSES: usize>(self) -> EachStep<CLASSES> {
        EachStep { of_step: Self::DEFAULT }
    }
}

impl<W> CrossEntropyWith<W> {
    /// The same loss at each step of an output `[length, CLASSES]`.
    pub fn each_step<const CLASSES: usize>(self) -> EachStep<CLASSES, W> {
        EachStep { of_step: self }
    }
}

methods!(
    [const CLASSES: usize, W] EachStep<CLASSES, W>, StepTargets<T, N>,
    where [W: ClassWeights<T, CLASSES>], WholeSteps::<N, CLASSES>::CHECKED
);

/// An output of `N` values is made of steps of `CLASSES` values. A bound cannot ask for it in stable Rust, so it is a const
/// of each method of [`EachStep`] and not of what these call: rustc then shows where the user calls the method.
pub(super) struct WholeSteps<const N: usize, const CLASSES: usize>;

impl<const N: usize, const CLASSES: usize> WholeSteps<N, CLASSES> {
    pub(super) const CHECKED: () = crate::check::steps(N, CLASSES);
}

impl<T, const N: usize, const CLASSES: usize, W, Y> Loss<T, N, Y> for EachStep<CLASSES, W>
where
    T: Float,
    W: ClassWeights<T, CLASSES>,
    Y: StepTargets<T, N> + ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        let () = WholeSteps::<N, CLASSES>::CHECKED;
        let steps = values.as_flattened_mut().as_chunks_mut::<CLASSES>().0;
        targets.cross_entropy(steps, self.of_step.terms())
    }
}

/// Targets of [`EachStep`]: one class for each step, or probabilities, as many values as the output has.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which class is right at each step",
    label = "no class for each step",
    note = "give tokens as a network takes them, `[[u32; LENGTH]]`, or one list of all steps, `[u32]` or `[usize]`"
)]
pub trait StepTargets<T: Float, const N: usize> {
    /// The mean cross entropy of the logits of all steps; their gradient takes their place.
    ///
    /// # Errors
    /// If the targets are for another number of steps, or name a class that does not exist.
    #[doc(hidden)]
    fn cross_entropy<const CLASSES: usize>(
        &self,
        steps: &mut [[T; CLASSES]],
        terms: Terms<'_, T, CLASSES>,
    ) -> Result<T, LossError>;
}

/// What a list of targets is made of: classes, or samples of a class for each step.
pub trait Steps: Sized {
    /// The number of a class.
    type Class: ClassIndex;

    /// How many steps a sample has, where the list is made of samples.
    const LENGTH: Option<usize>;

    /// The classes of all steps, one after the other.
    fn classes(list: &[Self]) -> &[Self::Class];
}

impl<C: ClassIndex> Steps for C {
    type Class = C;

    const LENGTH: Option<usize> = None;

    fn classes(list: &[C]) -> &[C] {
        list
    }
}

impl<C: ClassIndex, const LENGTH: usize> Steps for [C; LENGTH] {
    type Class = C;

    const LENGTH: Option<usize> = Some(LENGTH);

    fn classes(list: &[Self]) -> &[C] {
        list.as_flattened()
    }
}

macro_rules! step_targets {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Float, X: Steps, $($generics)* const N: usize> StepTargets<T, N> for $type {
            fn cross_entropy<const CLASSES: usize>(
                &self,
                steps: &mut [[T; CLASSES]],
                terms: Terms<'_, T, CLASSES>,
            ) -> Result<T, LossError> {
                let length = N / CLASSES;
                if let Some(targets) = X::LENGTH.filter(|&targets| targets != length) {
                    return Err(LossError::SampleLength { output: length, targets });
                }
                let classes = X::classes(self);
                if steps.len() != classes.len() {
                    return Err(LossError::StepCount { output: steps.len(), targets: classes.len() });
                }
                of_classes(classes, steps, &terms, Length::Steps(length))
            }
        }
    )*};
}
step_targets! {
    [] [X];
    [const COUNT: usize,] [X; COUNT];
    [] Vec<X>;
}

impl<T, const N: usize, B, S> StepTargets<T, N> for Matrix<T, Const<N>, B, S>
where
    T: Float,
    B: Batch,
    S: RawStorage<T, Const<N>, B>,
{
    fn cross_entropy<const CLASSES: usize>(
        &self,
        steps: &mut [[T; CLASSES]],
        terms: Terms<'_, T, CLASSES>,
    ) -> Result<T, LossError> {
        of_samples(self, steps, &terms)
    }
}

/// Of probabilities, `N` for the steps of each sample.
fn of_samples<T: Float, Y: Targets<T, N> + ?Sized, const N: usize, const CLASSES: usize>(
    targets: &Y,
    steps: &mut [[T; CLASSES]],
    terms: &Terms<'_, T, CLASSES>,
) -> Result<T, LossError> {
    let length = N / CLASSES;
    LossError::check_samples(steps.len() / length, targets.sample_count())?;
    let length = Length::Steps(length);
    match targets.as_values() {
        Some(values) => of_probabilities(Contiguous(values), steps, terms, length),
        None => of_probabilities(Scattered::<_, N>(targets), steps, terms, length),
    }
}

/// Arrays of probabilities. (For all `Float` at once, an array of them could be one of classes.)
macro_rules! step_probabilities {
    ($([$($generics:tt)*] $float:ident $type:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)* const N: usize> StepTargets<$float, N> for $type {
            fn cross_entropy<const CLASSES: usize>(
                &self,
                steps: &mut [[$float; CLASSES]],
                terms: Terms<'_, $float, CLASSES>,
            ) -> Result<$float, LossError> {
                of_samples::<_, _, N, _>(self, steps, &terms)
            }
        }
    )*};
}
step_probabilities! {
    [] f32 [f32; N];
    [] f64 [f64; N];
    [] f32 [[f32; N]];
    [] f64 [[f64; N]];
    [] f32 Vec<[f32; N]>;
    [] f64 Vec<[f64; N]>;
    [const SAMPLES: usize,] f32 [[f32; N]; SAMPLES];
    [const SAMPLES: usize,] f64 [[f64; N]; SAMPLES];
}

macro_rules! forward_step_targets {
    ($($type:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Float, Y: StepTargets<T, N> + ?Sized, const N: usize> StepTargets<T, N> for $type {
            fn cross_entropy<const CLASSES: usize>(
                &self,
                steps: &mut [[T; CLASSES]],
                terms: Terms<'_, T, CLASSES>,
            ) -> Result<T, LossError> {
                (**self).cross_entropy(steps, terms)
            }
        }
    )*};
}
forward_step_targets! {
    Box<Y>;
    &Y;
}
