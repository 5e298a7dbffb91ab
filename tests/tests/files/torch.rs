//! PyTorch's files here, and ours there. `fixtures/files.py` writes the fixtures.

use std::path::PathBuf;
use std::process::Command;

use safetensors::SafeTensors;
use static_net::file::StateDict;
use static_net::prelude::*;

network! {
    struct Encoder< 10 => relu 12 => relu 6 >;
    struct Net< 10 => encoder: Encoder => latent: tanh 8 => 2 >;
    struct Sequential< 10 => relu 4 => 2 >;
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A batch of 5 that PyTorch wrote: one row for each sample, as memory has one column.
fn samples<const N: usize>(name: &str) -> SMatrix<f32, N, 5> {
    let file = std::fs::read(fixture("torch_sample.safetensors")).unwrap();
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
    let net: Aligned<Sequential> = file
        .rename(|name| Some(name.replace("0.", "stage1.").replace("2.", "stage2.")))
        .load()
        .unwrap();
    let y = net.forward(&samples::<10>("input"));
    let expected = samples::<2>("sequential");
    assert!(expected.amax() > 0.1, "the fixture says nothing: {expected}");
    assert!((y - expected).amax() <= 1e-5, "{y} is not {expected}");
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
