//! How fast this machine can multiply and add at most: independent chains in registers, no memory.

use std::hint::black_box;
use std::time::Instant;

/// Floating-point operations per second, f32, one core, fused multiply-adds counted twice.
pub fn measured() -> f64 {
    (0..20).map(|_| once()).fold(0.0, f64::max)
}

fn once() -> f64 {
    const ROUNDS: u64 = 400_000;
    let start = Instant::now();
    let operations = ROUNDS * chains(ROUNDS);
    operations as f64 / start.elapsed().as_secs_f64()
}

/// Runs the chains; gives the operations of one round.
#[cfg(target_arch = "x86_64")]
fn chains(rounds: u64) -> u64 {
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: just detected.
        unsafe { avx512(rounds) };
        CHAINS as u64 * 16 * 2
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: just detected.
        unsafe { avx2(rounds) };
        CHAINS as u64 * 8 * 2
    } else {
        portable(rounds)
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn chains(rounds: u64) -> u64 {
    portable(rounds)
}

/// Enough to hide the latency of two units, few enough for sixteen registers.
#[cfg(target_arch = "x86_64")]
const CHAINS: usize = 12;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn avx512(rounds: u64) {
    use std::arch::x86_64::{_mm512_fmadd_ps, _mm512_set1_ps};
    let factor = black_box(_mm512_set1_ps(0.999));
    let mut sums = [_mm512_set1_ps(1.0); CHAINS];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = _mm512_fmadd_ps(*sum, factor, factor);
        }
    }
    black_box(sums);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2(rounds: u64) {
    use std::arch::x86_64::{_mm256_fmadd_ps, _mm256_set1_ps};
    let factor = black_box(_mm256_set1_ps(0.999));
    let mut sums = [_mm256_set1_ps(1.0); CHAINS];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = _mm256_fmadd_ps(*sum, factor, factor);
        }
    }
    black_box(sums);
}

/// Where there are no intrinsics: whatever the compiler makes of it, so a lower bound.
fn portable(rounds: u64) -> u64 {
    let factor = black_box(0.999f32);
    let mut sums = [1.0f32; 64];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = *sum * factor + factor;
        }
    }
    black_box(sums);
    64 * 2
}
