//! Names of tensors that no file can have.
use static_net::prelude::*;

network! {
    struct Empty< 10 => #[tensors = ""] relu 32 => 2 >;
    struct Dots< 10 => #[tensors = "model..0"] relu 32 => #[tensors = "model.2."] 2 >;
    struct Control< 10 => #[tensors = "bell\u{7}"] relu 32 => 2 >;
}

fn main() {
    Empty::zeros().state();
}
