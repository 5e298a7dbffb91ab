//! AVX-512.

use core::arch::x86_64::*;

use super::sse2::load_pair;
use super::{F32x4, intrinsics, sign_methods, vector};
use crate::scalar::Float;
use crate::simd::{Vector, math};

/// For each of 16 lanes, which of `16 / REPEAT` numbers it repeats.
const fn repeated<const REPEAT: usize>() -> [i32; 16] {
    let mut index = [0; 16];
    let mut lane = 0;
    while lane < 16 {
        index[lane] = (lane / REPEAT) as i32;
        lane += 1;
    }
    index
}

vector!(
    /// Sixteen `f32`.
    F32x16, __m512, _mm512_add_ps, _mm512_sub_ps, _mm512_mul_ps, _mm512_div_ps
);

impl F32x16 {
    #[inline(always)]
    fn flip_sign(self, sign: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_xor_ps(self.0, sign.0) })
    }
    #[inline(always)]
    fn clear_sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_andnot_ps(Self::splat(-0.0).0, self.0) })
    }
    #[inline(always)]
    fn sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_and_ps(Self::splat(-0.0).0, self.0) })
    }
    /// True in the first `count` lanes.
    #[inline(always)]
    fn first(count: usize) -> __mmask16 {
        debug_assert!(count <= 16);
        ((1u32 << count) - 1) as __mmask16
    }
    /// The sum of both halves.
    #[inline(always)]
    fn halves(self) -> __m256 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            _mm256_add_ps(_mm512_castps512_ps256(self.0), _mm512_extractf32x8_ps::<1>(self.0))
        }
    }
}

impl Vector<f32> for F32x16 {
    const LANES: usize = 16;
    const TILE_COLUMNS: usize = 12;
    const TRANSPOSED: usize = 4;
    type Mask = __mmask16;

    intrinsics!(
        f32,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_max_ps,
        _mm512_min_ps,
        _mm512_sqrt_ps,
        |a, b, c| _mm512_fmadd_ps(a, b, c)
    );
    sign_methods!();
    math::f32_functions!(F32x16, "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma");

    #[inline(always)]
    unsafe fn load_repeated<const REPEAT: usize>(source: *const f32) -> Self {
        let index = const { repeated::<REPEAT>() };
        // SAFETY: the machine has the instructions (see the module); the caller promises the `16 / REPEAT` numbers that
        // are read, and `index` has the 16 numbers of a register.
        Self(unsafe {
            let values = match REPEAT {
                1 => return Self::load_pointer(source),
                2 => _mm512_castps256_ps512(_mm256_loadu_ps(source)),
                4 => _mm512_castps128_ps512(_mm_loadu_ps(source)),
                8 => _mm512_castps128_ps512(load_pair(source)),
                _ => return Self::splat(*source),
            };
            _mm512_permutexvar_ps(_mm512_loadu_si512(index.as_ptr().cast()), values)
        })
    }
    #[inline(always)]
    fn fold<const PERIOD: usize>(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            if PERIOD == 16 {
                return self;
            }
            let half = self.halves();
            if PERIOD == 8 {
                return Self(_mm512_castps256_ps512(half));
            }
            let mut sums =
                _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps::<1>(half));
            if PERIOD <= 2 {
                sums = _mm_add_ps(sums, _mm_movehl_ps(sums, sums));
            }
            if PERIOD == 1 {
                sums = _mm_add_ps(sums, _mm_movehdup_ps(sums));
            }
            _mm512_castps128_ps512(sums)
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
            // Rows i, i + 4, i + 8 and i + 12 in the four parts of a register; then the parts, each of
            // four rows and columns, are transposed where they are.
            let part = |row: usize| {
                if row < rows {
                    _mm_loadu_ps(source.add(row * source_stride))
                } else {
                    _mm_setzero_ps()
                }
            };
            let gather = |i: usize| {
                let values = _mm512_castps128_ps512(part(i));
                let values = _mm512_insertf32x4::<1>(values, part(i + 4));
                let values = _mm512_insertf32x4::<2>(values, part(i + 8));
                _mm512_insertf32x4::<3>(values, part(i + 12))
            };
            let (a, b, c, d) = (gather(0), gather(1), gather(2), gather(3));
            let ab = (
                _mm512_castps_pd(_mm512_unpacklo_ps(a, b)),
                _mm512_castps_pd(_mm512_unpackhi_ps(a, b)),
            );
            let cd = (
                _mm512_castps_pd(_mm512_unpacklo_ps(c, d)),
                _mm512_castps_pd(_mm512_unpackhi_ps(c, d)),
            );
            let store = |i: usize, x| _mm512_storeu_pd(target.add(i * target_stride).cast(), x);
            store(0, _mm512_unpacklo_pd(ab.0, cd.0));
            store(1, _mm512_unpackhi_pd(ab.0, cd.0));
            store(2, _mm512_unpacklo_pd(ab.1, cd.1));
            store(3, _mm512_unpackhi_pd(ab.1, cd.1));
        }
    }
    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f32, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, whose
        // numbers the caller promises.
        Self(unsafe { _mm512_maskz_loadu_ps(Self::first(count), source) })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f32, count: usize) {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, for which
        // the caller promises room.
        unsafe {
            // What is read behind a store with a mask waits until it is in the cache.
            if count == Self::LANES / 2 {
                _mm256_storeu_ps(target, _mm512_castps512_ps256(self.0));
            } else {
                _mm512_mask_storeu_ps(target, Self::first(count), self.0);
            }
        }
    }
    #[inline(always)]
    unsafe fn load_few_pointer(source: *const f32, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module), and those of the narrower vector; the caller promises
        // what it reads.
        Self(unsafe { _mm512_zextps128_ps512(F32x4::load_partial_pointer(source, count).0) })
    }
    #[inline(always)]
    unsafe fn store_few_pointer(self, target: *mut f32, count: usize) {
        // SAFETY: the machine has the instructions (see the module), and those of the narrower vector; the caller promises
        // room for what it writes.
        unsafe { F32x4(_mm512_castps512_ps128(self.0)).store_partial_pointer(target, count) }
    }
    #[inline(always)]
    fn divide_quickly(self, divisor: Self) -> Self {
        // One step of Newton's method doubles the exact bits of the estimate.
        // SAFETY: the machine has the instructions (see the module).
        let (estimate, residue) = unsafe {
            let estimate = _mm512_rcp14_ps(divisor.0);
            (Self(estimate), Self(_mm512_fnmadd_ps(divisor.0, estimate, Self::splat(1.0).0)))
        };
        self * residue.mul_add(estimate, estimate)
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self::Mask {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_cmp_ps_mask::<_CMP_GT_OQ>(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_mask_blend_ps(mask, no.0, yes.0) })
    }
    #[inline(always)]
    fn flush_to_zero(self) -> Self {
        const { assert!(f32::SMALLEST_KEPT.to_bits() == 8 << 23) };
        // The exponent is no less than 8 where one of its other bits is set.
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            let bits = _mm512_set1_epi32(0x7c00_0000);
            let is_kept = _mm512_test_epi32_mask(_mm512_castps_si512(self.0), bits);
            _mm512_maskz_mov_ps(is_kept, self.0)
        })
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_reduce_add_ps(self.0) }
    }
    #[inline(always)]
    fn sum_four(vectors: [Self; 4]) -> [f32; 4] {
        // SAFETY: the machine has the instructions (see the module), and `result` has room for four numbers.
        unsafe {
            let [a, b, c, d] = vectors;
            let (ab, cd) =
                (_mm256_hadd_ps(a.halves(), b.halves()), _mm256_hadd_ps(c.halves(), d.halves()));
            let sums = _mm256_hadd_ps(ab, cd);
            let sums = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps::<1>(sums));
            let mut result = [0.0; 4];
            _mm_storeu_ps(result.as_mut_ptr(), sums);
            result
        }
    }
    #[inline(always)]
    fn max_lane(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_reduce_max_ps(self.0) }
    }
}

impl math::Exponent for F32x16 {
    #[inline(always)]
    fn round(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            _mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self.0)
        })
    }
    #[inline(always)]
    fn scale_exponent(self, exponent: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_scalef_ps(self.0, exponent.0) })
    }
    #[inline(always)]
    fn exponent_of_lowest_bits(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_castsi512_ps(_mm512_slli_epi32::<23>(_mm512_castps_si512(self.0))) })
    }
    #[inline(always)]
    fn split_exponent(self) -> (Self, Self) {
        // SAFETY: the machine has the instructions (see the module).
        unsafe {
            let mantissa = _mm512_getmant_ps::<_MM_MANT_NORM_P5_1, _MM_MANT_SIGN_ZERO>(self.0);
            (Self(mantissa), Self(_mm512_getexp_ps(self.0)) + Self::splat(1.0))
        }
    }
}

vector!(
    /// Eight `f64`.
    F64x8, __m512d, _mm512_add_pd, _mm512_sub_pd, _mm512_mul_pd, _mm512_div_pd
);

impl F64x8 {
    #[inline(always)]
    fn flip_sign(self, sign: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_xor_pd(self.0, sign.0) })
    }
    #[inline(always)]
    fn clear_sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_andnot_pd(Self::splat(-0.0).0, self.0) })
    }
    #[inline(always)]
    fn sign(self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_and_pd(Self::splat(-0.0).0, self.0) })
    }
    /// True in the first `count` lanes.
    #[inline(always)]
    fn first(count: usize) -> __mmask8 {
        debug_assert!(count <= 8);
        ((1u32 << count) - 1) as __mmask8
    }
}

impl Vector<f64> for F64x8 {
    const LANES: usize = 8;
    const TILE_COLUMNS: usize = 12;
    const TRANSPOSED: usize = 2;
    type Mask = __mmask8;

    intrinsics!(
        f64,
        _mm512_set1_pd,
        _mm512_loadu_pd,
        _mm512_storeu_pd,
        _mm512_max_pd,
        _mm512_min_pd,
        _mm512_sqrt_pd,
        |a, b, c| _mm512_fmadd_pd(a, b, c)
    );
    sign_methods!();
    math::f64_functions!(F64x8);

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
            // Rows i, i + 2, i + 4 and i + 6 in the four parts of a register.
            let part = |row: usize| {
                if row < rows {
                    _mm_loadu_pd(source.add(row * source_stride))
                } else {
                    _mm_setzero_pd()
                }
            };
            let gather = |i: usize| {
                let values = _mm512_castpd128_pd512(part(i));
                let values = _mm512_insertf64x2::<1>(values, part(i + 2));
                let values = _mm512_insertf64x2::<2>(values, part(i + 4));
                _mm512_insertf64x2::<3>(values, part(i + 6))
            };
            let (a, b) = (gather(0), gather(1));
            _mm512_storeu_pd(target, _mm512_unpacklo_pd(a, b));
            _mm512_storeu_pd(target.add(target_stride), _mm512_unpackhi_pd(a, b));
        }
    }
    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f64, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, whose
        // numbers the caller promises.
        Self(unsafe { _mm512_maskz_loadu_pd(Self::first(count), source) })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f64, count: usize) {
        // SAFETY: the machine has the instructions (see the module); the mask leaves the first `count` lanes, for which
        // the caller promises room.
        unsafe { _mm512_mask_storeu_pd(target, Self::first(count), self.0) }
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self::Mask {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_cmp_pd_mask::<_CMP_GT_OQ>(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_mask_blend_pd(mask, no.0, yes.0) })
    }
    #[inline(always)]
    fn flush_to_zero(self) -> Self {
        const { assert!(f64::SMALLEST_KEPT.to_bits() == 8 << 52) };
        // The exponent is no less than 8 where one of its other bits is set.
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe {
            let bits = _mm512_set1_epi64(0x7f80_0000_0000_0000);
            let is_kept = _mm512_test_epi64_mask(_mm512_castpd_si512(self.0), bits);
            _mm512_maskz_mov_pd(is_kept, self.0)
        })
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_reduce_add_pd(self.0) }
    }
    #[inline(always)]
    fn max_lane(self) -> f64 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_reduce_max_pd(self.0) }
    }
}
