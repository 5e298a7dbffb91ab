//! How many instructions small networks take, held to what `tests/instructions.txt` says.
//!
//!     cargo bench -p static-net-tests --bench instructions
//!
//! counts each workload below under valgrind's callgrind, and fails where one takes more than 3 % more than the file has.
//! `INSTRUCTIONS=overwrite` in front of it writes the file anew, which belongs to a change that is meant. Counts do not
//! depend on what else runs, but on the compiler, which `rust-toolchain.toml` names, and on the instruction set that the
//! library picks: valgrind 3.19 knows none beyond AVX2, so that AVX2 is what is counted on each machine that has it.
//!
//! A count is the difference of runs with more and with fewer passes, by the passes: what happens once is not in it.

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

use static_net::prelude::*;

const FEW: u64 = 200;
const MANY: u64 = 600;
/// By how much a count may grow.
const TOLERANCE: f64 = 0.03;

network! {
    struct Forward10< 10 => relu 32 => relu 16 => 2 >;
    struct Forward64< 64 => relu 64 => relu 64 => 4 >;
    struct Training< 64 => relu 64 => relu 64 => 10 >;
}

macro_rules! recurrent {
    ($($name:ident: $layer:ident $hidden:literal;)*) => {$(
        mod $name {
            use static_net::prelude::*;
            network! { pub struct Net< [64, 1] => $layer($hidden) => 1 >; }
        }
    )*};
}

recurrent! {
    lstm_8: lstm 8;
    lstm_16: lstm 16;
    lstm_20: lstm 20;
    lstm_40: lstm 40;
    lstm_64: lstm 64;
    gru_8: gru 8;
    gru_16: gru 16;
    gru_24: gru 24;
    gru_64: gru 64;
}

macro_rules! convolutions {
    ($($name:ident: $channels:literal;)*) => {$(
        mod $name {
            use static_net::prelude::*;
            network! {
                pub struct Net<
                    [1, 64]
                    => tanh conv($channels, 3, padding: causal)
                    => tanh conv($channels, 3, padding: causal, dilation: 2)
                    => tanh conv($channels, 3, padding: causal, dilation: 4)
                    => tanh conv($channels, 3, padding: causal, dilation: 8)
                    => conv(1, 1)
                >;
            }
        }
    )*};
}

convolutions! {
    convs_8: 8;
    convs_16: 16;
}

/// Names of workloads, and what each does so many times.
macro_rules! workloads {
    ($($name:literal => $run:expr;)*) => {
        const NAMES: &[&str] = &[$($name),*];

        fn run(workload: &str, passes: u64) {
            match workload {
                $($name => $run(passes),)*
                _ => panic!("there is no workload `{workload}`"),
            }
        }
    };
}

/// Steps of a stream of one number.
macro_rules! steps {
    ($net:ident) => {
        |passes| {
            let net = $net::Net::new(&mut StdRng::seed_from_u64(1));
            let mut stream = net.stream();
            for step in 0..passes {
                black_box(stream.push(black_box(&[(step % 16) as f32 * 0.1 - 0.8])));
            }
        }
    };
}

workloads! {
    "forward 10-32-16-2" => |passes| {
        let net = Forward10::new(&mut StdRng::seed_from_u64(1));
        let x = SVector::<f32, 10>::from_fn(|i, _| i as f32 * 0.1 - 0.5);
        for _ in 0..passes {
            black_box(net.forward(black_box(&x)));
        }
    };
    "forward 64-64-64-4" => |passes| {
        let net = Forward64::new(&mut StdRng::seed_from_u64(1));
        let x = SVector::<f32, 64>::from_fn(|i, _| i as f32 * 0.02 - 0.5);
        for _ in 0..passes {
            black_box(net.forward(black_box(&x)));
        }
    };
    "training 64-64-64-10, batch 32" => train;
    "step lstm 8" => steps!(lstm_8);
    "step lstm 16" => steps!(lstm_16);
    "step lstm 20" => steps!(lstm_20);
    "step lstm 40" => steps!(lstm_40);
    "step lstm 64" => steps!(lstm_64);
    "step gru 8" => steps!(gru_8);
    "step gru 16" => steps!(gru_16);
    "step gru 24" => steps!(gru_24);
    "step gru 64" => steps!(gru_64);
    "step 4 causal convs of 8 channels" => steps!(convs_8);
    "step 4 causal convs of 16 channels" => steps!(convs_16);
}

/// A forward pass, the loss, the way back and a step of Adam.
fn train(passes: u64) {
    let mut net = Training::new(&mut StdRng::seed_from_u64(1));
    let (mut gradient, mut adam) = (Training::zeros(), Adam::new(&net));
    let x = SMatrix::<f32, 64, 32>::from_fn(|i, j| ((i * 32 + j) as f32 * 0.7).sin());
    let targets: [usize; 32] = std::array::from_fn(|sample| sample % 10);
    let mut activations = net.activations(&x);
    for _ in 0..passes {
        net.activations_into(black_box(&x), &mut activations);
        let (_, d_output) = CrossEntropy.loss(&activations.output, &targets);
        gradient.fill_zero();
        net.backward(&activations, &d_output, &mut gradient);
        adam.step(&mut net, &gradient);
    }
    black_box(&net);
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    match &arguments[..] {
        [] => compare(),
        [workload, passes] => {
            run(workload, passes.parse().expect("a number of passes"));
            println!("{}", static_net::simd::instruction_set_name());
            ExitCode::SUCCESS
        }
        _ => panic!("takes nothing, or a workload and how many passes of it"),
    }
}

/// Counts all workloads, and compares them with the file or writes it.
fn compare() -> ExitCode {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("instructions are NOT counted: there is no valgrind (apt-get install valgrind)");
        return ExitCode::SUCCESS;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    let file = std::fs::read_to_string(&path).unwrap_or_default();
    let Some((_, set)) = count(NAMES[0], FEW) else { return ExitCode::SUCCESS };
    let is_overwriting = std::env::var("INSTRUCTIONS").is_ok_and(|value| value == "overwrite");
    let first = format!("instructions of a pass, {set}");
    if !is_overwriting && file.lines().next() != Some(&first) {
        let known = file.lines().next().unwrap_or("nothing");
        eprintln!("instructions are NOT compared: the file has `{known}`, here are `{first}`");
        return ExitCode::SUCCESS;
    }
    let mut counted = format!("{first}\n");
    let mut has_grown = false;
    for &workload in NAMES {
        let passes = MANY - FEW;
        let known = file.lines().find_map(|line| line.strip_suffix(workload)?.trim().parse().ok());
        let counts = count(workload, MANY).zip(count(workload, FEW));
        let counts = counts.map(|((many, _), (few, _))| (many - few + passes / 2) / passes);
        if let Some(kept) = counts.or(known) {
            writeln!(counted, "{kept:>8}  {workload}").expect("a string takes it");
        }
        let Some(found) = counts else { continue };
        let growth = known.map_or(f64::INFINITY, |known: u64| found as f64 / known as f64 - 1.0);
        let grew = !is_overwriting && growth > TOLERANCE;
        has_grown |= grew;
        let known = known.map_or(String::from("-"), |known| known.to_string());
        let mark = if grew { "  GROWN" } else { "" };
        println!("{workload:<36} {known:>8} -> {found:>8}  {:>+6.1} %{mark}", 100.0 * growth);
    }
    if is_overwriting {
        std::fs::write(&path, counted).expect("the file can be written");
    } else if has_grown {
        eprintln!(
            "more than {} % more instructions than tests/instructions.txt has; if that is meant, \
             `INSTRUCTIONS=overwrite cargo bench -p static-net-tests --bench instructions` writes it anew",
            100.0 * TOLERANCE
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The instructions of so many passes and all that is done once, and the instruction set that ran. Nothing where they hold one
/// that valgrind does not know, which it says.
fn count(workload: &str, passes: u64) -> Option<(u64, String)> {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([workload, &passes.to_string()])
        .output()
        .expect("valgrind runs");
    let (said, told) =
        (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.parse().ok());
    match collected {
        Some(count) if output.status.success() => Some((count, told.trim().to_string())),
        _ if said.contains("Unrecognised instruction") => {
            eprintln!(
                "`{workload}` is NOT counted: valgrind does not know one of its instructions"
            );
            None
        }
        _ => panic!("valgrind does not count `{workload}`:\n{said}"),
    }
}
