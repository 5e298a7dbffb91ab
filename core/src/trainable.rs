//! What an optimizer steps.

use nalgebra::SMatrix;

use crate::network::Network;
use crate::parameters::{Parameters, values, values_mut};
use crate::scalar::Float;

/// What an optimizer can step: every network, and lone parameters, which are a number, an
/// [`SVector`](nalgebra::SVector) or an [`SMatrix`]. Its gradient is a value of the same type.
///
/// ```
/// use static_net::prelude::*;
///
/// // The temperature of soft actor-critic, whose logarithm is learned.
/// let mut log_alpha = 0.0_f32;
/// let mut adam = Adam::new(&log_alpha).learning_rate(3e-4);
/// let gradient = -1.0;
/// adam.step(&mut log_alpha, &gradient);
/// assert!((log_alpha - 3e-4).abs() < 1e-9);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    note = "declare one with `network! {{ struct Net< 10 => relu 32 => 2 >; }}`"
)]
pub trait Trainable: Parameters<Self::Scalar> {
    /// The type of all values.
    type Scalar: Float;

    /// What it is called where an optimizer is printed or a file does not fit: a network's name, or a type.
    fn name() -> &'static str;

    /// All values, one after the other.
    fn values(&self) -> &[Self::Scalar] {
        values(self)
    }

    /// All values, to be changed.
    fn values_mut(&mut self) -> &mut [Self::Scalar] {
        values_mut(self)
    }
}

impl<N: Network> Trainable for N {
    type Scalar = <N as Network>::Scalar;

    fn name() -> &'static str {
        N::NAME
    }
}

impl<T: Float, const R: usize, const C: usize> Trainable for SMatrix<T, R, C> {
    type Scalar = T;

    fn name() -> &'static str {
        if C == 1 { "SVector" } else { "SMatrix" }
    }
}

impl Trainable for f32 {
    type Scalar = f32;

    fn name() -> &'static str {
        f32::NAME
    }
}

impl Trainable for f64 {
    type Scalar = f64;

    fn name() -> &'static str {
        f64::NAME
    }
}
