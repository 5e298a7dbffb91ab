//! The interface that users' code stands on: types are annotated wherever a user may rely on them.

use static_net::prelude::*;
use static_net::{Kind, Network};

network! {
    /// Learns two hidden representations of a 10-dimensional input.
    pub struct Net< 10 => relu 32 => latent: relu 16 => 2 >;

    /// The first half of an autoencoder.
    pub struct Encoder< 10 => tanh 6 => 3 >;
    struct Autoencoder< 10 => encoder: relu Encoder => hidden: silu 6 => 10 >;

    struct Precise< f64; 4 => gelu 5 => 3 >;
    struct Flexible< const IN: usize, const H: usize; IN => relu H => tanh 16 => 2 >;
}

fn network() -> Aligned<Net> {
    Net::new(&mut StdRng::seed_from_u64(7))
}

fn sample() -> SVector<f32, 10> {
    SVector::from_fn(|row, _| (row as f32 * 0.7).sin())
}

fn batch<const B: usize>() -> SMatrix<f32, 10, B> {
    SMatrix::from_fn(|row, column| (row as f32 * 0.7 + column as f32).sin())
}

fn dense<const IN: usize, const OUT: usize>(
    weight: &SMatrix<f32, OUT, IN>,
    bias: &SVector<f32, OUT>,
    x: &SVector<f32, IN>,
) -> SVector<f32, OUT> {
    weight * x + bias
}

#[test]
fn a_network_is_what_its_declaration_says() {
    let net: Aligned<Net> = network();
    let x = sample();
    let y: SVector<f32, 2> = net.forward(&x);

    // Written out with plain matrices.
    let weight: &SMatrix<f32, 32, 10> = &net.stage1.weight;
    let bias: &SVector<f32, 32> = &net.stage1.bias;
    let hidden = dense(weight, bias, &x).map(|value| value.max(0.0));
    let latent_weight: &SMatrix<f32, 16, 32> = &net.latent.weight;
    let latent = dense(latent_weight, &net.latent.bias, &hidden).map(|value| value.max(0.0));
    let output_weight: &SMatrix<f32, 2, 16> = &net.stage3.weight;
    let output = dense(output_weight, &net.stage3.bias, &latent);
    assert!((y - output).amax() < 1e-5, "{y} {output}");
    assert!(y.amax() > 1e-3, "a network that gives zeros proves nothing");

    let activations = net.activations(&x);
    let named: &SVector<f32, 16> = &activations.latent;
    assert!((named - latent).amax() < 1e-5);
    let input: &SVector<f32, 10> = &activations.input;
    assert_eq!(input, &x);
    let stage1: &SVector<f32, 32> = &activations.stage1;
    assert!((stage1 - hidden).amax() < 1e-5);
    let last: &SVector<f32, 2> = &activations.output;
    assert_eq!(last, &y);
    assert!(core::ptr::eq(&activations.stage3, &activations.output));

    let plain: &Net = &net;
    assert_eq!(plain.forward(&x), y);
    assert_eq!((&raw const *plain).addr() % 64, 0, "`new` aligns to a cache line");
}

#[test]
fn batches_of_every_kind_give_matrices_of_their_own_kind() {
    let net = network();
    let fixed: SMatrix<f32, 10, 4> = batch();
    let y: SMatrix<f32, 2, 4> = net.forward(&fixed);
    let dynamic = OMatrix::<f32, Const<10>, Dyn>::from_columns(&[fixed.column(0), fixed.column(3)]);
    let y_dynamic: OMatrix<f32, Const<2>, Dyn> = net.forward(&dynamic);
    assert_eq!(y_dynamic.shape(), (2, 2));
    assert!((y_dynamic.column(1) - y.column(3)).amax() < 1e-5);

    let view: SMatrix<f32, 2, 2> = net.forward(&fixed.fixed_columns::<2>(1));
    assert!((view.column(0) - y.column(1)).amax() < 1e-5);
    let view: OMatrix<f32, Const<2>, Dyn> = net.forward(&fixed.columns(1, 3));
    assert!((view.column(2) - y.column(3)).amax() < 1e-5);
    let view: SVector<f32, 2> = net.forward(&fixed.column(2));
    assert!((view - y.column(2)).amax() < 1e-5);
    let array: SVector<f32, 2> = net.forward(&[0.5; 10]);
    assert_eq!(array, net.forward(&SVector::<f32, 10>::repeat(0.5)));
    let arrays: OMatrix<f32, Const<2>, Dyn> = net.forward([[0.5; 10]; 3].as_slice());
    assert!((arrays.column(2) - array).amax() < 1e-5);

    let activations = net.activations(&fixed);
    let latent: &SMatrix<f32, 16, 4> = &activations.latent;
    let output: &SMatrix<f32, 2, 4> = &activations.output;
    assert_eq!(output, &y);
    assert!((net.activations(&dynamic).latent.column(1) - latent.column(3)).amax() < 1e-5);

    let y: OMatrix<f32, Const<2>, Dyn> = net.forward(&OMatrix::<f32, Const<10>, Dyn>::zeros(0));
    assert_eq!(y.shape(), (2, 0));
}

#[test]
fn backward_adds_to_a_network_of_gradients() {
    let net = network();
    let activations = net.activations(&sample());
    let mut gradient: Aligned<Net> = Net::zeros();
    assert!(gradient.state().iter().all(|&value| value == 0.0));
    let d_output = SVector::<f32, 2>::new(1.0, -0.5);
    let d_input: SVector<f32, 10> = net.backward_to_input(&activations, &d_output, &mut gradient);

    assert_eq!(gradient.stage3.bias, d_output);
    assert!((gradient.stage3.weight - d_output * activations.latent.transpose()).amax() < 1e-6);
    let d_latent = (net.stage3.weight.transpose() * d_output)
        .zip_map(&activations.latent, |d, y| if y > 0.0 { d } else { 0.0 });
    assert!((gradient.latent.bias - d_latent).amax() < 1e-6);
    let d_stage1 = (net.latent.weight.transpose() * d_latent)
        .zip_map(&activations.stage1, |d, y| if y > 0.0 { d } else { 0.0 });
    assert!((gradient.stage1.bias - d_stage1).amax() < 1e-6);
    assert!((d_input - net.stage1.weight.transpose() * d_stage1).amax() < 1e-6);

    net.backward(&activations, &d_output, &mut gradient);
    assert_eq!(gradient.stage3.bias, 2.0 * d_output);

    let d_batch: SMatrix<f32, 10, 4> = net.backward_to_input(
        &net.activations(&batch::<4>()),
        &SMatrix::<f32, 2, 4>::zeros(),
        &mut gradient,
    );
    assert_eq!(d_batch, SMatrix::<f32, 10, 4>::zeros());
}

#[test]
#[should_panic(expected = "the gradient of the output holds 2 samples, the activations hold 3")]
fn a_gradient_for_another_number_of_samples_is_refused() {
    let net = network();
    let activations = net.activations([[0.0; 10]; 3].as_slice());
    net.backward(&activations, [[0.0; 2]; 2].as_slice(), &mut Net::zeros());
}

#[test]
fn parameters_are_one_run_of_floats() {
    const PARAMETERS: usize = 10 * 32 + 32 + 32 * 16 + 16 + 16 * 2 + 2;
    assert_eq!(Net::PARAMETERS, PARAMETERS);
    assert_eq!(size_of::<Net>(), 4 * PARAMETERS);

    let mut net = network();
    let state: &[f32] = net.state();
    assert_eq!(state.len(), PARAMETERS);
    assert_eq!(&state[..320], net.stage1.weight.as_slice());
    assert_eq!(&state[PARAMETERS - 2..], net.stage3.bias.as_slice());
    let state: &mut [f32] = net.state_mut();
    state[320] = 42.0;
    assert_eq!(net.stage1.bias[0], 42.0);

    let tensors = Net::tensors();
    let table: Vec<_> = tensors
        .iter()
        .map(|tensor| {
            (tensor.name.as_str(), tensor.shape.as_slice(), tensor.range.clone(), tensor.kind)
        })
        .collect();
    assert_eq!(
        table,
        [
            ("stage1.weight", [32, 10].as_slice(), 0..320, Kind::Trained),
            ("stage1.bias", &[32], 320..352, Kind::TrainedWithoutDecay),
            ("latent.weight", &[16, 32], 352..864, Kind::Trained),
            ("latent.bias", &[16], 864..880, Kind::TrainedWithoutDecay),
            ("stage3.weight", &[2, 16], 880..912, Kind::Trained),
            ("stage3.bias", &[2], 912..914, Kind::TrainedWithoutDecay),
        ]
    );
    // Row 3, column 5 of a dense weight, where its strides say.
    let latent = &tensors[2];
    let offset = latent.range.start + 3 * latent.strides[0] + 5 * latent.strides[1];
    assert_eq!(net.state()[offset], net.latent.weight[(3, 5)]);
}

#[test]
fn a_new_network_follows_its_seed_and_fan_in() {
    let net = network();
    assert_eq!(net, network());
    assert_ne!(net, Net::new(&mut StdRng::seed_from_u64(8)));
    // Uniform within gain * sqrt(3 / fan_in), which has the variance gain^2 / fan_in.
    let bound = 2.0f32.sqrt() * (3.0f32 / 32.0).sqrt();
    assert!(net.latent.weight.amax() <= bound && net.latent.weight.amax() > 0.9 * bound);
    let variance = net.latent.weight.norm_squared() / 512.0;
    assert!((variance * 16.0 - 1.0).abs() < 0.2, "{variance}");
    assert_eq!(net.latent.bias, SVector::<f32, 16>::zeros());

    let mut copy: Aligned<Net> = net.clone();
    assert_eq!(copy, net);
    copy.latent.bias[0] = 1.0;
    assert_ne!(copy, net);
}

#[test]
fn a_network_can_be_a_stage() {
    let net = Autoencoder::new(&mut StdRng::seed_from_u64(3));
    let encoder: &Encoder = &net.encoder;
    let x = sample();
    let code: SVector<f32, 3> = encoder.forward(&x);
    let activations = net.activations(&x);
    let encoded: &SVector<f32, 3> = &activations.encoder;
    assert!((encoded - code.map(|value| value.max(0.0))).amax() < 1e-6);
    let own: Aligned<Encoder> = Aligned::from(encoder);
    assert!((own.forward(&x) - code).amax() < 1e-6);

    let names: Vec<_> = Autoencoder::tensors().into_iter().map(|tensor| tensor.name).collect();
    assert_eq!(
        names,
        [
            "encoder.stage1.weight",
            "encoder.stage1.bias",
            "encoder.stage2.weight",
            "encoder.stage2.bias",
            "hidden.weight",
            "hidden.bias",
            "stage3.weight",
            "stage3.bias",
        ]
    );
    assert_eq!(Autoencoder::PARAMETERS, Encoder::PARAMETERS + 3 * 6 + 6 + 6 * 10 + 10);
}

#[test]
fn networks_of_f64_and_of_const_parameters() {
    let net: Aligned<Precise> = Precise::new(&mut StdRng::seed_from_u64(1));
    let y: SVector<f64, 3> = net.forward(&SVector::<f64, 4>::repeat(0.5));
    assert!(y.amax() > 0.0);
    assert_eq!(size_of::<Precise>(), 8 * Precise::PARAMETERS);

    let net: Aligned<Flexible<3, 8>> = Flexible::<3, 8>::new(&mut StdRng::seed_from_u64(1));
    assert_eq!(Flexible::<3, 8>::PARAMETERS, 3 * 8 + 8 + 8 * 16 + 16 + 16 * 2 + 2);
    let weight: &SMatrix<f32, 8, 3> = &net.stage1.weight;
    assert_eq!(weight.shape(), (8, 3));
    let activations = net.activations(&SMatrix::<f32, 3, 2>::repeat(0.5));
    let stage2: &SMatrix<f32, 16, 2> = &activations.stage2;
    assert!(stage2.amax() > 0.0);
    let y: SVector<f32, 2> = Flexible::<5, 1>::zeros().forward(&SVector::<f32, 5>::zeros());
    assert_eq!(y, SVector::<f32, 2>::zeros());
}

network! {
    /// Nothing to train.
    #[derive(Clone, Copy)]
    struct Untrained< 5 => relu => chances: softmax >;
}

#[test]
fn a_network_without_parameters_is_one_too() {
    let mut net = Untrained::new(&mut StdRng::seed_from_u64(1));
    // Behind a byte, where a float could not be.
    let placed = (1u8, *net);
    assert_eq!(placed.1.state(), [0.0; 0]);
    assert_eq!(net.state_mut(), [0.0; 0]);
    assert_eq!((Untrained::PARAMETERS, Untrained::tensors().len()), (0, 0));
    let x = SVector::<f32, 5>::new(0.0, 1.0, -1.0, 0.0, -9.0);
    let activations = net.activations(&x);
    assert!((activations.chances.sum() - 1.0).abs() < 1e-6);
    let d_input = net.backward_to_input(&activations, &x, &mut Untrained::zeros());
    assert_eq!(d_input[4], 0.0);
    assert!(d_input[1] > 0.0);
    let gradient = Untrained::zeros();
    Adam::new(&net).step(&mut net, &gradient);
}

#[test]
fn code_can_be_written_for_any_network() {
    fn norm<N: Network<Scalar = f32>>(network: &N) -> f32 {
        network.state().iter().map(|value| value * value).sum::<f32>().sqrt()
    }
    assert!(norm(&*network()) > 1.0);
    assert_eq!(<Net as Network>::NAME, "Net");
    assert_eq!(<Net as Network>::STAGES[1].name, "latent");
}
