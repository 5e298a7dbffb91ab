//! What goes along another axis than the last, as PyTorch has it.

use super::*;
use static_net::layer::Normalize;
use static_net::shape::{Rank2, Rank3};

const TWO: u64 = f64::to_bits(2.0);

type Image = Rank3<3, 4, 5>;
type Sequence = Rank2<6, 35>;

cases! {
    "axes.json";
    softmax:
        "softmax_channels" Activate<Softmax<0>, Image>;
        "softmax_rows" Activate<Softmax<1>, Image>;
        "softmax_columns" Activate<Softmax<2>, Image>;
        "softmax_time" Activate<Softmax<0>, Sequence>;
        "softmax_pair" Activate<Softmax<0>, Rank2<2, 3>>;
    log_softmax:
        "log_softmax_channels" Activate<LogSoftmax<0>, Rank3<5, 3, 7>>;
        "log_softmax_rows" Activate<LogSoftmax<1>, Rank3<2, 9, 16>>;
        "log_softmax_time" Activate<LogSoftmax<0>, Sequence>;
    normalize:
        "normalize_vector" Normalize<Rank1<11>>;
        "normalize_features" Normalize<Rank2<3, 35>>;
        "normalize_time" Normalize<Sequence, 0>;
        "normalize_channels" Normalize<Rank3<4, 3, 5>, 0>;
        "normalize_rows" Normalize<Rank3<2, 4, 9>, 1>;
        "normalize_short" Normalize<Rank2<7, 3>, 1, TWO>;
        "normalize_short_channels" Normalize<Rank3<3, 2, 9>, 0, TWO>;
}

const AXIS: usize = 1;

network! {
    struct Steps< [5, 3] => softmax(axis: 0) 4 >;
    struct StepsApart< [5, 3] => 4 => softmax(axis: 0) >;
    struct Pixels< [2, 4, 4] => softmax(axis: 0) conv(3, 3, padding: same) >;
    struct PixelsApart< [2, 4, 4] => conv(3, 3, padding: same) => softmax(axis: 0) >;
    struct Rows< [2, 4, 4] => log_softmax(axis: AXIS) avg_pool(2) => softmax(axis: { AXIS + 1 }) residual(relu) >;
    struct RowsApart< [2, 4, 4] => avg_pool(2) => log_softmax(axis: 1) => residual(relu) => softmax >;
    struct OfOther< [2, 4, 4] => softmax(axis: 2) Pixels >;
    struct OfOtherApart< [2, 4, 4] => Pixels => softmax >;
    struct OfSize< const H: usize; 4 => softmax(axis: 0) H >;
    struct OfSizeApart< const H: usize; 4 => softmax H >;
}

/// What is shorter than epsilon is divided by it, so that zeros stay zeros and have a gradient; as in PyTorch.
#[test]
fn normalize_of_zeros() {
    network! {
        struct Alone< 3 => normalize >;
        struct Channels< [3, 1, 2] => relu normalize(axis: AXIS, eps: 0.5) >;
        struct OfSize< const H: usize; 4 => H => normalize(axis: 0) >;
    }
    let (net, x) = (Alone::zeros(), SVector::<f32, 3>::zeros());
    let activations = net.activations(&x);
    assert_eq!(activations.output, x);
    let d_output = SVector::from([1.0, -2.0, 0.0]);
    let d_x = net.backward_to_input(&activations, &d_output, &mut Alone::zeros());
    assert_eq!(d_x, SVector::from([1e12, -2e12, 0.0]));
    let of_size = OfSize::<5>::new(&mut StdRng::seed_from_u64(1));
    assert!((of_size.forward(&[1.0; 4]).norm() - 1.0).abs() < 1e-6);
    assert_eq!(Channels::zeros().forward(&[0.125; 6])[3], 0.25);
}

/// In front of a layer it is what it is behind it, whatever kind of layer that is.
#[test]
fn in_front_is_behind() {
    macro_rules! same {
        ($($front:ty, $behind:ty: $len:literal;)*) => {$({
            let front = <$front>::new(&mut StdRng::seed_from_u64(5));
            let mut behind = <$behind>::new(&mut StdRng::seed_from_u64(1));
            behind.state_mut().copy_from_slice(front.state());
            let x = SMatrix::<f32, $len, 3>::from_fn(|row, column| ((row * 7 + column) as f32).sin());
            let (front_run, behind_run) = (front.activations(&x), behind.activations(&x));
            assert!((&front_run.output - &behind_run.output).amax() < 1e-6);
            let d_output = front_run.output.map(|y| y * y - 0.3);
            let (mut of_front, mut of_behind) = (<$front>::zeros(), <$behind>::zeros());
            let d_front = front.backward_to_input(&front_run, &d_output, &mut of_front);
            let d_behind = behind.backward_to_input(&behind_run, &d_output, &mut of_behind);
            assert!((d_front - d_behind).amax() < 1e-6);
            for (front, behind) in of_front.state().iter().zip(of_behind.state()) {
                assert!((front - behind).abs() < 1e-6);
            }
        })*};
    }
    same! {
        Steps, StepsApart: 15;
        Pixels, PixelsApart: 32;
        Rows, RowsApart: 32;
        OfOther, OfOtherApart: 32;
        OfSize<5>, OfSizeApart<5>: 4;
    }
}
