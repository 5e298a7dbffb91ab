//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Image< [1, 28, 28] => flatten => head: dense(10, bias: false) >;
    struct Residual< 16 => residual(relu 32 => dense(bias: false, out: 8); project: 8) >;
    struct Sum< 10 => sum(dense(8, bias: false) | relu dense(8, bias: false)) >;
    struct Stated< 10 => dense(8, bias: false) => [8] => 2 >;
    struct Parameter< const H: usize; H => residual(relu 32 => dense(bias: false, out: H)) >;
    struct Repeat< 8 => repeat(3; relu dense(8)) >;
    struct Long< 10 => relu dense(32) >;
    struct Short< 10 => relu 32 >;
}

fn main() {
    assert_eq!(Image::zeros().head.weight.shape(), (10, 784));
    assert_eq!(Residual::PARAMETERS, 16 * 32 + 32 + 32 * 8 + 16 * 8 + 8);
    assert_eq!(Parameter::<5>::PARAMETERS, 5 * 32 + 32 + 32 * 5);
    assert_eq!(Sum::PARAMETERS, 2 * 10 * 8);
    assert_eq!(Stated::PARAMETERS, 10 * 8 + 8 * 2 + 2);
    assert_eq!(Repeat::PARAMETERS, 3 * (8 * 8 + 8));
    // The long form is the same type.
    let mut short = Short::zeros();
    short.stage1 = Long::new(&mut StdRng::seed_from_u64(1)).stage1.clone();
    assert_eq!(Short::tensors(), Long::tensors());
}
