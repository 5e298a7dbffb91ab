//! Losses of all that a network gives: of one output, or of each of several its own.

use super::{Loss, LossError};
use crate::batch::BatchMatrix;
use crate::buffer::Buffer;
use crate::element::Element;
use crate::scalar::Float;

/// A loss that [`Training::backward`](crate::Training::backward) takes, of outputs `O` with `OUT` values of each sample together,
/// against targets `Y`.
///
/// Of a network with one output it is a [`Loss`]. A network with several outputs has a struct of them, `NetOutput`, and its
/// loss is that struct of losses, against that struct of targets: the sum of all, each with its factor. A head that is missing,
/// or misspelt, does not compile. What a loss takes together, such as a mean and a variance, is for
/// [`backward_with`](crate::Training::backward_with).
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct ActorCritic< 4 => tanh 16 => (policy: 3 | value: 1) >; }
///
/// let net = ActorCritic::new(&mut StdRng::seed_from_u64(7));
/// let mut training = net.training();
/// let (x, actions, returns) = ([[0.1, 0.2, 0.3, 0.4]; 8], [2; 8], vec![[1.0]; 8]);
///
/// training.forward(&net, &x);
/// let loss = training.backward(
///     &net,
///     ActorCriticOutput { policy: CrossEntropy, value: 0.5 * MeanSquaredError },
///     &ActorCriticOutput { policy: &actions, value: &returns },
/// );
/// let output = net.forward(&x);
/// let actor = CrossEntropy.loss(&output.policy, &actions).0;
/// assert_eq!(loss, actor + 0.5 * MeanSquaredError.loss(&output.value, &returns).0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a loss of outputs `{O}` against targets `{Y}`",
    label = "not a loss of what the network gives"
)]
pub trait OutputLoss<O, T: Float, const OUT: usize, Y: ?Sized> {
    /// The loss; and the gradient, which takes the place of the outputs. Working memory is kept from step to step.
    ///
    /// # Errors
    /// If targets do not fit their output.
    fn evaluate_outputs(
        &self,
        outputs: &mut O,
        targets: &Y,
        memory: &mut Buffer<T>,
    ) -> Result<T, OutputLossError>;
}

impl<L, O, T, const OUT: usize, Y> OutputLoss<O, T, OUT, Y> for L
where
    T: Float,
    O: OneOutput<T, OUT>,
    L: Loss<T, OUT, Y>,
    Y: ?Sized,
{
    fn evaluate_outputs(
        &self,
        outputs: &mut O,
        targets: &Y,
        memory: &mut Buffer<T>,
    ) -> Result<T, OutputLossError> {
        self.evaluate_in(outputs.samples_mut(), targets, memory)
            .map_err(|error| OutputLossError { output: None, error })
    }
}

/// That a network has one output, of `N` values of each sample.
#[diagnostic::on_unimplemented(
    message = "a network with several outputs has no single loss",
    label = "takes a network with one output",
    note = "give each output its loss and its targets, by the struct of the network's outputs: \
            `NetOutput {{ policy: CrossEntropy, value: 0.5 * MeanSquaredError }}` and \
            `&NetOutput {{ policy: &actions, value: &returns }}`; of an output without a loss both are `()`"
)]
pub trait OneOutput<T: Element, const N: usize>: BatchMatrix<T, N> {}

#[diagnostic::do_not_recommend]
impl<T: Element, const N: usize, M: BatchMatrix<T, N>> OneOutput<T, N> for M {}

/// Why targets do not fit an output, and which of several that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputLossError {
    /// The output, of a network with several.
    pub output: Option<&'static str>,
    /// What is wrong.
    pub error: LossError,
}

impl core::fmt::Display for OutputLossError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.output {
            Some(output) => write!(formatter, "of `{output}`, {}", self.error),
            None => core::fmt::Display::fmt(&self.error, formatter),
        }
    }
}

impl core::error::Error for OutputLossError {}

/// No loss: of an output that nothing is asked of, it is 0.
impl<T: Float, const N: usize> Loss<T, N, ()> for () {
    fn evaluate(&self, values: &mut [[T; N]], (): &()) -> Result<T, LossError> {
        values.as_flattened_mut().fill(T::ZERO);
        Ok(T::ZERO)
    }
}

/// Makes a struct of losses the loss of a struct of outputs.
#[doc(hidden)]
#[macro_export]
macro_rules! loss_of_outputs {
    (
        $outputs:ident $scalar:ident $all:tt;
        $($output:ident $len:tt: $Matrix:ident $Loss:ident $Targets:ident;)*
    ) => {
        impl<$($Matrix, $Loss, $Targets),*>
            $crate::loss::OutputLoss<$outputs<$($Matrix),*>, $scalar, $all, $outputs<$($Targets),*>>
            for $outputs<$($Loss),*>
        where
            $($Matrix: $crate::batch::BatchMatrix<$scalar, $len>,)*
            $($Loss: $crate::loss::Loss<$scalar, $len, $Targets>,)*
        {
            fn evaluate_outputs(
                &self,
                outputs: &mut $outputs<$($Matrix),*>,
                targets: &$outputs<$($Targets),*>,
                memory: &mut $crate::Workspace<$scalar>,
            ) -> ::core::result::Result<$scalar, $crate::loss::OutputLossError> {
                let loss = 0.0;
                $(
                    let values = $crate::batch::BatchMatrix::samples_mut(&mut outputs.$output);
                    let evaluated = $crate::loss::Loss::evaluate_in(&self.$output, values, &targets.$output, memory);
                    let loss = loss + evaluated.map_err(|error| $crate::loss::OutputLossError {
                        output: ::core::option::Option::Some(::core::stringify!($output)),
                        error,
                    })?;
                )*
                ::core::result::Result::Ok(loss)
            }
        }
    };
}
