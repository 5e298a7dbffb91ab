//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HUGE: usize = 12;
const LARGE: usize = 1 << 4;

network! {
    struct Width< 10 => relu HUGE => 2 >;
    struct Weights< LARGE => relu LARGE >;
    struct Often< 10 => repeat(10; 10) >;
    struct OftenConst< 10 => repeat(LARGE; relu 10 => 10) >;
}

fn main() {
    assert_eq!(Width::PARAMETERS, 11 * 12 + 13 * 2);
    assert_eq!(Weights::PARAMETERS, 16 * 17);
    assert_eq!(Often::PARAMETERS, 10 * 110);
    assert_eq!(OftenConst::PARAMETERS, 16 * 220);
}
