//! A type that does not exist: rustc's own message.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 16 => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
