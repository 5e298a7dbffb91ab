//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net<
        4 => relu 8 => (
            o1: 1 | o2: 1 | o3: 1 | o4: 1 | o5: 1 | o6: 1 | o7: 1 | o8: 1 | o9: 1 | o10: 1 | o11: 1 | o12: 1
            | o13: 1 | o14: 1 | o15: 1 | o16: 1 | o17: 1 | o18: 1 | o19: 1 | o20: 1 | o21: 1 | o22: 1 | o23: 1 | o24: 1
            | o25: 1 | o26: 1 | o27: 1 | o28: 1 | o29: 1 | o30: 1 | o31: 1 | o32: 1 | o33: 1 | o34: 1 | o35: 1 | o36: 1
            | o37: 1 | o38: 1 | o39: 1 | o40: 1 | o41: 1 | o42: 1 | o43: 1 | o44: 1 | o45: 1 | o46: 1 | o47: 1 | o48: 1
            | o49: 1 | o50: 1 | o51: 1 | o52: 1 | o53: 1 | o54: 1 | o55: 1 | o56: 1 | o57: 1 | o58: 1 | o59: 1 | o60: 1
            | o61: 1 | o62: 1 | o63: 1 | o64: 1
        )
    >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 4]).o64.len(), 1);
}
