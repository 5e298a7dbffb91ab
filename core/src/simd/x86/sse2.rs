//! SSE2, which every x86-64 machine has.

use core::arch::x86_64::*;

use super::{intrinsics, sign_methods, vector};
use crate::simd::{Vector, math};

vector!(
    /// Four `f32`.
    F32x4, __m128, _mm_add_ps, _mm_sub_ps, _mm_mul_ps, _mm_div_ps
);

impl F32x4 {
    #[inline(always)]
    fn flip_sign(self, sign: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_xor_ps(self.0, sign.0) })
    }
    #[inline(always)]
    fn clear_sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_andnot_ps(Self::splat(-0.0).0, self.0) })
    }
    #[inline(always)]
    fn sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_and_ps(Self::splat(-0.0).0, self.0) })
    }
}

/// Reads two numbers into the first lanes; the others are zero. `_mm_load_sd` would read an `f64` that is aligned as one.
///
/// # Safety
/// Two numbers can be read from `source`.
#[inline(always)]
pub(super) unsafe fn load_pair(source: *const f32) -> __m128 {
    // SAFETY: the machine has the instructions (see the module); the caller promises the two numbers, of whose place
    // nothing else is asked.
    unsafe { _mm_castpd_ps(_mm_set_sd(source.cast::<f64>().read_unaligned())) }
}

/// Writes the first two lanes. `_mm_storel_pd` would write an `f64` that is aligned as one.
///
/// # Safety
/// Two numbers can be written to `target`.
#[inline(always)]
unsafe fn store_pair(target: *mut f32, lanes: __m128) {
    // SAFETY: the machine has the instructions (see the module); the caller promises room for two numbers, of which
    // nothing else is asked.
    unsafe { target.cast::<f64>().write_unaligned(_mm_cvtsd_f64(_mm_castps_pd(lanes))) }
}

impl Vector<f32> for F32x4 {
    const LANES: usize = 4;
    const TILE_COLUMNS: usize = 4;
    const TRANSPOSED: usize = 4;
    type Mask = __m128;

    intrinsics!(
        f32,
        _mm_set1_ps,
        _mm_loadu_ps,
        _mm_storeu_ps,
        _mm_max_ps,
        _mm_min_ps,
        _mm_sqrt_ps,
        |a, b, c| _mm_add_ps(_mm_mul_ps(a, b), c)
    );
    sign_methods!();
    math::f32_functions!(F32x4, "sse2");

    #[inline(always)]
    unsafe fn load_repeated<const REPEAT: usize>(source: *const f32) -> Self {
        // SAFETY: the machine has the instructions (see the module); the caller promises the `4 / REPEAT` numbers that
        // are read: four, two or one.
        Self(unsafe {
            match REPEAT {
                1 => _mm_loadu_ps(source),
                2 => {
                    let pair = load_pair(source);
                    _mm_unpacklo_ps(pair, pair)
                }
                _ => _mm_set1_ps(*source),
            }
        })
    }
    #[inline(always)]
    fn fold<const PERIOD: usize>(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            if PERIOD == 4 {
                return self;
            }
            let pairs = _mm_add_ps(self.0, _mm_movehl_ps(self.0, self.0));
            if PERIOD == 2 { pairs } else { _mm_add_ps(pairs, _mm_shuffle_ps::<1>(pairs, pairs)) }
        })
    }
    #[inline(always)]
    unsafe fn transpose(
        source: *const f32,
        source_stride: usize,
        rows: usize,
        target: *mut f32,
        target_stride: usize,
    ) {
        // SAFETY: the machine has the instructions (see the module); the caller promises four numbers of each of `rows`
        // rows of the source, the others are not read, and room for all four lanes in each of four rows of the target.
        unsafe {
            let row = |i: usize| {
                if i < rows {
                    _mm_loadu_ps(source.add(i * source_stride))
                } else {
                    _mm_setzero_ps()
                }
            };
            let (mut a, mut b, mut c, mut d) = (row(0), row(1), row(2), row(3));
            _MM_TRANSPOSE4_PS(&mut a, &mut b, &mut c, &mut d);
            for (i, column) in [a, b, c, d].into_iter().enumerate() {
                _mm_storeu_ps(target.add(i * target_stride), column);
            }
        }
    }
    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f32, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); as many numbers are read as the caller promises,
        // which are `count <= LANES`.
        Self(unsafe {
            match count {
                0 => _mm_setzero_ps(),
                1 => _mm_load_ss(source),
                2 => load_pair(source),
                3 => _mm_movelh_ps(load_pair(source), _mm_load_ss(source.add(2))),
                _ => _mm_loadu_ps(source),
            }
        })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f32, count: usize) {
        // SAFETY: the machine has the instructions (see the module); as many numbers are written as the caller
        // promises, which are `count <= LANES`.
        unsafe {
            match count {
                0 => {}
                1 => _mm_store_ss(target, self.0),
                2 => store_pair(target, self.0),
                3 => {
                    store_pair(target, self.0);
                    _mm_store_ss(target.add(2), _mm_movehl_ps(self.0, self.0));
                }
                _ => _mm_storeu_ps(target, self.0),
            }
        }
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self::Mask {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm_cmpgt_ps(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_or_ps(_mm_and_ps(mask, yes.0), _mm_andnot_ps(mask, no.0)) })
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let pairs = _mm_add_ps(self.0, _mm_movehl_ps(self.0, self.0));
            _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps::<1>(pairs, pairs)))
        }
    }
    #[inline(always)]
    fn max_lane(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let pairs = _mm_max_ps(self.0, _mm_movehl_ps(self.0, self.0));
            _mm_cvtss_f32(_mm_max_ss(pairs, _mm_shuffle_ps::<1>(pairs, pairs)))
        }
    }
}

impl math::Exponent for F32x4 {
    #[inline(always)]
    fn round(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_cvtepi32_ps(_mm_cvtps_epi32(self.0)) })
    }
    #[inline(always)]
    fn scale_exponent(self, exponent: Self) -> Self {
        // Two factors, since one alone would not reach subnormal numbers and the largest ones.
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            let n = _mm_cvtps_epi32(exponent.0);
            let half = _mm_srai_epi32::<1>(n);
            let bias = _mm_set1_epi32(127);
            let first = _mm_castsi128_ps(_mm_slli_epi32::<23>(_mm_add_epi32(half, bias)));
            let rest = _mm_add_epi32(_mm_sub_epi32(n, half), bias);
            let second = _mm_castsi128_ps(_mm_slli_epi32::<23>(rest));
            _mm_mul_ps(_mm_mul_ps(self.0, first), second)
        })
    }
    #[inline(always)]
    fn exponent_of_lowest_bits(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_castsi128_ps(_mm_slli_epi32::<23>(_mm_castps_si128(self.0))) })
    }
    #[inline(always)]
    fn split_exponent(self) -> (Self, Self) {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let bits = _mm_castps_si128(self.0);
            let mantissa = _mm_and_si128(bits, _mm_set1_epi32(0x007f_ffff));
            let mantissa = _mm_or_si128(mantissa, _mm_set1_epi32(0x3f00_0000));
            let exponent = _mm_sub_epi32(_mm_srli_epi32::<23>(bits), _mm_set1_epi32(126));
            (Self(_mm_castsi128_ps(mantissa)), Self(_mm_cvtepi32_ps(exponent)))
        }
    }
}

vector!(
    /// Two `f64`.
    F64x2, __m128d, _mm_add_pd, _mm_sub_pd, _mm_mul_pd, _mm_div_pd
);

impl F64x2 {
    #[inline(always)]
    fn flip_sign(self, sign: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_xor_pd(self.0, sign.0) })
    }
    #[inline(always)]
    fn clear_sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_andnot_pd(Self::splat(-0.0).0, self.0) })
    }
    #[inline(always)]
    fn sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_and_pd(Self::splat(-0.0).0, self.0) })
    }
}

impl Vector<f64> for F64x2 {
    const LANES: usize = 2;
    const TILE_COLUMNS: usize = 4;
    type Mask = __m128d;

    intrinsics!(
        f64,
        _mm_set1_pd,
        _mm_loadu_pd,
        _mm_storeu_pd,
        _mm_max_pd,
        _mm_min_pd,
        _mm_sqrt_pd,
        |a, b, c| _mm_add_pd(_mm_mul_pd(a, b), c)
    );
    sign_methods!();
    math::f64_functions!(F64x2);

    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f64, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); as many numbers are read as the caller promises,
        // which are `count <= LANES`.
        Self(unsafe {
            match count {
                0 => _mm_setzero_pd(),
                1 => _mm_load_sd(source),
                _ => _mm_loadu_pd(source),
            }
        })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f64, count: usize) {
        // SAFETY: the machine has the instructions (see the module); as many numbers are written as the caller
        // promises, which are `count <= LANES`.
        unsafe {
            match count {
                0 => {}
                1 => _mm_store_sd(target, self.0),
                _ => _mm_storeu_pd(target, self.0),
            }
        }
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self::Mask {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm_cmpgt_pd(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm_or_pd(_mm_and_pd(mask, yes.0), _mm_andnot_pd(mask, no.0)) })
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm_cvtsd_f64(_mm_add_sd(self.0, _mm_unpackhi_pd(self.0, self.0))) }
    }
    #[inline(always)]
    fn max_lane(self) -> f64 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm_cvtsd_f64(_mm_max_sd(self.0, _mm_unpackhi_pd(self.0, self.0))) }
    }
}
