//! Random networks: made from a seed, built by the compiler, run beside a reference, and broken in one token.
//!
//! [`declaration`] makes and writes networks. The build script writes those of the seed into one source file;
//! `tests/random_networks.rs` compiles it, runs each network as a [`subject`] and compares it with the
//! [`reference`](mod@reference). `tests/random_faults.rs` breaks declarations with [`faults`] and reads in the compiler's
//! diagnostics, through a [`project`], where it puts its caret.
//!
//! `STATIC_NET_SEED=7 cargo test -p static-net-tests --test random_networks` explores another seed.

pub mod declaration;
pub mod faults;
pub mod layers;
pub mod project;
pub mod reference;
pub mod subject;

use declaration::generate::groups;
use declaration::{Group, NETWORKS};

/// All networks of the seed that this crate was built with.
pub fn networks() -> (u64, Vec<Group>) {
    let seed = env!("STATIC_NET_SEED").parse().expect("the build script gives a number");
    (seed, groups(seed, NETWORKS))
}
