//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Label< 4 => block: residual(projected: relu 8 => 4; project: 4) => 2 >;
    struct Told< 4 => residual(relu 8 => #[tensors = "projected"] 4; project: 4) => 2 >;
}

fn main() {
    assert_eq!(Label::tensors()[0].name, "block.projected.weight");
    assert_eq!(Told::tensors()[2].name, "projected.weight");
    assert_eq!(Told::tensors()[4].name, "stage1.project.weight");
}
