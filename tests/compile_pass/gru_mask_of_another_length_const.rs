//! A mask of a sequence whose length is a const.
use static_net::prelude::*;

network! {
    struct Net< (x: [sizes::STEPS, 8], mask: [sizes::STEPS]) => &x => gru(sizes::HIDDEN, last: true, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}

mod sizes {
    pub const STEPS: usize = 5;
    pub const HIDDEN: usize = 4;
}
