//! An attribute behind the label, one behind the stage, and one in front of no arrow.
use static_net::prelude::*;

network! {
    struct Label< 10 => latent: #[tensors = "0"] relu 32 => 2 >;
    struct Stage< 10 => relu 32 #[tensors = "2"] 2 >;
    struct Behind< 10 => relu 32 #[tensors = "0"] => 2 >;
}

fn main() {
    Label::zeros().latent;
}
