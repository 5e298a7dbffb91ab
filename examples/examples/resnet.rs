//! A residual network with batch normalisation reads MNIST's handwritten digits.
//!
//! Shows blocks that stages run around, with a projection where the shape changes, and training in which
//! a network keeps running statistics: `train` takes it by exclusive reference, `forward` goes by what
//! was kept.
//!
//! ```text
//! cargo run --release --example resnet
//! cargo run --release --example resnet -- --augment --epochs 40 --weights resnet.safetensors
//! cargo run --release --example resnet -- --data FOLDER     # with MNIST's files, or Fashion-MNIST's
//! ```

use anyhow::Result;
use clap::Parser;
use static_net::prelude::*;
use static_net_examples::data::Dataset;
use static_net_examples::mnist::PIXELS;
use static_net_examples::reader::{Lesson, Options};
use static_net_examples::show::declaration;

network! {
    /// A residual network (He et al. 2016) in small: three blocks, of which two halve the resolution and
    /// double the channels.
    pub struct ResNet<
        [1, 28, 28]
        => conv(16, 5, stride: 2, padding: 2, bias: false) => relu batch_norm
        => relu residual(
            conv(16, 3, padding: 1, bias: false) => relu batch_norm
            => conv(16, 3, padding: 1, bias: false) => batch_norm
        )
        => relu residual(
            conv(32, 3, stride: 2, padding: 1, bias: false) => relu batch_norm
            => conv(32, 3, padding: 1, bias: false) => batch_norm;
            project: conv(32, 1, stride: 2, bias: false) => batch_norm
        )
        => relu residual(
            conv(64, 3, stride: 2, padding: 1, bias: false) => relu batch_norm
            => conv(64, 3, padding: 1, bias: false) => batch_norm;
            project: conv(64, 1, stride: 2, bias: false) => batch_norm
        )
        => global_avg_pool => 10
    >;
}

fn main() -> Result<()> {
    let options = Options::<15>::parse();
    println!("{}\n\n{}", declaration::<ResNet>(), ResNet::summary());
    let mut rng = StdRng::seed_from_u64(options.seed);
    let lesson = Lesson::new(options, [96, 50])?;
    let mut net = ResNet::new(&mut rng);

    let rates = Cosine::new(3e-3, 0.0, lesson.steps());
    let mut optimizer = AdamW::new(&net).weight_decay(0.05);
    // Memory that every step uses again.
    let mut training = net.training();
    let mut steps = 0;
    let step = |net: &mut ResNet, digits: &Dataset<PIXELS, usize>, rng: &mut StdRng| {
        training.train(net, &digits.inputs, rng);
        let loss = training.backward(net, CrossEntropy, &digits.targets);
        optimizer.set_learning_rate(rates.at(steps));
        optimizer.step(net, training.gradient());
        steps += 1;
        loss
    };
    lesson.learn(&mut *net, &mut rng, step, ResNet::forward)?;
    lesson.report(&*net, ResNet::forward)
}
