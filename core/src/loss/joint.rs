//! Losses of several outputs at once, such as a mean and a variance.

use super::{LossError, refuse};
use crate::batch::{Batch, BatchMatrix};
use crate::samples::Output;
use crate::scalar::Float;

/// A loss of so many outputs at once, each of `N` values of type `T` per sample, against targets of type `Y`.
///
/// It is used as a [`Loss`](super::Loss) is, with arrays of outputs and of their gradients. Losses without targets take `&()`.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::GaussianNll;
///
/// network! { struct Net< 2 => tanh 16 => (mean: 1 | log_variance: 1) >; }
///
/// let mut net = Net::new(&mut StdRng::seed_from_u64(1));
/// let (mut training, mut adam) = (net.training(), Adam::new(&net));
/// let (x, y) = ([[0.5, 1.0], [-1.0, 0.0]], [[2.0], [-1.0]]);
/// let loss = GaussianNll::new().of_log_variance();
/// let mut step = || {
///     training.forward(&net, &x);
///     let loss = training.backward_with(&net, |activations, d_output| {
///         let outputs = [&activations.mean, &activations.log_variance];
///         loss.loss_into(outputs, &y, [&mut d_output.mean, &mut d_output.log_variance])
///     });
///     adam.step(&mut net, training.gradient());
///     loss
/// };
/// let first = step();
/// assert!((0..50).map(|_| step()).last().unwrap() < first);
/// ```
pub trait JointLoss<T: Float, const OUTPUTS: usize, const N: usize, Y: ?Sized> {
    /// The loss; and the gradients, which take the place of the outputs in `values`, each of as many samples as the others.
    ///
    /// # Errors
    /// If the targets do not fit the outputs; `values` then hold anything.
    fn evaluate(&self, values: [&mut [[T; N]]; OUTPUTS], targets: &Y) -> Result<T, LossError>;

    /// The loss of a batch, and its gradient with respect to each output.
    ///
    /// # Panics
    /// If the targets do not fit the outputs, or these each other: see [`LossError`].
    #[track_caller]
    fn loss<X>(
        &self,
        outputs: [&X; OUTPUTS],
        targets: &Y,
    ) -> (T, [<X::Size as Batch>::Matrix<T, N>; OUTPUTS])
    where
        X: Output<T, N> + ?Sized,
    {
        match self.try_loss(outputs, targets) {
            Ok(result) => result,
            Err(error) => refuse(error),
        }
    }

    /// As [`loss`](JointLoss::loss), into memory that the caller holds: allocates nothing once that has held as many samples.
    ///
    /// # Panics
    /// If the targets do not fit the outputs, or these each other: see [`LossError`].
    #[track_caller]
    fn loss_into<X>(
        &self,
        outputs: [&X; OUTPUTS],
        targets: &Y,
        d_outputs: [&mut <X::Size as Batch>::Matrix<T, N>; OUTPUTS],
    ) -> T
    where
        X: Output<T, N> + ?Sized,
    {
        match self.try_loss_into(outputs, targets, d_outputs) {
            Ok(loss) => loss,
            Err(error) => refuse(error),
        }
    }

    /// As [`loss`](JointLoss::loss), for targets or outputs that may not fit.
    ///
    /// # Errors
    /// If the targets do not fit the outputs, or these each other.
    fn try_loss<X>(
        &self,
        outputs: [&X; OUTPUTS],
        targets: &Y,
    ) -> Result<(T, [<X::Size as Batch>::Matrix<T, N>; OUTPUTS]), LossError>
    where
        X: Output<T, N> + ?Sized,
    {
        let mut d_outputs =
            outputs.map(|output| <X::Size as Batch>::Matrix::<T, N>::zeros(output.batch()));
        let loss = self.try_loss_into(outputs, targets, d_outputs.each_mut())?;
        Ok((loss, d_outputs))
    }

    /// As [`loss_into`](JointLoss::loss_into), for targets or outputs that may not fit.
    ///
    /// # Errors
    /// If the targets do not fit the outputs, or these each other; `d_outputs` then hold anything.
    fn try_loss_into<X>(
        &self,
        outputs: [&X; OUTPUTS],
        targets: &Y,
        d_outputs: [&mut <X::Size as Batch>::Matrix<T, N>; OUTPUTS],
    ) -> Result<T, LossError>
    where
        X: Output<T, N> + ?Sized,
    {
        let samples = |output: &X| nalgebra::Dim::value(&output.batch());
        if let [first, others @ ..] = &outputs[..]
            && let Some(other) = others.iter().find(|other| samples(other) != samples(first))
        {
            return Err(LossError::OutputCount { first: samples(first), other: samples(other) });
        }
        let mut outputs = outputs.into_iter();
        self.evaluate(
            d_outputs.map(|d_output| {
                if let Some(output) = outputs.next() {
                    d_output.resize_batch(output.batch());
                    output.copy_samples(0, d_output.samples_mut());
                }
                d_output.samples_mut()
            }),
            targets,
        )
    }
}
