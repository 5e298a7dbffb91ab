//! A stream through a value of a composition inside of which time runs along another axis.
use static_net::prelude::*;

network! {
    struct Net< [8, 8] => gru(8) => residual(z: transpose => conv(8, 3, padding: causal) => transpose) => sum(identity | &z) >;
}

fn main() {
    let net = Net::zeros();
    net.stream().push(&SVector::<f32, 8>::zeros());
}
