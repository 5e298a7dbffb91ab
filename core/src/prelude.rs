//! What most programs need: `use static_net::prelude::*;`

pub use nalgebra::{Const, Dyn, OMatrix, SMatrix, SVector};
#[cfg(feature = "std")]
pub use rand::rngs::StdRng;
pub use rand::{Rng, RngExt, SeedableRng};

pub use crate::{Aligned, Network as _, Parameters, Workspace, network};
