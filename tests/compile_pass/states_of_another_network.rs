//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 2] => lstm(3) >;
    struct Other< [8, 2] => lstm(3) >;
}

fn main() {
    let net = Net::zeros();
    let mut states = vec![StreamState::<Net>::new(); 2];
    net.forward_from(&SMatrix::<f32, 16, 2>::zeros(), &mut states);
    assert_eq!(StreamState::<Other>::new().values().len(), states[0].values().len());
}
