//! Long short-term memory.

use crate::kernel::recurrence::{Advance, Gates, MOST_GATES, Step, StepBack, Stepped, SteppedBack};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector, compiled_here};

/// Long short-term memory: `lstm(64)` in the language, `torch.nn.LSTM` (Hochreiter and Schmidhuber 1997, with the
/// forget gate of Gers et al. 2000).
///
/// Over steps `t` of a sequence `[length, features]`, with `h` and `c` zero before the first:
///
/// ```text
/// i = sigmoid(W_ii x_t + b_ii + W_hi h + b_hi)
/// f = sigmoid(W_if x_t + b_if + W_hf h + b_hf)
/// g =    tanh(W_ig x_t + b_ig + W_hg h + b_hg)
/// o = sigmoid(W_io x_t + b_io + W_ho h + b_ho)
/// c = f * c + i * g
/// h = o * tanh(c)
/// ```
///
/// The rows of the weights of a [`RecurrentCell`](crate::layer::RecurrentCell) are those of `i`, `f`, `g` and `o`, one
/// gate behind the other. Its state is `h`, then `c`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [28, 10] => memory: lstm(16, last: true) => 3 >; }
///
/// let mut net = Net::new(&mut StdRng::seed_from_u64(1));
/// assert_eq!(net.memory.weight_ih_l0.shape(), (4 * 16, 10));
/// assert_eq!(net.memory.weight_hh_l0.shape(), (4 * 16, 16));
/// // A common start: not to forget.
/// net.memory.bias_ih_l0.rows_mut(16, 16).fill(1.0);
/// let y: SVector<f32, 3> = net.forward(&[0.5; 28 * 10]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lstm;

compiled_here!(
    for<'a, T> Step<'a, T, Lstm>,
    for<'a, T> Advance<'a, T, Lstm>,
    for<'a, T> StepBack<'a, T, Lstm>,
);

impl Gates for Lstm {
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

    const GATES: usize = 4;
    const STATES: usize = 2;
    /// What was remembered before, and the hyperbolic tangent of what is behind.
    const EXTRA: usize = 2;
    const IS_SPLIT: bool = false;

    #[inline(always)]
    fn forward<T: Float, V: Vector<T>>(
        input: [V; MOST_GATES],
        recurrent: [V; MOST_GATES],
        [_, memory]: [V; 2],
    ) -> Stepped<V> {
        let i = (input[0] + recurrent[0]).sigmoid();
        let f = (input[1] + recurrent[1]).sigmoid();
        let g = (input[2] + recurrent[2]).tanh();
        let o = (input[3] + recurrent[3]).sigmoid();
        let c = f.mul_add(memory, i * g);
        let tanh = c.tanh();
        Stepped { gates: [i, f, g, o], extra: [memory, tanh], state: [o * tanh, c] }
    }

    #[inline(always)]
    fn backward<T: Float, V: Vector<T>>(
        [i, f, g, o]: [V; MOST_GATES],
        [memory, tanh]: [V; 2],
        _: V,
        [d_h, d_c]: [V; 2],
    ) -> SteppedBack<V> {
        let one = V::splat(T::ONE);
        let d_c = d_c + d_h * o * (one - tanh * tanh);
        let d_gates = [
            d_c * g * i * (one - i),
            d_c * memory * f * (one - f),
            d_c * i * (one - g * g),
            d_h * tanh * o * (one - o),
        ];
        SteppedBack { d_input: d_gates, d_recurrent: d_gates, d_state: [V::zero(), d_c * f] }
    }
}
