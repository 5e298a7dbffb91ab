//! The stage of a stream that a layer is.

use super::Streaming;
use super::memory::StepStage;
use super::time::{TimeAxis, step_len};
use crate::scalar::Float;

impl StepStage {
    /// The stage that a layer of the network `N` is.
    pub const fn at<T: Float, N, L: Streaming<T, Time>, Time: TimeAxis>(_: fn(&N) -> &L) -> Self {
        StepStage { memory: L::MEMORY, len: step_len::<L::Output, L::Behind>() }
    }
}
