//! Contrast: two views of one sample are alike, views of different samples are not.

use nalgebra::Dim;

use super::{LossError, refuse};
use crate::batch::{Batch, BatchMatrix};
use crate::buffer::Buffer;
use crate::kernel::product::matrix::{Factor, multiply, multiply_scratch};
use crate::kernel::softmax::{exponentials, largest, scale};
use crate::samples::Output;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, dispatch};

/// How well embeddings tell which two views come from the same sample: the loss of self-supervised contrastive
/// learning, NT-Xent of SimCLR (Chen et al. 2020, <https://arxiv.org/abs/2002.05709>), one of the losses named
/// InfoNCE (van den Oord et al. 2018, <https://arxiv.org/abs/1807.03748>).
///
/// It takes two batches of embeddings of `N` values: column `i` of `first` and column `i` of `second` are two
/// views of sample `i`. With the cosine similarity `s` over the `temperature`, each of the `2 B` views is
/// an anchor `i` with one right answer `p`, its sample's other view, among all other views:
///
/// `loss = mean over i of -ln(exp(s_ip) / sum_{k != i} exp(s_ik))`
///
/// [`across_views`](InfoNce::across_views) leaves out the views of the anchor's own side. Only the direction of
/// an embedding counts; one of zeros has none, and so a similarity of 0 to all others and a gradient of 0. The
/// gradient of another is the larger, the shorter it is, and infinite where the number type ends.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Encoder< 6 => relu 16 => 4 >; }
///
/// let mut rng = StdRng::seed_from_u64(7);
/// let mut net = Encoder::new(&mut rng);
/// let mut training = net.training();
/// let mut adam = Adam::new(&net).learning_rate(0.01);
/// let samples = SMatrix::<f32, 6, 8>::from_fn(|_, _| rng.random());
/// let mut losses = vec![];
/// for _ in 0..100 {
///     // Two views of each sample, all of them in one batch; here with noise.
///     let views = SMatrix::<f32, 6, 16>::from_fn(|value, view| {
///         samples[(value, view % 8)] + 0.1 * rng.random::<f32>()
///     });
///     training.forward(&net, &views);
///     losses.push(training.backward_with(&net, |activations, d_output| {
///         let [first, second] = [0, 8].map(|view| activations.output.fixed_columns::<8>(view));
///         let (loss, d_first, d_second) = InfoNce::new(0.5).loss(&first, &second);
///         d_output.fixed_columns_mut::<8>(0).copy_from(&d_first);
///         d_output.fixed_columns_mut::<8>(8).copy_from(&d_second);
///         loss
///     }));
///     adam.step(&mut net, training.gradient());
/// }
/// assert!(losses[99] < losses[0] - 0.2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InfoNce {
    temperature: f64,
    across_views: bool,
}

impl InfoNce {
    /// The loss at a temperature: the lower, the more the nearest wrong answers count. SimCLR takes 0.1 to 0.5.
    ///
    /// # Panics
    /// If the temperature is not a number greater than zero. The loss of embeddings panics if their number type
    /// does not hold both the temperature and one over it, as `f32` does from 1e-38 to 1e38.
    #[track_caller]
    pub fn new(temperature: f64) -> Self {
        assert!(
            temperature > 0.0 && temperature.is_finite(),
            "the temperature of InfoNCE is greater than 0, not {temperature}"
        );
        InfoNce { temperature, across_views: false }
    }

    /// Compares views of the first batch with those of the second only: the symmetric cross entropy of CLIP
    /// (Radford et al. 2021, <https://arxiv.org/abs/2103.00020>), for two kinds of views, such as pictures and
    /// their descriptions, that two networks embed.
    pub fn across_views(self) -> Self {
        InfoNce { across_views: true, ..self }
    }

    /// The loss of two batches of embeddings, and its gradient with respect to each of them.
    ///
    /// # Panics
    /// If both hold different numbers of samples: see [`LossError`].
    #[track_caller]
    pub fn loss<T, X, Y, const N: usize>(
        &self,
        first: &X,
        second: &Y,
    ) -> (T, <X::Size as Batch>::Matrix<T, N>, <X::Size as Batch>::Matrix<T, N>)
    where
        T: Float,
        X: Output<T, N> + ?Sized,
        Y: Output<T, N, Size = X::Size> + ?Sized,
    {
        match self.try_loss(first, second) {
            Ok(result) => result,
            Err(error) => refuse(error),
        }
    }

    /// As [`loss`](InfoNce::loss), into memory that the caller holds: allocates nothing once it has held as many
    /// samples.
    ///
    /// # Panics
    /// If both hold different numbers of samples: see [`LossError`].
    #[track_caller]
    pub fn loss_into<T, X, Y, const N: usize>(
        &self,
        first: &X,
        second: &Y,
        d_first: &mut <X::Size as Batch>::Matrix<T, N>,
        d_second: &mut <X::Size as Batch>::Matrix<T, N>,
        workspace: &mut Buffer<T>,
    ) -> T
    where
        T: Float,
        X: Output<T, N> + ?Sized,
        Y: Output<T, N, Size = X::Size> + ?Sized,
    {
        match self.try_loss_into(first, second, d_first, d_second, workspace) {
            Ok(loss) => loss,
            Err(error) => refuse(error),
        }
    }

    /// As [`loss`](InfoNce::loss), for batches that may not fit.
    ///
    /// # Errors
    /// If both hold different numbers of samples.
    #[track_caller]
    pub fn try_loss<T, X, Y, const N: usize>(
        &self,
        first: &X,
        second: &Y,
    ) -> Result<(T, <X::Size as Batch>::Matrix<T, N>, <X::Size as Batch>::Matrix<T, N>), LossError>
    where
        T: Float,
        X: Output<T, N> + ?Sized,
        Y: Output<T, N, Size = X::Size> + ?Sized,
    {
        let mut d_first = <X::Size as Batch>::Matrix::<T, N>::zeros(first.batch());
        let mut d_second = <X::Size as Batch>::Matrix::<T, N>::zeros(first.batch());
        let mut workspace = Buffer::new();
        let loss =
            self.try_loss_into(first, second, &mut d_first, &mut d_second, &mut workspace)?;
        Ok((loss, d_first, d_second))
    }

    /// As [`loss_into`](InfoNce::loss_into), for batches that may not fit.
    ///
    /// # Errors
    /// If both hold different numbers of samples; `d_first` and `d_second` are then as before.
    #[track_caller]
    pub fn try_loss_into<T, X, Y, const N: usize>(
        &self,
        first: &X,
        second: &Y,
        d_first: &mut <X::Size as Batch>::Matrix<T, N>,
        d_second: &mut <X::Size as Batch>::Matrix<T, N>,
        workspace: &mut Buffer<T>,
    ) -> Result<T, LossError>
    where
        T: Float,
        X: Output<T, N> + ?Sized,
        Y: Output<T, N, Size = X::Size> + ?Sized,
    {
        let temperature = self.temperature::<T>();
        let samples = first.batch().value();
        if samples != second.batch().value() {
            return Err(LossError::ViewCount { first: samples, second: second.batch().value() });
        }
        d_first.resize_batch(first.batch());
        d_second.resize_batch(second.batch());
        first.copy_samples(0, d_first.samples_mut());
        second.copy_samples(0, d_second.samples_mut());
        Ok(dispatch(Contrast {
            first: d_first.values_mut(),
            second: d_second.values_mut(),
            width: N,
            samples,
            temperature,
            across_views: self.across_views,
            memory: workspace.at_least(scratch(N, samples)),
        }))
    }

    /// The temperature in the number type of the embeddings.
    #[track_caller]
    fn temperature<T: Float>(&self) -> T {
        let temperature = T::from_f64(self.temperature);
        let is_held =
            temperature > T::ZERO && temperature.is_finite() && (T::ONE / temperature).is_finite();
        assert!(
            is_held,
            "{} is no number type for a temperature of {:e} and one over it",
            T::NAME,
            self.temperature
        );
        temperature
    }
}

/// Values of working memory: embeddings of length one, how long they were, all similarities, and what two
/// products take.
pub(super) const fn scratch(width: usize, samples: usize) -> usize {
    let views = 2 * samples;
    let (left, right) = (multiply_scratch(views, width), multiply_scratch(width, views));
    let pack = if left > right { left } else { right };
    2 * width * views + views + views * views + pack
}

/// The loss; gradients take the place of the embeddings.
pub(super) struct Contrast<'a, T> {
    pub first: &'a mut [T],
    pub second: &'a mut [T],
    pub width: usize,
    pub samples: usize,
    pub temperature: T,
    pub across_views: bool,
    /// As many values as [`scratch`] says.
    pub memory: &'a mut [T],
}

impl<T: Float> Kernel for Contrast<'_, T> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> T {
        let Self { first, second, width, samples, temperature, across_views, memory } = self;
        let views = 2 * samples;
        if samples == 0 || width == 0 {
            return T::ZERO;
        }
        let (units, memory) = memory.split_at_mut(width * views);
        let (d_units, memory) = memory.split_at_mut(width * views);
        let (lengths, memory) = memory.split_at_mut(views);
        let (similarities, pack) = memory.split_at_mut(views * views);

        units[..first.len()].copy_from_slice(first);
        units[first.len()..].copy_from_slice(second);
        for (unit, length) in units.chunks_exact_mut(width).zip(&mut *lengths) {
            *length = normalize::<T, I>(unit);
        }
        let unit = Factor::new(units, width);
        multiply(instructions, unit.transposed(), unit, similarities, pack);

        // Each column becomes the gradient of its anchor's loss with respect to its similarities.
        let share = T::ONE / (T::from_usize(views) * temperature);
        let mut loss = T::ZERO;
        for (anchor, column) in similarities.chunks_exact_mut(views).enumerate() {
            let is_first = anchor < samples;
            let right = if is_first { anchor + samples } else { anchor - samples };
            scale::<T, T::Vector<I>>(column, T::ONE / temperature, T::ZERO);
            column[anchor] = -T::INFINITY;
            if across_views {
                let own = if is_first { 0..samples } else { samples..views };
                column[own].fill(-T::INFINITY);
            }
            let largest = largest::<T, T::Vector<I>>(column);
            let score = column[right] - largest;
            let total = exponentials::<T, T::Vector<I>>(column, largest);
            loss += Float::ln(total) - score;
            scale::<T, T::Vector<I>>(column, share / total, T::ZERO);
            column[right] -= share;
        }
        add_transpose(similarities, views);
        multiply(instructions, unit, Factor::new(similarities, views), d_units, pack);

        let outputs = first.chunks_exact_mut(width).chain(second.chunks_exact_mut(width));
        let views = units.chunks_exact(width).zip(d_units.chunks_exact(width)).zip(lengths);
        for (output, ((unit, d_unit), &mut length)) in outputs.zip(views) {
            if length == T::ZERO {
                output.fill(T::ZERO);
                continue;
            }
            // What changes only the length of an embedding changes nothing.
            let along: T = unit.iter().zip(d_unit).map(|(&x, &d)| x * d).sum();
            for (output, (&x, &d)) in output.iter_mut().zip(unit.iter().zip(d_unit)) {
                *output = (d - x * along) / length;
            }
        }
        loss / T::from_usize(2 * samples)
    }
}

/// Divides a vector by its length and gives it; a vector of zeros stays as it is.
#[inline(always)]
fn normalize<T: Float, I: InstructionSet>(vector: &mut [T]) -> T {
    let largest = vector.iter().fold(T::ZERO, |largest, value| largest.max(value.abs()));
    if largest == T::ZERO {
        return T::ZERO;
    }
    // Squares of these neither overflow nor vanish. One over the largest might.
    vector.iter_mut().for_each(|value| *value /= largest);
    let length = Float::sqrt(vector.iter().map(|&value| value * value).sum::<T>());
    scale::<T, T::Vector<I>>(vector, T::ONE / length, T::ZERO);
    largest * length
}

/// A square matrix becomes its sum with its transpose.
fn add_transpose<T: Float>(matrix: &mut [T], side: usize) {
    for column in 0..side {
        for row in 0..=column {
            let sum = matrix[column * side + row] + matrix[row * side + column];
            matrix[column * side + row] = sum;
            matrix[row * side + column] = sum;
        }
    }
}
