//! Layers over two values.

mod gaussian;
mod similarity;

pub use gaussian::Gaussian;
pub use similarity::{Cosine, Dot, Similarity};
