//! A recurrence that also runs from the last step to the first needs steps that are not there yet, and so does an attention
//! that looks at all of them.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => lstm(4, bidirectional: true) => 3 >;
    struct Attends< [16, 4] => layer_norm => residual(layer_norm => attention(2)) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
    Attends::zeros().stream();
}
