//! Some places of one axis.

use core::marker::PhantomData;

use crate::kernel::Line;
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{Mode, Needs, Pass, Sequence, Streaming, TimeFirst, TimeLast, step_len};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;

/// The places of one axis from a first one up to another, which is not among them, as `x[2:5]` in Python:
/// `slice(2, 5)` in the language, and `slice(2, 5, axis: 1)` along another axis than the first.
///
/// From the shape `S` to `O`, which is smaller along `AXIS`, where the places from `START` on stay.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 3] => slice(1, 3, axis: 1) => flatten >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(y.as_slice(), [2.0, 3.0, 5.0, 6.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Slice<S, O, const AXIS: usize, const START: usize>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape, const AXIS: usize, const START: usize> Slice<S, O, AXIS, START> {
    /// The values along the axis.
    const LINE: Line = Line::along(AXIS, S::DIMS);
    /// How many values of the input lie in front of those that stay, and how many stay, in each run.
    const RUN: [usize; 2] = [START * Self::LINE.stride, O::DIMS[AXIS] * Self::LINE.stride];
}

impl<S: Shape, O: Shape, const AXIS: usize, const START: usize> ParameterFree
    for Slice<S, O, AXIS, START>
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        let rank = S::DIMS.len();
        assert!(rank == O::DIMS.len() && AXIS < rank, "a slice keeps the number of axes");
        let mut axis = 0;
        while axis < rank {
            assert!(
                axis == AXIS || S::DIMS[axis] == O::DIMS[axis],
                "a slice keeps the sizes along other axes"
            );
            axis += 1;
        }
        assert!(
            O::DIMS[AXIS] > 0 && START + O::DIMS[AXIS] <= S::DIMS[AXIS],
            "a slice lies inside its axis"
        );
        Needs::NOTHING
    };

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        let [front, len] = const { Self::RUN };
        let runs = input.chunks_exact(const { Self::LINE.block() });
        for (input, output) in runs.zip(output.chunks_exact_mut(len)) {
            output.copy_from_slice(&input[front..front + len]);
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        let [front, len] = const { Self::RUN };
        let InputGradient { d_output, d_input, .. } = step;
        d_input.fill(T::ZERO);
        let runs = d_input.chunks_exact_mut(const { Self::LINE.block() });
        for (d_input, d_output) in runs.zip(d_output.chunks_exact(len)) {
            d_input[front..front + len].copy_from_slice(d_output);
        }
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, S, O, const START: usize> Streaming<T, TimeFirst> for Slice<S, O, 1, START>
where
    T: Float,
    S: Sequence<TimeFirst> + Numbers<T>,
    O: Sequence<TimeFirst> + Numbers<T>,
{
    type Behind = TimeFirst;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(&input[START..][..step_len::<O, TimeFirst>()]);
    }
}

#[diagnostic::do_not_recommend]
impl<T, S, O, const START: usize> Streaming<T, TimeLast> for Slice<S, O, 0, START>
where
    T: Float,
    S: Sequence<TimeLast> + Numbers<T>,
    O: Sequence<TimeLast> + Numbers<T>,
{
    type Behind = TimeLast;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(&input[START..][..step_len::<O, TimeLast>()]);
    }
}
