//! Neural networks whose every shape is known to the compiler.
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]

extern crate alloc;

pub mod kernel;
pub mod scalar;
pub mod simd;
