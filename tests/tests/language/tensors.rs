//! Stages whose tensors are called as those of another library.
#![deny(warnings)]
use static_net::prelude::*;

network! {
    struct Sequential< 10 => #[tensors = "0"] relu 4 => #[tensors = "2"] latent: 2 >;
    struct Encoder< 10 => #[tensors = "dense"] relu 4 >;
    struct Net<
        const H: usize;
        10
        => #[tensors = "model.encoder"] encoder: Encoder
        => #[tensors = "layers"] blocks: repeat(2; residual(#[tensors = "0"] relu 6 => #[tensors = "3"] 4))
        => sum(#[tensors = "left"] 4 | 4)
        => repeat(D in [4, 4]; #[tensors = "fc"] D)
        => #[tensors = "model.head"] relu { H }
        => #[tensors = r"out"] 2
    >;
    struct Heads< 10 => #[tensors = "trunk"] relu 4 => (#[tensors = "fc.0"] policy: 3 | #[tensors = "fc.1"] value: 1) >;
}

macro_rules! declared {
    ($name:literal) => {
        network! { struct Declared< 10 => #[tensors = $name] relu 4 => 2 >; }
    };
}
declared!("0");

fn names(tensors: Vec<static_net::Tensor>) -> Vec<String> {
    let weights = tensors.into_iter().filter(|tensor| tensor.name.ends_with(".weight"));
    weights.map(|tensor| tensor.name).collect()
}

#[test]
fn names_are_as_they_are_told() {
    assert_eq!(names(Sequential::tensors()), ["0.weight", "2.weight"]);
    assert_eq!(
        names(Net::<3>::tensors()),
        [
            "model.encoder.dense.weight",
            "layers.0.0.weight",
            "layers.0.3.weight",
            "layers.1.0.weight",
            "layers.1.3.weight",
            "left.weight",
            "stage3.branch2.weight",
            "stage4.0.fc.weight",
            "stage4.1.fc.weight",
            "model.head.weight",
            "out.weight",
        ]
    );
    assert_eq!(names(Heads::tensors()), ["trunk.weight", "fc.0.weight", "fc.1.weight"]);
    assert_eq!(names(Declared::tensors()), ["0.weight", "stage2.weight"]);
}

/// The fields and all that is shown are as without.
#[test]
fn only_tensors_are_called_so() {
    let net = Net::<3>::new(&mut StdRng::seed_from_u64(1));
    assert_eq!(net.blocks[1].stage2.bias.len(), 4);
    assert_eq!(net.stage5.weight.shape(), (3, 4));
    assert_eq!(Sequential::zeros().latent.weight.shape(), (2, 4));
    assert!(!Sequential::summary().contains('#'), "{}", Sequential::summary());
    assert!(Sequential::summary().contains("latent"), "{}", Sequential::summary());
}

/// A file of the original needs no other names.
#[test]
fn a_network_loads_what_it_is_called_as() {
    let net = Sequential::new(&mut StdRng::seed_from_u64(1));
    let bytes = net.to_safetensors();
    assert!(bytes.windows(10).any(|part| part == b"\"0.weight\""));
    assert_eq!(Sequential::from_safetensors(&bytes).unwrap(), net);
}
