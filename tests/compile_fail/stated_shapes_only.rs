//! A stated shape builds nothing: stages that all state shapes are no network, and no branch of a composition.
use static_net::prelude::*;

const SIZE: usize = 10;

network! {
    pub struct Vector< 10 => [10] >;
    pub struct Image< [1, 28, 28] => [1, 28, 28] => [1, 28, 28] >;
    pub struct Text< tokens(5, vocab: 9) => [5] >;
    pub struct Const< SIZE => [SIZE] >;
    pub struct Parameter< const N: usize; N => [N] >;
    pub struct Wrong< 10 => [11] >;
    pub struct Inside< 10 => residual([10] => [10]) => sum(10 | [10]) => repeat(2; [10]) >;
}

fn main() {}
