//! The channels that come in stand in front of those that go out.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(1, 32, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
