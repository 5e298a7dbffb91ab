//! The rules of the `network!` language of [static-net](https://docs.rs/static-net): its words with their
//! arguments and defaults, the shape rule of each layer, and the text of each message. Use it through that crate.
//!
//! Each rule stands once, as a const function. The macro calls it where all sizes are numbers; where one is a const
//! it emits the call, and rustc computes it. So both give the same sentence and the same `help:` line.
//!
//! [`infer`] is the way in: from a [`Site`], a layer where it stands, to its [`Facts`] or a [`Fault`].
#![no_std]
#![expect(clippy::result_large_err, reason = "nothing can be boxed while compiling")]

extern crate alloc;

mod call;
mod dims;
mod distance;
mod facts;
mod fault;
mod layer;
mod message;
pub mod named;
mod outline;
mod sentence;
pub mod single;
mod site;
pub mod size;
pub mod stage;
mod text;
mod window;
pub mod words;

pub use call::{Call, Given, Value};
pub use dims::{Dims, spread};
pub use distance::distance;
pub use facts::Facts;
pub use fault::{Change, Fault, MOST_CHANGES, Mend};
pub use layer::{MOST_BYTES, infer, unknown};
pub use outline::Outline;
pub use sentence::{MOST_PIECES, Piece, Sentence};
pub use site::{Part, Site};
pub use text::Text;
pub use window::{Fill, Window};
pub use words::{Layer, Rule, Source};
