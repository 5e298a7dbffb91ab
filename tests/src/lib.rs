//! What the tests share.

pub mod allocations;
pub mod fixture;
pub mod gradient;
pub mod random;
