//! One step of a recurrent layer between its products: gates and states in one pass over the units.

use core::marker::PhantomData;

use super::lanes::{read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// No layer has more gates for each hidden unit.
pub const MOST_GATES: usize = 4;

/// What a recurrent layer does with each hidden unit: `Lstm`, `Gru`, `Rnn` of [`layer`](crate::layer).
///
/// Arrays have room for the layer that needs most; what stands behind a layer's own number is zero, and is not
/// looked at.
pub trait Gates: Sized + Send + Sync + 'static {
    /// How many rows of weights each hidden unit has.
    const GATES: usize;
    /// How many values a hidden unit carries from one step to the next: its output, then what the layer
    /// remembers besides.
    const STATES: usize;
    /// How many values [`backward`](Gates::backward) needs of each unit and step beyond the gates and the output
    /// of the step before.
    const EXTRA: usize;
    /// Whether the gradients behind the product with the input and behind that with the state differ.
    const IS_SPLIT: bool;

    /// One step. `input` and `recurrent` are the products for each gate with their biases, `state` the values of
    /// [`STATES`](Gates::STATES) before.
    fn forward<T: Float, V: Vector<T>>(
        input: [V; MOST_GATES],
        recurrent: [V; MOST_GATES],
        state: [V; 2],
    ) -> Stepped<V>;

    /// From the gradients with respect to the values of [`STATES`](Gates::STATES) behind a step to those in front
    /// of it. `before` is the output of the step before.
    fn backward<T: Float, V: Vector<T>>(
        gates: [V; MOST_GATES],
        extra: [V; 2],
        before: V,
        d_state: [V; 2],
    ) -> SteppedBack<V>;

    /// A step of all samples, in a function of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn step<T: Float, I: InstructionSet>(instructions: I, step: Step<'_, T, Self>) {
        instructions.outline(step);
    }

    /// A step of one sample that keeps nothing for the way back, in a function of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn advance<T: Float, I: InstructionSet>(instructions: I, advance: Advance<'_, T, Self>) {
        instructions.outline(advance);
    }

    /// The way back through a step of all samples, in a function of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn step_back<T: Float, I: InstructionSet>(instructions: I, step: StepBack<'_, T, Self>) {
        instructions.outline(step);
    }
}

/// What a step gives for each hidden unit.
#[derive(Clone, Copy, Debug)]
pub struct Stepped<V> {
    /// The values of the gates.
    pub gates: [V; MOST_GATES],
    /// What else the way back needs.
    pub extra: [V; 2],
    /// The output, then what is remembered besides.
    pub state: [V; 2],
}

/// Gradients in front of a step for each hidden unit.
#[derive(Clone, Copy, Debug)]
pub struct SteppedBack<V> {
    /// With respect to the product with the input.
    pub d_input: [V; MOST_GATES],
    /// With respect to the product with the state; the same unless [`Gates::IS_SPLIT`].
    pub d_recurrent: [V; MOST_GATES],
    /// With respect to the state, beside what goes through its product.
    pub d_state: [V; 2],
}

/// One row for each sample, so far apart.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a, T> {
    pub(crate) values: &'a [T],
    pub(crate) stride: usize,
}

impl<'a, T> Rows<'a, T> {
    #[inline(always)]
    fn row(&self, sample: usize, len: usize) -> &'a [T] {
        &self.values[sample * self.stride..][..len]
    }
}

/// The same, to be changed.
pub(crate) struct RowsMut<'a, T> {
    pub(crate) values: &'a mut [T],
    pub(crate) stride: usize,
}

impl<T> RowsMut<'_, T> {
    #[inline(always)]
    fn row(&mut self, sample: usize, len: usize) -> &mut [T] {
        &mut self.values[sample * self.stride..][..len]
    }
}

/// What a step keeps for the way back.
pub(crate) struct Kept<'a, T> {
    pub(crate) extra: RowsMut<'a, T>,
    /// The output of the step before.
    pub(crate) before: RowsMut<'a, T>,
}

/// [`Gates::forward`] of all units of all samples, of which there are as many as `output` holds.
pub struct Step<'a, T, K> {
    pub(crate) hidden: usize,
    /// The product with the input, which becomes the values of the gates.
    pub(crate) gates: RowsMut<'a, T>,
    /// The product with the state, without gaps.
    pub(crate) recurrent: &'a [T],
    /// The output of the step before, which becomes that of this step, without gaps.
    pub(crate) output: &'a mut [T],
    /// What is remembered besides, without gaps.
    pub(crate) memory: &'a mut [T],
    pub(crate) kept: Option<Kept<'a, T>>,
    /// Where the output goes besides.
    pub(crate) copy: Option<RowsMut<'a, T>>,
    pub(crate) kind: PhantomData<K>,
}

impl<T: Float, K: Gates> Kernel for Step<'_, T, K> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, _: I) {
        let hidden = self.hidden;
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let zero = T::Vector::<I>::zero();
        for sample in 0..self.output.len() / hidden {
            let gates = self.gates.row(sample, K::GATES * hidden);
            let recurrent = &self.recurrent[sample * K::GATES * hidden..][..K::GATES * hidden];
            let output = &mut self.output[sample * hidden..][..hidden];
            let mut memory = match K::STATES {
                1 => None,
                _ => Some(&mut self.memory[sample * hidden..][..hidden]),
            };
            let mut kept = self.kept.as_mut().map(|kept| {
                (kept.extra.row(sample, K::EXTRA * hidden), kept.before.row(sample, hidden))
            });
            let mut copy = self.copy.as_mut().map(|copy| copy.row(sample, hidden));
            let mut unit = 0;
            while unit < hidden {
                let count = lanes.min(hidden - unit);
                let (mut from_input, mut from_state) = ([zero; MOST_GATES], [zero; MOST_GATES]);
                for gate in 0..K::GATES {
                    from_input[gate] = read(gates, gate * hidden + unit, count);
                    from_state[gate] = read(recurrent, gate * hidden + unit, count);
                }
                let before = read(output, unit, count);
                let remembered = memory.as_deref().map_or(zero, |values| read(values, unit, count));
                let stepped =
                    forward::<T, T::Vector<I>, K>(from_input, from_state, [before, remembered]);
                let state = stepped.state;
                for gate in 0..K::GATES {
                    write(stepped.gates[gate], gates, gate * hidden + unit, count);
                }
                if let Some((extra, previous)) = &mut kept {
                    for index in 0..K::EXTRA {
                        write(stepped.extra[index], extra, index * hidden + unit, count);
                    }
                    write(before, previous, unit, count);
                }
                if let Some(memory) = &mut memory {
                    write(state[1], memory, unit, count);
                }
                write(state[0], output, unit, count);
                if let Some(copy) = &mut copy {
                    write(state[0], copy, unit, count);
                }
                unit += lanes;
            }
        }
    }
}

/// [`Gates::forward`], whose states are never subnormal.
#[inline(always)]
fn forward<T: Float, V: Vector<T>, K: Gates>(
    input: [V; MOST_GATES],
    recurrent: [V; MOST_GATES],
    state: [V; 2],
) -> Stepped<V> {
    let mut stepped = K::forward::<T, V>(input, recurrent, state);
    for value in &mut stepped.state[..K::STATES] {
        *value = value.flush_to_zero();
    }
    stepped
}

/// [`Gates::forward`] of all units of one sample, of which there are as many as `output` holds, where nothing is kept but
/// its state.
pub struct Advance<'a, T, K> {
    /// The product with the input.
    pub(crate) from_input: &'a [T],
    /// The product with the state.
    pub(crate) from_state: &'a [T],
    /// The output of the step before, which becomes that of this step.
    pub(crate) output: &'a mut [T],
    /// What is remembered besides.
    pub(crate) memory: &'a mut [T],
    pub(crate) kind: PhantomData<K>,
}

impl<T: Float, K: Gates> Kernel for Advance<'_, T, K> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, _: I) {
        let hidden = self.output.len();
        let rows = K::GATES * hidden;
        assert!(self.from_input.len() == rows && self.from_state.len() == rows);
        assert!(self.memory.len() == (K::STATES - 1) * hidden);
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        for unit in (0..hidden).step_by(lanes) {
            self.units::<T::Vector<I>>(unit, lanes.min(hidden - unit));
        }
    }
}

impl<T: Float, K: Gates> Advance<'_, T, K> {
    /// So many units from one on, at most as many as a vector has lanes.
    #[inline(always)]
    fn units<V: Vector<T>>(&mut self, unit: usize, count: usize) {
        let hidden = self.output.len();
        let (mut from_input, mut from_state) = ([V::zero(); MOST_GATES], [V::zero(); MOST_GATES]);
        for gate in 0..K::GATES {
            from_input[gate] = read(self.from_input, gate * hidden + unit, count);
            from_state[gate] = read(self.from_state, gate * hidden + unit, count);
        }
        let before = read(self.output, unit, count);
        let remembered = match K::STATES {
            1 => V::zero(),
            _ => read(self.memory, unit, count),
        };
        let state = forward::<T, V, K>(from_input, from_state, [before, remembered]).state;
        write(state[0], self.output, unit, count);
        if K::STATES > 1 {
            write(state[1], self.memory, unit, count);
        }
    }
}

impl<T: Float, K> Step<'_, T, K> {
    /// The same of samples that do not take the step: the state stays as it is. Its output goes on where that is the last,
    /// else zeros.
    #[inline(always)]
    pub(crate) fn pass_over(mut self, is_last: bool) {
        let hidden = self.hidden;
        for (sample, state) in self.output.chunks_exact(hidden).enumerate() {
            if let Some(kept) = &mut self.kept {
                // Its product with the gradient of this step, which is zero, is to be zero too.
                kept.before.row(sample, hidden).copy_from_slice(state);
            }
            if let Some(copy) = &mut self.copy {
                let copy = copy.row(sample, hidden);
                if is_last { copy.copy_from_slice(state) } else { copy.fill(T::ZERO) }
            }
        }
    }
}

/// [`Gates::backward`] of all units of all samples, of which there are as many as `through_product` holds.
pub struct StepBack<'a, T, K> {
    pub(crate) hidden: usize,
    pub(crate) gates: Rows<'a, T>,
    pub(crate) extra: Rows<'a, T>,
    pub(crate) before: Rows<'a, T>,
    /// The gradient with respect to the output of this step, where it is one of the layer's.
    pub(crate) d_output: Option<Rows<'a, T>>,
    /// What of it comes through the product of the step behind.
    pub(crate) through_product: &'a [T],
    /// What of it comes otherwise, then the gradient with respect to what is remembered; become those of the
    /// step before.
    pub(crate) d_state: &'a mut [T],
    pub(crate) d_gates: RowsMut<'a, T>,
    /// Of the product with the state, unless it is the same.
    pub(crate) d_recurrent: Option<RowsMut<'a, T>>,
    /// The same as the one before, or as `d_gates`, without gaps.
    pub(crate) d_product: &'a mut [T],
    pub(crate) kind: PhantomData<K>,
}

impl<T: Float, K: Gates> StepBack<'_, T, K> {
    /// The same of samples that have not taken the step, whose output is the last one or zeros.
    #[inline(always)]
    pub(crate) fn pass_over(mut self, is_last: bool) {
        let (hidden, rows) = (self.hidden, K::GATES * self.hidden);
        self.d_product.fill(T::ZERO);
        let samples = self.through_product.chunks_exact(hidden);
        let d_states = self.d_state.chunks_exact_mut(K::STATES * hidden);
        for (sample, (through_product, d_state)) in samples.zip(d_states).enumerate() {
            self.d_gates.row(sample, rows).fill(T::ZERO);
            if let Some(d_recurrent) = &mut self.d_recurrent {
                d_recurrent.row(sample, rows).fill(T::ZERO);
            }
            let d_output = self.d_output.filter(|_| is_last);
            let d_output = d_output.map(|d_output| d_output.row(sample, hidden));
            for added in [Some(through_product), d_output].into_iter().flatten() {
                for (d_state, &added) in d_state.iter_mut().zip(added) {
                    *d_state += added;
                }
            }
        }
    }
}

impl<T: Float, K: Gates> Kernel for StepBack<'_, T, K> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, _: I) {
        let hidden = self.hidden;
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let zero = T::Vector::<I>::zero();
        let rows = K::GATES * hidden;
        for sample in 0..self.through_product.len() / hidden {
            let gates = self.gates.row(sample, rows);
            let extra = self.extra.row(sample, K::EXTRA * hidden);
            let before = self.before.row(sample, hidden);
            let d_output = self.d_output.map(|d_output| d_output.row(sample, hidden));
            let through_product = &self.through_product[sample * hidden..][..hidden];
            let d_state = &mut self.d_state[sample * K::STATES * hidden..][..K::STATES * hidden];
            let d_gates = self.d_gates.row(sample, rows);
            let mut d_recurrent =
                self.d_recurrent.as_mut().map(|d_recurrent| d_recurrent.row(sample, rows));
            let d_product = &mut self.d_product[sample * rows..][..rows];
            let mut unit = 0;
            while unit < hidden {
                let count = lanes.min(hidden - unit);
                let mut values = [zero; MOST_GATES];
                for (gate, value) in values.iter_mut().enumerate().take(K::GATES) {
                    *value = read(gates, gate * hidden + unit, count);
                }
                let mut others = [zero; 2];
                for (index, other) in others.iter_mut().enumerate().take(K::EXTRA) {
                    *other = read(extra, index * hidden + unit, count);
                }
                let mut d_behind = [zero; 2];
                for (index, d_behind) in d_behind.iter_mut().enumerate().take(K::STATES) {
                    *d_behind = read(d_state, index * hidden + unit, count);
                }
                d_behind[0] = d_behind[0] + read(through_product, unit, count);
                if let Some(d_output) = d_output {
                    d_behind[0] = d_behind[0] + read(d_output, unit, count);
                }
                for d_behind in &mut d_behind[..K::STATES] {
                    *d_behind = d_behind.flush_to_zero();
                }
                let before = read(before, unit, count);
                let stepped = K::backward::<T, T::Vector<I>>(values, others, before, d_behind);
                for gate in 0..K::GATES {
                    let place = gate * hidden + unit;
                    write(stepped.d_input[gate], d_gates, place, count);
                    if let Some(d_recurrent) = &mut d_recurrent {
                        write(stepped.d_recurrent[gate], d_recurrent, place, count);
                    }
                    write(stepped.d_recurrent[gate], d_product, place, count);
                }
                for index in 0..K::STATES {
                    write(stepped.d_state[index], d_state, index * hidden + unit, count);
                }
                unit += lanes;
            }
        }
    }
}
