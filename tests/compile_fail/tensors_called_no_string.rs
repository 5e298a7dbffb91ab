//! Names of tensors that are no strings.
use static_net::prelude::*;

network! {
    struct Number< 10 => #[tensors = 0] relu 32 => #[tensors("2")] 2 >;
    struct Nothing< 10 => #[tensors] relu 32 => #[tensors = two] 2 >;
}

fn main() {
    Number::zeros().state();
}
