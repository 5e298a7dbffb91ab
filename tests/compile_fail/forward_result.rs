//! The result of `forward` is not what is asked for.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let _: SVector<f32, 3> = Net::zeros().forward(&SVector::<f32, 10>::zeros());
}
