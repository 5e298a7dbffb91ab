//! Sequences of labels whose places are not known, such as letters of speech.

use super::each_step::WholeSteps;
use super::labels::LabelTargets;
use super::scaled::scalable;
use super::{ClassIndex, Loss, LossError};
use crate::buffer::Buffer;
use crate::kernel::lanes::{MOST_LANES, read, write};
use crate::kernel::softmax::logarithm_of_sum;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// Connectionist temporal classification (Graves et al. 2006, <https://doi.org/10.1145/1143844.1143891>) of an output
/// `[length, CLASSES]`: `-ln(P)` of each sample, with the probability `P` that its steps spell its labels, over all ways to place
/// them, with repetitions and with blanks in between. Divided by the number of labels, then the mean over the samples:
/// `torch.nn.CTCLoss` of `log_softmax`, with its default `reduction="mean"`.
///
/// The output is logits at each step, of which one class is the blank: the first, unless [`blank`](Ctc::blank) names another. The
/// targets are a list of labels for each sample: `Vec<Vec<u32>>`, `[[u32; LENGTH]]`, `[&[usize]]`, with integers of any kind;
/// a list of `Option`s ends where one is `None`. Where sequences end early, [`Padded`](super::Padded) says after how many steps each
/// does.
///
/// A sample with more labels than its steps can spell is refused, or left out with [`skip_impossible`](Ctc::skip_impossible).
///
/// The loss needs working memory. [`Training`](crate::Training) keeps it from step to step; `loss` and `loss_into` allocate it.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::Ctc;
///
/// network! { struct Net< [6, 4] => gru(8) => 3 >; }
///
/// let mut net = Net::new(&mut StdRng::seed_from_u64(1));
/// let (mut training, mut adam) = (net.training(), Adam::new(&net).learning_rate(0.02));
/// let x = SMatrix::<f32, 24, 2>::from_fn(|row, column| ((row * (column + 2)) as f32).sin());
/// let mut loss = f32::INFINITY;
/// for _ in 0..200 {
///     training.forward(&net, &x);
///     loss = training.backward(&net, Ctc::<3>::new(), &[vec![1u32, 2, 1], vec![2]]);
///     adam.step(&mut net, training.gradient());
/// }
/// assert!(loss < 0.05, "{loss}");
/// ```
#[doc(alias = "CTCLoss")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ctc<const CLASSES: usize> {
    blank: usize,
    skips_impossible: bool,
}

impl<const CLASSES: usize> Ctc<CLASSES> {
    /// Of labels other than 0, which is the blank.
    pub fn new() -> Self {
        Ctc { blank: 0, skips_impossible: false }
    }

    /// Names another class as the blank, which no label is.
    ///
    /// # Panics
    /// If it is none of the classes.
    #[track_caller]
    pub fn blank(self, blank: usize) -> Self {
        assert!(blank < CLASSES, "the blank is one of {CLASSES} classes, not {blank}");
        Ctc { blank, ..self }
    }

    /// Gives samples with more labels than their steps can spell a loss of 0: `zero_infinity=True` in PyTorch.
    pub fn skip_impossible(self) -> Self {
        Ctc { skips_impossible: true, ..self }
    }
}

impl<const CLASSES: usize> Default for Ctc<CLASSES> {
    fn default() -> Self {
        Self::new()
    }
}

scalable! {
    [const CLASSES: usize] Ctc<CLASSES>;
}

impl<T, const N: usize, const CLASSES: usize, Y> Loss<T, N, Y> for Ctc<CLASSES>
where
    T: Float,
    Y: LabelTargets + ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        self.evaluate_in(values, targets, &mut Buffer::new())
    }

    fn evaluate_in(
        &self,
        values: &mut [[T; N]],
        targets: &Y,
        memory: &mut Buffer<T>,
    ) -> Result<T, LossError> {
        let () = WholeSteps::<N, CLASSES>::CHECKED;
        LossError::check_samples(values.len(), targets.sample_count())?;
        let lengths = targets.lengths();
        if let Some(lengths) = lengths {
            LossError::check_samples(values.len(), lengths.len())?;
        }
        let share = T::ONE / T::from_usize(values.len().max(1));
        let mut loss = T::ZERO;
        for (sample, values) in values.iter_mut().enumerate() {
            let all = values.as_chunks_mut::<CLASSES>().0;
            let length = lengths.map_or(all.len(), |lengths| lengths[sample]);
            if length > all.len() {
                return Err(LossError::LengthOutOfRange { sample, length, steps: all.len() });
            }
            let (steps, padding) = all.split_at_mut(length);
            padding.as_flattened_mut().fill(T::ZERO);
            let labels = Labels::new(sample, targets.labels(sample), self.blank, CLASSES)?;
            let needed = labels.steps_needed();
            if needed > length {
                if !self.skips_impossible {
                    return Err(LossError::TooFewSteps { sample, steps: length, needed });
                }
                steps.as_flattened_mut().fill(T::ZERO);
                continue;
            }
            let share = share / T::from_usize(labels.labels.len().max(1));
            let memory = memory.at_least(labels.memory(length));
            loss += share * dispatch(Spelling { steps, labels, share, memory });
        }
        Ok(loss)
    }
}

/// The labels of a sample, none of which is the blank. With a blank before, between and behind them they are states.
pub(super) struct Labels<'a, C> {
    labels: &'a [C],
    blank: usize,
}

impl<'a, C: ClassIndex> Labels<'a, C> {
    pub fn new(
        sample: usize,
        labels: &'a [C],
        blank: usize,
        classes: usize,
    ) -> Result<Self, LossError> {
        let end = labels.iter().position(|label| label.class().is_none());
        let labels = &labels[..end.unwrap_or(labels.len())];
        for (step, label) in labels.iter().enumerate() {
            let class = label.class().unwrap_or(-1);
            if !usize::try_from(class).is_ok_and(|class| class < classes) {
                return Err(LossError::StepClassOutOfRange { sample, step, class, classes });
            }
            if class == blank as i64 {
                return Err(LossError::LabelIsBlank { sample, label: step, blank });
            }
        }
        Ok(Labels { labels, blank })
    }

    /// Between equal labels there is a blank.
    fn steps_needed(&self) -> usize {
        let repeated = self.labels.windows(2).filter(|pair| pair[0].class() == pair[1].class());
        self.labels.len() + repeated.count()
    }

    fn states(&self) -> usize {
        2 * self.labels.len() + 1
    }

    /// The class of a state.
    #[inline(always)]
    fn class(&self, state: usize) -> usize {
        if state.is_multiple_of(2) {
            return self.blank;
        }
        self.labels[state / 2].class().map_or(self.blank, |class| class as usize)
    }

    /// Whether a state may follow the one two before it: there is no blank between different labels.
    fn may_skip_to(&self, state: usize) -> bool {
        !state.is_multiple_of(2) && state > 1 && self.class(state) != self.class(state - 2)
    }

    /// Values of working memory for so many steps: a row of states for each, and three more.
    pub fn memory(&self, steps: usize) -> usize {
        (steps + 3) * (self.states() + BORDER)
    }
}

/// How many states that are never reached stand beside a row, so that neighbours can be read of each state.
const BORDER: usize = 2;

/// The loss of one sample; gradients, times `share`, take the place of its steps. In logarithms.
pub(super) struct Spelling<'a, T, C, const CLASSES: usize> {
    pub steps: &'a mut [[T; CLASSES]],
    pub labels: Labels<'a, C>,
    pub share: T,
    pub memory: &'a mut [T],
}

impl<T: Float, C: ClassIndex, const CLASSES: usize> Kernel for Spelling<'_, T, C, CLASSES> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { steps, labels, share, memory } = self;
        let (states, lowest) = (labels.states(), -T::INFINITY);
        let row = states + BORDER;
        if steps.is_empty() {
            return T::ZERO;
        }
        let (scores, memory) = memory.split_at_mut(row);
        let (skips, memory) = memory.split_at_mut(row);
        let (behind, memory) = memory.split_at_mut(row);
        let before = &mut memory[..steps.len() * row];
        before.fill(lowest);
        behind.fill(lowest);
        skips.fill(lowest);
        for (state, skip) in skips[..states].iter_mut().enumerate() {
            if labels.may_skip_to(state) {
                *skip = T::ZERO;
            }
        }

        // How likely the labels up to each state are, at each step.
        for step in 0..steps.len() {
            let values = &mut steps[step];
            let total = logarithm_of_sum::<T, T::Vector<I>>(values);
            values.iter_mut().for_each(|value| *value -= total);
            for (state, score) in scores[..states].iter_mut().enumerate() {
                *score = steps[step][labels.class(state)];
            }
            let (earlier, row_of_step) = before.split_at_mut(step * row);
            let reached = &mut row_of_step[BORDER..row];
            if step == 0 {
                let first = states.min(2);
                reached[..first].copy_from_slice(&scores[..first]);
                continue;
            }
            let earlier = &earlier[(step - 1) * row..];
            for start in (0..states).step_by(T::Vector::<I>::LANES) {
                let count = T::Vector::<I>::LANES.min(states - start);
                let [two, one, same] =
                    [0, 1, 2].map(|place| read::<T, T::Vector<I>>(earlier, start + place, count));
                let two = two + read(skips, start, count);
                let sum = sum_of_logarithms([same, one, two]) + read(scores, start, count);
                write(sum, reached, start, count);
            }
        }
        let last = &before[(steps.len() - 1) * row..][BORDER..];
        let ends = [last[states - 1], if states > 1 { last[states - 2] } else { lowest }];
        let most = ends[0].max(ends[1]);
        let all = most + Float::ln(Float::exp(ends[0] - most) + Float::exp(ends[1] - most));

        // How likely what follows each state is, and with that the gradient.
        for step in (0..steps.len()).rev() {
            let reached = &mut before[step * row..][BORDER..row];
            for (state, score) in scores[..states].iter_mut().enumerate() {
                *score = steps[step][labels.class(state)];
            }
            for start in (0..states).step_by(T::Vector::<I>::LANES) {
                let count = T::Vector::<I>::LANES.min(states - start);
                let [same, one, two] =
                    [0, 1, 2].map(|place| read::<T, T::Vector<I>>(behind, start + place, count));
                let two = two + read(skips, start + 2, count);
                let following = if step + 1 < steps.len() {
                    sum_of_logarithms([same, one, two])
                } else {
                    let mut ends = [lowest; MOST_LANES];
                    for (lane, end) in ends[..count].iter_mut().enumerate() {
                        if start + lane + 2 >= states {
                            *end = T::ZERO;
                        }
                    }
                    Vector::load(&ends)
                };
                let there: T::Vector<I> = read(reached, start, count);
                write((there + following - Vector::splat(all)).exp(), reached, start, count);
                // What is read of later states is from the step behind.
                write(following + read(scores, start, count), behind, start, count);
            }
            let values = &mut steps[step];
            for start in (0..CLASSES).step_by(T::Vector::<I>::LANES) {
                let count = T::Vector::<I>::LANES.min(CLASSES - start);
                let logarithm: T::Vector<I> = read(values, start, count);
                write(logarithm.exp() * Vector::splat(share), values, start, count);
            }
            for (state, &chance) in reached.iter().enumerate() {
                values[labels.class(state)] -= share * chance;
            }
        }
        -all
    }
}

/// `ln(exp(a) + exp(b) + exp(c))`; of minus infinity alone it is that.
#[inline(always)]
fn sum_of_logarithms<T: Float, V: Vector<T>>([a, b, c]: [V; 3]) -> V {
    // Minus infinity less itself would be NaN.
    let most = a.max(b).max(c).max(V::splat(T::from_f64(-1e30)));
    most + ((a - most).exp() + (b - most).exp() + (c - most).exp()).ln()
}
