//! Checks of what users set.

/// Panics at the caller unless the value is a finite number of at least zero.
#[track_caller]
pub(super) fn check_not_negative(name: &str, value: f64) {
    assert!(value >= 0.0 && value.is_finite(), "{name} is a number of at least 0, not {value}");
}

/// Panics at the caller unless the value is in `[0, 1)`.
#[track_caller]
pub(super) fn check_fraction(name: &str, value: f64) {
    assert!((0.0..1.0).contains(&value), "{name} is in [0, 1), not {value}");
}
