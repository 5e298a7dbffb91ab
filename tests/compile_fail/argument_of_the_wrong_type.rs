//! Arguments are numbers.
use static_net::prelude::*;

network! {
    struct Net< 10 => elu("half") 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
