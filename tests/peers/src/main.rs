//! static-net beside other libraries: the same networks, in one run, in turns.
//!
//!     cargo run --release --manifest-path tests/peers/Cargo.toml
//!
//! Each library is a process that measures one workload when it is told to, on so many threads, so that all of them see the
//! same machine. Those written in Rust are built with this program; PyTorch and onnxruntime are measured where `python3`, or
//! the interpreter that `PYTHON` names, has them (`pip install torch onnxruntime onnx`).
//!
//! Prints a table of medians, and writes it with a bar chart to `tests/peers/results`.

mod chart;
mod measure;
mod ours;
mod process;
mod report;
mod rust_peers;
mod serve;
mod workload;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use process::Process;
use report::{Report, Row};
use workload::WORKLOADS;

#[derive(Parser)]
#[command(about = "Measures static-net beside other libraries, in turns")]
struct Options {
    /// Only workloads whose names contain this text.
    #[arg(default_value = "")]
    filter: String,
    /// How often each library takes its turn.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long a turn is.
    #[arg(long, default_value_t = 0.3)]
    seconds: f64,
    /// Where table and chart are written.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/results"))]
    output: PathBuf,
    /// Measures one library as lines of standard input ask for it.
    #[arg(long, hide = true)]
    serve: Option<String>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if let Some(library) = &options.serve {
        return serve::serve(library);
    }
    let mut rows = Vec::new();
    for threads in [1, 2] {
        let mut peers = Process::start_all(threads)?;
        for workload in WORKLOADS.iter().filter(|workload| workload.id.contains(&options.filter)) {
            if threads > 1 && !workload.is_large {
                continue;
            }
            let mut times = vec![Vec::new(); peers.len()];
            for _ in 0..options.rounds {
                for (peer, times) in peers.iter_mut().zip(&mut times) {
                    times.extend(peer.measure(workload.id, options.seconds)?);
                }
            }
            let named = peers.iter().map(|peer| peer.name.clone()).zip(times);
            let row = Row::new(workload, threads, named);
            println!("{row}");
            rows.push(row);
        }
    }
    Report::new(rows, options.rounds).write(&options.output)
}
