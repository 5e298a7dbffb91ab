//! Normalisation of each channel over the batch.

use core::marker::PhantomData;

use nalgebra::SVector;
use rand::Rng;

use super::{check_eps, values_per_channel};
use crate::kernel::lanes::write;
use crate::kernel::normalization::column::Columns;
use crate::kernel::normalization::run::{Affine, InputGradient, gradient_sums, moments};
use crate::kernel::normalization::{Moments, Runs};
use crate::layer::{Backward, Layer, Pass, Sequence, Streaming, TimeLast};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::{InstructionSet, Vector};

/// Normalises each channel: `y = (x - mean) / sqrt(variance + eps) * weight + bias` (Ioffe and Szegedy 2015,
/// <https://arxiv.org/abs/1502.03167>; `torch.nn.BatchNorm1d`, `torch.nn.BatchNorm2d`).
///
/// In training, mean and variance are those of the channel's values in the whole batch, and move the running
/// statistics: `running = (1 - momentum) * running + momentum * batch`, for the variance with the unbiased
/// estimate. In evaluation they are the running statistics, so that each sample is on its own.
///
/// `S` is the shape of input and output, `[C]`, `[C, length]` or `[C, height, width]`. `EPS` and `MOMENTUM` are
/// the bits of epsilon and momentum, `f64::to_bits(1e-5)` and `f64::to_bits(0.1)`. `weight` and
/// `running_var` start at one, `bias` and `running_mean` at zero. A batch to train on holds two samples or
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
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct BatchNorm<
    T: Float,
    S,
    const C: usize,
    const EPS: u64 = { f64::to_bits(1e-5) },
    const MOMENTUM: u64 = { f64::to_bits(0.1) },
> {
    /// What the normalised values of each channel are multiplied with.
    pub weight: SVector<T, C>,
    /// What is added then.
    pub bias: SVector<T, C>,
    /// The mean of each channel that evaluation takes away. Training moves it; gradients do not.
    #[tensor(kind = running_statistic)]
    pub running_mean: SVector<T, C>,
    /// The variance of each channel in evaluation. Training moves it; gradients do not.
    #[tensor(kind = running_statistic)]
    pub running_var: SVector<T, C>,
    shape: PhantomData<fn() -> S>,
}

impl<T: Float, S: Numbers<T>, const C: usize, const EPS: u64, const MOMENTUM: u64> Layer<T>
    for BatchNorm<T, S, C, EPS, MOMENTUM>
{
    type Input = S;
    type Output = S;

    const CHECKS: () = {
        values_per_channel::<S>(C);
        check_eps(EPS);
        let momentum = f64::from_bits(MOMENTUM);
        assert!(
            momentum >= 0.0 && momentum <= 1.0,
            "the momentum of a batch normalisation is a number from 0 to 1"
        );
    };
    /// One where the batch's own statistics were used and zero where the running ones were; then what each
    /// channel was normalised by, all means before all scales.
    const BATCH_TAPE: usize = 1 + 2 * C;
    const NEEDS_OUTPUT: bool = false;
    const TRAINING_SAMPLES: usize = if values_per_channel::<S>(C) == 1 { 2 } else { 1 };
    const MULTIPLY_ADDS: usize = S::LEN;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.weight.fill(T::ONE);
        self.bias.fill(T::ZERO);
        self.running_mean.fill(T::ZERO);
        self.running_var.fill(T::ONE);
    }

    #[inline(always)]
    fn forward<I: InstructionSet>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<S, T>],
        _: &mut Pass<'_, T, I>,
    ) {
        self.evaluate::<I>(values::<S, T>(input), values_mut::<S, T>(output), None);
    }

    #[inline(always)]
    fn record<I: InstructionSet>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<S, T>],
        tape: &mut [T],
        _: &mut Pass<'_, T, I>,
    ) {
        tape[0] = T::ZERO;
        let kept = Some(tape[1..].split_at_mut(C));
        self.evaluate::<I>(values::<S, T>(input), values_mut::<S, T>(output), kept);
    }

    #[inline(always)]
    fn train<I: InstructionSet>(
        &mut self,
        input: &[Sample<S, T>],
        output: &mut [Sample<S, T>],
        tape: &mut [T],
        _: &mut Pass<'_, T, I>,
        _: &mut dyn Rng,
    ) {
        if input.is_empty() {
            return;
        }
        tape[0] = T::ONE;
        let (means, scales) = tape[1..].split_at_mut(C);
        let samples = input.len();
        let (input, output) = (values::<S, T>(input), values_mut::<S, T>(output));
        if Self::PER_CHANNEL == 1 {
            for columns in Columns::all::<T, T::Vector<I>>(C) {
                let moments = columns.moments::<T, T::Vector<I>>(input);
                for (channel, moments) in columns.range().zip(moments) {
                    (means[channel], scales[channel]) = self.learn(channel, moments);
                }
                let mean: T::Vector<I> = columns.of(means);
                self.write_columns::<I>(columns, mean, columns.of(scales), input, output);
            }
        } else {
            for channel in 0..C {
                let runs = Self::runs(channel, samples);
                let (mean, scale) = self.learn(channel, moments::<T, T::Vector<I>>(input, runs));
                (means[channel], scales[channel]) = (mean, scale);
                self.affine(channel, mean, scale).write::<T::Vector<I>>(runs, input, output);
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        _: &mut Pass<'_, T, I>,
    ) {
        let samples = step.input.len();
        if samples == 0 {
            return;
        }
        let is_training = step.tape[0] == T::ONE;
        let (means, scales) = step.tape[1..].split_at(C);
        let (input, d_output) = (values::<S, T>(step.input), values::<S, T>(step.d_output));
        let mut d_input = step.d_input.map(values_mut::<S, T>);
        // The statistics depend on the input only where they are the batch's own.
        let share = if is_training { 1.0 / (samples * Self::PER_CHANNEL) as f64 } else { 0.0 };
        let mut finish = |channel: usize, sum: f64, product: f64| {
            let scale = scales[channel];
            gradient.weight[channel] += T::from_f64(product) * scale;
            gradient.bias[channel] += T::from_f64(sum);
            let output = scale * self.weight[channel];
            InputGradient {
                mean: means[channel],
                output,
                input: -output * scale * scale * T::from_f64(product * share),
                constant: -output * T::from_f64(sum * share),
            }
        };
        if Self::PER_CHANNEL == 1 {
            for columns in Columns::all::<T, T::Vector<I>>(C) {
                let mean: T::Vector<I> = columns.of(means);
                let [sums, products] = columns.gradient_sums(mean, input, d_output);
                let mut factors = [[T::ZERO; crate::simd::MOST_LANES]; 3];
                for (lane, channel) in columns.range().enumerate() {
                    let channel = finish(channel, sums[lane], products[lane]);
                    factors[0][lane] = channel.output;
                    factors[1][lane] = channel.input;
                    factors[2][lane] = channel.constant;
                }
                if let Some(d_input) = &mut d_input {
                    let [output_factor, input_factor, constant] = &factors;
                    let factors = [
                        mean,
                        T::Vector::<I>::load(output_factor),
                        T::Vector::<I>::load(input_factor),
                        T::Vector::<I>::load(constant),
                    ];
                    columns.write_input_gradient(factors, input, d_output, d_input);
                }
            }
        } else {
            for (channel, &mean) in means.iter().enumerate() {
                let runs = Self::runs(channel, samples);
                let [sum, product] = gradient_sums::<T, T::Vector<I>>(runs, mean, input, d_output);
                let channel = finish(channel, sum, product);
                if let Some(d_input) = &mut d_input {
                    channel.write::<T::Vector<I>>(runs, input, d_output, d_input);
                }
            }
        }
    }
}

/// Normalises by the running statistics.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, S, const C: usize, const EPS: u64, const MOMENTUM: u64> Streaming<T, TimeLast>
    for BatchNorm<T, S, C, EPS, MOMENTUM>
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
            let scale = self.weight[channel] / (self.running_var[channel] + eps).sqrt();
            let centred = input[channel] - self.running_mean[channel];
            output[channel] = centred * scale + self.bias[channel];
        }
    }
}

impl<T: Float, S: Numbers<T>, const C: usize, const EPS: u64, const MOMENTUM: u64>
    BatchNorm<T, S, C, EPS, MOMENTUM>
{
    /// How many values of a channel a sample has.
    const PER_CHANNEL: usize = values_per_channel::<S>(C);

    /// Where a channel's values lie in a batch.
    fn runs(channel: usize, samples: usize) -> Runs {
        let len = Self::PER_CHANNEL;
        Runs { start: channel * len, len, stride: S::LEN, count: samples }
    }

    /// Moves the running statistics; gives the mean of the channel and one over its standard deviation.
    #[inline(always)]
    fn learn(&mut self, channel: usize, batch: Moments) -> (T, T) {
        let momentum = f64::from_bits(MOMENTUM);
        let toward = |running: &mut T, value: f64| {
            *running = T::from_f64((1.0 - momentum) * running.to_f64() + momentum * value);
        };
        toward(&mut self.running_mean[channel], batch.mean);
        toward(&mut self.running_var[channel], batch.unbiased_variance());
        let deviation = Float::sqrt(batch.variance() + f64::from_bits(EPS));
        (T::from_f64(batch.mean), T::from_f64(1.0 / deviation))
    }

    /// Normalises by the running statistics, and keeps means and scales.
    #[inline(always)]
    fn evaluate<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        mut kept: Option<(&mut [T], &mut [T])>,
    ) {
        let eps = T::from_f64(f64::from_bits(EPS));
        if Self::PER_CHANNEL == 1 {
            for columns in Columns::all::<T, T::Vector<I>>(C) {
                let mean: T::Vector<I> = columns.of(self.running_mean.as_slice());
                let variance: T::Vector<I> = columns.of(self.running_var.as_slice());
                let deviation = (variance + T::Vector::<I>::splat(eps)).sqrt();
                let scale = T::Vector::<I>::splat(T::ONE) / deviation;
                if let Some((means, scales)) = &mut kept {
                    write(mean, means, columns.first, columns.count);
                    write(scale, scales, columns.first, columns.count);
                }
                self.write_columns::<I>(columns, mean, scale, input, output);
            }
        } else {
            for channel in 0..C {
                let mean = self.running_mean[channel];
                let scale = T::ONE / (self.running_var[channel] + eps).sqrt();
                if let Some((means, scales)) = &mut kept {
                    (means[channel], scales[channel]) = (mean, scale);
                }
                let runs = Self::runs(channel, input.len() / S::LEN);
                self.affine(channel, mean, scale).write::<T::Vector<I>>(runs, input, output);
            }
        }
    }

    #[inline(always)]
    fn affine(&self, channel: usize, mean: T, scale: T) -> Affine<T> {
        Affine { mean, scale: scale * self.weight[channel], shift: self.bias[channel] }
    }

    #[inline(always)]
    fn write_columns<I: InstructionSet>(
        &self,
        columns: Columns,
        mean: T::Vector<I>,
        scale: T::Vector<I>,
        input: &[T],
        output: &mut [T],
    ) {
        let weight: T::Vector<I> = columns.of(self.weight.as_slice());
        let affine = [mean, scale * weight, columns.of(self.bias.as_slice())];
        columns.write(affine, input, output);
    }
}
