//! A sample is a column.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().forward(&SVector::<f32, 10>::zeros().transpose());
}
