//! Training LeNet-5 on one thread, beside PyTorch in turns where it is installed (`pip install torch`).
//!
//!     cargo bench -p static-net-tests --bench lenet
//!
//! `PYTHON=path` names another interpreter than `python3`.

use std::time::{Duration, Instant};

use static_net::prelude::*;
use static_net_tests::peer::Turns;

const BATCH: usize = 64;
const TURNS: usize = 7;
const MOMENT: Duration = Duration::from_millis(1500);

network! {
    struct LeNet<
        [1, 28, 28]
        => relu conv(6, 5, padding: 2) => max_pool(2)
        => relu conv(16, 5) => max_pool(2)
        => flatten => relu 120 => relu 84 => 10
    >;
}

fn main() {
    let mut trainer = Trainer::new();
    for _ in 0..20 {
        trainer.step();
    }
    let turns = Turns::take("lenet.py", TURNS, || [trainer.samples_per_second()]);
    let set = static_net::simd::instruction_set_name();
    println!(
        "LeNet-5, batch {BATCH}, SGD with momentum, one thread, {set}; medians of {TURNS} turns"
    );
    let ratios = turns.report(|name, [rate]| println!("{name}: {rate:>8.0} samples a second"));
    if let Some([ratio]) = ratios {
        println!("ratio: {ratio:.2} (median of the turns' ratios)");
    }
}

struct Trainer {
    net: Aligned<LeNet>,
    gradient: Aligned<LeNet>,
    sgd: Sgd<LeNet>,
    images: OMatrix<f32, Const<784>, Dyn>,
    classes: Vec<usize>,
    activations: Box<LeNetActivations<Dyn>>,
    workspace: Workspace<f32>,
    d_output: OMatrix<f32, Const<10>, Dyn>,
}

impl Trainer {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let net = LeNet::new(&mut rng);
        let images = OMatrix::<f32, Const<784>, Dyn>::from_fn(BATCH, |_, _| rng.random::<f32>());
        let activations = net.activations(&images);
        Trainer {
            gradient: LeNet::zeros(),
            sgd: Sgd::new(&net).learning_rate(0.01).momentum(0.9),
            classes: (0..BATCH).map(|sample| sample % 10).collect(),
            workspace: Workspace::new(),
            d_output: activations.output.clone(),
            net,
            images,
            activations,
        }
    }

    fn step(&mut self) {
        self.gradient.fill_zero();
        self.net.activations_into(&self.images, &mut self.activations);
        CrossEntropy.loss_into(&self.activations.output, &self.classes[..], &mut self.d_output);
        self.net.backward_into(
            &self.activations,
            &self.d_output,
            &mut self.gradient,
            &mut self.workspace,
        );
        self.sgd.step(&mut self.net, &self.gradient);
    }

    fn samples_per_second(&mut self) -> f64 {
        let (start, mut steps) = (Instant::now(), 0);
        while start.elapsed() < MOMENT {
            self.step();
            steps += 1;
        }
        (steps * BATCH) as f64 / start.elapsed().as_secs_f64()
    }
}
