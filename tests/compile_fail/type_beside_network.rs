//! Types that have the names of structs which a network declares beside it.
use static_net::prelude::*;

struct NetActivations {
    loss: f32,
}

struct CriticInput {
    state: [f32; 3],
}

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Critic< (state: 3, action: 1) => concat(&state | &action) => 1 >;
}

fn main() {
    let net = Net::zeros();
    let activations = net.activations(&SVector::<f32, 10>::zeros());
    let mine = NetActivations { loss: activations.stage1.sum() };
    println!("{} {:?}", mine.loss, CriticInput { state: [0.0; 3] }.state);
}
