//! What the tests share.

pub mod random;
