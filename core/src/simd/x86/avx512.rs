//! AVX-512.

use core::arch::x86_64::*;

use super::{intrinsics, sign_methods, vector};
use crate::simd::{Vector, math};

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
}

impl Vector<f32> for F32x16 {
    const LANES: usize = 16;
    const TILE_COLUMNS: usize = 12;
    type Mask = __mmask16;

    intrinsics!(
        f32, _mm512_set1_ps, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_max_ps, _mm512_min_ps, _mm512_sqrt_ps,
        |a, b, c| _mm512_fmadd_ps(a, b, c)
    );
    sign_methods!();
    math::f32_functions!();

    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f32, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); only `count` numbers are read.
        Self(unsafe { _mm512_maskz_loadu_ps(Self::first(count), source) })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f32, count: usize) {
        // SAFETY: as above; only `count` numbers are written.
        unsafe { _mm512_mask_storeu_ps(target, Self::first(count), self.0) }
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
    fn sum(self) -> f32 {
        // SAFETY: the machine has the instructions (see the module).
        unsafe { _mm512_reduce_add_ps(self.0) }
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
        Self(unsafe { _mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self.0) })
    }
    #[inline(always)]
    fn scale_exponent(self, exponent: Self) -> Self {
        // SAFETY: the machine has the instructions (see the module).
        Self(unsafe { _mm512_scalef_ps(self.0, exponent.0) })
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
    type Mask = __mmask8;

    intrinsics!(
        f64, _mm512_set1_pd, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_max_pd, _mm512_min_pd, _mm512_sqrt_pd,
        |a, b, c| _mm512_fmadd_pd(a, b, c)
    );
    sign_methods!();
    math::f64_functions!();

    #[inline(always)]
    unsafe fn load_partial_pointer(source: *const f64, count: usize) -> Self {
        // SAFETY: the machine has the instructions (see the module); only `count` numbers are read.
        Self(unsafe { _mm512_maskz_loadu_pd(Self::first(count), source) })
    }
    #[inline(always)]
    unsafe fn store_partial_pointer(self, target: *mut f64, count: usize) {
        // SAFETY: as above; only `count` numbers are written.
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
