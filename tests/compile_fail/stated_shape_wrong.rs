//! A stated shape that does not hold, all in numbers.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => softmax => [16] => 2 >;
}

fn main() {
    Net::zeros().state();
}
