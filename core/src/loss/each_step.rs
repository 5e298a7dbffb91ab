//! Cross entropy at each step of a sequence.

use alloc::vec::Vec;

use super::cross_entropy::SmoothedCrossEntropy;
use super::methods::methods;
use super::softmax::{ClassIndex, Classes};
use super::{CrossEntropy, Loss, LossError};
use crate::scalar::Float;
use crate::simd::dispatch;

/// [`CrossEntropy`] of an output `[length, CLASSES]`: the mean over all steps of all samples, as
/// `torch.nn.CrossEntropyLoss` of logits that were viewed as `[batch * length, CLASSES]`.
///
/// The targets are one class for each step: tokens as a network takes them (`[[u32; LENGTH]]`, `[u32; LENGTH]` for
/// one sample), or one flat list (`[u32]`, `[usize]`). All steps count: there is no class that is left out, as `ignore_index`
/// is in PyTorch. Where sequences end early, give the steps behind the end a class of their own, which the network then
/// learns to foretell.
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
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EachStep<const CLASSES: usize> {
    smoothing: f64,
}

impl CrossEntropy {
    /// The same loss at each step of an output `[length, CLASSES]`.
    pub fn each_step<const CLASSES: usize>(self) -> EachStep<CLASSES> {
        EachStep { smoothing: 0.0 }
    }
}

impl SmoothedCrossEntropy {
    /// The same loss at each step of an output `[length, CLASSES]`.
    pub fn each_step<const CLASSES: usize>(self) -> EachStep<CLASSES> {
        EachStep { smoothing: self.smoothing }
    }
}

methods!(EachStep<const CLASSES>, StepTargets, WholeSteps::<N, CLASSES>::CHECKED);

/// An output of `N` values is made of steps of `CLASSES` values. A bound cannot ask for it in stable Rust, so it is a const
/// of each method of [`EachStep`] and not of what these call: rustc then shows where the user calls the method.
struct WholeSteps<const N: usize, const CLASSES: usize>;

impl<const N: usize, const CLASSES: usize> WholeSteps<N, CLASSES> {
    const CHECKED: () = crate::check::steps(N, CLASSES);
}

impl<T, const N: usize, const CLASSES: usize, Y> Loss<T, N, Y> for EachStep<CLASSES>
where
    T: Float,
    Y: StepTargets<T, N> + ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        let () = WholeSteps::<N, CLASSES>::CHECKED;
        let steps = values.as_flattened_mut().as_chunks_mut::<CLASSES>().0;
        targets.cross_entropy(steps, T::from_f64(self.smoothing))
    }
}

/// Targets of [`EachStep`]: one class for each step.
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
    fn cross_entropy<const CLASSES: usize>(
        &self,
        steps: &mut [[T; CLASSES]],
        smoothing: T,
    ) -> Result<T, LossError>;
}

fn of_classes<T: Float, C: ClassIndex, const CLASSES: usize>(
    classes: &[C],
    values: &mut [[T; CLASSES]],
    length: usize,
    smoothing: T,
) -> Result<T, LossError> {
    if values.len() != classes.len() {
        return Err(LossError::StepCount { output: values.len(), targets: classes.len() });
    }
    if let Some(place) = classes.iter().position(|class| class.index() >= CLASSES) {
        let (sample, step) = (place / length, place % length);
        let class = classes[place].index();
        return Err(LossError::StepClassOutOfRange { sample, step, class, classes: CLASSES });
    }
    Ok(dispatch(Classes { values, classes, smoothing }))
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
        impl<T: Float, X: Steps, $($generics)* const N: usize> StepTargets<T, N> for $type {
            fn cross_entropy<const CLASSES: usize>(
                &self,
                steps: &mut [[T; CLASSES]],
                smoothing: T,
            ) -> Result<T, LossError> {
                let length = N / CLASSES;
                if let Some(targets) = X::LENGTH.filter(|&targets| targets != length) {
                    return Err(LossError::SampleLength { output: length, targets });
                }
                of_classes(X::classes(self), steps, length, smoothing)
            }
        }
    )*};
}
step_targets! {
    [] [X];
    [const COUNT: usize,] [X; COUNT];
    [] Vec<X>;
}
