//! The numeric work of dropout.

use rand::Rng;

use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, compiled_here};

/// How many random bytes are drawn at a time.
const DRAWN: usize = 256;
const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

/// Draws a mask, which has zeros with probability `p`, and multiplies the input with it.
pub(crate) struct Drop<'a, T> {
    pub p: f64,
    pub input: &'a [T],
    pub output: &'a mut [T],
    pub mask: &'a mut [T],
    pub rng: &'a mut dyn Rng,
}

/// `target = values * mask`.
pub(crate) struct Multiply<'a, T> {
    pub values: &'a [T],
    pub mask: &'a [T],
    pub target: &'a mut [T],
}

compiled_here!(Drop<'a, T>, Multiply<'a, T>);

impl<T: Float> Kernel for Drop<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { p, input, output, mask, rng } = self;
        let chunks = input.chunks(DRAWN).zip(output.chunks_mut(DRAWN)).zip(mask.chunks_mut(DRAWN));
        for ((x, y), mask) in chunks {
            draw(p, mask, rng);
            multiply(x, mask, y);
        }
    }
}

impl<T: Float> Kernel for Multiply<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        multiply(self.values, self.mask, self.target);
    }
}

/// `target = values * mask`. A plain loop, which is vectorised for the kernel's instruction set.
#[inline(always)]
fn multiply<T: Float>(values: &[T], mask: &[T], target: &mut [T]) {
    for ((&value, &mask), target) in values.iter().zip(mask).zip(target) {
        *target = value * mask;
    }
}

/// Fills at most [`DRAWN`] places with zero, with probability `p`, or `1 / (1 - p)`.
#[inline(always)]
fn draw<T: Float>(p: f64, mask: &mut [T], rng: &mut dyn Rng) {
    let kept = T::from_f64(1.0 / (1.0 - p));
    let first_bits = (p * 256.0) as u8;
    // What is left of `p` when the first bits are taken off, as a fraction of 2^64.
    let rest = ((p * 256.0 - f64::from(first_bits)) * TWO_TO_64) as u64;
    let mut bytes = [0; DRAWN];
    let bytes = &mut bytes[..mask.len()];
    rng.fill_bytes(bytes);
    for (value, &byte) in mask.iter_mut().zip(&*bytes) {
        *value = if byte < first_bits { T::ZERO } else { kept };
    }
    if rest > 0 {
        for (value, &byte) in mask.iter_mut().zip(&*bytes) {
            if byte == first_bits && rng.next_u64() < rest {
                *value = T::ZERO;
            }
        }
    }
}
