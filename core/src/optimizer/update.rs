//! The loop of every optimizer: one pass over parameters, gradient and moments.

use crate::kernel::sweep::{Sweep, nothing, sweep};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};
#[cfg(feature = "threads")]
use crate::threads;

/// How one step changes a parameter and what the optimizer keeps for it, `VALUES` numbers together.
pub(super) trait Rule<T: Float, const VALUES: usize>: Sync {
    /// The new values, of which the first is the parameter. `decay` is the weight decay of this parameter, or zero.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(&self, values: [V; VALUES], gradient: V, decay: V) -> [V; VALUES];
}

/// One step of a range of parameters.
pub(super) struct Update<'a, T, R, const VALUES: usize> {
    pub rule: &'a R,
    pub gradient: &'a [T],
    pub values: [&'a mut [T]; VALUES],
    pub decay: T,
}

impl<T: Float, R: Rule<T, VALUES>, const VALUES: usize> Update<'_, T, R, VALUES> {
    /// Steps them, over several threads where there are many.
    pub fn apply(self) {
        #[cfg(feature = "threads")]
        {
            let parts = threads::parts_of_a_sweep(self.gradient.len());
            self.in_parts(parts);
        }
        #[cfg(not(feature = "threads"))]
        dispatch(self);
    }

    /// Each parameter is stepped by itself, so that the number of parts changes nothing.
    #[cfg(feature = "threads")]
    fn in_parts(self, parts: usize) {
        if parts == 1 {
            return dispatch(self);
        }
        let Self { rule, gradient, values, decay } = self;
        let halves = threads::Halves::of(parts, gradient.len());
        let [gradient, gradient_behind] = halves.samples(gradient);
        let mut values = values.map(|values| halves.samples(values));
        let values_behind = values.each_mut().map(|[_, behind]| core::mem::take(behind));
        let values = values.map(|[front, _]| front);
        let front = Update { rule, gradient, values, decay };
        let behind = Update { rule, gradient: gradient_behind, values: values_behind, decay };
        threads::join(|| front.in_parts(halves.parts[0]), || behind.in_parts(halves.parts[1]));
    }
}

impl<T: Float, R: Rule<T, VALUES>, const VALUES: usize> Kernel for Update<'_, T, R, VALUES> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { rule, gradient, values, decay } = self;
        let pass = Decayed { rule, decay };
        let len = gradient.len();
        sweep::<T, T::Vector<I>, _, 1, VALUES, 0>(&pass, len, [gradient], values, &mut nothing());
    }
}

/// A rule with the weight decay of a range.
struct Decayed<'a, T, R> {
    rule: &'a R,
    decay: T,
}

impl<T: Float, R: Rule<T, VALUES>, const VALUES: usize> Sweep<T, 1, VALUES, 0>
    for Decayed<'_, T, R>
{
    const IS_CHAINED: bool = false;

    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [gradient]: [V; 1],
        values: [V; VALUES],
        []: [V; 0],
    ) -> ([V; VALUES], [V; 0]) {
        let mut values = self.rule.apply(values, gradient, V::splat(self.decay));
        for kept in &mut values[1..] {
            *kept = kept.flush_to_zero();
        }
        (values, [])
    }
}

/// `dividend / divisor` for a divisor that is not negative.
///
/// A divisor of zero, as an epsilon of zero may leave it, counts as the root of the smallest mean square that is kept, or
/// as 1e-30. One beyond 1e30 is the root of an overflow and counts as infinite.
#[inline(always)]
pub(super) fn ratio<T: Float, V: Vector<T>>(dividend: V, divisor: V) -> V {
    let zero_counts_as = T::from_f64(1e-30).max(T::SMALLEST_KEPT * T::from_f64(1e18));
    let (smallest, largest) = (V::splat(zero_counts_as), V::splat(T::from_f64(1e30)));
    let reciprocal = V::splat(T::ONE).divide_quickly(smallest.max(divisor));
    dividend * V::select(divisor.greater(largest), V::zero(), reciprocal)
}
