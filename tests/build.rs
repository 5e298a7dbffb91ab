//! Writes the random networks of a seed, which `tests/random_networks.rs` compiles, and the neighbours of the
//! compile-fail cases as one program, which is `tests/neighbours.rs`.

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
    let target = env::var("TARGET").expect("cargo names the machine");
    println!("cargo::rustc-env=TARGET={target}");
    let text = source(&groups(seed, NETWORKS), &mut Rng::new(seed));
    let folder = env::var_os("OUT_DIR").expect("cargo names a folder for what is written here");
    let path = Path::new(&folder).join("random_networks.rs");
    fs::write(path, text).expect("cargo's folder can be written to");

    println!("cargo::rerun-if-changed=compile_pass");
    let path = Path::new(&folder).join("neighbours.rs");
    fs::write(path, neighbours()).expect("cargo's folder can be written to");
}

/// A module for each program of `compile_pass` that has a failing counterpart, and a list of their `main`s.
fn neighbours() -> String {
    let files = fs::read_dir("compile_pass").expect("the folder of passing cases");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let (mut modules, mut list) = (String::new(), String::new());
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let program = fs::read_to_string(&path).expect("a program");
        let lines = program.lines().filter(|line| !line.starts_with("//!"));
        let body: Vec<&str> = lines.collect();
        let body = body.join("\n");
        modules.push_str(&format!("mod {name} {{\n{body}\npub fn run() {{ main() }}\n}}\n"));
        list.push_str(&format!("(\"{name}\", {name}::run), "));
    }
    format!("{modules}pub const ALL: &[(&str, fn())] = &[{list}];\n")
}
