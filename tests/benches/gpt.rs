//! Training a small language model on one thread, beside PyTorch in turns where it is installed
//! (`pip install torch`).
//!
//!     cargo bench -p static-net-tests --bench gpt
//!
//! `PYTHON=path` names another interpreter than `python3`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use static_net::loss::EachStep;
use static_net::prelude::*;
use static_net_tests::peer::Turns;

const BATCH: usize = 16;
const LENGTH: usize = 64;
const VOCABULARY: usize = 65;
const TURNS: usize = 7;
const MOMENT: Duration = Duration::from_millis(2000);

network! {
    struct Gpt<
        tokens(LENGTH, vocab: VOCABULARY)
        => embedding(64) => position
        => repeat(4;
            residual(norm: layer_norm => attn: attention(heads: 4, causal: true))
            => feed_forward: residual(norm: layer_norm => up: gelu 256 => down: 64))
        => layer_norm => VOCABULARY
    >;
}

fn main() {
    let mut trainer = Trainer::new();
    for _ in 0..10 {
        trainer.step();
    }
    let turns = Turns::take("gpt.py", TURNS, || [trainer.tokens_per_second()]);
    let set = static_net::simd::instruction_set_name();
    println!(
        "Gpt, {LENGTH} tokens, batch {BATCH}, AdamW, one thread, {set}; medians of {TURNS} turns"
    );
    let ratios = turns.report(|name, [rate]| println!("{name}: {rate:>8.0} tokens a second"));
    if let Some([ratio]) = ratios {
        println!("ratio: {ratio:.2} (median of the turns' ratios)");
    }
    let parts = trainer.seconds.map(|seconds| 1e3 * seconds / trainer.steps as f64);
    println!(
        "static-net: {:.2} ms a step: forward {:.2}, loss {:.2}, backward {:.2}, AdamW {:.2}",
        parts.iter().sum::<f64>(),
        parts[0],
        parts[1],
        parts[2],
        parts[3]
    );
    println!(
        "static-net: {:.1} us for each token that a stream takes",
        1e6 * trainer.seconds_for_a_token()
    );
}

struct Trainer {
    net: Aligned<Gpt>,
    gradient: Aligned<Gpt>,
    optimizer: AdamW<Gpt>,
    loss: EachStep<VOCABULARY>,
    tokens: Vec<[u32; LENGTH]>,
    targets: Vec<[u32; LENGTH]>,
    activations: Box<GptActivations<Dyn>>,
    workspace: Workspace<f32>,
    d_output: OMatrix<f32, Const<{ LENGTH * VOCABULARY }>, Dyn>,
    /// What forward pass, loss, backward pass and optimizer took.
    seconds: [f64; 4],
    steps: usize,
}

impl Trainer {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let net = Gpt::new(&mut rng);
        let draw = |rng: &mut StdRng| core::array::from_fn(|_| rng.random_range(0..65));
        let tokens: Vec<[u32; LENGTH]> = (0..BATCH).map(|_| draw(&mut rng)).collect();
        let targets = (0..BATCH).map(|_| draw(&mut rng)).collect();
        let activations = net.activations(tokens.as_slice());
        Trainer {
            gradient: Gpt::zeros(),
            optimizer: AdamW::new(&net).learning_rate(1e-3),
            loss: CrossEntropy.each_step(),
            workspace: Workspace::new(),
            d_output: activations.output.clone(),
            net,
            tokens,
            targets,
            activations,
            seconds: [0.0; 4],
            steps: 0,
        }
    }

    fn step(&mut self) {
        let start = Instant::now();
        self.net.activations_into(self.tokens.as_slice(), &mut self.activations);
        let forward = Instant::now();
        self.loss.loss_into(&self.activations.output, &self.targets, &mut self.d_output);
        let loss = Instant::now();
        self.gradient.fill_zero();
        self.net.backward_into(
            &self.activations,
            &self.d_output,
            &mut self.gradient,
            &mut self.workspace,
        );
        let backward = Instant::now();
        self.optimizer.step(&mut self.net, &self.gradient);
        let moments = [start, forward, loss, backward, Instant::now()];
        for (seconds, pair) in self.seconds.iter_mut().zip(moments.windows(2)) {
            *seconds += (pair[1] - pair[0]).as_secs_f64();
        }
        self.steps += 1;
    }

    /// One token through the key-value cache, the mean over contexts that are filled.
    fn seconds_for_a_token(&self) -> f64 {
        let mut stream = self.net.stream();
        let (start, mut steps) = (Instant::now(), 0);
        while start.elapsed() < MOMENT {
            stream.reset();
            for token in &self.tokens[0] {
                black_box(stream.push(&[*token]));
            }
            steps += LENGTH;
        }
        start.elapsed().as_secs_f64() / steps as f64
    }

    fn tokens_per_second(&mut self) -> f64 {
        let (start, mut steps) = (Instant::now(), 0);
        while start.elapsed() < MOMENT {
            self.step();
            steps += 1;
        }
        (steps * BATCH * LENGTH) as f64 / start.elapsed().as_secs_f64()
    }
}
