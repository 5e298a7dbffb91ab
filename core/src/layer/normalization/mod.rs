//! Normalisations, and dropout: layers that may do something else in training than in evaluation.

mod batch_norm;
mod dropout;
mod group_norm;
mod instance_norm;
mod layer_norm;
mod normalize;
mod passes;
mod rms_norm;

pub use batch_norm::BatchNorm;
pub use dropout::Dropout;
pub use group_norm::GroupNorm;
pub use instance_norm::InstanceNorm;
pub use layer_norm::LayerNorm;
pub use normalize::Normalize;
pub use rms_norm::RmsNorm;

use crate::layer::larger;
use crate::parameters::{Kind, Tensors};
use crate::shape::Shape;

/// Refuses an epsilon that is no small distance from zero.
const fn check_eps(bits: u64) {
    let eps = f64::from_bits(bits);
    assert!(
        eps >= 0.0 && eps < f64::INFINITY,
        "the epsilon of a normalisation is a number of at least 0"
    );
}

/// How many of the last axes of `S` hold `count` values together: `axes` of them, or the fewest where that is 0.
const fn last_axes<S: Shape>(count: usize, axes: usize) -> usize {
    let (mut taken, mut product) = (0, 1);
    while taken < axes || (axes == 0 && (taken == 0 || product < count)) {
        assert!(
            taken < S::DIMS.len(),
            "a normalisation over N values takes one or more whole axes of its input, counted from the last"
        );
        taken += 1;
        product *= S::DIMS[S::DIMS.len() - taken];
    }
    assert!(
        product == count,
        "a normalisation over N values takes one or more whole axes of its input, counted from the last"
    );
    taken
}

/// How many rows of `count` values a sample of `S` has. A size of zero is reported where it is declared, not here.
const fn rows<S: Shape>(count: usize) -> usize {
    S::LEN / larger(count, 1)
}

/// How many values a sample of `S` has in each of its `channels`, which are its first axis.
const fn values_per_channel<S: Shape>(channels: usize) -> usize {
    assert!(
        S::DIMS[0] == channels,
        "the channels of a normalisation are the first axis of its input"
    );
    S::LEN / channels
}

/// Adds a tensor that has one value for each place of the last axes of `S`, or none where it has none.
fn describe_last_axes<S: Shape, const N: usize, const AXES: usize>(
    tensors: &mut Tensors,
    name: &str,
) {
    if N == 0 {
        return;
    }
    let shape = &S::DIMS[S::DIMS.len() - last_axes::<S>(N, AXES)..];
    let strides: alloc::vec::Vec<usize> =
        (1..=shape.len()).map(|axis| shape[axis..].iter().product()).collect();
    tensors.tensor(name, shape, &strides, Kind::TrainedWithoutDecay);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Rank1, Rank3};

    #[test]
    fn whole_axes_from_the_last() {
        assert_eq!(last_axes::<Rank1<5>>(5, 0), 1);
        assert_eq!(last_axes::<Rank1<1>>(1, 0), 1);
        assert_eq!(last_axes::<Rank3<2, 3, 4>>(4, 0), 1);
        assert_eq!(last_axes::<Rank3<2, 3, 4>>(12, 0), 2);
        assert_eq!(last_axes::<Rank3<2, 3, 4>>(24, 0), 3);
        assert_eq!(last_axes::<Rank3<2, 1, 4>>(4, 0), 1);
        assert_eq!(last_axes::<Rank3<2, 1, 4>>(4, 2), 2);
        assert_eq!(last_axes::<Rank3<1, 3, 4>>(12, 3), 3);
    }

    #[test]
    #[should_panic(expected = "takes one or more whole axes of its input")]
    fn a_part_of_an_axis_is_refused() {
        last_axes::<Rank3<2, 3, 4>>(6, 0);
    }

    #[test]
    #[should_panic(expected = "takes one or more whole axes of its input")]
    fn more_than_a_sample_is_refused() {
        last_axes::<Rank3<2, 3, 4>>(48, 0);
    }

    #[test]
    #[should_panic(expected = "the channels of a normalisation are the first axis of its input")]
    fn channels_are_the_first_axis() {
        values_per_channel::<Rank3<2, 3, 4>>(4);
    }

    #[test]
    fn tensors_have_the_shape_of_the_axes() {
        let tensors = Tensors::of::<f32, LayerNorm<f32, Rank3<2, 3, 4>, 12>>();
        assert_eq!(
            (tensors[0].shape.as_slice(), tensors[0].strides.as_slice()),
            (&[3, 4][..], &[4, 1][..])
        );
        let tensors = Tensors::of::<f32, InstanceNorm<f32, Rank3<2, 3, 4>, 2>>();
        assert!(tensors.is_empty());
        const EPS: u64 = f64::to_bits(1e-5);
        let tensors = Tensors::of::<f32, LayerNorm<f32, Rank3<2, 3, 4>, 12, EPS, 2, 12, 0>>();
        assert_eq!((tensors.len(), tensors[0].name.as_str()), (1, "weight"));
        let tensors = Tensors::of::<f32, LayerNorm<f32, Rank3<2, 3, 4>, 12, EPS, 2, 0>>();
        assert!(tensors.is_empty());
    }
}
