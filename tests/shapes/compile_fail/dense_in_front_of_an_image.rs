//! A picture is flattened before a dense layer takes it.
use static_net::prelude::*;

network! {
    struct Classifier< [1, 28, 28] => relu conv(8, 5) => max_pool(2) => 10 >;
}

fn main() {}
