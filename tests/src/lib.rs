//! What the tests share.

pub mod allocations;
pub mod gradient;
pub mod random;
