//! Self-attention of one new position, for generation.

use super::Attention;
use crate::kernel::attention::attend_step;
use crate::kernel::attention::rotation::{fill_row, halves, rotate};
use crate::kernel::{self, Identity};
use crate::layer::{Pass, StreamMemory, Streaming, TimeFirst};
use crate::scalar::Float;
use crate::simd::InstructionSet;

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
    /// Values of the cache of [`step`](Self::step): keys and values of all positions.
    pub const STEP_STATE: usize = LENGTH * (PROJECTED - FEATURES);
    /// Values of working memory that [`step`](Self::step) needs.
    pub const STEP_SCRATCH: usize =
        PROJECTED + FEATURES + LENGTH + Self::ZEROS + if ROTARY { Self::WIDTH } else { 0 };

    /// The output of one new position of one sample, which sees itself and the positions before it: what a causal
    /// attention gives there when it gets the whole sequence.
    ///
    /// `cache` holds [`STEP_STATE`](Self::STEP_STATE) values, the keys and values of the positions before `position`,
    /// which counts from 0, and gets those of the new one. `scratch` holds at least
    /// [`STEP_SCRATCH`](Self::STEP_SCRATCH) values. Nothing is dropped.
    ///
    /// # Panics
    /// If `position` is not below `LENGTH` or a slice is too short.
    #[inline(always)]
    pub fn step<I: InstructionSet>(
        &self,
        instructions: I,
        input: &[T; FEATURES],
        output: &mut [T; FEATURES],
        cache: &mut [T],
        position: usize,
        scratch: &mut [T],
    ) {
        const { assert!(CAUSAL, "only a causal attention computes one position after another") };
        assert!(position < LENGTH, "position {position} of a sequence of {LENGTH}");
        let (projected, rest) = scratch.split_at_mut(PROJECTED);
        let (attended, rest) = rest.split_at_mut(FEATURES);
        let (scores, rest) = rest.split_at_mut(LENGTH);
        let (zeros, angles) = rest.split_at_mut(Self::ZEROS);
        zeros.fill(T::ZERO);
        let (bias, out_bias) = match BIAS {
            0 => (&zeros[..], &zeros[..FEATURES]),
            _ => (self.in_proj_bias.as_slice(), self.out_proj.bias.as_slice()),
        };
        kernel::affine::<T, I, Identity, FEATURES, PROJECTED>(
            instructions,
            self.in_proj_weight.as_slice(),
            bias,
            core::slice::from_ref(input),
            projected.as_chunks_mut().0,
            None,
            &mut [],
        );
        let kept = PROJECTED - FEATURES;
        if ROTARY {
            let pairs = Self::WIDTH / 2;
            let angles = &mut angles[..2 * pairs];
            fill_row(&Self::TURNS[..pairs], position, angles, halves(pairs));
            rotate(&mut projected[..FEATURES + kept / 2], angles, true);
        }
        let (queries, new) = projected.split_at(FEATURES);
        let cache = &mut cache[..(position + 1) * kept];
        cache[position * kept..].copy_from_slice(new);
        attend_step(instructions, &Self::GEOMETRY, queries, cache, attended, scores);
        kernel::affine::<T, I, Identity, FEATURES, FEATURES>(
            instructions,
            self.out_proj.weight.as_slice(),
            out_bias,
            attended.as_chunks().0,
            core::slice::from_mut(output),
            None,
            &mut [],
        );
    }
}

/// Only a causal attention, up to the length of the sequence. The state is the cache of keys and values.
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
        state: Self::STEP_STATE,
        scratch: Self::STEP_SCRATCH,
        steps: Some(LENGTH),
        ..StreamMemory::NONE
    };

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        self.step(
            pass.instructions(),
            &input.as_chunks().0[0],
            &mut output.as_chunks_mut().0[0],
            state,
            position,
            pass.scratch(),
        );
    }
}
