//! Activations that are made of functions of vectors against `f64`, on every instruction set.

use super::smooth::{GELU_CUBIC, GELU_SCALE};
use super::{Elementwise, Gelu, GeluTanh, Mish, Selu, Silu, Softplus, Softsign};
use crate::simd::accuracy::{Bound, functions};

functions! {
    OfGelu, ulp_or(1e-7), |x| Gelu::value(x),
        |x| 0.5 * x * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2);
    OfGeluTanh, Bound { ulp: 2.5, absolute: 1e-7 }, |x| GeluTanh::value(x),
        |x| x * logistic(2.0 * GELU_SCALE * (x + GELU_CUBIC * x * x * x));
    OfSilu, ulp_or(1.5e-7), |x| Silu::value(x), |x| x * logistic(x);
    OfMish, ulp_or(1.5e-7), |x| Mish::value(x), |x| x * softplus(x).tanh();
    OfSoftplus, ulp_or(SUBNORMAL), |x| <Softplus>::value(x), |x| softplus(x);
    OfSoftsign, ulp_or(0.0), |x| Softsign::value(x), |x| x / (1.0 + x.abs());
    OfSelu, ulp_or(SUBNORMAL), |x| Selu::value(x),
        |x| SELU_SCALE * if x > 0.0 { x } else { SELU_ALPHA * x.exp_m1() };
}

const SUBNORMAL: f64 = f32::MIN_POSITIVE as f64;
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;

/// Two units in the last place, or so much.
const fn ulp_or(absolute: f64) -> Bound {
    Bound { ulp: 2.0, absolute }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn softplus(x: f64) -> f64 {
    if x > 40.0 { x } else { x.exp().ln_1p() }
}
