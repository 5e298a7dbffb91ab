//! A type with arguments in parentheses.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => relu H => 4 >;
}

network! {
    struct Net< 10 => Encoder(16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
