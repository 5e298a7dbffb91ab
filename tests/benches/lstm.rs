//! An LSTM on one thread, a step of a stream and training, beside PyTorch in turns where it is installed (`pip
//! install torch`).
//!
//!     cargo bench -p static-net-tests --bench lstm
//!
//! `PYTHON=path` names another interpreter than `python3`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use static_net::layer::{Lstm, RecurrentCell};
use static_net::prelude::*;
use static_net::simd::{InstructionSet, Kernel, dispatch};
use static_net_tests::peer::Turns;

const BATCH: usize = 16;
const TURNS: usize = 7;
const MOMENT: Duration = Duration::from_millis(1000);

network! {
    struct Net< [32, 64] => memory: lstm(64, last: true) => 10 >;
}

type Cell = RecurrentCell<f32, Lstm, 64, 64, 256, 256>;

fn main() {
    let mut subject = Subject::new();
    for _ in 0..20 {
        subject.train();
    }
    let turns = Turns::take("lstm.py", TURNS, || {
        [1e9 / rate(100, || subject.step()), BATCH as f64 * rate(1, || subject.train())]
    });
    let set = static_net::simd::instruction_set_name();
    println!("LSTM, 64 features, 64 hidden units, one thread, {set}; medians of {TURNS} turns");
    let ratios = turns.report(|name, [step, training]| {
        println!(
            "{:<18} {step:>8.0} ns for a step of a stream, {training:>8.0} sequences of 32 steps a second in training",
            format!("{name}:")
        );
    });
    if let Some([step, training]) = ratios {
        // Less time is faster.
        println!("ratios: {:.2} and {training:.2} (medians of the turns' ratios)", 1.0 / step);
    }
}

/// Runs per second in the best of many short times: other programs only ever make them longer.
fn rate(calls: usize, mut run: impl FnMut()) -> f64 {
    let (start, mut best) = (Instant::now(), 0.0f64);
    while start.elapsed() < MOMENT {
        let start = Instant::now();
        for _ in 0..calls {
            run();
        }
        best = best.max(calls as f64 / start.elapsed().as_secs_f64());
    }
    best
}

struct Subject {
    net: Aligned<Net>,
    gradient: Aligned<Net>,
    sgd: Sgd<Net>,
    sequences: OMatrix<f32, Const<2048>, Dyn>,
    classes: Vec<usize>,
    activations: Box<NetActivations<Dyn>>,
    workspace: Workspace<f32>,
    d_output: OMatrix<f32, Const<10>, Dyn>,
    state: [f32; Cell::STATE],
    scratch: [f32; Cell::STEP_SCRATCH],
}

impl Subject {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let net = Net::new(&mut rng);
        let sequences =
            OMatrix::<f32, Const<2048>, Dyn>::from_fn(BATCH, |_, _| rng.random::<f32>());
        let activations = net.activations(&sequences);
        Subject {
            gradient: Net::zeros(),
            sgd: Sgd::new(&net).learning_rate(0.01).momentum(0.9),
            classes: (0..BATCH).map(|sample| sample % 10).collect(),
            workspace: Workspace::new(),
            d_output: activations.output.clone(),
            net,
            sequences,
            activations,
            state: [0.0; Cell::STATE],
            scratch: [0.0; Cell::STEP_SCRATCH],
        }
    }

    fn train(&mut self) {
        self.gradient.fill_zero();
        self.net.activations_into(&self.sequences, &mut self.activations);
        CrossEntropy.loss_into(&self.activations.output, &self.classes[..], &mut self.d_output);
        self.net.backward_into(
            &self.activations,
            &self.d_output,
            &mut self.gradient,
            &mut self.workspace,
        );
        self.sgd.step(&mut self.net, &self.gradient);
    }

    fn step(&mut self) {
        let input = self.sequences.as_slice()[..64].try_into().expect("features of a step");
        dispatch(Step {
            cell: black_box(&self.net.memory),
            input: black_box(input),
            state: &mut self.state,
            scratch: &mut self.scratch,
        });
    }
}

struct Step<'a> {
    cell: &'a Cell,
    input: &'a [f32; 64],
    state: &'a mut [f32],
    scratch: &'a mut [f32],
}

impl Kernel for Step<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.cell.step(instructions, self.input, self.state, self.scratch);
    }
}
