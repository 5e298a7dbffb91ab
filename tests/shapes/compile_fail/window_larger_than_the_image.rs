//! Pooled twice, nothing is left for a window of nine.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3) => max_pool(2) => max_pool(2) => conv(16, 9) => flatten => 10 >;
}

fn main() {}
