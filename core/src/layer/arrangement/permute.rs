//! Axes in another order.

use core::marker::PhantomData;

use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{
    Mode, Needs, Pass, Sequence, StepCount, StepState, Streaming, TimeAxis, step_by_run,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;

/// Axes in another order, as `torch.permute` without the batch: axis `i` of the output is axis `[A, B, C][i]` of the
/// input. `permute[2, 0, 1]` in the language, and `transpose` for the two axes of a matrix, where `C` is 2.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 3] => transpose => flatten >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(y.as_slice(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Permute<S, O, const A: usize, const B: usize, const C: usize>(
    PhantomData<fn() -> (S, O)>,
);

impl<S: Shape, O: Shape, const A: usize, const B: usize, const C: usize> ParameterFree
    for Permute<S, O, A, B, C>
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        assert!(
            S::DIMS.len() == O::DIMS.len() && S::DIMS.len() > 1,
            "axes are brought into another order where there are several"
        );
        assert!(
            A < 3 && B < 3 && C < 3 && A != B && B != C && A != C,
            "each axis stands once in the new order"
        );
        let mut axis = 0;
        while axis < S::DIMS.len() {
            let from = [A, B, C][axis];
            assert!(
                from < S::DIMS.len() && S::DIMS[from] == O::DIMS[axis],
                "the output has the sizes of the input in the new order"
            );
            axis += 1;
        }
        Needs::NOTHING
    };

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        let samples = input.chunks_exact(S::LEN).zip(output.chunks_exact_mut(O::LEN));
        for (input, output) in samples {
            Self::walk(|from, to| output[to] = input[from]);
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        let InputGradient { d_output, d_input, .. } = step;
        let samples = d_output.chunks_exact(O::LEN).zip(d_input.chunks_exact_mut(S::LEN));
        for (d_output, d_input) in samples {
            Self::walk(|from, to| d_input[from] = d_output[to]);
        }
    }
}

/// A row becomes a column and stays the same step.
#[diagnostic::do_not_recommend]
impl<T, S, O, Time, Behind> Streaming<T, Time> for Permute<S, O, 1, 0, 2>
where
    T: Float,
    S: Sequence<Time> + Numbers<T>,
    O: Sequence<Behind> + Numbers<T>,
    Time: TimeAxis<Transposed = Behind>,
    // So that rustc also sees from the stages behind along which axis time runs in front.
    Behind: TimeAxis<Transposed = Time>,
{
    type Behind = Behind;

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

impl<S: Shape, O: Shape, const A: usize, const B: usize, const C: usize> Permute<S, O, A, B, C> {
    /// How far apart neighbours along each axis of the output lie in the input, and the sizes of the output.
    const PATH: [[usize; 2]; 3] = {
        let sizes = three(S::DIMS);
        let strides = [sizes[1] * sizes[2], sizes[2], 1];
        [[strides[A], sizes[A]], [strides[B], sizes[B]], [strides[C], sizes[C]]]
    };

    /// Visits each value: its place in the input, and in the output.
    #[inline(always)]
    fn walk(mut visit: impl FnMut(usize, usize)) {
        let [[stride0, size0], [stride1, size1], [stride2, size2]] = Self::PATH;
        let mut to = 0;
        for first in 0..size0 {
            for second in 0..size1 {
                for third in 0..size2 {
                    visit(first * stride0 + second * stride1 + third * stride2, to);
                    to += 1;
                }
            }
        }
    }
}

/// Sizes with ones behind the last.
const fn three(sizes: &[usize]) -> [usize; 3] {
    let mut all = [1; 3];
    let mut axis = 0;
    while axis < sizes.len() {
        all[axis] = sizes[axis];
        axis += 1;
    }
    all
}
