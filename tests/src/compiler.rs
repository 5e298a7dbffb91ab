//! rustc, called again for programs that use the library as cargo built it for this crate: nothing is built twice.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;
use static_net_rustc_arguments::rustc_arguments;

/// How rustc was called for this crate.
const ARGUMENTS: &[&str] = rustc_arguments!();

/// What rustc is to make of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// A program: what is wrong with functions that it uses shows, too.
    Program,
    /// A library, of which nothing is compiled.
    Metadata,
}

/// Where cargo calls rustc, and where the library's files are found that rustc quotes.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is one folder up")
}

/// What rustc says of a file of the workspace, as it writes it for programs: each diagnostic once.
///
/// # Panics
/// If rustc does not run, or says something else.
pub fn diagnostics(file: &str, make: Make, output: &Path) -> Vec<Value> {
    let (program, arguments) = ARGUMENTS.split_first().expect("rustc's path");
    let kind = match make {
        Make::Program => ["bin", "obj"],
        Make::Metadata => ["lib", "metadata"],
    };
    let mut rustc = Command::new(program);
    rustc.current_dir(workspace()).arg(file).arg("-o").arg(output);
    rustc.args(["--edition=2024", "--error-format=json", "--diagnostic-width=140", "--verbose"]);
    rustc.args(["--crate-type", kind[0], "--emit", kind[1], "-A", "dead_code"]);
    for pair in arguments.windows(2) {
        let is_library = pair[0] == "--extern" && pair[1].starts_with("static_net=");
        if is_library || pair[0] == "-L" {
            // This crate is compiled against metadata; the whole library lies beside it.
            rustc.arg(pair[0]).arg(pair[1].replace(".rmeta", ".rlib"));
        }
    }
    let said = rustc.output().expect("rustc runs").stderr;
    let said = String::from_utf8(said).expect("rustc writes UTF-8");
    let mut lines: Vec<&str> = Vec::new();
    for line in said.lines() {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
    lines.into_iter().map(read).collect()
}

/// What a function gives for each of many things, on all cores.
///
/// # Panics
/// If the function panics.
pub fn side_by_side<T: Sync, R: Send>(things: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(index) else { return done };
            done.push((index, run(thing)));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("it runs")).collect()
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}
