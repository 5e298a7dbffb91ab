//! The contrastive loss: against PyTorch, central differences and its own symmetries.

use static_net::prelude::*;
use static_net::{Float, Samples};
use static_net_tests::allocations::{Counting, allocations};
use static_net_tests::fixture::{assert_close, get, numbers, read};

#[global_allocator]
static COUNTING: Counting = Counting;

type Batch<T, const N: usize> = OMatrix<T, Const<N>, Dyn>;

/// Numbers without a pattern in [-2, 2), the same for the same seed.
fn random<T: Float, const N: usize>(samples: usize, seed: u64) -> Batch<T, N> {
    let mut rng = StdRng::seed_from_u64(seed);
    Batch::<T, N>::from_fn(samples, |_, _| T::from_f64(rng.random_range(-2.0..2.0)))
}

fn matches_pytorch<T: Float, const N: usize>(case: usize, tolerance: f64) {
    let fixture = &read("info_nce.json")[case];
    let views = |name| Batch::<T, N>::from_column_slice(&numbers(get(fixture, name)));
    let (first, second) = (views("first"), views("second"));
    let temperature = get(fixture, "temperature").as_f64().expect("a number");
    let loss = InfoNce::new(temperature);
    for (name, loss) in [("nt_xent", loss), ("clip", loss.across_views())] {
        let expected = get(fixture, name);
        let (value, d_first, d_second) = loss.loss(&first, &second);
        let what = format!("{name} of {N} {}", T::NAME);
        assert_close(&what, &[value], &numbers(get(expected, "loss")), tolerance);
        assert_close(&what, d_first.as_slice(), &numbers(get(expected, "d_first")), tolerance);
        assert_close(&what, d_second.as_slice(), &numbers(get(expected, "d_second")), tolerance);
    }
}

#[test]
fn values_and_gradients_are_those_of_pytorch() {
    matches_pytorch::<f32, 2>(0, 2e-6);
    matches_pytorch::<f32, 5>(1, 2e-6);
    matches_pytorch::<f32, 16>(2, 4e-6);
    matches_pytorch::<f32, 37>(3, 4e-6);
    matches_pytorch::<f64, 2>(0, 1e-9);
    matches_pytorch::<f64, 5>(1, 1e-9);
    matches_pytorch::<f64, 16>(2, 1e-9);
    matches_pytorch::<f64, 37>(3, 1e-9);
}

fn check_gradients<const N: usize>(samples: usize, loss: InfoNce) {
    const STEP: f64 = 1e-5;
    let mut views = [random::<f64, N>(samples, 3), random::<f64, N>(samples, 4)];
    let (_, d_first, d_second) = loss.loss(&views[0], &views[1]);
    for (side, gradient) in [d_first, d_second].into_iter().enumerate() {
        assert_eq!(gradient.shape(), (N, samples));
        for index in 0..gradient.len() {
            let value = views[side][index];
            let mut at = |value| {
                views[side][index] = value;
                loss.loss(&views[0], &views[1]).0
            };
            let slope = (at(value + STEP) - at(value - STEP)) / (2.0 * STEP);
            at(value);
            let got = gradient[index];
            let error = (slope - got).abs() / slope.abs().max(0.1 / (N * samples) as f64);
            assert!(
                error < 1e-6,
                "{N} x {samples}, view {side}: value {index} has {got}, not {slope}"
            );
        }
    }
}

#[test]
fn gradients_are_those_of_central_differences() {
    for samples in [1, 2, 3, 8, 13] {
        for loss in [InfoNce::new(0.5), InfoNce::new(0.1), InfoNce::new(0.3).across_views()] {
            check_gradients::<2>(samples, loss);
            check_gradients::<7>(samples, loss);
            check_gradients::<16>(samples, loss);
        }
    }
}

#[test]
fn only_directions_count_and_sides_may_be_swapped() {
    let (first, second) = (random::<f64, 4>(6, 1), random::<f64, 4>(6, 2));
    for loss in [InfoNce::new(0.2), InfoNce::new(0.2).across_views()] {
        let (value, d_first, d_second) = loss.loss(&first, &second);
        let (scaled, d_scaled, _) = loss.loss(&(&first * 8.0), &second);
        assert!((value - scaled).abs() < 1e-12);
        assert!((d_scaled * 8.0 - &d_first).amax() < 1e-12);
        let (swapped, d_swapped, _) = loss.loss(&second, &first);
        assert!((value - swapped).abs() < 1e-12);
        assert!((d_swapped - d_second).amax() < 1e-12);
    }
}

#[test]
fn values_that_can_be_worked_out_by_hand() {
    // Both views of two samples at right angles: of three candidates one is alike, two are not.
    let axes = SMatrix::<f64, 2, 2>::new(3.0, 0.0, 0.0, 0.5);
    let (loss, d_first, _) = InfoNce::new(1.0).loss(&axes, &axes);
    let e = core::f64::consts::E;
    assert!((loss - ((e + 2.0) / e).ln()).abs() < 1e-12);
    // Straight towards the other axis, as the length of the embedding allows it.
    assert_eq!((d_first[(0, 0)], d_first[(1, 1)]), (0.0, 0.0));
    assert!((d_first[(1, 0)] * 3.0 - d_first[(0, 1)] * 0.5).abs() < 1e-12 && d_first[(1, 0)] > 0.0);
    let (across, _, _) = InfoNce::new(1.0).across_views().loss(&axes, &axes);
    assert!((across - ((e + 1.0) / e).ln()).abs() < 1e-12);

    // One sample has no wrong answer.
    let (alone, d_alone, _) = InfoNce::new(0.1).loss(&[1.0_f32, 2.0], &[-3.0, 0.5]);
    assert!(alone.abs() < 1e-6 && d_alone.amax() < 1e-6);
}

#[test]
fn embeddings_without_a_direction_and_of_any_length() {
    let mut first = random::<f32, 3>(4, 1);
    let second = random::<f32, 3>(4, 2);
    let loss = InfoNce::new(0.1);
    let (expected, d_expected, _) = loss.loss(&first, &second);
    // Squares of these are not numbers of f32.
    for factor in [1e25, 1e-25] {
        let (value, gradient, _) = loss.loss(&(&first * factor), &second);
        assert!((value - expected).abs() < 1e-4, "{value}, not {expected}");
        assert!((gradient * factor - &d_expected).amax() < 1e-4);
    }
    first.column_mut(2).fill(0.0);
    let (value, gradient, d_second) = loss.loss(&first, &second);
    assert!(value.is_finite() && value > 0.0);
    assert_eq!(gradient.column(2).amax(), 0.0);
    assert!(gradient.column(1).amax() > 0.0 && d_second.iter().all(|value| value.is_finite()));
    first[(1, 2)] = f32::NAN;
    assert!(loss.loss(&first, &second).0.is_nan());
}

/// Two samples, of which each has a view like the other's: nothing but directions tells the loss.
fn of_scale<T: Float>(scale: T) -> (T, [T; 4]) {
    let (one, zero) = (T::ONE, T::ZERO);
    let first = SMatrix::<T, 2, 2>::new(scale, zero, zero, one);
    let second = SMatrix::<T, 2, 2>::new(one, one, zero, one);
    let (loss, d_first, _) = InfoNce::new(1.0).loss(&first, &second);
    (loss, [d_first[(0, 0)], d_first[(1, 0)], d_first[(0, 1)], d_first[(1, 1)]])
}

#[test]
fn the_smallest_and_largest_embeddings_have_a_direction() {
    let (expected, d_expected) = of_scale(1.0_f64);
    assert!(d_expected[1].abs() > 0.01);
    for scale in [1e-170, 1e-300, 1e-310, 1e170, 1e300] {
        let (loss, gradient) = of_scale(scale);
        assert!((loss - expected).abs() < 1e-14, "{scale:e}: {loss}, not {expected}");
        let across = gradient[1] * scale / d_expected[1];
        assert!(!gradient[1].is_finite() || (across - 1.0).abs() < 1e-9, "{scale:e}: {across}");
        // What changes only the length changes nothing, however short it is.
        assert!(gradient[0].abs() * scale < 1e-14, "{scale:e}: {}", gradient[0]);
        assert!((gradient[2] - d_expected[2]).abs() < 1e-14);
    }
    let (expected, _) = of_scale(1.0_f32);
    for scale in [1e-39_f32, 1e-45, 1e-30, 1e38] {
        let (loss, gradient) = of_scale(scale);
        assert!((loss - expected).abs() < 1e-6, "{scale:e}: {loss}, not {expected}");
        assert!(!gradient[0].is_nan() && !gradient[1].is_nan(), "{scale:e}: {gradient:?}");
    }
}

#[test]
fn a_vector_of_nan_only_is_none_of_zeros() {
    let first = SMatrix::<f32, 2, 2>::new(f32::NAN, 1.0, f32::NAN, 0.5);
    assert!(InfoNce::new(0.5).loss(&first, &first).0.is_nan());
}

#[test]
#[should_panic(expected = "f32 is no number type for a temperature of 1e-46 and one over it")]
fn a_temperature_that_is_zero_in_f32_is_refused() {
    InfoNce::new(1e-46).loss(&[1.0_f32, 0.0], &[0.0, 1.0]);
}

#[test]
fn the_same_temperature_is_one_in_f64() {
    let (loss, _, _) = InfoNce::new(1e-46).loss(&[1.0_f64, 0.0], &[0.0, 1.0]);
    assert_eq!(loss, 0.0);
}

#[test]
fn views_arrays_and_static_batches_are_taken() {
    let (wide, second) = (random::<f32, 6>(5, 5), random::<f32, 3>(5, 6));
    let view = wide.fixed_rows::<3>(2);
    assert!(Samples::<f32, 3>::as_samples(&view).is_none());
    let first = view.clone_owned();
    let loss = InfoNce::new(0.3);
    let expected = loss.loss(&first, &second);
    assert_eq!(loss.loss(&view, &second), expected);
    let arrays: Vec<[f32; 3]> = first.as_slice().as_chunks().0.to_vec();
    assert_eq!(loss.loss(arrays.as_slice(), &second), expected);
    let fixed = |batch: &Batch<f32, 3>| SMatrix::<f32, 3, 5>::from_column_slice(batch.as_slice());
    let (value, d_first, d_second) = loss.loss(&fixed(&first), &fixed(&second));
    let d_first: SMatrix<f32, 3, 5> = d_first;
    assert_eq!(value, expected.0);
    assert_eq!(d_first.as_slice(), expected.1.as_slice());
    assert_eq!(d_second.as_slice(), expected.2.as_slice());

    let none = random::<f32, 3>(0, 1);
    let (value, d_first, _) = loss.loss(&none, &none);
    assert_eq!((value, d_first.shape()), (0.0, (3, 0)));
}

#[test]
fn numbers_of_views_that_differ_are_a_typed_error() {
    let error = InfoNce::new(0.5).try_loss(&random::<f32, 3>(4, 1), &random::<f32, 3>(5, 1));
    let error = error.unwrap_err();
    assert_eq!(error, LossError::ViewCount { first: 4, second: 5 });
    assert_eq!(
        error.to_string(),
        "there are 4 first views, but 5 second views; a sample has one of each"
    );
}

#[test]
#[should_panic(expected = "there are 4 first views, but 5 second views")]
fn numbers_of_views_that_differ_are_refused() {
    let _ = InfoNce::new(0.5).loss(&random::<f32, 3>(4, 1), &random::<f32, 3>(5, 1));
}

#[test]
#[should_panic(expected = "the temperature of InfoNCE is greater than 0, not NaN")]
fn the_temperature_is_checked() {
    let _ = InfoNce::new(f64::NAN);
}

#[test]
fn nothing_is_allocated_in_memory_that_was_held() {
    let (first, second) = (random::<f32, 32>(40, 1), random::<f32, 32>(40, 2));
    let (few_first, few_second) = (random::<f32, 32>(9, 1), random::<f32, 32>(9, 2));
    let loss = InfoNce::new(0.5);
    let (mut d_first, mut d_second) = (first.clone(), first.clone());
    let mut workspace = Workspace::new();
    loss.loss_into(&first, &second, &mut d_first, &mut d_second, &mut workspace);
    let mut losses = [0.0; 2];
    let count = allocations(|| {
        losses[1] =
            loss.loss_into(&few_first, &few_second, &mut d_first, &mut d_second, &mut workspace);
        losses[0] = loss.loss_into(&first, &second, &mut d_first, &mut d_second, &mut workspace);
    });
    assert_eq!(count, 0);
    assert_eq!(loss.loss(&first, &second), (losses[0], d_first, d_second));
    assert_eq!(losses[1], loss.loss(&few_first, &few_second).0);
}
