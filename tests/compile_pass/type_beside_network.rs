//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

struct NetLosses {
    loss: f32,
}

struct CriticSample {
    state: [f32; 3],
}

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Critic< (state: 3, action: 1) => concat(&state | &action) => 1 >;
}

fn main() {
    let net = Net::zeros();
    let activations: Box<NetActivations> = net.activations(&SVector::<f32, 10>::zeros());
    let mine = NetLosses { loss: activations.stage1.sum() };
    println!("{} {:?}", mine.loss, CriticSample { state: [0.0; 3] }.state);
    println!("{activations:?}");
}
