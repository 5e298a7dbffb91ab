//! Attention behind a vector that only rustc knows.
use static_net::prelude::*;

network! { struct Inner< 4 => 64 >; }

network! {
    struct Net< 4 => Inner => attention(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
