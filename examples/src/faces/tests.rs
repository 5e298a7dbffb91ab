use std::path::Path;

use nalgebra::SVector;
use serde_json::Value;
use static_net::file::StateDict;

use super::{Cascade, ONetOutput, PNetOutput, RNetOutput};
use crate::data::Batch;
use crate::photo::Photo;

/// What `tests/fixtures/faces.py` has written.
fn fixture() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/faces.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f32> {
    match value {
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        _ => vec![value.as_f64().unwrap() as f32],
    }
}

fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/faces")
}

fn cascade() -> Cascade {
    Cascade::of(StateDict::open(data().join("mtcnn.safetensors")).unwrap()).unwrap()
}

/// The inputs of the script.
fn inputs<const N: usize>(samples: usize) -> Batch<N> {
    Batch::from_fn(samples, |row, column| {
        let index = (column * N + row) as i64;
        ((index * index * 13 + index * 7919 + 5) % 256) as f32 / 128.0 - 127.5 / 128.0
    })
}

fn assert_close(what: &str, got: &[f32], expected: &Value) {
    let expected = numbers(expected);
    assert_eq!(got.len(), expected.len(), "{what}");
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() < 1e-5, "{what}: {got}, {expected}");
    }
}

#[test]
fn each_network_computes_what_facenet_pytorch_does() {
    let (cascade, fixture) = (cascade(), fixture());
    let expected = &fixture["pnet"];
    let PNetOutput { faces, boxes } = cascade.pnet.forward(&inputs::<10_800>(1));
    assert_close("faces of PNet", faces.as_slice(), &expected["faces"]);
    assert_close("boxes of PNet", boxes.as_slice(), &expected["boxes"]);

    let expected = &fixture["rnet"];
    let RNetOutput { faces, boxes } = cascade.rnet.forward(&inputs::<1728>(3));
    assert_close("faces of RNet", faces.as_slice(), &expected["faces"]);
    assert_close("boxes of RNet", boxes.as_slice(), &expected["boxes"]);

    let expected = &fixture["onet"];
    let ONetOutput { faces, boxes, points } = cascade.onet.forward(&inputs::<6912>(3));
    assert_close("faces of ONet", faces.as_slice(), &expected["faces"]);
    assert_close("boxes of ONet", boxes.as_slice(), &expected["boxes"]);
    assert_close("points of ONet", points.as_slice(), &expected["points"]);
}

#[test]
fn a_face_is_found_where_facenet_pytorch_finds_it() {
    let photo = Photo::read(&data().join("astronaut.png")).unwrap();
    let (faces, left) = cascade().find(&photo, 20.0);
    let fixture = fixture();
    let expected = fixture["found"].as_array().unwrap();
    assert_eq!((faces.len(), left[2]), (1, 1));
    assert_eq!(expected.len(), 1);
    assert!(left[0] > left[1] && left[1] >= left[2], "{left:?}");
    let (face, expected) = (&faces[0], &expected[0]);
    let got = [&face.area.sides[..], &[face.area.probability], face.points.as_flattened()].concat();
    let expected = [&expected["box"], &expected["probability"], &expected["points"]];
    let expected: Vec<f32> = expected.into_iter().flat_map(numbers).collect();
    for (got, expected) in got.iter().zip(&expected) {
        // Of a pixel.
        assert!((got - expected).abs() < 1e-3, "{got}, {expected}");
    }
    assert_eq!(got.len(), expected.len());
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    let grey = Photo { values: vec![127.5; 3 * 70 * 90], size: [70, 90] };
    assert_eq!(cascade().find(&grey, 20.0).0, []);
    // A picture that is smaller than a face may be has no pyramid.
    let small = Photo { values: vec![0.0; 3 * 9 * 9], size: [9, 9] };
    assert_eq!(cascade().find(&small, 20.0), (Vec::new(), [0; 3]));
    assert_eq!(cascade().rnet.forward(&Batch::<1728>::zeros(0)).faces.ncols(), 0);
    let _: SVector<f32, 2> = cascade().onet.forward(&SVector::<f32, 6912>::zeros()).faces;
}
