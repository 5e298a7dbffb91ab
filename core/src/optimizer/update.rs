//! The loop of every optimizer: one pass over parameters, gradient and moments.

use alloc::vec::Vec;
use core::ops::Range;

use super::state::clone_fields;
use crate::kernel::sweep::{Sweep, nothing, sweep};
use crate::parameters::{Kind, Tensors};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};
#[cfg(feature = "threads")]
use crate::threads;
use crate::trainable::Trainable;

/// How one step changes a parameter and what the optimizer keeps for it, `VALUES` numbers together.
pub(super) trait Rule<T: Float, const VALUES: usize>: Sync {
    /// The new values, of which the first is the parameter. `decay` is the weight decay of this parameter, or zero.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(&self, values: [V; VALUES], gradient: V, decay: V) -> [V; VALUES];
}

/// Which values of a network are trained, and how strongly they decay.
#[derive(Debug)]
pub(super) struct Trained {
    /// In memory order; neighbours of the same kind are one range.
    by_kind: Vec<(Range<usize>, Kind)>,
    /// The same, without regard to the kind.
    all: Vec<Range<usize>>,
    pub weight_decay: f64,
    pub decays_all: bool,
}

clone_fields!(Trained { by_kind, all, weight_decay, decays_all });

impl Trained {
    pub fn of<N: Trainable>(weight_decay: f64) -> Self {
        let mut by_kind: Vec<(Range<usize>, Kind)> = Vec::new();
        let mut all: Vec<Range<usize>> = Vec::new();
        for tensor in Tensors::of::<N::Scalar, N>() {
            if tensor.kind == Kind::RunningStatistic || tensor.range.is_empty() {
                continue;
            }
            match by_kind.last_mut() {
                Some((range, kind)) if range.end == tensor.range.start && *kind == tensor.kind => {
                    range.end = tensor.range.end;
                }
                _ => by_kind.push((tensor.range.clone(), tensor.kind)),
            }
            match all.last_mut() {
                Some(range) if range.end == tensor.range.start => range.end = tensor.range.end,
                _ => all.push(tensor.range),
            }
        }
        Trained { by_kind, all, weight_decay, decays_all: false }
    }

    /// Applies a rule to all trained parameters: `values` is the network and what the optimizer keeps for it.
    pub fn update<N: Trainable, R: Rule<N::Scalar, VALUES>, const VALUES: usize>(
        &self,
        rule: &R,
        gradient: &N,
        mut values: [&mut N; VALUES],
    ) {
        let mut update = |range: &Range<usize>, decay| {
            let update = Update {
                rule,
                gradient: &gradient.values()[range.clone()],
                values: values.each_mut().map(|value| &mut value.values_mut()[range.clone()]),
                decay: N::Scalar::from_f64(decay),
            };
            #[cfg(feature = "threads")]
            update.in_parts(threads::parts_of_a_sweep(range.len()));
            #[cfg(not(feature = "threads"))]
            dispatch(update);
        };
        if self.weight_decay == 0.0 || self.decays_all {
            for range in &self.all {
                update(range, self.weight_decay);
            }
        } else {
            for (range, kind) in &self.by_kind {
                update(range, if *kind == Kind::Trained { self.weight_decay } else { 0.0 });
            }
        }
    }
}

/// One step of a range of parameters.
pub(super) struct Update<'a, T, R, const VALUES: usize> {
    pub rule: &'a R,
    pub gradient: &'a [T],
    pub values: [&'a mut [T]; VALUES],
    pub decay: T,
}

#[cfg(feature = "threads")]
impl<T: Float, R: Rule<T, VALUES>, const VALUES: usize> Update<'_, T, R, VALUES> {
    /// Each parameter is stepped by itself, so that the number of parts changes nothing.
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

/// The methods that all optimizers have; each has the fields `learning_rate` and `trained`.
macro_rules! common_settings {
    ($name:ident) => {
        impl<N: Trainable> $name<N> {
            /// Sets the learning rate.
            ///
            /// # Panics
            /// If it is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn learning_rate(mut self, learning_rate: f64) -> Self {
                crate::optimizer::settings::check_not_negative("a learning rate", learning_rate);
                self.learning_rate = learning_rate;
                self
            }

            /// Sets the weight decay, which draws weights towards zero.
            ///
            /// # Panics
            /// If it is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn weight_decay(mut self, weight_decay: f64) -> Self {
                crate::optimizer::settings::check_not_negative("a weight decay", weight_decay);
                self.trained.weight_decay = weight_decay;
                self
            }

            /// Whether weight decay draws on every trained parameter, as PyTorch's does on a single group of
            /// parameters. Without it, decay spares biases and the gains of normalisations, that is
            /// [`Kind::TrainedWithoutDecay`](crate::Kind::TrainedWithoutDecay).
            #[must_use]
            pub fn decay_all(mut self, decays_all: bool) -> Self {
                self.trained.decays_all = decays_all;
                self
            }
        }
    };
}
pub(super) use common_settings;

/// The methods of [`Optimizer`](super::Optimizer) that are the same for all.
macro_rules! learning_rate_methods {
    () => {
        fn current_learning_rate(&self) -> f64 {
            self.learning_rate
        }

        #[track_caller]
        fn set_learning_rate(&mut self, learning_rate: f64) {
            crate::optimizer::settings::check_not_negative("a learning rate", learning_rate);
            self.learning_rate = learning_rate;
        }
    };
}
pub(super) use learning_rate_methods;
