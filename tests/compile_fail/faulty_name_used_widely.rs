//! A faulty network brings no follow-up errors, wherever its name is used.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => latent: rellu H => 3 >;
    struct Net< 10 => Encoder<5> => relu 8 => Encoder<6> >;
}

fn main() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut encoder = Encoder::<5>::new(&mut rng);
    let x = SMatrix::<f32, 10, 4>::zeros();
    let y: SMatrix<f32, 3, 4> = encoder.forward(&x);
    let activations: Box<EncoderActivations<_>> = encoder.activations(&x);
    let code = activations.latent.column(0).norm();
    let mut gradient = Encoder::<5>::zeros();
    let d_input = encoder.backward_to_input(&activations, &y, &mut gradient);
    encoder.stage2.weight[(0, 0)] += gradient.stage2.weight.sum() + code;
    encoder.state_mut()[0] = d_input[(0, 0)] + Encoder::<5>::PARAMETERS as f32;
    let owned: Aligned<Encoder<5>> = encoder.clone();
    println!("{} {:?} {:?}", Encoder::<5>::summary(), Encoder::<5>::tensors(), owned);
    let net = Net::new(&mut rng);
    println!("{}", net.forward(&x).norm() + net.stage1.latent.bias.norm());
}
