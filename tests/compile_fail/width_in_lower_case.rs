//! A lower-case name is a word of the language unless it stands in braces.
use static_net::prelude::*;

const fn width() -> usize { 32 }
#[allow(non_upper_case_globals)]
const hidden: usize = 32;

network! {
    struct Net< 10 => relu hidden => 2 >;
}

fn main() {
    Net::zeros().state();
}
