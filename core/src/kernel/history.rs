//! One step of a causal convolution over a signal: a window over the steps that came before.
//!
//! The steps that a window reaches back to lie in a ring, each in the place of the one that no window needs any
//! more. So a step costs the same whatever the dilation is: nothing is moved.

use super::lanes::{SHORTEST_VECTOR, dot};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// The sizes of a causal window over a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    /// Channels of the signal.
    pub channels: usize,
    /// Places of the window.
    pub taps: usize,
    /// How many steps they are apart.
    pub dilation: usize,
}

impl History {
    /// How many steps the ring holds.
    pub const fn steps(&self) -> usize {
        (self.taps - 1) * self.dilation
    }

    /// Values of the ring.
    pub const fn values(&self) -> usize {
        self.steps() * self.channels
    }

    /// Values of a window: each channel's, oldest first, one channel after the other.
    pub const fn window(&self) -> usize {
        self.taps * self.channels
    }

    /// Puts a step that follows on `position` others behind them, and gathers the window that ends with it. The
    /// `ring` holds zeros before the first step. What is too small to be kept counts as zero.
    #[inline(always)]
    pub fn push<T: Float>(&self, ring: &mut [T], step: &[T], position: usize, window: &mut [T]) {
        let (step, last) = (&step[..self.channels], self.taps - 1);
        for (channel, &value) in step.iter().enumerate() {
            window[channel * self.taps + last] = value.flush_to_zero();
        }
        if last == 0 {
            return;
        }
        // The oldest step of the window lies where the new one is put.
        let oldest = self.oldest(position);
        let mut place = oldest;
        for tap in 0..last {
            let kept = &ring[place * self.channels..][..self.channels];
            self.place(kept, tap, window);
            place += self.dilation;
            if place >= self.steps() {
                place -= self.steps();
            }
        }
        let newest = &mut ring[oldest * self.channels..][..self.channels];
        for (channel, kept) in newest.iter_mut().enumerate() {
            *kept = window[channel * self.taps + last];
        }
    }

    /// Which place of the ring has the oldest step, where `position` were taken: the next one is put there.
    #[inline(always)]
    pub(crate) fn oldest(&self, position: usize) -> usize {
        let steps = self.steps();
        // A division takes as long as a small layer does.
        match steps {
            0 => 0,
            _ if steps.is_power_of_two() => position & (steps - 1),
            _ => position % steps,
        }
    }

    /// Puts the steps of a block into the ring, each where the one was that is the oldest then.
    #[inline(always)]
    pub(crate) fn keep<T: Float>(&self, ring: &mut [T], block: &[T], oldest: usize) {
        if ring.is_empty() {
            return;
        }
        // Those that others of the block would replace are left out.
        let left_out = block.len().saturating_sub(ring.len());
        let start = match oldest * self.channels {
            start if left_out == 0 => start,
            start => (start + left_out) % ring.len(),
        };
        let kept = &block[left_out..];
        let (front, back) = kept.split_at(kept.len().min(ring.len() - start));
        keep(&mut ring[start..start + front.len()], front);
        keep(&mut ring[..back.len()], back);
    }

    /// Which place of the ring has the step that is so many back, in front of one that follows on `position` others: no
    /// further than the ring reaches.
    pub fn place_of(&self, position: usize, back: usize) -> usize {
        (position % self.steps() + self.steps() - back) % self.steps()
    }

    /// Puts the values of a step in a place of the window.
    #[inline(always)]
    fn place<T: Float>(&self, step: &[T], tap: usize, window: &mut [T]) {
        for (channel, &value) in step.iter().enumerate() {
            window[channel * self.taps + tap] = value;
        }
    }
}

/// One step of a convolution: takes the values of a step in, and gives for each channel of the result the scalar product
/// of its weights with the window, and its bias.
pub(crate) struct ConvolveStep<'a, T> {
    pub history: &'a History,
    /// How many weights a channel of the result has, and how many channels each group.
    pub sizes: [usize; 2],
    pub weight: &'a [T],
    /// One for each channel of the result, or none.
    pub bias: &'a [T],
    pub input: &'a [T],
    pub output: &'a mut [T],
    /// [`History::values`] of earlier steps.
    pub ring: &'a mut [T],
    /// How many steps came before.
    pub position: usize,
    /// Working memory of [`History::window`] values.
    pub window: &'a mut [T],
}

compiled_here!(ConvolveStep<'a, T>);

impl<T: Float> Kernel for ConvolveStep<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { history, sizes, weight, bias, input, output, ring, position, window } = self;
        history.push(ring, input, position, window);
        rows::<T, T::Vector<I>>(sizes, weight, bias, window, output);
    }
}

/// `output[o] = bias[o] + weight[o] * window[group of o]`: rows of `depth` weights, and as long a part of the window
/// for each group of `rows` outputs. `bias` may be empty.
///
/// Parts are split off one by one: iterators of chunks begin with a division, which takes as long as a small layer does.
#[inline(always)]
fn rows<T: Float, V: Vector<T>>(
    [depth, rows]: [usize; 2],
    mut weight: &[T],
    mut bias: &[T],
    mut window: &[T],
    mut output: &mut [T],
) {
    if rows == 1 && SHORTEST_VECTOR <= depth && depth <= V::LANES {
        return depthwise::<T, V>(depth, weight, bias, window, output);
    }
    while let (Some((values, others)), true) =
        (window.split_at_checked(depth), rows <= output.len())
    {
        let mut left = rows;
        while left >= 4 {
            let (four_rows, behind) = weight.split_at(4 * depth);
            let mut sums = four::<T, V>(depth, four_rows, values);
            if let Some((first, behind)) = bias.split_first_chunk::<4>() {
                for (sum, &bias) in sums.iter_mut().zip(first) {
                    *sum += bias;
                }
                bias = behind;
            }
            let (target, rest) = output.split_at_mut(4);
            target.copy_from_slice(&sums);
            (weight, output, left) = (behind, rest, left - 4);
        }
        for _ in 0..left {
            let (row, behind) = weight.split_at(depth);
            let mut sum = dot::<T, V>(row, values);
            if let Some((&first, behind)) = bias.split_first() {
                sum += first;
                bias = behind;
            }
            let (target, rest) = output.split_at_mut(1);
            target[0] = sum;
            (weight, output) = (behind, rest);
        }
        window = others;
    }
}

/// [`rows`] of a convolution that keeps its channels apart, of so few weights each that one vector holds them.
#[inline(always)]
fn depthwise<T: Float, V: Vector<T>>(
    depth: usize,
    weight: &[T],
    bias: &[T],
    window: &[T],
    output: &mut [T],
) {
    let channels = weight.chunks_exact(depth).zip(window.chunks_exact(depth));
    for ((weight, window), output) in channels.zip(&mut *output) {
        let (weight, window) = (V::load_partial(weight, depth), V::load_partial(window, depth));
        *output = weight.mul_add(window, V::zero()).sum();
    }
    for (output, &bias) in output.iter_mut().zip(bias) {
        *output += bias;
    }
}

/// Four rows at once, so that additions need not wait for each other.
#[inline(always)]
fn four<T: Float, V: Vector<T>>(depth: usize, weight: &[T], window: &[T]) -> [T; 4] {
    let (first, second) = weight.split_at(2 * depth);
    let (rows, mut sums) = ([first.split_at(depth), second.split_at(depth)], [V::zero(); 4]);
    let rows = [rows[0].0, rows[0].1, rows[1].0, rows[1].1];
    let whole = depth - depth % V::LANES;
    let mut place = 0;
    while place < whole {
        let values = V::load(&window[place..]);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = V::load(&row[place..]).mul_add(values, *sum);
        }
        place += V::LANES;
    }
    if whole < depth {
        let values = V::load_partial(&window[whole..], depth - whole);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = V::load_partial(&row[whole..], depth - whole).mul_add(values, *sum);
        }
    }
    V::sum_four(sums)
}

/// Copies values that later steps read: what is too small counts as zero.
#[inline(always)]
pub(super) fn keep<T: Float>(place: &mut [T], values: &[T]) {
    for (kept, &value) in place.iter_mut().zip(values) {
        *kept = value.flush_to_zero();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::dispatch;

    #[test]
    fn a_window_reaches_back() {
        let history = History { channels: 2, taps: 3, dilation: 2 };
        let mut ring = [0.0f32; 8];
        assert_eq!(history.values(), ring.len());
        for time in 0..20 {
            let mut window = [f32::NAN; 6];
            let step = [time as f32, -(time as f32)];
            history.push(&mut ring, &step, time, &mut window);
            let past = |back: usize| time.saturating_sub(back) as f32;
            let expected = [past(4), past(2), past(0)];
            assert_eq!(window[..3], expected);
            assert_eq!(window[3..], expected.map(|value| -value));
        }
    }

    #[test]
    fn a_window_of_one_has_no_past() {
        let history = History { channels: 3, taps: 1, dilation: 5 };
        let mut window = [0.0f64; 3];
        history.push(&mut [], &[1.0, 2.0, 3.0], 9, &mut window);
        assert_eq!((window, history.values()), ([1.0, 2.0, 3.0], 0));
    }

    struct Rows<'a> {
        sizes: [usize; 2],
        weight: &'a [f64],
        bias: &'a [f64],
        window: &'a [f64],
        output: &'a mut [f64],
    }

    impl Kernel for Rows<'_> {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            rows::<f64, I::F64>(self.sizes, self.weight, self.bias, self.window, self.output);
        }
    }

    #[test]
    fn rows_are_scalar_products() {
        for (depth, count, groups) in
            [(1, 1, 6), (5, 1, 7), (3, 5, 1), (8, 4, 2), (21, 7, 1), (33, 6, 3)]
        {
            let values = |count: usize, factor: f64| -> Vec<f64> {
                (0..count).map(|index| (index as f64 * factor).sin()).collect()
            };
            let weight = values(depth * count * groups, 0.7);
            let (bias, window) = (values(count * groups, 1.3), values(depth * groups, 0.3));
            let mut output = vec![0.0; count * groups];
            dispatch(Rows {
                sizes: [depth, count],
                weight: &weight,
                bias: &bias,
                window: &window,
                output: &mut output,
            });
            for (index, &found) in output.iter().enumerate() {
                let row = &weight[index * depth..][..depth];
                let window = &window[index / count * depth..][..depth];
                let expected: f64 = row.iter().zip(window).map(|(w, x)| w * x).sum();
                assert!((found - expected - bias[index]).abs() < 1e-12, "{depth} {count} {groups}");
            }
        }
    }
}
