//! A window larger than the image.
use static_net::prelude::*;

network! {
    struct Net< [1, 4, 4] => conv(8, 5) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
