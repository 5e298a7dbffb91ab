//! Making sequences with a network that scores what comes next: which of the scored tokens is taken.
//!
//! ```
//! use static_net::generation::Sampler;
//! use static_net::prelude::*;
//!
//! network! {
//!     struct Next< tokens(16, vocab: 4) => embedding(8) => attention(heads: 2, causal: true) => 4 >;
//! }
//!
//! // Each token is followed by one drawn from what the network says about all so far.
//! let mut rng = StdRng::seed_from_u64(7);
//! let net = Next::new(&mut rng);
//! let mut sampler = Sampler::new(4).temperature(0.8).top_k(3);
//! let mut stream = net.stream();
//! let mut tokens = vec![0];
//! for _ in 0..10 {
//!     let logits = stream.push(&[tokens[tokens.len() - 1]]);
//!     tokens.push(sampler.sample(logits.as_slice(), &mut rng));
//! }
//! assert!(tokens.iter().all(|&token| token < 4));
//! ```

mod sampling;

pub use sampling::{Sampler, SamplingError};
