//! A number alone may be counted with the batch.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => concat(1; identity | relu) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
