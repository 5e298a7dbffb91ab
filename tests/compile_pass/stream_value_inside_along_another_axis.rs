//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 8] => gru(8) => residual(transpose => conv(8, 3, padding: causal) => z: transpose) => sum(identity | &z) >;
}

fn main() {
    let net = Net::zeros();
    net.stream().push(&SVector::<f32, 8>::zeros());
}
