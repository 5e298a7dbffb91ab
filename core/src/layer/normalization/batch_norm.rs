//! Normalisation of each channel over the batch.

use core::marker::PhantomData;

use nalgebra::SVector;
use rand::Rng;

use super::{check_eps, values_per_channel};
use crate::kernel::normalization::batch::{
    Channels, NormalizeBackward, NormalizeByBatch, NormalizeByRunning, Scales,
};
use crate::layer::Description;
use crate::layer::{
    Backward, BufferLayout, BufferSize, Layer, Mode, Needs, Pass, Sequence, Streaming, TimeLast,
    checked,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// Normalises each channel: `y = (x - mean) / sqrt(variance + eps) * weight + bias` (Ioffe and Szegedy 2015,
/// <https://arxiv.org/abs/1502.03167>; `torch.nn.BatchNorm1d`, `torch.nn.BatchNorm2d`).
///
/// In training, mean and variance are those of the channel's values in the whole batch, and move the running
/// statistics: `running = (1 - momentum) * running + momentum * batch`, for the variance with the unbiased
/// estimate. In evaluation they are the running statistics, so that each sample is on its own.
///
/// `S` is the shape of input and output, `[C]`, `[C, length]` or `[C, height, width]`. `EPS` and `MOMENTUM` are
/// the bits of epsilon and momentum, `f64::to_bits(1e-5)` and `f64::to_bits(0.1)`. `weight` and
/// `running_var` start at one, `bias` and `running_mean` at zero. `AFFINE` is `C`, as it is by default, or 0, which
/// leaves out weight and bias. A batch to train on holds two samples or
/// more where a sample has one value of a channel.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => norm: batch_norm >; }
///
/// let mut rng = StdRng::seed_from_u64(1);
/// let mut net = Net::new(&mut rng);
/// // A column for each sample.
/// let x = SMatrix::<f32, 2, 2>::new(1.0, 3.0, 70.0, 50.0);
/// let y = net.train(&x, &mut rng).output;
/// assert!((y - SMatrix::<f32, 2, 2>::new(-1.0, 1.0, 1.0, -1.0)).amax() < 1e-4);
/// // A tenth of the way from 0 to the means 2 and 60.
/// assert!((net.norm.running_mean - SVector::from([0.2, 6.0])).amax() < 1e-5);
///
/// network! { struct WithoutParameters< 2 => batch_norm(affine: false) >; }
/// assert_eq!(WithoutParameters::PARAMETERS, 0);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct BatchNorm<
    T: Float,
    S,
    const C: usize,
    const EPS: u64 = { f64::to_bits(1e-5) },
    const MOMENTUM: u64 = { f64::to_bits(0.1) },
    const AFFINE: usize = C,
> {
    /// What the normalised values of each channel are multiplied with.
    pub weight: SVector<T, AFFINE>,
    /// What is added then.
    pub bias: SVector<T, AFFINE>,
    /// The mean of each channel that evaluation takes away. Training moves it; gradients do not.
    #[tensor(kind = running_statistic)]
    pub running_mean: SVector<T, C>,
    /// The variance of each channel in evaluation. Training moves it; gradients do not.
    #[tensor(kind = running_statistic)]
    pub running_var: SVector<T, C>,
    shape: PhantomData<fn() -> S>,
}

impl<T, S, const C: usize, const EPS: u64, const MOMENTUM: u64, const AFFINE: usize> Layer<T>
    for BatchNorm<T, S, C, EPS, MOMENTUM, AFFINE>
where
    T: Float,
    S: Numbers<T>,
{
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        values_per_channel::<S>(C);
        check_eps(EPS);
        assert!(
            AFFINE == 0 || AFFINE == C,
            "a batch normalisation has as many weights as channels, or none"
        );
        let momentum = f64::from_bits(MOMENTUM);
        assert!(
            momentum >= 0.0 && momentum <= 1.0,
            "the momentum of a batch normalisation is a number from 0 to 1"
        );
        Needs {
            tape: Self::TAPE.size(),
            training_samples: if values_per_channel::<S>(C) == 1 { 2 } else { 1 },
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description = Description::layer(S::LEN);

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.weight.fill(T::ONE);
        self.bias.fill(T::ZERO);
        self.running_mean.fill(T::ZERO);
        self.running_var.fill(T::ONE);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<S, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let instructions = pass.instructions();
        let kept = pass.keep(&Self::TAPE, input.len());
        let is_empty = input.is_empty();
        let (input, output) = (values::<S, T>(input), values_mut::<S, T>(output));
        let running = [self.running_mean.as_slice(), self.running_var.as_slice()];
        match (kept, pass.statistics(running)) {
            (Some(tape), Some(running)) if !is_empty => NormalizeByBatch {
                channels: Self::CHANNELS,
                eps: f64::from_bits(EPS),
                momentum: f64::from_bits(MOMENTUM),
                scales: self.scales(),
                running,
                input,
                output,
                tape,
            }
            .call(instructions),
            (kept, _) => self.evaluate(input, output, kept, instructions),
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        if step.input.is_empty() {
            return;
        }
        NormalizeBackward {
            channels: Self::CHANNELS,
            // The statistics depend on the input only where they are the batch's own.
            is_training: step.tape.is_training(),
            affine: (AFFINE > 0).then(|| {
                let gradients =
                    gradient.map(|layer| [layer.weight.as_mut_slice(), layer.bias.as_mut_slice()]);
                (self.weight.as_slice(), gradients)
            }),
            input: values::<S, T>(step.input),
            d_output: values::<S, T>(step.d_output),
            tape: step.tape.take(&Self::TAPE, step.input.len()),
            d_input: step.d_input.map(values_mut::<S, T>),
        }
        .call(pass.instructions());
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, S, const C: usize, const EPS: u64, const MOMENTUM: u64, const AFFINE: usize>
    Streaming<T, TimeLast> for BatchNorm<T, S, C, EPS, MOMENTUM, AFFINE>
where
    T: Float,
    S: Sequence<TimeLast> + Numbers<T>,
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
        let eps = T::from_f64(f64::from_bits(EPS));
        for channel in 0..C {
            let deviation = (self.running_var[channel] + eps).sqrt();
            let centred = input[channel] - self.running_mean[channel];
            output[channel] = match AFFINE {
                0 => centred / deviation,
                _ => centred * (self.weight[channel] / deviation) + self.bias[channel],
            };
        }
    }
}

impl<T, S, const C: usize, const EPS: u64, const MOMENTUM: u64, const AFFINE: usize>
    BatchNorm<T, S, C, EPS, MOMENTUM, AFFINE>
where
    T: Float,
    S: Numbers<T>,
{
    /// What each channel was normalised by: means and scales.
    const TAPE: BufferLayout<2> = BufferLayout::new([BufferSize::fixed(C), BufferSize::fixed(C)]);
    const CHANNELS: Channels = Channels { count: C, per_channel: values_per_channel::<S>(C) };

    #[inline(always)]
    fn scales(&self) -> Scales<'_, T> {
        Scales((AFFINE > 0).then(|| [self.weight.as_slice(), self.bias.as_slice()]))
    }

    /// The output with the running statistics, which are kept where they are asked for.
    #[inline(always)]
    fn evaluate<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        tape: Option<[&mut [T]; 2]>,
        instructions: I,
    ) {
        NormalizeByRunning {
            channels: Self::CHANNELS,
            eps: f64::from_bits(EPS),
            scales: self.scales(),
            running: [self.running_mean.as_slice(), self.running_var.as_slice()],
            input,
            output,
            tape,
        }
        .call(instructions);
    }
}
