//! Sizes that the declaration computes or leaves open.
#![deny(warnings)]
use static_net::prelude::*;

const HIDDEN: usize = 6;
const N: usize = 4;

mod widths {
    pub const CODE: usize = 3;
    pub const fn twice(size: usize) -> usize {
        2 * size
    }
}

// Names that generated code might use for its own.
const B: usize = 2;
const T: usize = 2;
const X: usize = 2;
const I: usize = 2;
const R: usize = 2;
const D: usize = 2;
const OUT: usize = 2;

network! {
    struct Consts< N => relu HIDDEN => widths::CODE => crate::sizes::widths::CODE => { 2 * HIDDEN } => { widths::twice(N) } >;
    struct Letters< B => relu T => X => I => R => D => OUT >;
    struct Open< const B: usize, const I: usize; B => relu I => [I] => { B } => HIDDEN >;
    struct Double< f64, const H: usize; 3 => H => tanh >;
    struct Single< f32; 3 => 1_0 => 0x10 >;
}

#[test]
fn builds_and_runs() {
    let consts = Consts::zeros();
    assert_eq!(consts.stage1.weight.shape(), (6, 4));
    assert_eq!(consts.stage3.weight.shape(), (3, 3));
    assert_eq!(consts.stage4.weight.shape(), (12, 3));
    assert_eq!(consts.forward(&[0.0; 4]).len(), 8);
    assert_eq!(Letters::PARAMETERS, 36);
    let open = Open::<3, 5>::zeros();
    let activations: Box<OpenActivations<3, 5>> = open.activations(&[0.0; 3]);
    assert_eq!((activations.stage1.len(), activations.stage2.len()), (5, 3));
    assert_eq!(Double::<7>::zeros().forward(&[0.0_f64; 3]).len(), 7);
    assert_eq!(Single::zeros().stage2.weight.shape(), (16, 10));
}
