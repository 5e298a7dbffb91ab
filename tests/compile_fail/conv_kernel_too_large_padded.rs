//! A dilated window larger than the padded image.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => conv(8, 5, padding: 1, dilation: 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
