//! An activation with a number behind a width that is a const parameter.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => elu(1.0) H => 2 >;
}

fn main() {
    assert_eq!(Net::<32>::zeros().activations(&[1.0; 10]).stage1.len(), 32);
}
