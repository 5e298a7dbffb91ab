//! What the tests share.

pub mod gradient;
