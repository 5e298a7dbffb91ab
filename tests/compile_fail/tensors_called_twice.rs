//! Tensors of two stages under one name: two that are told, one and a label, one and a place, one and a part of another.
use static_net::prelude::*;

network! {
    struct Told< 10 => #[tensors = "0"] relu 32 => #[tensors = "0"] latent: 16 => 2 >;
    struct Label< 10 => latent: relu 32 => #[tensors = "latent"] 16 => 2 >;
    struct Place< 10 => #[tensors = "stage2"] relu 32 => 16 => 2 >;
    struct Part< 10 => #[tensors = "model"] relu 32 => #[tensors = "model.weight"] 2 >;
    struct Inside< 10 => residual(#[tensors = "0"] relu 32 => #[tensors = "0"] 10) => #[tensors = "0"] 2 >;
    struct Again< 10 => #[tensors = "0"] #[tensors = "1"] relu 32 => 2 >;
}

fn main() {
    Told::zeros().state();
}
