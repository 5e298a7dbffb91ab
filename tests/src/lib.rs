//! What the tests share.

pub mod allocations;
pub mod compiler;
pub mod fixture;
pub mod gradient;
pub mod random;
pub mod tokens;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
