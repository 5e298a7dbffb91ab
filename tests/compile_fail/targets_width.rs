//! Targets of another width than the output.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let output = Net::zeros().forward(&SMatrix::<f32, 10, 4>::zeros());
    MeanSquaredError.loss(&output, &SMatrix::<f32, 3, 4>::zeros());
}
