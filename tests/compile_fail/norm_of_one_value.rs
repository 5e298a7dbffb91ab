//! Normalizations of single values, each of which is its own mean.
use static_net::network;

network! {
    struct Layer< [16, 1] => layer_norm => flatten => 4 >;
    struct Group< 16 => relu group_norm(16) => 4 >;
    struct Vector< 10 => 1 => layer_norm >;
}

fn main() {}
