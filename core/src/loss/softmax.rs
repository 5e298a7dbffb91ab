//! The kernels of cross entropy: softmax, logarithm and gradient of one sample after another.

use super::ClassIndex;
use super::mixed::Mixed;
use super::targets::Source;
use super::terms::Classes;
use crate::kernel::lanes::{MOST_LANES, first, indices, only_first, read, write};
use crate::kernel::softmax::{exponentials, largest, scale, sum_below};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// Against classes, all less than `N`, of rows that count alike or not at all.
pub(super) struct OfClasses<'a, T, C, const N: usize> {
    pub values: &'a mut [[T; N]],
    pub classes: Classes<'a, T, C>,
    pub smoothing: T,
    /// How many rows count: at least one.
    pub total: T,
}

impl<T: Float, C: ClassIndex, const N: usize> Kernel for OfClasses<'_, T, C, N> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { values, classes, smoothing, total } = self;
        let share = T::ONE / total;
        let smooth = Smooth {
            share,
            right: T::ONE - smoothing,
            each: smoothing / T::from_usize(N),
            is_sharp: smoothing == T::ZERO,
        };
        let mut logarithms = Logarithms::<T, T::Vector<I>>::new();
        let score = if N <= T::Vector::<I>::LANES {
            in_register(values, &classes, &smooth, &mut logarithms)
        } else {
            in_memory(values, &classes, &smooth, &mut logarithms)
        };
        (logarithms.sum() - score) * share
    }
}

/// What each sample counts, and the target values of the right class and of every class.
struct Smooth<T> {
    share: T,
    right: T,
    each: T,
    is_sharp: bool,
}

/// Samples of one vector each; gives the sum of `target * (logit - largest)`.
#[inline(always)]
fn in_register<T: Float, V: Vector<T>, C: ClassIndex, const N: usize>(
    values: &mut [[T; N]],
    classes: &Classes<'_, T, C>,
    smooth: &Smooth<T>,
    logarithms: &mut Logarithms<T, V>,
) -> T {
    let (indices, one) = (V::load(&indices()), V::splat(T::ONE));
    let (right, each) = (V::splat(smooth.right), V::splat(smooth.each));
    let share = V::splat(smooth.share);
    let mut score = V::zero();
    for (row, sample) in values.iter_mut().enumerate() {
        let Some(class) = classes.class(row) else {
            sample.fill(T::ZERO);
            continue;
        };
        let Softmax { below, exponentials, total } = softmax(sample);
        logarithms.add(total);
        // Whole numbers are equal if they are less than one apart.
        let is_right = one.greater((indices - V::splat(T::from_usize(class))).abs());
        score = score + V::select(is_right, right * below, V::zero());
        if !smooth.is_sharp {
            score = score + only_first(N, each * below);
        }
        let target = V::select(is_right, right, V::zero()) + each;
        let factor = V::splat(smooth.share / total);
        write_whole(exponentials * factor - target * share, sample);
    }
    score.sum()
}

/// What the softmax of a sample of one vector is made of.
struct Softmax<T, V> {
    /// The logits, less the largest of them.
    below: V,
    exponentials: V,
    total: T,
}

#[inline(always)]
fn softmax<T: Float, V: Vector<T>, const N: usize>(sample: &[T; N]) -> Softmax<T, V> {
    let logits: V = read(sample, 0, N);
    let lowest = V::splat(-T::INFINITY);
    let largest = V::select(first::<T, V>(N), logits, lowest).max_lane();
    let below = logits - V::splat(largest);
    let exponentials = only_first(N, below.exp());
    Softmax { below, exponentials, total: exponentials.sum() }
}

/// Writes a sample of one vector by way of the stack: the next sample is read while this one is written, and
/// reading beside what has just been stored under a mask would wait for the store.
#[inline(always)]
fn write_whole<T: Float, V: Vector<T>, const N: usize>(vector: V, sample: &mut [T; N]) {
    let mut lanes = [T::ZERO; MOST_LANES];
    vector.store(&mut lanes);
    sample.copy_from_slice(&lanes[..N]);
}

/// A sample in as many vectors as it takes; gives what [`in_register`] does.
#[inline(always)]
fn in_memory<T: Float, V: Vector<T>, C: ClassIndex, const N: usize>(
    values: &mut [[T; N]],
    classes: &Classes<'_, T, C>,
    smooth: &Smooth<T>,
    logarithms: &mut Logarithms<T, V>,
) -> T {
    let mut score = T::ZERO;
    for (row, sample) in values.iter_mut().enumerate() {
        let Some(class) = classes.class(row) else {
            sample.fill(T::ZERO);
            continue;
        };
        let largest = largest::<T, V>(sample);
        score += smooth.right * (sample[class] - largest);
        if !smooth.is_sharp {
            score += smooth.each * sum_below::<T, V>(sample, largest);
        }
        let total = exponentials::<T, V>(sample, largest);
        logarithms.add(total);
        scale::<T, V>(sample, smooth.share / total, -smooth.each * smooth.share);
        sample[class] -= smooth.right * smooth.share;
    }
    score
}

/// Against `N` probabilities for each row, which may count differently.
pub(super) struct OfProbabilities<'a, T, S, const N: usize> {
    pub values: &'a mut [[T; N]],
    pub targets: Mixed<'a, T, S, N>,
    /// The sum of what rows count.
    pub total: T,
}

impl<T: Float, S: Source<T>, const N: usize> Kernel for OfProbabilities<'_, T, S, N> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { values, targets, total } = self;
        let lanes = T::Vector::<I>::LANES;
        let share = T::ONE / total;
        let mut loss = T::ZERO;
        for (row, sample) in values.iter_mut().enumerate() {
            let counts = targets.weight(row);
            if counts == T::ZERO {
                sample.fill(T::ZERO);
                continue;
            }
            let share = share * counts;
            if N <= lanes {
                let Softmax { below, exponentials, total } = softmax::<T, T::Vector<I>, N>(sample);
                let target = targets.read::<T::Vector<I>>(row, 0, N);
                let weight = target.sum();
                loss += counts * (weight * total.ln() - S::times(target, below).sum());
                let factor = Vector::splat(share * weight / total);
                write_whole(exponentials * factor - target * Vector::splat(share), sample);
                continue;
            }
            let largest = largest::<T, T::Vector<I>>(sample);
            let (mut weight, mut score) = (T::Vector::<I>::zero(), T::Vector::<I>::zero());
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let target = targets.read::<T::Vector<I>>(row, start, count);
                let below = read::<T, T::Vector<I>>(sample, start, count) - Vector::splat(largest);
                score = score + S::times(target, below);
                weight = weight + target;
            }
            let weight = weight.sum();
            let total = exponentials::<T, T::Vector<I>>(sample, largest);
            loss += counts * (weight * total.ln() - score.sum());
            let factor = T::Vector::<I>::splat(share * weight / total);
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let target = targets.read::<T::Vector<I>>(row, start, count) * Vector::splat(share);
                let exponential = read::<T, T::Vector<I>>(sample, start, count);
                write(exponential * factor - target, sample, start, count);
            }
        }
        loss * share
    }
}

/// A sum of logarithms, which are taken a vector full at once.
struct Logarithms<T, V> {
    pending: [T; MOST_LANES],
    count: usize,
    sum: V,
}

impl<T: Float, V: Vector<T>> Logarithms<T, V> {
    #[inline(always)]
    fn new() -> Self {
        Logarithms { pending: [T::ONE; MOST_LANES], count: 0, sum: V::zero() }
    }

    #[inline(always)]
    fn add(&mut self, value: T) {
        self.pending[self.count] = value;
        self.count += 1;
        if self.count == V::LANES {
            self.sum = self.sum + V::load(&self.pending).ln();
            // Places that are not filled again hold 1, whose logarithm is 0.
            *self = Logarithms { sum: self.sum, ..Self::new() };
        }
    }

    #[inline(always)]
    fn sum(self) -> T {
        (self.sum + V::load(&self.pending).ln()).sum()
    }
}
