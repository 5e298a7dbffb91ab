//! Dropout.

use core::marker::PhantomData;

use crate::kernel::dropout::{Drop, Multiply};
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{
    BufferLayout, BufferSize, Mode, Needs, Pass, Sequence, StepCount, StepState, Streaming,
    TimeAxis, step_by_run,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;

/// In training sets each value to zero with probability `p` and multiplies the others with `1 / (1 - p)`, so that
/// their mean stays; in evaluation does nothing (Srivastava et al. 2014,
/// <https://jmlr.org/papers/v15/srivastava14a.html>; `torch.nn.Dropout`).
///
/// `S` is the shape of input and output. `P` is the bits of the probability, `f64::to_bits(0.5)`, which is at least
/// 0 and less than 1. A value costs one byte of random numbers: it is compared with the first eight bits of
/// `p`, and where that leaves it open, one time in 256, 64 bits more decide. So the probability is `p`
/// to the last bit of an `f64` or nearly, and the same seed gives the same zeros on every machine.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 100 => dropout(0.5) >; }
///
/// let mut rng = StdRng::seed_from_u64(1);
/// let mut net = Net::new(&mut rng);
/// let x = [1.0; 100];
/// let y = net.train(&x, &mut rng).output;
/// assert!(y.iter().all(|&y| y == 0.0 || y == 2.0));
/// assert!((80.0..120.0).contains(&y.sum()));
/// assert_eq!(net.forward(&x).sum(), 100.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Dropout<S, const P: u64>(PhantomData<fn() -> S>);

impl<S: Shape, const P: u64> ParameterFree for Dropout<S, P> {
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        let p = f64::from_bits(P);
        assert!(p >= 0.0 && p < 1.0, "the probability of dropout is a number from 0 to below 1");
        Needs { tape: tape::<S>().size(), ..Needs::NOTHING }
    };

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let instructions = pass.instructions();
        let kept = pass.keep(&tape::<S>(), input.len() / S::LEN);
        let (Some([mask]), Some(rng)) = (kept, pass.random()) else {
            return output.copy_from_slice(input);
        };
        let p = f64::from_bits(P);
        Drop { p, input, output, mask, rng }.call(instructions);
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        mut step: InputGradient<'_, T>,
        pass: &mut Pass<'_, T, I>,
    ) {
        if step.tape.is_training() {
            let [mask] = step.tape.take(&tape::<S>(), step.samples);
            let (values, target) = (&*step.d_output, step.d_input);
            Multiply { values, mask, target }.call(pass.instructions());
        } else {
            step.d_input.copy_from_slice(step.d_output);
        }
    }
}

/// What each value was multiplied with, in training.
const fn tape<S: Shape>() -> BufferLayout<1> {
    BufferLayout::new([BufferSize::per_sample(S::LEN)])
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T: Float, S: Sequence<Time> + Numbers<T>, Time: TimeAxis, const P: u64> Streaming<T, Time>
    for Dropout<S, P>
{
    type Behind = Time;

    step_by_run!(T, Time);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        _: C,
        input: &[T],
        output: &mut [T],
        _: StepState<'_, T>,
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(input);
    }
}
