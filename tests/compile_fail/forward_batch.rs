//! A batch with one sample per row.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().forward(&SMatrix::<f32, 4, 10>::zeros());
}
