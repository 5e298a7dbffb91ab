//! Names for the tensors of what has none.
use static_net::prelude::*;

network! {
    struct Shape< 10 => relu 32 => #[tensors = "0"] [32] => 2 >;
    struct Reference< 10 => latent: relu 32 => head: 2 => #[tensors = "2"] &latent => 2 => sum(identity | &head) >;
    struct Nothing< 10 => relu 32 => #[tensors = "2"] >;
}

fn main() {
    Shape::zeros().state();
}
