//! Normalisations beside a copy of the same memory, and dropout.
//!
//! `cargo bench -p static-net --bench normalization`

use divan::{Bencher, black_box};
use static_net::layer::{
    Backward, BatchNorm, Dropout, Layer, LayerNorm, Pass, RmsNorm, Statistics, Tape,
    Train as TrainMode,
};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank2, Rank3, Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch};

type Rows = LayerNorm<f32, Rank2<64, 64>, 64>;
type RmsRows = RmsNorm<f32, Rank2<64, 64>, 64>;
type Image = BatchNorm<f32, Rank3<16, 14, 14>, 16>;
type Vectors = BatchNorm<f32, static_net::shape::Rank1<512>, 512>;
type Drop = Dropout<Rank3<16, 14, 14>, { f64::to_bits(0.1) }>;

/// A layer with all memory of its passes.
struct Case<L> {
    layer: Box<L>,
    gradient: Box<L>,
    input: Vec<f32>,
    output: Vec<f32>,
    d_input: Vec<f32>,
    tape: Vec<f32>,
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
        Case {
            layer,
            // SAFETY: as above.
            gradient: unsafe { Box::<L>::new_zeroed().assume_init() },
            input: (0..len).map(|_| rng.random::<f32>()).collect(),
            output: vec![0.0; len],
            d_input: vec![0.0; len],
            tape: vec![0.0; L::NEEDS.tape.values(count)],
            rng,
            statistics: Statistics::new(),
        }
    }

    fn copy(&mut self) {
        black_box(&mut self.output).copy_from_slice(black_box(&self.input));
    }
}

struct Forward<'a, L>(&'a mut Case<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Forward<'_, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.0.layer.forward(
            samples::<L::Input, f32>(&self.0.input),
            samples_mut::<L::Output, f32>(&mut self.0.output),
            &mut Pass::evaluate(instructions, &mut []),
        );
    }
}

struct Train<'a, L>(&'a mut Case<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Train<'_, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Case { layer, input, output, tape, rng, statistics, .. } = self.0;
        // SAFETY: a layer is values of `f32` and nothing else.
        statistics.begin(unsafe {
            core::slice::from_raw_parts(
                (&raw const **layer).cast(),
                size_of::<L>() / size_of::<f32>(),
            )
        });
        let mut train = TrainMode::new(tape, rng, statistics);
        layer.forward(
            samples::<L::Input, f32>(input),
            samples_mut::<L::Output, f32>(output),
            &mut Pass::new(instructions, &mut [], &mut train),
        );
    }
}

struct Back<'a, L>(&'a mut Case<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Back<'_, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Case { layer, gradient, input, output, d_input, tape, .. } = self.0;
        let step = Backward {
            input: samples::<L::Input, f32>(input),
            output: &[],
            tape: Tape::new(tape, true),
            d_output: samples_mut::<L::Output, f32>(output),
            d_input: Some(samples_mut::<L::Input, f32>(d_input)),
        };
        layer.backward(step, Some(gradient), &mut Pass::evaluate(instructions, &mut []));
    }
}

/// The passes of a layer on so many samples, and a copy of its input.
macro_rules! passes {
    ($($module:ident: $layer:ty, $samples:literal;)*) => {$(
        mod $module {
            use super::*;

            #[divan::bench]
            fn copy(bencher: Bencher<'_, '_>) {
                let mut case = Case::<$layer>::new($samples);
                bencher.bench_local(|| case.copy());
            }

            #[divan::bench]
            fn forward(bencher: Bencher<'_, '_>) {
                let mut case = Case::<$layer>::new($samples);
                bencher.bench_local(|| dispatch(Forward(black_box(&mut case))));
            }

            #[divan::bench]
            fn train(bencher: Bencher<'_, '_>) {
                let mut case = Case::<$layer>::new($samples);
                bencher.bench_local(|| dispatch(Train(black_box(&mut case))));
            }

            #[divan::bench]
            fn backward(bencher: Bencher<'_, '_>) {
                let mut case = Case::<$layer>::new($samples);
                dispatch(Train(&mut case));
                bencher.bench_local(|| dispatch(Back(black_box(&mut case))));
            }
        }
    )*};
}

passes! {
    layer_norm_64x64: Rows, 1;
    layer_norm_64x64_batch_16: Rows, 16;
    rms_norm_64x64: RmsRows, 1;
    batch_norm_16x14x14_batch_64: Image, 64;
    batch_norm_512_batch_128: Vectors, 128;
    dropout_16x14x14_batch_64: Drop, 64;
}

fn main() {
    divan::main();
    println!("instructions: {}", static_net::simd::instruction_set_name());
}
