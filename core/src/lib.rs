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
// The derive names this crate as its users do.
extern crate self as static_net;

#[doc(hidden)]
pub mod __private;
mod aligned;
mod buffer;
mod capacity;
mod check;
mod parameters;
mod part;
mod stage;
#[cfg(feature = "threads")]
mod threads;
mod trainable;

pub mod activation;
pub mod batch;
pub mod element;
#[cfg(feature = "safetensors")]
pub mod file;
pub mod generation;
pub mod initialize;
mod interface;
mod kernel;
pub mod layer;
pub mod loss;
pub mod network;
pub mod optimizer;
pub mod prelude;
#[cfg(feature = "representation")]
pub mod representation;
pub mod samples;
pub mod scalar;
pub mod shape;
pub mod simd;
pub mod stream;
pub mod text;
pub mod training;

pub use nalgebra;
pub use rand;

pub use aligned::{Aligned, Owner};
pub use batch::Batch;
pub use buffer::Buffer;
pub use element::Element;
pub use network::Network;
pub use parameters::{Kind, Parameters, Tensor, Tensors};
pub use samples::Samples;
pub use scalar::Float;
#[doc = include_str!("language.md")]
pub use static_net_macros::network;
pub use stream::{Stream, StreamState};
pub use trainable::Trainable;
pub use training::Training;

/// Working memory that a caller keeps between calls. Starts empty, grows with the first call.
pub type Workspace<T> = Buffer<T>;

/// Without the feature `safetensors` a network has no methods for files; `file` defines them.
#[cfg(not(feature = "safetensors"))]
#[doc(hidden)]
#[macro_export]
macro_rules! file_methods {
    () => {};
}

/// Without the feature `diagram` a network has no methods that draw it; `network::diagram` defines them.
#[cfg(not(feature = "diagram"))]
#[doc(hidden)]
#[macro_export]
macro_rules! diagram_methods {
    () => {};
}
