//! Steps of a causal convolution over a signal, one or a block of them, with weights that were put in the order in which they
//! are read.
//!
//! A step of the signal is a row of channels, and the steps of a block lie one behind the other. For some of them at a time each
//! tap of the window multiplies as many rows, which are read where they lie: in the block, or in the ring of the steps before.
//! All sums stay in registers.

use super::history::{History, keep};
use super::lanes::write;
use super::product::tile::load_rows;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// Taps whose rows are found before any is multiplied.
const MOST_TAPS: usize = 16;
/// Steps that are computed at once, at most, on any machine.
const MOST_COLUMNS: usize = 12;

/// Values of working memory for a block: rows that do not lie together are copied.
pub(crate) const fn scratch(history: &History) -> usize {
    let taps = if history.taps < MOST_TAPS { history.taps } else { MOST_TAPS };
    taps * MOST_COLUMNS * history.channels
}

/// How many values [`prepare`] writes for so many channels of the result.
pub(crate) const fn prepared(history: &History, outputs: usize) -> usize {
    outputs * (1 + history.window())
}

/// Puts the biases first, or zeros, and then for each tap and each channel of the signal the weights of all channels of the
/// result. `weight` are these for one channel of the result after the other.
pub(crate) fn prepare<T: Float>(
    history: &History,
    weight: &[T],
    bias: &[T],
    outputs: usize,
    prepared: &mut [T],
) {
    let (first, rows) = prepared.split_at_mut(outputs);
    match bias {
        [] => first.fill(T::ZERO),
        bias => first.copy_from_slice(bias),
    }
    let places = (0..history.taps)
        .flat_map(|tap| (0..history.channels).map(move |channel| channel * history.taps + tap));
    for (row, place) in rows.chunks_exact_mut(outputs).zip(places) {
        for (value, weight) in row.iter_mut().zip(weight.chunks_exact(history.window())) {
            *value = weight[place];
        }
    }
}

/// The next steps of a convolution: takes them in, and gives for each channel of the result the sum of its weights times the
/// window that ends with the step, and its bias.
pub(crate) struct CausalSteps<'a, T> {
    pub(crate) history: &'a History,
    /// How many steps.
    pub(crate) count: usize,
    /// Channels of the result.
    pub(crate) outputs: usize,
    /// What [`prepare`] wrote.
    pub(crate) prepared: &'a [T],
    pub(crate) input: &'a [T],
    pub(crate) output: &'a mut [T],
    /// [`History::values`] of earlier steps.
    pub(crate) ring: &'a mut [T],
    /// How many steps came before.
    pub(crate) position: usize,
    /// [`scratch`] values, if there is more than one step.
    pub(crate) scratch: &'a mut [T],
}

compiled_here!(CausalSteps<'a, T>, CausalStep<'a, T>);

/// An activation that is computed of the sums of a step while they are in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inlined {
    Identity,
    Relu,
    Tanh,
}

impl Inlined {
    #[inline(always)]
    fn apply<T: Float, V: Vector<T>>(self, value: V) -> V {
        match self {
            Inlined::Identity => value,
            Inlined::Relu => value.relu(),
            Inlined::Tanh => value.tanh(),
        }
    }
}

/// [`CausalSteps`] of one step, without working memory.
pub(crate) struct CausalStep<'a, T> {
    pub(crate) history: &'a History,
    pub(crate) prepared: &'a [T],
    pub(crate) input: &'a [T],
    pub(crate) output: &'a mut [T],
    pub(crate) ring: &'a mut [T],
    pub(crate) position: usize,
    pub(crate) activation: Inlined,
}

impl<T: Float> Kernel for CausalStep<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { history, prepared, input, output, ring, position, activation } = self;
        let (&History { channels, taps, dilation }, outputs) = (history, output.len());
        assert!(
            input.len() == channels
                && ring.len() == (taps - 1) * dilation * channels
                && prepared.len() == outputs * (1 + taps * channels)
        );
        let oldest = history.oldest(position) * channels;
        let step = Step {
            channels,
            taps,
            oldest,
            apart: dilation * channels,
            ring: ring.as_ptr(),
            ring_len: ring.len(),
            input: input.as_ptr(),
            activation,
        };
        let mut row = 0;
        // SAFETY: the ring has `taps - 1` times `apart` values, of which `oldest` is the first of a step, the input
        // `channels`, and there are as many weights as `outputs` of each tap and channel behind the biases, as was asserted;
        // from `row` on there are as many outputs left as are computed.
        unsafe {
            while outputs - row >= 2 * <T::Vector<I> as Vector<T>>::LANES {
                step.rows::<T::Vector<I>, 4, 2, false>(prepared, row, 0, output);
                row += 2 * <T::Vector<I> as Vector<T>>::LANES;
            }
            let lanes = <T::Vector<I> as Vector<T>>::LANES;
            match outputs - row {
                0 => {}
                rest if rest == lanes => {
                    step.rows::<T::Vector<I>, 8, 1, false>(prepared, row, rest, output)
                }
                rest if rest < lanes => {
                    step.rows::<T::Vector<I>, 8, 1, true>(prepared, row, rest, output)
                }
                rest => step.rows::<T::Vector<I>, 4, 2, true>(prepared, row, rest - lanes, output),
            }
        }
        if !ring.is_empty() {
            let place = &mut ring[oldest..][..channels];
            // Of few channels a loop takes less time than a call.
            keep(place, input);
        }
    }
}

/// The window of one step.
struct Step<T> {
    channels: usize,
    taps: usize,
    /// Where the row of the first tap is in the ring.
    oldest: usize,
    /// From the row of one tap to that of the next.
    apart: usize,
    ring: *const T,
    ring_len: usize,
    input: *const T,
    activation: Inlined,
}

impl<T: Float> Step<T> {
    /// Computes two vectors of outputs from `row` on, or one, the last of which has `last` if it is `PARTIAL`: each as
    /// several sums, so that additions need not wait for each other.
    ///
    /// # Safety
    /// `oldest` and each step of `apart` behind it, begun anew where the ring ends, is the place of a row in the ring; the input is
    /// a row too. There are `prepared` values for all outputs, of which there are as many as are computed.
    #[inline(always)]
    unsafe fn rows<V: Vector<T>, const CHAINS: usize, const VECTORS: usize, const PARTIAL: bool>(
        &self,
        prepared: &[T],
        row: usize,
        last: usize,
        output: &mut [T],
    ) {
        let outputs = output.len();
        // SAFETY: wherever it is called, there are the outputs from `row` on that the caller promises.
        let load = |source: *const T, vector: usize| unsafe {
            load_rows::<T, V>(source.add(row), vector, PARTIAL && vector + 1 == VECTORS, last)
        };
        let mut sums = [[V::zero(); VECTORS]; CHAINS];
        for (vector, sum) in sums[0].iter_mut().enumerate() {
            *sum = load(prepared.as_ptr(), vector);
        }
        let mut weight = prepared.as_ptr().wrapping_add(outputs);
        let mut place = self.oldest;
        for tap in 1..=self.taps {
            let values = match self.taps - tap {
                0 => self.input,
                // SAFETY: the place is in the ring.
                _ => unsafe { self.ring.add(place) },
            };
            let mut channel = 0;
            while channel + CHAINS <= self.channels {
                for sums in &mut sums {
                    // SAFETY: it has `channels` values.
                    let value = V::splat(unsafe { *values.add(channel) });
                    for (vector, sum) in sums.iter_mut().enumerate() {
                        *sum = load(weight, vector).mul_add(value, *sum);
                    }
                    weight = weight.wrapping_add(outputs);
                    channel += 1;
                }
            }
            for sums in &mut sums[..CHAINS - 1] {
                if channel == self.channels {
                    break;
                }
                // SAFETY: it has `channels` values.
                let value = V::splat(unsafe { *values.add(channel) });
                for (vector, sum) in sums.iter_mut().enumerate() {
                    *sum = load(weight, vector).mul_add(value, *sum);
                }
                weight = weight.wrapping_add(outputs);
                channel += 1;
            }
            place += self.apart;
            if place >= self.ring_len {
                place -= self.ring_len;
            }
        }
        let mut width = CHAINS;
        while width > 1 {
            width /= 2;
            let (first, second) = sums.split_at_mut(width);
            for (first, second) in first.iter_mut().zip(second) {
                for (sum, &other) in first.iter_mut().zip(&*second) {
                    *sum = *sum + other;
                }
            }
        }
        for (vector, &sum) in sums[0].iter().enumerate() {
            let sum = self.activation.apply(sum);
            let count = if PARTIAL && vector + 1 == VECTORS { last } else { V::LANES };
            write(sum, output, row + vector * V::LANES, count);
        }
    }
}

impl<T: Float> Kernel for CausalSteps<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, _: I) {
        let &History { channels, taps, .. } = self.history;
        let (count, outputs) = (self.count, self.outputs);
        let oldest = self.history.oldest(self.position);
        assert!(
            self.input.len() == count * channels
                && self.output.len() == count * outputs
                && self.ring.len() == self.history.values()
                && self.prepared.len() == outputs * (1 + taps * channels)
                && (count <= 1 || self.scratch.len() >= scratch(self.history))
        );
        let mut column = 0;
        while column < count {
            let columns = columns::<T, T::Vector<I>>(count - column, outputs);
            let mut first = 0;
            while first < taps {
                let taps = MOST_TAPS.min(taps - first);
                let mut rows = [core::ptr::null(); MOST_TAPS];
                for (index, rows) in rows.iter_mut().enumerate().take(taps) {
                    *rows = self.rows(oldest, first + index, column, columns, index);
                }
                let weight = &self.prepared[outputs * (1 + first * channels)..];
                let bias = &self.prepared[..outputs];
                let strip = Strip {
                    channels,
                    outputs,
                    rows: &rows[..taps],
                    weight: weight.as_ptr(),
                    bias: (first == 0).then_some(bias.as_ptr()),
                    output: self.output[column * outputs..].as_mut_ptr(),
                };
                // SAFETY: each of the rows can be read for `columns` rows of `channels`, as `rows` says; for each of these taps
                // and channels there are `outputs` weights, as was asserted, and as many biases; the output has `columns`
                // steps of `outputs` from `column` on.
                unsafe { strip.run::<I>(columns) };
                first += taps;
            }
            column += columns;
        }
        self.history.keep(self.ring, self.input, oldest);
    }
}

impl<T: Float> CausalSteps<'_, T> {
    /// The rows that a tap multiplies for `columns` steps from `column` on, which lie one behind the other: in the block, in the
    /// ring, or copied to the working memory, as the copy of that `index`.
    #[inline(always)]
    fn rows(
        &mut self,
        oldest: usize,
        tap: usize,
        column: usize,
        columns: usize,
        index: usize,
    ) -> *const T {
        let &History { channels, taps, dilation } = self.history;
        let (steps, back) = (self.history.steps(), (taps - 1 - tap) * dilation);
        if back <= column {
            return self.input[(column - back) * channels..][..columns * channels].as_ptr();
        }
        // All of them are in the ring up to the first step of the block, and its place is that of the oldest one.
        let mut place = oldest + tap * dilation + column;
        while place >= steps {
            place -= steps;
        }
        if columns <= back - column && columns <= steps - place {
            return self.ring[place * channels..][..columns * channels].as_ptr();
        }
        let copy = &mut self.scratch[index * MOST_COLUMNS * channels..][..columns * channels];
        for (step, copy) in (column..).zip(copy.chunks_exact_mut(channels)) {
            let row = match step.checked_sub(back) {
                Some(step) => &self.input[step * channels..],
                None => &self.ring[place * channels..],
            };
            copy.copy_from_slice(&row[..channels]);
            place = if place + 1 == steps { 0 } else { place + 1 };
        }
        copy.as_ptr()
    }
}

/// How many of the steps that are left are computed at once: as many as registers hold the sums of.
#[inline(always)]
fn columns<T: Float, V: Vector<T>>(left: usize, outputs: usize) -> usize {
    match left {
        MOST_COLUMNS.. if V::TILE_COLUMNS >= MOST_COLUMNS || outputs <= V::LANES => MOST_COLUMNS,
        8.. if V::TILE_COLUMNS == 8 => 8,
        6.. if V::TILE_COLUMNS == 6 => 6,
        4.. => 4,
        _ => 1,
    }
}

/// Some steps of the result.
struct Strip<'a, T> {
    channels: usize,
    outputs: usize,
    /// For each tap, those of the steps.
    rows: &'a [*const T],
    weight: *const T,
    /// What sums begin with; with the output where there is none.
    bias: Option<*const T>,
    output: *mut T,
}

impl<T: Float> Strip<'_, T> {
    /// # Safety
    /// Each of the rows can be read for `columns` times `channels` values, `weight` for `outputs` of each tap and channel, and
    /// the bias, if there is one, for `outputs`. `output` can be read and written for `columns` times `outputs`, and overlaps with
    /// nothing else. `columns` is what [`columns`] gives.
    #[inline(always)]
    unsafe fn run<I: InstructionSet>(&self, columns: usize) {
        // SAFETY: there are so many columns, as the caller promises.
        unsafe {
            match columns {
                12 => self.columns::<T::Vector<I>, 12, 1>(),
                8 => self.columns::<T::Vector<I>, 8, 1>(),
                6 => self.columns::<T::Vector<I>, 6, 1>(),
                4 => self.columns::<T::Vector<I>, 4, 1>(),
                _ => self.columns::<T::Vector<I>, 1, 4>(),
            }
        }
    }

    /// # Safety
    /// As for [`Strip::run`], of `COLUMNS` columns.
    #[inline(always)]
    unsafe fn columns<V: Vector<T>, const COLUMNS: usize, const CHAINS: usize>(&self) {
        let mut row = 0;
        // SAFETY: from `row` on there are as many outputs left as are computed each time.
        unsafe {
            while COLUMNS <= V::TILE_COLUMNS && self.outputs - row >= 2 * V::LANES {
                self.tile::<V, COLUMNS, CHAINS, 2, false>(row, V::LANES);
                row += 2 * V::LANES;
            }
            match self.outputs - row {
                0 => {}
                rest if rest == V::LANES => self.tile::<V, COLUMNS, CHAINS, 1, false>(row, rest),
                rest if rest < V::LANES => self.tile::<V, COLUMNS, CHAINS, 1, true>(row, rest),
                rest if COLUMNS <= V::TILE_COLUMNS => {
                    self.tile::<V, COLUMNS, CHAINS, 2, true>(row, rest - V::LANES);
                }
                _ => unreachable!("so many columns only of one vector"),
            }
        }
    }

    /// `VECTORS` vectors of outputs, from `row` on, of each column; the last vector has `last` of them if it is `PARTIAL`.
    /// Each is `CHAINS` sums, so that additions need not wait for each other.
    ///
    /// # Safety
    /// As for [`Strip::run`], of `COLUMNS` columns; there are as many outputs.
    #[inline(always)]
    unsafe fn tile<
        V: Vector<T>,
        const COLUMNS: usize,
        const CHAINS: usize,
        const VECTORS: usize,
        const PARTIAL: bool,
    >(
        &self,
        row: usize,
        last: usize,
    ) {
        let &Self { channels, outputs, .. } = self;
        // SAFETY: wherever it is called, there are the outputs from `row` on that the caller promises.
        let load = |source: *const T, vector: usize| unsafe {
            load_rows::<T, V>(source.add(row), vector, PARTIAL && vector + 1 == VECTORS, last)
        };
        let mut sums = [[[V::zero(); VECTORS]; COLUMNS]; CHAINS];
        for (column, sums) in sums[0].iter_mut().enumerate() {
            for (vector, sum) in sums.iter_mut().enumerate() {
                *sum = match self.bias {
                    Some(bias) => load(bias, vector),
                    // SAFETY: the output has the column.
                    None => load(unsafe { self.output.add(column * outputs) }, vector),
                };
            }
        }
        let mut weight = self.weight;
        for &rows in self.rows {
            let mut channel = 0;
            while channel < channels {
                for sums in &mut sums {
                    if CHAINS > 1 && channel == channels {
                        break;
                    }
                    let mut weights = [V::zero(); VECTORS];
                    for (vector, weights) in weights.iter_mut().enumerate() {
                        *weights = load(weight, vector);
                    }
                    for (column, sums) in sums.iter_mut().enumerate() {
                        // SAFETY: so many columns can be read, and this is one of their channels.
                        let value = V::splat(unsafe { *rows.add(column * channels + channel) });
                        for (&weights, sum) in weights.iter().zip(sums) {
                            *sum = weights.mul_add(value, *sum);
                        }
                    }
                    weight = weight.wrapping_add(outputs);
                    channel += 1;
                }
            }
        }
        let (first, others) = sums.split_at(1);
        for (column, sums) in first[0].iter().enumerate() {
            for (vector, &sum) in sums.iter().enumerate() {
                let sum = others.iter().fold(sum, |sum, other| sum + other[column][vector]);
                // SAFETY: the output has the column, and the outputs that the caller promises.
                unsafe {
                    let target = self.output.add(column * outputs + row + vector * V::LANES);
                    if PARTIAL && vector + 1 == VECTORS {
                        sum.store_partial_pointer(target, last);
                    } else {
                        sum.store_pointer(target);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::dispatch_each;

    #[derive(Clone)]
    struct Blocks<'a> {
        history: History,
        outputs: usize,
        prepared: &'a [f64],
        signal: &'a [f64],
    }

    impl Kernel for Blocks<'_> {
        type Output = Vec<f64>;

        #[inline(always)]
        fn run<I: InstructionSet>(self, instructions: I) -> Vec<f64> {
            let Self { ref history, outputs, prepared, signal } = self;
            let count = signal.len() / history.channels;
            let mut result = vec![f64::NAN; count * outputs];
            let mut ring = vec![0.0; history.values()];
            let mut scratch = vec![f64::NAN; scratch(history)];
            let (mut position, mut sizes) = (0, [5, 1, 64, 13, 1, 1, 30].into_iter().cycle());
            while position < count {
                let size = sizes.next().unwrap().min(count - position);
                let input = &signal[position * history.channels..][..size * history.channels];
                let output = &mut result[position * outputs..][..size * outputs];
                let ring = &mut ring[..];
                if size == 1 {
                    let activation = Inlined::Identity;
                    CausalStep { history, prepared, input, output, ring, position, activation }
                        .run(instructions);
                } else {
                    let (count, scratch) = (size, &mut scratch[..]);
                    CausalSteps {
                        history,
                        count,
                        outputs,
                        prepared,
                        input,
                        output,
                        ring,
                        position,
                        scratch,
                    }
                    .run(instructions);
                }
                position += size;
            }
            result
        }
    }

    #[test]
    fn each_step_is_its_window_times_the_weights() {
        for (channels, outputs, taps, dilation) in [
            (1, 1, 3, 1),
            (3, 5, 4, 2),
            (16, 8, 3, 7),
            (8, 16, 17, 1),
            (2, 40, 5, 33),
            (4, 27, 1, 1),
            (6, 20, 18, 5),
        ] {
            let history = History { channels, taps, dilation };
            let values = |count: usize, factor: f64| -> Vec<f64> {
                (0..count).map(|index| (index as f64 * factor).sin()).collect()
            };
            let (weight, bias) = (values(outputs * history.window(), 0.7), values(outputs, 1.3));
            let signal = values(200 * channels, 0.37);
            for bias in [&bias[..], &[]] {
                let mut prepared = vec![f64::NAN; super::prepared(&history, outputs)];
                prepare(&history, &weight, bias, outputs, &mut prepared);
                let mut expected = Vec::new();
                for time in 0..200 {
                    for output in 0..outputs {
                        let mut sum = bias.get(output).copied().unwrap_or(0.0);
                        for (channel, tap) in (0..channels)
                            .flat_map(|channel| (0..taps).map(move |tap| (channel, tap)))
                        {
                            if let Some(time) = (time + tap * dilation).checked_sub(history.steps())
                            {
                                let place = (output * channels + channel) * taps + tap;
                                sum += weight[place] * signal[time * channels + channel];
                            }
                        }
                        expected.push(sum);
                    }
                }
                let blocks = Blocks { history, outputs, prepared: &prepared, signal: &signal };
                dispatch_each(blocks, |set, found| {
                    for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
                        // Written so that a NaN fails.
                        assert!((found - expected).abs() <= 1e-11, "{set}: {history:?}, {index}");
                    }
                });
            }
        }
    }

    /// Else each step would multiply subnormal numbers as long as they are in the window.
    #[test]
    fn what_is_too_small_is_not_kept() {
        let history = History { channels: 2, taps: 3, dilation: 1 };
        let mut prepared = vec![0.0; super::prepared(&history, 1)];
        prepare(&history, &[1.0; 6], &[], 1, &mut prepared);
        let (small, kept) = (f64::MIN_POSITIVE / 8.0, f64::SMALLEST_KEPT);
        let signal = [small, kept, -small, 1.0, 0.5, small];
        let (mut output, mut scratch) = ([0.0; 3], vec![0.0; scratch(&history)]);
        let (mut ring, mut ring_of_block) = ([0.0; 4], [0.0; 4]);
        for (position, input) in signal.chunks_exact(2).enumerate() {
            CausalStep {
                history: &history,
                prepared: &prepared,
                input,
                output: &mut output[..1],
                ring: &mut ring,
                position,
                activation: Inlined::Identity,
            }
            .run(crate::simd::Baseline);
            if position == 1 {
                assert_eq!(ring, [0.0, kept, 0.0, 1.0]);
            }
        }
        CausalSteps {
            history: &history,
            count: 3,
            outputs: 1,
            prepared: &prepared,
            input: &signal,
            output: &mut output,
            ring: &mut ring_of_block,
            position: 0,
            scratch: &mut scratch,
        }
        .run(crate::simd::Baseline);
        assert_eq!((ring, ring_of_block), ([0.5, 0.0, 0.0, 1.0], [0.5, 0.0, 0.0, 1.0]));
    }

    #[test]
    fn a_step_computes_its_activation() {
        let history = History { channels: 1, taps: 1, dilation: 1 };
        for (activation, expected) in
            [(Inlined::Identity, -0.5f64), (Inlined::Relu, 0.0), (Inlined::Tanh, (-0.5f64).tanh())]
        {
            let mut output = [0.0];
            let (prepared, input) = (&[0.5, -1.0][..], &[1.0][..]);
            let (output_of_step, ring) = (&mut output[..], &mut [][..]);
            CausalStep {
                history: &history,
                prepared,
                input,
                output: output_of_step,
                ring,
                position: 0,
                activation,
            }
            .run(crate::simd::Baseline);
            assert!((output[0] - expected).abs() < 1e-12);
        }
    }
}
