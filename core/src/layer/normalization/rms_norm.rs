//! Normalisation of each row by its root mean square.

use core::marker::PhantomData;

use nalgebra::SVector;
use rand::Rng;

use super::passes::{self, Normalization, NormalizationBackward};
use super::{check_eps, describe_last_axes, last_axes, rows};
use crate::kernel::normalization::rows::{ScaleRows, ScaleRowsBackward};
use crate::layer::Description;
use crate::layer::{BufferLayout, BufferSize, Layer, Needs, Pass, Streaming, TimeFirst, passes_of};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Rank2, Shape};
use crate::simd::InstructionSet;

/// Divides by the root mean square over the last axes: `y = x / sqrt(mean(x^2) + eps) * weight`, for each run of
/// `N` values (Zhang and Sennrich 2019, <https://arxiv.org/abs/1910.07467>; `torch.nn.RMSNorm`).
///
/// `S` is the shape of input and output. The last axes of it hold `N` values together, as for
/// [`LayerNorm`](super::LayerNorm); `weight` has the shape of these axes and starts at one. `EPS` is the
/// epsilon's bits; that of PyTorch is the machine epsilon of the numbers, here by default of `f32`. `WEIGHTS` is `N`, as
/// it is by default, or 0, which leaves out the weight. Training and evaluation are the same.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 4 => norm: rms_norm >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let y = net.forward(&[1.0, -1.0, 7.0, -7.0]);
/// assert!((y - SVector::from([0.2, -0.2, 1.4, -1.4])).amax() < 1e-5);
///
/// network! { struct WithoutParameters< 4 => rms_norm(elementwise_affine: false) >; }
/// assert_eq!(WithoutParameters::PARAMETERS, 0);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct RmsNorm<
    T: Float,
    S: Shape,
    const N: usize,
    const EPS: u64 = { f64::to_bits(f32::EPSILON as f64) },
    const AXES: usize = 0,
    const WEIGHTS: usize = N,
> {
    /// What each normalised value is multiplied with.
    #[tensor(describe = describe_last_axes::<S, WEIGHTS, AXES>)]
    pub weight: SVector<T, WEIGHTS>,
    shape: PhantomData<fn() -> S>,
}

impl<T, S, const N: usize, const EPS: u64, const AXES: usize, const WEIGHTS: usize> Layer<T>
    for RmsNorm<T, S, N, EPS, AXES, WEIGHTS>
where
    T: Float,
    S: Numbers<T>,
{
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        last_axes::<S>(N, AXES);
        check_eps(EPS);
        assert!(
            WEIGHTS == 0 || WEIGHTS == N,
            "a normalisation by the root mean square has a weight for each value, or none"
        );
        Needs { tape: Self::TAPE.size(), ..Needs::NOTHING }
    };
    const DESCRIPTION: Description = Description::layer(2 * S::LEN);

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.weight.fill(T::ONE);
    }

    passes_of!(passes);
}

/// Over the features of each step.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<
    T: Float,
    const LENGTH: usize,
    const N: usize,
    const EPS: u64,
    const AXES: usize,
    const WEIGHTS: usize,
> Streaming<T, TimeFirst> for RmsNorm<T, Rank2<LENGTH, N>, N, EPS, AXES, WEIGHTS>
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

impl<T, S, const N: usize, const EPS: u64, const AXES: usize, const WEIGHTS: usize> Normalization<T>
    for RmsNorm<T, S, N, EPS, AXES, WEIGHTS>
where
    T: Float,
    S: Numbers<T>,
{
    const TAPE: BufferLayout<1> = BufferLayout::new([BufferSize::per_sample(rows::<S>(N))]);

    #[inline(always)]
    fn normalize<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        tape: Option<&mut [T]>,
        instructions: I,
    ) {
        let weight = (WEIGHTS > 0).then(|| self.weight.as_slice());
        let eps = f64::from_bits(EPS);
        ScaleRows { eps, len: N, weight, input, output, tape }.call(instructions);
    }

    #[inline(always)]
    fn normalize_backward<I: InstructionSet>(
        &self,
        step: NormalizationBackward<'_, T>,
        gradient: Option<&mut Self>,
        instructions: I,
    ) {
        ScaleRowsBackward {
            len: N,
            affine: (WEIGHTS > 0).then(|| {
                let gradient = gradient.map(|gradient| gradient.weight.as_mut_slice());
                (self.weight.as_slice(), gradient)
            }),
            input: step.input,
            d_output: step.d_output,
            tape: step.tape,
            d_input: step.d_input,
        }
        .call(instructions);
    }
}
