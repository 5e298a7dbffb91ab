//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, action: 6) => concat(&state | &action) => relu 32 => 1 >;
}

fn main() {
    let (state, action) = (SVector::<f32, 17>::zeros(), SVector::<f32, 6>::zeros());
    Net::zeros().forward(&NetInput { state: &state, action: &action });
}
