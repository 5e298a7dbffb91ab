//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Label< 10 => #[tensors = "0"] latent: relu 32 => 2 >;
    struct Stage< 10 => relu 32 => #[tensors = "2"] 2 >;
    struct Behind< 10 => #[tensors = "0"] relu 32 => 2 >;
}

fn main() {
    assert_eq!(Label::tensors()[0].name, "0.weight");
    assert_eq!(Behind::tensors()[0].name, "0.weight");
    assert_eq!(Stage::tensors()[2].name, "2.weight");
}
