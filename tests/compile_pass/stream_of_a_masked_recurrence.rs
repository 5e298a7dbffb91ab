//! Streams of networks that take each step.
use static_net::prelude::*;

network! {
    struct Net< [5, 8] => gru(4) => 3 >;
    struct Inside< [5, 8] => residual(attention(2, causal: true)) >;
}

fn main() {
    Net::zeros().stream();
    Inside::zeros().stream();
}
