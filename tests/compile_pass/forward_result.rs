//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let y: SVector<f32, 2> = Net::zeros().forward(&SVector::<f32, 10>::zeros());
    assert_eq!(y.len(), 2);
}
