//! Attention over the positions of a sequence, and layers that tell it where a position is.

mod cross_attention;
mod passes;
mod position;
mod projection;
mod self_attention;
mod sinusoidal;
mod step;
mod tape;

pub use cross_attention::CrossAttention;
pub use position::Position;
pub use projection::Projection;
pub use self_attention::Attention;
pub use sinusoidal::Sinusoidal;

use crate::scalar::Float;

/// Writes the sum of values and what tells the positions apart.
#[inline(always)]
fn add<T: Float>(values: &[T], positions: &[T], output: &mut [T]) {
    for ((&value, &position), output) in values.iter().zip(positions).zip(output) {
        *output = value + position;
    }
}
