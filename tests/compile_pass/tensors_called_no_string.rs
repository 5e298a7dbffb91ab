//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Number< 10 => #[tensors = "0"] relu 32 => #[tensors = "2"] 2 >;
    struct Nothing< 10 => #[tensors = "0"] relu 32 => #[tensors = "two"] 2 >;
}

fn main() {
    assert_eq!(Number::tensors()[2].name, "2.weight");
    assert_eq!(Nothing::tensors()[2].name, "two.weight");
}
