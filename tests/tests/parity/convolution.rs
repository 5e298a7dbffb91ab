//! Convolutions as PyTorch computes them.

use super::*;
use static_net::layer::{
    Causal, Conv, ConvTranspose, Dilation, KernelSize, Padding, Stride, Window,
};
use static_net::shape::{Rank2, Rank3};

type Image<const C: usize, const H: usize, const W: usize> = Rank3<C, H, W>;
type Signal<const C: usize, const L: usize> = Rank2<C, L>;
type Kernel<const H: usize, const W: usize> = Window<KernelSize<H, W>>;
type Padded<const H: usize, const W: usize, const PH: usize, const PW: usize> =
    Window<KernelSize<H, W>, Stride<1, 1>, Padding<PH, PW>>;
type Square<const K: usize, const S: usize, const P: usize> =
    Window<KernelSize<K, K>, Stride<S, S>, Padding<P, P>>;
type Line<const K: usize, const S: usize, const P: usize, const D: usize> =
    Window<KernelSize<1, K>, Stride<1, S>, Padding<0, P>, Dilation<1, D>>;

type Back<const K: usize, const D: usize> =
    Window<KernelSize<1, K>, Stride<1, 1>, Causal, Dilation<1, D>>;

type Strided = Window<KernelSize<3, 2>, Stride<2, 3>, Padding<1, 0>>;
type Dilated = Window<KernelSize<3, 2>, Stride<1, 2>, Padding<2, 1>, Dilation<2, 3>>;
type SameDilated = Window<KernelSize<2, 3>, Stride<1, 1>, Padding<1, 2>, Dilation<3, 2>>;
type TransposeDilated = Window<KernelSize<3, 3>, Stride<2, 2>, Padding<2, 2>, Dilation<2, 3>>;

cases! {
    "convolution.json";
    valid:
        "conv2d" Conv<f32, Image<2, 7, 9>, Image<3, 5, 7>, Kernel<3, 3>, 3, 2, 3>;
    padded:
        "conv2d_padded" Conv<f32, Image<3, 6, 5>, Image<4, 6, 5>, Padded<3, 5, 1, 2>, 4, 3, 4>;
        "conv2d_wide" Conv<f32, Image<1, 3, 28>, Image<4, 3, 28>, Padded<5, 5, 2, 2>, 4, 1, 4>;
        "conv2d_many" Conv<f32, Image<3, 5, 5>, Image<16, 5, 5>, Padded<3, 3, 1, 1>, 16, 3, 16>;
    strided:
        "conv2d_strided" Conv<f32, Image<2, 9, 8>, Image<5, 5, 3>, Strided, 5, 2, 0>;
    dilated:
        "conv2d_dilated" Conv<f32, Image<2, 9, 8>, Image<3, 9, 4>, Dilated, 3, 2, 3>;
    groups:
        "conv2d_groups" Conv<f32, Image<4, 5, 5>, Image<6, 3, 3>, Kernel<3, 3>, 6, 2, 6>;
        "conv2d_depthwise" Conv<f32, Image<3, 7, 7>, Image<3, 7, 7>, Padded<3, 3, 1, 1>, 3, 1, 3>;
    same:
        "conv2d_same" Conv<f32, Image<2, 5, 6>, Image<3, 5, 6>, Padded<2, 4, 0, 1>, 3, 2, 3>;
        "conv2d_same_dilated" Conv<f32, Image<2, 6, 6>, Image<3, 6, 6>, SameDilated, 3, 2, 3>;
    one_place:
        "conv2d_1x1" Conv<f32, Image<4, 4, 4>, Image<13, 4, 4>, Kernel<1, 1>, 13, 4, 13>;
        "conv2d_1x1_strided" Conv<f32, Image<3, 5, 6>, Image<4, 3, 3>, Square<1, 2, 0>, 4, 3, 4>;
        "conv2d_1x1_padded" Conv<f32, Image<3, 2, 3>, Image<2, 4, 5>, Square<1, 1, 1>, 2, 3, 2>;
    activations:
        "conv2d_relu" Conv<f32, Image<3, 5, 5>, Image<5, 3, 3>, Kernel<3, 3>, 5, 3, 5, Relu>;
        "conv2d_gelu" Conv<f32, Image<3, 5, 5>, Image<5, 3, 3>, Kernel<3, 3>, 5, 3, 5, Gelu>;
    signals:
        "conv1d" Conv<f32, Signal<3, 17>, Signal<5, 14>, Line<4, 1, 0, 1>, 5, 3, 5>;
        "conv1d_full" Conv<f32, Signal<4, 21>, Signal<6, 12>, Line<3, 2, 3, 2>, 6, 2, 6>;
        "conv1d_same" Conv<f32, Signal<2, 10>, Signal<3, 10>, Line<4, 1, 1, 1>, 3, 2, 0>;
    causal:
        "conv1d_causal" Conv<f32, Signal<3, 10>, Signal<5, 10>, Back<4, 1>, 5, 3, 5>;
        "conv1d_causal_dilated" Conv<f32, Signal<4, 9>, Signal<6, 9>, Back<3, 3>, 6, 2, 0>;
        "conv1d_causal_depthwise"
            Conv<f32, Signal<3, 7>, Signal<6, 7>, Back<2, 2>, 6, 1, 6, Relu>;
    transposed:
        "conv_transpose2d"
            ConvTranspose<f32, Image<3, 4, 5>, Image<2, 6, 7>, Kernel<3, 3>, 3, 2, 2>;
        "conv_transpose2d_strided"
            ConvTranspose<f32, Image<2, 4, 3>, Image<3, 8, 10>, Strided, 2, 3, 0>;
        "conv_transpose2d_dilated"
            ConvTranspose<f32, Image<2, 4, 3>, Image<3, 7, 7>, TransposeDilated, 2, 3, 3>;
        "conv_transpose2d_groups"
            ConvTranspose<f32, Image<4, 3, 3>, Image<6, 6, 6>, Square<4, 2, 1>, 4, 3, 6>;
        "conv_transpose2d_tanh"
            ConvTranspose<f32, Image<2, 3, 4>, Image<3, 6, 8>, Square<2, 2, 0>, 2, 3, 3, Tanh>;
    transposed_signals:
        "conv_transpose1d"
            ConvTranspose<f32, Signal<2, 7>, Signal<3, 14>, Line<4, 2, 1, 1>, 2, 3, 3>;
        "conv_transpose1d_full"
            ConvTranspose<f32, Signal<4, 6>, Signal<6, 18>, Line<3, 3, 2, 2>, 4, 3, 6>;
}
