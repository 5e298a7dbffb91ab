//! The functions of `f32` vectors, from polynomials (those of the Cephes library, and of N. Juffa for `erf`).
//!
//! How far they may be off is said at each function of [`Vector`], and held by tests over all numbers on every instruction
//! set (`simd::tests`).

use super::Vector;

/// What the functions need beyond arithmetic.
pub(super) trait Exponent: Vector<f32> {
    /// The nearest whole number; lanes are less than 2^30 in size.
    fn round(self) -> Self;
    /// `self` times 2 to the power of a whole number between -300 and 300.
    fn scale_exponent(self, exponent: Self) -> Self;
    /// Lanes whose sign and exponent are the lowest nine bits of these, and whose mantissa is zero.
    fn exponent_of_lowest_bits(self) -> Self;
    /// A mantissa in [0.5, 1) and the exponent that belongs to it; lanes are positive, normal and finite.
    fn split_exponent(self) -> (Self, Self);
}

/// The functions of a vector of `f32`, inside its `impl Vector`.
///
/// With features of an instruction set, each is a function compiled with them. The compiler may inline it into
/// code for the same set; where it does not (in debug builds), its many intermediate values have a stack
/// frame of their own, which is gone when it returns.
macro_rules! f32_functions {
    ($name:ident $(, $features:literal)?) => {
        $crate::simd::math::f32_functions!(@each $name, [$($features)?], exp, exp_m1, ln, ln_1p, tanh, erf, sigmoid);
    };
    (@each $name:ident, $features:tt, $($function:ident),*) => {
        $($crate::simd::math::f32_functions!(@function $name, $features, $function);)*
    };
    (@function $name:ident, [], $function:ident) => {
        #[inline(always)]
        fn $function(self) -> Self {
            $crate::simd::math::$function(self)
        }
    };
    (@function $name:ident, [$features:literal], $function:ident) => {
        #[inline(always)]
        fn $function(self) -> Self {
            #[target_feature(enable = $features)]
            #[inline]
            fn compiled(x: $name) -> $name {
                $crate::simd::math::$function(x)
            }
            // SAFETY: there is a vector of the set whose features these are, so the machine has them (see `simd::x86`).
            unsafe { compiled(self) }
        }
    };
}
pub(super) use f32_functions;

/// The functions of a vector of `f64`, inside its `impl Vector`: those of the scalar, lane by lane.
macro_rules! f64_functions {
    ($name:ident $(, $features:literal)?) => {
        #[inline(always)]
        fn exp(self) -> Self {
            self.by_lane(crate::scalar::Float::exp)
        }
        #[inline(always)]
        fn exp_m1(self) -> Self {
            self.by_lane(crate::scalar::Float::exp_m1)
        }
        #[inline(always)]
        fn ln(self) -> Self {
            self.by_lane(crate::scalar::Float::ln)
        }
        #[inline(always)]
        fn ln_1p(self) -> Self {
            self.by_lane(crate::scalar::Float::ln_1p)
        }
        #[inline(always)]
        fn tanh(self) -> Self {
            self.by_lane(crate::scalar::Float::tanh)
        }
        #[inline(always)]
        fn erf(self) -> Self {
            self.by_lane(crate::scalar::Float::erf)
        }
        #[inline(always)]
        fn sigmoid(self) -> Self {
            self.by_lane(|x| 1.0 / (1.0 + crate::scalar::Float::exp(-x)))
        }
    };
}
pub(super) use f64_functions;

/// The value of a polynomial; coefficients begin with that of the highest power.
#[inline(always)]
fn polynomial<V: Vector<f32>, const N: usize>(x: V, coefficients: [f32; N]) -> V {
    let mut sum = V::splat(coefficients[0]);
    let mut i = 1;
    while i < N {
        sum = sum.mul_add(x, V::splat(coefficients[i]));
        i += 1;
    }
    sum
}

/// `exp(r) - 1` for `|r| <= ln(2) / 2`.
#[inline(always)]
fn exp_m1_reduced<V: Vector<f32>>(r: V) -> V {
    // Powers by pairs, which wait less for each other than Horner's.
    let square = r * r;
    let high = V::splat(1.987_569_1e-4).mul_add(r, V::splat(1.398_199_9e-3));
    let middle = V::splat(8.333_452e-3).mul_add(r, V::splat(4.166_579_6e-2));
    let low = V::splat(1.666_666_5e-1).mul_add(r, V::splat(0.5));
    high.mul_add(square, middle).mul_add(square, low).mul_add(square, r)
}

/// `x - n * ln(2)`.
#[inline(always)]
fn remainder<V: Vector<f32>>(x: V, n: V) -> V {
    // ln(2) in two parts; the product of `n` with the first is exact.
    let r = n.mul_add(V::splat(-0.693_359_4), x);
    n.mul_add(V::splat(2.121_944_4e-4), r)
}

/// Splits `x` into `n * ln(2) + r`; gives `n` and `r`.
#[inline(always)]
fn reduce<V: Exponent>(x: V) -> (V, V) {
    let n = (x * V::splat(core::f32::consts::LOG2_E)).round();
    (n, remainder(x, n))
}

/// Splits `x`, of -88.3 to 89, into `n * ln(2) + r`; gives `2^n`, which is zero for -127 and infinite for 128, and `r`.
#[inline(always)]
fn reduce_normal<V: Exponent>(x: V) -> (V, V) {
    // A sum of this size has no bits behind the point: its lowest ones are `n` and the bias of an exponent.
    const SHIFT: f32 = 12_582_912.0 + 127.0;
    let shifted = x.mul_add(V::splat(core::f32::consts::LOG2_E), V::splat(SHIFT));
    (shifted.exponent_of_lowest_bits(), remainder(x, shifted - V::splat(SHIFT)))
}

/// Bounds beyond which `exp` is zero or infinite; a NaN stays.
#[inline(always)]
fn clamp_exponent<V: Vector<f32>>(x: V) -> V {
    V::splat(-105.0).max(V::splat(89.0).min(x))
}

#[inline(always)]
pub(super) fn exp<V: Exponent>(x: V) -> V {
    let (n, r) = reduce(clamp_exponent(x));
    (exp_m1_reduced(r) + V::splat(1.0)).scale_exponent(n)
}

#[inline(always)]
pub(super) fn exp_m1<V: Exponent>(x: V) -> V {
    let (n, r) = reduce(clamp_exponent(x));
    // (p + 1) * 2^n - 1 without cancellation; halved, since 2^128 is not a number of the type.
    let half = V::splat(1.0).scale_exponent(n - V::splat(1.0));
    let result = exp_m1_reduced(r).mul_add(half, half - V::splat(0.5));
    result + result
}

#[inline(always)]
pub(super) fn ln<V: Exponent>(x: V) -> V {
    let zero = V::zero();
    // Subnormal numbers are made normal first.
    let is_tiny = V::splat(f32::MIN_POSITIVE).greater(x);
    let scaled = V::select(is_tiny, x * V::splat(8_388_608.0), x);
    let (mantissa, exponent) = scaled.split_exponent();
    let exponent = exponent - V::select(is_tiny, V::splat(23.0), zero);

    // The mantissa moves to [sqrt(1/2), sqrt(2)), minus one.
    let one = V::splat(1.0);
    let is_low = V::splat(core::f32::consts::FRAC_1_SQRT_2).greater(mantissa);
    let exponent = exponent - V::select(is_low, one, zero);
    let m = (mantissa - one) + V::select(is_low, mantissa, zero);

    let square = m * m;
    let p = polynomial(
        m,
        [
            7.037_683_6e-2,
            -1.151_461e-1,
            1.167_699_9e-1,
            -1.242_014_1e-1,
            1.424_932_3e-1,
            -1.666_805_8e-1,
            2.000_071_5e-1,
            -2.499_999_4e-1,
            3.333_333e-1,
        ],
    );
    let mut y = p * m * square;
    y = exponent.mul_add(V::splat(-2.121_944_4e-4), y);
    y = square.mul_add(V::splat(-0.5), y);
    let result = exponent.mul_add(V::splat(0.693_359_4), m + y);

    // ln(0) is -inf, ln(inf) is inf, of negative numbers and NaN it is NaN.
    let infinity = V::splat(f32::INFINITY);
    let result = V::select(infinity.greater(x), result, x);
    let invalid = V::select(zero.greater(x), V::splat(f32::NAN), V::splat(f32::NEG_INFINITY));
    let is_not_positive = V::splat(f32::from_bits(1)).greater(x);
    V::select(is_not_positive, invalid, result)
}

#[inline(always)]
pub(super) fn ln_1p<V: Exponent>(x: V) -> V {
    // What rounding takes away in 1 + x comes back as a first-order correction.
    let one = V::splat(1.0);
    let sum = one + x;
    let lost = x - (sum - one);
    let corrected = ln(sum) + lost / sum;
    // For infinite sums the correction is NaN.
    let is_finite = V::splat(f32::INFINITY).greater(sum);
    let is_valid = sum.greater(V::zero());
    V::select(is_finite, V::select(is_valid, corrected, ln(sum)), sum)
}

#[inline(always)]
pub(super) fn tanh<V: Exponent>(x: V) -> V {
    // (exp(2x) - 1) / (exp(2x) + 1), which is 1 from 9.02 on; a NaN stays.
    let magnitude = V::splat(10.0).min(x.abs());
    let (power, r) = reduce_normal(magnitude + magnitude);
    let difference = exp_m1_reduced(r).mul_add(power, power - V::splat(1.0));
    x.give_sign(difference / (difference + V::splat(2.0)))
}

#[inline(always)]
pub(super) fn sigmoid<V: Exponent>(x: V) -> V {
    // At the upper bound the power is infinite, and the result zero, where it would be subnormal; a NaN stays.
    let bounded = V::splat(-88.0).max(V::splat(89.0).min(-x));
    let (power, r) = reduce_normal(bounded);
    let one = V::splat(1.0);
    one / (exp_m1_reduced(r) + one).mul_add(power, one)
}

#[inline(always)]
pub(super) fn erf<V: Exponent>(x: V) -> V {
    let magnitude = x.abs();
    let square = x * x;

    // Beyond 4 the result is 1 and the polynomial would not be; a NaN stays.
    let t = V::splat(4.0).min(magnitude);
    let u = polynomial(t, [-1.728_534_7e-5, 3.831_97e-4]);
    let v = polynomial(t, [-3.883_964_4e-3, 2.425_462_2e-2]);
    let mut p = u.mul_add(t * t, v);
    for coefficient in [-1.067_778_8e-1, -6.348_467e-1, -1.287_174_5e-1] {
        p = p.mul_add(t, V::splat(coefficient));
    }
    let large = V::splat(1.0) - exp(p.mul_add(t, -t));

    let p = polynomial(
        square,
        [
            -5.967_617e-4,
            4.991_194e-3,
            -2.676_813_5e-2,
            1.128_199_2e-1,
            -3.761_253_4e-1,
            1.283_791_7e-1,
        ],
    );
    let small = p.mul_add(x, x);
    V::select(magnitude.greater(V::splat(0.927_734_4)), x.give_sign(large), small)
}
