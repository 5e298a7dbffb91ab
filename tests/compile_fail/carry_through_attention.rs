//! Attention has taken all its steps behind one sequence: there is none that goes on from its state.
use static_net::prelude::*;

network! {
    struct Net< [8, 4] => gru(6) => residual(attention(heads: 2, causal: true)) => lstm(3) >;
}

fn main() {
    let net = Net::zeros();
    let mut state = StreamState::<Net>::new();
    net.forward_from(&SVector::<f32, 32>::zeros(), &mut state);
}
