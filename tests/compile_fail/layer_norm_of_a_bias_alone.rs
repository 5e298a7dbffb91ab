//! A bias without a weight, which `torch.nn.LayerNorm` leaves out without a word; of numbers and of a const.
use static_net::network;

const WIDTH: usize = 9;

network! {
    struct Net< [4, 9] => layer_norm(elementwise_affine: false, bias: true) => 3 >;
    struct Const< [4, WIDTH] => tanh layer_norm(bias: true, elementwise_affine: false) => 3 >;
}

fn main() {}
