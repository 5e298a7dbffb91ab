use std::path::Path;

use serde_json::{Value, json};

use super::{Amp, Architecture, Group, KNOWN, Model};
use crate::wav::Sound;

const TOLERANCE: f32 = 1e-5;

/// A file of the workspace.
fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn shape(title: &str) -> Architecture {
    let known = KNOWN.iter().find(|known| known.title == title);
    (known.unwrap_or_else(|| panic!("no {title}")).architecture)()
}

#[test]
fn the_examples_sound_as_nam_core_renders_them() {
    let input = Sound::read(&path("data/amp/input.wav")).unwrap();
    for name in ["lstm", "wavenet"] {
        let file = path("data/amp").join(name);
        let model = Model::open(&file.with_extension("nam"), None).unwrap();
        let mut amp = Amp::new(&model).unwrap();
        amp.settle(&model);
        let mut sound = input.clone();
        // Blocks that end anywhere.
        sound.samples.chunks_mut(101).for_each(|samples| amp.play(samples));
        let expected = Sound::read(&file.with_extension("wav")).unwrap();
        let difference = expected.difference(&sound).unwrap();
        assert!(difference < TOLERANCE, "{name}: {difference}");
    }
}

/// Against PyTorch, with weights that follow from their place: see `tests/fixtures/nam_shapes.py`.
#[test]
fn each_kind_of_shape_computes_what_pytorch_does() {
    let text = std::fs::read(path("../tests/fixtures/nam_shapes.json")).unwrap();
    let fixture: Value = serde_json::from_slice(&text).unwrap();
    let number = |value: &Value| value.as_f64().unwrap();
    let [samples, step] = ["samples", "step"].map(|name| number(&fixture[name]) as i64);
    let networks = fixture["networks"].as_object().unwrap();
    assert_eq!(networks.len(), 5);
    for (title, network) in networks {
        let weight = |index: i64| {
            let spread = (index * 7919 + 104_729) % 2001 - 1000;
            (number(&network["scale"]) * spread as f64 / 1000.0) as f32
        };
        let weights = (0..number(&network["weights"]) as i64).map(weight).collect();
        let model = Model { architecture: shape(title), weights, rate: None };
        let mut amp = Amp::new(&model).unwrap();
        assert_eq!(amp.title, title);
        let mut signal: Vec<f32> =
            (0..samples).map(|t| ((31 * t * t + 17 * t) % 401 - 200) as f32 / 400.0).collect();
        amp.play(&mut signal);
        let expected = network["output"].as_array().unwrap();
        assert_eq!(expected.len() * step as usize, signal.len());
        for (got, expected) in signal.iter().step_by(step as usize).zip(expected) {
            let expected = number(expected) as f32;
            assert!((got - expected).abs() < TOLERANCE, "{title}: {got}, {expected}");
        }
    }
}

#[test]
fn shapes_look_back_as_far_as_nam_core_says() {
    assert_eq!(shape("A1 standard").receptive_field(), Some(1 + 2 * 2 * 1023));
    assert_eq!(shape("A2 lite").receptive_field(), Some(1 + 5 * 3 * 409 + 14 * 14 + 15));
    assert_eq!(shape("LSTM nano").receptive_field(), None);
}

#[test]
fn a_file_of_another_shape_or_size_is_refused_by_what_differs() {
    let mut architecture = shape("A1 standard");
    if let Architecture::WaveNet(groups) = &mut architecture {
        groups[1].dilations[0] = 3;
        groups[1].head_bias = false;
    }
    let mut model = Model { architecture, weights: vec![0.5; 13_802], rate: None };
    let error = Amp::new(&model).err().unwrap().to_string();
    for part in [
        "from `A1 standard` it differs in",
        "layers[1] dilations: [3, 2,",
        "layers[1] bias of the head: false, not true",
        "LSTM standard            LSTM, 1 of 24 units",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(!error.contains("layers[0]"), "{error}");

    model.architecture = shape("A1 standard");
    assert!(Amp::new(&model).is_ok());
    model.weights.push(0.5);
    let error = Amp::new(&model).err().unwrap().to_string();
    assert_eq!(error, "the file has 1 values more than the network");
    model.weights.truncate(800);
    assert_eq!(Amp::new(&model).err().unwrap().to_string(), "the file has too few values");
}

/// A file as newer versions write it, with all that may be said and is not there.
fn newer() -> Value {
    json!({
        "architecture": "SlimmableContainer",
        "config": {"submodels": [
            {"max_value": 0.5, "model": {"architecture": "LSTM", "weights": [0, 1.5],
                "config": {"input_size": 1, "hidden_size": 3, "num_layers": 1}}},
            {"max_value": 1.0, "model": {"architecture": "WaveNet", "weights": [1], "sample_rate": 48000.0, "config": {
                "head": null, "head_scale": 0.01, "layers": [{
                    "input_size": 1, "condition_size": 1, "channels": 4, "bottleneck": 4, "groups_input": 1,
                    "head": {"out_channels": 1, "kernel_size": 16, "bias": true},
                    "kernel_sizes": [6, 15], "dilations": [1, 239],
                    "activation": [{"type": "LeakyReLU", "negative_slope": 0.01}, "LeakyReLU"],
                    "gating_mode": ["none", "none"], "secondary_activation": [null, null], "slimmable": null,
                    "layer1x1": {"active": true, "groups": 1}, "conv_pre_film": {"active": false, "shift": true},
                }],
            }}},
        ]},
    })
}

#[test]
fn files_are_read_in_all_their_spellings() {
    let mut file = newer();
    let layer = "/config/submodels/1/model/config/layers/0";
    file.pointer_mut(layer).unwrap()["activation"] = json!("LeakyReLU");
    let model = Model::of(&file, None).unwrap();
    let group = Group {
        channels: 4,
        kernels: vec![6, 15],
        dilations: vec![1, 239],
        activation: "LeakyReLU(0.01)".into(),
        is_gated: false,
        head_size: 1,
        head_kernel: 16,
        head_bias: true,
    };
    assert_eq!(model.architecture, Architecture::WaveNet(vec![group]));
    assert_eq!((model.weights, model.rate), (vec![1.0], Some(48_000)));
    let smaller = Model::of(&file, Some(0)).unwrap();
    assert_eq!(smaller.architecture, Architecture::Lstm { layers: 1, hidden: 3 });
    assert_eq!((smaller.weights, smaller.rate), (vec![0.0, 1.5], None));
    assert!(Model::of(&file, Some(2)).is_err());
}

#[test]
fn a_part_that_no_network_has_is_named() {
    let model = "/config/submodels/1/model/config";
    for (part, value, expected) in [
        ("/layers/0/bottleneck", json!(2), "`bottleneck` is 2, and not 4"),
        ("/layers/0/input_size", json!(3), "`input_size` is 3, and not 1"),
        ("/layers/0/gating_mode", json!("blended"), "`gating_mode` is blended"),
        (
            "/layers/0/activation",
            json!(["Tanh", "ReLU"]),
            "`activation` is not the same for all layers",
        ),
        (
            "/layers/0/conv_pre_film",
            json!({"active": true}),
            "`conv_pre_film`, which no network here has",
        ),
        ("/layers/0/kernel_sizes", json!([6]), "not as many `kernel_sizes`"),
        ("/layers/0/channels", json!(0), "`channels` is no size"),
        ("/head", json!({"channels": 8}), "`head`, which no network here has"),
    ] {
        let mut file = newer();
        *file.pointer_mut(&format!("{model}{part}")).unwrap() = value;
        let error = format!("{:#}", Model::of(&file, None).unwrap_err());
        assert!(error.contains(expected), "{expected}: {error}");
    }
    let file = json!({"architecture": "Linear", "config": {}});
    let error = Model::of(&file, None).unwrap_err().to_string();
    assert_eq!(error, "its architecture is Linear, and not LSTM, WaveNet or SlimmableContainer");
}
