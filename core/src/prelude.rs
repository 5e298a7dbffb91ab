//! What most programs need: `use static_net::prelude::*;`

pub use nalgebra::{Const, Dyn, OMatrix, SMatrix, SVector};
#[cfg(feature = "std")]
pub use rand::rngs::{ChaCha12Rng, StdRng};
pub use rand::{Rng, RngExt, SeedableRng};

pub use crate::loss::{
    BinaryCrossEntropy, CrossEntropy, Huber, InfoNce, JointLoss, Loss, LossError,
    MeanAbsoluteError, MeanSquaredError,
};
pub use crate::optimizer::{
    Adam, AdamW, Constant, Cosine, Lion, Optimizer, RmsProp, Schedule, Sgd, StepDecay, clip_norm,
    clip_value,
};
pub use crate::{
    Aligned, Network as _, Parameters, Stream, StreamState, Training, Workspace, network,
};
