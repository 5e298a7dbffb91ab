//! Losses that are a mean over single values.

use super::LossError;
use super::targets::{Contiguous, Scattered, Source, Targets};
use crate::kernel::lanes::{only_first, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// The loss of single values.
pub(super) trait Pointwise<T: Float> {
    /// The loss, and its derivative with respect to the output.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(&self, output: V, target: V) -> (V, V);
}

/// The mean over all values; their gradients take the place of `values`.
pub(super) fn evaluate<T, F, Y, const N: usize>(
    function: &F,
    values: &mut [[T; N]],
    targets: &Y,
) -> Result<T, LossError>
where
    T: Float,
    F: Pointwise<T>,
    Y: Targets<T, N> + ?Sized,
{
    LossError::check_samples(values.len(), targets.sample_count())?;
    let values = values.as_flattened_mut();
    Ok(match targets.as_values() {
        Some(targets) => dispatch(Mean { function, values, targets: Contiguous(targets) }),
        None => dispatch(Mean { function, values, targets: Scattered::<_, N>(targets) }),
    })
}

/// The mean of a function over all values, which it replaces by their gradients.
pub(super) struct Mean<'a, T, F, S> {
    pub function: &'a F,
    pub values: &'a mut [T],
    pub targets: S,
}

impl<T: Float, F: Pointwise<T>, S: Source<T>> Kernel for Mean<'_, T, F, S> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { function, values, targets } = self;
        if values.is_empty() {
            return T::ZERO;
        }
        let share = T::ONE / T::from_usize(values.len());
        let lanes = T::Vector::<I>::LANES;
        let mut sum = T::Vector::<I>::zero();
        for start in (0..values.len()).step_by(lanes) {
            let count = lanes.min(values.len() - start);
            let output: T::Vector<I> = read(values, start, count);
            let (loss, slope) = function.apply(output, targets.read(start, count));
            // The loss of lanes without a value need not be zero.
            sum = sum + only_first(count, loss);
            write(slope * Vector::splat(share), values, start, count);
        }
        sum.sum() * share
    }
}
