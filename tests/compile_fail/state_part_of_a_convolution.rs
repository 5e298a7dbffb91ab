//! What a convolution keeps is a ring of steps, which has no name.
use static_net::prelude::*;

network! { struct Net< [2, 16] => past: conv(3, 4, padding: causal) => transpose => gru(4) >; }

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.part_mut(|net| &net.past);
}
