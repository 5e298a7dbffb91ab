//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const NONE: usize = 4;

network! {
    struct Image<
        [1, 8, 8] => relu conv(4, 8) => batch_norm => flatten => layer_norm
        => residual(relu 4 => rms_norm) => code: relu 32 => softmax 10
    >;
    #[derive(Clone, Debug)]
    struct Steps< [16, 8] => attention(2, causal: true) => residual(lstm(8) => layer_norm) => softmax 5 >;
    struct Tokens< tokens(NONE, vocab: 5) => embedding(4) => position => tanh 3 => softmax(axis: 0) => flatten => 2 >;
}

fn main() {
    let mut net = Image::new(&mut StdRng::seed_from_u64(1));
    let x = SMatrix::<f32, 64, 2>::identity();
    let y: SMatrix<f32, 10, 2> = net.forward(&x);
    let activations = net.train(&x, &mut StdRng::seed_from_u64(1));
    let code: SMatrix<f32, 32, 2> = activations.code;
    let mut gradient = Image::zeros();
    let (_, d_output) = MeanSquaredError.loss(&activations.output, &y);
    net.backward(&activations, &d_output, &mut gradient);
    println!("{} {}", net.code.bias, code);
    let steps = Steps::zeros().clone();
    steps.stream().push(&[0.5; 8]);
    println!("{}", Tokens::summary());
}
