//! Normalisation of each channel over the batch.

use super::column::{Columns, Lanes};
use super::groups::PerChannel;
use super::moments::{Moments, of_runs};
use super::runs::{Affine, InputGradient, StridedRuns, gradient_sums};
use crate::kernel::lanes::{MOST_LANES, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// A batch of samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channels {
    /// How many channels a sample has.
    pub count: usize,
    /// How many values each channel has.
    pub per_channel: usize,
}

impl Channels {
    fn samples(self, values: usize) -> usize {
        values / (self.count * self.per_channel)
    }

    /// A channel of all samples.
    fn runs(self, channel: usize, samples: usize) -> StridedRuns {
        let len = self.per_channel;
        StridedRuns { start: channel * len, len, stride: self.count * len, count: samples }
    }
}

/// Weight and bias, one of each for a channel, or none.
#[derive(Clone, Copy)]
pub(crate) struct Scales<'a, T>(pub PerChannel<&'a [T]>);

impl<T: Float> Scales<'_, T> {
    /// What is done to the values of a channel.
    #[inline(always)]
    fn affine(self, channel: usize, mean: T, scale: T) -> Affine<T> {
        match self.0 {
            Some([weight, bias]) => {
                Affine { mean, scale: scale * weight[channel], shift: bias[channel] }
            }
            None => Affine { mean, scale, shift: T::ZERO },
        }
    }

    #[inline(always)]
    fn write_columns<V: Vector<T>>(
        self,
        columns: Columns,
        mean: V,
        scale: V,
        input: &[T],
        output: &mut [T],
    ) {
        let (scale, shift) = match self.0 {
            Some([weight, bias]) => (scale * columns.of::<T, V>(weight), columns.of(bias)),
            None => (scale, V::zero()),
        };
        columns.write([mean, scale, shift], input, output);
    }
}

/// `y = (x - running mean) / sqrt(running variance + eps) * weight + bias`.
pub(crate) struct NormalizeByRunning<'a, T> {
    pub channels: Channels,
    pub eps: f64,
    pub scales: Scales<'a, T>,
    /// Running mean and variance of each channel.
    pub running: [&'a [T]; 2],
    pub input: &'a [T],
    pub output: &'a mut [T],
    /// Get the mean and the scale of each channel.
    pub tape: Option<[&'a mut [T]; 2]>,
}

/// The same with mean and variance of the batch, which the running ones move towards.
pub(crate) struct NormalizeByBatch<'a, T> {
    pub channels: Channels,
    pub eps: f64,
    /// How much of the batch goes into the running statistics.
    pub momentum: f64,
    pub scales: Scales<'a, T>,
    /// Running mean and variance of each channel.
    pub running: [&'a mut [T]; 2],
    pub input: &'a [T],
    pub output: &'a mut [T],
    /// Get the mean and the scale of each channel.
    pub tape: [&'a mut [T]; 2],
}

/// Adds the gradients of weight and bias, and writes that of the input.
pub(crate) struct NormalizeBackward<'a, T> {
    pub channels: Channels,
    /// Whether mean and scale come from the batch, and so depend on the input.
    pub is_training: bool,
    /// The weight, and the gradients of weight and bias, if they are wanted.
    pub affine: Option<(&'a [T], Option<[&'a mut [T]; 2]>)>,
    pub input: &'a [T],
    pub d_output: &'a [T],
    /// The mean and the scale of each channel.
    pub tape: [&'a [T]; 2],
    pub d_input: Option<&'a mut [T]>,
}

compiled_here!(NormalizeByRunning<'a, T>, NormalizeByBatch<'a, T>, NormalizeBackward<'a, T>);

impl<T: Float> Kernel for NormalizeByRunning<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { channels, eps, scales, running, input, output, mut tape } = self;
        let eps = T::from_f64(eps);
        if channels.per_channel == 1 {
            for columns in Columns::all::<T, T::Vector<I>>(channels.count) {
                let mean: T::Vector<I> = columns.of(running[0]);
                let variance: T::Vector<I> = columns.of(running[1]);
                let deviation = (variance + T::Vector::<I>::splat(eps)).sqrt();
                let scale = T::Vector::<I>::splat(T::ONE) / deviation;
                if let Some([means, scales]) = &mut tape {
                    write(mean, means, columns.first, columns.count);
                    write(scale, scales, columns.first, columns.count);
                }
                scales.write_columns(columns, mean, scale, input, output);
            }
        } else {
            let samples = channels.samples(input.len());
            for channel in 0..channels.count {
                let mean = running[0][channel];
                let scale = T::ONE / (running[1][channel] + eps).sqrt();
                if let Some([means, scales]) = &mut tape {
                    (means[channel], scales[channel]) = (mean, scale);
                }
                let runs = channels.runs(channel, samples);
                scales.affine(channel, mean, scale).write::<T::Vector<I>>(runs, input, output);
            }
        }
    }
}

impl<T: Float> NormalizeByBatch<'_, T> {
    /// Moves the running statistics of a channel, and keeps its mean and its scale.
    #[inline(always)]
    fn learn(&mut self, channel: usize, batch: Moments) -> (T, T) {
        let momentum = self.momentum;
        let toward = |running: &mut T, value: f64| {
            let moved = (1.0 - momentum) * running.to_f64() + momentum * value;
            *running = T::from_f64(moved).flush_to_zero();
        };
        toward(&mut self.running[0][channel], batch.mean);
        toward(&mut self.running[1][channel], batch.unbiased_variance());
        let deviation = Float::sqrt(batch.variance() + self.eps);
        let (mean, scale) = (T::from_f64(batch.mean), T::from_f64(1.0 / deviation));
        (self.tape[0][channel], self.tape[1][channel]) = (mean, scale);
        (mean, scale)
    }
}

impl<T: Float> Kernel for NormalizeByBatch<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, _: I) {
        let (channels, scales, input) = (self.channels, self.scales, self.input);
        if channels.per_channel == 1 {
            for columns in Columns::all::<T, T::Vector<I>>(channels.count) {
                let moments = columns.moments::<T, T::Vector<I>>(input);
                for (channel, moments) in columns.range().zip(moments) {
                    self.learn(channel, moments);
                }
                let mean: T::Vector<I> = columns.of(self.tape[0]);
                scales.write_columns(columns, mean, columns.of(self.tape[1]), input, self.output);
            }
        } else {
            let samples = channels.samples(input.len());
            for channel in 0..channels.count {
                let runs = channels.runs(channel, samples);
                let (mean, scale) = self.learn(channel, of_runs::<T, T::Vector<I>>(input, runs));
                let affine = scales.affine(channel, mean, scale);
                affine.write::<T::Vector<I>>(runs, input, self.output);
            }
        }
    }
}

impl<T: Float> NormalizeBackward<'_, T> {
    /// Adds a channel's gradients from its sums, and gives what the gradient of the input is made of. `share` is
    /// one over the number of its values, where mean and scale depend on them.
    #[inline(always)]
    fn finish(&mut self, channel: usize, share: f64, sum: f64, product: f64) -> InputGradient<T> {
        let scale = self.tape[1][channel];
        let mut output = scale;
        if let Some((weight, gradients)) = &mut self.affine {
            if let Some([d_weight, d_bias]) = gradients {
                d_weight[channel] += T::from_f64(product) * scale;
                d_bias[channel] += T::from_f64(sum);
            }
            output = scale * weight[channel];
        }
        InputGradient {
            mean: self.tape[0][channel],
            output,
            input: -output * scale * scale * T::from_f64(product * share),
            constant: -output * T::from_f64(sum * share),
        }
    }
}

impl<T: Float> Kernel for NormalizeBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, _: I) {
        let (channels, input, d_output) = (self.channels, self.input, self.d_output);
        let samples = channels.samples(input.len());
        let count = (samples * channels.per_channel) as f64;
        let share = if self.is_training { 1.0 / count } else { 0.0 };
        let mut d_input = self.d_input.take();
        if channels.per_channel == 1 {
            for columns in Columns::all::<T, T::Vector<I>>(channels.count) {
                let mean: T::Vector<I> = columns.of(self.tape[0]);
                let [sums, products] = columns.gradient_sums(mean, input, d_output);
                let mut factors: [Lanes<T>; 3] = [[T::ZERO; MOST_LANES]; 3];
                for (lane, channel) in columns.range().enumerate() {
                    let channel = self.finish(channel, share, sums[lane], products[lane]);
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
            for channel in 0..channels.count {
                let runs = channels.runs(channel, samples);
                let mean = self.tape[0][channel];
                let [sum, product] = gradient_sums::<T, T::Vector<I>>(runs, mean, input, d_output);
                let channel = self.finish(channel, share, sum, product);
                if let Some(d_input) = &mut d_input {
                    channel.write::<T::Vector<I>>(runs, input, d_output, d_input);
                }
            }
        }
    }
}
