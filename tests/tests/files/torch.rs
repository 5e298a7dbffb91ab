//! PyTorch's files here, and ours there. `fixtures/files.py` writes the fixtures.

use std::path::PathBuf;
use std::process::Command;

use safetensors::SafeTensors;
use static_net::file::{LoadFault, Mismatch, StateDict};
use static_net::layer::BatchNorm;
use static_net::prelude::*;
use static_net::shape::Rank1;

network! {
    struct Encoder< 10 => relu 12 => relu 6 >;
    struct Net< 10 => encoder: Encoder => latent: tanh 8 => 2 >;
    struct Sequential< 10 => relu 4 => 2 >;
    pub struct Normalized< 10 => relu 6 => norm: Norm => 2 >;
}

type Norm = BatchNorm<f32, Rank1<6>, 6>;

pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A batch of 5 that PyTorch wrote: one row for each sample, as memory has one column.
fn samples<const N: usize>(name: &str) -> SMatrix<f32, N, 5> {
    samples_in("torch_sample.safetensors", name)
}

fn samples_in<const N: usize>(file: &str, name: &str) -> SMatrix<f32, N, 5> {
    let file = std::fs::read(fixture(file)).unwrap();
    let file = SafeTensors::deserialize(&file).unwrap();
    let tensor = file.tensor(name).unwrap();
    assert_eq!(tensor.shape(), [5, N]);
    let values = tensor.data().chunks(4).map(|b| f32::from_le_bytes(b.try_into().unwrap()));
    SMatrix::from_iterator(values)
}

#[test]
fn a_state_dict_of_torch_gives_the_outputs_of_torch() {
    let net = Net::load(fixture("torch_state_dict.safetensors")).unwrap();
    let y = net.forward(&samples::<10>("input"));
    let expected = samples::<2>("net");
    assert!(expected.amax() > 0.1, "the fixture says nothing: {expected}");
    assert!((y - expected).amax() <= 1e-5, "{y} is not {expected}");
}

#[test]
fn an_nn_sequential_loads_under_other_names() {
    let file = StateDict::open(fixture("torch_sequential.safetensors")).unwrap();
    let table = [("0.", "stage1."), ("2.", "stage2.")];
    let net: Aligned<Sequential> = file.rename_prefixes(table).unwrap().load().unwrap();
    let y = net.forward(&samples::<10>("input"));
    let expected = samples::<2>("sequential");
    assert!(expected.amax() > 0.1, "the fixture says nothing: {expected}");
    assert!((y - expected).amax() <= 1e-5, "{y} is not {expected}");
}

/// `nn.Linear(bias=False)`, norms without parameters or without a bias, and `nn.PReLU`: a tensor that there is not is in
/// neither.
#[test]
fn what_torch_leaves_out_is_left_out_here() {
    network! {
        struct Bare< 10 => dense(8, bias: false) => slopes: prelu(8) => norm: layer_norm(bias: false)
            => center: layer_norm(elementwise_affine: false) => slope: prelu
            => groups: group_norm(2, affine: false) => batch: batch_norm(affine: false)
            => head: dense(2, bias: false) >;
    }

    let net = Bare::load(fixture("torch_bare.safetensors")).unwrap();
    let names: Vec<String> = Bare::tensors().into_iter().map(|tensor| tensor.name).collect();
    assert_eq!(
        names,
        [
            "stage1.weight",
            "slopes.weight",
            "norm.weight",
            "slope.weight",
            "batch.running_mean",
            "batch.running_var",
            "head.weight"
        ]
    );
    let y = net.forward(&samples_in::<10>("torch_bare_sample.safetensors", "input"));
    let expected = samples_in::<2>("torch_bare_sample.safetensors", "output");
    assert!(expected.amax() > 0.1, "the fixture says nothing: {expected}");
    assert!((y - expected).amax() <= 1e-5, "{y} is not {expected}");
}

/// PyTorch counts batches in a tensor that no network here has.
#[test]
fn a_state_dict_with_batch_norm_gives_the_outputs_of_torch() {
    let path = fixture("torch_batch_norm.safetensors");
    let file = StateDict::open(&path).unwrap();
    let counts = |name: &str| name.ends_with("num_batches_tracked");
    assert!(file.tensors().iter().any(|tensor| tensor.name == "norm.num_batches_tracked"));

    let net = Normalized::load(&path).unwrap();
    assert!(net.norm.running_mean.amin() > 0.0 && net.norm.running_var.amax() < 1.0);
    let sample = "torch_batch_norm_sample.safetensors";
    let y = net.forward(&samples_in::<10>(sample, "input"));
    let expected = samples_in::<2>(sample, "output");
    assert!(expected.amax() > 0.1, "the fixture says nothing: {expected}");
    assert!((y - expected).amax() <= 1e-5, "{y} is not {expected}");

    // As it loads without the count, so it does with the count of a stage only that the network has.
    let without: Aligned<Normalized> =
        file.clone().rename(|name| (!counts(name)).then(|| name.into())).load().unwrap();
    assert_eq!(without, net);
    for other in ["stage1.num_batches_tracked", "num_batches_tracked", "norm.batches"] {
        let renamed = |name: &str| Some(if counts(name) { other.into() } else { name.into() });
        let error = file.clone().rename(renamed).load::<Normalized>().unwrap_err();
        let LoadFault::Tensors(mismatches) = error.fault else { panic!("{error}") };
        let extra = Mismatch::Extra { name: other.into(), shape: vec![] };
        assert_eq!(mismatches, [extra]);
    }
}

/// A tensor of that name which is no count is refused.
#[test]
fn a_count_of_batches_is_a_whole_number() {
    use safetensors::tensor::{Dtype, TensorView, serialize};

    let bytes = std::fs::read(fixture("torch_batch_norm.safetensors")).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    for (dtype, shape, is_taken) in
        [(Dtype::I64, vec![], true), (Dtype::F32, vec![], false), (Dtype::I64, vec![1], false)]
    {
        let count = vec![0; dtype.bitsize() / 8];
        let tensors = file.tensors().into_iter().map(|(name, tensor)| {
            if name == "norm.num_batches_tracked" {
                (name, TensorView::new(dtype, shape.clone(), &count).unwrap())
            } else {
                (name, tensor)
            }
        });
        let bytes = serialize(tensors, None).unwrap();
        assert_eq!(Normalized::from_safetensors(&bytes).is_ok(), is_taken, "{dtype} {shape:?}");
    }
}

/// `cargo test --test files -- --ignored`
#[test]
#[ignore = "needs Python with torch and safetensors"]
fn torch_loads_our_file_with_batch_norm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.safetensors");
    Normalized::load(fixture("torch_batch_norm.safetensors")).unwrap().save(&path).unwrap();
    let status = Command::new("python3")
        .arg(fixture("files.py"))
        .arg("--check-batch-norm")
        .arg(&path)
        .status();
    assert!(status.unwrap().success());
}

/// `cargo test --test files -- --ignored`
#[test]
#[ignore = "needs Python with torch and safetensors"]
fn torch_loads_our_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.safetensors");
    Net::load(fixture("torch_state_dict.safetensors")).unwrap().save(&path).unwrap();
    let status =
        Command::new("python3").arg(fixture("files.py")).arg("--check").arg(&path).status();
    assert!(status.unwrap().success());
}
