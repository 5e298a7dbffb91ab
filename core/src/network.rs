//! What all networks have in common: the passes over a batch, their state, their summary.
//!
//! # Threads
//! With the feature `threads`, which is on by default, a batch that repays it is split: each thread of the `rayon` pool that the
//! caller is in takes some of the samples, forward and on the way back, and sums a gradient of its own. `RAYON_NUM_THREADS`
//! says how many threads the global pool has, and `pool.install(|| ..)` takes another. One number of threads always gives the
//! same values, and `forward` gives the same for all; gradients of different numbers differ by rounding, and dropout draws
//! other masks. Small batches (about four million multiply-adds at the least are split), single samples and networks of more than
//! 64 stages in training stay on the thread of the caller, as does training where batch normalisation takes the batch as a whole. What is
//! called from outside of the pool allocates now and then: a block of rayon's queue.

pub(crate) mod activations;
pub(crate) mod backward;
mod debug;
#[cfg(feature = "diagram")]
mod diagram;
mod format;
pub(crate) mod forward;
#[cfg(feature = "threads")]
mod in_parts;
mod node;
pub(crate) mod of_one_batch;
pub(crate) mod passes;
mod set;
pub(crate) mod several;
mod summary;
#[cfg(feature = "threads")]
pub(crate) mod threads;
pub(crate) mod training;

use alloc::boxed::Box;

pub use activations::Activations;
pub use backward::{backward_into, backward_to_input_into, input_gradient_into};
#[cfg(feature = "diagram")]
pub use diagram::{diagram, diagram_dot};
#[cfg(feature = "representation")]
pub(crate) use format::cut;
pub use forward::{Input, check_tokens, forward, forward_into};
pub use set::{SetError, set};
pub use several::{InputGradient, Outputs, forward_outputs, forward_outputs_into};
pub use summary::summary;
pub use training::{record, train};

pub(crate) use crate::layer::multiply_adds;
pub use crate::layer::reference::{NamedShape, SeveralInputs, SeveralOutputs};
pub use crate::layer::{Description, LayerKind, Stage, Structure, Written};

use crate::batch::Batch;
use crate::kernel::elementwise;
use crate::layer::Layer;
use crate::parameters::{values, values_mut};
use crate::scalar::Float;

/// A network declared with [`network!`](crate::network!).
///
/// Its gradient and an optimizer's moments are values of the same type. Code that works for any
/// network, such as an optimizer, asks for this trait; code that uses one network calls the methods
/// that `network!` gives it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    note = "declare one with `network! {{ struct Net< 10 => relu 32 => 2 >; }}`"
)]
pub trait Network: Layer<Self::Scalar> {
    /// The type of all values.
    type Scalar: Float;
    /// The name it was declared with.
    const NAME: &'static str;
    /// Its stages, in order.
    const STAGES: &'static [Stage];
    /// Every representation of a batch: the struct that `network!` declares beside it.
    type ActivationsOf<B: Batch>: Activations<Network = Self, Batch = B>;

    /// All parameters, one after the other.
    fn state(&self) -> &[Self::Scalar] {
        values(self)
    }

    /// All parameters, to be changed.
    fn state_mut(&mut self) -> &mut [Self::Scalar] {
        values_mut(self)
    }

    /// Sets all values to zero, as a gradient is before the next batch adds to it.
    fn fill_zero(&mut self) {
        self.state_mut().fill(Self::Scalar::ZERO);
    }

    /// Moves all values the share `t` of the way to those of `other`, `self + t (other - self)`: the soft update of a target
    /// network, or a moving average of weights. Allocates nothing.
    ///
    /// Running statistics move too, as in `torch.optim.swa_utils.AveragedModel(use_buffers=True)`: weights beside the
    /// statistics of other weights would compute what no network has learned. What becomes smaller in size than
    /// [`Float::SMALLEST_KEPT`] is zero.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Critic< 3 => relu 8 => 1 >; }
    ///
    /// let critic = Critic::new(&mut StdRng::seed_from_u64(7));
    /// let mut target = critic.clone();
    /// target.fill_zero();
    /// target.lerp_from(&critic, 0.25);
    /// assert_eq!(target.stage1.weight, 0.25 * critic.stage1.weight);
    /// target.lerp_from(&critic, 1.0);
    /// assert_eq!(target, critic);
    /// ```
    ///
    /// # Panics
    /// If `t` is not in `[0, 1]`.
    #[track_caller]
    fn lerp_from(&mut self, other: &Self, t: f64) {
        assert!((0.0..=1.0).contains(&t), "a network moves by a share in [0, 1], not {t}");
        elementwise::lerp(t, other.state(), self.state_mut());
    }

    /// Adds all values of `other`, running statistics too: the gradients of two batches, say. Allocates nothing.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Net< 2 => 1 >; }
    ///
    /// let (mut sum, mut other) = (Net::zeros(), Net::zeros());
    /// sum.state_mut().fill(3.0);
    /// other.stage1.bias.fill(1.0);
    /// sum.add(&other);
    /// assert_eq!(sum.state(), [3.0, 3.0, 4.0]);
    /// sum.scale(0.5);
    /// assert_eq!(sum.state(), [1.5, 1.5, 2.0]);
    /// assert_eq!(sum.norm(), 8.5_f64.sqrt());
    /// ```
    fn add(&mut self, other: &Self) {
        elementwise::add_all(other.state(), self.state_mut());
    }

    /// Multiplies all values with a factor, running statistics too. Allocates nothing.
    fn scale(&mut self, factor: f64) {
        elementwise::scale(Self::Scalar::from_f64(factor), self.state_mut());
    }

    /// The Euclidean norm of all values, running statistics too (those of a gradient are zero): the root of the sum of their
    /// squares, which is added up in `f64`.
    fn norm(&self) -> f64 {
        Float::sqrt(elementwise::sum_of_squares(self.state()))
    }
}

/// A network that runs on samples held as `X`, for code that keeps the representations of any network.
///
/// Each network has it for all [`Samples`](crate::Samples) of its input's width.
pub trait Takes<X: ?Sized>: Network {
    /// What it makes of them, stage by stage.
    type Activations: Activations<Network = Self>;

    /// Every representation of the samples, in evaluation.
    ///
    /// # Panics
    /// If a token is none of the vocabulary.
    #[track_caller]
    fn represent(&self, x: &X) -> Box<Self::Activations>;

    /// Puts the samples where a pass starts from, into what is held, or into what is made where nothing is.
    ///
    /// # Panics
    /// If a token is none of the vocabulary.
    #[track_caller]
    fn put<'a>(x: &X, held: &'a mut Option<Box<Self::Activations>>) -> &'a mut Self::Activations;
}

/// Samples that the network `N` runs on: `N` [takes](Takes) them.
///
/// It is the same said of the samples, so that rustc shows these where they do not fit.
#[diagnostic::on_unimplemented(
    message = "`{N}` cannot run on `{Self}`",
    label = "not what `{N}` takes",
    note = "give what its `forward` takes: samples as wide as its input"
)]
pub trait TakenBy<N: Network> {
    /// As [`Takes::Activations`].
    type Activations: Activations<Network = N>;

    /// As [`Takes::represent`].
    ///
    /// # Panics
    /// If a token is none of the vocabulary.
    #[track_caller]
    fn represented_by(&self, network: &N) -> Box<Self::Activations>;

    /// As [`Takes::put`].
    ///
    /// # Panics
    /// If a token is none of the vocabulary.
    #[track_caller]
    fn put_into<'a>(
        &self,
        held: &'a mut Option<Box<Self::Activations>>,
    ) -> &'a mut Self::Activations;
}

impl<N: Takes<X>, X: ?Sized> TakenBy<N> for X {
    type Activations = N::Activations;

    #[track_caller]
    fn represented_by(&self, network: &N) -> Box<N::Activations> {
        network.represent(self)
    }

    #[track_caller]
    fn put_into<'a>(&self, held: &'a mut Option<Box<N::Activations>>) -> &'a mut N::Activations {
        N::put(self, held)
    }
}
