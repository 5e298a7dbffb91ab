//! A stream through a value that is read where time runs along another axis.
use static_net::prelude::*;

network! {
    struct Net< [8, 8] => a: gru(8) => transpose => conv(8, 3, padding: causal) => sum(identity | &a) => transpose >;
}

fn main() {
    let net = Net::zeros();
    net.stream().push(&SVector::<f32, 8>::zeros());
}
