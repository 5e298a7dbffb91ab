//! What others have trained, which no network here has the tensors of, as it is.

use static_net::file::StateDict;
use static_net::prelude::*;

use super::torch::fixture;

/// What PyTorch wrote of one model: its tensors, and a batch of 5 with its output.
struct Fixture {
    tensors: StateDict<'static>,
    x: Vec<f32>,
    y: Vec<f32>,
}

fn fixture_of(model: &str) -> Fixture {
    let all = StateDict::open(fixture("torch_others.safetensors")).unwrap();
    let of_model = all.part(&format!("{model}.")).unwrap();
    let values = |name: &str| of_model.values::<f32>(name).unwrap();
    let (x, y) = (values("x"), values("y"));
    Fixture { tensors: of_model.without("x").unwrap().without("y").unwrap(), x, y }
}

/// That a batch of 5 gives what PyTorch gives for it.
fn compare<const N: usize>(y: SMatrix<f32, N, 5>, expected: &[f32], tolerance: f32) {
    let expected = SMatrix::<f32, N, 5>::from_column_slice(expected);
    assert!(expected.amax() > 0.1, "the fixture says nothing: {expected}");
    assert!((y - expected).amax() <= tolerance, "{y} is not {expected}");
}

pub fn tensors_of(model: &str) -> StateDict<'static> {
    fixture_of(model).tensors
}

#[test]
fn halves_and_doubles_are_converted_when_asked() {
    network! { struct Net< 4 => relu 5 => 3 >; }

    for (model, dtype) in [("f16", "F16"), ("bf16", "BF16"), ("f64", "F64")] {
        let Fixture { tensors, x, y } = fixture_of(model);
        let named = tensors.rename_prefixes([("0.", "stage1."), ("2.", "stage2.")]).unwrap();
        assert!(named.tensors().iter().all(|tensor| tensor.dtype == dtype));
        let refused = named.load::<Net>().unwrap_err().to_string();
        assert!(refused.contains(&format!("`stage1.weight` is F32 in the network, {dtype}")));
        assert!(
            refused.ends_with("\nhelp: `StateDict::convert::<f32>()` converts it"),
            "{refused}"
        );

        let net: Aligned<Net> = named.convert::<f32>().load().unwrap();
        // The output is that of single precision, since the weights of a half are what they are in it.
        compare(net.forward(&SMatrix::<f32, 4, 5>::from_column_slice(&x)), &y, 1e-6);
    }
}

#[test]
fn single_precision_goes_into_a_network_of_doubles() {
    network! {
        struct Net< 4 => relu 5 => 3 >;
        struct Double< f64; 4 => relu 5 => 3 >;
    }

    let net = Net::new(&mut StdRng::seed_from_u64(3));
    let bytes = net.to_safetensors();
    let file = StateDict::parse(&bytes).unwrap();
    let double: Aligned<Double> = file.convert::<f64>().load().unwrap();
    assert!(double.state().iter().zip(net.state()).all(|(&a, &b)| a == f64::from(b)));
}

#[test]
fn queries_keys_and_values_become_one_tensor() {
    network! { struct Net< [6, 8] => attend: attention(heads: 2) >; }

    let Fixture { tensors, x, y } = fixture_of("attention");
    let names = |kind: &str| ["q", "k", "v"].map(|part| format!("{part}_proj.{kind}"));
    let net: Aligned<Net> = tensors
        .concat(names("weight"), "in_proj_weight")
        .and_then(|file| file.concat(names("bias"), "in_proj_bias"))
        .and_then(|file| file.rename_prefixes([("", "attend.")]))
        .and_then(|file| file.load())
        .unwrap();
    compare(net.forward(&SMatrix::<f32, 48, 5>::from_column_slice(&x)), &y, 1e-6);
}

#[test]
fn layers_of_a_recurrence_become_stages() {
    network! {
        struct Lstm< [6, 4] => lower: lstm(3) => upper: lstm(3) >;
        struct Gru< [6, 4] => gru(3, bidirectional: true) => gru(3, bidirectional: true)
            => gru(3, bidirectional: true) >;
    }

    let Fixture { tensors, x, y } = fixture_of("lstm");
    let net: Aligned<Lstm> =
        tensors.recurrent_layers("", ["lower", "upper"]).unwrap().load().unwrap();
    compare(net.forward(&SMatrix::<f32, 24, 5>::from_column_slice(&x)), &y, 1e-6);

    let Fixture { tensors, x, y } = fixture_of("gru");
    let stages = ["stage1", "stage2", "stage3"];
    let net: Aligned<Gru> = tensors.recurrent_layers("", stages).unwrap().load().unwrap();
    compare(net.forward(&SMatrix::<f32, 24, 5>::from_column_slice(&x)), &y, 1e-6);
}

/// By the table of prefixes too, where a name is its own prefix.
#[test]
fn layers_of_a_recurrence_can_be_renamed_one_by_one() {
    network! { struct Lstm< [6, 4] => lower: lstm(3) => upper: lstm(3) >; }

    let Fixture { tensors, .. } = fixture_of("lstm");
    let kinds = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];
    let table = kinds.into_iter().flat_map(|kind| {
        [("lower", 0), ("upper", 1)]
            .map(|(stage, layer)| (format!("{kind}_l{layer}"), format!("{stage}.{kind}_l0")))
    });
    let by_table: Aligned<Lstm> = tensors.clone().rename_prefixes(table).unwrap().load().unwrap();
    let by_method = tensors.recurrent_layers("", ["lower", "upper"]).unwrap().load().unwrap();
    assert_eq!(by_table, by_method);
}

#[test]
fn a_normalisation_becomes_part_of_the_convolution_in_front() {
    network! {
        struct Unfolded< [2, 6, 6] => conv1: conv(3, 3, bias: false) => bn1: batch_norm => relu
            => conv2: conv(4, 2) => bn2: batch_norm(affine: false) >;
        struct Folded< [2, 6, 6] => conv1: relu conv(3, 3) => conv2: conv(4, 2) >;
    }

    let Fixture { tensors, x, y } = fixture_of("folded");
    let x = SMatrix::<f32, 72, 5>::from_column_slice(&x);
    let unfolded: Aligned<Unfolded> = tensors.load().unwrap();
    compare(unfolded.forward(&x), &y, 1e-5);
    let folded: Aligned<Folded> = tensors
        .fold_batch_norm("bn1", "conv1", 1e-5)
        .and_then(|file| file.fold_batch_norm("bn2", "conv2", 1e-5))
        .and_then(|file| file.load())
        .unwrap();
    let (ours, theirs) = (folded.forward(&x), unfolded.forward(&x));
    assert!((ours - theirs).amax() <= 1e-6, "{ours} is not {theirs}");
}
