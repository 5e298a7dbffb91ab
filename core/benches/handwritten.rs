//! Two small networks written by hand in AVX-512 intrinsics, for these sizes only: what the library is
//! measured against.
//!
//! Weights are column-major and begin on cache lines. Hidden layers end in relu, the last in nothing.

#![allow(
    clippy::needless_range_loop,
    reason = "the index of a register is the index of its column"
)]

use std::arch::x86_64::*;

/// A pointer-aligned wrapper: weights on a cache line.
#[repr(C, align(64))]
pub struct Line<T>(pub T);

/// Makes LLVM load hidden values from memory, one broadcast each, rather than shuffle them out of registers.
#[inline(always)]
fn in_memory(mut pointer: *const f32) -> *const f32 {
    // SAFETY: there is no instruction.
    unsafe {
        std::arch::asm!("/* {} */", inout(reg) pointer, options(nostack, preserves_flags, readonly))
    };
    pointer
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
fn relu(x: __m512) -> __m512 {
    _mm512_max_ps(x, _mm512_setzero_ps())
}

/// 10 => relu 32 => relu 16 => 2.
///
/// # Safety
/// The machine has AVX-512 F, BW, DQ and VL; the pointers hold as many numbers as the layers have.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
#[inline(never)]
pub unsafe fn forward_10_32_16_2(
    w1: &[f32; 320],
    b1: &[f32; 32],
    w2: &[f32; 512],
    b2: &[f32; 16],
    w3: &[f32; 32],
    b3: &[f32; 2],
    x: &[f32; 10],
) -> [f32; 2] {
    // SAFETY: all offsets lie inside the arrays.
    unsafe {
        let w = w1.as_ptr();
        let v = |j: usize| _mm512_set1_ps(*x.as_ptr().add(j));
        let col = |j: usize, r: usize| _mm512_loadu_ps(w.add(j * 32 + r * 16));
        let mut a = [
            _mm512_fmadd_ps(col(0, 0), v(0), _mm512_loadu_ps(b1.as_ptr())),
            _mm512_fmadd_ps(col(0, 1), v(0), _mm512_loadu_ps(b1.as_ptr().add(16))),
            _mm512_mul_ps(col(1, 0), v(1)),
            _mm512_mul_ps(col(1, 1), v(1)),
            _mm512_mul_ps(col(2, 0), v(2)),
            _mm512_mul_ps(col(2, 1), v(2)),
            _mm512_mul_ps(col(3, 0), v(3)),
            _mm512_mul_ps(col(3, 1), v(3)),
        ];
        for j in 4..10 {
            let c = j % 4;
            a[2 * c] = _mm512_fmadd_ps(col(j, 0), v(j), a[2 * c]);
            a[2 * c + 1] = _mm512_fmadd_ps(col(j, 1), v(j), a[2 * c + 1]);
        }
        let mut h1 = Line([0f32; 32]);
        let lo = _mm512_add_ps(_mm512_add_ps(a[0], a[2]), _mm512_add_ps(a[4], a[6]));
        let hi = _mm512_add_ps(_mm512_add_ps(a[1], a[3]), _mm512_add_ps(a[5], a[7]));
        _mm512_store_ps(h1.0.as_mut_ptr(), relu(lo));
        _mm512_store_ps(h1.0.as_mut_ptr().add(16), relu(hi));

        let w = w2.as_ptr();
        let h = in_memory(h1.0.as_ptr());
        let mut s = [_mm512_setzero_ps(); 8];
        s[0] = _mm512_loadu_ps(b2.as_ptr());
        for j in 0..8 {
            s[j] = _mm512_fmadd_ps(_mm512_loadu_ps(w.add(j * 16)), _mm512_set1_ps(*h.add(j)), s[j]);
        }
        for j in 8..32 {
            s[j % 8] = _mm512_fmadd_ps(
                _mm512_loadu_ps(w.add(j * 16)),
                _mm512_set1_ps(*h.add(j)),
                s[j % 8],
            );
        }
        let s0 = _mm512_add_ps(_mm512_add_ps(s[0], s[1]), _mm512_add_ps(s[2], s[3]));
        let s1 = _mm512_add_ps(_mm512_add_ps(s[4], s[5]), _mm512_add_ps(s[6], s[7]));
        let h2 = relu(_mm512_add_ps(s0, s1));

        let low = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
        let high = _mm512_setr_epi32(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
        let p = _mm512_mul_ps(_mm512_permutexvar_ps(low, h2), _mm512_loadu_ps(w3.as_ptr()));
        let p = _mm512_fmadd_ps(
            _mm512_permutexvar_ps(high, h2),
            _mm512_loadu_ps(w3.as_ptr().add(16)),
            p,
        );
        let q = _mm256_add_ps(_mm512_castps512_ps256(p), _mm512_extractf32x8_ps::<1>(p));
        let r = _mm_add_ps(_mm256_castps256_ps128(q), _mm256_extractf128_ps::<1>(q));
        let t = _mm_add_ps(r, _mm_movehl_ps(r, r));
        let t = _mm_add_ps(t, _mm_castpd_ps(_mm_load_sd(b3.as_ptr().cast())));
        let mut y = [0f32; 2];
        _mm_store_sd(y.as_mut_ptr().cast(), _mm_castps_pd(t));
        y
    }
}

/// One hidden layer of 64 values.
///
/// # Safety
/// The machine has AVX-512; the pointers hold as many numbers as the layer has.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
unsafe fn layer_64_64(w: *const f32, b: *const f32, x: *const f32, y: *mut f32) {
    // SAFETY: all offsets lie inside the arrays.
    unsafe {
        let mut a = [_mm512_setzero_ps(); 4];
        let mut c = [_mm512_setzero_ps(); 4];
        for r in 0..4 {
            a[r] = _mm512_loadu_ps(b.add(r * 16));
        }
        let mut j = 0;
        while j < 64 {
            let (v0, v1) = (_mm512_set1_ps(*x.add(j)), _mm512_set1_ps(*x.add(j + 1)));
            for r in 0..4 {
                a[r] = _mm512_fmadd_ps(_mm512_loadu_ps(w.add(j * 64 + r * 16)), v0, a[r]);
                c[r] = _mm512_fmadd_ps(_mm512_loadu_ps(w.add(j * 64 + 64 + r * 16)), v1, c[r]);
            }
            j += 2;
        }
        for r in 0..4 {
            _mm512_storeu_ps(y.add(r * 16), relu(_mm512_add_ps(a[r], c[r])));
        }
    }
}

/// 64 => relu 64 => relu 64 => 4.
///
/// # Safety
/// As for [`forward_10_32_16_2`].
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
#[inline(never)]
pub unsafe fn forward_64_64_64_4(
    w1: &[f32; 4096],
    b1: &[f32; 64],
    w2: &[f32; 4096],
    b2: &[f32; 64],
    w3: &[f32; 256],
    b3: &[f32; 4],
    x: &[f32; 64],
) -> [f32; 4] {
    let mut h1 = Line([0f32; 64]);
    let mut h2 = Line([0f32; 64]);
    // SAFETY: all offsets lie inside the arrays.
    unsafe {
        layer_64_64(w1.as_ptr(), b1.as_ptr(), x.as_ptr(), h1.0.as_mut_ptr());
        layer_64_64(w2.as_ptr(), b2.as_ptr(), in_memory(h1.0.as_ptr()), h2.0.as_mut_ptr());
        // Four columns of four rows in each vector, four chains.
        let spread = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
        let mut s = [_mm512_setzero_ps(); 4];
        for j in 0..16 {
            let v = _mm512_castps128_ps512(_mm_loadu_ps(h2.0.as_ptr().add(j * 4)));
            let v = _mm512_permutexvar_ps(spread, v);
            s[j % 4] = _mm512_fmadd_ps(_mm512_loadu_ps(w3.as_ptr().add(j * 16)), v, s[j % 4]);
        }
        let s = _mm512_add_ps(_mm512_add_ps(s[0], s[1]), _mm512_add_ps(s[2], s[3]));
        let q = _mm256_add_ps(_mm512_castps512_ps256(s), _mm512_extractf32x8_ps::<1>(s));
        let r = _mm_add_ps(_mm256_castps256_ps128(q), _mm256_extractf128_ps::<1>(q));
        let r = _mm_add_ps(r, _mm_loadu_ps(b3.as_ptr()));
        let mut y = [0f32; 4];
        _mm_storeu_ps(y.as_mut_ptr(), r);
        y
    }
}
