//! Optimizers: how a gradient changes a network; learning rates over time; bounds for gradients.
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Net< 1 => tanh 8 => 1 >; }
//!
//! let mut rng = StdRng::seed_from_u64(7);
//! let mut net = Net::new(&mut rng);
//! let mut training = net.training();
//! let mut adam = Adam::new(&net).learning_rate(0.01);
//! let rates = Cosine::new(0.01, 0.001, 300).warm_up(20);
//!
//! let x = SMatrix::<f32, 1, 16>::from_fn(|_, sample| sample as f32 / 8.0 - 1.0);
//! let targets = x.map(|x| (2.0 * x).sin());
//! let mut last = f32::INFINITY;
//! for step in 0..300 {
//!     training.forward(&net, &x);
//!     last = training.backward(&net, MeanSquaredError, &targets);
//!     clip_norm(training.gradient_mut(), 1.0);
//!     adam.set_learning_rate(rates.at(step));
//!     adam.step(&mut net, training.gradient());
//! }
//! assert!(last < 0.02, "{last}");
//! ```
//!
//! Formulas and defaults are those of `torch.optim`, with one exception: weight decay spares biases and the
//! gains of normalisations, as is the custom ([`Kind`](crate::Kind)). Each optimizer's `decay_all` gives
//! PyTorch's behaviour for a single group of parameters. Moments that have shrunk below
//! [`Float::SMALLEST_KEPT`](crate::Float::SMALLEST_KEPT) are zero.

//!
//! # Groups of parameters
//! Parts of a network are named by closures, which the compiler checks:
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Encoder< 4 => relu 8 => 8 >; struct Net< 4 => encoder: Encoder => hidden: relu 8 => head: 2 >; }
//!
//! let mut net = Net::new(&mut StdRng::seed_from_u64(7));
//! let mut adam = AdamW::new(&net)
//!     .learning_rate(1e-3)
//!     .freeze(|net| &net.encoder)
//!     .learning_rate_factor(|net| &net.head, 10.0)
//!     .weight_decay_of(|net| &net.head.weight, 0.0);
//!
//! let (before, mut gradient) = (net.clone(), Net::zeros());
//! gradient.state_mut().fill(1.0);
//! adam.step(&mut net, &gradient);
//! assert_eq!(net.encoder.stage2.weight, before.encoder.stage2.weight);
//! assert!((net.head.bias[0] - (before.head.bias[0] - 1e-2)).abs() < 1e-6);
//!
//! adam.set_frozen(|net| &net.encoder, false); // and trained from now on
//! adam.step(&mut net, &gradient);
//! assert_ne!(net.encoder.stage2.weight, before.encoder.stage2.weight);
//! ```
//!
//! Each value counts its own steps, so that what was frozen starts as it would alone. A step costs what it costs without
//! groups: it runs over ranges of values, of which neighbours with the same settings are one.

mod adam;
mod clip;
mod group_text;
mod groups;
mod lion;
mod rms_prop;
mod schedule;
mod settings;
mod sgd;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub use adam::{Adam, AdamW};
pub use clip::{clip_norm, clip_value};
pub use lion::Lion;
pub use rms_prop::RmsProp;
pub use schedule::{Constant, Cosine, Schedule, StepDecay, Then, WarmUp};
pub use sgd::Sgd;
pub use state::Resumable;

use crate::trainable::Trainable;

/// What all optimizers can do, for code that trains with any of them.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// fn descend<O: Optimizer>(optimizer: &mut O, net: &mut O::Network, gradient: &O::Network) {
///     optimizer.set_learning_rate(0.5);
///     optimizer.step(net, gradient);
/// }
///
/// let mut net = Net::zeros();
/// let mut gradient = Net::zeros();
/// gradient.state_mut().fill(1.0);
/// descend(&mut Sgd::new(&net), &mut net, &gradient);
/// assert_eq!(net.state(), [-0.5; 3]);
/// ```
#[diagnostic::on_unimplemented(message = "`{Self}` is not an optimizer")]
pub trait Optimizer {
    /// The network, or the [lone parameters](Trainable), that it was made for.
    type Network: Trainable;

    /// Changes the trained parameters against the gradient. Allocates nothing.
    fn step(&mut self, network: &mut Self::Network, gradient: &Self::Network);

    /// The learning rate of the next step.
    fn current_learning_rate(&self) -> f64;

    /// Sets the learning rate of the next steps.
    ///
    /// # Panics
    /// If it is negative or not finite.
    fn set_learning_rate(&mut self, learning_rate: f64);
}
