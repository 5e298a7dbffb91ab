//! A repeated convolution that shrinks the image.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => repeat(2; relu conv(4, 3)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
