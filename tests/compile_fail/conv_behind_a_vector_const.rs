//! A network gives a vector, a window slides over an image.
use static_net::prelude::*;

network! { struct Encoder< 8 => relu 16 >; }

network! {
    struct Net< 8 => Encoder => conv(4, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
