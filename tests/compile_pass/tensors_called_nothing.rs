//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Empty< 10 => #[tensors = "0"] relu 32 => 2 >;
    struct Dots< 10 => #[tensors = "model.0"] relu 32 => #[tensors = "model.2"] 2 >;
    struct Control< 10 => #[tensors = "bell"] relu 32 => 2 >;
}

fn main() {
    let names: Vec<String> = Dots::tensors().into_iter().map(|tensor| tensor.name).collect();
    assert_eq!(names, ["model.0.weight", "model.0.bias", "model.2.weight", "model.2.bias"]);
    assert_eq!(Empty::zeros().state().len(), Control::zeros().state().len());
}
