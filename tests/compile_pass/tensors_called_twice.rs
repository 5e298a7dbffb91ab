//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Told< 10 => #[tensors = "0"] relu 32 => #[tensors = "2"] latent: 16 => 2 >;
    struct Label< 10 => latent: relu 32 => #[tensors = "latent2"] 16 => 2 >;
    struct Place< 10 => #[tensors = "stage22"] relu 32 => 16 => 2 >;
    struct Part< 10 => #[tensors = "model"] relu 32 => #[tensors = "model_weight"] 2 >;
    struct Inside< 10 => residual(#[tensors = "0"] relu 32 => #[tensors = "2"] 10) => #[tensors = "4"] 2 >;
    struct Again< 10 => #[tensors = "0"] relu 32 => 2 >;
}

fn main() {
    assert_eq!(Told::tensors()[2].name, "2.weight");
    assert_eq!(Label::tensors()[2].name, "latent2.weight");
    assert_eq!(Place::tensors()[2].name, "stage2.weight");
    assert_eq!(Part::tensors()[2].name, "model_weight.weight");
    assert_eq!(Inside::tensors()[2].name, "2.weight");
    assert_eq!(Again::tensors()[0].name, "0.weight");
}
