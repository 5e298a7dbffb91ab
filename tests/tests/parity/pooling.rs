//! Pooling and upsampling as PyTorch computes them.

use super::*;
use static_net::layer::{
    AdaptiveAvgPool, AdaptiveMaxPool, AvgPool, Bilinear, Dilation, GlobalAvgPool, GlobalMaxPool,
    KernelSize, MaxOverTime, MaxPool, Nearest, Pad, Padding, Reflect, Replicate, Stride, Upsample,
    Window, Zeros,
};
use static_net::shape::{Numbers, Rank2, Rank3};

type Image<const C: usize, const H: usize, const W: usize> = Rank3<C, H, W>;
type Signal<const C: usize, const L: usize> = Rank2<C, L>;
type Square<const K: usize, const S: usize, const P: usize> =
    Window<KernelSize<K, K>, Stride<S, S>, Padding<P, P>>;
type Line<const K: usize, const S: usize, const P: usize, const D: usize> =
    Window<KernelSize<1, K>, Stride<1, S>, Padding<0, P>, Dilation<1, D>>;

type Dilated = Window<KernelSize<3, 2>, Stride<1, 2>, Padding<1, 1>, Dilation<2, 3>>;
type Sparse<const K: usize, const H: usize, const W: usize, const P: usize> =
    Window<KernelSize<K, K>, Stride<H, W>, Padding<P, P>>;
type Padded = Window<KernelSize<3, 2>, Stride<2, 1>, Padding<1, 1>>;

cases! {
    "pooling.json";
    max_pool:
        "max_pool2d" MaxPool<Image<2, 6, 36>, Image<2, 3, 18>, Square<2, 2, 0>>;
        "max_pool2d_odd" MaxPool<Image<2, 5, 35>, Image<2, 2, 17>, Square<2, 2, 0>>;
        "max_pool2d_overlapping" MaxPool<Image<2, 7, 9>, Image<2, 4, 5>, Square<3, 2, 1>>;
        "max_pool2d_step" MaxPool<Image<2, 6, 21>, Image<2, 4, 19>, Square<3, 1, 0>>;
        "max_pool2d_dilated" MaxPool<Image<2, 9, 10>, Image<2, 7, 5>, Dilated>;
        "max_pool2d_apart" MaxPool<Image<2, 8, 7>, Image<2, 3, 2>, Square<2, 3, 0>>;
        "max_pool2d_mostly_padding" MaxPool<Image<2, 3, 1>, Image<2, 3, 1>, Square<5, 1, 2>>;
        "max_pool1d" MaxPool<Signal<3, 11>, Signal<3, 5>, Line<2, 2, 0, 1>>;
        "max_pool1d_full" MaxPool<Signal<2, 17>, Signal<2, 7>, Line<3, 2, 1, 3>>;
    max_pool_rounded_up:
        "max_pool2d_ceil" MaxPool<Image<2, 6, 9>, Image<2, 3, 4>, Square<3, 2, 0>>;
        "max_pool2d_ceil_two" MaxPool<Image<2, 5, 7>, Image<2, 3, 4>, Square<2, 2, 0>>;
        "max_pool2d_ceil_padded" MaxPool<Image<2, 5, 4>, Image<2, 2, 3>, Sparse<3, 3, 2, 1>>;
        "max_pool2d_ceil_larger" MaxPool<Image<2, 2, 3>, Image<2, 1, 1>, Square<4, 3, 0>>;
        "max_pool1d_ceil_dilated" MaxPool<Signal<2, 10>, Signal<2, 2>, Line<3, 4, 0, 3>>;
        "max_pool1d_ceil_over" MaxPool<Signal<2, 3>, Signal<2, 1>, Line<3, 3, 0, 2>>;
        "max_pool1d_ceil_outside" MaxPool<Signal<2, 5>, Signal<2, 2>, Line<2, 3, 1, 1>>;
    avg_pool:
        "avg_pool2d" AvgPool<Image<2, 6, 35>, Image<2, 3, 17>, Square<2, 2, 0>>;
        "avg_pool2d_padded" AvgPool<Image<2, 7, 9>, Image<2, 4, 10>, Padded>;
        "avg_pool2d_uncounted" AvgPool<Image<2, 7, 9>, Image<2, 4, 10>, Padded, false>;
        "avg_pool2d_mostly_padding" AvgPool<Image<2, 3, 1>, Image<2, 3, 1>, Square<5, 1, 2>>;
        "avg_pool2d_mostly_uncounted"
            AvgPool<Image<2, 3, 1>, Image<2, 3, 1>, Square<5, 1, 2>, false>;
        "avg_pool1d" AvgPool<Signal<3, 11>, Signal<3, 5>, Line<3, 2, 0, 1>>;
        "avg_pool1d_uncounted" AvgPool<Signal<3, 11>, Signal<3, 4>, Line<4, 3, 2, 1>, false>;
    avg_pool_rounded_up:
        "avg_pool2d_ceil" AvgPool<Image<2, 6, 9>, Image<2, 3, 4>, Square<3, 2, 0>>;
        "avg_pool2d_ceil_padded" AvgPool<Image<2, 5, 4>, Image<2, 2, 3>, Sparse<3, 3, 2, 1>>;
        "avg_pool2d_ceil_uncounted"
            AvgPool<Image<2, 5, 4>, Image<2, 2, 3>, Sparse<3, 3, 2, 1>, false>;
        "avg_pool2d_ceil_larger" AvgPool<Image<2, 2, 3>, Image<2, 1, 2>, Square<4, 3, 1>>;
        "avg_pool1d_ceil" AvgPool<Signal<2, 8>, Signal<2, 4>, Line<4, 3, 2, 1>>;
    global_pools:
        "global_avg_pool2d" GlobalAvgPool<Image<3, 5, 7>, Rank1<3>>;
        "global_avg_pool1d" GlobalAvgPool<Signal<2, 37>, Rank1<2>>;
        "global_max_pool2d" GlobalMaxPool<Image<3, 5, 7>, Rank1<3>>;
        "global_max_pool1d" GlobalMaxPool<Signal<2, 37>, Rank1<2>>;
    adaptive_avg_pool:
        "adaptive_avg_pool2d" AdaptiveAvgPool<Image<2, 7, 10>, Image<2, 3, 4>>;
        "adaptive_avg_pool2d_larger" AdaptiveAvgPool<Image<2, 3, 2>, Image<2, 5, 4>>;
        "adaptive_avg_pool1d" AdaptiveAvgPool<Signal<2, 13>, Signal<2, 5>>;
    adaptive_max_pool:
        "adaptive_max_pool2d" AdaptiveMaxPool<Image<2, 7, 10>, Image<2, 3, 4>>;
        "adaptive_max_pool2d_larger" AdaptiveMaxPool<Image<2, 3, 2>, Image<2, 5, 4>>;
        "adaptive_max_pool2d_even" AdaptiveMaxPool<Image<2, 6, 9>, Image<2, 2, 3>>;
        "adaptive_max_pool1d" AdaptiveMaxPool<Signal<2, 13>, Signal<2, 5>>;
    max_over_time:
        "max_over_time" MaxOverTime<Rank2<9, 5>, Rank1<5>>;
        "max_over_time_of_one" MaxOverTime<Rank2<1, 3>, Rank1<3>>;
    upsample:
        "upsample_nearest2d" Upsample<Image<2, 3, 5>, Image<2, 6, 20>, Nearest>;
        "upsample_nearest1d" Upsample<Signal<2, 5>, Signal<2, 15>, Nearest>;
        "upsample_bilinear" Upsample<Image<2, 3, 5>, Image<2, 6, 15>, Bilinear>;
        "upsample_bilinear_height" Upsample<Image<2, 3, 4>, Image<2, 15, 4>, Bilinear>;
        "upsample_bilinear_one" Upsample<Image<2, 1, 2>, Image<2, 3, 16>, Bilinear>;
        "upsample_linear" Upsample<Signal<2, 6>, Signal<2, 24>, Bilinear>;
    pad:
        "pad_zeros" Pad<Image<2, 3, 4>, Image<2, 6, 8>, Zeros, 1, 3>;
        "pad_zeros_all" Pad<Image<2, 3, 4>, Image<2, 7, 8>, Zeros, 2, 2>;
        "pad_reflect" Pad<Image<2, 4, 5>, Image<2, 9, 10>, Reflect, 2, 4>;
        "pad_replicate" Pad<Image<2, 3, 2>, Image<2, 7, 8>, Replicate, 4, 1>;
        "pad_zeros1d" Pad<Signal<3, 5>, Signal<3, 8>, Zeros, 0, 2>;
        "pad_reflect1d" Pad<Signal<3, 5>, Signal<3, 8>, Reflect, 0, 3>;
        "pad_replicate1d" Pad<Signal<3, 2>, Signal<3, 5>, Replicate, 0, 0>;
    upsample_with_corners_aligned:
        "upsample_bilinear_corners" Upsample<Image<2, 3, 5>, Image<2, 6, 15>, Bilinear, true>;
        "upsample_bilinear_corners_one" Upsample<Image<2, 1, 2>, Image<2, 3, 16>, Bilinear, true>;
        "upsample_bilinear_corners_same" Upsample<Image<2, 1, 4>, Image<2, 1, 8>, Bilinear, true>;
        "upsample_bilinear2d" Upsample<Image<2, 4, 3>, Image<2, 12, 9>, Bilinear, true>;
        "upsample_linear_corners" Upsample<Signal<2, 6>, Signal<2, 24>, Bilinear, true>;
}

/// A fixture holds no NaN and no infinity: what PyTorch gives for windows that do.
#[test]
fn max_pools_of_nan_and_infinity() {
    type Window22 = MaxPool<Image<1, 2, 2>, Image<1, 1, 1>, Square<2, 2, 0>>;
    type Odd = MaxPool<Image<1, 3, 3>, Image<1, 1, 1>, Square<2, 2, 0>>;
    // Each kernel of its own: two by two, the whole plane, and any window.
    type Spread = MaxPool<Image<1, 2, 2>, Image<1, 1, 1>, Square<2, 3, 0>>;
    type Step = MaxPool<Signal<1, 4>, Signal<1, 1>, Line<3, 2, 0, 1>>;
    const INFINITY: f32 = f32::INFINITY;

    fn gives<L: Layer<f32, Input: Numbers<f32>>>(input: &[f32], output: f32, d_input: &[f32]) {
        for (set, run) in run_each::<f32, L>(&zeros::<f32, L>(), input, &[1.0]) {
            let what = format!("{} on {set} of {input:?}", core::any::type_name::<L>());
            let given = run.output[0];
            assert!(given == output || (given.is_nan() && output.is_nan()), "{what}: {given}");
            assert_eq!(run.d_input, d_input, "{what}");
        }
    }
    let lowest = [-INFINITY; 4];
    gives::<Window22>(&[2.0, f32::NAN, 3.0, 1.0], f32::NAN, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Window22>(&lowest, -INFINITY, &[1.0, 0.0, 0.0, 0.0]);
    gives::<Window22>(&[5.0, INFINITY, INFINITY, 1.0], INFINITY, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Spread>(&[2.0, f32::NAN, 3.0, 1.0], f32::NAN, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Spread>(&lowest, -INFINITY, &[1.0, 0.0, 0.0, 0.0]);
    gives::<Step>(&[2.0, f32::NAN, 3.0, 9.0], f32::NAN, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Step>(&lowest, -INFINITY, &[1.0, 0.0, 0.0, 0.0]);
    // The last row and column are in no window.
    let input = [1.0, 4.0, f32::NAN, 4.0, 2.0, 8.0, 9.0, 9.0, 9.0];
    gives::<Odd>(&input, 4.0, &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    type Whole = GlobalMaxPool<Signal<1, 4>, Rank1<1>>;
    gives::<Whole>(&[2.0, f32::NAN, 3.0, 1.0], f32::NAN, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Whole>(&lowest, -INFINITY, &[1.0, 0.0, 0.0, 0.0]);
    type Bin = AdaptiveMaxPool<Image<1, 2, 2>, Image<1, 1, 1>>;
    gives::<Bin>(&[2.0, f32::NAN, 3.0, 1.0], f32::NAN, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Bin>(&lowest, -INFINITY, &[1.0, 0.0, 0.0, 0.0]);
    type Steps = MaxOverTime<Rank2<4, 1>, Rank1<1>>;
    gives::<Steps>(&[2.0, f32::NAN, 3.0, 1.0], f32::NAN, &[0.0, 1.0, 0.0, 0.0]);
    gives::<Steps>(&lowest, -INFINITY, &[1.0, 0.0, 0.0, 0.0]);
}
