//! Attention over the positions of a sequence, and layers that tell it where a position is.

mod position;
mod projection;
mod run;
mod self_attention;
mod sinusoidal;
mod step;
mod tape;

pub use position::Position;
pub use projection::Projection;
pub use self_attention::Attention;
pub use sinusoidal::Sinusoidal;
