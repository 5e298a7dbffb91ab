//! Sequences `[length, features]` as one vector of features.

mod mean_over_time;
mod take_last;

pub use mean_over_time::MeanOverTime;
pub use take_last::TakeLast;

use crate::shape::Shape;

/// Fails to compile where `O` is not the features of a sequence `S`.
const fn gives_features<S: Shape, O: Shape>() {
    assert!(
        S::DIMS.len() == 2 && O::DIMS.len() == 1 && S::DIMS[1] == O::DIMS[0],
        "of a sequence [length, features] comes a vector of the features"
    );
}
