//! Numbers that other programs computed, kept as JSON in `tests/fixtures/`.

use std::path::Path;

pub use serde_json::Value;
use static_net::{Float, Tensor};

/// The content of a file in `tests/fixtures/`.
pub fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{} is not JSON: {error}", path.display()))
}

/// What lies under a key that must be there.
#[track_caller]
pub fn get<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or_else(|| panic!("the fixture has no `{key}`"))
}

/// All numbers of a list of lists of any depth, in order.
#[track_caller]
pub fn numbers<T: Float>(value: &Value) -> Vec<T> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Number(number) => vec![T::from_f64(number.as_f64().expect("a number of f64"))],
        other => panic!("not a number: {other}"),
    }
}

/// All whole numbers of a list.
#[track_caller]
pub fn indices(value: &Value) -> Vec<usize> {
    numbers::<f64>(value).into_iter().map(|number| number as usize).collect()
}

/// Where the values of a tensor lie, in the order of PyTorch.
pub fn places(tensor: &Tensor) -> Vec<usize> {
    let mut places = vec![tensor.range.start];
    for (&size, &stride) in tensor.shape.iter().zip(&tensor.strides) {
        let along = |place| (0..size).map(move |index| place + index * stride);
        places = places.into_iter().flat_map(along).collect();
    }
    places
}

/// Asserts that all numbers are as expected, up to `tolerance` times the larger of 1 and the number.
#[track_caller]
pub fn assert_close<T: Float>(what: &str, got: &[T], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len(), "{what}: the number of values");
    for (index, (got, expected)) in got.iter().zip(expected).enumerate() {
        let (got, allowed) = (got.to_f64(), tolerance * expected.abs().max(1.0));
        // Not `>`, which is false for a NaN.
        let is_close = (got - expected).abs() <= allowed;
        assert!(is_close, "{what}: value {index} is {got}, not {expected}");
    }
}
