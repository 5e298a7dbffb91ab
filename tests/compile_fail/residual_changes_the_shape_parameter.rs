//! The same where it is a const parameter.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => residual(relu 32 => H) => 2 >;
}

fn main() {
    Net::<12>::zeros().state();
}
