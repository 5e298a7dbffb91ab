//! Convolutions of small networks: forward, gradient of the weights, gradient of the input.
//!
//! `cargo bench -p static-net --bench convolution` prints for each layer and batch how many GFLOP/s each of the
//! three reaches, and the most that this machine can. Only products that a textbook counts are counted.
//! Before that, Winograd's way for 3x3 windows beside ours: it pays from 64 channels on.
//! The last lines are the layers of LeNet-5 as they stand in a training step: without the gradient of
//! the first layer's input, and without pooling between them.

mod peak;

use std::hint::black_box;
use std::time::Instant;

use static_net::activation::Relu;
use static_net::kernel;
use static_net::layer::{Backward, Conv, KernelSize, Layer, Padding, Pass, Stride, Window};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank3, Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch};

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
            forward_scratch: random(L::FORWARD_SCRATCH.values(batch)),
            backward_scratch: random(L::BACKWARD_SCRATCH.values(batch)),
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
            &mut Pass::new(instructions, &mut self.0.forward_scratch),
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
            tape: &[],
            d_output: samples_mut::<L::Output, f32>(&mut bench.d_output),
            d_input: bench.d_input.as_deref_mut().map(samples_mut::<L::Input, f32>),
        };
        let pass = &mut Pass::new(instructions, &mut bench.backward_scratch);
        bench.layer.backward(step, &mut bench.gradient, pass);
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
        let rates = times.map(|time| (2 * batch * L::MULTIPLY_ADDS) as f64 / time / 1e9);
        let [forward, weights, input] = times.map(|time| time * 1e6 / batch as f64);
        println!(
            "  {name:<28} {batch:>3} {:7.1} {:7.1} {:7.1}   {forward:8.2} {weights:8.2} {input:8.2}",
            rates[0], rates[1], rates[2]
        );
    }
}

/// Winograd's F(2x2, 3x3) over a run of images, all of it but padding and bias: a convolution by tiles of two by two
/// results, at 4/9 of the multiplications (Lavin and Gray 2016, <https://arxiv.org/abs/1509.09308>). `SIDE` is even,
/// `TILES` those of all images.
struct Winograd<'a, const C: usize, const SIDE: usize, const TILES: usize> {
    /// Images with a border of zeros.
    images: &'a [f32],
    /// For each of sixteen places, `[outputs, inputs]`.
    weight: &'a [[[f32; C]; C]; 16],
    zeros: &'a [f32],
    /// For each place, `[inputs, tiles]`.
    inputs: &'a mut [f32],
    /// For each place, `[outputs, tiles]`.
    outputs: &'a mut [[f32; TILES]],
    results: &'a mut [f32],
    pack: &'a mut [f32],
    /// Whether only the products are computed.
    is_products: bool,
}

impl<const C: usize, const SIDE: usize, const TILES: usize> Kernel
    for Winograd<'_, C, SIDE, TILES>
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let (padded, across) = (SIDE + 2, SIDE / 2);
        let images = self.images.len() / (C * padded * padded);
        let rows = if self.is_products { 0 } else { images * C * across };
        for row in 0..rows {
            let (image, channel, tile_row) = (row / (C * across), row / across % C, row % across);
            let plane = &self.images[(image * C + channel) * padded * padded..];
            let lines: [&[f32]; 4] =
                core::array::from_fn(|line| &plane[(2 * tile_row + line) * padded..][..padded]);
            let first = (image * across + tile_row) * across;
            // Across the lines, then along them.
            let mut sums = [[0.0; 64]; 4];
            for x in 0..padded {
                let [a, b, c, d] = [lines[0][x], lines[1][x], lines[2][x], lines[3][x]];
                sums[0][x] = a - c;
                sums[1][x] = b + c;
                sums[2][x] = c - b;
                sums[3][x] = b - d;
            }
            for (line, sums) in sums.iter().enumerate() {
                for (place, (left, right, factor)) in TERMS.into_iter().enumerate() {
                    let target = ((line * 4 + place) * C + channel) * TILES + first;
                    let target = &mut self.inputs[target..target + across];
                    for (tile, target) in target.iter_mut().enumerate() {
                        *target = sums[2 * tile + left] + factor * sums[2 * tile + right];
                    }
                }
            }
        }
        for place in 0..16 {
            kernel::affine::<f32, I, kernel::Identity, C, TILES>(
                instructions,
                &self.inputs[place * C * TILES..][..C * TILES],
                self.zeros,
                &self.weight[place],
                &mut self.outputs[place * C..][..C],
                None,
                self.pack,
            );
        }
        for row in 0..rows {
            let (image, channel, tile_row) = (row / (C * across), row / across % C, row % across);
            let first = (image * across + tile_row) * across;
            let at = |place: usize| &self.outputs[place * C + channel][first..first + across];
            let places: [&[f32]; 16] = core::array::from_fn(at);
            let target = ((image * C + channel) * SIDE + 2 * tile_row) * SIDE;
            let (upper, lower) = self.results[target..target + 2 * SIDE].split_at_mut(SIDE);
            for tile in 0..across {
                let value = |line: usize, place: usize| places[line * 4 + place][tile];
                let line = |line: usize| {
                    let [a, b, c, d] =
                        [value(line, 0), value(line, 1), value(line, 2), value(line, 3)];
                    [a + b + c, b - c - d]
                };
                let [a, b, c, d] = [line(0), line(1), line(2), line(3)];
                upper[2 * tile] = a[0] + b[0] + c[0];
                upper[2 * tile + 1] = a[1] + b[1] + c[1];
                lower[2 * tile] = b[0] - c[0] - d[0];
                lower[2 * tile + 1] = b[1] - c[1] - d[1];
            }
        }
    }
}

/// For each place along a line of a tile: the values that it takes, and the factor of the second.
const TERMS: [(usize, usize, f32); 4] = [(0, 2, -1.0), (1, 2, 1.0), (2, 1, -1.0), (1, 3, -1.0)];

/// What Winograd's way takes beside the convolution as it is.
fn winograd<const C: usize, const SIDE: usize, const TILES: usize>(name: &str) {
    let images = TILES / (SIDE / 2 * (SIDE / 2));
    let padded = vec![0.5; images * C * (SIDE + 2) * (SIDE + 2)];
    let weight = Box::new([[[0.5; C]; C]; 16]);
    let (zeros, mut inputs) = (vec![0.0; TILES], vec![0.5; 16 * C * TILES]);
    let mut outputs = vec![[0.0; TILES]; 16 * C];
    let mut results = vec![0.0; images * C * SIDE * SIDE];
    let mut pack = vec![0.0; kernel::affine_scratch(C, TILES)];
    let mut times = [0.0; 2];
    for (time, is_products) in times.iter_mut().zip([true, false]) {
        *time = seconds(|| {
            dispatch(Winograd::<C, SIDE, TILES> {
                images: black_box(&padded),
                weight: &weight,
                zeros: &zeros,
                inputs: &mut inputs,
                outputs: &mut outputs,
                results: &mut results,
                pack: &mut pack,
                is_products,
            });
        });
    }
    black_box(&results);
    let mut bench = Bench::<Same<C, SIDE>>::new(images);
    let direct = seconds(|| dispatch(Forward(black_box(&mut bench))));
    let [products, all, direct] =
        [times[0], times[1], direct].map(|time| time * 1e6 / images as f64);
    println!("  {name:<28} {products:8.2} {all:8.2} {direct:8.2}");
}

fn main() {
    println!("instructions: {}", static_net::simd::instruction_set_name());
    println!("at most {:.0} GFLOP/s", peak::measured() / 1e9);
    println!("  {:<28} {:>3} {:^23}   {:^26}", "", "", "GFLOP/s", "us a sample");
    let columns = "forward weights   input    forward  weights    input";
    println!("  {:<26} batch {columns}", "");
    println!(
        "Winograd's 3x3, us a sample: its products alone, with its transforms, the convolution as it is"
    );
    winograd::<16, 14, { 8 * 49 }>("16 => 16, 14x14");
    winograd::<32, 14, { 8 * 49 }>("32 => 32, 14x14");
    winograd::<64, 14, { 4 * 49 }>("64 => 64, 14x14");
    winograd::<32, 8, { 16 * 16 }>("32 => 32, 8x8");
    report::<First>("1 => 6, 5x5, 28x28 padded");
    report::<Second>("6 => 16, 5x5, 14x14");
    report::<Same<16, 14>>("16 => 16, 3x3, 14x14 padded");
    report::<Same<32, 14>>("32 => 32, 3x3, 14x14 padded");
    report::<Same<16, 7>>("16 => 16, 3x3, 7x7 padded");
    report::<Same<32, 7>>("32 => 32, 3x3, 7x7 padded");
    report::<Halving>("16 => 32, 3x3, 14x14 by 2");
    report::<Pointwise>("32 => 64, 1x1, 14x14");
    report::<Depthwise>("32 depthwise, 3x3, 14x14");
    let [first, second] = [times::<First>(64), times::<Second>(64)];
    let both = first[0] + first[1] + second.iter().sum::<f64>();
    println!("convolutions of LeNet-5, training: {:.0} samples/s", 64.0 / both);
}
