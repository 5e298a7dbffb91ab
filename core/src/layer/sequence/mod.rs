//! Layers of sequences `[length, features]` and of tokens.

mod embedding;
mod masked;
mod max_over_time;
mod mean_over_time;
mod numbered;
mod take_last;
mod tied;
mod time_distributed;

pub use embedding::Embedding;
pub use max_over_time::MaxOverTime;
pub use mean_over_time::MeanOverTime;
pub use numbered::{Numbered, PaddingMask};
pub use take_last::TakeLast;
pub use tied::Tied;
pub use time_distributed::TimeDistributed;

use crate::shape::Shape;

/// Fails to compile where `O` is not the features of a sequence `S`.
const fn gives_features<S: Shape, O: Shape>() {
    assert!(
        S::DIMS.len() == 2 && O::DIMS.len() == 1 && S::DIMS[1] == O::DIMS[0],
        "of a sequence [length, features] comes a vector of the features"
    );
}
