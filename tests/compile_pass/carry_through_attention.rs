//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 4] => gru(6) => residual(rnn(6)) => lstm(3) >;
}

fn main() {
    let net = Net::zeros();
    let mut state = StreamState::<Net>::new();
    net.forward_from(&SVector::<f32, 32>::zeros(), &mut state);
    assert_eq!(state.position(), 8);
}
