//! Normalisations against `normalization.py`, in evaluation and over three steps of training; dropout against
//! its law.

use static_net::layer::{BatchNorm, Dropout, GroupNorm, InstanceNorm, LayerNorm, RmsNorm};
use static_net::shape::{Numbers, Rank2, Rank3};
use static_net_tests::gradient::train_each;

use super::*;

const THOUSANDTH: u64 = f64::to_bits(1e-3);
const HUNDREDTH: u64 = f64::to_bits(0.01);
const MOMENTUM: u64 = f64::to_bits(0.3);

type BatchVector = BatchNorm<f32, Rank1<11>, 11>;
type BatchWide = BatchNorm<f32, Rank1<40>, 40, { f64::to_bits(1e-5) }, MOMENTUM>;
type BatchSignal = BatchNorm<f32, Rank2<3, 20>, 3>;
type BatchImage = BatchNorm<f32, Rank3<4, 5, 6>, 4, THOUSANDTH, MOMENTUM>;
type LayerVector = LayerNorm<f32, Rank1<64>, 64>;
type LayerRows = LayerNorm<f32, Rank2<3, 35>, 35>;
type LayerImage = LayerNorm<f32, Rank3<2, 3, 4>, 12, HUNDREDTH>;
type RmsRows = RmsNorm<f32, Rank2<3, 35>, 35>;
type RmsImage = RmsNorm<f32, Rank3<2, 3, 4>, 12, HUNDREDTH>;
type GroupVector = GroupNorm<f32, Rank1<12>, 12, 3>;
type GroupImage = GroupNorm<f32, Rank3<6, 3, 4>, 6, 2, THOUSANDTH>;
type BatchBare = BatchNorm<f32, Rank3<4, 5, 6>, 4, THOUSANDTH, MOMENTUM, 0>;
type LayerBare = LayerNorm<f32, Rank2<3, 35>, 35, THOUSANDTH, 1, 0>;
type LayerUnbiased = LayerNorm<f32, Rank3<2, 3, 4>, 12, HUNDREDTH, 2, 12, 0>;
type RmsBare = RmsNorm<f32, Rank2<3, 35>, 35, HUNDREDTH, 1, 0>;
type GroupBare = GroupNorm<f32, Rank3<6, 3, 4>, 6, 2, THOUSANDTH, 0>;
type InstanceSignal = InstanceNorm<f32, Rank2<4, 20>, 4>;
type InstanceImage = InstanceNorm<f32, Rank3<3, 5, 6>, 3, 3>;

cases! {
    "normalization.json";
    batch_norm:
        "batch_norm_vector" BatchVector; "batch_norm_wide" BatchWide;
        "batch_norm_signal" BatchSignal; "batch_norm_image" BatchImage;
    layer_norm:
        "layer_norm_vector" LayerVector; "layer_norm_rows" LayerRows; "layer_norm_image" LayerImage;
    rms_norm: "rms_norm_rows" RmsRows; "rms_norm_image" RmsImage;
    group_norm: "group_norm_vector" GroupVector; "group_norm_image" GroupImage;
    instance_norm:
        "instance_norm_signal" InstanceSignal; "instance_norm_image" InstanceImage;
    without_parameters:
        "batch_norm_bare" BatchBare; "layer_norm_bare" LayerBare;
        "layer_norm_unbiased" LayerUnbiased; "rms_norm_bare" RmsBare; "group_norm_bare" GroupBare;
}

#[test]
fn training() {
    let cases = read("normalization_training.json");
    let mut compared = 0;
    for case in cases.as_array().expect("a list of cases") {
        compared += 1;
        match get(case, "name").as_str().expect("a name") {
            "batch_norm_vector" => compare_training::<BatchVector>(case),
            "batch_norm_wide" => compare_training::<BatchWide>(case),
            "batch_norm_signal" => compare_training::<BatchSignal>(case),
            "batch_norm_image" => compare_training::<BatchImage>(case),
            "layer_norm_vector" => compare_training::<LayerVector>(case),
            "layer_norm_rows" => compare_training::<LayerRows>(case),
            "layer_norm_image" => compare_training::<LayerImage>(case),
            "rms_norm_rows" => compare_training::<RmsRows>(case),
            "rms_norm_image" => compare_training::<RmsImage>(case),
            "group_norm_vector" => compare_training::<GroupVector>(case),
            "group_norm_image" => compare_training::<GroupImage>(case),
            "instance_norm_signal" => compare_training::<InstanceSignal>(case),
            "instance_norm_image" => compare_training::<InstanceImage>(case),
            "batch_norm_bare" => compare_training::<BatchBare>(case),
            "layer_norm_bare" => compare_training::<LayerBare>(case),
            "layer_norm_unbiased" => compare_training::<LayerUnbiased>(case),
            "rms_norm_bare" => compare_training::<RmsBare>(case),
            "group_norm_bare" => compare_training::<GroupBare>(case),
            other => panic!("`{other}` is compared with nothing"),
        }
    }
    assert_eq!(compared, CASES.len());
}

/// As `torch.finfo(dtype).eps` is. A decimal near it is another number, and half of the mean squares between 2 and 4 then
/// round to another `f32`.
#[test]
fn rms_norm_has_the_epsilon_of_its_numbers() {
    fn epsilon<T: Float, S: Numbers<T>, const N: usize, const EPS: u64, const AXES: usize>(
        _: &RmsNorm<T, S, N, EPS, AXES, N>,
    ) -> f64 {
        f64::from_bits(EPS)
    }

    network! {
        struct Single< 4 => rms_norm >;
        struct Double< f64; 4 => rms_norm >;
    }
    assert_eq!(epsilon(&Single::zeros().stage1), f64::from(f32::EPSILON));
    assert_eq!(epsilon(&Double::zeros().stage1), f64::EPSILON);
}

/// Runs a layer on the batches of a case, from the statistics that the batches before left.
pub(super) fn compare_training<L: Layer<f32, Input: Numbers<f32>>>(case: &Value) {
    let name = get(case, "name").as_str().expect("a name");
    let tensors = Tensors::of::<f32, L>();
    let mut start = zeros::<f32, L>();
    for tensor in &tensors {
        let values: Vec<f32> = numbers(get(get(case, "parameters"), &tensor.name));
        for (value, place) in values.into_iter().zip(places(tensor)) {
            parameters_mut::<f32, L>(&mut start)[place] = value;
        }
    }
    let sets = train_each::<f32, L>(&start, &[], &[], 1).len();
    for set in 0..sets {
        let mut layer = zeros::<f32, L>();
        parameters_mut::<f32, L>(&mut layer).copy_from_slice(parameters_mut::<f32, L>(&mut start));
        for (index, step) in get(case, "steps").as_array().expect("steps").iter().enumerate() {
            let input: Vec<f32> = numbers(get(step, "input"));
            let d_output: Vec<f32> = numbers(get(step, "d_output"));
            let (set, run, after) =
                train_each::<f32, L>(&layer, &input, &d_output, 1).swap_remove(set);
            parameters_mut::<f32, L>(&mut layer).copy_from_slice(&after);
            let name = format!("{name} on {set}, step {index}");
            let (output, d_input) = (numbers(get(step, "output")), numbers(get(step, "d_input")));
            let len = <L::Input as Shape>::LEN;
            close(&run.output, &output, len, &format!("{name}: output"));
            close(&run.d_input, &d_input, len, &format!("{name}: input gradient"));
            for tensor in &tensors {
                let at = |values: &[f32]| -> Vec<f32> {
                    places(tensor).into_iter().map(|place| values[place]).collect()
                };
                let wanted = numbers(get(get(step, "gradients"), &tensor.name));
                let what = format!("{name}: gradient of {}", tensor.name);
                close(&at(&run.gradient), &wanted, wanted.len(), &what);
                let wanted = numbers(get(get(step, "after"), &tensor.name));
                let what = format!("{name}: {} after it", tensor.name);
                close(&at(&after), &wanted, wanted.len(), &what);
            }
        }
    }
}

/// The share of zeros is `p` up to five standard deviations, what is kept is `x / (1 - p)`, the gradient has the
/// same mask, and all instruction sets and both number types draw the same.
fn law<const P: u64>(values: usize, seed: u64) {
    const LEN: usize = 1000;
    type Drop<const P: u64> = Dropout<Rank1<1000>, P>;
    let p = f64::from_bits(P);
    let kept = (1.0 / (1.0 - p)) as f32;
    let layer = zeros::<f32, Drop<P>>();
    let input: Vec<f32> = (0..values).map(|index| 1.0 + (index % 7) as f32).collect();
    let d_output: Vec<f32> = (0..values).map(|index| (index % 5) as f32 - 2.5).collect();
    assert!(values.is_multiple_of(LEN));
    let runs = train_each::<f32, Drop<P>>(&layer, &input, &d_output, seed);
    for (set, run, _) in &runs {
        assert_eq!(run, &runs[0].1, "dropout of {p} on {set} and {}", runs[0].0);
    }
    let run = &runs[0].1;
    let zeros_drawn = run.output.iter().filter(|&&y| y == 0.0).count();
    let deviation = (p * (1.0 - p) * values as f64).sqrt();
    let off = zeros_drawn as f64 - p * values as f64;
    assert!(off.abs() <= 5.0 * deviation, "dropout of {p}: {zeros_drawn} zeros of {values}");
    for (index, (&x, &y)) in input.iter().zip(&run.output).enumerate() {
        assert!(y == 0.0 || y == x * kept, "dropout of {p}: {x} became {y}");
        let wanted = if y == 0.0 { 0.0 } else { d_output[index] * kept };
        assert_eq!(run.d_input[index], wanted, "dropout of {p}: gradient {index}");
    }
    let (x, d_y) = (&input[..LEN], &d_output[..LEN]);
    let single = &train_each::<f32, Drop<P>>(&layer, x, d_y, seed)[0].1;
    let [x, d_y] = [x, d_y].map(|values| values.iter().map(|&x| f64::from(x)).collect::<Vec<_>>());
    let layer = zeros::<f64, Drop<P>>();
    let double = &train_each::<f64, Drop<P>>(&layer, &x, &d_y, seed)[0].1;
    for (y, double) in single.output.iter().zip(&double.output) {
        assert_eq!(*y == 0.0, *double == 0.0, "dropout of {p}: f32 and f64");
    }
}

#[test]
fn dropout() {
    law::<{ f64::to_bits(0.0) }>(5_000, 1);
    law::<{ f64::to_bits(0.5) }>(100_000, 2);
    // Eight bits alone would be off by many deviations, to either side.
    law::<{ f64::to_bits(0.3) }>(1_000_000, 3);
    law::<{ f64::to_bits(0.1) }>(1_000_000, 4);
    law::<{ f64::to_bits(0.001) }>(300_000, 5);
    law::<{ f64::to_bits(0.999) }>(300_000, 6);
}

/// In evaluation nothing is dropped, and the gradient passes whole.
#[test]
fn dropout_in_evaluation() {
    type Drop = Dropout<Rank1<9>, { f64::to_bits(0.5) }>;
    let x: Vec<f32> = (0..45).map(|index| index as f32).collect();
    let d_y: Vec<f32> = (0..45).map(|index| 3.0 - index as f32).collect();
    let layer = zeros::<f32, Drop>();
    for (set, run) in run_each::<f32, Drop>(&layer, &x, &d_y) {
        assert_eq!((run.output, run.d_input), (x.clone(), d_y.clone()), "{set}");
    }
}
