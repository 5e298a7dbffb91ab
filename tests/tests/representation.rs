//! What representations tell: against NumPy and PyTorch, and what must hold for any data.

use static_net::nalgebra::{DMatrix, DVector};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net::representation::{
    LinearProbe, Representation, RepresentationError, Representations, cka,
};
use static_net_tests::fixture::{Value, assert_close, get, indices, numbers, read};

fn representation(values: DMatrix<f64>) -> Representation {
    Representation::new("example", values).expect("finite values of two samples or more")
}

/// Numbers of which no direction is special.
fn random(units: usize, samples: usize, seed: u64) -> DMatrix<f64> {
    let mut rng = StdRng::seed_from_u64(seed);
    // Sums of uniform numbers are close to normally distributed.
    DMatrix::from_fn(units, samples, |_, _| (0..4).map(|_| rng.random::<f64>() - 0.5).sum())
}

fn rotation(size: usize, seed: u64) -> DMatrix<f64> {
    random(size, size, seed).qr().q()
}

fn of_fixture(fixture: &Value, name: &str) -> Representation {
    let samples = get(get(fixture, name), "values").as_array().expect("a list of samples").len();
    let values: Vec<f64> = numbers(get(get(fixture, name), "values"));
    representation(DMatrix::from_column_slice(values.len() / samples, samples, &values))
}

const NAMES: [&str; 3] = ["narrow", "wide", "other"];

#[test]
fn principal_components_are_those_of_numpy() {
    let fixture = read("representation.json");
    for name in NAMES {
        let pca = of_fixture(&fixture, name).pca2();
        let expected = get(get(&fixture, name), "pca");
        let check = |what: &str, got: &[f64]| {
            assert_close(&format!("{name}: {what}"), got, &numbers(get(expected, what)), 1e-9);
        };
        check("components", pca.components.as_slice());
        check("coordinates", pca.coordinates.as_slice());
        check("variance", &pca.explained_variance);
        check("ratio", &pca.explained_variance_ratio);
    }
}

#[test]
fn alignments_are_those_of_the_textbook() {
    let fixture = read("representation.json");
    let all = NAMES.map(|name| of_fixture(&fixture, name));
    for (row, expected) in all.iter().zip(get(&fixture, "cka").as_array().expect("rows")) {
        let got: Vec<f64> = all.iter().map(|column| cka(row, column).unwrap()).collect();
        assert_close("alignment", &got, &numbers(expected), 1e-10);
    }
}

#[test]
fn a_probe_is_the_minimum_that_pytorch_finds() {
    let fixture = read("representation.json");
    let labels = indices(get(&fixture, "labels"));
    for name in NAMES {
        let expected = get(get(&fixture, name), "probe");
        let penalty = get(expected, "penalty").as_f64().expect("a number");
        let representation = of_fixture(&fixture, name);
        let probe = LinearProbe::new().penalty(penalty).fit(&representation, &labels).unwrap();
        // Row by row, as the fixture has it.
        let weight = probe.weight().transpose();
        assert_close(name, weight.as_slice(), &numbers(get(expected, "weight")), 2e-5);
        let bias = probe.bias().add_scalar(-probe.bias().mean());
        assert_close(name, bias.as_slice(), &numbers(get(expected, "bias")), 2e-5);
        let predicted = probe.predict(&representation).unwrap();
        assert_eq!(predicted, indices(get(expected, "predicted")), "{name}");
    }
}

#[test]
fn alignment_is_kept_by_rotation_shift_and_scale() {
    for (units, samples) in [(6, 50), (50, 6), (20, 20)] {
        let x = random(units, samples, 1);
        let mut turned = rotation(units, 2) * &x * 37.0;
        for mut sample in turned.column_iter_mut() {
            sample += DVector::from_fn(units, |unit, _| unit as f64);
        }
        let y = representation(random(8, samples, 3));
        let (x, turned) = (representation(x), representation(turned));
        assert!((cka(&x, &x).unwrap() - 1.0).abs() < 1e-12);
        assert!((cka(&x, &turned).unwrap() - 1.0).abs() < 1e-10, "{units} x {samples}");
        let (before, after) = (cka(&x, &y).unwrap(), cka(&y, &turned).unwrap());
        assert!((before - after).abs() < 1e-10, "{before} {after}");
        assert!(before < 1.0 - 1e-3);
        // Stretching one axis is no rotation.
        let mut stretched = x.values().clone();
        stretched.row_mut(0).scale_mut(5.0);
        assert!(cka(&x, &representation(stretched)).unwrap() < 0.99);
    }
}

#[test]
fn what_is_independent_is_hardly_aligned_and_what_is_constant_not_at_all() {
    let (x, y) = (representation(random(4, 4000, 1)), representation(random(5, 4000, 2)));
    assert!(cka(&x, &y).unwrap() < 0.01);
    // 0.1 has no exact mean.
    let constant = representation(DMatrix::from_element(3, 4000, 0.1));
    assert_eq!(cka(&x, &constant).unwrap(), 0.0);
    assert_eq!(cka(&constant, &constant).unwrap(), 0.0);
    let pca = constant.pca2();
    assert_eq!((pca.explained_variance, pca.explained_variance_ratio), ([0.0; 2], [0.0; 2]));
    assert_eq!((pca.components.amax(), pca.coordinates.amax()), (0.0, 0.0));
}

#[test]
fn values_of_any_size_are_compared() {
    let (x, y) = (random(4, 30, 1), random(40, 30, 2));
    let expected = cka(&representation(x.clone()), &representation(y.clone())).unwrap();
    let expected_ratio = representation(x.clone()).pca2().explained_variance_ratio;
    for factor in [1e-200, 1e-150, 1e150, 1e200] {
        let scaled = [&x, &y].map(|values| representation(values * factor));
        assert!((cka(&scaled[0], &scaled[1]).unwrap() - expected).abs() < 1e-12);
        let ratio = scaled[0].pca2().explained_variance_ratio;
        for (ratio, expected) in ratio.into_iter().zip(expected_ratio) {
            assert!((ratio - expected).abs() < 1e-12, "{factor:e}: {ratio}, not {expected}");
        }
    }
}

#[test]
fn a_planted_plane_is_found() {
    for (units, samples) in [(12, 60), (60, 12), (300, 40)] {
        let axes = rotation(units, 4).columns(0, 2).into_owned();
        let mut places = random(2, samples, 5);
        places.row_mut(0).scale_mut(10.0);
        let noise = random(units, samples, 6) * 1e-3;
        let pca = representation(&axes * &places + noise).pca2();
        assert!(pca.explained_variance_ratio.iter().sum::<f64>() > 0.999);
        // What lies in the plane stays as long as it is when it is seen from the plane found.
        let seen = pca.components.transpose() * &axes;
        for axis in seen.column_iter() {
            assert!((axis.norm() - 1.0).abs() < 1e-3, "{units} x {samples}: {}", axis.norm());
        }
        assert!(pca.components[(pca.components.column(1).icamax(), 1)] > 0.0);
        let gram = pca.components.transpose() * &pca.components;
        assert!((gram - SMatrix::<f64, 2, 2>::identity()).amax() < 1e-9);
    }
}

#[test]
fn what_is_small_beside_the_first_direction_has_a_direction_too() {
    for units in [3, 60] {
        // Far apart along one direction, and 2e8 times less along another at right angles to it.
        let (samples, spread) = (40, 1e9);
        let mut far = DVector::zeros(units);
        far.rows_mut(0, 3).copy_from_slice(&[1.0, 0.9, 1.1]);
        let mut near = DVector::zeros(units);
        near.rows_mut(0, 3).copy_from_slice(&[0.9, -1.0, 0.0]);
        let values = DMatrix::from_fn(units, samples, |unit, sample| {
            let (place, side) = (sample as f64 - 19.5, if sample % 4 < 2 { 5.0 } else { -5.0 });
            // The pattern of the sides is as often before as behind the middle.
            let side = if sample < 20 { side } else { -side };
            (place / 20.0 * spread) * far[unit] + side * near[unit]
        });
        let pca = representation(values).pca2();
        let seen = pca.components.column(1).dot(&near.normalize()).abs();
        // Values of 1e9 hold 1e-7.
        assert!((seen - 1.0).abs() < 1e-12, "{units}: {seen}");
        let expected = 25.0 * near.norm_squared() * 40.0 / 39.0;
        let error = (pca.explained_variance[1] / expected - 1.0).abs();
        assert!(error < 1e-6, "{units}: {} {expected}", pca.explained_variance[1]);
    }
}

#[test]
fn two_samples_or_units_leave_one_direction_or_two() {
    for seed in 0..200 {
        for (units, samples) in [(2, 2), (1, 2), (3, 2), (9, 2), (1, 7)] {
            let pca = representation(random(units, samples, seed)).pca2();
            assert_eq!(pca.components.column(1).amax(), 0.0, "{units} x {samples}, {seed}");
            assert!((pca.components.column(0).norm() - 1.0).abs() < 1e-14);
        }
        let pca = representation(random(2, 3, seed)).pca2();
        assert!((pca.explained_variance_ratio.iter().sum::<f64>() - 1.0).abs() < 1e-14);
    }
}

#[test]
fn what_has_one_dimension_has_no_second_component() {
    for (units, samples) in [(1, 9), (7, 30), (30, 7)] {
        let line = random(units, 1, 1) * random(1, samples, 2);
        let pca = representation(line).pca2();
        assert!((pca.explained_variance_ratio[0] - 1.0).abs() < 1e-12);
        assert_eq!(pca.explained_variance_ratio[1], 0.0, "{units} x {samples}");
        assert_eq!(pca.components.column(1).amax(), 0.0);
    }
}

#[test]
fn samples_that_were_held_out_are_projected() {
    let all = random(6, 40, 1);
    let pca = representation(all.columns(0, 30).into_owned()).pca2();
    let again = pca.project(&representation(all.columns(0, 30).into_owned())).unwrap();
    assert!((again - &pca.coordinates).amax() < 1e-12);
    let mean = DMatrix::from_fn(6, 2, |unit, _| pca.mean[unit]);
    assert!(pca.project(&representation(mean)).unwrap().amax() < 1e-12);
    let error = pca.project(&representation(random(5, 2, 1))).unwrap_err();
    assert_eq!(error, RepresentationError::Width { fitted: 6, given: 5 });
}

/// Three classes on a circle, `spread` times as wide as they are apart; the labels are 2, 5 and 9.
fn clusters(samples: usize, spread: f64, seed: u64) -> (Representation, Vec<usize>) {
    let labels: Vec<usize> = (0..samples).map(|sample| [2, 5, 9][sample % 3]).collect();
    let mut values = random(4, samples, seed) * spread;
    for (sample, mut column) in values.column_iter_mut().enumerate() {
        let angle = core::f64::consts::TAU * (sample % 3) as f64 / 3.0;
        column[1] += angle.cos();
        column[2] += angle.sin();
    }
    (representation(values), labels)
}

#[test]
fn a_probe_separates_what_is_separable_and_nothing_else() {
    let (representation, labels) = clusters(300, 0.1, 1);
    let mut rng = StdRng::seed_from_u64(7);
    let score = LinearProbe::new().score(&representation, &labels, &mut rng).unwrap();
    assert_eq!((score.train, score.held_out), (1.0, 1.0));

    let (representation, mut labels) = clusters(3000, 0.1, 1);
    labels.shuffle(&mut rng);
    let score = LinearProbe::new().score(&representation, &labels, &mut rng).unwrap();
    assert!((score.held_out - 1.0 / 3.0).abs() < 0.06, "{}", score.held_out);
    assert!(score.train < 0.4, "{}", score.train);
}

#[test]
fn small_classes_are_in_both_parts_where_they_can_be() {
    // Two classes of two, one of a single sample, which is only learned from.
    let places = [[4.0, 0.0], [4.1, 0.2], [-4.0, 0.0], [-4.1, 0.1], [0.0, 4.0]];
    let values = DMatrix::from_fn(2, 5, |unit, sample| places[sample][unit]);
    let (representation, labels) = (representation(values), [7, 7, 3, 3, 5]);
    let mut rng = StdRng::seed_from_u64(7);
    for _ in 0..20 {
        let score = LinearProbe::new().score(&representation, &labels, &mut rng).unwrap();
        // Of two samples that are held out, one for each class.
        assert_eq!((score.train, score.held_out), (1.0, 1.0));
    }
    // One sample is held out in all.
    let three = representation.select(&[0, 1, 2]).unwrap();
    let score = LinearProbe::new().score(&three, &labels[..3], &mut rng).unwrap();
    assert_eq!((score.train, score.held_out), (1.0, 1.0));
}

#[test]
fn a_probe_takes_values_of_any_size() {
    let (representation, labels) = clusters(60, 0.1, 1);
    let expected = LinearProbe::new().fit(&representation, &labels).unwrap().weight();
    for factor in [1e-200, 1e200] {
        let scaled = Representation::new("scaled", representation.values() * factor).unwrap();
        let probe = LinearProbe::new().fit(&scaled, &labels).unwrap();
        assert!((probe.weight() - &expected).amax() < 1e-5, "{factor:e}");
        assert_eq!(probe.accuracy(&scaled, &labels).unwrap(), 1.0);
    }
}

#[test]
fn a_probe_names_the_labels_it_has_seen() {
    let (representation, labels) = clusters(60, 0.1, 1);
    let probe = LinearProbe::new().fit(&representation, &labels).unwrap();
    assert_eq!(probe.predict(&representation).unwrap(), labels);
    assert_eq!((probe.weight().shape(), probe.bias().len()), ((3, 4), 3));
    let other = labels.iter().map(|_| 7).collect::<Vec<_>>();
    assert_eq!(probe.accuracy(&representation, &other).unwrap(), 0.0);
}

#[test]
fn a_stronger_penalty_makes_smaller_weights() {
    let (representation, labels) = clusters(60, 0.5, 1);
    let norm = |penalty: f64| {
        LinearProbe::new().penalty(penalty).fit(&representation, &labels).unwrap().weight().norm()
    };
    assert!(norm(0.1) > norm(1.0) && norm(1.0) > norm(100.0));
}

#[test]
fn wide_representations_of_few_samples_take_no_long_time() {
    let (units, samples) = (4000, 150);
    let mut values = random(units, samples, 1);
    let labels: Vec<usize> = (0..samples).map(|sample| sample % 2).collect();
    for (mut column, &label) in values.column_iter_mut().zip(&labels) {
        column.rows_mut(0, 40).add_scalar_mut(4.0 * label as f64);
    }
    let wide = representation(values);
    let pca = wide.pca2();
    // What the classes differ in is what samples differ in most.
    let side = pca.coordinates[(0, 0)].signum();
    for (sample, &label) in labels.iter().enumerate() {
        let expected = if label == 0 { side } else { -side };
        assert_eq!(pca.coordinates[(0, sample)].signum(), expected, "{sample}");
    }
    let narrow = representation(wide.values().rows(0, 40).into_owned());
    let alignment = cka(&wide, &narrow).unwrap();
    assert!(alignment > 0.3 && alignment < 1.0, "{alignment}");
    let mut rng = StdRng::seed_from_u64(7);
    let score = LinearProbe::new().score(&wide, &labels, &mut rng).unwrap();
    assert_eq!((score.train, score.held_out), (1.0, 1.0));
}

network! {
    struct Net< 3 => relu 5 => latent: tanh 4 => 2 >;
    struct Tokens< tokens(3, vocab: 5) => table: embedding(4) => gelu 6 => 4 => tied(table) >;
    struct Images< f64; [1, 6, 6] => relu conv(2, 3) => max_pool(2) => flatten => 3 >;
}

#[test]
fn stages_are_what_activations_hold() {
    let mut rng = StdRng::seed_from_u64(7);
    let net = Net::new(&mut rng);
    let x = SMatrix::<f32, 3, 6>::from_fn(|_, _| rng.random_range(-1.0..1.0));
    let activations = net.activations(&x);
    let representations = Representations::of(&net, &x).unwrap();
    let names = |representations: &Representations| -> Vec<String> {
        let stages = representations.stages().iter();
        stages.map(|stage| format!("{} / {}", stage.name(), stage.text())).collect()
    };
    assert_eq!(
        names(&representations),
        ["input / ", "stage1 / relu 5", "latent / tanh 4", "stage3 / 2"]
    );
    let expected: [DMatrix<f64>; 4] = [
        DMatrix::from_fn(3, 6, |row, column| x[(row, column)].into()),
        DMatrix::from_fn(5, 6, |row, column| activations.stage1[(row, column)].into()),
        DMatrix::from_fn(4, 6, |row, column| activations.latent[(row, column)].into()),
        DMatrix::from_fn(2, 6, |row, column| activations.output[(row, column)].into()),
    ];
    for (stage, expected) in representations.stages().iter().zip(expected) {
        assert_eq!(*stage.values(), expected, "{}", stage.name());
    }
    assert_eq!(representations.get("latent"), Some(&representations.stages()[2]));
    assert_eq!(representations.get("stage2"), None);

    // A batch whose size is known at run time, a view of it, and samples as arrays.
    let batch = OMatrix::<f32, Const<3>, Dyn>::from_column_slice(x.as_slice());
    assert_eq!(Representations::of(&*net, &batch).unwrap(), representations);
    assert_eq!(Representations::of(&net, &batch.columns(0, 6)).unwrap(), representations);
    let arrays: Vec<[f32; 3]> = x.as_slice().as_chunks().0.to_vec();
    assert_eq!(Representations::of(&net, arrays.as_slice()).unwrap(), representations);

    let images = Images::new(&mut rng);
    let x = OMatrix::<f64, Const<36>, Dyn>::from_fn(4, |_, _| rng.random());
    let representations = Representations::of(&images, &x).unwrap();
    let units: Vec<usize> = representations.stages().iter().map(Representation::units).collect();
    assert_eq!(units, [36, 32, 8, 8, 3]);
    assert_eq!(representations.stages()[2].values(), representations.stages()[3].values());
    assert!((representations.cka()[(2, 3)] - 1.0).abs() < 1e-12);
}

#[test]
fn a_network_of_tokens_begins_with_what_its_first_stage_gives() {
    let mut rng = StdRng::seed_from_u64(7);
    let net = Tokens::new(&mut rng);
    let tokens: Vec<[u32; 3]> = (0..10).map(|_| [0; 3].map(|_| rng.random_range(0..5))).collect();
    let representations = Representations::of(&net, tokens.as_slice()).unwrap();
    let stages: Vec<_> =
        representations.stages().iter().map(|stage| (stage.name(), stage.units())).collect();
    assert_eq!(stages, [("table", 12), ("stage2", 18), ("stage3", 12), ("stage4", 15)]);
    let activations = net.activations(tokens.as_slice());
    for (index, &value) in activations.output.iter().enumerate() {
        assert_eq!(representations.stages()[3].values()[index], f64::from(value));
    }
    let report = representations.report();
    assert_eq!(report.stages[0].alignment_to_input, 1.0);
    assert!(report.to_string().contains("CKA table"), "{report}");
}

#[test]
#[should_panic(expected = "`Tokens` cannot run")]
fn tokens_that_are_unknown_are_refused() {
    let net = Tokens::new(&mut StdRng::seed_from_u64(7));
    let _ = Representations::of(&net, &[[0, 1, 5], [0, 1, 2]][..]);
}

#[test]
fn dead_units_are_found() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut net = Net::new(&mut rng);
    let x = SMatrix::<f32, 3, 20>::from_fn(|_, _| rng.random_range(-1.0..1.0));
    // All fire, but one never, and one gives the same whatever comes in.
    net.stage1.bias.fill(5.0);
    net.stage1.bias[3] = -100.0;
    net.latent.weight.row_mut(1).fill(0.0);
    net.latent.bias[1] = 0.3;
    let representations = Representations::of(&net, &x).unwrap();
    let found = |name: &str| {
        let stage = representations.get(name).unwrap();
        (stage.dead_units(), stage.constant_units())
    };
    assert_eq!(found("input"), (vec![], vec![]));
    assert_eq!(found("stage1"), (vec![3], vec![3]));
    assert_eq!(found("latent"), (vec![], vec![1]));
}

#[test]
fn alignment_between_stages_and_networks() {
    let mut rng = StdRng::seed_from_u64(7);
    let (first, second) = (Net::new(&mut rng), Net::new(&mut rng));
    let x = SMatrix::<f32, 3, 40>::from_fn(|_, _| rng.random_range(-1.0..1.0));
    let (first, second) =
        (Representations::of(&first, &x).unwrap(), Representations::of(&second, &x).unwrap());
    let own = first.cka();
    assert_eq!(own.shape(), (4, 4));
    assert!((own.diagonal().add_scalar(-1.0)).amax() < 1e-12);
    assert_eq!(own, own.transpose());
    let between = first.cka_with(&second).unwrap();
    assert!((between[(0, 0)] - 1.0).abs() < 1e-12);
    for row in 0..4 {
        for column in 0..4 {
            let expected = cka(&first.stages()[row], &second.stages()[column]).unwrap();
            assert!((between[(row, column)] - expected).abs() < 1e-12);
        }
    }
    let fewer = Representations::of(&Net::new(&mut rng), &x.columns(0, 30).into_owned());
    let error = first.cka_with(&fewer.unwrap()).unwrap_err();
    assert_eq!(error, RepresentationError::SampleCount { first: 40, second: 30 });
}

#[test]
fn faulty_data_are_typed_errors() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut net = Net::new(&mut rng);
    let too_few = |samples| RepresentationError::TooFewSamples { samples, least: 2 };
    assert_eq!(Representations::of(&net, &[0.0; 3]).unwrap_err(), too_few(1));
    let none = OMatrix::<f32, Const<3>, Dyn>::zeros(0);
    assert_eq!(Representations::of(&net, &none).unwrap_err(), too_few(0));
    assert_eq!(too_few(1).to_string(), "1 samples, where it takes 2 or more");

    net.latent.bias[2] = f32::NAN;
    let x = SMatrix::<f32, 3, 6>::from_fn(|_, _| rng.random());
    let error = Representations::of(&net, &x).unwrap_err();
    let expected =
        RepresentationError::NotFinite { representation: "latent".into(), unit: 2, sample: 0 };
    assert_eq!(error, expected);
    assert_eq!(error.to_string(), "unit 2 of `latent` is infinite or not a number for sample 0");

    let (clustered, labels) = clusters(9, 0.1, 1);
    let probe = LinearProbe::new();
    let error = probe.fit(&clustered, &labels[1..]).unwrap_err();
    assert_eq!(error, RepresentationError::LabelCount { samples: 9, labels: 8 });
    let error = probe.score(&clustered, &labels[1..], &mut rng).unwrap_err();
    assert_eq!(error, RepresentationError::LabelCount { samples: 9, labels: 8 });
    assert_eq!(probe.fit(&clustered, &[4; 9]).unwrap_err(), RepresentationError::OneClass);
    assert_eq!(
        probe.score(&clustered, &[4; 9], &mut rng).unwrap_err(),
        RepresentationError::OneClass
    );
    let few = representation(random(2, 4, 1));
    let error = probe.score(&few, &[0, 1, 2, 3], &mut rng).unwrap_err();
    assert_eq!(error, RepresentationError::NothingHeldOut { samples: 4 });
    let text = "4 samples of as many classes: it takes two of a class to hold one out";
    assert_eq!(error.to_string(), text);
    let fitted = probe.fit(&clustered, &labels).unwrap();
    let error = fitted.predict(&few).unwrap_err();
    assert_eq!(error, RepresentationError::Width { fitted: 4, given: 2 });
    let error = Representation::new("empty", DMatrix::zeros(0, 3)).unwrap_err();
    assert_eq!(error, RepresentationError::NoUnits { representation: "empty".into() });
    assert_eq!(error.to_string(), "`empty` has no unit: nothing is known of its samples");
    let error = cka(&few, &clustered).unwrap_err();
    assert_eq!(error, RepresentationError::SampleCount { first: 4, second: 9 });
}

#[test]
#[should_panic(expected = "the penalty of a probe is greater than 0, not 0")]
fn the_penalty_is_checked() {
    let _ = LinearProbe::new().penalty(0.0);
}

#[test]
#[should_panic(expected = "the part held out is between 0 and 1, not 1")]
fn the_part_held_out_is_checked() {
    let _ = LinearProbe::new().held_out(1.0);
}

#[test]
fn a_report_is_a_table() {
    let mut net = Net::zeros();
    // Each stage hands on the first number of the one before it.
    net.stage1.weight[(0, 0)] = 1.0;
    net.latent.weight[(0, 0)] = 1.0;
    net.stage3.weight[(0, 0)] = 1.0;
    let x = SMatrix::<f32, 3, 40>::from_fn(|row, column| match row {
        0 => {
            if column % 2 == 0 {
                1.0
            } else {
                -1.0
            }
        }
        _ => 0.5,
    });
    let labels: Vec<usize> = (0..40).map(|sample| sample % 2).collect();
    let representations = Representations::of(&net, &x).unwrap();
    let mut rng = StdRng::seed_from_u64(7);
    let report = representations.report_with_probe(&LinearProbe::new(), &labels, &mut rng).unwrap();
    assert_eq!(
        report.to_string(),
        "\
Net on 40 samples
-----------------------------------------------------------------------------------
stage   layer   units  dead    PCA 2  CKA input  CKA output  probe, train  held out
-----------------------------------------------------------------------------------
input               3     0  100.0 %      1.000       1.000       100.0 %   100.0 %
stage1  relu 5      5     4  100.0 %      1.000       1.000       100.0 %   100.0 %
latent  tanh 4      4     3  100.0 %      1.000       1.000       100.0 %   100.0 %
stage3  2           2     1  100.0 %      1.000       1.000       100.0 %   100.0 %
-----------------------------------------------------------------------------------
"
    );
    let plain = representations.report();
    assert!(plain.stages.iter().all(|stage| stage.probe.is_none()));
    assert!(!plain.to_string().contains("probe"));
    assert_eq!(plain.stages[1].dead_units, 4);
}
