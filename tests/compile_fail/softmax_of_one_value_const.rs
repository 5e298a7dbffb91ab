//! The same where only rustc knows that it is one: of a const, and of what another network gives.
use static_net::network;

const ONE: usize = 1;

network! {
    struct Dense< 10 => chance: softmax ONE >;
    struct Sequence< [5, 4] => log_softmax dense(ONE, bias: false) >;
    struct Encoder< 10 => relu 4 => 1 >;
    struct Nested< 10 => softmax Encoder >;
}

fn main() {}
