//! Layers of sequences `[length, features]` and of tokens.

mod embedding;
mod tied;
mod time_distributed;

pub use embedding::Embedding;
pub use tied::Tied;
pub use time_distributed::TimeDistributed;
