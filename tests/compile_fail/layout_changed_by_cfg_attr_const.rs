//! As `layout_changed_by_cfg_attr`, where the size is a const parameter.
use static_net::prelude::*;

network! {
    #[cfg_attr(all(), repr(align(64)))]
    struct Net< const HIDDEN: usize; 10 => relu HIDDEN => 2 >;
}

fn main() {
    Net::<32>::zeros().state();
}
