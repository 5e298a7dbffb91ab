//! The kernel of a cross entropy that counts what is already right for less.

use super::mixed::Mixed;
use super::targets::Source;
use crate::kernel::lanes::{only_first, read, write};
use crate::kernel::softmax::logarithm_of_sum;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// `-sum_i t_i * (1 - p_i)^gamma * ln(p_i)` of each row, with `p` its softmax.
pub(super) struct Focal<'a, T, S, const N: usize> {
    pub values: &'a mut [[T; N]],
    pub targets: Mixed<'a, T, S, N>,
    /// The sum of what rows count.
    pub total: T,
    pub gamma: T,
}

impl<T: Float, S: Source<T>, const N: usize> Kernel for Focal<'_, T, S, N> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { values, targets, total, gamma } = self;
        let lanes = T::Vector::<I>::LANES;
        let mut loss = T::ZERO;
        for (row, sample) in values.iter_mut().enumerate() {
            let counts = targets.weight(row);
            if counts == T::ZERO {
                sample.fill(T::ZERO);
                continue;
            }
            let share = counts / total;
            let logarithm = logarithm_of_sum::<T, T::Vector<I>>(sample);
            let (mut sum, mut slopes) = (T::Vector::<I>::zero(), T::Vector::<I>::zero());
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let target = targets.read::<T::Vector<I>>(row, start, count);
                let chance = Chance::<T::Vector<I>>::read(sample, start, count, logarithm);
                let (strength, slope) = chance.focus(gamma);
                sum = sum - S::times(target, strength * chance.ln);
                slopes = slopes + only_first(count, S::times(target, slope));
            }
            loss += share * sum.sum();
            let slopes = T::Vector::<I>::splat(slopes.sum());
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let target = targets.read::<T::Vector<I>>(row, start, count);
                let chance = Chance::<T::Vector<I>>::read(sample, start, count, logarithm);
                let (_, slope) = chance.focus(gamma);
                let gradient = chance.value * slopes - S::times(target, slope);
                write(gradient * Vector::splat(share), sample, start, count);
            }
        }
        loss
    }
}

/// The probability of a class, and its logarithm.
struct Chance<V> {
    ln: V,
    value: V,
}

impl<V> Chance<V> {
    /// Of logits, with the logarithm of the sum of their exponentials.
    #[inline(always)]
    fn read<T: Float>(sample: &[T], start: usize, count: usize, logarithm: T) -> Self
    where
        V: Vector<T>,
    {
        let ln = read::<T, V>(sample, start, count) - V::splat(logarithm);
        Chance { ln, value: ln.exp() }
    }

    /// `(1 - p)^gamma`; and minus the slope of `-(1 - p)^gamma * ln(p)`, times `p`.
    #[inline(always)]
    fn focus<T: Float>(&self, gamma: T) -> (V, V)
    where
        V: Vector<T>,
    {
        // What is nearer to 0 is not known exactly.
        let rest = (V::splat(T::ONE) - self.value).max(V::splat(T::EPSILON));
        let gamma = V::splat(gamma);
        let strength = (gamma * rest.ln()).exp();
        let product = V::select(self.value.greater(V::zero()), self.value * self.ln, V::zero());
        (strength, strength - gamma * product / rest * strength)
    }
}

/// Refuses what is no exponent of a focal loss.
#[track_caller]
pub(super) fn check_gamma(gamma: f64) {
    let is_exponent = gamma >= 0.0 && gamma.is_finite();
    assert!(is_exponent, "the gamma of a focal loss is at least 0, not {gamma}");
}
