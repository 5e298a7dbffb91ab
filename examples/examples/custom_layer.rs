//! A layer of one's own: radial basis functions, checked against numeric derivatives and trained.
//!
//! Each unit has a centre and answers with a bell curve of the sample's distance from it. So the network
//! also tells a sample unlike anything it has learned: every unit is silent.
//!
//! ```text
//! cargo run --release --example custom_layer
//! ```

use anyhow::{Result, ensure};
use static_net::Float;
use static_net::layer::{Backward, Layer, Mode, Pass};
use static_net::prelude::*;
use static_net::shape::Rank1;
use static_net::simd::InstructionSet;
use static_net_examples::data::{Batch, Standardizer, wine};
use static_net_examples::score::{accuracy, majority, predictions};
use static_net_examples::show::declaration;

/// `UNITS` bell curves over `N` features: `y = exp(-sharpness * |x - centre|^2 / N)`.
///
/// A layer holds its parameters and nothing else, so that a gradient is a value of the same type. Its passes are
/// `#[inline(always)]`: as part of the network's code they are compiled for the instructions of the machine, and not for
/// those that every machine has.
#[derive(Parameters)]
#[repr(C)]
pub struct RadialBasis<T: Float, const N: usize, const UNITS: usize> {
    /// One centre in each column.
    pub centres: SMatrix<T, N, UNITS>,
    /// How narrow each curve is.
    pub sharpness: SVector<T, UNITS>,
}

impl<T: Float, const N: usize, const UNITS: usize> Layer<T> for RadialBasis<T, N, UNITS> {
    type Input = Rank1<N>;
    type Output = Rank1<UNITS>;

    /// Centres all over the space of standardised features.
    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.centres.apply(|value| *value = T::from_f64(rng.random_range(-1.5..1.5)));
        self.sharpness.fill(T::ONE);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; N]],
        output: &mut [[T; UNITS]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            for (unit, y) in y.iter_mut().enumerate() {
                *y = (-self.sharpness[unit] * self.distance(x, unit)).exp();
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        mut gradient: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        // The gradient of the input is written, those of the parameters are added to, each where it is wanted.
        if let Some(d_input) = &mut step.d_input {
            d_input.fill([T::ZERO; N]);
        }
        let scale = T::from_f64(2.0 / N as f64);
        for sample in 0..step.input.len() {
            let (x, y) = (&step.input[sample], &step.output[sample]);
            for (unit, &y) in y.iter().enumerate() {
                // The derivative of exp is its value, which the layer gave on the way forward.
                let d_exponent = step.d_output[sample][unit] * y;
                if let Some(gradient) = &mut gradient {
                    gradient.sharpness[unit] -= d_exponent * self.distance(x, unit);
                }
                let d_difference = d_exponent * self.sharpness[unit] * scale;
                for feature in 0..N {
                    let d_x = d_difference * (self.centres[(feature, unit)] - x[feature]);
                    if let Some(gradient) = &mut gradient {
                        gradient.centres[(feature, unit)] -= d_x;
                    }
                    if let Some(d_input) = &mut step.d_input {
                        d_input[sample][feature] += d_x;
                    }
                }
            }
        }
    }
}

impl<T: Float, const N: usize, const UNITS: usize> RadialBasis<T, N, UNITS> {
    /// The mean squared difference between a sample and a centre.
    #[inline(always)]
    fn distance(&self, x: &[T; N], unit: usize) -> T {
        let centre = self.centres.column(unit);
        let squares = x.iter().zip(&centre).map(|(&x, &centre)| (x - centre) * (x - centre));
        squares.sum::<T>() / T::from_usize(N)
    }
}

network! {
    /// 13 measurements of a wine to one of three growers.
    pub struct Net< 13 => bells: RadialBasis<f32, 13, 24> => 3 >;

    /// The same in double precision, in front of it a dense layer that needs the input's gradient.
    struct Checked< f64; 4 => tanh 5 => RadialBasis<f64, 5, 6> => 3 >;
}

fn main() -> Result<()> {
    check_gradient()?;

    println!("{}\n\n{}", declaration::<Net>(), Net::summary());
    let (mut train, mut test) = wine()?.split(0.3, 1);
    let standardizer = Standardizer::fit(&train.inputs);
    train.inputs = standardizer.apply(&train.inputs);
    let mut slipped = test.inputs.clone();
    slipped.row_mut(0).scale_mut(10.0);
    let slipped = standardizer.apply(&slipped);
    test.inputs = standardizer.apply(&test.inputs);
    println!("{} wines to learn from, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(7);
    let mut net = Net::new(&mut rng);
    let mut optimizer = Adam::new(&net).learning_rate(0.02);
    let mut training = net.training();
    for epoch in 1..=200 {
        training.forward(&net, &train.inputs);
        let loss = training.backward(&net, CrossEntropy, &train.targets);
        optimizer.step(&mut net, training.gradient());
        if epoch % 50 == 0 {
            println!("epoch {epoch:3}: loss {loss:.4}");
        }
    }

    // How loud the loudest unit is, on average: near zero means "I have seen nothing like this".
    let loudest = |samples: &Batch<13>| {
        let bells = &net.activations(samples).bells;
        bells.column_iter().map(|bells| bells.max()).sum::<f32>() / bells.ncols() as f32
    };
    println!("\nThe loudest of {} units, on average", net.bells.centres.ncols());
    println!("  {:.3} for held-out wines", loudest(&test.inputs));
    println!(
        "  {:.3} for the same with a slipped decimal point in {}",
        loudest(&slipped),
        test.features[0]
    );

    let predicted = predictions(&net.forward(&test.inputs));
    println!(
        "Held-out accuracy {:.1} % ({:.1} % by always naming the largest grower)",
        100.0 * accuracy(&predicted, &test.targets),
        100.0 * majority(&test.targets)
    );
    Ok(())
}

/// Compares what `backward` computes with the slope of the loss itself, for each parameter and input.
fn check_gradient() -> Result<()> {
    const STEP: f64 = 1e-5;
    let mut rng = StdRng::seed_from_u64(1);
    let mut net = Checked::new(&mut rng);
    let mut x = SMatrix::<f64, 4, 3>::from_fn(|_, _| rng.random_range(-1.0..1.0));
    let classes = [0, 2, 1];

    let activations = net.activations(&x);
    let (_, d_output) = CrossEntropy.loss(&activations.output, &classes);
    let mut gradient = Checked::zeros();
    let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);

    let loss = |net: &Checked, x: &SMatrix<f64, 4, 3>| -> f64 {
        CrossEntropy.loss(&net.forward(x), &classes).0
    };
    let mut worst: f64 = 0.0;
    let mut compare = |computed: f64, measured: f64| {
        worst =
            worst.max((computed - measured).abs() / computed.abs().max(measured.abs()).max(1e-3));
    };
    for index in 0..net.state().len() {
        let value = net.state()[index];
        let mut at = |shifted: f64| {
            net.state_mut()[index] = shifted;
            loss(&net, &x)
        };
        let measured = (at(value + STEP) - at(value - STEP)) / (2.0 * STEP);
        at(value);
        compare(gradient.state()[index], measured);
    }
    for index in 0..x.len() {
        let value = x[index];
        let mut at = |shifted: f64| {
            x[index] = shifted;
            loss(&net, &x)
        };
        let measured = (at(value + STEP) - at(value - STEP)) / (2.0 * STEP);
        at(value);
        compare(d_input[index], measured);
    }
    println!(
        "Gradient check: {} parameters and {} inputs, largest relative error {worst:.1e}\n",
        net.state().len(),
        x.len()
    );
    ensure!(worst < 1e-6, "backward does not fit forward");
    Ok(())
}
