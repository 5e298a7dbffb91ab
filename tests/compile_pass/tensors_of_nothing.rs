//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Shape< 10 => relu 32 => [32] => 2 >;
    struct Reference< 10 => latent: relu 32 => head: 2 => &latent => 2 => sum(identity | &head) >;
    struct Nothing< 10 => relu 32 => #[tensors = "2"] 2 >;
}

fn main() {
    assert_eq!(Nothing::tensors()[2].name, "2.weight");
    assert_eq!(Shape::zeros().state().len(), Nothing::zeros().state().len());
    assert_eq!(Reference::zeros().head.weight.shape(), (2, 32));
}
