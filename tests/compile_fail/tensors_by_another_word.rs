//! Attributes that a stage does not take, and one by another word.
use static_net::prelude::*;

network! {
    struct Renamed< 10 => #[rename = "0"] relu 32 => #[tensor = "2"] 2 >;
    struct Condition< 10 => #[cfg(test)] relu 32 => 2 >;
    struct Documented<
        10
        /// What is learned.
        => relu 32
        => /** The classes. */ 2
    >;
}

fn main() {
    Renamed::zeros().state();
}
