//! Multi-head attention of a sequence to another one.

use nalgebra::{SMatrix, SVector};
use rand::Rng;

use super::Projection;
use super::passes::{draw_seeds, mask_of, seen_by};
use super::self_attention::initialize;
use crate::kernel::attention::{
    AttentionSizes, Gradients, Kept, Mask, Projected, attend, attend_backward,
};
use crate::kernel::{self, Identity};
use crate::layer::reference::{ReadingBackward, ReadingLayer};
use crate::layer::{BufferLayout, BufferSize, Description, Mode, Needs, Pass, larger};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Rank2;
use crate::simd::InstructionSet;

/// Multi-head attention of the positions of a sequence `[LENGTH, FEATURES]` to those of another one, the memory
/// `[MEMORY, FEATURES]` (Vaswani et al. 2017, <https://arxiv.org/abs/1706.03762>; `torch.nn.MultiheadAttention` with
/// `batch_first`, called with the memory as key and as value): `attention(heads: 4, memory: &encoded)` in the language.
///
/// Queries are projected from the sequence, keys and values from the memory. All else is as in
/// [`Attention`](super::Attention), parameters and their names included. With a mask, `[MEMORY]`, positions of the memory
/// whose value in it is zero are not seen; a sequence that sees none of them gets what values of zero give.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Net< (query: [1, 2], source: [2, 2], mask: [2])
///         => &query => attend: attention(heads: 1, memory: &source, mask: &mask) >;
/// }
///
/// let mut net = Net::zeros();
/// // Scores of zero weigh all positions alike; values and output are the input.
/// net.attend.in_proj_weight.fixed_view_mut::<2, 2>(4, 0).fill_with_identity();
/// net.attend.out_proj.weight.fill_with_identity();
/// let (query, source) = ([9.0, 9.0], [4.0, 0.0, 2.0, 2.0]);
/// let all = NetInput { query: &query, source: &source, mask: &[1.0, 1.0] };
/// assert_eq!(net.forward(&all), SVector::from([3.0, 1.0]));
/// let second = NetInput { query: &query, source: &source, mask: &[0.0, 1.0] };
/// assert_eq!(net.forward(&second), SVector::from([2.0, 2.0]));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct CrossAttention<
    T: Float,
    const LENGTH: usize,
    const MEMORY: usize,
    const FEATURES: usize,
    const HEADS: usize,
    const PROJECTED: usize,
    const BIAS: usize = 0,
    const OUT_BIAS: usize = 0,
    const DROPOUT: u64 = 0,
> {
    /// One row for each feature of queries, keys and values, one column for each feature of the input.
    #[tensor(matrix)]
    pub in_proj_weight: SMatrix<T, PROJECTED, FEATURES>,
    /// One value for each feature of queries, keys and values, or none.
    pub in_proj_bias: SVector<T, BIAS>,
    /// From what the heads give to the output.
    pub out_proj: Projection<T, FEATURES, FEATURES, OUT_BIAS>,
}

impl<
    T: Float,
    const LENGTH: usize,
    const MEMORY: usize,
    const FEATURES: usize,
    const HEADS: usize,
    const PROJECTED: usize,
    const BIAS: usize,
    const OUT_BIAS: usize,
    const DROPOUT: u64,
> CrossAttention<T, LENGTH, MEMORY, FEATURES, HEADS, PROJECTED, BIAS, OUT_BIAS, DROPOUT>
{
    /// How many features keys and values have together.
    const KEYS: usize = PROJECTED.saturating_sub(FEATURES);
    /// The sizes, as kernels take them.
    const SIZES: AttentionSizes = {
        let width = match FEATURES.checked_div(HEADS) {
            Some(width) => width,
            None => 0,
        };
        AttentionSizes {
            length: LENGTH,
            keys: MEMORY,
            heads: HEADS,
            kv_heads: match (Self::KEYS / 2).checked_div(width) {
                Some(heads) => heads,
                None => 0,
            },
            width,
            is_causal: false,
        }
    };
    /// Queries; keys and values; what the heads gave; a logarithm for each head and position; the seed.
    const TAPE: BufferLayout<5> = BufferLayout::new([
        BufferSize::per_sample(LENGTH * FEATURES),
        BufferSize::per_sample(MEMORY * Self::KEYS),
        BufferSize::per_sample(LENGTH * FEATURES),
        BufferSize::per_sample(LENGTH * HEADS),
        BufferSize::per_sample(if DROPOUT > 0 { Mask::KEPT } else { 0 }),
    ]);
    /// What the passes need beside queries, keys, values and what the heads give, or their gradients, of all samples: the
    /// weights of the queries alone, those of keys and values, and what each step needs.
    const fn working_memory(step: usize) -> BufferLayout<6> {
        BufferLayout::new([
            BufferSize::per_sample(LENGTH * FEATURES),
            BufferSize::per_sample(MEMORY * Self::KEYS),
            BufferSize::per_sample(LENGTH * FEATURES),
            BufferSize::fixed(FEATURES * FEATURES),
            BufferSize::fixed(Self::KEYS * FEATURES),
            BufferSize::fixed(step),
        ])
    }
    const FORWARD: BufferLayout<6> = Self::working_memory(larger(
        Self::SIZES.forward_scratch(),
        larger(
            kernel::affine_scratch(FEATURES, Self::KEYS),
            kernel::affine_scratch(FEATURES, FEATURES),
        ),
    ));
    const BACKWARD: BufferLayout<6> = Self::working_memory(larger(
        Self::SIZES.backward_scratch(),
        larger(
            kernel::affine_backward_scratch(FEATURES, Self::KEYS),
            kernel::affine_backward_scratch(FEATURES, FEATURES),
        ),
    ));

    /// The biases of queries, and of keys and values.
    #[inline(always)]
    fn biases(&self) -> Option<(&[T], &[T])> {
        (BIAS > 0).then(|| self.in_proj_bias.as_slice().split_at(FEATURES))
    }

    fn out_bias(&self) -> Option<&[T]> {
        (BIAS > 0).then(|| self.out_proj.bias.as_slice())
    }

    /// Copies the weights of the queries, and those of keys and values.
    #[inline(always)]
    fn copy_weights(&self, of_queries: &mut [T], of_keys: &mut [T]) {
        let parts = of_queries.chunks_exact_mut(FEATURES).zip(of_keys.chunks_exact_mut(Self::KEYS));
        for (column, (queries, keys)) in
            self.in_proj_weight.as_slice().chunks_exact(PROJECTED).zip(parts)
        {
            queries.copy_from_slice(&column[..FEATURES]);
            keys.copy_from_slice(&column[FEATURES..]);
        }
    }

    #[inline(always)]
    fn attend<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        memory: &[T],
        seen: Option<&[T]>,
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let samples = input.len() / (LENGTH * FEATURES);
        let instructions = pass.instructions();
        let mut kept = pass.keep(&Self::TAPE, samples);
        if let Some([.., seeds]) = &mut kept {
            draw_seeds(seeds, pass);
        }
        let ([queries, keys, attended, of_queries, of_keys, work], _) =
            Self::FORWARD.split_mut(pass.scratch(), samples);
        self.copy_weights(of_queries, of_keys);
        let [queries, keys, attended, logarithms, seeds] =
            kept.unwrap_or([queries, keys, attended, &mut [], &mut []]);
        let biases = self.biases();
        kernel::affine_rows::<T, I, Identity>(
            instructions,
            (of_queries, FEATURES),
            biases.map(|(of_queries, _)| of_queries),
            input,
            queries,
            None,
            work,
        );
        kernel::affine_rows::<T, I, Identity>(
            instructions,
            (of_keys, Self::KEYS),
            biases.map(|(_, of_keys)| of_keys),
            memory,
            keys,
            None,
            work,
        );
        for sample in 0..samples {
            let sizes = &Self::SIZES;
            let attended = &mut attended[sample * LENGTH * FEATURES..][..LENGTH * FEATURES];
            let logarithms = match logarithms.is_empty() {
                true => None,
                false => Some(&mut logarithms[sample * LENGTH * HEADS..][..LENGTH * HEADS]),
            };
            let projected = Self::projected(queries, keys, seen, sample);
            let mask = Self::mask(seeds, sample);
            attend(instructions, sizes, projected, attended, logarithms, mask, work);
        }
        kernel::affine_rows::<T, I, Identity>(
            instructions,
            (self.out_proj.weight.as_slice(), FEATURES),
            self.out_bias(),
            attended,
            output,
            None,
            work,
        );
    }

    /// Those of one sample.
    #[inline(always)]
    fn projected<'a>(
        queries: &'a [T],
        keys: &'a [T],
        seen: Option<&'a [T]>,
        sample: usize,
    ) -> Projected<'a, T> {
        Projected::of_another(
            &queries[sample * LENGTH * FEATURES..][..LENGTH * FEATURES],
            &keys[sample * MEMORY * Self::KEYS..][..MEMORY * Self::KEYS],
            &Self::SIZES,
            seen_by(seen, sample, MEMORY),
        )
    }

    /// Which weights of a sample are dropped.
    #[inline(always)]
    fn mask(seeds: &[T], sample: usize) -> Option<Mask> {
        mask_of(f64::from_bits(DROPOUT), seeds.get(sample * Mask::KEPT..)?)
    }

    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "two sequences, a mask and their gradients")]
    fn attend_backward<I: InstructionSet>(
        &self,
        input: &[T],
        memory: &[T],
        seen: Option<&[T]>,
        kept: [&[T]; 5],
        d_output: &[T],
        d_input: Option<&mut [T]>,
        d_memory: &mut [T],
        mut gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = input.len() / (LENGTH * FEATURES);
        let instructions = pass.instructions();
        let [queries, keys, attended, logarithms, seeds] = kept;
        let ([d_queries, d_keys, d_attended, of_queries, of_keys, work], _) =
            Self::BACKWARD.split_mut(pass.scratch(), samples);
        if let Some(gradient) = gradient.as_deref_mut() {
            kernel::affine_gradient_rows(
                instructions,
                (d_output, FEATURES),
                attended,
                gradient.out_proj.weight.as_mut_slice(),
                (BIAS > 0).then(|| gradient.out_proj.bias.as_mut_slice()),
                work,
            );
        }
        let out_weight = self.out_proj.weight.as_slice();
        kernel::affine_input_gradient_rows(
            instructions,
            out_weight,
            d_output,
            d_attended,
            FEATURES,
            work,
        );
        for sample in 0..samples {
            let of_queries = sample * LENGTH * FEATURES..(sample + 1) * LENGTH * FEATURES;
            let of_keys = sample * MEMORY * Self::KEYS..(sample + 1) * MEMORY * Self::KEYS;
            let kept = Kept {
                projected: Self::projected(queries, keys, seen, sample),
                output: &attended[of_queries.clone()],
                logarithms: &logarithms[sample * LENGTH * HEADS..][..LENGTH * HEADS],
                mask: Self::mask(seeds, sample),
            };
            let (d_queries, d_keys) = (&mut d_queries[of_queries.clone()], &mut d_keys[of_keys]);
            let gradients = Gradients::of_another(d_queries, d_keys, &Self::SIZES);
            let d_attended = &d_attended[of_queries];
            attend_backward(instructions, &Self::SIZES, kept, d_attended, gradients, work);
        }
        if let Some(gradient) = gradient {
            let biases = (BIAS > 0)
                .then(|| gradient.in_proj_bias.as_mut_slice().split_at_mut(FEATURES))
                .map_or([None, None], |(of_queries, of_keys)| [Some(of_queries), Some(of_keys)]);
            of_queries.fill(T::ZERO);
            of_keys.fill(T::ZERO);
            let [query_bias, key_bias] = biases;
            kernel::affine_gradient_rows(
                instructions,
                (&*d_queries, FEATURES),
                input,
                of_queries,
                query_bias,
                work,
            );
            kernel::affine_gradient_rows(
                instructions,
                (&*d_keys, Self::KEYS),
                memory,
                of_keys,
                key_bias,
                work,
            );
            let parts = of_queries.chunks_exact(FEATURES).zip(of_keys.chunks_exact(Self::KEYS));
            for (column, (queries, keys)) in
                gradient.in_proj_weight.as_mut_slice().chunks_exact_mut(PROJECTED).zip(parts)
            {
                for (sum, &added) in column.iter_mut().zip(queries.iter().chain(keys)) {
                    *sum += added;
                }
            }
        }
        self.copy_weights(of_queries, of_keys);
        if let Some(d_input) = d_input {
            kernel::affine_input_gradient_rows(
                instructions,
                of_queries,
                d_queries,
                d_input,
                FEATURES,
                work,
            );
        }
        kernel::affine_input_gradient_rows(instructions, of_keys, d_keys, d_memory, FEATURES, work);
    }

    const NEEDS: Needs = {
        assert!(
            HEADS > 0 && FEATURES.is_multiple_of(HEADS),
            "the features of an attention divide into its heads"
        );
        assert!(
            Self::SIZES.kv_heads > 0
                && HEADS.is_multiple_of(Self::SIZES.kv_heads)
                && PROJECTED == Self::SIZES.projected(),
            "`PROJECTED` is the features of all queries, keys and values, and heads of keys divide those of queries"
        );
        assert!(
            (BIAS == PROJECTED && OUT_BIAS == FEATURES) || (BIAS == 0 && OUT_BIAS == 0),
            "an attention has a bias for each feature or none"
        );
        Needs {
            tape: Self::TAPE.size(),
            forward: Self::FORWARD.size(),
            backward: Self::BACKWARD.size(),
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description = Description::layer(
        (2 * LENGTH * FEATURES + MEMORY * Self::KEYS) * FEATURES + 2 * LENGTH * MEMORY * FEATURES,
    );
}

/// The layer with these other values: the memory, and a mask of it or none.
macro_rules! reading {
    ($count:literal: $others:expr, [$memory:ident $(, $mask:ident)?], $seen:expr) => {
        impl<
            T: Float,
            const LENGTH: usize,
            const MEMORY: usize,
            const FEATURES: usize,
            const HEADS: usize,
            const PROJECTED: usize,
            const BIAS: usize,
            const OUT_BIAS: usize,
            const DROPOUT: u64,
        > ReadingLayer<T, $count>
            for CrossAttention<T, LENGTH, MEMORY, FEATURES, HEADS, PROJECTED, BIAS, OUT_BIAS, DROPOUT>
        {
            type Input = Rank2<LENGTH, FEATURES>;
            type Output = Rank2<LENGTH, FEATURES>;

            const OTHERS: [usize; $count] = $others;
            const NEEDS: Needs = { Self::NEEDS };
            const DESCRIPTION: Description = Self::DESCRIPTION;

            fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
                initialize(&mut self.in_proj_weight, &mut self.out_proj, rng);
            }

            #[inline(always)]
            fn forward<I: InstructionSet, M: Mode<T>>(
                &self,
                input: &[T],
                [$memory $(, $mask)?]: [&[T]; $count],
                output: &mut [T],
                pass: &mut Pass<'_, T, I, M>,
            ) {
                self.attend(input, $memory, $seen, output, pass);
            }

            #[inline(always)]
            fn backward<I: InstructionSet>(
                &self,
                mut step: ReadingBackward<'_, T, $count>,
                gradient: Option<&mut Self>,
                pass: &mut Pass<'_, T, I>,
            ) {
                let kept = step.tape.take(&Self::TAPE, step.samples);
                let [$memory $(, $mask)?] = step.others;
                let [d_memory, ..] = step.d_others;
                let seen = $seen;
                let (d_output, d_input) = (&*step.d_output, step.d_input);
                self.attend_backward(
                    step.input, $memory, seen, kept, d_output, d_input, d_memory, gradient, pass,
                );
            }
        }
    };
}

reading!(1: [MEMORY * FEATURES], [memory], None);
reading!(2: [MEMORY * FEATURES, MEMORY], [memory, mask], Some(mask));
