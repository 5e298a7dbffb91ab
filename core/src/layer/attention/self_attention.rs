//! Multi-head self-attention.

use nalgebra::{SMatrix, SVector};
use rand::Rng;

use super::Projection;
use crate::initialize::{kaiming_uniform, xavier_uniform};
use crate::layer::Description;
use crate::layer::reference::{ReadingBackward, ReadingLayer};
use crate::layer::{Backward, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Rank2, samples, samples_mut};
use crate::simd::InstructionSet;

/// Multi-head self-attention over the positions of a sequence `[LENGTH, FEATURES]` (Vaswani et al. 2017,
/// <https://arxiv.org/abs/1706.03762>; `torch.nn.MultiheadAttention` with `batch_first`).
///
/// Each position's features are projected to queries, keys and values of `HEADS` heads, `FEATURES / HEADS` wide
/// each. A head gives each position the values of all positions, weighted by `softmax(q . k / sqrt(width))`; `out_proj`
/// maps what the heads give, one beside the other, to the output.
///
/// | parameter | |
/// | --- | --- |
/// | `LENGTH`, `FEATURES` | shape of input and output |
/// | `HEADS` | how many heads there are; divides `FEATURES` |
/// | `PROJECTED` | how many features queries, keys and values have together: `3 * FEATURES`, or `FEATURES + 2 * kv_heads * width` where several heads of queries share keys and values (grouped-query attention, Ainslie et al. 2023, <https://arxiv.org/abs/2305.13245>) |
/// | `BIAS`, `OUT_BIAS` | `PROJECTED` and `FEATURES`, or 0 and 0 for no biases |
/// | `CAUSAL` | whether a position sees only itself and those before it |
/// | `ROTARY` | whether queries and keys are turned by angles that grow with the position (Su et al. 2021, <https://arxiv.org/abs/2104.09864>), so that scores depend on how far apart two positions are |
/// | `DROPOUT` | the bits of the probability, `f64::to_bits(0.1)`, with which a weight is set to zero in training, the others being multiplied with `1 / (1 - p)` |
///
/// Rotary embedding turns feature `i` of the first half of a head together with feature `i` of the second half, by
/// `position * 10000^(-2 i / width)`: the convention of GPT-NeoX and Llama (`rotate_half`), not the one that turns
/// neighbouring features.
///
/// `in_proj_weight` is `[PROJECTED, FEATURES]`: the rows of the queries of all heads, then those of the keys, then
/// those of the values. It starts Xavier-uniform, `out_proj.weight` as in `torch.nn.Linear`, biases at zero.
///
/// Scores are never kept: forward works on blocks of at most 64 positions by 64 positions and keeps for backward
/// one value for each head and position, from which backward computes the weights again (Dao et al. 2022,
/// <https://arxiv.org/abs/2205.14135>). Blocks that the causal mask hides are not computed. Which weights dropout
/// hits follows from a seed, one for each sample, that is drawn from the random source.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [3, 2] => mean: attention(heads: 1, causal: true) >; }
///
/// let mut net = Net::zeros();
/// // Scores of zero weigh all positions alike; values and output are the input.
/// net.mean.in_proj_weight.fixed_view_mut::<2, 2>(4, 0).fill_with_identity();
/// net.mean.out_proj.weight.fill_with_identity();
/// let y = net.forward(&[4.0, 0.0, 2.0, 2.0, 0.0, 1.0]);
/// assert_eq!(y, SVector::from([4.0, 0.0, 3.0, 1.0, 2.0, 1.0]));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Attention<
    T: Float,
    const LENGTH: usize,
    const FEATURES: usize,
    const HEADS: usize,
    const PROJECTED: usize,
    const BIAS: usize = 0,
    const OUT_BIAS: usize = 0,
    const CAUSAL: bool = false,
    const ROTARY: bool = false,
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
    const FEATURES: usize,
    const HEADS: usize,
    const PROJECTED: usize,
    const BIAS: usize,
    const OUT_BIAS: usize,
    const CAUSAL: bool,
    const ROTARY: bool,
    const DROPOUT: u64,
> Layer<T>
    for Attention<T, LENGTH, FEATURES, HEADS, PROJECTED, BIAS, OUT_BIAS, CAUSAL, ROTARY, DROPOUT>
{
    type Input = Rank2<LENGTH, FEATURES>;
    type Output = Rank2<LENGTH, FEATURES>;

    const NEEDS: Needs = {
        Self::check();
        Needs {
            tape: Self::TAPE.size(),
            forward: Self::FORWARD.size(),
            backward: Self::BACKWARD.size(),
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description =
        Description::layer(LENGTH * FEATURES * (PROJECTED + FEATURES) + 2 * Self::PAIRS * FEATURES);

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        initialize(&mut self.in_proj_weight, &mut self.out_proj, rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; FEATURES]; LENGTH]],
        output: &mut [[[T; FEATURES]; LENGTH]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        self.attend(input, None, output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        self.backward_groups(step, None, gradient, pass);
    }
}

/// As `torch.nn.MultiheadAttention` does.
pub(super) fn initialize<
    T: Float,
    R: Rng + ?Sized,
    const FEATURES: usize,
    const PROJECTED: usize,
    const OUT_BIAS: usize,
>(
    in_proj_weight: &mut SMatrix<T, PROJECTED, FEATURES>,
    out_proj: &mut Projection<T, FEATURES, FEATURES, OUT_BIAS>,
    rng: &mut R,
) {
    xavier_uniform(in_proj_weight.as_mut_slice(), FEATURES, PROJECTED, rng);
    // The bound of `torch.nn.Linear` is `sqrt(1 / fan_in)`.
    let gain = Float::sqrt(1.0f64 / 3.0);
    kaiming_uniform(out_proj.weight.as_mut_slice(), FEATURES, gain, rng);
}

/// Self-attention with a mask, `[LENGTH]`: positions whose value in it is zero are not seen.
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
> ReadingLayer<T, 1>
    for Attention<T, LENGTH, FEATURES, HEADS, PROJECTED, BIAS, OUT_BIAS, CAUSAL, ROTARY, DROPOUT>
{
    type Input = Rank2<LENGTH, FEATURES>;
    type Output = Rank2<LENGTH, FEATURES>;

    const OTHERS: [usize; 1] = [LENGTH];
    const NEEDS: Needs = { <Self as Layer<T>>::NEEDS };
    const DESCRIPTION: Description = <Self as Layer<T>>::DESCRIPTION;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        Layer::initialize(self, rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [mask]: [&[T]; 1],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let output = samples_mut::<Rank2<LENGTH, FEATURES>, T>(output);
        self.attend(samples::<Rank2<LENGTH, FEATURES>, T>(input), Some(mask), output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let [mask] = step.others;
        let step = Backward {
            input: samples::<Rank2<LENGTH, FEATURES>, T>(step.input),
            output: samples::<Rank2<LENGTH, FEATURES>, T>(step.output),
            tape: step.tape,
            d_output: samples_mut::<Rank2<LENGTH, FEATURES>, T>(step.d_output),
            d_input: step.d_input.map(samples_mut::<Rank2<LENGTH, FEATURES>, T>),
        };
        self.backward_groups(step, Some(mask), gradient, pass);
    }
}
