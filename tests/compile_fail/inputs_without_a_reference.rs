//! Stages that do not say which of several inputs they take.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, action: 6) => relu 32 => 1 >;
    struct Joined< (state: 17, action: 6) => concat(relu 8 | &action) => 1 >;
}

fn main() {
    Net::zeros().state();
}
