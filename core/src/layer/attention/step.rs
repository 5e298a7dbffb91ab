//! Self-attention of one new position, for generation.

use super::Attention;
use crate::kernel::attention::attend_step;
use crate::kernel::attention::rotation::{fill_row, halves, rotate};
use crate::kernel::{self, Identity};
use crate::layer::{
    MOST_STEPS, Pass, StateParts, StepCount, StepState, StreamMemory, Streaming, TimeFirst, larger,
    step_by_run,
};
use crate::scalar::Float;
use crate::simd::InstructionSet;

/// Only a causal attention, up to the length of the sequence. The state is a cache: keys and values of all positions
/// so far. A new position sees itself and those; nothing is dropped.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<
    T: Float,
    const LENGTH: usize,
    const FEATURES: usize,
    const HEADS: usize,
    const PROJECTED: usize,
    const BIAS: usize,
    const OUT_BIAS: usize,
    const ROTARY: bool,
    const DROPOUT: u64,
> Streaming<T, TimeFirst>
    for Attention<T, LENGTH, FEATURES, HEADS, PROJECTED, BIAS, OUT_BIAS, true, ROTARY, DROPOUT>
{
    type Behind = TimeFirst;

    const MEMORY: StreamMemory = StreamMemory {
        state: LENGTH * (PROJECTED - FEATURES),
        scratch: PROJECTED + FEATURES + Self::SCORES_AND_ANGLES,
        block: MOST_STEPS * (PROJECTED + FEATURES)
            + Self::SCORES_AND_ANGLES
            + larger(
                kernel::affine_scratch(FEATURES, PROJECTED),
                kernel::affine_scratch(FEATURES, FEATURES),
            ),
        steps: Some(LENGTH),
        ..StreamMemory::NONE
    };

    /// The keys of each step, then its values.
    fn describe_state(parts: &mut StateParts<'_>) {
        parts.tensor("cache", &[LENGTH, PROJECTED - FEATURES]);
    }

    step_by_run!(T, TimeFirst);

    /// The projections of a block are products over all its steps.
    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        StepState { kept: cache, .. }: StepState<'_, T>,
        first: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let last = first + count.get() - 1;
        assert!(last < LENGTH, "position {last} of a sequence of {LENGTH}");
        let instructions = pass.instructions();
        let (projected, rest) = pass.scratch().split_at_mut(count.times(PROJECTED));
        let (attended, rest) = rest.split_at_mut(count.times(FEATURES));
        let (scores, rest) = rest.split_at_mut(LENGTH);
        let (angles, pack) = rest.split_at_mut(const { Self::SCORES_AND_ANGLES - LENGTH });
        kernel::affine::<T, I, Identity, FEATURES, PROJECTED>(
            instructions,
            self.in_proj_weight.as_slice(),
            (BIAS > 0).then(|| self.in_proj_bias.as_slice()),
            input[..count.times(FEATURES)].as_chunks().0,
            projected.as_chunks_mut().0,
            None,
            pack,
        );
        let kept = PROJECTED - FEATURES;
        let steps = projected.chunks_exact_mut(PROJECTED).zip(attended.chunks_exact_mut(FEATURES));
        for (position, (projected, attended)) in (first..).zip(steps) {
            if ROTARY {
                let pairs = Self::WIDTH / 2;
                fill_row(&Self::TURNS[..pairs], position, angles, halves(pairs));
                rotate(instructions, &mut projected[..FEATURES + kept / 2], angles, true);
            }
            let (queries, new) = projected.split_at(FEATURES);
            let cache = &mut cache[..(position + 1) * kept];
            cache[position * kept..].copy_from_slice(new);
            attend_step(instructions, &Self::SIZES, queries, cache, attended, scores);
        }
        kernel::affine::<T, I, Identity, FEATURES, FEATURES>(
            instructions,
            self.out_proj.weight.as_slice(),
            (BIAS > 0).then(|| self.out_proj.bias.as_slice()),
            attended.as_chunks().0,
            output[..count.times(FEATURES)].as_chunks_mut().0,
            None,
            pack,
        );
    }
}

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
    /// Working memory of a step for the scores of all positions and, with rotary embedding, the angles of one.
    const SCORES_AND_ANGLES: usize = LENGTH + if ROTARY { Self::WIDTH } else { 0 };
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;
    use crate::layer::Layer;
    use crate::shape::{Rank2, samples_mut};
    use crate::simd::{Kernel, dispatch_each};

    /// All positions at once, and one after the other.
    macro_rules! steps_agree {
        ($($name:ident: $float:ident, $length:literal x $features:literal, [$($argument:tt),*], $tolerance:literal;)*) => {$(
            #[test]
            fn $name() {
                type Subject = Attention<$float, $length, $features, $($argument),*>;

                #[derive(Clone)]
                struct Both<'a>(&'a Subject, &'a [[$float; $features]]);

                impl Kernel for Both<'_> {
                    type Output = [Vec<$float>; 2];

                    #[inline(always)]
                    fn run<I: InstructionSet>(self, instructions: I) -> Self::Output {
                        let mut whole = vec![0.0; $length * $features];
                        let mut scratch = vec![$float::NAN; <Subject as Layer<$float>>::NEEDS.forward.values(1)];
                        let mut pass = Pass::evaluate(instructions, &mut scratch);
                        let output = samples_mut::<Rank2<$length, $features>, _>(&mut whole);
                        self.0.forward(self.1.as_chunks().0, output, &mut pass);

                        let mut steps = vec![[$float::NAN; $features]; $length];
                        let StreamMemory { state, scratch, .. } =
                            <Subject as Streaming<$float, TimeFirst>>::MEMORY;
                        let mut cache = vec![$float::NAN; state];
                        let mut scratch = vec![$float::NAN; scratch];
                        let mut pass = Pass::evaluate(instructions, &mut scratch);
                        for (position, (x, y)) in self.1.iter().zip(&mut steps).enumerate() {
                            self.0.step(x, y, &mut cache, position, &mut pass);
                        }
                        [whole, steps.into_flattened()]
                    }
                }

                let mut rng = StdRng::seed_from_u64(1);
                // SAFETY: a layer is values of one type and nothing else, and zero bytes are zeros.
                let mut layer: Subject = unsafe { core::mem::zeroed() };
                layer.initialize(&mut rng);
                layer.in_proj_bias.iter_mut().for_each(|bias| *bias = rng.random::<$float>() - 0.5);
                layer.out_proj.bias.iter_mut().for_each(|bias| *bias = rng.random::<$float>() - 0.5);
                let input: Vec<[$float; $features]> =
                    (0..$length).map(|_| core::array::from_fn(|_| rng.random::<$float>() - 0.5)).collect();
                dispatch_each(Both(&layer, &input), |set, [whole, steps]| {
                    for (index, (whole, step)) in whole.iter().zip(&steps).enumerate() {
                        // Written so that a NaN fails.
                        let is_close = (whole - step).abs() <= $tolerance;
                        assert!(is_close, "{set}: value {index} is {whole}, by steps {step}");
                    }
                });
            }
        )*};
    }

    steps_agree! {
        in_f32: f32, 20 x 32, [2, 96, 96, 32, true], 1e-5;
        in_f64: f64, 20 x 12, [3, 36, 36, 12, true], 1e-12;
        long: f64, 150 x 8, [2, 24, 24, 8, true], 1e-12;
        of_grouped_queries: f64, 9 x 24, [6, 40, 40, 24, true], 1e-12;
        with_rotary_embedding: f64, 130 x 12, [2, 36, 36, 12, true, true], 1e-12;
        with_rotary_embedding_in_f32: f32, 70 x 64, [4, 128, 0, 0, true, true], 1e-5;
        with_dropout: f64, 5 x 6, [2, 18, 0, 0, true, false, { f64::to_bits(0.5) }], 1e-12;
        of_one: f64, 1 x 2, [1, 6, 6, 2, true], 1e-12;
    }
}
