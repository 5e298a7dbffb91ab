//! How good a model is, measured on samples it has not learned from.

use static_net::nalgebra::{Const, Dyn, OMatrix};

use crate::data::Batch;

/// The class with the largest output, for each sample.
pub fn predictions<const CLASSES: usize>(
    outputs: &OMatrix<f32, Const<CLASSES>, Dyn>,
) -> Vec<usize> {
    outputs.column_iter().map(|output| output.imax()).collect()
}

/// The part of the samples, between 0 and 1, of which the class is the predicted one.
pub fn accuracy(predictions: &[usize], classes: &[usize]) -> f64 {
    let right = predictions.iter().zip(classes).filter(|(left, right)| left == right).count();
    right as f64 / classes.len().max(1) as f64
}

/// The accuracy of always naming the most frequent class: what any classifier has to beat.
pub fn majority(classes: &[usize]) -> f64 {
    let most = classes.iter().map(|class| classes.iter().filter(|&other| other == class).count());
    most.max().unwrap_or(0) as f64 / classes.len().max(1) as f64
}

/// The mean of the squared differences.
pub fn mean_squared<const N: usize>(left: &Batch<N>, right: &Batch<N>) -> f32 {
    (left - right).norm_squared() / left.len() as f32
}

/// Of the pixels that are found or true, those that are both: the mean over all pictures of 0 and 1. A picture without either is
/// found as it is.
pub fn intersection_over_union<const N: usize>(found: &Batch<N>, truth: &Batch<N>) -> f64 {
    let of_each = found.column_iter().zip(truth.column_iter()).map(|(found, truth)| {
        let union = found.sup(&truth).sum();
        if union > 0.0 { f64::from(found.inf(&truth).sum() / union) } else { 1.0 }
    });
    of_each.sum::<f64>() / found.ncols().max(1) as f64
}

/// How far apart the classes lie in a representation, compared with how far each of them spreads: the
/// scatter of the class means over the mean scatter around them (Fisher's criterion). It does not
/// change when the representation is shifted, turned or scaled.
pub fn separation<const N: usize>(samples: &OMatrix<f32, Const<N>, Dyn>, classes: &[usize]) -> f64 {
    let mean = samples.column_mean();
    let (mut between, mut within) = (0.0, 0.0);
    for class in 0..classes.iter().max().map_or(0, |last| last + 1) {
        let members: Vec<usize> =
            (0..classes.len()).filter(|&sample| classes[sample] == class).collect();
        if members.is_empty() {
            continue;
        }
        let members = samples.select_columns(&members);
        let class_mean = members.column_mean();
        between += members.ncols() as f64 * f64::from((class_mean - mean).norm_squared());
        within += members
            .column_iter()
            .map(|member| f64::from((member - class_mean).norm_squared()))
            .sum::<f64>();
    }
    between / within
}

/// The part of the samples whose nearest other sample is of the same class: how well a representation
/// keeps like with like.
pub fn nearest_neighbour_accuracy<const N: usize>(
    samples: &OMatrix<f32, Const<N>, Dyn>,
    classes: &[usize],
) -> f64 {
    let nearest = |sample: usize| {
        let distance =
            |other: &usize| (samples.column(*other) - samples.column(sample)).norm_squared();
        (0..classes.len())
            .filter(|&other| other != sample)
            .min_by(|left, right| distance(left).total_cmp(&distance(right)))
    };
    let nearest: Vec<usize> = (0..classes.len()).filter_map(nearest).map(|n| classes[n]).collect();
    accuracy(&nearest, classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predictions_and_their_accuracy() {
        let outputs = OMatrix::<f32, Const<2>, Dyn>::from_column_slice(&[1.0, 0.0, -3.0, -2.0]);
        assert_eq!(predictions(&outputs), [0, 1]);
        assert_eq!(accuracy(&[0, 1, 1, 0], &[0, 1, 0, 0]), 0.75);
        assert_eq!(majority(&[0, 1, 2, 1]), 0.5);
    }

    #[test]
    fn union_and_intersection_are_of_each_picture() {
        let found = Batch::<3>::from_column_slice(&[1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let truth = Batch::<3>::from_column_slice(&[0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert!((intersection_over_union(&found, &truth) - (1.0 / 3.0 + 2.0) / 3.0).abs() < 1e-6);
    }

    #[test]
    fn separation_is_between_over_within() {
        // Class means at -2 and 2, members 1 away from them: 4 over 1.
        let samples = OMatrix::<f32, Const<1>, Dyn>::from_column_slice(&[-3.0, -1.0, 1.0, 3.0]);
        assert!((separation(&samples, &[0, 0, 1, 1]) - 4.0).abs() < 1e-6);
        assert!((separation(&(samples * 10.0).add_scalar(7.0), &[0, 0, 1, 1]) - 4.0).abs() < 1e-5);
    }

    #[test]
    fn a_sample_is_not_its_own_neighbour() {
        let samples = OMatrix::<f32, Const<1>, Dyn>::from_column_slice(&[0.0, 1.0, 5.0, 7.0]);
        assert_eq!(nearest_neighbour_accuracy(&samples, &[0, 0, 1, 1]), 1.0);
        assert_eq!(nearest_neighbour_accuracy(&samples, &[0, 1, 1, 1]), 0.5);
    }
}
