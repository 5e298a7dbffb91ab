//! Each head takes as many features.
use static_net::prelude::*;

network! {
    struct Encoder< tokens(16, vocab: 100) => embedding(32) => attention(heads: 5) => mean_over_time => 2 >;
}

fn main() {}
