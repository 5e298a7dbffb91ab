//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [3, 28, 28] => conv(16, 3) => prelu(16) => flatten => 10 >;
    struct Parameter< const H: usize; 10 => H => prelu => 2 >;
    struct Slope< 10 => 32 => prelu(init: 0.1) => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage2.weight.len(), 16);
    assert_eq!(Parameter::<7>::zeros().stage2.weight.len(), 1);
    assert_eq!(Slope::new(&mut StdRng::seed_from_u64(1)).stage2.weight[0], 0.1);
}
