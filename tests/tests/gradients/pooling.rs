//! Pooling and upsampling.

use static_net::layer::{
    AdaptiveAvgPool, AdaptiveMaxPool, AvgPool, Bilinear, Dilation, GlobalAvgPool, GlobalMaxPool,
    KernelSize, MaxOverTime, MaxPool, Nearest, Pad, Padding, Reflect, Replicate, Stride, Upsample,
    Window, Zeros,
};
use static_net::shape::{Rank1, Rank2, Rank3};
use static_net_tests::gradient::check;

use super::BATCHES;

type Square<const K: usize, const S: usize, const P: usize, const D: usize = 1> =
    Window<KernelSize<K, K>, Stride<S, S>, Padding<P, P>, Dilation<D, D>>;
type Flat<const K: usize, const S: usize, const P: usize> =
    Window<KernelSize<1, K>, Stride<1, S>, Padding<0, P>>;

macro_rules! layers {
    ($($test:ident: $($layer:ty),* $(,)?;)*) => {$(
        #[test]
        fn $test() {
            for (index, batch) in BATCHES.into_iter().enumerate() {
                $(check::<$layer>(batch, index as u64);)*
            }
        }
    )*};
}

layers! {
    max_pool_two_by_two:
        MaxPool<Rank3<2, 4, 6>, Rank3<2, 2, 3>, Square<2, 2, 0>>,
        MaxPool<Rank3<1, 5, 7>, Rank3<1, 2, 3>, Square<2, 2, 0>>,
        MaxPool<Rank3<1, 36, 34>, Rank3<1, 18, 17>, Square<2, 2, 0>>;
    max_pool_of_other_windows:
        MaxPool<Rank3<2, 5, 6>, Rank3<2, 3, 3>, Square<3, 2, 1>>,
        MaxPool<Rank3<2, 6, 5>, Rank3<2, 4, 3>, Square<3, 1, 0>>,
        MaxPool<Rank3<1, 7, 7>, Rank3<1, 3, 3>, Square<2, 2, 0, 2>>,
        MaxPool<Rank3<1, 7, 9>, Rank3<1, 3, 9>, Window<KernelSize<3, 1>, Stride<2, 1>, Padding<0, 0>, Dilation<1, 3>>>,
        MaxPool<Rank2<3, 9>, Rank2<3, 5>, Flat<3, 2, 1>>,
        MaxPool<Rank2<2, 8>, Rank2<2, 2>, Flat<3, 3, 0>>;
    max_pool_rounded_up:
        MaxPool<Rank3<2, 5, 7>, Rank3<2, 3, 4>, Square<2, 2, 0>>,
        MaxPool<Rank3<1, 6, 8>, Rank3<1, 4, 5>, Square<3, 2, 1>>,
        MaxPool<Rank2<2, 3>, Rank2<2, 1>, Window<KernelSize<1, 3>, Stride<1, 3>, Padding<0, 0>, Dilation<1, 2>>>;
    avg_pool:
        AvgPool<Rank3<2, 4, 6>, Rank3<2, 2, 3>, Square<2, 2, 0>>,
        AvgPool<Rank3<2, 5, 6>, Rank3<2, 3, 3>, Square<3, 2, 1>>,
        AvgPool<Rank3<2, 5, 6>, Rank3<2, 3, 3>, Square<3, 2, 1>, false>,
        AvgPool<Rank2<3, 9>, Rank2<3, 9>, Flat<3, 1, 1>, false>;
    avg_pool_rounded_up:
        AvgPool<Rank3<2, 5, 7>, Rank3<2, 3, 4>, Square<2, 2, 0>>,
        AvgPool<Rank3<1, 6, 8>, Rank3<1, 4, 5>, Square<3, 2, 1>>,
        AvgPool<Rank3<1, 6, 8>, Rank3<1, 4, 5>, Square<3, 2, 1>, false>;
    global_pools:
        GlobalAvgPool<Rank3<3, 4, 5>, Rank1<3>>, GlobalAvgPool<Rank2<3, 7>, Rank1<3>>,
        GlobalMaxPool<Rank3<3, 4, 5>, Rank1<3>>, GlobalMaxPool<Rank2<3, 7>, Rank1<3>>;
    adaptive_avg_pool:
        AdaptiveAvgPool<Rank3<2, 5, 7>, Rank3<2, 2, 3>>,
        AdaptiveAvgPool<Rank3<1, 2, 3>, Rank3<1, 4, 3>>,
        AdaptiveAvgPool<Rank2<2, 7>, Rank2<2, 4>>;
    adaptive_max_pool:
        AdaptiveMaxPool<Rank3<2, 5, 7>, Rank3<2, 2, 3>>,
        AdaptiveMaxPool<Rank3<1, 2, 3>, Rank3<1, 4, 3>>,
        AdaptiveMaxPool<Rank2<2, 7>, Rank2<2, 4>>;
    max_over_time:
        MaxOverTime<Rank2<9, 5>, Rank1<5>>, MaxOverTime<Rank2<1, 4>, Rank1<4>>, MaxOverTime<Rank2<4, 1>, Rank1<1>>;
    pad:
        Pad<Rank3<2, 3, 4>, Rank3<2, 6, 8>, Zeros, 1, 3>,
        Pad<Rank3<2, 3, 4>, Rank3<2, 6, 10>, Reflect, 2, 3>,
        Pad<Rank3<2, 3, 4>, Rank3<2, 8, 10>, Replicate, 0, 5>,
        Pad<Rank2<3, 5>, Rank2<3, 8>, Reflect, 0, 3>,
        Pad<Rank2<3, 1>, Rank2<3, 1>, Reflect, 0, 0>;
    upsample:
        Upsample<Rank3<2, 2, 3>, Rank3<2, 4, 9>, Nearest>,
        Upsample<Rank3<2, 2, 3>, Rank3<2, 4, 9>, Bilinear>,
        Upsample<Rank3<1, 1, 4>, Rank3<1, 3, 4>, Bilinear>,
        Upsample<Rank2<2, 3>, Rank2<2, 12>, Bilinear>,
        Upsample<Rank3<2, 2, 3>, Rank3<2, 4, 9>, Bilinear, true>,
        Upsample<Rank3<1, 1, 4>, Rank3<1, 3, 4>, Bilinear, true>,
        Upsample<Rank2<2, 3>, Rank2<2, 12>, Bilinear, true>;
}
