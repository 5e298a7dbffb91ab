//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Renamed< 10 => #[tensors = "0"] relu 32 => #[tensors = "2"] 2 >;
    struct Condition< 10 => relu 32 => 2 >;
    struct Documented<
        10
        // What is learned.
        => relu 32
        => /* The classes. */ 2
    >;
}

fn main() {
    assert_eq!(Renamed::tensors()[2].name, "2.weight");
    assert_eq!(Documented::zeros().state().len(), Condition::zeros().state().len());
}
