//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Net< [2, 16] => conv(3, 4, padding: causal) => transpose => past: gru(4) >; }

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.part_mut(|net| &net.past);
}
