//! Gated recurrent units.

use crate::kernel::recurrence::{Advance, Gates, MOST_GATES, Step, StepBack, Stepped, SteppedBack};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector, compiled_here};

/// Gated recurrent units: `gru(64)` in the language, `torch.nn.GRU` (Cho et al. 2014,
/// <https://arxiv.org/abs/1406.1078>, with the reset gate behind the product).
///
/// Over steps `t` of a sequence `[length, features]`, with `h` zero before the first:
///
/// ```text
/// r = sigmoid(W_ir x_t + b_ir + W_hr h + b_hr)
/// z = sigmoid(W_iz x_t + b_iz + W_hz h + b_hz)
/// n =    tanh(W_in x_t + b_in + r * (W_hn h + b_hn))
/// h = (1 - z) * n + z * h
/// ```
///
/// The rows of the weights of a [`RecurrentCell`](crate::layer::RecurrentCell) are those of `r`, `z` and `n`, one
/// gate behind the other. Its state is `h`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [28, 10] => memory: gru(16) => take_last => 3 >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// assert_eq!(net.memory.weight_ih_l0.shape(), (3 * 16, 10));
/// assert_eq!(net.forward(&[0.5; 28 * 10]).len(), 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gru;

compiled_here!(
    for<'a, T> Step<'a, T, Gru>,
    for<'a, T> Advance<'a, T, Gru>,
    for<'a, T> StepBack<'a, T, Gru>,
);

impl Gates for Gru {
    #[inline(always)]
    fn step<T: Float, I: InstructionSet>(instructions: I, step: Step<'_, T, Self>) {
        step.call(instructions);
    }

    #[inline(always)]
    fn advance<T: Float, I: InstructionSet>(instructions: I, advance: Advance<'_, T, Self>) {
        advance.call(instructions);
    }

    #[inline(always)]
    fn step_back<T: Float, I: InstructionSet>(instructions: I, step: StepBack<'_, T, Self>) {
        step.call(instructions);
    }

    const GATES: usize = 3;
    const STATES: usize = 1;
    /// The product with the state of the last gate.
    const EXTRA: usize = 1;
    const IS_SPLIT: bool = true;

    #[inline(always)]
    fn forward<T: Float, V: Vector<T>>(
        input: [V; MOST_GATES],
        recurrent: [V; MOST_GATES],
        [before, _]: [V; 2],
    ) -> Stepped<V> {
        let zero = V::zero();
        let r = (input[0] + recurrent[0]).sigmoid();
        let z = (input[1] + recurrent[1]).sigmoid();
        let n = r.mul_add(recurrent[2], input[2]).tanh();
        let h = z.mul_add(before - n, n);
        Stepped { gates: [r, z, n, zero], extra: [recurrent[2], zero], state: [h, zero] }
    }

    #[inline(always)]
    fn backward<T: Float, V: Vector<T>>(
        [r, z, n, _]: [V; MOST_GATES],
        [product, _]: [V; 2],
        before: V,
        [d_h, _]: [V; 2],
    ) -> SteppedBack<V> {
        let (zero, one) = (V::zero(), V::splat(T::ONE));
        let d_n = d_h * (one - z) * (one - n * n);
        let d_z = d_h * (before - n) * z * (one - z);
        let d_r = d_n * product * r * (one - r);
        SteppedBack {
            d_input: [d_r, d_z, d_n, zero],
            d_recurrent: [d_r, d_z, d_n * r, zero],
            d_state: [d_h * z, zero],
        }
    }
}
