//! The same where only rustc knows how often.
use static_net::prelude::*;

const TIMES: usize = 0;

network! {
    struct Net< 10 => repeat(TIMES; relu 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
