//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let output = Net::zeros().forward(&SMatrix::<f32, 10, 4>::zeros());
    assert_eq!(MeanSquaredError.loss(&output, &SMatrix::<f32, 2, 4>::zeros()).0, 0.0);
}
