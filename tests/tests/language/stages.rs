//! Everything that can be a stage.
#![deny(warnings)]
use static_net::layer::{Backward, Layer, Mode, Pass};
use static_net::prelude::*;
use static_net::shape::Rank1;
use static_net::simd::InstructionSet;

const ALPHA: f64 = 0.25;

/// A user's own layer, with a hyperparameter in its type.
#[derive(Parameters)]
#[repr(C)]
struct Times<const N: usize, const FACTOR: u8> {
    gain: SVector<f32, N>,
}

impl<const N: usize, const FACTOR: u8> Layer<f32> for Times<N, FACTOR> {
    type Input = Rank1<N>;
    type Output = Rank1<N>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.gain.fill(f32::from(FACTOR));
    }

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[f32; N]],
        output: &mut [[f32; N]],
        _: &mut Pass<'_, f32, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            *y = core::array::from_fn(|feature| self.gain[feature] * x[feature]);
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        _: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
    }
}

mod module {
    static_net::network!(pub struct Decoder< 4 => 3 >;);
}

network! {
    struct Activations< 4 => leaky_relu(0.2) 8 => elu(alpha: 0.5) 8 => softplus(2) 8 => elu(ALPHA) 8
        => elu({ 2.0 * ALPHA }) 8 => leaky_relu(-1.0) 8 => leaky_relu() 8 => elu 8 => gelu 8
        => gelu_tanh 8 => silu 8 => tanh 8 => sigmoid 8 => softplus 8 => identity 8 >;
    struct Alone< 4 => relu => 8 => last: log_softmax => leaky_relu(0.2) => softmax >;
    struct Shapes< [4] => [4] => relu 8 => [8] => softmax => [8,] >;
    struct Image< [2, 3] => relu => [2, 3] >;
    struct Encoder< const H: usize; 4 => code: relu H >;
    struct Middle< 16 => 4 >;
    struct Nested< 4 => code: Encoder<16> => [16] => relu Middle => elu(0.5) module::Decoder
        => crate::stages::Times<3, 2> => r#type: self::Times::<3, 5> >;
    struct Attention< (x: 3, memory: 2) => concat(&x | &memory) => h: tanh 4 => (_main: 3 | &h) >;
    struct Dense< (x: 3, y: 3) => sum(&x | &y) >;
    struct Residual< (x: 3, gate: 4) => &gate => sigmoid 3 => product(identity | &x) >;
    struct Tanh< (a: 3, b: 3) => concat(&a | &b) >;
    struct CalledAsWords< 3 => m: 2 => _part: Attention(memory: &m, x: &input) => part_: Attention(x: &_part._main, memory: &m)
        => &part_._main => y: silu Dense(y: &input, x: &part_._main) => z: Residual(x: &y, gate: &_part.h) => Tanh(b: &y, a: &z) >;
    struct Generic< const H: usize; 4 => Encoder<H> => [H] => relu => Times<H, 3> => [H] => 2 >;
}

#[test]
fn builds_and_runs() {
    assert_eq!(Activations::PARAMETERS, 40 + 14 * 72);
    let alone = Alone::zeros();
    assert_eq!(alone.activations(&[1.0; 4]).last.len(), 8);
    assert_eq!(Shapes::zeros().forward(&[1.0; 4]).len(), 8);
    assert_eq!(Image::zeros().forward(&[-1.0, 2.0, 3.0, 4.0, 5.0, 6.0])[1], 2.0);
    let mut nested = Nested::new(&mut StdRng::seed_from_u64(1));
    nested.stage3.stage1.bias.fill(1.0);
    let activations = nested.activations(&[0.0; 4]);
    assert_eq!(activations.output.as_slice(), [10.0; 3]);
    assert_eq!((activations.r#type.len(), activations.code.len()), (3, 16));
    assert_eq!(nested.code.code.weight.shape(), (16, 4));
    let encoder: &Encoder<16> = &nested.code;
    assert_eq!(encoder.forward(&[0.0; 4]).len(), 16);
    assert!(Nested::tensors().iter().any(|tensor| tensor.name == "type.gain"));
    assert_eq!(Generic::<7>::PARAMETERS, 35 + 7 + 16);
}

#[test]
fn names_of_layers_are_those_of_networks_too() {
    let net = CalledAsWords::new(&mut StdRng::seed_from_u64(1));
    let activations = net.activations(&[0.5; 3]);
    assert_eq!(activations.part_main, activations.part_.fixed_rows::<3>(0));
    let dense = DenseInput { x: &activations.part_main, y: &[0.5; 3] };
    let expected = Dense::zeros().forward(&dense).map(|x| x / (1.0 + (-x).exp()));
    assert!((activations.y - expected).amax() < 1e-6);
    assert_eq!(activations.output.fixed_rows::<3>(3), activations.y);
}
