//! The plain recurrent layer.

use core::marker::PhantomData;

use crate::activation::{Elementwise, Tanh};
use crate::kernel::recurrence::{Gates, MOST_GATES, Stepped, SteppedBack};
use crate::scalar::Float;
use crate::simd::Vector;

/// The plain recurrent layer, with the activation `A`: `rnn(64)` and `rnn(64, nonlinearity: relu)` in the language,
/// `torch.nn.RNN` (Elman 1990).
///
/// Over steps `t` of a sequence `[length, features]`, with `h` zero before the first:
///
/// ```text
/// h = A(W_ih x_t + b_ih + W_hh h + b_hh)
/// ```
///
/// The state of its [`RecurrentCell`](crate::layer::RecurrentCell) is `h`.
///
/// ```
/// use static_net::prelude::*;
///
/// // The sum of what came so far.
/// network! { struct Net< [4, 1] => total: rnn(1, nonlinearity: relu) >; }
///
/// let mut net = Net::zeros();
/// net.total.weight_ih_l0.fill(1.0);
/// net.total.weight_hh_l0.fill(1.0);
/// assert_eq!(net.forward(&[1.0, 2.0, 3.0, 4.0]).as_slice(), [1.0, 3.0, 6.0, 10.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rnn<A = Tanh>(PhantomData<fn() -> A>);

impl<A: Elementwise> Gates for Rnn<A> {
    const GATES: usize = 1;
    const STATES: usize = 1;
    const EXTRA: usize = {
        assert!(!A::NEEDS_INPUT, "the derivative of a recurrent layer follows from its output");
        0
    };
    const IS_SPLIT: bool = false;

    #[inline(always)]
    fn forward<T: Float, V: Vector<T>>(
        input: [V; MOST_GATES],
        recurrent: [V; MOST_GATES],
        _: [V; 2],
    ) -> Stepped<V> {
        let zero = V::zero();
        let h = A::value(input[0] + recurrent[0]);
        Stepped { gates: [h, zero, zero, zero], extra: [zero; 2], state: [h, zero] }
    }

    #[inline(always)]
    fn backward<T: Float, V: Vector<T>>(
        [h, ..]: [V; MOST_GATES],
        _: [V; 2],
        _: V,
        [d_h, _]: [V; 2],
    ) -> SteppedBack<V> {
        let zero = V::zero();
        let d_gates = [A::chain(h, h, d_h), zero, zero, zero];
        SteppedBack { d_input: d_gates, d_recurrent: d_gates, d_state: [zero; 2] }
    }
}
