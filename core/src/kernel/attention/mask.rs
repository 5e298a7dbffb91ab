//! Dropout of attention weights.

use super::BLOCK;
use crate::scalar::Float;

const TWO_TO_32: f64 = 4_294_967_296.0;
/// How many bits of a seed a number of any type holds exactly.
const HELD: u32 = 24;

/// Which weights of a sample are dropped in training.
///
/// Whether a weight is dropped follows from the seed and its place by a hash, so that backward finds the same
/// weights without a mask being kept. The probability is exact to one part in 2^32.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mask {
    seed: u64,
    /// Hashes below it are dropped.
    threshold: u32,
    /// What the others are multiplied with.
    kept: f64,
}

impl Mask {
    /// Values that hold a seed.
    pub(crate) const KEPT: usize = 2;

    /// Makes two values of a random number that stand for it on a tape.
    pub(crate) fn keep<T: Float>(random: u64) -> [T; Self::KEPT] {
        let part = |shift: u32| T::from_usize((random >> shift) as usize & ((1 << HELD) - 1));
        // One more than it is, since zero stands for no dropout.
        [part(0) + T::ONE, part(HELD)]
    }

    /// The values of a pass that drops nothing.
    pub(crate) const fn nothing<T: Float>() -> [T; Self::KEPT] {
        [T::ZERO; Self::KEPT]
    }

    /// The mask of the seed that these values hold, if they hold one; each weight is dropped with probability `p`.
    pub(crate) fn of<T: Float>(p: f64, kept: [T; Self::KEPT]) -> Option<Self> {
        let [low, high] = kept.map(|value| value.to_f64() as u64);
        (low > 0).then(|| Mask {
            seed: (low - 1) | high << HELD,
            threshold: (p * TWO_TO_32) as u32,
            kept: 1.0 / (1.0 - p),
        })
    }

    /// What the weights of some neighbouring queries, from `query` on, for a key are multiplied with: zero, or
    /// `1 / (1 - p)`. A plain loop over whole numbers, which is vectorised for the kernel's instruction set.
    #[inline(always)]
    pub(super) fn factors<T: Float>(&self, head: usize, query: usize, key: usize) -> [T; BLOCK] {
        let row = hash(
            self.seed ^ (head as u64) << 48 ^ (key as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        );
        let (first, second) = (row as u32, (row >> 32) as u32);
        let kept = T::from_f64(self.kept);
        let mut factors = [T::ZERO; BLOCK];
        for (i, factor) in factors.iter_mut().enumerate() {
            // The integer hash `lowbias32` of C. Wellons.
            let mut x = ((query + i) as u32).wrapping_mul(0x9e37_79b9).wrapping_add(first);
            x = (x ^ x >> 16).wrapping_mul(0x7feb_352d);
            x = (x ^ x >> 15).wrapping_mul(0x846c_a68b) ^ second;
            x ^= x >> 16;
            *factor = if x < self.threshold { T::ZERO } else { kept };
        }
        factors
    }
}

/// The finisher of SplitMix64 (Steele et al. 2014).
#[inline(always)]
const fn hash(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_comes_back_from_a_tape() {
        let random = 0x0123_4567_89ab_cdef;
        let from_f32 = Mask::of(0.5, Mask::keep::<f32>(random)).unwrap();
        let from_f64 = Mask::of(0.5, Mask::keep::<f64>(random)).unwrap();
        assert_eq!(from_f32.seed, random & ((1 << 48) - 1));
        assert_eq!(from_f64.seed, from_f32.seed);
        assert!(Mask::of(0.5, Mask::nothing::<f32>()).is_none());
        assert_eq!(Mask::of(0.5, Mask::keep::<f32>(u64::MAX)).unwrap().seed, (1 << 48) - 1);
    }

    #[test]
    fn so_many_are_dropped_everywhere() {
        for (seed, p) in [(1, 0.1), (2, 0.5), (0, 0.9)] {
            let mask = Mask::of(p, Mask::keep::<f32>(seed)).unwrap();
            for head in 0..3 {
                let mut dropped = [0.0; BLOCK];
                for key in 0..2000 {
                    for (count, factor) in
                        dropped.iter_mut().zip(mask.factors::<f64>(head, 64, key))
                    {
                        assert!(factor == 0.0 || (factor - 1.0 / (1.0 - p)).abs() < 1e-12);
                        *count += f64::from(u8::from(factor == 0.0));
                    }
                }
                let deviation = (2000.0 * p * (1.0 - p)).sqrt();
                for count in dropped {
                    assert!((count - 2000.0 * p).abs() < 5.0 * deviation, "{count} of {p}");
                }
            }
        }
    }

    #[test]
    fn the_start_of_a_run_does_not_matter() {
        let mask = Mask::of(0.4, Mask::keep::<f32>(7)).unwrap();
        let (from_0, from_5) = (mask.factors::<f32>(1, 0, 3), mask.factors::<f32>(1, 5, 3));
        assert_eq!(from_0[5..], from_5[..BLOCK - 5]);
    }
}
