//! Bounds for gradients, against single batches that would throw a network far off.

use crate::aligned::Owner;
use crate::kernel::elementwise;
use crate::scalar::Float;
use crate::trainable::Trainable;

/// Shortens a gradient to the Euclidean norm `max`, if it is longer; gives the norm that it had:
/// `torch.nn.utils.clip_grad_norm_` (Pascanu et al. 2013, <https://arxiv.org/abs/1211.5063>).
///
/// As there, the gradient is multiplied with `max / (norm + 1e-6)`, and a norm that is not finite is given
/// back for the caller to judge. Squares are added up in `f64`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut gradient = Net::zeros();
/// gradient.stage1.weight.copy_from_slice(&[3.0, 4.0]);
/// let norm = clip_norm(&mut gradient, 1.0);
/// assert_eq!(norm, 5.0);
/// assert!((gradient.stage1.weight[1] - 0.8).abs() < 1e-6);
/// ```
///
/// # Panics
/// If `max` is negative or NaN.
#[track_caller]
pub fn clip_norm<G: Owner>(gradient: &mut G, max: f64) -> f64 {
    assert!(max >= 0.0, "a norm is at most a number of at least 0, not {max}");
    let values = gradient.network_mut().values_mut();
    let norm = Float::sqrt(elementwise::sum_of_squares(values));
    let factor = max / (norm + 1e-6);
    // Left alone where the norm is NaN, so that the gradient shows it too.
    if factor < 1.0 {
        elementwise::scale(Float::from_f64(factor), values);
    }
    norm
}

/// Moves each value of a gradient into `[-max, max]`: `torch.nn.utils.clip_grad_value_`. A NaN stays.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut gradient = Net::zeros();
/// gradient.stage1.weight.copy_from_slice(&[0.25, -4.0]);
/// clip_value(&mut gradient, 0.5);
/// assert_eq!(gradient.stage1.weight.as_slice(), [0.25, -0.5]);
/// ```
///
/// # Panics
/// If `max` is negative or NaN.
#[track_caller]
pub fn clip_value<G: Owner>(gradient: &mut G, max: f64) {
    assert!(max >= 0.0, "a value is at most a number of at least 0, not {max}");
    elementwise::clamp(
        Float::from_f64(-max),
        Float::from_f64(max),
        gradient.network_mut().values_mut(),
    );
}
