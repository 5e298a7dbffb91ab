//! Normalisation of groups of channels, each with its own mean: a channel alone, some, or all of a sample.

use super::row::{Measure, moments};
use super::runs::{Affine, InputGradient, StridedRuns, gradient_sums};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, compiled_here};

/// The groups of a sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Groups {
    /// How many there are.
    pub count: usize,
    /// How many channels each has.
    pub channels: usize,
    /// How many values each channel has.
    pub per_channel: usize,
}

impl Groups {
    /// How many values a group has.
    const fn together(self) -> usize {
        self.channels * self.per_channel
    }

    /// The channels of a group, of which all samples have `count`.
    fn channels_of(self, group: usize) -> core::ops::Range<usize> {
        let first = group % self.count * self.channels;
        first..first + self.channels
    }

    /// A channel of a group.
    fn channel(self, place: usize) -> StridedRuns {
        let len = self.per_channel;
        StridedRuns { start: place * len, len, stride: len, count: 1 }
    }

    /// All values of a group.
    fn whole(self) -> StridedRuns {
        StridedRuns { start: 0, len: self.together(), stride: self.together(), count: 1 }
    }

    /// What the gradient of a group's input is made of, from its sums.
    fn input_gradient<T: Float>(
        self,
        mean: T,
        scale: T,
        [sum, product]: [f64; 2],
    ) -> InputGradient<T> {
        let count = self.together() as f64;
        InputGradient {
            mean,
            output: scale,
            input: -scale * scale * scale * T::from_f64(product / count),
            constant: -scale * T::from_f64(sum / count),
        }
    }
}

/// Weight and bias of each channel, or the gradients of both.
pub(crate) type PerChannel<P> = Option<[P; 2]>;

/// `y = (x - mean) / sqrt(variance + eps)`, then times the weight and plus the bias of the channel.
pub(crate) struct NormalizeGroups<'a, T> {
    pub groups: Groups,
    pub eps: f64,
    pub affine: PerChannel<&'a [T]>,
    pub input: &'a [T],
    pub output: &'a mut [T],
    /// Gets the mean and the scale of each group.
    pub tape: Option<&'a mut [T]>,
}

/// Adds the gradients of weight and bias of [`NormalizeGroups`], and writes that of the input.
pub(crate) struct NormalizeGroupsBackward<'a, T> {
    pub groups: Groups,
    /// The weight, and the gradients of weight and bias, if they are wanted.
    pub affine: Option<(&'a [T], Option<[&'a mut [T]; 2]>)>,
    pub input: &'a [T],
    pub d_output: &'a [T],
    pub tape: &'a [T],
    pub d_input: Option<&'a mut [T]>,
}

compiled_here!(NormalizeGroups<'a, T>, NormalizeGroupsBackward<'a, T>);

impl<T: Float> Kernel for NormalizeGroups<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { groups, eps, affine, input, output, mut tape } = self;
        let len = groups.together();
        let values = input.chunks_exact(len).zip(output.chunks_exact_mut(len)).enumerate();
        for (index, (x, y)) in values {
            let measure = Measure::of(moments::<T, T::Vector<I>>(x), eps);
            let Measure { mean, scale } = measure;
            if let Some(tape) = &mut tape {
                tape[2 * index..2 * index + 2].copy_from_slice(&[mean, scale]);
            }
            let channels = groups.channels_of(index);
            match affine {
                None => {
                    let affine = Affine { mean, scale, shift: T::ZERO };
                    affine.write::<T::Vector<I>>(groups.whole(), x, y);
                }
                Some([weight, bias]) if groups.per_channel == 1 => {
                    measure.write::<T::Vector<I>>(x, &weight[channels.clone()], &bias[channels], y)
                }
                Some([weight, bias]) => {
                    for (place, channel) in channels.enumerate() {
                        let (scale, shift) = (scale * weight[channel], bias[channel]);
                        let affine = Affine { mean, scale, shift };
                        affine.write::<T::Vector<I>>(groups.channel(place), x, y);
                    }
                }
            }
        }
    }
}

impl<T: Float> Kernel for NormalizeGroupsBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { groups, mut affine, input, d_output, tape, mut d_input } = self;
        let len = groups.together();
        let values = input
            .chunks_exact(len)
            .zip(d_output.chunks_exact(len))
            .zip(tape.as_chunks().0)
            .enumerate();
        for (index, ((x, d_y), &[mean, scale])) in values {
            let channels = groups.channels_of(index);
            let d_x = d_input.as_mut().map(|d_input| &mut d_input[index * len..][..len]);
            match &mut affine {
                Some((weight, gradients)) if groups.per_channel == 1 => {
                    let weight = &weight[channels.clone()];
                    let gradients = gradients
                        .as_mut()
                        .map(|both| both.each_mut().map(|all| &mut all[channels.clone()]));
                    let measure = Measure { mean, scale };
                    measure.backward::<T::Vector<I>>([x, weight, d_y], gradients, d_x);
                }
                Some((weight, gradients)) => {
                    let mut all = [0.0; 2];
                    for (place, channel) in channels.clone().enumerate() {
                        let run = groups.channel(place);
                        let [sum, product] = gradient_sums::<T, T::Vector<I>>(run, mean, x, d_y);
                        if let Some([d_weight, d_bias]) = gradients {
                            d_weight[channel] += T::from_f64(product) * scale;
                            d_bias[channel] += T::from_f64(sum);
                        }
                        all[0] += sum * weight[channel].to_f64();
                        all[1] += product * weight[channel].to_f64();
                    }
                    let Some(d_x) = d_x else { continue };
                    let group = groups.input_gradient(mean, scale, all);
                    for (place, channel) in channels.enumerate() {
                        let channel = InputGradient { output: scale * weight[channel], ..group };
                        channel.write::<T::Vector<I>>(groups.channel(place), x, d_y, d_x);
                    }
                }
                None => {
                    let Some(d_x) = d_x else { continue };
                    let sums = gradient_sums::<T, T::Vector<I>>(groups.whole(), mean, x, d_y);
                    let group = groups.input_gradient(mean, scale, sums);
                    group.write::<T::Vector<I>>(groups.whole(), x, d_y, d_x);
                }
            }
        }
    }
}
