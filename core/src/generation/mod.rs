//! Making sequences with a network that scores what comes next: which of the scored tokens is taken.
//!
//! ```
//! use static_net::generation::Sampler;
//! use static_net::prelude::*;
//!
//! network! { struct Next< 4 => relu 8 => 4 >; }
//!
//! // Each token is followed by one drawn from what the network says about it.
//! let mut rng = StdRng::seed_from_u64(7);
//! let net = Next::new(&mut rng);
//! let mut sampler = Sampler::new(4).temperature(0.8).top_k(3);
//! let mut tokens = vec![0];
//! for _ in 0..10 {
//!     let mut last = [0.0; 4];
//!     last[tokens[tokens.len() - 1]] = 1.0;
//!     let logits = net.forward(&last);
//!     tokens.push(sampler.sample(logits.as_slice(), &mut rng));
//! }
//! assert!(tokens.iter().all(|&token| token < 4));
//! ```

mod sampling;

pub use sampling::{Sampler, SamplingError};
