//! A target has as many values as the output.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => relu 16 => 2 >;
}

fn main() {
    let net = Net::zeros();
    MeanSquaredError.loss(&net.forward(&SVector::<f32, 10>::zeros()), &SVector::<f32, 3>::zeros());
}
