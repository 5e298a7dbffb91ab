//! Vectors of length one.

use core::marker::PhantomData;

use super::check_eps;
use crate::activation::Line;
use crate::kernel::normalization::unit::{DivideByNorm, DivideByNormBackward};
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::streaming::{Axis, OfSteps};
use crate::layer::{Mode, Needs, Pass, Streaming, TimeAxis};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Rank2, Shape};
use crate::simd::InstructionSet;

/// Divides by the Euclidean norm along an axis: `y = x / max(|x|, eps)`, `torch.nn.functional.normalize`.
///
/// `S` is the shape of input and output. `AXIS` is the axis of a sample, counted from the front without the batch; by
/// default it is the last, [`LAST_AXIS`](crate::activation::LAST_AXIS). `EPS` is the epsilon's bits: what is shorter is divided by it, so that zeros stay zeros.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Net< 2 => normalize >;
///     struct OfPixels< [2, 1, 2] => normalize(axis: 0) >;
/// }
///
/// assert_eq!(Net::zeros().forward(&[3.0, -4.0]), SVector::from([0.6, -0.8]));
/// let y = OfPixels::zeros().forward(&[3.0, 0.0, 4.0, 0.0]);
/// assert_eq!(y, SVector::from([0.6, 0.0, 0.8, 0.0]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Normalize<S, const AXIS: usize = 255, const EPS: u64 = { f64::to_bits(1e-12) }>(
    PhantomData<fn() -> S>,
);

impl<S: Shape, const AXIS: usize, const EPS: u64> Normalize<S, AXIS, EPS> {
    const LINE: Line = Line::along(AXIS, S::DIMS);
}

impl<S: Shape, const AXIS: usize, const EPS: u64> ParameterFree for Normalize<S, AXIS, EPS> {
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        let _ = Self::LINE;
        check_eps(EPS);
        Needs::NOTHING
    };

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let (line, eps) = (const { Self::LINE }, f64::from_bits(EPS));
        DivideByNorm { line, eps, input, output }.call(pass.instructions());
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        step: InputGradient<'_, T>,
        pass: &mut Pass<'_, T, I>,
    ) {
        DivideByNormBackward {
            line: const { Self::LINE },
            eps: f64::from_bits(EPS),
            input: step.input,
            d_output: step.d_output,
            d_input: step.d_input,
        }
        .call(pass.instructions());
    }
}

/// Along the axis that holds the values of a step.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, Time, const ROWS: usize, const COLUMNS: usize, const AXIS: usize, const EPS: u64>
    Streaming<T, Time> for Normalize<Rank2<ROWS, COLUMNS>, AXIS, EPS>
where
    T: Float,
    Rank2<ROWS, COLUMNS>: Numbers<T>,
    Time: TimeAxis,
    Axis<AXIS>: OfSteps<Time>,
{
    type Behind = Time;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (line, eps) = (Line::whole(input.len()), f64::from_bits(EPS));
        DivideByNorm { line, eps, input, output }.call(pass.instructions());
    }
}
