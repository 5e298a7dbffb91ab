//! Writes the random networks of a seed, which `tests/random_networks.rs` compiles.

#[path = "src/random/declaration/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod declaration;

use std::path::Path;
use std::{env, fs};

use declaration::NETWORKS;
use declaration::generate::groups;
use declaration::page::source;
use declaration::rng::Rng;

/// The seed of all ordinary runs.
const SEED: u64 = 7;

fn main() {
    println!("cargo::rerun-if-env-changed=STATIC_NET_SEED");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/random/declaration");
    let seed = match env::var("STATIC_NET_SEED") {
        Ok(seed) => seed.parse().expect("STATIC_NET_SEED is a number"),
        Err(_) => SEED,
    };
    println!("cargo::rustc-env=STATIC_NET_SEED={seed}");
    let text = source(&groups(seed, NETWORKS), &mut Rng::new(seed));
    let folder = env::var_os("OUT_DIR").expect("cargo names a folder for what is written here");
    let path = Path::new(&folder).join("random_networks.rs");
    fs::write(path, text).expect("cargo's folder can be written to");
}
