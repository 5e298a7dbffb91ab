//! Two hidden representations of ten numbers: the network `10 => relu 32 => relu 16 => 2`.
//!
//! Prints what each layer makes of a sample, trains the network to tell malignant tumours from benign ones,
//! and measures how the classes come apart from layer to layer.
//!
//! ```text
//! cargo run --release --example simple_representation
//! ```

use anyhow::Result;
use static_net::nalgebra::DMatrixView;
use static_net::prelude::*;
use static_net_examples::data::{Dataset, Standardizer, breast_cancer};
use static_net_examples::score::{accuracy, majority, predictions, separation};
use static_net_examples::show::declaration;

network! {
    /// Learns two hidden representations of a 10-dimensional input.
    pub struct Net< 10 => hidden: relu 32 => latent: relu 16 => 2 >;
}

fn main() -> Result<()> {
    println!("{}\n\n{}", declaration::<Net>(), Net::summary());

    // 569 tumours, ten measurements each. A fifth of each class is held out: the network never sees it
    // while it learns, and neither does the scaling.
    let (mut train, mut test) = breast_cancer()?.split(0.2, 1);
    let standardizer = Standardizer::fit(&train.inputs);
    train.inputs = standardizer.apply(&train.inputs);
    test.inputs = standardizer.apply(&test.inputs);
    println!("{} tumours to learn from, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(7);
    let mut net = Net::new(&mut rng);
    println!("\nBefore training");
    show_transformations(&net, &test);
    let before = (separations(&net, &test), held_out_accuracy(&net, &test));

    // Full-batch training: forward, loss, backward, step.
    let mut optimizer = AdamW::new(&net).learning_rate(3e-3).weight_decay(0.1);
    let mut training = net.training();
    for epoch in 1..=150 {
        training.forward(&net, &train.inputs);
        let loss = training.backward(&net, CrossEntropy, &train.targets);
        optimizer.step(&mut net, training.gradient());
        if epoch % 50 == 0 {
            println!("epoch {epoch:3}: loss {loss:.4}");
        }
    }

    println!("\nAfter training");
    show_transformations(&net, &test);
    let after = (separations(&net, &test), held_out_accuracy(&net, &test));

    println!(
        "Separation of the classes: scatter between them over scatter within, held-out tumours"
    );
    println!("{:<10}{:>10}{:>10}", "", "before", "after");
    for (stage, name) in ["input", "hidden", "latent", "output"].into_iter().enumerate() {
        println!("{name:<10}{:>10.2}{:>10.2}", before.0[stage], after.0[stage]);
    }
    println!(
        "\nHeld-out accuracy: {:.1} % before training, {:.1} % after ({:.1} % by always naming the larger \
         class)",
        before.1,
        after.1,
        100.0 * majority(&test.targets)
    );
    Ok(())
}

/// What each layer makes of one held-out tumour: the first benign one.
fn show_transformations(net: &Net, test: &Dataset<10, usize>) {
    let Some(sample) = test.targets.iter().position(|&class| class == 1) else { return };
    // One sample: every representation is a vector whose length the compiler knows.
    let x: SVector<f32, 10> = test.inputs.column(sample).into();
    let activations = net.activations(&x);
    let hidden: &SVector<f32, 32> = &activations.hidden;
    let latent: &SVector<f32, 16> = &activations.latent;
    let output: &SVector<f32, 2> = &activations.output;

    println!("stage   map       weights        spread  active  first values");
    println!("{}", row("input", "", None, x.as_slice()));
    println!("{}", row("hidden", "10 -> 32", Some(net.hidden.weight.as_view()), hidden.as_slice()));
    println!("{}", row("latent", "32 -> 16", Some(net.latent.weight.as_view()), latent.as_slice()));
    println!("{}", row("output", "16 -> 2", Some(net.stage3.weight.as_view()), output.as_slice()));

    // The softmax of two numbers: how sure the network is.
    let benign = 1.0 / (1.0 + (output[0] - output[1]).exp());
    println!(
        "prediction: {:.1} % malignant, {:.1} % benign; it is {}\n",
        100.0 * (1.0 - benign),
        100.0 * benign,
        test.classes[test.targets[sample]]
    );
}

/// A line of the table: the shape and standard deviation of a layer's weights, and what the layer gives.
fn row(stage: &str, map: &str, weight: Option<DMatrixView<f32>>, values: &[f32]) -> String {
    let (shape, spread) = match weight {
        Some(weight) => {
            let (rows, columns) = weight.shape();
            (format!("{rows} x {columns}"), format!("{:.3}", weight.variance().sqrt()))
        }
        None => Default::default(),
    };
    // What relu has set to zero is not active for this sample.
    let active = values.iter().filter(|&&value| value != 0.0).count();
    let active = format!("{active}/{}", values.len());
    let first: Vec<String> = values.iter().take(5).map(|value| format!("{value:6.2}")).collect();
    let more = if values.len() > 5 { " ..." } else { "" };
    format!("{stage:<8}{map:<10}{shape:<15}{spread:<8}{active:<8}{}{more}", first.join(" "))
}

fn held_out_accuracy(net: &Net, test: &Dataset<10, usize>) -> f64 {
    100.0 * accuracy(&predictions(&net.forward(&test.inputs)), &test.targets)
}

/// How far apart the classes lie in the input and in each representation.
fn separations(net: &Net, test: &Dataset<10, usize>) -> [f64; 4] {
    // A whole batch: one representation in each column.
    let activations = net.activations(&test.inputs);
    [
        separation(&activations.input, &test.targets),
        separation(&activations.hidden, &test.targets),
        separation(&activations.latent, &test.targets),
        separation(&activations.output, &test.targets),
    ]
}
