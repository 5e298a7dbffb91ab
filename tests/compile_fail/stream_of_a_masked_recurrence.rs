//! Streams of networks that pass over steps, of which a stream has none.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5]) => &x => gru(4, mask: &mask) => 3 >;
    struct Inside< [5, 8] => loud: 1 => mask: reshape[5] => &input => residual(attention(2, causal: true, mask: &mask)) >;
}

fn main() {
    Net::zeros().stream();
    Inside::zeros().stream();
}
