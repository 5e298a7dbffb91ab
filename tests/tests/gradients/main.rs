//! Every layer, activation and network against central differences in f64, on every instruction set.

/// Checks each network on all batches.
macro_rules! networks {
    ($($test:ident: $network:ty;)*) => {$(
        #[test]
        fn $test() {
            for (index, batch) in crate::BATCHES.into_iter().enumerate() {
                crate::check::<$network>(batch, index as u64);
            }
        }
    )*};
}

mod arrangement;
mod attention;
mod composition;
mod convolution;
mod networks;
mod normalization;
mod pooling;
mod reading;
mod recurrence;
mod references;
mod sequences;
mod turns;
mod unread;

use proptest::prelude::*;
use static_net::activation::*;
use static_net::layer::{
    Activate, Activated, Backward, BufferLayout, BufferSize, Dense, Layer, Mode, Needs, PRelu,
    Pass, TimeDistributed,
};
use static_net::nalgebra;
use static_net::prelude::*;
use static_net::shape::{Rank1, Rank2, Rank3};
use static_net::simd::InstructionSet;
use static_net_tests::gradient::{check, check_scaled, close};

/// Batches that are empty, single, below and above the block sizes of the kernels, and odd.
const BATCHES: [usize; 6] = [0, 1, 2, 5, 8, 25];

/// Runs a check for each pair of sizes.
macro_rules! dense_sizes {
    ($($name:ident: $activation:ty, [$($inputs:literal x $outputs:literal),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            for (index, batch) in BATCHES.into_iter().enumerate() {
                $(check::<Dense<f64, $inputs, $outputs, $activation>>(batch, index as u64);)*
            }
        }
    )*};
}

// Sizes below, at and above the number of lanes, of chains and of rows that kernels take at a time.
dense_sizes! {
    dense_narrow: Identity, [1 x 1, 1 x 5, 3 x 1, 2 x 3, 5 x 2, 8 x 8, 3 x 5];
    dense_middle: Tanh, [10 x 16, 16 x 10, 17 x 33, 33 x 17];
    dense_wide: Silu, [64 x 100, 100 x 64, 100 x 1, 1 x 100];
}

/// The same sizes without a bias.
#[test]
fn dense_without_bias() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        let seed = index as u64;
        check::<Dense<f64, 1, 1, Identity, 0>>(batch, seed);
        check::<Dense<f64, 5, 2, Identity, 0>>(batch, seed);
        check::<Dense<f64, 3, 8, Relu6, 0>>(batch, seed);
        check::<Dense<f64, 17, 33, Tanh, 0>>(batch, seed);
        check::<Dense<f64, 100, 64, Silu, 0>>(batch, seed);
        check::<TimeDistributed<Dense<f64, 5, 7, Gelu, 0>, 3>>(batch, seed);
    }
    check::<Dense<f64, 257, 259, Gelu, 0>>(9, 1);
}

/// With one slope or one for each channel or feature.
#[test]
fn rectifiers_that_learn() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        let seed = index as u64;
        check::<PRelu<f64, Rank1<1>>>(batch, seed);
        check::<PRelu<f64, Rank1<11>>>(batch, seed);
        check::<PRelu<f64, Rank1<37>, 37>>(batch, seed);
        check::<PRelu<f64, Rank2<3, 5>>>(batch, seed);
        check::<PRelu<f64, Rank2<3, 5>, 3>>(batch, seed);
        check::<PRelu<f64, Rank3<4, 3, 7>, 4, { f64::to_bits(-0.5) }>>(batch, seed);
        check::<Activated<PRelu<f64, Rank1<6>, 6>, Tanh>>(batch, seed);
    }
    // More values than are added up in one go.
    check::<PRelu<f64, Rank1<5000>>>(2, 1);
}

/// Weights that are copied before they are multiplied, in blocks of rows and of depth.
#[test]
fn dense_in_blocks() {
    for (index, batch) in [1, 9].into_iter().enumerate() {
        check::<Dense<f64, 1050, 67, Tanh>>(batch, index as u64);
        check::<Dense<f64, 130, 530, Tanh>>(batch, index as u64);
        check::<Dense<f64, 257, 259, Gelu>>(batch, index as u64);
    }
}

/// A test for each activation: behind a dense layer, and alone on narrow and wide samples.
macro_rules! activations {
    ($($name:ident: $activation:ty;)*) => {$(
        #[test]
        fn $name() {
            for (index, batch) in BATCHES.into_iter().enumerate() {
                let seed = index as u64;
                check::<Dense<f64, 5, 7, $activation>>(batch, seed);
                check_scaled::<Activate<$activation, Rank1<11>>>(batch, seed, 4.0);
                check::<Activate<$activation, Rank2<3, 5>>>(batch, seed);
                check::<Activated<Dense<f64, 3, 4, Tanh>, $activation>>(batch, seed);
            }
        }
    )*};
}

activations! {
    with_relu: Relu;
    with_leaky_relu: LeakyRelu;
    with_leaky_relu_of_another_slope: LeakyRelu<{ f64::to_bits(0.3) }>;
    with_leaky_relu_that_rises_below_zero: LeakyRelu<{ f64::to_bits(-0.5) }>;
    with_elu: Elu;
    with_elu_of_another_alpha: Elu<{ f64::to_bits(0.5) }>;
    with_elu_that_rises_below_zero: Elu<{ f64::to_bits(-0.7) }>;
    with_gelu: Gelu;
    with_gelu_tanh: GeluTanh;
    with_silu: Silu;
    with_tanh: Tanh;
    with_sigmoid: Sigmoid;
    with_softplus: Softplus;
    with_softplus_of_another_beta: Softplus<{ f64::to_bits(3.0) }>;
    with_relu6: Relu6;
    with_clamp: Clamp<{ f64::to_bits(-0.8) }, { f64::to_bits(1.1) }>;
    with_hard_tanh: HardTanh;
    with_hard_tanh_of_other_bounds: HardTanh<{ f64::to_bits(-0.5) }, { f64::to_bits(2.5) }>;
    with_hard_sigmoid: HardSigmoid;
    with_hard_swish: HardSwish;
    with_selu: Selu;
    with_mish: Mish;
    with_softsign: Softsign;
    with_exp: Exp;
    with_softmax: Softmax;
    with_log_softmax: LogSoftmax;
    with_identity: Identity;
}

#[test]
fn softmax_along_each_axis() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        let seed = index as u64;
        check_scaled::<Activate<Softmax<0>, Rank3<3, 2, 5>>>(batch, seed, 2.0);
        check_scaled::<Activate<Softmax<1>, Rank3<3, 4, 2>>>(batch, seed, 2.0);
        check::<Activate<Softmax<0>, Rank2<3, 9>>>(batch, seed);
        check_scaled::<Activate<LogSoftmax<0>, Rank3<3, 2, 5>>>(batch, seed, 2.0);
        check_scaled::<Activate<LogSoftmax<1>, Rank3<3, 4, 2>>>(batch, seed, 2.0);
        check::<Activated<Activate<Tanh, Rank2<3, 9>>, LogSoftmax<0>>>(batch, seed);
    }
}

/// A user's layer, with a tape and with working memory: `y = gain * x^3 + mix`.
#[derive(Parameters)]
#[repr(C)]
struct Cubic<const N: usize> {
    gain: nalgebra::SVector<f64, N>,
    mix: nalgebra::SMatrix<f64, N, 2>,
    shift: f64,
}

impl<const N: usize> Cubic<N> {
    const SQUARES: BufferLayout<1> = BufferLayout::new([BufferSize::per_sample(N)]);
}

impl<const N: usize> Layer<f64> for Cubic<N> {
    type Input = Rank1<N>;
    type Output = Rank1<N>;
    const NEEDS: Needs = Needs {
        tape: Self::SQUARES.size(),
        forward: BufferSize { per_sample: 2, fixed: 3, batch: 4 },
        ..Needs::OUTPUT
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.gain.fill(1.0);
        for value in self.mix.iter_mut() {
            *value = rng.random::<f64>();
        }
    }

    fn forward<I: InstructionSet, M: Mode<f64>>(
        &self,
        input: &[[f64; N]],
        output: &mut [[f64; N]],
        pass: &mut Pass<'_, f64, I, M>,
    ) {
        if let Some([squares]) = pass.keep(&Self::SQUARES, input.len()) {
            for (square, x) in squares.iter_mut().zip(input.as_flattened()) {
                *square = x * x;
            }
        }
        let (sums, mut rest) = pass.samples::<Rank1<2>>(input.len());
        let wanted = if input.len() > 1 { 3 + 4 } else { 3 };
        assert!(rest.scratch().len() >= wanted, "there is less working memory than asked for");
        for ((x, y), sums) in input.iter().zip(output).zip(sums) {
            *sums = [x[0], x[N - 1]];
            for i in 0..N {
                let mixed = self.mix[(i, 0)] * sums[0] + self.mix[(i, 1)] * sums[1];
                y[i] = self.gain[i] * x[i].powi(3) + mixed + self.shift;
            }
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, f64, Self>,
        gradient: Option<&mut Self>,
        _: &mut Pass<'_, f64, I>,
    ) {
        let [squares] = step.tape.take(&Self::SQUARES, step.input.len());
        assert_eq!(squares.len(), N * step.input.len());
        let squares = squares.as_chunks::<N>().0;
        if let Some(gradient) = gradient {
            for ((x, d_y), square) in step.input.iter().zip(&*step.d_output).zip(squares) {
                for i in 0..N {
                    gradient.gain[i] += d_y[i] * square[i] * x[i];
                    gradient.mix[(i, 0)] += d_y[i] * x[0];
                    gradient.mix[(i, 1)] += d_y[i] * x[N - 1];
                    gradient.shift += d_y[i];
                }
            }
        }
        let Some(d_input) = step.d_input else { return };
        for ((d_x, d_y), square) in d_input.iter_mut().zip(&*step.d_output).zip(squares) {
            for i in 0..N {
                d_x[i] = 3.0 * self.gain[i] * square[i] * d_y[i];
            }
            for (i, d_y) in d_y.iter().enumerate() {
                d_x[0] += self.mix[(i, 0)] * d_y;
                d_x[N - 1] += self.mix[(i, 1)] * d_y;
            }
        }
    }
}

const WIDTH: usize = 9;

network! {
    struct One< f64; 3 => 2 >;
    struct Deep< f64; 10 => gelu 17 => [17] => middle: silu 3 => relu => 16 => softplus => log_softmax 5 >;
    struct Encoder< f64; 6 => tanh WIDTH => latent: sigmoid 4 >;
    struct Nested< f64; 5 => elu 6 => Encoder => gelu Encoder2 => softmax 3 >;
    struct Encoder2< f64; 4 => inner: gelu_tanh Encoder3 => elu(0.5) 2 >;
    struct Encoder3< f64; 4 => silu => 5 >;
    struct Custom< f64; 4 => tanh 5 => cubic: Cubic<5> => sigmoid Cubic<5> => 2 >;
    struct Sized3< f64, const IN: usize, const H: usize; IN => leaky_relu(0.2) H => softplus(beta: 2.0) 3 >;
}

#[test]
fn networks() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        let seed = index as u64;
        check::<One>(batch, seed);
        check::<Deep>(batch, seed);
        check::<Encoder>(batch, seed);
        check::<Nested>(batch, seed);
        check::<Custom>(batch, seed);
        check::<Sized3<1, 17>>(batch, seed);
        check::<Sized3<33, 1>>(batch, seed);
    }
}

#[test]
fn users_layers() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        check::<Cubic<2>>(batch, index as u64);
        check::<Activated<Cubic<5>, Gelu>>(batch, index as u64);
    }
}

type Samples = OMatrix<f64, Const<10>, Dyn>;

fn deep() -> Aligned<Deep> {
    Deep::new(&mut StdRng::seed_from_u64(11))
}

fn batch(samples: usize) -> Samples {
    Samples::from_fn(samples, |row, column| (1.3 * row as f64 + 0.7 * column as f64).sin())
}

#[test]
fn forward_is_the_output_of_the_activations() {
    let net = deep();
    // Above and below the number of samples that go through a network at a time.
    for samples in [0, 1, 2, 31, 256, 257, 530] {
        let x = batch(samples);
        let activations = net.activations(&x);
        let y = net.forward(&x);
        assert_eq!(y.ncols(), samples);
        assert!((&activations.output - &y).amax() < 1e-12);
        assert_eq!(activations.input, x);

        let mut output = OMatrix::<f64, Const<5>, Dyn>::zeros(3);
        let mut workspace = Workspace::new();
        net.forward_into(&x, &mut output, &mut workspace);
        assert!((&output - &y).amax() < 1e-12);
        for (column, y) in y.column_iter().enumerate() {
            assert!((net.forward(&x.column(column)) - y).amax() < 1e-12);
        }
    }
}

#[test]
fn views_are_as_good_as_copies() {
    let net = deep();
    let all = OMatrix::<f64, Const<13>, Dyn>::from_fn(40, |row, column| {
        (0.9 * row as f64 - 0.4 * column as f64).cos()
    });
    let fixed = SMatrix::<f64, 13, 6>::from_fn(|row, column| all[(row, column)]);
    let d_all = OMatrix::<f64, Const<8>, Dyn>::from_fn(40, |row, column| {
        (1.7 * row as f64 + 0.3 * column as f64).sin()
    });
    let d_fixed = SMatrix::<f64, 8, 6>::from_fn(|row, column| d_all[(row, column)]);
    macro_rules! same {
        ($view:expr, $d_view:expr) => {
            // A `match` keeps what the views are taken of.
            match ($view, $d_view) {
                (view, d_view) => {
                    let copy = view.into_owned();
                    let wanted = net.forward(&copy);
                    assert_eq!(net.forward(&view), wanted);
                    let mut output = wanted.clone() * 0.0;
                    net.forward_into(&view, &mut output, &mut Workspace::new());
                    assert_eq!(output, wanted);
                    let activations = net.activations(&view);
                    assert_eq!(activations.input, copy);
                    assert_eq!(activations.output, net.activations(&copy).output);

                    let (mut gradient, mut wanted) = (Deep::zeros(), Deep::zeros());
                    let d_input = net.backward_to_input(&activations, &d_view, &mut gradient);
                    assert_eq!(
                        d_input,
                        net.backward_to_input(&activations, &d_view.into_owned(), &mut wanted)
                    );
                    assert_eq!(gradient, wanted);
                    assert!(gradient.state().iter().any(|&value| value != 0.0));
                }
            }
        };
    }
    same!(all.fixed_rows::<10>(2), d_all.fixed_rows::<5>(3));
    same!(
        all.fixed_rows::<10>(1).columns_with_step(3, 12, 2),
        d_all.fixed_rows::<5>(0).columns_with_step(1, 12, 1)
    );
    same!(fixed.fixed_rows::<10>(3), d_fixed.fixed_rows::<5>(1));
    same!(fixed.fixed_view::<10, 1>(1, 4), d_fixed.fixed_view::<5, 1>(2, 0));
    same!(
        fixed.fixed_view::<10, 3>(1, 2),
        d_fixed.fixed_rows::<5>(1).fixed_columns_with_step::<3>(0, 1)
    );
}

#[test]
fn backward_adds_and_a_batch_of_either_kind_is_the_same() {
    let net = deep();
    let x = batch(7);
    let fixed = SMatrix::<f64, 10, 7>::from_column_slice(x.as_slice());
    let d_fixed = SMatrix::<f64, 5, 7>::from_fn(|row, column| (row as f64 - column as f64).sin());
    let d_output = OMatrix::<f64, Const<5>, Dyn>::from_column_slice(d_fixed.as_slice());

    let activations = net.activations(&x);
    let fixed_activations = net.activations(&fixed);
    assert_eq!(activations.output.as_slice(), fixed_activations.output.as_slice());
    assert_eq!(activations.middle.as_slice(), fixed_activations.middle.as_slice());
    assert_eq!(net.forward(&x).as_slice(), net.forward(&fixed).as_slice());

    let mut gradient = Deep::zeros();
    let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);
    let mut fixed_gradient = Deep::zeros();
    let d_fixed_input = net.backward_to_input(&fixed_activations, &d_fixed, &mut fixed_gradient);
    assert_eq!(gradient, fixed_gradient);
    assert_eq!(d_input.as_slice(), d_fixed_input.as_slice());
    assert!(gradient.state().iter().any(|&value| value != 0.0));

    // A second time doubles the gradient of the parameters, and the one of the input is written anew.
    assert_eq!(net.backward_to_input(&activations, &d_output, &mut gradient), d_input);
    let doubled: Vec<f64> = fixed_gradient.state().iter().map(|value| 2.0 * value).collect();
    close(gradient.state(), &doubled, 1e-12, "gradient of two steps");

    // Without the gradient of the input, the others are the same.
    let mut without = Deep::zeros();
    let mut workspace = Workspace::new();
    net.backward_into(&activations, &d_output, &mut without, &mut workspace);
    assert_eq!(without, fixed_gradient);
    let mut reused = Samples::zeros(2);
    net.backward_to_input_into(&activations, &d_output, &mut without, &mut reused, &mut workspace);
    assert_eq!(reused, d_input);
    // Without those of the parameters, the one of the input is.
    reused.fill(f64::NAN);
    net.input_gradient_into(&activations, &d_output, &mut reused, &mut workspace);
    assert_eq!(reused, d_input);
    assert_eq!(net.input_gradient(&activations, &d_output), d_input);
    assert_eq!(net.input_gradient(&fixed_activations, &d_fixed), d_fixed_input);
}

#[test]
fn memory_that_is_used_again_leaves_no_traces() {
    let net = deep();
    let mut workspace = Workspace::new();
    let mut activations = net.activations(&batch(30));
    let mut d_input = Samples::zeros(0);
    for samples in [5, 30, 0, 1, 29] {
        let x = batch(samples);
        let d_output = OMatrix::<f64, Const<5>, Dyn>::repeat(samples, 0.5);
        let mut gradient = Deep::zeros();
        net.activations_into(&x, &mut activations);
        net.backward_to_input_into(
            &activations,
            &d_output,
            &mut gradient,
            &mut d_input,
            &mut workspace,
        );

        let fresh = net.activations(&x);
        let mut wanted = Deep::zeros();
        assert_eq!(d_input, net.backward_to_input(&fresh, &d_output, &mut wanted));
        assert_eq!(activations.output, fresh.output);
        assert_eq!(gradient, wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Values and batches of any kind, from nearly zero to where functions saturate.
    #[test]
    fn any_values(batch in 0usize..20, seed: u64, scale in 1e-3..6.0f64) {
        check_scaled::<Deep>(batch, seed, scale);
        check_scaled::<Nested>(batch, seed, scale);
        check_scaled::<Activate<Gelu, Rank1<11>>>(batch, seed, scale);
        check_scaled::<Dense<f64, 5, 7, LogSoftmax>>(batch, seed, scale);
    }
}
