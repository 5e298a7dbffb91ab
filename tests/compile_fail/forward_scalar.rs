//! An input of another scalar type.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().forward(&SVector::<f64, 10>::zeros());
}
