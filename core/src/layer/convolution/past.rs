//! Causal convolutions over signals that go on: the first outputs of a sequence look back to the steps before it.
//!
//! The passes run as over a sequence that begins with zeros. What the past adds is computed step by step.

use super::direction::Convolution;
use crate::activation::Line;
use crate::kernel::history::{ConvolveStep, History};
use crate::layer::{Mode, Pass};
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::InstructionSet;

/// What `L` keeps of a signal. Of one that keeps nothing a step is a window; the passes do not ask.
const fn history<T: Float, L: Convolution<T>>() -> History {
    match L::PAST {
        Some(history) => history,
        None => History { channels: 1, taps: 1, dilation: 1 },
    }
}

/// Working memory of [`forward`]: a window, and a step that goes in and one that comes out.
pub(super) const fn scratch<T: Float, L: Convolution<T>>() -> usize {
    match L::PAST {
        Some(history) => history.window() + history.channels + <L::Output as Shape>::DIMS[0],
        None => 0,
    }
}

/// Computes the outputs anew whose windows reach back to what came before, takes their values in front of the activation
/// to where they are kept, and leaves the last steps of each signal as its past.
#[inline(always)]
pub(super) fn forward<T: Float, L: Convolution<T>, I: InstructionSet, M: Mode<T>>(
    layer: &L,
    input: &[T],
    output: &mut [T],
    mut kept: Option<&mut [T]>,
    pass: &mut Pass<'_, T, I, M>,
) {
    let history = const { history::<T, L>() };
    let ([channels, length], outputs) = (
        [<L::Input as Shape>::DIMS[0], <L::Input as Shape>::DIMS[1]],
        <L::Output as Shape>::DIMS[0],
    );
    let instructions = pass.instructions();
    let [weight, bias] = layer.parameters();
    let sizes = [const { L::GEOMETRY.depth() }, const { L::GEOMETRY.outputs() }];
    let (states, scratch) = pass.states_and_scratch(layer);
    let Some(mut states) = states else { return };
    let (window, scratch) = scratch.split_at_mut(history.window());
    let (step, scratch) = scratch.split_at_mut(channels);
    let result = &mut scratch[..outputs];
    for (sample, signal) in input.chunks_exact(channels * length).enumerate() {
        let (past, position) = states.of(sample);
        for time in 0..length {
            for (value, channel) in step.iter_mut().zip(signal.chunks_exact(length)) {
                *value = channel[time];
            }
            let position = position + time;
            if time >= history.steps() {
                history.push(past, step, position, window);
                continue;
            }
            ConvolveStep {
                history: &history,
                sizes,
                weight,
                bias,
                input: step,
                output: &mut *result,
                ring: past,
                position,
                window: &mut *window,
            }
            .call(instructions);
            let place = sample * outputs * length + time;
            if let Some(kept) = kept.as_deref_mut().filter(|kept| !kept.is_empty()) {
                scatter(result, &mut kept[place..], length);
            }
            crate::activation::apply::<T, I, L::Activation>(
                instructions,
                Line::whole(outputs),
                result,
            );
            scatter(result, &mut output[place..], length);
        }
    }
}

/// A value to each channel of a signal.
fn scatter<T: Float>(values: &[T], signal: &mut [T], length: usize) {
    for (value, place) in values.iter().zip(signal.iter_mut().step_by(length)) {
        *place = *value;
    }
}

/// Adds how the weights change the loss by what they are multiplied with of the past of each signal.
pub(super) fn weight_gradient<'a, T: Float, L: Convolution<T>>(
    pasts: impl Iterator<Item = (&'a [T], usize)>,
    d_output: &[T],
    d_weight: &mut [T],
) {
    let history = const { history::<T, L>() };
    let (length, outputs) = (<L::Output as Shape>::DIMS[1], <L::Output as Shape>::DIMS[0]);
    let taps = history.taps;
    let [depth, rows] = [const { L::GEOMETRY.depth() }, const { L::GEOMETRY.outputs() }];
    for ((past, position), d_signal) in pasts.zip(d_output.chunks_exact(outputs * length)) {
        for (row, (d_channel, d_row)) in
            d_signal.chunks_exact(length).zip(d_weight.chunks_exact_mut(depth)).enumerate()
        {
            // The channels of its group.
            let first = row / rows * (depth / taps);
            for (inner, d_window) in d_row.chunks_exact_mut(taps).enumerate() {
                for (tap, d_weight) in d_window.iter_mut().enumerate() {
                    // How far in front of the sequence the tap of the first output stands.
                    let back = (taps - 1 - tap) * history.dilation;
                    for (time, &d_y) in d_channel.iter().take(back).enumerate() {
                        let place = history.place_of(position, back - time);
                        *d_weight += d_y * past[place * history.channels + first + inner];
                    }
                }
            }
        }
    }
}
