//! A const that does not exist: rustc's own message.
use static_net::prelude::*;

#[allow(dead_code)]
const HIDDEN: usize = 32;

network! {
    struct Net< 10 => relu HIDEN => { 2 * HIDEN } => 2 >;
}

fn main() {
    Net::zeros().state();
}
