//! Self-attention: forward, and a training step of forward and backward.
//!
//! `cargo bench -p static-net --bench attention`

use std::hint::black_box;
use std::time::{Duration, Instant};

use static_net::layer::{Attention, Backward, Layer, Pass, Statistics, Tape, Train as TrainMode};
use static_net::prelude::*;
use static_net::shape::{Numbers, Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch};

/// As a small language model has it: 64 positions of 64 features, four heads, causal.
type Small = Attention<f32, 64, 64, 4, 192, 192, 64, true>;
/// The same with a tenth of the weights dropped, and with rotary embedding.
type Dropped = Attention<f32, 64, 64, 4, 192, 192, 64, true, false, { f64::to_bits(0.1) }>;
type Rotary = Attention<f32, 64, 64, 4, 192, 192, 64, true, true>;
/// All positions see all others.
type Both = Attention<f32, 64, 64, 4, 192, 192, 64>;
/// 256 positions of 256 features, eight heads.
type Large = Attention<f32, 256, 256, 8, 768, 768, 256, true>;

/// How long each measurement runs.
const TIME: Duration = Duration::from_millis(700);

/// A layer with all memory of its passes.
struct Case<L> {
    layer: Box<L>,
    gradient: Box<L>,
    input: Vec<f32>,
    output: Vec<f32>,
    d_output: Vec<f32>,
    d_input: Vec<f32>,
    tape: Vec<f32>,
    scratch: Vec<f32>,
    rng: StdRng,
    statistics: Statistics<f32>,
}

impl<L: Layer<f32, Input: Numbers<f32>>> Case<L> {
    fn new(count: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let len = count * <L::Input as Shape>::LEN;
        // SAFETY: a layer is values of `f32` and nothing else, and zero bytes are zeros.
        let mut layer = unsafe { Box::<L>::new_zeroed().assume_init() };
        layer.initialize(&mut rng);
        let mut random = || (0..len).map(|_| rng.random::<f32>() - 0.5).collect::<Vec<_>>();
        let (input, d_output) = (random(), random());
        let (forward, backward) = (L::NEEDS.forward, L::NEEDS.backward);
        Case {
            layer,
            // SAFETY: as above.
            gradient: unsafe { Box::<L>::new_zeroed().assume_init() },
            input,
            output: vec![0.0; len],
            d_output,
            d_input: vec![0.0; len],
            tape: vec![0.0; L::NEEDS.tape.values(count)],
            scratch: vec![0.0; forward.or(backward).values(count)],
            rng,
            statistics: Statistics::new(),
        }
    }
}

struct Forward<'a, L>(&'a mut Case<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Forward<'_, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Case { layer, input, output, scratch, .. } = self.0;
        layer.forward(
            samples::<L::Input, f32>(input),
            samples_mut::<L::Output, f32>(output),
            &mut Pass::evaluate(instructions, scratch),
        );
    }
}

struct Train<'a, L>(&'a mut Case<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Train<'_, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Case {
            layer,
            gradient,
            input,
            output,
            d_output,
            d_input,
            tape,
            scratch,
            rng,
            statistics,
        } = self.0;
        let input = samples::<L::Input, f32>(input);
        // Attention has no running statistics.
        statistics.begin(&[]);
        let mut train = TrainMode::new(tape, rng, statistics);
        layer.forward(
            input,
            samples_mut::<L::Output, f32>(output),
            &mut Pass::new(instructions, scratch, &mut train),
        );
        let step = Backward {
            input,
            output: &[],
            tape: Tape::new(tape, true),
            d_output: samples_mut::<L::Output, f32>(d_output),
            d_input: Some(samples_mut::<L::Input, f32>(d_input)),
        };
        layer.backward(step, Some(gradient), &mut Pass::evaluate(instructions, scratch));
    }
}

/// The shortest time of a run.
fn shortest(mut run: impl FnMut()) -> Duration {
    run();
    let (start, mut shortest) = (Instant::now(), Duration::MAX);
    while start.elapsed() < TIME {
        let start = Instant::now();
        run();
        shortest = shortest.min(start.elapsed());
    }
    shortest
}

fn measure<L: Layer<f32, Input: Numbers<f32>>>(name: &str, batch: usize, positions: usize) {
    let mut case = Case::<L>::new(batch);
    let forward = shortest(|| dispatch(Forward(black_box(&mut case))));
    let train = shortest(|| dispatch(Train(black_box(&mut case))));
    // A training step multiplies each pair once forward and twice backward; scores once more.
    let flops = 2.0 * (batch * L::DESCRIPTION.multiply_adds) as f64;
    for (what, time, passes) in [("forward", forward, 1.0), ("train", train, 3.0)] {
        println!(
            "{name:24} {what:8} {:9.1} us {:7.1} GFLOP/s {:9.0} positions/ms",
            time.as_secs_f64() * 1e6,
            passes * flops / time.as_secs_f64() / 1e9,
            (batch * positions) as f64 / time.as_secs_f64() / 1e3,
        );
    }
}

fn main() {
    println!("instructions: {}", static_net::simd::instruction_set_name());
    measure::<Small>("64x64, 4 heads, 16", 16, 64);
    measure::<Rotary>("the same, rotary", 16, 64);
    measure::<Dropped>("the same, dropout", 16, 64);
    measure::<Both>("the same, not causal", 16, 64);
    measure::<Small>("64x64, 4 heads, 1", 1, 64);
    measure::<Large>("256x256, 8 heads, 4", 4, 256);
}
