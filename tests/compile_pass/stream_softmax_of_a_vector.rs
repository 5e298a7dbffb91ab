//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Soft< [9, 4] => softmax >;
    struct Nested< [9, 4] => relu => residual(log_softmax) >;
}

fn main() {
    let (soft, nested) = (Soft::zeros(), Nested::zeros());
    let mut stream = soft.stream();
    assert_eq!(stream.push(&[0.5; 4]).as_slice(), [0.25; 4]);
    let mut stream = nested.stream();
    assert!((stream.push(&[0.5; 4])[3] - (0.5 - 4.0_f32.ln())).abs() < 1e-6);
}
