//! A loss at each step that is told another number of classes than the network gives.
use static_net::prelude::*;

network! {
    struct Net< tokens(6, vocab: 5) => embedding(8) => 5 >;
}

fn main() {
    let output = Net::zeros().forward(&[0, 1, 2, 3, 4, 0]);
    CrossEntropy.each_step::<7>().loss(&output, &[1u32, 2, 3, 4, 0, 1]);
}
