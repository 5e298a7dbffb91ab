//! An optimizer steps the network it was made for.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Other< 10 => relu 16 => 2 >;
}

fn main() {
    let (mut net, gradient) = (Net::zeros(), Net::zeros());
    let mut adam = Adam::new(&Other::zeros());
    adam.step(&mut net, &gradient);
}
