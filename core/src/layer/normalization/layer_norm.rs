//! Normalisation of each row.

use core::marker::PhantomData;

use nalgebra::SVector;
use rand::Rng;

use super::passes::{self, Normalization, NormalizationBackward};
use super::{check_eps, describe_last_axes, last_axes, rows};
use crate::kernel::normalization::groups::{Groups, NormalizeGroups, NormalizeGroupsBackward};
use crate::kernel::normalization::rows::{NormalizeRows, NormalizeRowsBackward};
use crate::layer::Description;
use crate::layer::{BufferLayout, BufferSize, Layer, Needs, Pass, Streaming, TimeFirst, passes_of};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Rank2, Shape};
use crate::simd::InstructionSet;

/// Normalises over the last axes: `y = (x - mean) / sqrt(variance + eps) * weight + bias`, with mean and
/// variance of each run of `N` values (Ba et al. 2016, <https://arxiv.org/abs/1607.06450>;
/// `torch.nn.LayerNorm`).
///
/// `S` is the shape of input and output. The last axes of it hold `N` values together: of `[64, 32]`, an `N` of
/// 32 normalises each of 64 rows and one of 2048 the whole sample. `weight` and `bias` have the shape of
/// these axes and start at one and at zero. `AXES` is how many axes these are, which only matters for their
/// shape where some have a size of one; 0 takes the fewest that hold `N` values. `EPS` is the epsilon's bits,
/// `f64::to_bits(1e-5)`. `WEIGHTS` and `BIASES` are `N`, as they are by default; where `BIASES` is 0 there is no bias, and
/// where both are there are no parameters. Training and evaluation are the same.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 4 => norm: layer_norm >; }
///
/// let mut net = Net::new(&mut StdRng::seed_from_u64(1));
/// net.norm.bias.fill(1.0);
/// let y = net.forward(&[1.0, 3.0, 1.0, 3.0]);
/// assert!((y - SVector::from([0.0, 2.0, 0.0, 2.0])).amax() < 1e-4);
///
/// network! {
///     struct WithoutBias< 4 => layer_norm(bias: false) >;
///     struct WithoutParameters< 4 => layer_norm(elementwise_affine: false) >;
/// }
/// assert_eq!((WithoutBias::PARAMETERS, WithoutParameters::PARAMETERS), (4, 0));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct LayerNorm<
    T: Float,
    S: Shape,
    const N: usize,
    const EPS: u64 = { f64::to_bits(1e-5) },
    const AXES: usize = 0,
    const WEIGHTS: usize = N,
    const BIASES: usize = WEIGHTS,
> {
    /// What each normalised value is multiplied with.
    #[tensor(describe = describe_last_axes::<S, WEIGHTS, AXES>)]
    pub weight: SVector<T, WEIGHTS>,
    /// What is added then.
    #[tensor(describe = describe_last_axes::<S, BIASES, AXES>)]
    pub bias: SVector<T, BIASES>,
    shape: PhantomData<fn() -> S>,
}

impl<
    T: Float,
    S: Numbers<T>,
    const N: usize,
    const EPS: u64,
    const AXES: usize,
    const WEIGHTS: usize,
    const BIASES: usize,
> Layer<T> for LayerNorm<T, S, N, EPS, AXES, WEIGHTS, BIASES>
{
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        last_axes::<S>(N, AXES);
        check_eps(EPS);
        assert!(
            (WEIGHTS == 0 || WEIGHTS == N) && (BIASES == 0 || BIASES == WEIGHTS),
            "a layer normalisation has a weight and a bias for each value, a weight alone, or neither"
        );
        Needs { tape: Self::TAPE.size(), ..Needs::NOTHING }
    };
    const DESCRIPTION: Description = Description::layer(2 * S::LEN);

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.weight.fill(T::ONE);
        self.bias.fill(T::ZERO);
    }

    passes_of!(passes);
}

// Over the features of each step.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<
    T: Float,
    const LENGTH: usize,
    const N: usize,
    const EPS: u64,
    const AXES: usize,
    const WEIGHTS: usize,
    const BIASES: usize,
> Streaming<T, TimeFirst> for LayerNorm<T, Rank2<LENGTH, N>, N, EPS, AXES, WEIGHTS, BIASES>
{
    type Behind = TimeFirst;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        self.normalize(input, output, None, pass.instructions());
    }
}

impl<
    T: Float,
    S: Numbers<T>,
    const N: usize,
    const EPS: u64,
    const AXES: usize,
    const WEIGHTS: usize,
    const BIASES: usize,
> LayerNorm<T, S, N, EPS, AXES, WEIGHTS, BIASES>
{
    /// The rows of a sample as groups, which have parameters for each channel or, as is needed here, none.
    const ROWS: Groups = Groups { count: rows::<S>(N), channels: 1, per_channel: N };
}

impl<
    T: Float,
    S: Numbers<T>,
    const N: usize,
    const EPS: u64,
    const AXES: usize,
    const WEIGHTS: usize,
    const BIASES: usize,
> Normalization<T> for LayerNorm<T, S, N, EPS, AXES, WEIGHTS, BIASES>
{
    const TAPE: BufferLayout<1> = BufferLayout::new([BufferSize::per_sample(2 * rows::<S>(N))]);

    #[inline(always)]
    fn normalize<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        tape: Option<&mut [T]>,
        instructions: I,
    ) {
        let eps = f64::from_bits(EPS);
        if const { WEIGHTS == 0 } {
            let (groups, affine) = (Self::ROWS, None);
            return NormalizeGroups { groups, eps, affine, input, output, tape }.call(instructions);
        }
        let weight = self.weight.as_slice();
        let bias = (BIASES > 0).then(|| self.bias.as_slice());
        NormalizeRows { eps, weight, bias, input, output, tape }.call(instructions);
    }

    #[inline(always)]
    fn normalize_backward<I: InstructionSet>(
        &self,
        step: NormalizationBackward<'_, T>,
        gradient: Option<&mut Self>,
        instructions: I,
    ) {
        if const { WEIGHTS == 0 } {
            let NormalizationBackward { input, d_output, tape, d_input } = step;
            let (groups, affine) = (Self::ROWS, None);
            return NormalizeGroupsBackward { groups, affine, input, d_output, tape, d_input }
                .call(instructions);
        }
        NormalizeRowsBackward {
            weight: self.weight.as_slice(),
            input: step.input,
            d_output: step.d_output,
            tape: step.tape,
            gradients: gradient.map(|gradient| {
                let bias = (BIASES > 0).then(|| gradient.bias.as_mut_slice());
                (gradient.weight.as_mut_slice(), bias)
            }),
            d_input: step.d_input,
        }
        .call(instructions);
    }
}
