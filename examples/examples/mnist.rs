//! LeNet-5 reads MNIST's handwritten digits.
//!
//! Shows convolutions and pools in a declaration, a training loop that allocates no representation anew,
//! the held-out accuracy of each epoch, digits that are moved a little each time they are learned from,
//! and weights that are saved and loaded again.
//!
//! ```text
//! cargo run --release --example mnist
//! cargo run --release --example mnist -- --augment --epochs 40 --weights lenet.safetensors
//! cargo run --release --example mnist -- --data FOLDER     # with MNIST's files, or Fashion-MNIST's
//! ```

use anyhow::Result;
use clap::Parser;
use static_net::prelude::*;
use static_net_examples::data::Dataset;
use static_net_examples::mnist::PIXELS;
use static_net_examples::reader::{Lesson, Options};
use static_net_examples::show::declaration;

network! {
    /// LeNet-5 (LeCun et al. 1998) as it is built today, with rectifiers and the largest value
    /// of each pool. Its layers are called as in the paper.
    pub struct LeNet<
        [1, 28, 28]
        => c1: relu conv(6, 5, padding: 2) => s2: max_pool(2)
        => c3: relu conv(16, 5) => s4: max_pool(2)
        => flatten => c5: relu 120 => f6: relu 84 => 10
    >;
}

fn main() -> Result<()> {
    let options = Options::<20>::parse();
    println!("{}\n\n{}", declaration::<LeNet>(), LeNet::summary());
    let mut rng = StdRng::seed_from_u64(options.seed);
    let lesson = Lesson::new(options, [320, 100])?;
    let mut net = LeNet::new(&mut rng);

    let rates = Cosine::new(3e-3, 0.0, lesson.steps());
    let mut optimizer = AdamW::new(&net).weight_decay(0.05);
    // Memory that every step uses again.
    let mut training = net.training();
    let mut steps = 0;
    let step = |net: &mut LeNet, digits: &Dataset<PIXELS, usize>, _: &mut StdRng| {
        training.forward(net, &digits.inputs);
        let loss = training.backward(net, CrossEntropy, &digits.targets);
        optimizer.set_learning_rate(rates.at(steps));
        optimizer.step(net, training.gradient());
        steps += 1;
        loss
    };
    lesson.learn(&mut *net, &mut rng, step, LeNet::forward)?;
    lesson.report(&*net, LeNet::forward)
}
