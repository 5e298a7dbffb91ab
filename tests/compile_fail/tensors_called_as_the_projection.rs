//! Stages beside a projection whose tensors are called as its own.
use static_net::prelude::*;

network! {
    struct Label< 4 => block: residual(project: relu 8 => 4; project: 4) => 2 >;
    struct Told< 4 => residual(relu 8 => #[tensors = "project"] 4; project: 4) => 2 >;
}

fn main() {
    Label::zeros().state();
}
