//! AVX2 with fused multiply-add.

use core::arch::x86_64::*;

use super::{F32x4, intrinsics, sign_methods, vector};
use crate::simd::{Vector, math};

vector!(
    /// Eight `f32`.
    F32x8, __m256, _mm256_add_ps, _mm256_sub_ps, _mm256_mul_ps, _mm256_div_ps
);

impl F32x8 {
    #[inline(always)]
    fn flip_sign(self, sign: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_xor_ps(self.0, sign.0) })
    }
    #[inline(always)]
    fn clear_sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_andnot_ps(Self::splat(-0.0).0, self.0) })
    }
    #[inline(always)]
    fn sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_and_ps(Self::splat(-0.0).0, self.0) })
    }
    /// True in the first `count` lanes.
    ///
    /// # Safety
    /// `count` is 8 at most.
    #[inline(always)]
    unsafe fn first(count: usize) -> __m256i {
        static WINDOW: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
        debug_assert!(count <= 8);
        // SAFETY: the machine has the instructions (see the module), and of the 16 places of the window 8 are read,
        // from `8 - count` on, which the caller promises is no less than 0.
        unsafe { _mm256_loadu_si256(WINDOW.as_ptr().add(8 - count).cast()) }
    }
}

impl Vector<f32> for F32x8 {
    const LANES: usize = 8;
    const TILE_COLUMNS: usize = 6;
    const TRANSPOSED: usize = 4;
    type Mask = __m256;

    intrinsics!(
        f32,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_max_ps,
        _mm256_min_ps,
        _mm256_sqrt_ps,
        |a, b, c| _mm256_fmadd_ps(a, b, c)
    );
    sign_methods!();
    math::f32_functions!(F32x8, "avx2,fma");

    #[inline(always)]
    unsafe fn load_repeated<const REPEAT: usize>(source: *const f32) -> Self {
        // SAFETY: the machine has the instructions (see the module); the caller promises the `8 / REPEAT` numbers that
        // are read.
        Self(unsafe {
            match REPEAT {
                1 => _mm256_loadu_ps(source),
                2 => {
                    let index = _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3);
                    _mm256_permutevar8x32_ps(_mm256_castps128_ps256(_mm_loadu_ps(source)), index)
                }
                4 => _mm256_set_m128(_mm_set1_ps(*source.add(1)), _mm_set1_ps(*source)),
                _ => _mm256_set1_ps(*source),
            }
        })
    }
    #[inline(always)]
    fn fold<const PERIOD: usize>(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            if PERIOD == 8 {
                return self;
            }
            let mut sums =
                _mm_add_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            if PERIOD <= 2 {
                sums = _mm_add_ps(sums, _mm_movehl_ps(sums, sums));
            }
            if PERIOD == 1 {
                sums = _mm_add_ps(sums, _mm_movehdup_ps(sums));
            }
            _mm256_castps128_ps256(sums)
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
        // SAFETY: the machine has the instructions (see the module); the caller promises `TRANSPOSED` numbers, which is
        // what is read, of each of `rows` rows of the source, and room for all lanes in `TRANSPOSED` rows of the target.
        unsafe {
            // Rows i and i + 4 in the halves of a register; the halves are transposed where they are.
            let part = |row: usize| {
                if row < rows {
                    _mm_loadu_ps(source.add(row * source_stride))
                } else {
                    _mm_setzero_ps()
                }
            };
            let gather = |i: usize| _mm256_set_m128(part(i + 4), part(i));
            let (a, b, c, d) = (gather(0), gather(1), gather(2), gather(3));
            let ab = (
                _mm256_castps_pd(_mm256_unpacklo_ps(a, b)),
                _mm256_castps_pd(_mm256_unpackhi_ps(a, b)),
            );
            let cd = (
                _mm256_castps_pd(_mm256_unpacklo_ps(c, d)),
                _mm256_castps_pd(_mm256_unpackhi_ps(c, d)),
            );
            let store = |i: usize, x| _mm256_storeu_pd(target.add(i * target_stride).cast(), x);
            store(0, _mm256_unpacklo_pd(ab.0, cd.0));
            store(1, _mm256_unpackhi_pd(ab.0, cd.0));
            store(2, _mm256_unpacklo_pd(ab.1, cd.1));
            store(3, _mm256_unpackhi_pd(ab.1, cd.1));
        }
    }
    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f32, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, whose
        // numbers the caller promises, and that they are `LANES` at most.
        Self(unsafe { _mm256_maskload_ps(source, Self::first(count)) })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f32, count: usize) {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, for which
        // the caller promises room, and that they are `LANES` at most.
        unsafe { _mm256_maskstore_ps(target, Self::first(count), self.0) }
    }
    #[inline(always)]
    unsafe fn load_few_pointer(source: *const f32, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module), and those of the narrower vector; the caller promises
        // what it reads.
        Self(unsafe { _mm256_zextps128_ps256(F32x4::load_partial_pointer(source, count).0) })
    }
    #[inline(always)]
    unsafe fn store_few_pointer(self, target: *mut f32, count: usize) {
        // SAFETY: the machine has the instructions (see the module), and those of the narrower vector; the caller promises
        // room for what it writes.
        unsafe { F32x4(_mm256_castps256_ps128(self.0)).store_partial_pointer(target, count) }
    }
    #[inline(always)]
    fn divide_quickly(self, divisor: Self) -> Self {
        // One step of Newton's method doubles the exact bits of the estimate.
        // SAFETY: the machine has the instructions (see the module).
        let (estimate, residue) = unsafe {
            let estimate = _mm256_rcp_ps(divisor.0);
            (Self(estimate), Self(_mm256_fnmadd_ps(divisor.0, estimate, Self::splat(1.0).0)))
        };
        self * residue.mul_add(estimate, estimate)
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self::Mask {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm256_cmp_ps::<_CMP_GT_OQ>(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_blendv_ps(no.0, yes.0, mask) })
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let half =
                _mm_add_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let pairs = _mm_add_ps(half, _mm_movehl_ps(half, half));
            _mm_cvtss_f32(_mm_add_ss(pairs, _mm_movehdup_ps(pairs)))
        }
    }
    #[inline(always)]
    fn sum_four([a, b, c, d]: [Self; 4]) -> [f32; 4] {
        // SAFETY: the machine has the instructions (see the module), and `result` has room for four numbers.
        unsafe {
            let sums = _mm256_hadd_ps(_mm256_hadd_ps(a.0, b.0), _mm256_hadd_ps(c.0, d.0));
            let sums = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps::<1>(sums));
            let mut result = [0.0; 4];
            _mm_storeu_ps(result.as_mut_ptr(), sums);
            result
        }
    }
    #[inline(always)]
    fn max_lane(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let half =
                _mm_max_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let pairs = _mm_max_ps(half, _mm_movehl_ps(half, half));
            _mm_cvtss_f32(_mm_max_ss(pairs, _mm_movehdup_ps(pairs)))
        }
    }
}

impl math::Exponent for F32x8 {
    #[inline(always)]
    fn round(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_cvtepi32_ps(_mm256_cvtps_epi32(self.0)) })
    }
    #[inline(always)]
    fn scale_exponent(self, exponent: Self) -> Self {
        // Two factors, since one alone would not reach subnormal numbers and the largest ones.
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            let n = _mm256_cvtps_epi32(exponent.0);
            let half = _mm256_srai_epi32::<1>(n);
            let bias = _mm256_set1_epi32(127);
            let first = _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_add_epi32(half, bias)));
            let rest = _mm256_add_epi32(_mm256_sub_epi32(n, half), bias);
            let second = _mm256_castsi256_ps(_mm256_slli_epi32::<23>(rest));
            _mm256_mul_ps(_mm256_mul_ps(self.0, first), second)
        })
    }
    #[inline(always)]
    fn exponent_of_lowest_bits(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_castps_si256(self.0))) })
    }
    #[inline(always)]
    fn split_exponent(self) -> (Self, Self) {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let bits = _mm256_castps_si256(self.0);
            let mantissa = _mm256_and_si256(bits, _mm256_set1_epi32(0x007f_ffff));
            let mantissa = _mm256_or_si256(mantissa, _mm256_set1_epi32(0x3f00_0000));
            let exponent = _mm256_sub_epi32(_mm256_srli_epi32::<23>(bits), _mm256_set1_epi32(126));
            (Self(_mm256_castsi256_ps(mantissa)), Self(_mm256_cvtepi32_ps(exponent)))
        }
    }
}

vector!(
    /// Four `f64`.
    F64x4, __m256d, _mm256_add_pd, _mm256_sub_pd, _mm256_mul_pd, _mm256_div_pd
);

impl F64x4 {
    #[inline(always)]
    fn flip_sign(self, sign: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_xor_pd(self.0, sign.0) })
    }
    #[inline(always)]
    fn clear_sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_andnot_pd(Self::splat(-0.0).0, self.0) })
    }
    #[inline(always)]
    fn sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_and_pd(Self::splat(-0.0).0, self.0) })
    }
    /// True in the first `count` lanes.
    ///
    /// # Safety
    /// `count` is 4 at most.
    #[inline(always)]
    unsafe fn first(count: usize) -> __m256i {
        static WINDOW: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];
        debug_assert!(count <= 4);
        // SAFETY: the machine has the instructions (see the module), and of the 8 places of the window 4 are read, from
        // `4 - count` on, which the caller promises is no less than 0.
        unsafe { _mm256_loadu_si256(WINDOW.as_ptr().add(4 - count).cast()) }
    }
}

impl Vector<f64> for F64x4 {
    const LANES: usize = 4;
    const TILE_COLUMNS: usize = 6;
    const TRANSPOSED: usize = 2;
    type Mask = __m256d;

    intrinsics!(
        f64,
        _mm256_set1_pd,
        _mm256_loadu_pd,
        _mm256_storeu_pd,
        _mm256_max_pd,
        _mm256_min_pd,
        _mm256_sqrt_pd,
        |a, b, c| _mm256_fmadd_pd(a, b, c)
    );
    sign_methods!();
    math::f64_functions!(F64x4);

    #[inline(always)]
    unsafe fn transpose(
        source: *const f64,
        source_stride: usize,
        rows: usize,
        target: *mut f64,
        target_stride: usize,
    ) {
        // SAFETY: the machine has the instructions (see the module); the caller promises `TRANSPOSED` numbers, which is
        // what is read, of each of `rows` rows of the source, and room for all lanes in `TRANSPOSED` rows of the target.
        unsafe {
            // Rows i and i + 2 in the halves of a register.
            let part = |row: usize| {
                if row < rows {
                    _mm_loadu_pd(source.add(row * source_stride))
                } else {
                    _mm_setzero_pd()
                }
            };
            let (a, b) = (_mm256_set_m128d(part(2), part(0)), _mm256_set_m128d(part(3), part(1)));
            _mm256_storeu_pd(target, _mm256_unpacklo_pd(a, b));
            _mm256_storeu_pd(target.add(target_stride), _mm256_unpackhi_pd(a, b));
        }
    }
    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f64, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, whose
        // numbers the caller promises, and that they are `LANES` at most.
        Self(unsafe { _mm256_maskload_pd(source, Self::first(count)) })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f64, count: usize) {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, for which
        // the caller promises room, and that they are `LANES` at most.
        unsafe { _mm256_maskstore_pd(target, Self::first(count), self.0) }
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self::Mask {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm256_cmp_pd::<_CMP_GT_OQ>(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm256_blendv_pd(no.0, yes.0, mask) })
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let half =
                _mm_add_pd(_mm256_castpd256_pd128(self.0), _mm256_extractf128_pd::<1>(self.0));
            _mm_cvtsd_f64(_mm_add_sd(half, _mm_unpackhi_pd(half, half)))
        }
    }
    #[inline(always)]
    fn max_lane(self) -> f64 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let half =
                _mm_max_pd(_mm256_castpd256_pd128(self.0), _mm256_extractf128_pd::<1>(self.0));
            _mm_cvtsd_f64(_mm_max_sd(half, _mm_unpackhi_pd(half, half)))
        }
    }
}
