//! What is gathered from the steps of a sequence that a mask does not hide.

use super::{MaxOverTime, MeanOverTime, TakeLast};
use crate::layer::{Layer, Mode, Needs, Pass, ReadingBackward, ReadingLayer};
use crate::scalar::Float;
use crate::shape::Numbers;
use crate::simd::InstructionSet;

/// The steps that a mask has no zero for, and where they are.
#[inline(always)]
fn seen<'a, T: Float>(
    sample: &'a [T],
    mask: &'a [T],
    features: usize,
) -> impl Iterator<Item = (usize, &'a [T])> {
    let steps = sample.chunks_exact(features).zip(mask).enumerate();
    steps.filter(|(_, (_, mask))| **mask != T::ZERO).map(|(place, (step, _))| (place, step))
}

/// The mean of the steps that the mask, `[L]`, has no zero for; zeros, where it hides all.
impl<T: Float, S: Numbers<T>, O: Numbers<T>> ReadingLayer<T, 1> for MeanOverTime<S, O> {
    type Input = S;
    type Output = O;

    const OTHERS: [usize; 1] = [S::DIMS[0]];
    const NEEDS: Needs = <Self as Layer<T>>::NEEDS;

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [mask]: [&[T]; 1],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        output.fill(T::ZERO);
        let samples = input.chunks_exact(S::LEN).zip(mask.chunks_exact(S::DIMS[0]));
        for ((sample, mask), mean) in samples.zip(output.chunks_exact_mut(O::LEN)) {
            let share = share(mask);
            for (_, step) in seen(sample, mask, O::LEN) {
                for (sum, &value) in mean.iter_mut().zip(step) {
                    *sum += share * value;
                }
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let Some(d_input) = step.d_input else { return };
        let masks = step.others[0].chunks_exact(S::DIMS[0]);
        let gradients = step.d_output.chunks_exact(O::LEN).zip(d_input.chunks_exact_mut(S::LEN));
        for (mask, (d_mean, d_sample)) in masks.zip(gradients) {
            let share = share(mask);
            for (d_step, &mask) in d_sample.chunks_exact_mut(O::LEN).zip(mask) {
                let share = if mask == T::ZERO { T::ZERO } else { share };
                for (d_value, &d_mean) in d_step.iter_mut().zip(d_mean) {
                    *d_value = share * d_mean;
                }
            }
        }
    }
}

/// What each step that is seen weighs in the mean.
#[inline(always)]
fn share<T: Float>(mask: &[T]) -> T {
    let count = mask.iter().filter(|value| **value != T::ZERO).count();
    T::ONE / T::from_usize(count.max(1))
}

/// The largest value of each feature over the steps that the mask, `[L]`, has no zero for; zeros, where it hides all.
impl<T: Float, S: Numbers<T>, O: Numbers<T>> ReadingLayer<T, 1> for MaxOverTime<S, O> {
    type Input = S;
    type Output = O;

    const OTHERS: [usize; 1] = [S::DIMS[0]];
    const NEEDS: Needs = <Self as Layer<T>>::NEEDS;

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [mask]: [&[T]; 1],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        output.fill(T::ZERO);
        let samples = input.chunks_exact(S::LEN).zip(mask.chunks_exact(S::DIMS[0]));
        for ((sample, mask), largest) in samples.zip(output.chunks_exact_mut(O::LEN)) {
            for (count, (_, step)) in seen(sample, mask, O::LEN).enumerate() {
                for (largest, &value) in largest.iter_mut().zip(step) {
                    // A NaN is the largest of all.
                    if count == 0 || value > *largest || value.is_nan() {
                        *largest = value;
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let Some(d_input) = step.d_input else { return };
        d_input.fill(T::ZERO);
        let samples = step.input.chunks_exact(S::LEN).zip(step.others[0].chunks_exact(S::DIMS[0]));
        let results = step.output.chunks_exact(O::LEN).zip(step.d_output.chunks_exact(O::LEN));
        let gradients = d_input.chunks_exact_mut(S::LEN);
        for (((sample, mask), (largest, d_largest)), d_sample) in
            samples.zip(results).zip(gradients)
        {
            for (feature, (&largest, &d_largest)) in largest.iter().zip(d_largest).enumerate() {
                // The first of equal values.
                let is_largest = |step: &[T]| step[feature] == largest || step[feature].is_nan();
                let first = seen(sample, mask, O::LEN).find(|(_, step)| is_largest(step));
                if let Some((place, _)) = first {
                    d_sample[place * O::LEN + feature] = d_largest;
                }
            }
        }
    }
}

/// The last step that the mask, `[L]`, has no zero for; zeros, where it hides all.
impl<T: Float, S: Numbers<T>, O: Numbers<T>> ReadingLayer<T, 1> for TakeLast<S, O> {
    type Input = S;
    type Output = O;

    const OTHERS: [usize; 1] = [S::DIMS[0]];
    const NEEDS: Needs = <Self as Layer<T>>::NEEDS;

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [mask]: [&[T]; 1],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        output.fill(T::ZERO);
        let samples = input.chunks_exact(S::LEN).zip(mask.chunks_exact(S::DIMS[0]));
        for ((sample, mask), last) in samples.zip(output.chunks_exact_mut(O::LEN)) {
            if let Some((_, step)) = seen(sample, mask, O::LEN).last() {
                last.copy_from_slice(step);
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let Some(d_input) = step.d_input else { return };
        d_input.fill(T::ZERO);
        let samples = step.input.chunks_exact(S::LEN).zip(step.others[0].chunks_exact(S::DIMS[0]));
        let gradients = step.d_output.chunks_exact(O::LEN).zip(d_input.chunks_exact_mut(S::LEN));
        for ((sample, mask), (d_last, d_sample)) in samples.zip(gradients) {
            if let Some((place, _)) = seen(sample, mask, O::LEN).last() {
                d_sample[place * O::LEN..][..O::LEN].copy_from_slice(d_last);
            }
        }
    }
}
