//! A bar behind the last branch: another may be missing, or the bar is one too many.
use static_net::prelude::*;

network! {
    struct Net< 10 => concat(relu 16 | ) => 2 >;
}

fn main() {
    Net::zeros().state();
}
