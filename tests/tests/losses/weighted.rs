//! Classes that do not count, weights of classes, samples and steps, and sequences that end early.

use static_net::loss::{ClassTargets, ClassWeights, CrossEntropyWith, Padded, Weighted};

use super::*;

/// The class indices of a list, of lists too.
fn labels(value: &Value) -> Vec<i64> {
    numbers::<f64>(value).into_iter().map(|number| number as i64).collect()
}

/// Compares what a fixture has under a name.
pub fn compare<T: Float, const N: usize>(
    fixture: &Value,
    name: &str,
    (loss, gradient): (T, Batch<T, N>),
    tolerance: f64,
) {
    let expected = get(get(fixture, "results"), name);
    let name = format!("{name} of {N} {}", T::NAME);
    assert_close(&name, &[loss], &numbers(get(expected, "loss")), tolerance);
    assert_close(&name, gradient.as_slice(), &numbers(get(expected, "gradient")), tolerance);
}

fn cross_entropy_matches<T: Float, const N: usize>(case: usize, tolerance: f64) {
    let fixture = &read("weighted_cross_entropy.json")[case];
    let [output, probabilities] =
        ["output", "probabilities"].map(|key| batch::<T, N>(&numbers(get(fixture, key))));
    let [right, some] = ["right", "some"].map(|key| labels(get(fixture, key)));
    let weights: Vec<T> = numbers(get(fixture, "weights"));
    let rare: [T; N] = numbers(get(fixture, "rare")).try_into().unwrap();
    let check = |name: &str, given| compare(fixture, name, given, tolerance);

    let ignoring = CrossEntropy.ignoring(-100);
    check("ignoring", ignoring.loss(&output, &some));
    check("ignoring_smoothed", ignoring.label_smoothing(0.1).loss(&output, &some));
    let known: Vec<Option<u32>> = some.iter().map(|&class| u32::try_from(class).ok()).collect();
    check("ignoring", CrossEntropy.loss(&output, &known));
    let by_class = CrossEntropy.class_weights(rare);
    check("class_weights", by_class.loss(&output, &right));
    let all = CrossEntropy.label_smoothing(0.1).ignoring(-100i64).class_weights(rare);
    check("class_weights_smoothed_ignoring", all.loss(&output, &some));
    check("class_weights_probabilities", by_class.loss(&output, &probabilities));
    let smoothed = by_class.label_smoothing(0.2);
    check("class_weights_probabilities_smoothed", smoothed.loss(&output, &probabilities));

    let weights = weights.as_slice();
    let weighted = Weighted { targets: &right, weights };
    check("weighted", CrossEntropy.loss(&output, &weighted));
    check("weighted_smoothed", CrossEntropy.label_smoothing(0.1).loss(&output, &weighted));
    let some = Weighted { targets: &some, weights };
    check("weighted_class_weights_ignoring", by_class.ignoring(-100).loss(&output, &some));
    let weighted = Weighted { targets: &probabilities, weights };
    check("weighted_probabilities", CrossEntropy.loss(&output, &weighted));
}

#[test]
fn cross_entropies_are_those_of_pytorch() {
    cross_entropy_matches::<f32, 3>(0, 2e-6);
    cross_entropy_matches::<f32, 5>(1, 2e-6);
    cross_entropy_matches::<f32, 19>(2, 2e-6);
    cross_entropy_matches::<f64, 3>(0, 1e-9);
    cross_entropy_matches::<f64, 5>(1, 1e-9);
    cross_entropy_matches::<f64, 19>(2, 1e-9);
}

fn steps_match<T: Float>(tolerance: f64) {
    let fixture = &read("weighted_each_step.json");
    let [output, probabilities] =
        ["output", "probabilities"].map(|key| batch::<T, 20>(&numbers(get(fixture, key))));
    let right: Vec<u32> = numbers::<f64>(get(fixture, "right")).iter().map(|&n| n as u32).collect();
    let targets: &[[u32; 4]] = right.as_chunks().0;
    let rare: [T; 5] = numbers(get(fixture, "rare")).try_into().unwrap();
    let [weights, uneven] = ["weights", "uneven"].map(|key| numbers::<T>(get(fixture, key)));
    let lengths = &indices(get(fixture, "lengths"))[..];
    let check = |name: &str, given| compare(fixture, name, given, tolerance);

    let loss = CrossEntropy.each_step::<5>();
    let padded = Padded { targets, lengths };
    check("padded", loss.loss(&output, &padded));
    let all = CrossEntropy.class_weights(rare).label_smoothing(0.1).each_step::<5>();
    check("padded_smoothed_class_weights", all.loss(&output, &padded));
    check("masked", loss.loss(&output, &Weighted { targets, weights: &uneven }));
    check("weighted", loss.loss(&output, &Weighted { targets: &right, weights: &weights }));
    check("weighted_padded", loss.loss(&output, &Weighted { targets: &padded, weights: &weights }));
    check("probabilities", loss.loss(&output, &probabilities));
    // The same by another pattern in memory.
    let apart = probabilities.clone().insert_row(0, T::ZERO);
    check("probabilities", loss.loss(&output, &apart.generic_view((1, 0), (Const::<20>, Dyn(3)))));
    let smoothed = CrossEntropy.label_smoothing(0.3).each_step::<5>();
    let padded = Padded { targets: &probabilities, lengths };
    check("probabilities_smoothed_padded", smoothed.loss(&output, &padded));

    // Of weighted targets that are weighted once more the outer weights count.
    let twice = Weighted { targets: &right, weights: &uneven };
    check("weighted", loss.loss(&output, &Weighted { targets: &twice, weights: &weights }));

    // The class that is left out, and none at all, say the same.
    let masked = |row: usize| row % 4 < lengths[row / 4];
    let ignored: Vec<u32> = (0..12).map(|row| if masked(row) { right[row] } else { 9 }).collect();
    check("padded", CrossEntropy.ignoring(9).each_step::<5>().loss(&output, &ignored));
    let known: Vec<Option<u32>> = (0..12).map(|row| masked(row).then_some(right[row])).collect();
    check("padded", loss.loss(&output, &known));
}

#[test]
fn cross_entropies_of_steps_are_those_of_pytorch() {
    steps_match::<f32>(2e-6);
    steps_match::<f64>(1e-9);
}

fn check_classes<W, Y, const N: usize>(name: &str, loss: CrossEntropyWith<W>, targets: &Y)
where
    W: ClassWeights<f64, N>,
    Y: ClassTargets<f64, N>,
{
    check_gradient::<_, _, N>(name, &loss, 6, targets);
    let smoothed = loss.label_smoothing(0.2);
    check_gradient::<_, _, N>(name, &smoothed, 6, targets);
    let weighted = Weighted { targets, weights: &[0.5, 0.0, 2.0, 1.0, 0.1, 3.0] };
    check_gradient::<_, _, N>(name, &smoothed, 6, &weighted);
}

fn check_settings<const N: usize>() {
    let classes: Vec<Option<usize>> = (0..6).map(|i| (i != 4).then_some((5 * i) % N)).collect();
    let loss = CrossEntropy.ignoring(0);
    check_classes::<_, _, N>("ignoring", loss, &classes);
    let weights = std::array::from_fn::<f64, N, _>(|class| 0.25 * class as f64);
    check_classes::<_, _, N>("classes", loss.class_weights(weights), &classes);
    check_classes::<_, _, N>("shares", loss.class_weights(weights), &probabilities::<f64, N>(6));
}

#[test]
fn gradients_with_weights_are_those_of_central_differences() {
    check_settings::<2>();
    check_settings::<6>();
    check_settings::<21>();
    let targets = random::<f64, 6>(3, 4);
    for weights in [&[0.5, 0.0, 2.0][..], &[0.5, 1.0, 0.0, 0.0, 3.0, 1.0], &[0.25; 18]] {
        let targets = Weighted { targets: &targets, weights };
        check_gradient::<_, _, 6>("weighted mse", &MeanSquaredError, 3, &targets);
        check_gradient::<_, _, 6>("weighted huber", &Huber, 3, &targets);
    }
}

#[test]
fn a_weighted_mean_is_that_of_samples_as_often() {
    let (output, targets) = (random::<f64, 6>(3, 1), random::<f64, 6>(3, 2));
    let order = [0, 2, 2, 2];
    let [more, aims] = [&output, &targets].map(|all| all.select_columns(&order));
    let weighted = Weighted { targets: &targets, weights: &[1.0, 0.0, 3.0] };
    let [of_more, of_weighted] = [
        MeanSquaredError.loss(&more.fixed_rows::<6>(0), &aims.fixed_rows::<6>(0)),
        MeanSquaredError.loss(&output, &weighted),
    ];
    assert!((of_more.0 - of_weighted.0).abs() < 1e-12);
    assert!((of_more.1.column(1) * 3.0 - of_weighted.1.column(2)).amax() < 1e-12);
    assert_eq!(of_weighted.1.column(1).amax(), 0.0);
    // Equal weights of values are none.
    let equal = Weighted { targets: &targets, weights: &[0.5; 18] };
    assert!(
        (MeanSquaredError.loss(&output, &equal).0 - MeanSquaredError.loss(&output, &targets).0)
            .abs()
            < 1e-12
    );
}

/// What does not count may be anything, and where nothing counts there is nothing to learn.
#[test]
fn what_does_not_count_is_not_looked_at() {
    for infinite in [f32::INFINITY, f32::NAN] {
        let output = [[1.0, 2.0, -1.0], [infinite; 3]];
        let one = CrossEntropy.loss(&output[0], &2).0;
        let given = [
            CrossEntropy.loss(&output, &[Some(2), None]),
            CrossEntropy.ignoring(7).loss(&output, &[2, 7]),
            CrossEntropy.loss(&output, &Weighted { targets: &[2, 1], weights: &[0.5, 0.0] }),
        ];
        for (loss, gradient) in given {
            assert_eq!(loss, one);
            assert_eq!(gradient.column(1).as_slice(), [0.0; 3]);
        }
        let targets = Weighted { targets: &[[0.5; 3]; 2], weights: &[0.5, 0.0] };
        assert!(MeanSquaredError.loss(&output, &targets).0.is_finite());
    }
    let output = [[1.0f32, 2.0]; 3];
    for (loss, gradient) in [
        CrossEntropy.loss(&output, &[None::<u8>; 3]),
        CrossEntropy.class_weights([0.0, 1.0]).loss(&output, &[0; 3]),
        CrossEntropy.loss(&output, &Weighted { targets: &[[0.5, 0.5]; 3], weights: &[0.0; 3] }),
        Huber.loss(&output, &Weighted { targets: &[[0.5, 0.5]; 3], weights: &[0.0; 3] }),
    ] {
        assert_eq!((loss, gradient.amax()), (0.0, 0.0));
    }
    // A mask among the logits of classes with weights.
    let masked = [[0.0f32, -f32::INFINITY, 1.0]];
    let (loss, gradient) = CrossEntropy.class_weights([1.0, 2.0, 3.0]).loss(&masked, &[2]);
    assert!((loss - 0.313_26).abs() < 1e-5 && gradient[1] == 0.0);
}

/// Classes are numbered by integers of any kind.
#[test]
fn classes_of_all_kinds_are_taken() {
    let output = random::<f32, 3>(4, 5);
    let (loss, _) = CrossEntropy.loss(&output, &[2usize, 0, 1, 1]);
    let words: Vec<u32> = vec![2, 0, 1, 1];
    assert_eq!(CrossEntropy.loss(&output, &words).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &words[..]).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &[2u8, 0, 1, 1]).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &[2i64, 0, 1, 1][..]).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &[2, 0, 1, 1].map(Some)).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &&words).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &words.clone().into_boxed_slice()).0, loss);

    let steps = CrossEntropy.each_step::<3>();
    let chances = vec![[0.25f32, 0.5, 0.25]; 4];
    let (loss, _) = steps.loss(&output, &chances);
    assert_eq!(steps.loss(&output, &chances[..]).0, loss);
    assert_eq!(steps.loss(&output, &[[0.25, 0.5, 0.25]; 4]).0, loss);
    assert_eq!(CrossEntropy.loss(&output, &chances).0, loss);
    assert_eq!(
        CrossEntropy.loss(&output.column(0), &Some(2u32)).0,
        CrossEntropy.loss(&output.column(0), &2u32).0
    );
    assert_eq!(
        MeanSquaredError.loss(&output, &[[0.0; 3]; 4]).0,
        MeanSquaredError.loss(&output, &vec![[0.0; 3]; 4]).0
    );
}

#[test]
fn weights_and_lengths_that_do_not_fit_are_typed_errors() {
    let output = random::<f32, 6>(4, 1);
    let error = CrossEntropy.try_loss(&output, &[0, 1, -1, 7]).unwrap_err();
    assert_eq!(error, LossError::ClassOutOfRange { sample: 2, class: -1, classes: 6 });
    let error = CrossEntropy.try_loss(&output, &[u64::MAX; 4]).unwrap_err();
    assert_eq!(error, LossError::ClassOutOfRange { sample: 0, class: i64::MAX, classes: 6 });

    let weights = |weights| Weighted { targets: &[0; 4], weights };
    for (count, values) in [(3, 1), (8, 1), (0, 1)] {
        let error = CrossEntropy.try_loss(&output, &weights(&[1.0; 9][..count])).unwrap_err();
        assert_eq!(error, LossError::WeightCount { samples: 4, values, weights: count });
    }
    for count in [6, 16, 48] {
        let targets = Weighted { targets: &output, weights: &[1.0; 48][..count] };
        let error = MeanSquaredError.try_loss(&output, &targets).unwrap_err();
        assert_eq!(error, LossError::WeightCount { samples: 4, values: 6, weights: count });
    }
    let error = LossError::WeightCount { samples: 4, values: 6, weights: 16 };
    assert_eq!(
        error.to_string(),
        "16 weights do not divide among 4 samples of 6 values: give one for each sample, \
         or one for each of as many equal parts of each"
    );

    let loss = CrossEntropy.each_step::<2>();
    let padded = |lengths| Padded { targets: &[[1u32; 3]; 4], lengths };
    let error = loss.try_loss(&output, &padded(&[1, 3, 4, 0])).unwrap_err();
    assert_eq!(error, LossError::LengthOutOfRange { sample: 2, length: 4, steps: 3 });
    assert_eq!(
        error.to_string(),
        "sample 2 has a length of 4 steps, but the output has 3 of each sample"
    );
    let error = loss.try_loss(&output, &padded(&[1, 3])).unwrap_err();
    assert_eq!(error, LossError::SampleCount { output: 4, targets: 2 });
    // A class behind the end of a sequence is not looked at.
    let targets = [[1, 9, 9], [1, 1, 9], [1, 1, 1], [9, 9, 9]];
    let lengths = &[1, 2, 3, 0];
    assert!(loss.try_loss(&output, &Padded { targets: &targets, lengths }).is_ok());
}

#[test]
fn settings_and_weights_allocate_nothing() {
    let output = random::<f32, 12>(8, 1);
    let mut d_output = output.clone();
    let (classes, lengths, weights) = (vec![[1u32, 2, 0]; 8], [2; 8], [0.5; 8]);
    let loss = CrossEntropy.class_weights([1.0; 4]).label_smoothing(0.1).each_step::<4>();
    let targets = Padded { targets: &classes, lengths: &lengths };
    let targets = Weighted { targets: &targets, weights: &weights };
    let mut value = 0.0;
    assert_eq!(allocations(|| value = loss.loss_into(&output, &targets, &mut d_output)), 0);
    assert_eq!(value, loss.loss(&output, &targets).0);
}
