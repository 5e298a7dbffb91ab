//! static-net beside other libraries: the same networks, in one run, in turns.
//!
//!     cargo run --release --manifest-path tests/peers/Cargo.toml
//!
//! Each library is a process that measures one workload when it is told to, on so many threads, so that all of them see the
//! same machine. Those written in Rust are built with this program; PyTorch and onnxruntime are measured where `python3`, or
//! the interpreter that `PYTHON` names, has them (`pip install torch onnxruntime onnx`). Those of C++ are compiled with programs
//! of `cpp`, by `c++` or the compiler that `CXX` names, where a variable names the folder of their source:
//!
//! | variable | source |
//! | --- | --- |
//! | `RTNEURAL` | RTNeural; `XSIMD` names that of xsimd, if it is not in `modules/xsimd` |
//! | `NAM_CORE` | the core of Neural Amp Modeler; `EIGEN` names that of Eigen, if it is not in `/usr/include/eigen3` |
//!
//! They take our weights, and are refused if they do not give our outputs, to 1e-3. The other libraries compute networks of the
//! same shapes with weights of their own. RLtools is not among them: it publishes what it takes for the last row, 205 of these
//! steps in a second on an i9.
//!
//! Prints a table of medians, and writes it with a bar chart to `tests/peers/results`.

mod chart;
mod cpp;
mod measure;
mod ours;
mod process;
mod reference;
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
    let programs = cpp::programs()?;
    let references = std::env::temp_dir().join("static-net-peers");
    std::fs::create_dir_all(&references)?;
    for reference in ours::references() {
        reference.write(&references)?;
    }
    let mut rows = Vec::new();
    for threads in [1, 2] {
        let mut peers = Process::start_all(threads, &programs, &references)?;
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
