//! A mean over the whole sequence has no value for each step.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => gru(8) => mean_over_time >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
