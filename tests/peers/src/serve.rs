//! One of the libraries that are built with this program, measured as standard input asks.

use std::collections::HashMap;
use std::io::{BufRead, stdin};

use anyhow::{Context, Result};

use crate::{measure, ours, rust_peers};

/// One run of a workload.
pub type Run = Box<dyn FnMut()>;

pub struct Library {
    pub name: &'static str,
    /// How the workload of this name runs, if the library has it.
    run: fn(&str) -> Option<Run>,
}

/// Ours in front.
pub const LIBRARIES: &[Library] = &[
    Library { name: "static-net", run: ours::run },
    Library { name: "candle 0.10", run: rust_peers::candle::run },
    Library { name: "dfdx 0.13", run: rust_peers::dfdx::run },
    Library { name: "gemm 0.19, products alone", run: rust_peers::products::by_gemm },
    Library { name: "faer 0.24, products alone", run: rust_peers::products::by_faer },
];

/// Answers each line until there are no more.
pub fn serve(name: &str) -> Result<()> {
    let library = LIBRARIES.iter().find(|library| library.name == name);
    let library = library.with_context(|| format!("no library is called {name}"))?;
    println!("ready {name}");
    let mut runs = HashMap::new();
    for line in stdin().lock().lines() {
        let line = line?;
        let (workload, seconds) = line.split_once(' ').context("a workload and seconds")?;
        let run = runs.entry(workload.to_owned()).or_insert_with(|| (library.run)(workload));
        match run {
            Some(run) => println!("{}", measure::nanoseconds(run, seconds.parse()?)),
            None => println!("none"),
        }
    }
    Ok(())
}
