//! Channels that have one value in each sample: a vector holds neighbouring channels of a sample.

use core::ops::Range;

use super::moments::Moments;
use crate::kernel::lanes::{MOST_LANES, read, write};
use crate::scalar::Float;
use crate::simd::Vector;

/// So many samples are added up before their sums go into those of f64.
const BLOCK: usize = 256;

/// The channels of one vector in samples of `channels` values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    /// How many channels a sample has.
    pub channels: usize,
    /// The first of these.
    pub first: usize,
    /// How many they are, at most a vector of them.
    pub count: usize,
}

/// One number for each lane.
pub(crate) type Lanes<N> = [N; MOST_LANES];

impl Columns {
    /// All channels, a vector of them at a time.
    #[inline(always)]
    pub fn all<T: Float, V: Vector<T>>(channels: usize) -> impl Iterator<Item = Columns> {
        (0..channels).step_by(V::LANES).map(move |first| Columns {
            channels,
            first,
            count: (channels - first).min(V::LANES),
        })
    }

    /// Their numbers.
    #[inline(always)]
    pub fn range(self) -> Range<usize> {
        self.first..self.first + self.count
    }

    /// These channels of a slice with one value for each channel.
    #[inline(always)]
    pub fn of<T: Float, V: Vector<T>>(self, values: &[T]) -> V {
        read(values, self.first, self.count)
    }

    /// These channels of a sample.
    #[inline(always)]
    fn at<T: Float, V: Vector<T>>(self, values: &[T], sample: usize) -> V {
        read(values, sample * self.channels + self.first, self.count)
    }

    /// The moments of each channel.
    #[inline(always)]
    pub fn moments<T: Float, V: Vector<T>>(self, values: &[T]) -> Lanes<Moments> {
        let samples = values.len() / self.channels;
        let mut moments = [Moments::NONE; MOST_LANES];
        for block in (0..samples).step_by(BLOCK) {
            let end = samples.min(block + BLOCK);
            let count = end - block;
            let mut sum = V::zero();
            for sample in block..end {
                sum = sum + self.at(values, sample);
            }
            let pivot = sum * V::splat(T::ONE / T::from_usize(count));
            let (mut distances, mut squares) = (V::zero(), V::zero());
            for sample in block..end {
                let distance = self.at::<T, V>(values, sample) - pivot;
                distances = distances + distance;
                squares = distance.mul_add(distance, squares);
            }
            let (pivot, distances, squares) =
                (lanes::<T, V>(pivot), lanes::<T, V>(distances), lanes::<T, V>(squares));
            for (lane, moments) in moments.iter_mut().enumerate().take(self.count) {
                let block = Moments::around(
                    pivot[lane].to_f64(),
                    count,
                    distances[lane].to_f64(),
                    squares[lane].to_f64(),
                );
                *moments = moments.and(block);
            }
        }
        moments
    }

    /// Writes `y = (x - mean) * scale + shift`.
    #[inline(always)]
    pub fn write<T: Float, V: Vector<T>>(
        self,
        [mean, scale, shift]: [V; 3],
        input: &[T],
        output: &mut [T],
    ) {
        for sample in 0..input.len() / self.channels {
            let distance = self.at::<T, V>(input, sample) - mean;
            let y = distance.mul_add(scale, shift);
            write(y, output, sample * self.channels + self.first, self.count);
        }
    }

    /// For each channel the sums of `d_output` and of `d_output * (input - mean)`.
    #[inline(always)]
    pub fn gradient_sums<T: Float, V: Vector<T>>(
        self,
        mean: V,
        input: &[T],
        d_output: &[T],
    ) -> [Lanes<f64>; 2] {
        let samples = input.len() / self.channels;
        let mut all = [[0.0; MOST_LANES]; 2];
        for block in (0..samples).step_by(BLOCK) {
            let (mut sum, mut product) = (V::zero(), V::zero());
            for sample in block..samples.min(block + BLOCK) {
                let d_y = self.at::<T, V>(d_output, sample);
                sum = sum + d_y;
                product = d_y.mul_add(self.at::<T, V>(input, sample) - mean, product);
            }
            let sums = [lanes::<T, V>(sum), lanes::<T, V>(product)];
            for (all, sums) in all.iter_mut().zip(sums) {
                for (all, sum) in all.iter_mut().zip(sums) {
                    *all += sum.to_f64();
                }
            }
        }
        all
    }

    /// Writes `d_x = d_y * output + (x - mean) * input + constant`, in this order of the factors.
    #[inline(always)]
    pub fn write_input_gradient<T: Float, V: Vector<T>>(
        self,
        [mean, by_output, by_input, constant]: [V; 4],
        input: &[T],
        d_output: &[T],
        d_input: &mut [T],
    ) {
        for sample in 0..input.len() / self.channels {
            let distance = self.at::<T, V>(input, sample) - mean;
            let from_input = distance.mul_add(by_input, constant);
            let d_x = self.at::<T, V>(d_output, sample).mul_add(by_output, from_input);
            write(d_x, d_input, sample * self.channels + self.first, self.count);
        }
    }
}

/// The numbers of all lanes.
#[inline(always)]
fn lanes<T: Float, V: Vector<T>>(vector: V) -> Lanes<T> {
    let mut lanes = [T::ZERO; MOST_LANES];
    vector.store(&mut lanes);
    lanes
}
