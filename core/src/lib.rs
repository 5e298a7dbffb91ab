//! Neural networks whose every shape is known to the compiler.
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! {
//!     /// Learns two hidden representations of a 10-dimensional input.
//!     pub struct Net< 10 => relu 32 => latent: relu 16 => 2 >;
//! }
//!
//! let mut rng = StdRng::seed_from_u64(7);
//! let net = Net::new(&mut rng);
//! let x = SVector::<f32, 10>::from_element(0.5);
//! let y: SVector<f32, 2> = net.forward(&x);
//! let activations = net.activations(&x);
//! assert_eq!(activations.latent.len(), 16);
//! assert!((activations.output - y).norm() < 1e-6);
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]

extern crate alloc;

pub mod kernel;
pub mod scalar;
pub mod simd;
