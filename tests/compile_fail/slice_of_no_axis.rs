//! An axis counted with the batch.
use static_net::prelude::*;

network! {
    struct Net< [6, 4] => slice(0, 2, axis: 2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
