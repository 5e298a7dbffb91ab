//! A softmax over one value is 1 whatever that is.
use static_net::network;

network! {
    struct Dense< 10 => relu 32 => softmax 1 >;
    struct Alone< [4, 1] => log_softmax => flatten => 2 >;
    struct Layer< [3, 8, 8] => softmax conv(4, [1, 8]) => flatten => 2 >;
    struct Inside< 10 => concat(softmax 1 | relu 3) >;
}

fn main() {}
