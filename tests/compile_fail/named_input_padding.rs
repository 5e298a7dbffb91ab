//! Tokens whose padding is another than that of the input which takes them.
use static_net::prelude::*;

network! {
    struct Encoder< (words: tokens(6, vocab: 100, padding: 0), scale: 8)
        => &words => embedding(8) => mean_over_time(mask: &words) => product(identity | &scale) >;
    struct Net< (text: tokens(6, vocab: 100, padding: 1), gain: 8) => Encoder(words: &text, scale: &gain) => 2 >;
}

fn main() {
    Net::zeros().state();
}
