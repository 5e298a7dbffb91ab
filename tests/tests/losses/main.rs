//! Losses against PyTorch and against central differences; targets of all forms, and those that do not fit.

use static_net::nalgebra::{Dim, RowSVector};
use static_net::prelude::*;
use static_net::{Float, Samples};
use static_net_tests::allocations::{Counting, allocations};
use static_net_tests::fixture::{Value, assert_close, get, indices, numbers, read};

mod sequences;
mod values;
mod weighted;

#[global_allocator]
static COUNTING: Counting = Counting;

type Batch<T, const N: usize> = OMatrix<T, Const<N>, Dyn>;

fn batch<T: Float, const N: usize>(values: &[T]) -> Batch<T, N> {
    Batch::<T, N>::from_column_slice(values)
}

/// Numbers without a pattern in [-2, 2), the same for the same seed.
fn random<T: Float, const N: usize>(samples: usize, seed: u64) -> Batch<T, N> {
    let mut rng = StdRng::seed_from_u64(seed);
    Batch::<T, N>::from_fn(samples, |_, _| T::from_f64(rng.random_range(-2.0..2.0)))
}

fn classes(samples: usize, classes: usize) -> Vec<usize> {
    (0..samples).map(|sample| (5 * sample + 3) % classes).collect()
}

/// Probabilities whose sums are near one, but not one.
fn probabilities<T: Float, const N: usize>(samples: usize) -> Batch<T, N> {
    random(samples, 9).map(|value: T| Float::exp(value) / T::from_usize(2 * N))
}

fn matches_pytorch<T: Float, const N: usize>(case: usize, tolerance: f64) {
    let fixture = &read("losses.json")[case];
    let output: Batch<T, N> = batch(&numbers(get(fixture, "output")));
    let near: Batch<T, N> = batch(&numbers(get(fixture, "near")));
    let unit: Batch<T, N> = batch(&numbers(get(fixture, "unit")));
    let probabilities: Batch<T, N> = batch(&numbers(get(fixture, "probabilities")));
    let classes = indices(get(fixture, "classes"));
    let check = |name: &str, (loss, gradient): (T, Batch<T, N>)| {
        let expected = get(get(fixture, "results"), name);
        let name = format!("{name} of {N} {}", T::NAME);
        assert_close(&name, &[loss], &numbers(get(expected, "loss")), tolerance);
        assert_close(&name, gradient.as_slice(), &numbers(get(expected, "gradient")), tolerance);
    };
    check("mean_squared_error", MeanSquaredError.loss(&output, &near));
    check("mean_absolute_error", MeanAbsoluteError.loss(&output, &near));
    check("huber", Huber.loss(&output, &near));
    check("huber_delta", Huber.delta(0.3).loss(&output, &near));
    check("binary_cross_entropy", BinaryCrossEntropy.loss(&output, &unit));
    check("cross_entropy_classes", CrossEntropy.loss(&output, &classes));
    let smoothed = CrossEntropy.label_smoothing(0.1);
    check("cross_entropy_classes_smoothed", smoothed.loss(&output, &classes));
    check("cross_entropy_probabilities", CrossEntropy.loss(&output, &probabilities));
    check("cross_entropy_weights", CrossEntropy.loss(&output, &unit));
    let smoothed = CrossEntropy.label_smoothing(0.2);
    check("cross_entropy_probabilities_smoothed", smoothed.loss(&output, &probabilities));
}

#[test]
fn values_and_gradients_are_those_of_pytorch() {
    matches_pytorch::<f32, 1>(0, 2e-6);
    matches_pytorch::<f32, 3>(1, 2e-6);
    matches_pytorch::<f32, 10>(2, 2e-6);
    matches_pytorch::<f32, 37>(3, 2e-6);
    matches_pytorch::<f64, 1>(0, 1e-9);
    matches_pytorch::<f64, 3>(1, 1e-9);
    matches_pytorch::<f64, 10>(2, 1e-9);
    matches_pytorch::<f64, 37>(3, 1e-9);
}

/// All numbers of a list of texts, infinities and NaN among them.
fn texts(value: &Value) -> Vec<f64> {
    let texts = value.as_array().expect("a list").iter();
    texts.map(|text| text.as_str().expect("a text").parse().expect("a number")).collect()
}

fn matches_pytorch_at_infinity<T: Float, const N: usize>(case: &Value, tolerance: f64) -> usize {
    let name = get(case, "name").as_str().expect("a name");
    let all = |key: &str| texts(get(case, key)).into_iter().map(T::from_f64).collect::<Vec<T>>();
    let output: Batch<T, N> = batch(&all("output"));
    let (loss, gradient) = if name == "cross_entropy" {
        let smoothing = numbers::<f64>(get(case, "smoothing"))[0];
        let smoothed = CrossEntropy.label_smoothing(smoothing);
        match case.get("label") {
            Some(label) if smoothing == 0.0 => CrossEntropy.loss(&output, &indices(&list(label))),
            Some(label) => smoothed.loss(&output, &indices(&list(label))),
            None if smoothing == 0.0 => CrossEntropy.loss(&output, &batch::<T, N>(&all("targets"))),
            None => smoothed.loss(&output, &batch::<T, N>(&all("targets"))),
        }
    } else {
        let targets: Batch<T, N> = batch(&all("targets"));
        match name {
            "mean_squared_error" => MeanSquaredError.loss(&output, &targets),
            "mean_absolute_error" => MeanAbsoluteError.loss(&output, &targets),
            "huber" => Huber.loss(&output, &targets),
            "binary_cross_entropy" => BinaryCrossEntropy.loss(&output, &targets),
            other => panic!("`{other}` is compared with nothing"),
        }
    };
    let got = [&[loss], gradient.as_slice()].concat();
    let wanted = [texts(get(case, "loss")), texts(get(case, "gradient"))].concat();
    assert_eq!(got.len(), wanted.len());
    for (got, wanted) in got.iter().map(|got| got.to_f64()).zip(wanted) {
        let is_same = got == wanted || (got.is_nan() && wanted.is_nan());
        assert!(is_same || (got - wanted).abs() < tolerance, "{got}, not {wanted}: {case}");
    }
    1
}

fn list(value: &Value) -> Value {
    Value::Array(vec![value.clone()])
}

/// Masks among logits are infinite. What is NaN there is so too.
#[test]
fn infinite_outputs_are_those_of_pytorch() {
    let cases = read("infinite_losses.json");
    let cases = cases.as_array().expect("a list of cases");
    let mut compared = 0;
    for case in cases {
        compared += match texts(get(case, "output")).len() {
            1 => {
                matches_pytorch_at_infinity::<f64, 1>(case, 1e-12);
                matches_pytorch_at_infinity::<f32, 1>(case, 1e-6)
            }
            3 => {
                matches_pytorch_at_infinity::<f64, 3>(case, 1e-12);
                matches_pytorch_at_infinity::<f32, 3>(case, 1e-6)
            }
            23 => {
                matches_pytorch_at_infinity::<f64, 23>(case, 1e-12);
                matches_pytorch_at_infinity::<f32, 23>(case, 1e-6)
            }
            other => panic!("{other} outputs"),
        };
    }
    assert_eq!(compared, cases.len());
}

/// Compares the gradient with central differences.
fn check_gradient<L, Y, const N: usize>(name: &str, loss: &L, samples: usize, targets: &Y)
where
    L: Loss<f64, N, Y>,
    Y: ?Sized,
{
    const STEP: f64 = 1e-5;
    let mut output = random::<f64, N>(samples, 3);
    let (_, gradient) = loss.loss(&output, targets);
    assert_eq!(gradient.len(), samples * N);
    for index in 0..output.len() {
        let value = output[index];
        output[index] = value + STEP;
        let (above, _) = loss.loss(&output, targets);
        output[index] = value - STEP;
        let (below, _) = loss.loss(&output, targets);
        output[index] = value;
        // In units of a single value's share, so that large batches are not compared more laxly.
        let share = 1.0 / output.len() as f64;
        let (slope, got) = ((above - below) / (2.0 * STEP) / share, gradient[index] / share);
        let error = (slope - got).abs() / slope.abs().max(0.1);
        assert!(error < 1e-6, "{name}, {N} x {samples}: value {index} has {got}, not {slope}");
    }
}

fn check_gradients<const N: usize>(samples: usize) {
    let targets = random::<f64, N>(samples, 4);
    check_gradient::<_, _, N>("mse", &MeanSquaredError, samples, &targets);
    check_gradient::<_, _, N>("mae", &MeanAbsoluteError, samples, &targets);
    check_gradient::<_, _, N>("huber", &Huber, samples, &targets);
    check_gradient::<_, _, N>("huber 0.2", &Huber.delta(0.2), samples, &targets);
    let unit = targets.map(|target| (target + 2.0) / 4.0);
    check_gradient::<_, _, N>("bce", &BinaryCrossEntropy, samples, &unit);
    let classes = classes(samples, N);
    check_gradient::<_, _, N>("classes", &CrossEntropy, samples, &classes);
    let smoothed = CrossEntropy.label_smoothing(0.3);
    check_gradient::<_, _, N>("smoothed classes", &smoothed, samples, &classes);
    let probabilities = probabilities(samples);
    check_gradient::<_, _, N>("probabilities", &CrossEntropy, samples, &probabilities);
    check_gradient::<_, _, N>("smoothed probabilities", &smoothed, samples, &probabilities);
}

#[test]
fn gradients_are_those_of_central_differences() {
    for samples in [0, 1, 2, 3, 9, 17] {
        check_gradients::<1>(samples);
        check_gradients::<2>(samples);
        check_gradients::<7>(samples);
        check_gradients::<8>(samples);
        check_gradients::<19>(samples);
    }
}

#[test]
fn an_empty_batch_has_a_loss_of_zero() {
    let output = random::<f32, 3>(0, 1);
    let none: [usize; 0] = [];
    for (loss, gradient) in [
        MeanSquaredError.loss(&output, &output),
        MeanAbsoluteError.loss(&output, &output),
        Huber.loss(&output, &output),
        BinaryCrossEntropy.loss(&output, &output),
        CrossEntropy.loss(&output, &none),
        CrossEntropy.label_smoothing(0.1).loss(&output, &none),
        CrossEntropy.loss(&output, &output),
    ] {
        assert_eq!(loss, 0.0);
        assert_eq!(gradient.shape(), (3, 0));
    }
    let (loss, _) = MeanSquaredError.loss(&SMatrix::<f64, 2, 0>::zeros(), &random::<f64, 2>(0, 1));
    assert_eq!(loss, 0.0);
}

/// All forms of output give the same, bit for bit, as a batch in one piece.
#[test]
fn views_arrays_and_static_batches_are_taken() {
    let outputs = random::<f32, 6>(10, 5);
    let targets = probabilities::<f32, 6>(10);
    let class = classes(5, 3);

    // Three of six rows, every second column: neither lies in one piece.
    let output = outputs.generic_view_with_steps((1, 0), (Const::<3>, Dyn(5)), (0, 1));
    let target = targets.generic_view_with_steps((2, 1), (Const::<3>, Dyn(5)), (0, 1));
    assert!(Samples::<f32, 3>::as_samples(&output).is_none());
    let whole_output = output.clone_owned();
    let whole_target = target.clone_owned();
    let static_output = SMatrix::<f32, 3, 5>::from_column_slice(whole_output.as_slice());
    let static_target = SMatrix::<f32, 3, 5>::from_column_slice(whole_target.as_slice());
    let arrays: Vec<[f32; 3]> = whole_target.as_slice().as_chunks().0.to_vec();

    macro_rules! same {
        ($loss:expr) => {{
            let (loss, gradient) = $loss.loss(&whole_output, &whole_target);
            let expected = (loss.to_bits(), gradient.as_slice().to_vec());
            let bits = |loss: f32, gradient: &[f32]| (loss.to_bits(), gradient.to_vec());
            let (loss, gradient) = $loss.loss(&output, &target);
            assert_eq!(bits(loss, gradient.as_slice()), expected);
            let (loss, gradient) = $loss.loss(&static_output, &static_target);
            let gradient: SMatrix<f32, 3, 5> = gradient;
            assert_eq!(bits(loss, gradient.as_slice()), expected);
            let (loss, gradient) = $loss.loss(&static_output, &target);
            assert_eq!(bits(loss, gradient.as_slice()), expected);
            let (loss, gradient) = $loss.loss(&output, &arrays);
            assert_eq!(bits(loss, gradient.as_slice()), expected);
            let (loss, gradient) = $loss.loss(&output, arrays.as_slice());
            assert_eq!(bits(loss, gradient.as_slice()), expected);
        }};
    }
    same!(MeanSquaredError);
    same!(MeanAbsoluteError);
    same!(Huber);
    same!(Huber.delta(0.1));
    same!(BinaryCrossEntropy);
    same!(CrossEntropy);
    same!(CrossEntropy.label_smoothing(0.25));

    let (expected, _) = CrossEntropy.loss(&whole_output, &class);
    assert_eq!(CrossEntropy.loss(&output, class.as_slice()).0, expected);
    assert_eq!(CrossEntropy.loss(&static_output, &[0, 2, 1, 0, 2]).0, {
        let repeated = [0, 2, 1, 0, 2];
        CrossEntropy.loss(&whole_output, &repeated).0
    });

    // One sample.
    let sample = SVector::<f32, 3>::new(0.5, -1.0, 2.0);
    let (by_index, _) = CrossEntropy.loss(&sample, &2);
    let (by_array, _) = CrossEntropy.loss(&[0.5, -1.0, 2.0], &[2]);
    let (by_vector, gradient) = CrossEntropy.loss(&sample, &SVector::<f32, 3>::new(0.0, 0.0, 1.0));
    let gradient: SVector<f32, 3> = gradient;
    assert_eq!((by_index, by_array), (by_vector, by_vector));
    assert!((by_index - 0.241_3).abs() < 1e-4 && gradient.sum().abs() < 1e-6);

    // One value per sample: a row vector is a batch of them.
    let row = RowSVector::<f32, 4>::new(1.0, 2.0, 3.0, 4.0);
    let (loss, _) = MeanSquaredError.loss(&row, &[[1.0], [2.0], [3.0], [6.0]][..]);
    assert_eq!(loss, 1.0);
}

#[test]
fn targets_that_do_not_fit_are_typed_errors() {
    let output = random::<f32, 3>(4, 1);
    let error = CrossEntropy.try_loss(&output, &[0, 1, 3, 7]).unwrap_err();
    assert_eq!(error, LossError::ClassOutOfRange { sample: 2, class: 3, classes: 3 });
    assert_eq!(
        error.to_string(),
        "sample 2 has class 3, but the output has 3 classes, counted from 0"
    );

    let count = LossError::SampleCount { output: 4, targets: 5 };
    assert_eq!(CrossEntropy.try_loss(&output, &[0; 5]).unwrap_err(), count);
    assert_eq!(count.to_string(), "the output holds 4 samples, the targets are for 5");
    let five = random::<f32, 3>(5, 1);
    assert_eq!(CrossEntropy.try_loss(&output, &five).unwrap_err(), count);
    assert_eq!(MeanSquaredError.try_loss(&output, &five).unwrap_err(), count);
    assert_eq!(Huber.try_loss(&output, &five).unwrap_err(), count);
    let error: Box<dyn std::error::Error> = Box::new(count);
    assert!(error.downcast::<LossError>().is_ok());
}

#[test]
fn a_refusal_points_at_the_caller() {
    use std::panic::{catch_unwind, set_hook, take_hook};
    static PLACE: std::sync::Mutex<Option<(String, u32)>> = std::sync::Mutex::new(None);

    let output = SVector::<f32, 2>::zeros();
    let mut d_output = output;
    set_hook(Box::new(|info| {
        let place = info.location().map(|place| (place.file().to_owned(), place.line()));
        *PLACE.lock().unwrap() = place;
    }));
    let (line, thrown) = (line!(), catch_unwind(|| CrossEntropy.loss(&output, &2)).unwrap_err());
    let place = PLACE.lock().unwrap().take();
    let into =
        catch_unwind(move || MeanSquaredError.loss_into(&output, &random(2, 1), &mut d_output));
    let _ = take_hook();
    assert_eq!(place, Some((file!().to_owned(), line)));
    let text = thrown.downcast::<String>().unwrap();
    assert_eq!(*text, "sample 0 has class 2, but the output has 2 classes, counted from 0");
    let text = into.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(*text, "the output holds 1 samples, the targets are for 2");
}

#[test]
fn large_logits_do_not_overflow_and_nan_shows() {
    let output = SMatrix::<f32, 3, 2>::new(1e30, -300.0, -1e30, 200.0, 0.0, 200.0);
    let (loss, gradient) = CrossEntropy.loss(&output, &[0, 1]);
    assert!((loss - 0.5 * std::f32::consts::LN_2).abs() < 1e-6);
    assert_eq!(gradient.column(0).as_slice(), [0.0, 0.0, 0.0]);
    assert_eq!(gradient.column(1).as_slice(), [0.0, -0.25, 0.25]);

    // All logits far below zero, fewer than a vector holds.
    let low = SMatrix::<f32, 3, 2>::from_element(-500.0);
    let (loss, _) = CrossEntropy.loss(&low, &[0, 1]);
    assert!((loss - 3f32.ln()).abs() < 1e-6);

    let (loss, gradient) = BinaryCrossEntropy.loss(&output, &output.map(|x| f32::from(x > 0.0)));
    assert!(loss.is_finite() && gradient.iter().all(|d| d.is_finite()));
    assert_eq!(BinaryCrossEntropy.loss(&[1e4f32], &[[0.0]][..]).0, 1e4);

    let broken = SVector::<f32, 3>::new(0.0, f32::NAN, 1.0);
    let fine = SVector::<f32, 3>::new(0.0, 0.5, 1.0);
    for (loss, gradient) in [
        MeanSquaredError.loss(&broken, &fine),
        MeanAbsoluteError.loss(&broken, &fine),
        Huber.loss(&broken, &fine),
        BinaryCrossEntropy.loss(&broken, &fine),
        CrossEntropy.loss(&broken, &0),
        CrossEntropy.loss(&broken, &fine),
    ] {
        assert!(loss.is_nan() && gradient[1].is_nan());
    }
}

#[test]
fn memory_of_the_caller_is_filled_without_allocating() {
    let (full, short) = (random::<f32, 10>(32, 1), random::<f32, 10>(7, 2));
    let (full_classes, short_classes) = (classes(32, 10), classes(7, 10));
    let view = full.rows_with_step(0, 5, 1);
    let view = view.fixed_rows::<5>(0);
    let mut d_output = full.clone();
    let mut d_view = random::<f32, 5>(32, 1);
    let mut losses = [0.0; 4];
    let count = allocations(|| {
        losses[0] = CrossEntropy.loss_into(&full, &full_classes, &mut d_output);
        losses[1] = CrossEntropy.loss_into(&short, &short_classes, &mut d_output);
        losses[2] = MeanSquaredError.loss_into(&full, &full, &mut d_output);
        losses[3] = Huber.loss_into(&view, &view, &mut d_view);
    });
    assert_eq!(count, 0);
    assert_eq!(losses[0], CrossEntropy.loss(&full, &full_classes).0);
    assert_eq!(losses[1], CrossEntropy.loss(&short, &short_classes).0);
    assert_eq!(losses[2..], [0.0, 0.0]);
    assert_eq!(d_output, full.map(|_| 0.0));
}

/// Training code that is written once for all losses.
fn sum_of_losses<L, Y, X, const N: usize>(loss: &L, batches: &[(X, Y)]) -> f32
where
    L: Loss<f32, N, Y>,
    X: Samples<f32, N>,
{
    batches.iter().map(|(output, targets)| loss.loss(output, targets).0).sum()
}

#[test]
fn generic_code_takes_any_loss_and_ones_own() {
    /// Counts the samples whose first output is not positive.
    struct Negatives;
    impl<const N: usize> Loss<f32, N, ()> for Negatives {
        fn evaluate(&self, values: &mut [[f32; N]], (): &()) -> Result<f32, LossError> {
            Ok(values.iter().filter(|sample| sample[0] <= 0.0).count() as f32)
        }
    }
    let output = SMatrix::<f32, 2, 3>::new(1.0, -1.0, 2.0, 0.0, 0.0, 0.0);
    assert_eq!(sum_of_losses(&Negatives, &[(output, ())]), 1.0);
    assert_eq!(sum_of_losses(&MeanSquaredError, &[(output, output), (output, output * 2.0)]), 1.0);
    assert!(sum_of_losses(&CrossEntropy, &[(output, [0, 1, 0])]) > 0.0);
    assert_eq!(output.shape_generic().1.value(), 3);
}

#[test]
#[should_panic(expected = "label smoothing is in [0, 1], not 1.5")]
fn smoothing_is_checked() {
    let _ = CrossEntropy.label_smoothing(1.5);
}

#[test]
#[should_panic(expected = "the delta of the Huber loss is greater than 0, not 0")]
fn delta_is_checked() {
    let _ = Huber.delta(0.0);
}

/// A loss of one's own that overrides what it need not.
struct Counted(CrossEntropy);

impl<const N: usize> Loss<f32, N, [usize]> for Counted {
    fn evaluate(&self, values: &mut [[f32; N]], targets: &[usize]) -> Result<f32, LossError> {
        Loss::evaluate(&self.0, values, targets)
    }

    fn loss<X>(
        &self,
        output: &X,
        targets: &[usize],
    ) -> (f32, <X::Batch as static_net::Batch>::Matrix<f32, N>)
    where
        X: Samples<f32, N> + ?Sized,
    {
        let (loss, d_output) = self.0.loss(output, targets);
        (loss + output.batch().value() as f32, d_output)
    }
}

/// What code for any samples asks for.
fn of_any<L, T, X, const N: usize>(
    loss: &L,
    output: &X,
    targets: &[usize],
) -> (T, <X::Batch as static_net::Batch>::Matrix<T, N>)
where
    T: Float,
    L: Loss<T, N, [usize]>,
    X: Samples<T, N> + ?Sized,
{
    loss.loss(output, targets)
}

#[test]
fn code_for_any_samples_has_losses() {
    let output = [[0.5_f32, -0.25], [1.0, 2.0], [0.0, 0.125]];
    let (loss, d_output) = CrossEntropy.loss(&output, &[1, 0, 1]);
    let (same, d_same) = of_any(&CrossEntropy, &output, &[1, 0, 1]);
    assert_eq!((loss, &d_output), (same, &d_same));
    let (counted, d_same) = of_any(&Counted(CrossEntropy), &output, &[1, 0, 1]);
    assert_eq!((loss + 3.0, d_output), (counted, d_same));
}
