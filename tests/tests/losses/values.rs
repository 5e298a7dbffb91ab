//! Losses of single values, of masks and of several outputs at once.

use static_net::loss::{
    CosineEmbedding, Dice, GaussianNll, KlOfNormals, KlToStandardNormal, PoissonNll, Quantile,
    Quantiles, TripletMargin, Weighted,
};

use super::weighted::compare;
use super::*;

fn of_one_match<T: Float>(tolerance: f64) {
    let fixture = &read("binary_losses.json");
    let [output, targets, unit] =
        ["output", "targets", "unit"].map(|key| batch::<T, 5>(&numbers(get(fixture, key))));
    let each: [T; 5] = numbers(get(fixture, "each")).try_into().unwrap();
    let weights: Vec<T> = numbers(get(fixture, "weights"));
    let check = |name: &str, given| compare(fixture, name, given, tolerance);
    check("pos_weight", BinaryCrossEntropy.pos_weight(3.5).loss(&output, &unit));
    check("pos_weights", BinaryCrossEntropy.pos_weights(each).loss(&output, &unit));
    let weighted = Weighted { targets: &targets, weights: &weights };
    check("weighted", BinaryCrossEntropy.loss(&output, &weighted));
    check("weighted_pos_weight", BinaryCrossEntropy.pos_weight(0.5).loss(&output, &weighted));
    check("focal", BinaryCrossEntropy.focal(2.0).alpha(0.25).loss(&output, &targets));
    check("focal_without_alpha", BinaryCrossEntropy.focal(0.5).loss(&output, &targets));
    check("focal_unit", BinaryCrossEntropy.focal(1.5).alpha(0.7).loss(&output, &unit));

    let fixture = &read("single_value_losses.json");
    let [output, near, counts, rates, mask] = ["output", "near", "counts", "rates", "mask"]
        .map(|key| batch::<T, 5>(&numbers(get(fixture, key))));
    let check = |name: &str, given| compare(fixture, name, given, tolerance);
    check("quantile", Quantile::new(0.9).loss(&output, &near));
    let quantiles = Quantiles::new([0.1, 0.25, 0.5, 0.75, 0.9]);
    check("quantiles", quantiles.loss(&output, &near.fixed_rows::<1>(0)));
    check("poisson", PoissonNll::new().loss(&output, &counts));
    check("poisson_full", PoissonNll::new().full().loss(&output, &counts));
    check("poisson_of_rates", PoissonNll::new().of_rates().loss(&rates, &counts));
    check("poisson_of_rates_full", PoissonNll::new().full().of_rates().loss(&rates, &counts));
    check("dice", Dice::new().loss(&output, &mask));
    check("dice_smooth", Dice::new().smooth(0.1).loss(&output, &mask));
}

#[test]
fn losses_of_single_values_are_those_of_pytorch() {
    of_one_match::<f32>(2e-6);
    of_one_match::<f64>(1e-9);
}

fn focal_matches<T: Float, const N: usize>(case: usize, tolerance: f64) {
    let fixture = &read("focal_cross_entropy.json")[case];
    let [output, probabilities] =
        ["output", "probabilities"].map(|key| batch::<T, N>(&numbers(get(fixture, key))));
    let rare: [T; N] = numbers(get(fixture, "rare")).try_into().unwrap();
    let right = indices(get(fixture, "right"));
    let check = |name: &str, given| compare(fixture, name, given, tolerance);
    check("focal", CrossEntropy.focal(2.0).loss(&output, &right));
    check("focal_half", CrossEntropy.focal(0.5).loss(&output, &right));
    check("focal_class_weights", CrossEntropy.class_weights(rare).focal(2.0).loss(&output, &right));
    check("focal_probabilities", CrossEntropy.focal(2.0).loss(&output, &probabilities));
    // The same answer without the exponent, by another way.
    let plain = CrossEntropy.loss(&output, &right);
    let near = CrossEntropy.focal(1e-9).loss(&output, &right);
    let plain: Vec<f64> = plain.1.iter().map(|d| d.to_f64()).collect();
    assert_close("focal of no exponent", near.1.as_slice(), &plain, 1e-6);
}

#[test]
fn focal_cross_entropies_are_those_of_pytorch() {
    focal_matches::<f32, 3>(0, 2e-6);
    focal_matches::<f32, 19>(1, 2e-6);
    focal_matches::<f64, 3>(0, 1e-9);
    focal_matches::<f64, 19>(1, 1e-9);
}

fn joint_match<T: Float>(tolerance: f64) {
    let fixture = &read("joint_losses.json");
    let outputs = get(fixture, "outputs").as_array().unwrap();
    let outputs: Vec<Batch<T, 5>> = outputs.iter().map(|all| batch(&numbers(all))).collect();
    let [a, b, c, d] = &outputs[..] else { panic!("four outputs") };
    let [target, variance] =
        ["target", "variance"].map(|key| batch::<T, 5>(&numbers(get(fixture, key))));
    let are_alike: Vec<bool> = indices(get(fixture, "are_alike")).iter().map(|&n| n == 1).collect();
    let check = |name: &str, loss: T, gradients: &[Batch<T, 5>]| {
        let expected = get(get(fixture, "results"), name);
        let name = format!("{name} of {}", T::NAME);
        assert_close(&name, &[loss], &numbers(get(expected, "loss")), tolerance);
        let gradients: Vec<T> = gradients.iter().flat_map(|d| d.as_slice()).copied().collect();
        assert_close(&name, &gradients, &numbers(get(expected, "gradients")), tolerance);
    };
    macro_rules! check {
        ($($name:literal: $loss:expr, $outputs:expr, $targets:expr;)*) => {$({
            let (loss, gradients) = $loss.loss($outputs, $targets);
            check($name, loss, &gradients);
        })*};
    }
    check! {
        "gaussian": GaussianNll::new(), [a, &variance], &target;
        "gaussian_full": GaussianNll::new().full(), [a, &variance], &target;
        "gaussian_of_log_variance": GaussianNll::new().of_log_variance(), [a, b], &target;
        "to_standard_normal": KlToStandardNormal, [a, b], &();
        "of_normals": KlOfNormals, [a, b, c, d], &();
        "cosine": CosineEmbedding::new(), [a, b], &are_alike;
        "cosine_margin": CosineEmbedding::new().margin(-0.9), [a, b], &are_alike;
        "triplet": TripletMargin::new(), [a, b, c], &();
        "triplet_margin_swap": TripletMargin::new().margin(0.3).swap(), [a, b, c], &();
    }
}

#[test]
fn losses_of_several_outputs_are_those_of_pytorch() {
    joint_match::<f32>(4e-6);
    joint_match::<f64>(1e-9);
}

#[test]
fn gradients_of_values_are_those_of_central_differences() {
    let targets = random::<f64, 7>(3, 4);
    let unit = targets.map(|target| (target + 2.0) / 4.0);
    let mask = targets.map(|target| f64::from(target > 0.0));
    for gamma in [0.0, 0.5, 1.0, 3.0] {
        let loss = BinaryCrossEntropy.focal(gamma).alpha(0.3).pos_weight(2.0);
        check_gradient::<_, _, 7>("focal", &loss, 3, &unit);
        check_gradient::<_, _, 7>("focal of a mask", &loss.pos_weights([0.5; 7]), 3, &mask);
        let loss = CrossEntropy.focal(gamma).label_smoothing(0.1);
        check_gradient::<_, _, 7>("focal classes", &loss, 3, &[6, 0, 3]);
        check_gradient::<_, _, 7>("focal shares", &loss, 3, &unit);
        let weighted = Weighted { targets: &[Some(6), None, Some(1)], weights: &[0.5, 1.0, 2.0] };
        check_gradient::<_, _, 7>("focal weights", &loss.class_weights([3.0; 7]), 3, &weighted);
    }
    check_gradient::<_, _, 7>("quantile", &Quantile::new(0.2), 3, &targets);
    let loss = Quantiles::new([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9]);
    let weighted = Weighted { targets: &[[0.1], [-0.2], [1.3]], weights: &[0.5, 0.0, 2.0] };
    check_gradient::<_, _, 7>("quantiles", &loss, 3, &weighted);
    check_gradient::<_, _, 7>("poisson", &PoissonNll::new().full(), 3, &targets.map(f64::abs));
    check_gradient::<_, _, 7>("dice", &Dice::new(), 3, &unit);
    let weighted = Weighted { targets: &mask, weights: &[0.5, 0.0, 2.0] };
    check_gradient::<_, _, 7>("weighted dice", &Dice::new().smooth(0.5), 3, &weighted);
}

/// Compares the gradients of a joint loss with central differences.
fn check_joint<L, Y, const OUTPUTS: usize>(name: &str, loss: &L, targets: &Y)
where
    L: JointLoss<f64, OUTPUTS, 5, Y>,
    Y: ?Sized,
{
    const STEP: f64 = 1e-5;
    let mut outputs: [Batch<f64, 5>; OUTPUTS] = std::array::from_fn(|i| random(4, 20 + i as u64));
    let (_, gradients) = loss.loss(outputs.each_ref(), targets);
    for output in 0..OUTPUTS {
        for index in 0..20 {
            let value = outputs[output][index];
            let mut moved = |by| {
                outputs[output][index] = value + by;
                loss.loss(outputs.each_ref(), targets).0
            };
            let slope = (moved(STEP) - moved(-STEP)) / (2.0 * STEP);
            moved(0.0);
            let got = gradients[output][index];
            assert!(
                (slope - got).abs() < 1e-8,
                "{name}: value {index} of {output} has {got}, not {slope}"
            );
        }
    }
}

#[test]
fn gradients_of_several_outputs_are_those_of_central_differences() {
    let targets = random::<f64, 5>(4, 1);
    let gaussian = GaussianNll::new().of_log_variance();
    check_joint("gaussian", &gaussian, &targets);
    let weighted = Weighted { targets: &targets, weights: &[0.5, 0.0, 2.0, 1.0] };
    check_joint("weighted gaussian", &gaussian, &weighted);
    check_joint("to standard normal", &KlToStandardNormal, &());
    check_joint("of normals", &KlOfNormals, &());
    for are_alike in [[true, false, true, false], [false; 4]] {
        check_joint("cosine", &CosineEmbedding::new().margin(0.1), &are_alike);
        check_joint("cosine", &CosineEmbedding::new().margin(-1.0), &are_alike);
    }
    check_joint("triplet", &TripletMargin::new().margin(2.0), &());
    check_joint("triplet", &TripletMargin::new().margin(0.5).swap(), &());
}

#[test]
fn what_does_not_fit_several_outputs_is_a_typed_error() {
    let [four, three] = [4, 3].map(|samples| random::<f32, 5>(samples, 1));
    let error = KlToStandardNormal.try_loss([&four, &three], &()).unwrap_err();
    assert_eq!(error, LossError::OutputCount { first: 4, other: 3 });
    assert_eq!(error.to_string(), "the outputs hold 4 samples and 3");
    let error = GaussianNll::new().try_loss([&four, &four], &three).unwrap_err();
    assert_eq!(error, LossError::SampleCount { output: 4, targets: 3 });
    let error = CosineEmbedding::new().try_loss([&four, &four], &[true; 3]).unwrap_err();
    assert_eq!(error, LossError::SampleCount { output: 4, targets: 3 });
    let weighted = Weighted { targets: &four, weights: &[1.0; 20] };
    let error = Dice::new().try_loss(&four, &weighted).unwrap_err();
    assert_eq!(error, LossError::SampleWeightCount { samples: 4, weights: 20 });
    assert_eq!(error.to_string(), "there are 20 weights for 4 samples, of which each has one loss");
}

#[test]
fn large_values_do_not_overflow() {
    let output = [[200.0f32, -200.0, 0.0]];
    for gamma in [0.0, 0.5, 2.0] {
        let loss = BinaryCrossEntropy.focal(gamma);
        for targets in [[[1.0, 0.0, 1.0]], [[0.0, 1.0, 0.0]]] {
            let (loss, gradient) = loss.loss(&output, &targets);
            assert!(
                loss.is_finite() && gradient.iter().all(|d| d.is_finite()),
                "{gamma}: {gradient}"
            );
        }
        for class in 0..3 {
            let (loss, gradient) = CrossEntropy.focal(gamma).loss(&output, &[class]);
            assert!(
                loss.is_finite() && gradient.iter().all(|d| d.is_finite()),
                "{gamma}: {gradient}"
            );
        }
    }
    // Embeddings without a direction, and at no distance.
    let zeros = [[0.0f32; 3]];
    let (_, gradients) = CosineEmbedding::new().loss([&zeros, &output], &[true]);
    assert!(gradients.iter().flatten().all(|d| d.is_finite()));
    let (loss, gradients) = TripletMargin::new().loss([&zeros, &zeros, &zeros], &());
    assert!((loss - 1.0).abs() < 1e-6 && gradients.iter().flatten().all(|d| d.is_finite()));
}

#[test]
fn losses_of_several_outputs_fill_memory_without_allocating() {
    let [first, second] = [1, 2].map(|seed| random::<f32, 5>(6, seed));
    let [mut d_first, mut d_second] = [first.clone(), second.clone()];
    let mut loss = 0.0;
    let count = allocations(|| {
        loss = KlToStandardNormal.loss_into([&first, &second], &(), [&mut d_first, &mut d_second]);
    });
    assert_eq!(count, 0);
    let (expected, gradients) = KlToStandardNormal.loss([&first, &second], &());
    assert_eq!((loss, [d_first, d_second]), (expected, gradients));
}

#[test]
#[should_panic(expected = "a quantile is between 0 and 1, not 1")]
fn quantiles_are_checked() {
    let _ = Quantiles::new([0.5, 1.0]);
}

#[test]
#[should_panic(expected = "the gamma of a focal loss is at least 0, not -1")]
fn gamma_is_checked() {
    let _ = CrossEntropy.focal(-1.0);
}
