//! Convolutions of small networks: forward, gradient of the weights, gradient of the input.
//!
//! `cargo bench -p static-net --bench convolution` prints for each layer and batch how many GFLOP/s each of the
//! three reaches, and the most that this machine can. Products that a textbook counts are counted, so that a
//! convolution by tiles, which does 4/9 of them, can reach more.
//! Before that come 3x3 windows by the method that the library chooses, timed in pairs with the direct one.
//! The last lines are the layers of LeNet-5 as they stand in a training step: without the gradient of
//! the first layer's input, and without pooling between them.

mod pairs;
mod peak;

use std::hint::black_box;
use std::time::Instant;

use static_net::__private::measured::{Geometry, Method, Sliding, convolve_by};
use static_net::activation::Identity;
use static_net::activation::Relu;
use static_net::layer::{Backward, Conv, KernelSize, Layer, Padding, Pass, Stride, Tape, Window};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank3, Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch};

use pairs::Pair;

type Valid<const K: usize> = Window<KernelSize<K, K>>;
type Padded<const K: usize, const P: usize> = Window<KernelSize<K, K>, Stride<1, 1>, Padding<P, P>>;
type Strided<const K: usize, const S: usize, const P: usize> =
    Window<KernelSize<K, K>, Stride<S, S>, Padding<P, P>>;
type Same<const C: usize, const SIDE: usize> =
    Conv<f32, Rank3<C, SIDE, SIDE>, Rank3<C, SIDE, SIDE>, Padded<3, 1>, C, C, C, Relu>;

type First = Conv<f32, Rank3<1, 28, 28>, Rank3<6, 28, 28>, Padded<5, 2>, 6, 1, 6, Relu>;
type Second = Conv<f32, Rank3<6, 14, 14>, Rank3<16, 10, 10>, Valid<5>, 16, 6, 16, Relu>;
type Halving = Conv<f32, Rank3<16, 14, 14>, Rank3<32, 7, 7>, Strided<3, 2, 1>, 32, 16, 32, Relu>;
type Pointwise = Conv<f32, Rank3<32, 14, 14>, Rank3<64, 14, 14>, Valid<1>, 64, 32, 64, Relu>;
type Depthwise = Conv<f32, Rank3<32, 14, 14>, Rank3<32, 14, 14>, Padded<3, 1>, 32, 1, 32, Relu>;

/// A layer with all memory that it needs.
struct Bench<L> {
    layer: Box<L>,
    gradient: Box<L>,
    input: Vec<f32>,
    output: Vec<f32>,
    d_output: Vec<f32>,
    d_input: Option<Vec<f32>>,
    forward_scratch: Vec<f32>,
    backward_scratch: Vec<f32>,
}

impl<L: Layer<f32, Input: Numbers<f32>>> Bench<L> {
    fn new(batch: usize) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        // SAFETY: a layer is values of `f32` and nothing else (`Parameters`), and zero bytes are zeros.
        let zeros = || unsafe { Box::<L>::new_zeroed().assume_init() };
        let mut layer = zeros();
        layer.initialize(rng);
        let mut random = |len| (0..len).map(|_| rng.random::<f32>() - 0.5).collect::<Vec<_>>();
        Bench {
            layer,
            gradient: zeros(),
            input: random(batch * L::Input::LEN),
            output: random(batch * L::Output::LEN),
            d_output: random(batch * L::Output::LEN),
            d_input: Some(random(batch * L::Input::LEN)),
            forward_scratch: random(L::NEEDS.forward.values(batch)),
            backward_scratch: random(L::NEEDS.backward.values(batch)),
        }
    }
}

struct Forward<'a, L>(&'a mut Bench<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Forward<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.0.layer.forward(
            samples::<L::Input, f32>(&self.0.input),
            samples_mut::<L::Output, f32>(&mut self.0.output),
            &mut Pass::evaluate(instructions, &mut self.0.forward_scratch),
        );
    }
}

struct Back<'a, L>(&'a mut Bench<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Back<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let bench = self.0;
        let step = Backward {
            input: samples::<L::Input, f32>(&bench.input),
            output: samples::<L::Output, f32>(&bench.output),
            tape: Tape::new(&[], false),
            d_output: samples_mut::<L::Output, f32>(&mut bench.d_output),
            d_input: bench.d_input.as_deref_mut().map(samples_mut::<L::Input, f32>),
        };
        let pass = &mut Pass::evaluate(instructions, &mut bench.backward_scratch);
        bench.layer.backward(step, Some(&mut bench.gradient), pass);
    }
}

/// The shortest of many times, in seconds: other programs only ever make it longer.
fn seconds(mut run: impl FnMut()) -> f64 {
    let mut shortest = f64::INFINITY;
    let start = Instant::now();
    while start.elapsed().as_secs_f64() < 0.15 {
        let start = Instant::now();
        run();
        shortest = shortest.min(start.elapsed().as_secs_f64());
    }
    shortest
}

/// Seconds that forward, the gradient of the weights and that of the input take.
fn times<L: Layer<f32, Input: Numbers<f32>>>(batch: usize) -> [f64; 3] {
    let mut bench = Bench::<L>::new(batch);
    let forward = seconds(|| dispatch(Forward(black_box(&mut bench))));
    let both = seconds(|| dispatch(Back(black_box(&mut bench))));
    bench.d_input = None;
    let weights = seconds(|| dispatch(Back(black_box(&mut bench))));
    [forward, weights, both - weights]
}

fn report<L: Layer<f32, Input: Numbers<f32>>>(name: &str) {
    for batch in [64, 1] {
        let times = times::<L>(batch);
        let rates =
            times.map(|time| (2 * batch * L::DESCRIPTION.multiply_adds) as f64 / time / 1e9);
        let [forward, weights, input] = times.map(|time| time * 1e6 / batch as f64);
        println!(
            "  {name:<28} {batch:>3} {:7.1} {:7.1} {:7.1}   {forward:8.2} {weights:8.2} {input:8.2}",
            rates[0], rates[1], rates[2]
        );
    }
}

/// The kernel alone on a batch, by one of its methods.
struct Convolution {
    geometry: Geometry,
    weight: Vec<f32>,
    images: Vec<f32>,
    results: Vec<f32>,
    scratch: Vec<f32>,
}

impl Convolution {
    /// A window of three by three over square images, whose size it keeps.
    fn new([inputs, outputs]: [usize; 2], side: usize, batch: usize) -> Self {
        let window = Sliding { kernel: [3; 2], stride: [1; 2], padding: [1; 2], dilation: [1; 2] };
        let geometry = Geometry::new(1, [inputs, outputs], [[side; 2]; 2], window, true);
        let rng = &mut StdRng::seed_from_u64(1);
        let mut random = |len| (0..len).map(|_| rng.random::<f32>() - 0.5).collect::<Vec<_>>();
        let scratch = [Method::Direct, Method::Tiled].map(|method| geometry.method_scratch(method));
        Convolution {
            geometry,
            weight: random(geometry.weights()),
            images: random(batch * geometry.image_values()),
            results: random(batch * geometry.result_values()),
            scratch: random(scratch[0].max(scratch[1])),
        }
    }
}

struct By<'a>(Method, &'a mut Convolution);

impl Kernel for By<'_> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let By(method, Convolution { geometry, weight, images, results, scratch }) = self;
        convolve_by::<f32, I, Identity>(
            method,
            instructions,
            geometry,
            weight,
            &[],
            images,
            results,
            None,
            scratch,
        );
    }
}

/// Times the method that the library chooses and the direct one in turn.
fn compare(channels: [usize; 2], side: usize) {
    let [inputs, outputs] = channels;
    for batch in [8, 1] {
        let mut ours = Convolution::new(channels, side, batch);
        let mut direct = Convolution::new(channels, side, batch);
        let method = ours.geometry.method();
        let name = format!("{inputs} => {outputs}, {side}x{side}, batch {batch}, {method:?}");
        let pair = Pair {
            ours: || dispatch(By(method, black_box(&mut ours))),
            peer: || dispatch(By(Method::Direct, black_box(&mut direct))),
        };
        pairs::ratio(&name, pair);
    }
}

fn main() {
    println!("instructions: {}", static_net::simd::instruction_set_name());
    println!("at most {:.0} GFLOP/s", peak::measured() / 1e9);
    println!(
        "3x3 windows, direct / the library's choice, which is direct below 512 pairs of channels:"
    );
    for side in [7, 14, 28] {
        compare([16, 16], side);
        for channels in [[16, 32], [24, 24], [32, 32], [64, 64]] {
            compare(channels, side);
        }
    }
    for (channels, side) in [([128, 128], 7), ([128, 128], 14), ([256, 256], 7), ([256, 256], 14)] {
        compare(channels, side);
    }
    println!("  {:<28} {:>3} {:^23}   {:^26}", "", "", "GFLOP/s", "us a sample");
    let columns = "forward weights   input    forward  weights    input";
    println!("  {:<26} batch {columns}", "");
    report::<First>("1 => 6, 5x5, 28x28 padded");
    report::<Second>("6 => 16, 5x5, 14x14");
    report::<Same<16, 14>>("16 => 16, 3x3, 14x14 padded");
    report::<Same<32, 14>>("32 => 32, 3x3, 14x14 padded");
    report::<Same<64, 14>>("64 => 64, 3x3, 14x14 padded");
    report::<Same<16, 7>>("16 => 16, 3x3, 7x7 padded");
    report::<Same<32, 7>>("32 => 32, 3x3, 7x7 padded");
    report::<Same<64, 7>>("64 => 64, 3x3, 7x7 padded");
    report::<Halving>("16 => 32, 3x3, 14x14 by 2");
    report::<Pointwise>("32 => 64, 1x1, 14x14");
    report::<Depthwise>("32 depthwise, 3x3, 14x14");
    let [first, second] = [times::<First>(64), times::<Second>(64)];
    let both = first[0] + first[1] + second.iter().sum::<f64>();
    println!("convolutions of LeNet-5, training: {:.0} samples/s", 64.0 / both);
}
