//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(6, vocab: 5) => embedding(8) => 5 >;
}

fn main() {
    let output = Net::zeros().forward(&[0, 1, 2, 3, 4, 0]);
    let (loss, _) = CrossEntropy.each_step::<5>().loss(&output, &[1u32, 2, 3, 4, 0, 1]);
    assert!((loss - 5f32.ln()).abs() < 1e-6);
}
