//! A network inside a residual takes another width.
use static_net::prelude::*;

network! { struct Encoder< 16 => relu 8 >; }

network! {
    struct Net< 10 => residual(relu 12 => Encoder => 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
