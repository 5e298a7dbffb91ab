//! A whole training step of 784-512-256-10 at batch 128: forward, cross entropy, backward, Adam.
//!
//! `cargo bench -p static-net --bench training` prints the time of each part and, in the same run, what
//! share of the machine's measured peak of fused multiply-adds the whole step reaches.

mod peak;

use std::time::Instant;

use divan::{Bencher, black_box};
use static_net::prelude::*;

network! {
    struct Mnist< 784 => relu 512 => relu 256 => 10 >;
}

const BATCH: usize = 128;

struct Training {
    net: Aligned<Mnist>,
    gradient: Aligned<Mnist>,
    adam: Adam<Mnist>,
    x: OMatrix<f32, Const<784>, Dyn>,
    targets: Vec<usize>,
    activations: Box<MnistActivations<Dyn>>,
    d_output: OMatrix<f32, Const<10>, Dyn>,
    workspace: Workspace<f32>,
}

impl Training {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let net = Mnist::new(&mut rng);
        let x = OMatrix::<f32, Const<784>, Dyn>::from_fn(BATCH, |_, _| rng.random::<f32>());
        Training {
            gradient: Mnist::zeros(),
            adam: Adam::new(&net),
            activations: net.activations(&x),
            d_output: OMatrix::<f32, Const<10>, Dyn>::zeros(BATCH),
            targets: (0..BATCH).map(|sample| sample % 10).collect(),
            workspace: Workspace::new(),
            net,
            x,
        }
    }

    fn forward(&mut self) {
        self.net.activations_into(&self.x, &mut self.activations);
    }

    fn backward(&mut self) -> f32 {
        let output = &self.activations.output;
        let loss = CrossEntropy.loss_into(output, &self.targets, &mut self.d_output);
        self.gradient.state_mut().fill(0.0);
        self.net.backward_into(
            &self.activations,
            &self.d_output,
            &mut self.gradient,
            &mut self.workspace,
        );
        loss
    }

    fn update(&mut self) {
        self.adam.step(&mut self.net, &self.gradient);
    }

    fn step(&mut self) -> f32 {
        self.forward();
        let loss = self.backward();
        self.update();
        loss
    }
}

fn main() {
    divan::main();
    let mut training = Training::new();
    let first = training.step();
    let mut times: Vec<f64> = (0..200)
        .map(|_| {
            let start = Instant::now();
            black_box(training.step());
            start.elapsed().as_secs_f64()
        })
        .collect();
    assert!(training.step() < first, "the step does not train");
    times.sort_by(f64::total_cmp);
    let seconds = times[times.len() / 2];
    // Two operations for each weight and sample forward, as many for the gradient of the weights, and
    // as many for the gradient of what goes into each layer but the first.
    let weights = [784 * 512, 512 * 256, 256 * 10];
    let all: usize = weights.iter().sum();
    let operations = (2 * BATCH * (3 * all - weights[0])) as f64;
    let peak = peak::measured();
    println!("\ninstructions: {}", static_net::simd::instruction_set_name());
    println!(
        "784-512-256-10, batch {BATCH}: {:.2} ms a step (median of 200), {:.0} GFLOP/s of {:.0} at most: {:.0} %",
        seconds * 1e3,
        operations / seconds / 1e9,
        peak / 1e9,
        100.0 * operations / seconds / peak
    );
}

#[divan::bench]
fn forward(bencher: Bencher<'_, '_>) {
    let mut training = Training::new();
    bencher.bench_local(|| training.forward());
}

#[divan::bench]
fn loss_and_backward(bencher: Bencher<'_, '_>) {
    let mut training = Training::new();
    bencher.bench_local(|| training.backward());
}

#[divan::bench]
fn adam(bencher: Bencher<'_, '_>) {
    let mut training = Training::new();
    training.step();
    bencher.bench_local(|| training.update());
}
