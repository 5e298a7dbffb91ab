//! What normalisations of groups of channels share.

use core::marker::PhantomData;

use crate::kernel::normalization::Runs;
use crate::kernel::normalization::row::{Measure, deviation};
use crate::kernel::normalization::run::{Affine, InputGradient, gradient_sums};
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::InstructionSet;

/// Samples of shape `S` whose first axis, the channels, is cut into `GROUPS` groups.
pub(super) struct Groups<S, const GROUPS: usize>(PhantomData<S>);

/// Weight and bias of each channel, if there are any.
pub(super) type PerChannel<P> = Option<[P; 2]>;

impl<S: Shape, const GROUPS: usize> Groups<S, GROUPS> {
    /// How many values are normalised together.
    const TOGETHER: usize = S::LEN / GROUPS;
    /// How many channels they belong to.
    const CHANNELS: usize = S::DIMS[0] / GROUPS;
    /// How many values a channel has.
    const PER_CHANNEL: usize = S::LEN / S::DIMS[0];

    /// The channels of group `index` of all samples.
    fn channels(index: usize) -> core::ops::Range<usize> {
        let first = index % GROUPS * Self::CHANNELS;
        first..first + Self::CHANNELS
    }

    /// The run of a channel in its group.
    fn run(place: usize) -> Runs {
        let len = Self::PER_CHANNEL;
        Runs { start: place * len, len, stride: len, count: 1 }
    }

    /// Normalises each group, and keeps on the tape what by: two values for each.
    #[inline(always)]
    pub fn forward<T: Float, I: InstructionSet>(
        eps: u64,
        affine: PerChannel<&[T]>,
        input: &[T],
        output: &mut [T],
        mut tape: Option<&mut [T]>,
    ) {
        let groups = input
            .chunks_exact(Self::TOGETHER)
            .zip(output.chunks_exact_mut(Self::TOGETHER))
            .enumerate();
        for (index, (x, y)) in groups {
            let measure = deviation::<T, T::Vector<I>>(x, f64::from_bits(eps));
            let Measure { mean, scale } = measure;
            if let Some(tape) = &mut tape {
                tape[2 * index..2 * index + 2].copy_from_slice(&[mean, scale]);
            }
            let channels = Self::channels(index);
            match affine {
                None => {
                    Affine { mean, scale, shift: T::ZERO }.write::<T::Vector<I>>(whole(x), x, y)
                }
                Some([weight, bias]) if Self::PER_CHANNEL == 1 => {
                    measure.write::<T::Vector<I>>(x, &weight[channels.clone()], &bias[channels], y)
                }
                Some([weight, bias]) => {
                    for (place, channel) in channels.enumerate() {
                        let (scale, shift) = (scale * weight[channel], bias[channel]);
                        let affine = Affine { mean, scale, shift };
                        affine.write::<T::Vector<I>>(Self::run(place), x, y);
                    }
                }
            }
        }
    }

    /// Adds the gradients of weight and bias, and writes that of the input.
    #[inline(always)]
    pub fn backward<T: Float, I: InstructionSet>(
        weight: Option<&[T]>,
        [input, d_output, tape]: [&[T]; 3],
        mut gradient: PerChannel<&mut [T]>,
        mut d_input: Option<&mut [T]>,
    ) {
        let groups = input
            .chunks_exact(Self::TOGETHER)
            .zip(d_output.chunks_exact(Self::TOGETHER))
            .zip(tape.as_chunks().0)
            .enumerate();
        for (index, ((x, d_y), &[mean, scale])) in groups {
            let channels = Self::channels(index);
            let d_x = d_input
                .as_mut()
                .map(|d_input| &mut d_input[index * Self::TOGETHER..][..Self::TOGETHER]);
            match (weight, &mut gradient) {
                (Some(weight), Some([d_weight, d_bias])) if Self::PER_CHANNEL == 1 => {
                    let measure = Measure { mean, scale };
                    measure.backward::<T::Vector<I>>(
                        [x, &weight[channels.clone()], d_y],
                        [&mut d_weight[channels.clone()], &mut d_bias[channels]],
                        d_x,
                    );
                }
                (Some(weight), Some([d_weight, d_bias])) => {
                    let mut all = [0.0; 2];
                    for (place, channel) in channels.clone().enumerate() {
                        let run = Self::run(place);
                        let [sum, product] = gradient_sums::<T, T::Vector<I>>(run, mean, x, d_y);
                        d_weight[channel] += T::from_f64(product) * scale;
                        d_bias[channel] += T::from_f64(sum);
                        all[0] += sum * weight[channel].to_f64();
                        all[1] += product * weight[channel].to_f64();
                    }
                    let Some(d_x) = d_x else { continue };
                    let group = input_gradient::<T, S, GROUPS>(mean, scale, all);
                    for (place, channel) in channels.enumerate() {
                        let channel = InputGradient { output: scale * weight[channel], ..group };
                        channel.write::<T::Vector<I>>(Self::run(place), x, d_y, d_x);
                    }
                }
                _ => {
                    let Some(d_x) = d_x else { continue };
                    let sums = gradient_sums::<T, T::Vector<I>>(whole(x), mean, x, d_y);
                    let group = input_gradient::<T, S, GROUPS>(mean, scale, sums);
                    group.write::<T::Vector<I>>(whole(x), x, d_y, d_x);
                }
            }
        }
    }
}

/// The gradient with respect to a group where its weights are one.
fn input_gradient<T: Float, S: Shape, const GROUPS: usize>(
    mean: T,
    scale: T,
    [sum, product]: [f64; 2],
) -> InputGradient<T> {
    let count = Groups::<S, GROUPS>::TOGETHER as f64;
    InputGradient {
        mean,
        output: scale,
        input: -scale * scale * scale * T::from_f64(product / count),
        constant: -scale * T::from_f64(sum / count),
    }
}

/// A group as one run.
fn whole<T>(group: &[T]) -> Runs {
    Runs { start: 0, len: group.len(), stride: group.len(), count: 1 }
}
