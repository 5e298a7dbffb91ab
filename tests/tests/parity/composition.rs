//! Layers made of layers as PyTorch computes them, with the names of its modules.

use super::*;
use static_net::layer::{Branches2, Branches3, Concat, Conv, Padding, Stride, Sum, Window};
use static_net::layer::{KernelSize, Residual};
use static_net::shape::Rank3;

type Image<const C: usize> = Rank3<C, 4, 5>;
type Conv1<const IN: usize, const OUT: usize> =
    Conv<f32, Image<IN>, Image<OUT>, Window<KernelSize<1, 1>>, OUT, IN, OUT>;
type Padded = Window<KernelSize<3, 3>, Stride<1, 1>, Padding<1, 1>>;
type Conv3<const IN: usize, const OUT: usize> =
    Conv<f32, Image<IN>, Image<OUT>, Padded, OUT, IN, OUT>;
type Around = Residual<Conv3<2, 2>>;
type Beside = Concat<Branches3<Conv3<2, 3>, Conv1<2, 1>, Activate<Identity, Image<2>>>, Image<6>>;
type Added = Sum<Branches2<Conv1<6, 2>, Conv3<6, 2>>, Image<2>>;

network! {
    struct Short< 6 => residual(gelu 9 => tanh 6) => 3 >;
    struct OfOne< 6 => relu residual(sigmoid 6) => 2 >;
    struct Projected<
        6 => relu residual(up: silu 9 => 4; project: 4)
        => residual(sigmoid 5; project: wide: tanh 7 => 5)
    >;
    struct Often< 5 => blocks: repeat(3; residual(up: gelu 7 => down: 5)) => tanh 2 >;
    struct OneOften< 5 => softplus repeat(2; silu 5) >;
    struct Joined< 5 => concat(tanh 3 | 4 => relu 2 | identity) => 2 >;
    struct Summed< 5 => gelu sum(tanh 3 | wide: relu 7 => sigmoid 3 | softmax 3) >;
    struct Latent< 6 => tanh 9 => latent: 5 >;
    struct Deep<
        6 => encoder: silu Latent
        => blocks: repeat(2; residual(
            concat(gelu 2 | repeat(2; residual(up: gelu 7 => down: 5))) => sum(5 | elu(0.5) 5)
        ))
        => log_softmax 3
    >;
    struct Images< [2, 4, 5] => Around => relu Beside => Added >;
}

cases! {
    "composition.json";
    residuals: "residual" Short; "residual_of_one_stage" OfOne; "projected" Projected;
    repeats: "repeat" Often; "repeat_one_stage" OneOften;
    branches: "concat" Joined; "sum" Summed;
    nested: "nested" Deep;
    images: "images" Images;
}
