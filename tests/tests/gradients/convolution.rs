//! Convolutions over every way their kernels go: planes that are the image or copied, with one or several
//! phases, runs with and without gaps, numbers of channels below and above those taken at a time.

use static_net::activation::*;
use static_net::layer::{
    Causal, Conv, ConvTranspose, Dilation, KernelSize, Layer, Padding, Stride, Window,
};
use static_net::shape::{Numbers, Rank2, Rank3};
use static_net_tests::gradient::check;

/// Empty, single, below and above the number of samples whose gradients are summed at a time, and odd.
const BATCHES: [usize; 5] = [0, 1, 2, 5, 25];

fn check_batches<L: Layer<f64, Input: Numbers<f64>>>() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        check::<L>(batch, index as u64);
    }
}

/// A test that checks each of these layers.
macro_rules! layers {
    ($($name:ident: [$($layer:ty),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            $(check_batches::<$layer>();)*
        }
    )*};
}

type Image<const C: usize, const H: usize, const W: usize> = Rank3<C, H, W>;
type Signal<const C: usize, const L: usize> = Rank2<C, L>;
type Plain<const H: usize, const W: usize> = Window<KernelSize<H, W>>;
type Strided<const K: usize, const S: usize> = Window<KernelSize<K, K>, Stride<S, S>>;
type Padded<const K: usize, const P: usize> = Window<KernelSize<K, K>, Stride<1, 1>, Padding<P, P>>;
type Full<const K: usize, const S: usize, const P: usize, const D: usize> =
    Window<KernelSize<K, K>, Stride<S, S>, Padding<P, P>, Dilation<D, D>>;
type FullSignal<const K: usize, const S: usize, const P: usize, const D: usize> =
    Window<KernelSize<1, K>, Stride<1, S>, Padding<0, P>, Dilation<1, D>>;

layers! {
    conv_valid: [
        Conv<f64, Image<1, 1, 1>, Image<1, 1, 1>, Plain<1, 1>, 1, 1, 1>,
        Conv<f64, Image<2, 5, 7>, Image<3, 3, 5>, Plain<3, 3>, 3, 2, 3, Tanh>,
        Conv<f64, Image<1, 9, 20>, Image<17, 5, 16>, Plain<5, 5>, 17, 1, 17>,
        Conv<f64, Image<3, 6, 5>, Image<5, 5, 3>, Plain<2, 3>, 5, 3, 0, Gelu>,
    ];
    conv_of_one_place: [
        Conv<f64, Image<5, 3, 4>, Image<12, 3, 4>, Plain<1, 1>, 12, 5, 12, Silu>,
        Conv<f64, Image<4, 3, 3>, Image<20, 3, 3>, Plain<1, 1>, 20, 4, 0>,
        Conv<f64, Image<3, 5, 6>, Image<2, 3, 3>, Strided<1, 2>, 2, 3, 2>,
        Conv<f64, Image<3, 2, 3>, Image<2, 4, 5>, Padded<1, 1>, 2, 3, 2, Tanh>,
    ];
    conv_padded: [
        Conv<f64, Image<3, 7, 6>, Image<4, 7, 6>, Padded<3, 1>, 4, 3, 4, Tanh>,
        Conv<f64, Image<8, 7, 7>, Image<16, 7, 7>, Padded<3, 1>, 16, 8, 16>,
        Conv<f64, Image<1, 9, 11>, Image<6, 9, 11>, Padded<5, 2>, 6, 1, 6, Silu>,
        // Even windows, with one more zero behind than in front.
        Conv<f64, Image<2, 5, 4>, Image<3, 5, 4>, Padded<4, 1>, 3, 2, 3>,
        Conv<f64, Image<2, 3, 3>, Image<3, 3, 3>, Padded<2, 0>, 3, 2, 3>,
        // Far over the edge, and beyond it.
        Conv<f64, Image<2, 2, 3>, Image<3, 6, 7>, Padded<3, 3>, 3, 2, 3>,
        Conv<f64, Image<2, 5, 6>, Image<2, 4, 5>, Window<KernelSize<2, 4>, Stride<1, 1>, Padding<0, 1>>, 2, 2, 2>,
    ];
    conv_causal: [
        Conv<f64, Signal<2, 9>, Signal<3, 9>, Window<KernelSize<1, 3>, Stride<1, 1>, Causal>, 3, 2, 3, Tanh>,
        Conv<f64, Signal<4, 11>, Signal<6, 11>, Window<KernelSize<1, 2>, Stride<1, 1>, Causal, Dilation<1, 4>>, 6, 2, 0>,
        Conv<f64, Signal<3, 5>, Signal<3, 5>, Window<KernelSize<1, 1>, Stride<1, 1>, Causal>, 3, 3, 3>,
        // Reaching back before the first step from everywhere.
        Conv<f64, Signal<2, 4>, Signal<2, 4>, Window<KernelSize<1, 7>, Stride<1, 1>, Causal, Dilation<1, 2>>, 2, 1, 2, Silu>,
    ];
    conv_strided: [
        Conv<f64, Image<2, 7, 9>, Image<3, 3, 4>, Strided<3, 2>, 3, 2, 3, Tanh>,
        Conv<f64, Image<2, 8, 8>, Image<4, 4, 4>, Full<3, 2, 1, 1>, 4, 2, 4>,
        Conv<f64, Image<1, 10, 11>, Image<5, 3, 3>, Strided<2, 4>, 5, 1, 5>,
        Conv<f64, Image<3, 9, 8>, Image<2, 5, 3>, Window<KernelSize<5, 2>, Stride<2, 3>, Padding<2, 1>>, 2, 3, 0>,
        Conv<f64, Image<3, 8, 8>, Image<9, 2, 2>, Strided<4, 4>, 9, 3, 9>,
    ];
    conv_dilated: [
        Conv<f64, Image<2, 8, 9>, Image<3, 4, 5>, Full<3, 1, 0, 2>, 3, 2, 3, Tanh>,
        Conv<f64, Image<2, 7, 7>, Image<3, 7, 7>, Full<3, 1, 3, 3>, 3, 2, 3>,
        Conv<f64, Image<2, 9, 8>, Image<3, 4, 3>, Full<3, 2, 1, 2>, 3, 2, 3>,
        Conv<f64, Image<1, 9, 9>, Image<2, 3, 3>, Full<2, 2, 0, 3>, 2, 1, 2>,
    ];
    conv_in_groups: [
        Conv<f64, Image<4, 5, 5>, Image<6, 5, 5>, Padded<3, 1>, 6, 2, 6, Tanh>,
        Conv<f64, Image<4, 5, 6>, Image<2, 2, 2>, Full<3, 2, 0, 1>, 2, 2, 2>,
        // Depthwise, with one output for each channel and with more.
        Conv<f64, Image<5, 6, 6>, Image<5, 6, 6>, Padded<3, 1>, 5, 1, 5, Silu>,
        Conv<f64, Image<3, 7, 14>, Image<6, 5, 12>, Plain<3, 3>, 6, 1, 0>,
        Conv<f64, Image<3, 12, 12>, Image<3, 6, 6>, Full<3, 2, 1, 1>, 3, 1, 3>,
    ];
    conv_of_signals: [
        Conv<f64, Signal<3, 20>, Signal<4, 18>, Plain<1, 3>, 4, 3, 4, Tanh>,
        Conv<f64, Signal<2, 33>, Signal<8, 33>, FullSignal<5, 1, 2, 1>, 8, 2, 8>,
        Conv<f64, Signal<2, 21>, Signal<3, 10>, FullSignal<4, 2, 1, 1>, 3, 2, 0>,
        Conv<f64, Signal<4, 19>, Signal<4, 13>, FullSignal<3, 1, 0, 3>, 4, 2, 4, Gelu>,
        Conv<f64, Signal<2, 16>, Signal<3, 4>, FullSignal<3, 4, 0, 2>, 3, 2, 3>,
        Conv<f64, Signal<1, 6>, Signal<1, 6>, FullSignal<4, 1, 1, 1>, 1, 1, 1>,
    ];
    conv_with_activations_of_a_row: [
        Conv<f64, Image<2, 4, 5>, Image<3, 3, 3>, Plain<2, 3>, 3, 2, 3, Softmax>,
        Conv<f64, Signal<2, 6>, Signal<3, 4>, Plain<1, 3>, 3, 2, 3, LogSoftmax>,
        Conv<f64, Image<2, 4, 5>, Image<3, 4, 5>, Padded<3, 1>, 3, 2, 3, Relu>,
    ];
    conv_transpose: [
        ConvTranspose<f64, Image<2, 3, 4>, Image<3, 5, 6>, Plain<3, 3>, 2, 3, 3, Tanh>,
        ConvTranspose<f64, Image<3, 3, 4>, Image<2, 6, 8>, Strided<2, 2>, 3, 2, 2, Silu>,
        ConvTranspose<f64, Image<2, 4, 4>, Image<3, 7, 7>, Full<3, 2, 1, 1>, 2, 3, 0>,
        // With output padding.
        ConvTranspose<f64, Image<2, 4, 4>, Image<3, 8, 8>, Full<3, 2, 1, 1>, 2, 3, 3, Gelu>,
        ConvTranspose<f64, Image<2, 3, 3>, Image<2, 9, 9>, Full<2, 3, 0, 1>, 2, 2, 2>,
        ConvTranspose<f64, Image<2, 3, 3>, Image<3, 6, 6>, Full<2, 1, 0, 3>, 2, 3, 3>,
        ConvTranspose<f64, Image<5, 3, 3>, Image<12, 3, 3>, Plain<1, 1>, 5, 12, 12>,
    ];
    conv_transpose_in_groups: [
        ConvTranspose<f64, Image<4, 3, 4>, Image<6, 5, 6>, Plain<3, 3>, 4, 3, 6, Tanh>,
        ConvTranspose<f64, Image<3, 4, 4>, Image<3, 8, 8>, Full<4, 2, 1, 1>, 3, 1, 3>,
    ];
    conv_transpose_of_signals: [
        ConvTranspose<f64, Signal<2, 9>, Signal<3, 11>, Plain<1, 3>, 2, 3, 3, Tanh>,
        ConvTranspose<f64, Signal<2, 7>, Signal<3, 14>, FullSignal<4, 2, 1, 1>, 2, 3, 0>,
        ConvTranspose<f64, Signal<2, 5>, Signal<1, 13>, FullSignal<3, 2, 0, 2>, 2, 1, 1>,
    ];
}
