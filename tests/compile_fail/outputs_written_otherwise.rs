//! Outputs with commas between them, with a label, and one alone.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6, value: 1) >;
    struct Labelled< 8 => relu 16 => heads: (policy: 6 | value: 1) >;
    struct One< 8 => relu 16 => (policy: 6) >;
}

fn main() {
    Net::zeros().state();
}
