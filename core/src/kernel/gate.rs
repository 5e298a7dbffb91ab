//! Values that are joined with more than one other each: a gate for each channel, what is added at each step.

use super::elementwise::{Function, update};
use super::sweep::{Sweep, nothing, sweep, total};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// How the values of a sample, `count` of them, lie in a larger one: each stands for `each` values in a row, and all of them
/// for so many `runs` of these one behind the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gates {
    pub(crate) count: usize,
    pub(crate) runs: usize,
    pub(crate) each: usize,
}

/// What is done to two values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Combine {
    Add,
    Multiply,
}

impl Gates {
    /// Joins each value of `own` with those in `whole` that it stands for.
    #[inline(always)]
    pub(crate) fn combine<T: Float, I: InstructionSet>(
        self,
        instructions: I,
        how: Combine,
        own: &[T],
        whole: &mut [T],
    ) {
        Spread { gates: self, how, own, whole }.call(instructions);
    }

    /// Writes to each value of `own` the sum of those in `whole` that it stands for.
    #[inline(always)]
    pub(crate) fn reduce<T: Float, I: InstructionSet>(
        self,
        instructions: I,
        whole: &[T],
        own: &mut [T],
    ) {
        Reduce { gates: self, whole, own }.call(instructions);
    }

    /// How many values one run has.
    fn run(&self) -> usize {
        self.count * self.each
    }
}

/// `target *= source` for each value.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub(crate) fn multiply<T: Float, I: InstructionSet>(
    instructions: I,
    source: &[T],
    target: &mut [T],
) {
    let gates = Gates { count: source.len().max(1), runs: 1, each: 1 };
    gates.combine(instructions, Combine::Multiply, source, target);
}

#[derive(Clone, Copy)]
struct Added;

impl<T: Float> Function<T, 1> for Added {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
        target + source
    }
}

#[derive(Clone, Copy)]
struct Multiplied;

impl<T: Float> Function<T, 1> for Multiplied {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
        target * source
    }
}

/// The same with one value for all.
struct By<T, F>(T, F);

impl<T: Float, F: Function<T, 1>> Function<T, 0> for By<T, F> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, target: V, []: [V; 0]) -> V {
        self.1.apply(target, [V::splat(self.0)])
    }
}

struct Spread<'a, T> {
    gates: Gates,
    how: Combine,
    own: &'a [T],
    whole: &'a mut [T],
}

struct Reduce<'a, T> {
    gates: Gates,
    whole: &'a [T],
    own: &'a mut [T],
}

compiled_here!(Spread<'a, T>, Reduce<'a, T>);

impl<T: Float> Spread<'_, T> {
    #[inline(always)]
    fn with<I: InstructionSet, F: Function<T, 1> + Copy>(self, instructions: I, function: F) {
        let Spread { gates, own, whole, .. } = self;
        let samples = whole.chunks_exact_mut(gates.runs * gates.run());
        for (own, sample) in own.chunks_exact(gates.count).zip(samples) {
            for run in sample.chunks_exact_mut(gates.run()) {
                if gates.each == 1 {
                    update(instructions, &function, [own], run);
                    continue;
                }
                for (&value, part) in own.iter().zip(run.chunks_exact_mut(gates.each)) {
                    update(instructions, &By(value, function), [], part);
                }
            }
        }
    }
}

impl<T: Float> Kernel for Spread<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        match self.how {
            Combine::Add => self.with(instructions, Added),
            Combine::Multiply => self.with(instructions, Multiplied),
        }
    }
}

impl<T: Float> Kernel for Reduce<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Reduce { gates, whole, own } = self;
        own.fill(T::ZERO);
        let samples = whole.chunks_exact(gates.runs * gates.run());
        for (own, sample) in own.chunks_exact_mut(gates.count).zip(samples) {
            for run in sample.chunks_exact(gates.run()) {
                if gates.each == 1 {
                    update(instructions, &Added, [run], own);
                    continue;
                }
                for (sum, part) in own.iter_mut().zip(run.chunks_exact(gates.each)) {
                    *sum += sum_of::<T, I>(part);
                }
            }
        }
    }
}

/// The sum of values.
#[inline(always)]
fn sum_of<T: Float, I: InstructionSet>(values: &[T]) -> T {
    struct Sum;
    impl<T: Float> Sweep<T, 1, 0, 1> for Sum {
        #[inline(always)]
        fn apply<V: Vector<T>>(
            &self,
            [value]: [V; 1],
            []: [V; 0],
            [sum]: [V; 1],
        ) -> ([V; 0], [V; 1]) {
            ([], [sum + value])
        }
    }
    let mut partial = nothing();
    sweep::<T, T::Vector<I>, _, 1, 0, 1>(&Sum, values.len(), [values], [], &mut partial);
    let [sum] = total(partial);
    sum
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::Baseline;

    fn numbers(count: usize) -> Vec<f64> {
        (1..=count).map(|number| number as f64).collect()
    }

    #[test]
    fn a_value_stands_for_several() {
        for (count, runs, each) in
            [(3, 1, 1), (3, 1, 9), (2, 4, 1), (2, 3, 5), (1, 1, 17), (1, 6, 1)]
        {
            let gates = Gates { count, runs, each };
            let (own, whole) = (numbers(2 * count), numbers(2 * count * runs * each));
            let gate = |index: usize| {
                let sample = index / (count * runs * each);
                own[sample * count + index / each % count]
            };
            let mut added = whole.clone();
            gates.combine(Baseline, Combine::Add, &own, &mut added);
            let mut multiplied = whole.clone();
            gates.combine(Baseline, Combine::Multiply, &own, &mut multiplied);
            let mut sums = alloc::vec![f64::NAN; 2 * count];
            gates.reduce(Baseline, &whole, &mut sums);
            let mut expected = alloc::vec![0.0; 2 * count];
            for (index, value) in whole.iter().enumerate() {
                assert_eq!(added[index], value + gate(index));
                assert_eq!(multiplied[index], value * gate(index));
                expected[index / (count * runs * each) * count + index / each % count] += value;
            }
            assert_eq!(sums, expected);
        }
    }
}
