//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIZE: usize = 10;

network! {
    pub struct Vector< 10 => [10] => relu 32 >;
    pub struct Image< [1, 28, 28] => [1, 28, 28] => [1, 28, 28] => relu >;
    pub struct Text< tokens(5, vocab: 9) => [5] => embedding(32) >;
    pub struct Const< SIZE => [SIZE] => relu 32 >;
    pub struct Parameter< const N: usize; N => [N] => relu 32 >;
    pub struct Wrong< 10 => [10] => relu 32 >;
    pub struct Inside<
        10 => residual([10] => [10] => identity) => sum(10 | [10] => identity) => repeat(2; [10] => identity)
    >;
}

fn main() {
    assert_eq!(Vector::PARAMETERS, 10 * 32 + 32);
    assert_eq!(Parameter::<4>::zeros().forward(&[0.0; 4]).len(), 32);
    assert_eq!(Inside::zeros().forward(&[1.0; 10]).len(), 10);
}
