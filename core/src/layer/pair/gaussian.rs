//! Samples of a Gaussian, of which a network gives mean and variance.

use core::marker::PhantomData;

use crate::initialize::normal;
use crate::layer::{
    Mode, Needs, Pass, Reading, ReadingBackward, ReadingLayer, Sequence, StepCount, StepState,
    Streaming, TimeAxis, step_by_run,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Numbers;
use crate::simd::InstructionSet;

/// A sample of a Gaussian with a mean and the logarithm of a variance for each value: `mean + exp(log_variance / 2) * noise`,
/// the reparameterisation of Kingma and Welling 2013 (<https://arxiv.org/abs/1312.6114>): `gaussian(&mean, &log_variance)` in
/// the language.
///
/// Only `train` draws from it; all other passes give the mean. The mean comes in, the logarithm is read besides; both have
/// the shape `S`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Code< 2 => h: tanh 4 => mean: 3 => &h => log_variance: 3 => z: gaussian(&mean, &log_variance) => 2 >;
/// }
///
/// let mut rng = StdRng::seed_from_u64(7);
/// let mut net = Code::new(&mut rng);
/// let activations = net.activations(&[0.5, 1.0]);
/// assert_eq!(activations.z, activations.mean);
/// let activations = net.train(&[0.5, 1.0], &mut rng);
/// assert!(activations.z != activations.mean);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Gaussian<S>(PhantomData<fn() -> S>);

impl<T: Float, S: Numbers<T>> ReadingLayer<T, 1> for Gaussian<S> {
    type Input = S;
    type Output = S;

    const OTHERS: [usize; 1] = [S::LEN];
    const NEEDS: Needs = Needs::OUTPUT;

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        mean: &[T],
        [log_variance]: [&[T]; 1],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let Some(rng) = pass.random() else { return output.copy_from_slice(mean) };
        normal(output, 1.0, rng);
        for ((y, &mean), &log_variance) in output.iter_mut().zip(mean).zip(log_variance) {
            *y = mean + (log_variance * half()).exp() * *y;
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let [d_log_variance] = step.d_others;
        // What was added to the mean is the deviation times the noise, whose derivative is half of that.
        let values = step.output.iter().zip(step.input).zip(&*step.d_output);
        for (d_value, ((&y, &mean), &d_y)) in d_log_variance.iter_mut().zip(values) {
            *d_value = (y - mean) * half() * d_y;
        }
        if let Some(d_input) = step.d_input {
            d_input.copy_from_slice(step.d_output);
        }
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, S, Time, const LEVEL: usize, const INDEX: usize> Streaming<T, Time>
    for Reading<Gaussian<S>, 1, LEVEL, INDEX>
where
    T: Float,
    S: Sequence<Time> + Numbers<T>,
    Time: TimeAxis,
{
    type Behind = Time;

    step_by_run!(T, Time);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        _: C,
        mean: &[T],
        output: &mut [T],
        _: StepState<'_, T>,
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(mean);
    }
}

fn half<T: Float>() -> T {
    T::from_f64(0.5)
}
