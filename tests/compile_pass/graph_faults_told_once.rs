//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Stray< 8 => (a: 3 | b: 2) >;
    struct Dangling< 8 => (a: 3 | b: 2) >;
    struct Comma< f64; (a: 3, b: 2) => concat(&a | &b) => 2 >;
    struct Label< 8 => names: relu 4 => concat(identity | &names) => 2 >;
    struct Reader< 8 => a: relu 4 => relu 6 => sum(identity | &a => 6) => 2 >;
    struct Memory< (x: [4, 6], y: [5, 6]) => &y => memory: 6 => &x => attention(heads: 2, memory: &memory) => 2 >;
}

fn main() {
    Stray::zeros().state();
    Dangling::zeros().state();
    Comma::zeros().state();
    Label::zeros().state();
    Reader::zeros().state();
    Memory::zeros().state();
}
