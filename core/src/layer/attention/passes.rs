//! Self-attention forward and backward, for some samples at a time.

use static_net_rules::Text;

use super::Attention;
use super::tape::Kinds;
use crate::kernel::attention::rotation::{Turn, fill_table, halves, rotate, turns};
use crate::kernel::attention::{
    AttentionSizes, Gradients, Kept, Mask, Projected, attend, attend_backward,
};
use crate::kernel::{self, Identity};
use crate::layer::{Backward, BufferLayout, BufferSize, Mode, Pass, larger};
use crate::scalar::Float;
use crate::shape::{Rank2, values, values_mut};
use crate::simd::InstructionSet;

/// How many positions, of one or more samples, are projected together: so many that copies of weights pay, and so
/// few that what they give stays in the second-level cache.
const POSITIONS: usize = 256;

impl<
    T: Float,
    const LENGTH: usize,
    const FEATURES: usize,
    const HEADS: usize,
    const PROJECTED: usize,
    const BIAS: usize,
    const OUT_BIAS: usize,
    const CAUSAL: bool,
    const ROTARY: bool,
    const DROPOUT: u64,
> Attention<T, LENGTH, FEATURES, HEADS, PROJECTED, BIAS, OUT_BIAS, CAUSAL, ROTARY, DROPOUT>
{
    /// How many features a head has.
    pub(super) const WIDTH: usize = match FEATURES.checked_div(HEADS) {
        Some(width) => width,
        None => 0,
    };
    /// The sizes, as kernels take them.
    pub(super) const SIZES: AttentionSizes = AttentionSizes {
        length: LENGTH,
        keys: LENGTH,
        heads: HEADS,
        kv_heads: match (PROJECTED.saturating_sub(FEATURES) / 2).checked_div(Self::WIDTH) {
            Some(heads) => heads,
            None => 0,
        },
        width: Self::WIDTH,
        is_causal: CAUSAL,
    };
    /// By what features are turned from one position to the next.
    pub(super) const TURNS: [Turn; FEATURES] = turns(if ROTARY { Self::WIDTH / 2 } else { 0 });
    /// How many samples are computed together.
    pub(super) const GROUP: usize = larger(POSITIONS / LENGTH, 1);
    /// How many pairs of positions have a score.
    pub(super) const PAIRS: usize =
        if CAUSAL { LENGTH * (LENGTH + 1) / 2 } else { LENGTH * LENGTH };
    /// Values that hold the seed of a sample.
    pub(super) const SEEDS: usize = if DROPOUT > 0 { Mask::KEPT } else { 0 };
    /// Values of the sines and cosines of all positions.
    pub(super) const TABLE: usize = if ROTARY { LENGTH * Self::WIDTH } else { 0 };
    /// Values that the steps forward need, one after the other.
    pub(super) const FORWARD_WORK: usize = larger(
        Self::SIZES.forward_scratch(),
        larger(
            kernel::affine_scratch(FEATURES, PROJECTED),
            kernel::affine_scratch(FEATURES, FEATURES),
        ),
    );
    /// Values that the steps backward need, one after the other.
    pub(super) const BACKWARD_WORK: usize = larger(
        Self::SIZES.backward_scratch(),
        larger(
            kernel::affine_backward_scratch(FEATURES, PROJECTED),
            kernel::affine_backward_scratch(FEATURES, FEATURES),
        ),
    );

    /// Queries, keys and values, what the heads gave, a logarithm for each head and position, and the seed.
    pub(super) const TAPE: BufferLayout<4> = BufferLayout::new([
        BufferSize::per_sample(LENGTH * PROJECTED),
        BufferSize::per_sample(LENGTH * FEATURES),
        BufferSize::per_sample(LENGTH * HEADS),
        BufferSize::per_sample(Self::SEEDS),
    ]);
    /// What stands where nothing is kept, and its gradients: queries, keys, values and what the heads give of the
    /// samples that are computed together.
    const OF_A_GROUP: BufferSize = BufferSize {
        per_sample: 0,
        fixed: LENGTH * (PROJECTED + FEATURES),
        batch: (Self::GROUP - 1) * LENGTH * (PROJECTED + FEATURES),
    };
    /// Sines and cosines, what the steps need, and a group.
    pub(super) const FORWARD: BufferLayout<3> = BufferLayout::new([
        BufferSize::fixed(Self::TABLE),
        BufferSize::fixed(Self::FORWARD_WORK),
        Self::OF_A_GROUP,
    ]);
    /// The same on the way back.
    pub(super) const BACKWARD: BufferLayout<3> = BufferLayout::new([
        BufferSize::fixed(Self::TABLE),
        BufferSize::fixed(Self::BACKWARD_WORK),
        Self::OF_A_GROUP,
    ]);

    /// Refuses sizes that do not fit.
    pub(super) const fn check() {
        if HEADS == 0 || !FEATURES.is_multiple_of(HEADS) {
            let text = Text::new().text("the ").number(FEATURES as u128);
            let text = text.text(" features of an attention do not divide into ");
            panic!("{}", text.number(HEADS as u128).text(" heads").as_str());
        }
        let kv_heads = Self::SIZES.kv_heads;
        assert!(
            kv_heads > 0 && HEADS.is_multiple_of(kv_heads) && PROJECTED == Self::SIZES.projected(),
            "`PROJECTED` is the features of all queries, keys and values, and heads of keys divide those of queries"
        );
        assert!(
            (BIAS == PROJECTED && OUT_BIAS == FEATURES) || (BIAS == 0 && OUT_BIAS == 0),
            "an attention has a bias for each feature or none"
        );
        assert!(
            !ROTARY || Self::WIDTH.is_multiple_of(2),
            "rotary embedding turns pairs of features of a head"
        );
        let p = f64::from_bits(DROPOUT);
        assert!(p >= 0.0 && p < 1.0, "the probability of dropout is a number from 0 to below 1");
    }

    /// Fills the table of sines and cosines, if there is one.
    #[inline(always)]
    fn fill_table(table: &mut [T]) {
        if ROTARY {
            let pairs = Self::WIDTH / 2;
            fill_table(&Self::TURNS[..pairs], table, halves(pairs));
        }
    }

    /// Turns queries and keys of each position, or turns them back.
    #[inline(always)]
    fn rotate<I: InstructionSet>(instructions: I, projected: &mut [T], table: &[T], forward: bool) {
        if ROTARY {
            let turned = FEATURES + Self::SIZES.kv_features();
            let rows = projected.chunks_exact_mut(PROJECTED).zip(table.chunks_exact(Self::WIDTH));
            for (position, angles) in rows {
                rotate(instructions, &mut position[..turned], angles, forward);
            }
        }
    }

    /// The forward pass, in which the positions are seen that `seen` has no zero for, or all.
    #[inline(always)]
    pub(super) fn attend<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; FEATURES]; LENGTH]],
        seen: Option<&[T]>,
        output: &mut [[[T; FEATURES]; LENGTH]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let mut kept = pass.keep(&Self::TAPE, input.len()).map(Kinds::of);
        if let Some(tape) = &mut kept {
            draw_seeds(tape.seeds, pass);
        }
        self.forward_groups(input, output, seen, kept, pass);
    }

    /// Computes the output of each sample.
    #[inline(always)]
    fn forward_groups<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; FEATURES]; LENGTH]],
        output: &mut [[[T; FEATURES]; LENGTH]],
        seen: Option<&[T]>,
        mut tape: Option<Kinds<&mut [T]>>,
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let instructions = pass.instructions();
        let ([table, work, rest], _) = Self::FORWARD.split_mut(pass.scratch(), input.len());
        Self::fill_table(table);
        let bias = (BIAS > 0).then(|| self.in_proj_bias.as_slice());
        let out_bias = (BIAS > 0).then(|| self.out_proj.bias.as_slice());
        let groups = input.chunks(Self::GROUP).zip(output.chunks_mut(Self::GROUP));
        for (index, (input, output)) in groups.enumerate() {
            let first = index * Self::GROUP;
            let samples = first..first + input.len();
            let mut kept = match &mut tape {
                Some(tape) => tape.samples_mut(samples, Self::SIZES),
                None => {
                    let (projected, rest) = rest.split_at_mut(input.len() * LENGTH * PROJECTED);
                    let attended = &mut rest[..input.len() * LENGTH * FEATURES];
                    Kinds::of([projected, attended, &mut [], &mut []])
                }
            };
            kernel::affine_rows::<T, I, Identity>(
                instructions,
                (self.in_proj_weight.as_slice(), PROJECTED),
                bias,
                values::<Rank2<LENGTH, FEATURES>, T>(input),
                kept.projected,
                None,
                work,
            );
            for sample in 0..input.len() {
                let Kinds { projected, attended, logarithms, seeds } =
                    kept.samples_mut(sample..sample + 1, Self::SIZES);
                Self::rotate(instructions, projected, table, true);
                let logarithms = if logarithms.is_empty() { None } else { Some(logarithms) };
                let mask = mask_of(f64::from_bits(DROPOUT), seeds);
                let seen = seen_by(seen, first + sample, LENGTH);
                let projected = Projected::of_itself(projected, &Self::SIZES, seen);
                attend(instructions, &Self::SIZES, projected, attended, logarithms, mask, work);
            }
            kernel::affine_rows::<T, I, Identity>(
                instructions,
                (self.out_proj.weight.as_slice(), FEATURES),
                out_bias,
                kept.attended,
                values_mut::<Rank2<LENGTH, FEATURES>, T>(output),
                None,
                work,
            );
        }
    }

    /// Adds to the gradient and writes the one with respect to the input, each where it is wanted.
    #[inline(always)]
    pub(super) fn backward_groups<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        seen: Option<&[T]>,
        mut gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let Backward { input, mut tape, d_output, mut d_input, .. } = step;
        let tape = Kinds::of(tape.take(&Self::TAPE, input.len()));
        let instructions = pass.instructions();
        let ([table, work, rest], _) = Self::BACKWARD.split_mut(pass.scratch(), input.len());
        Self::fill_table(table);
        for first in (0..input.len()).step_by(Self::GROUP) {
            let count = Self::GROUP.min(input.len() - first);
            let kept = tape.samples(first..first + count, Self::SIZES);
            let d_output = values::<Rank2<LENGTH, FEATURES>, T>(&d_output[first..first + count]);
            let (d_projected, rest) = rest.split_at_mut(count * LENGTH * PROJECTED);
            let d_attended = &mut rest[..count * LENGTH * FEATURES];
            if let Some(gradient) = gradient.as_deref_mut() {
                kernel::affine_gradient_rows(
                    instructions,
                    (d_output, FEATURES),
                    kept.attended,
                    gradient.out_proj.weight.as_mut_slice(),
                    (BIAS > 0).then(|| gradient.out_proj.bias.as_mut_slice()),
                    work,
                );
            }
            kernel::affine_input_gradient_rows(
                instructions,
                self.out_proj.weight.as_slice(),
                d_output,
                d_attended,
                FEATURES,
                work,
            );
            let d_samples = d_projected
                .chunks_exact_mut(LENGTH * PROJECTED)
                .zip(d_attended.chunks_exact(LENGTH * FEATURES));
            for (sample, (d_projected, d_attended)) in d_samples.enumerate() {
                let Kinds { projected, attended, logarithms, seeds } =
                    kept.samples(sample..sample + 1, Self::SIZES);
                let seen = seen_by(seen, first + sample, LENGTH);
                let projected = Projected::of_itself(projected, &Self::SIZES, seen);
                attend_backward(
                    instructions,
                    &Self::SIZES,
                    Kept {
                        projected,
                        output: attended,
                        logarithms,
                        mask: mask_of(f64::from_bits(DROPOUT), seeds),
                    },
                    d_attended,
                    Gradients::of_itself(d_projected, &Self::SIZES),
                    work,
                );
                Self::rotate(instructions, d_projected, table, false);
            }
            if let Some(gradient) = gradient.as_deref_mut() {
                kernel::affine_gradient_rows(
                    instructions,
                    (&*d_projected, PROJECTED),
                    values::<Rank2<LENGTH, FEATURES>, T>(&input[first..first + count]),
                    gradient.in_proj_weight.as_mut_slice(),
                    (BIAS > 0).then(|| gradient.in_proj_bias.as_mut_slice()),
                    work,
                );
            }
            if let Some(d_input) = &mut d_input {
                kernel::affine_input_gradient_rows(
                    instructions,
                    self.in_proj_weight.as_slice(),
                    d_projected,
                    values_mut::<Rank2<LENGTH, FEATURES>, T>(&mut d_input[first..first + count]),
                    FEATURES,
                    work,
                );
            }
        }
    }
}

/// Draws the seeds of the weights that are dropped, where a pass trains.
#[inline(always)]
pub(super) fn draw_seeds<T: Float, I: InstructionSet, M: Mode<T>>(
    seeds: &mut [T],
    pass: &mut Pass<'_, T, I, M>,
) {
    for seed in seeds.as_chunks_mut().0 {
        *seed = pass.random().map_or(Mask::nothing(), |rng| Mask::keep(rng.next_u64()));
    }
}

/// Which weights of a sample are dropped with that probability.
#[inline(always)]
pub(super) fn mask_of<T: Float>(p: f64, seeds: &[T]) -> Option<Mask> {
    match *seeds {
        [first, second, ..] => Mask::of(p, [first, second]),
        _ => None,
    }
}

/// What a sample of those says that a mask is of, which has a value for each of so many positions.
#[inline(always)]
pub(super) fn seen_by<T>(seen: Option<&[T]>, sample: usize, positions: usize) -> Option<&[T]> {
    seen.map(|seen| &seen[sample * positions..][..positions])
}
