//! Losses: how far a network's output is from what it should be, and the gradient that training starts from.
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Net< 4 => relu 8 => 3 >; }
//!
//! let mut rng = StdRng::seed_from_u64(7);
//! let net = Net::new(&mut rng);
//! let mut training = net.training();
//! let x = SMatrix::<f32, 4, 2>::from_fn(|row, column| (row + column) as f32);
//!
//! training.forward(&net, &x);
//! let loss = training.backward(&net, CrossEntropy, &[2, 0]);
//! assert!(loss > 0.0);
//!
//! // Of an output alone: the loss, and how it changes with the output.
//! let (loss_of_output, d_output) = CrossEntropy.loss(&net.forward(&x), &[2, 0]);
//! assert!((loss_of_output - loss).abs() < 1e-6);
//! assert_eq!(d_output.shape(), (3, 2));
//! ```
//!
//! | what is told | loss | in PyTorch |
//! | --- | --- | --- |
//! | one class of several | [`CrossEntropy`]: `ignoring`, `class_weights`, `label_smoothing`, `focal`, [`each_step`](CrossEntropy::each_step) | `CrossEntropyLoss` |
//! | yes or no | [`BinaryCrossEntropy`]: `pos_weight`, `focal` | `BCEWithLogitsLoss`, `sigmoid_focal_loss` |
//! | the part of a picture | [`Dice`] | |
//! | numbers | [`MeanSquaredError`], [`MeanAbsoluteError`], [`Huber`] | `MSELoss`, `L1Loss`, `HuberLoss` |
//! | how large they are, and how surely | [`Quantile`], [`Quantiles`], [`GaussianNll`] | `GaussianNLLLoss` |
//! | counts | [`PoissonNll`] | `PoissonNLLLoss` |
//! | labels of a sequence, without their places | [`Ctc`] | `CTCLoss` |
//! | embeddings of what is alike, and of what is not | [`CosineEmbedding`], [`TripletMargin`], [`InfoNce`] | `CosineEmbeddingLoss`, `TripletMarginLoss` |
//! | a distribution near another | [`KlToStandardNormal`], [`KlOfNormals`] | `kl_divergence` |
//!
//! Every loss is a mean, as PyTorch's default reduction has it: of single values over all of them, of classes, labels, parts of
//! pictures, embeddings and distributions over the samples. The loss of an empty batch is 0. Of targets that are [`Weighted`] or
//! [`Padded`] it is the weighted mean, over what counts.
//!
//! A loss times a number is a loss, `0.5 * Huber`; the struct of a network's outputs is one of them all, where each has its own: see
//! [`OutputLoss`]. Those that take several outputs together are each a [`JointLoss`].

mod binary_cross_entropy;
mod class_index;
mod class_targets;
mod class_weights;
mod cosine_embedding;
mod cross_entropy;
mod ctc;
mod dice;
mod each_step;
mod error;
mod focal;
mod gaussian;
mod huber;
mod info_nce;
mod joint;
mod labels;
mod mean_absolute_error;
mod mean_squared_error;
mod methods;
mod mixed;
mod outputs;
mod pointwise;
mod poisson_nll;
mod quantile;
mod scaled;
mod softmax;
mod targets;
mod terms;
#[cfg(test)]
mod tests;
mod triplet_margin;
mod weighted;

pub use binary_cross_entropy::{BinaryCrossEntropy, BinaryCrossEntropyWith};
pub use class_index::ClassIndex;
pub use class_targets::ClassTargets;
pub use class_weights::{ClassWeights, Unweighted};
pub use cosine_embedding::CosineEmbedding;
pub use cross_entropy::{CrossEntropy, CrossEntropyWith};
pub use ctc::Ctc;
pub use dice::Dice;
pub use each_step::{EachStep, StepTargets};
pub use error::LossError;
pub use gaussian::{GaussianNll, KlOfNormals, KlToStandardNormal};
pub use huber::{Huber, HuberDelta};
pub use info_nce::InfoNce;
pub use joint::JointLoss;
pub use labels::{LabelList, LabelTargets};
pub use mean_absolute_error::MeanAbsoluteError;
pub use mean_squared_error::MeanSquaredError;
pub use outputs::{OneOutput, OutputLoss, OutputLossError};
pub use poisson_nll::PoissonNll;
pub use quantile::{Quantile, Quantiles};
pub use scaled::Scaled;
pub use targets::Targets;
pub use triplet_margin::TripletMargin;
pub use weighted::{Padded, Weighted};

use crate::batch::{Batch, BatchMatrix};
use crate::buffer::Buffer;
use crate::samples::Output;
use crate::scalar::Float;

/// A loss of outputs of `N` values of type `T` per sample, against targets of type `Y`.
///
/// The losses of this module have it for all `T` and `N`, and for all targets that make sense; code that
/// trains with any loss asks for, say, `L: Loss<f32, 10, [usize]>`. One's own loss needs
/// [`evaluate`](Loss::evaluate) only:
///
/// ```
/// use static_net::loss::{Loss, LossError};
/// use static_net::nalgebra::SMatrix;
///
/// /// The mean of `cosh(output) - 1`, which draws all outputs to zero.
/// struct Quiet;
///
/// impl<const N: usize> Loss<f32, N, ()> for Quiet {
///     fn evaluate(&self, values: &mut [[f32; N]], _: &()) -> Result<f32, LossError> {
///         let count = values.as_flattened().len().max(1) as f32;
///         let mut sum = 0.0;
///         for value in values.as_flattened_mut() {
///             sum += value.cosh() - 1.0;
///             *value = value.sinh() / count;
///         }
///         Ok(sum / count)
///     }
/// }
///
/// let output = SMatrix::<f32, 2, 2>::new(0.0, 0.0, 1.0, -1.0);
/// let (loss, d_output) = Quiet.loss(&output, &());
/// assert!((loss - 0.271_54).abs() < 1e-5);
/// assert!((d_output[(1, 0)] - 0.293_80).abs() < 1e-5);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a loss of outputs of {N} `{T}` against targets `{Y}`",
    label = "not a loss of {N} `{T}` against `{Y}`"
)]
pub trait Loss<T: Float, const N: usize, Y: ?Sized> {
    /// The loss; and the gradient, which takes the place of the outputs in `values`.
    ///
    /// Being done in place, it needs no memory of its own, whatever lies where. After an error `values` hold
    /// anything.
    ///
    /// # Errors
    /// If the targets do not fit the outputs.
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError>;

    /// As [`evaluate`](Loss::evaluate), of a loss that needs working memory, which is kept from step to step.
    ///
    /// # Errors
    /// If the targets do not fit the outputs.
    fn evaluate_in(
        &self,
        values: &mut [[T; N]],
        targets: &Y,
        _memory: &mut Buffer<T>,
    ) -> Result<T, LossError> {
        self.evaluate(values, targets)
    }

    /// The loss of a batch, and its gradient with respect to the output.
    ///
    /// # Panics
    /// If the targets do not fit the output: see [`LossError`].
    #[track_caller]
    #[inline]
    fn loss<X>(&self, output: &X, targets: &Y) -> (T, <X::Size as Batch>::Matrix<T, N>)
    where
        X: Output<T, N> + ?Sized,
    {
        match self.try_loss(output, targets) {
            Ok(result) => result,
            Err(error) => refuse(error),
        }
    }

    /// As [`loss`](Loss::loss), into memory that the caller holds: allocates nothing once `d_output` has
    /// held as many samples.
    ///
    /// # Panics
    /// If the targets do not fit the output: see [`LossError`].
    #[track_caller]
    #[inline]
    fn loss_into<X>(
        &self,
        output: &X,
        targets: &Y,
        d_output: &mut <X::Size as Batch>::Matrix<T, N>,
    ) -> T
    where
        X: Output<T, N> + ?Sized,
    {
        match self.try_loss_into(output, targets, d_output) {
            Ok(loss) => loss,
            Err(error) => refuse(error),
        }
    }

    /// As [`loss`](Loss::loss), for targets that may not fit, such as class indices from a file.
    ///
    /// # Errors
    /// If the targets do not fit the output.
    #[inline]
    fn try_loss<X>(
        &self,
        output: &X,
        targets: &Y,
    ) -> Result<(T, <X::Size as Batch>::Matrix<T, N>), LossError>
    where
        X: Output<T, N> + ?Sized,
    {
        let mut d_output = <X::Size as Batch>::Matrix::<T, N>::zeros(output.batch());
        let loss = self.try_loss_into(output, targets, &mut d_output)?;
        Ok((loss, d_output))
    }

    /// As [`loss_into`](Loss::loss_into), for targets that may not fit.
    ///
    /// # Errors
    /// If the targets do not fit the output; `d_output` then holds anything.
    #[inline]
    fn try_loss_into<X>(
        &self,
        output: &X,
        targets: &Y,
        d_output: &mut <X::Size as Batch>::Matrix<T, N>,
    ) -> Result<T, LossError>
    where
        X: Output<T, N> + ?Sized,
    {
        d_output.resize_batch(output.batch());
        let values = d_output.samples_mut();
        output.copy_samples(0, values);
        self.evaluate(values, targets)
    }
}

#[cold]
#[track_caller]
fn refuse(error: LossError) -> ! {
    panic!("{error}")
}
