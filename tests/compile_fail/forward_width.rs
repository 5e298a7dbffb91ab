//! An input of another width.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().forward(&SVector::<f32, 9>::zeros());
}
