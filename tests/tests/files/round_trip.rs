//! What was saved comes back, bit for bit, in the layout of `torch.nn`.

use safetensors::{Dtype, SafeTensors};
use static_net::file::StateDict;
use static_net::prelude::*;

network! {
    struct Single< 3 => relu 4 => latent: tanh 2 >;
    struct Double< f64; 3 => relu 4 => latent: tanh 2 >;
    struct Encoder< 3 => relu 5 => 2 >;
    struct Nested< 3 => encoder: Encoder => Encoder2 => 1 >;
    struct Encoder2< 2 => 2 >;
    struct Bare< 3 => relu >;
    struct Wide< 1000 => relu 300 => 7 >;
}

fn bits(state: &[f32]) -> Vec<u32> {
    state.iter().map(|value| value.to_bits()).collect()
}

/// Every kind of number, among them NaNs that arithmetic would change.
fn odd_values() -> [u32; 26] {
    let mut bits = [0; 26];
    for (place, value) in bits.iter_mut().enumerate() {
        *value = 0x3f80_0000 + 12_345 * place as u32;
    }
    bits[0] = f32::NAN.to_bits();
    bits[1] = 0x7f80_0001; // a signalling NaN
    bits[2] = 0xffc1_2345; // one with a payload
    bits[3] = f32::INFINITY.to_bits();
    bits[4] = f32::NEG_INFINITY.to_bits();
    bits[5] = (-0.0_f32).to_bits();
    bits[6] = 1; // the smallest denormal
    bits
}

#[test]
fn single_precision_comes_back_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    let mut net = Single::zeros();
    assert_eq!(net.state().len(), 26);
    for (value, bits) in net.state_mut().iter_mut().zip(odd_values()) {
        *value = f32::from_bits(bits);
    }
    net.save(&path).unwrap();

    assert_eq!(bits(Single::load(&path).unwrap().state()), odd_values());
    let mut other = Single::new(&mut StdRng::seed_from_u64(1));
    other.restore(&path).unwrap();
    assert_eq!(bits(other.state()), odd_values());

    let bytes = net.to_safetensors();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(bits(Single::from_safetensors(&bytes).unwrap().state()), odd_values());
    let mut third = Single::zeros();
    third.restore_from(&bytes).unwrap();
    assert_eq!(bits(third.state()), odd_values());
}

#[test]
fn double_precision_comes_back_bit_for_bit() {
    let mut net = Double::new(&mut StdRng::seed_from_u64(3));
    net.stage1.bias[2] = f64::from_bits(0x7ff0_0000_0000_0001);
    net.stage1.bias[3] = 1.0 + f64::EPSILON;
    let loaded = Double::from_safetensors(&net.to_safetensors()).unwrap();
    let bits = |net: &Double| -> Vec<u64> { net.state().iter().map(|x| x.to_bits()).collect() };
    assert_eq!(bits(&loaded), bits(&net));
}

#[test]
fn a_file_has_the_names_shapes_and_rows_of_torch() {
    let mut net = Single::zeros();
    for (place, value) in net.state_mut().iter_mut().enumerate() {
        *value = place as f32;
    }
    let bytes = net.to_safetensors();
    // The crate that PyTorch's reader is made of.
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let mut names = file.names();
    names.sort();
    assert_eq!(names, ["latent.bias", "latent.weight", "stage1.bias", "stage1.weight"]);

    let weight = file.tensor("stage1.weight").unwrap();
    assert_eq!((weight.dtype(), weight.shape()), (Dtype::F32, &[4, 3][..]));
    let rows: Vec<f32> =
        weight.data().chunks(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect();
    assert_eq!(rows, [0.0, 4.0, 8.0, 1.0, 5.0, 9.0, 2.0, 6.0, 10.0, 3.0, 7.0, 11.0]);
    let row_of_two: Vec<f32> = net.stage1.weight.row(1).iter().copied().collect();
    assert_eq!(rows[3..6], row_of_two);

    let bias = file.tensor("latent.bias").unwrap();
    assert_eq!((bias.dtype(), bias.shape()), (Dtype::F32, &[2][..]));
    assert_eq!(bias.data(), [24.0_f32.to_le_bytes(), 25.0_f32.to_le_bytes()].concat());

    // Data starts on a multiple of 8, so readers can map it into memory.
    let header = u64::from_le_bytes(bytes[..8].try_into().unwrap());
    assert_eq!(header % 8, 0);
    assert_eq!(bytes.len() as u64, 8 + header + 26 * 4);

    let bytes = Double::zeros().to_safetensors();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    assert_eq!(file.tensor("latent.weight").unwrap().dtype(), Dtype::F64);
}

#[test]
fn nested_networks_have_dotted_names() {
    let net = Nested::new(&mut StdRng::seed_from_u64(5));
    let bytes = net.to_safetensors();
    let file = StateDict::parse(&bytes).unwrap();
    let tensors: Vec<_> =
        file.tensors().iter().map(|t| (t.name.as_str(), t.shape.clone(), &*t.dtype)).collect();
    assert_eq!(
        tensors,
        [
            ("encoder.stage1.weight", vec![5, 3], "F32"),
            ("encoder.stage1.bias", vec![5], "F32"),
            ("encoder.stage2.weight", vec![2, 5], "F32"),
            ("encoder.stage2.bias", vec![2], "F32"),
            ("stage2.stage1.weight", vec![2, 2], "F32"),
            ("stage2.stage1.bias", vec![2], "F32"),
            ("stage3.weight", vec![1, 2], "F32"),
            ("stage3.bias", vec![1], "F32"),
        ]
    );
    assert_eq!(Nested::from_safetensors(&bytes).unwrap(), net);

    // A part of a network is a network: it saves and loads itself.
    let mut other = Nested::zeros();
    other.encoder.restore_from(&net.encoder.to_safetensors()).unwrap();
    assert_eq!(other.encoder.state(), net.encoder.state());
    assert_eq!(other.stage3.weight, SMatrix::<f32, 1, 2>::zeros());

    let part: Aligned<Encoder> =
        file.rename(|name| name.strip_prefix("encoder.").map(String::from)).load().unwrap();
    assert_eq!(part.state(), net.encoder.state());
}

#[test]
fn a_network_without_parameters() {
    let bytes = Bare::zeros().to_safetensors();
    assert_eq!(StateDict::parse(&bytes).unwrap().tensors(), []);
    assert_eq!(Bare::from_safetensors(&bytes).unwrap().state(), [0.0; 0]);
}

#[test]
fn a_network_larger_than_all_buffers_and_the_stack() {
    let run = || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("net.safetensors");
        let net = Wide::new(&mut StdRng::seed_from_u64(9));
        net.save(&path).unwrap();
        let loaded = Wide::load(&path).unwrap();
        assert_eq!(loaded.state(), net.state());
        let bytes = net.to_safetensors();
        assert_eq!(bytes, std::fs::read(&path).unwrap());
        // Row 299, column 999 is the last value of the weight in the file.
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let last = file.tensor("stage1.weight").unwrap().data()[299_999 * 4..].to_vec();
        assert_eq!(last, net.stage1.weight[(299, 999)].to_le_bytes());
    };
    // 1.2 MB of weights.
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}
