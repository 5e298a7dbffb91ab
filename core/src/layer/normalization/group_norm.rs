//! Normalisation of groups of channels.

use core::marker::PhantomData;

use nalgebra::SVector;
use rand::Rng;

use super::passes::{self, Normalization, NormalizationBackward};
use super::{check_eps, values_per_channel};
use crate::kernel::normalization::groups::{Groups, NormalizeGroups, NormalizeGroupsBackward};
use crate::layer::Description;
use crate::layer::{BufferLayout, BufferSize, Layer, Needs, passes_of};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Numbers;
use crate::simd::InstructionSet;

/// Normalises groups of neighbouring channels of each sample: `y = (x - mean) / sqrt(variance + eps) * weight +
/// bias`, with mean and variance of a group and weight and bias of each channel (Wu and He 2018,
/// <https://arxiv.org/abs/1803.08494>; `torch.nn.GroupNorm`).
///
/// `S` is the shape of input and output, `[C]`, `[C, length]` or `[C, height, width]`; `GROUPS` divides `C`.
/// `weight` starts at one and `bias` at zero. `EPS` is the epsilon's bits, `f64::to_bits(1e-5)`. `AFFINE` is `C`, as it
/// is by default, or 0, which leaves out weight and bias. Training and evaluation are the same.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 4 => norm: group_norm(2) >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let y = net.forward(&[1.0, 3.0, 70.0, 50.0]);
/// assert!((y - SVector::from([-1.0, 1.0, 1.0, -1.0])).amax() < 1e-4);
///
/// network! { struct WithoutParameters< 4 => group_norm(2, affine: false) >; }
/// assert_eq!(WithoutParameters::PARAMETERS, 0);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct GroupNorm<
    T: Float,
    S,
    const C: usize,
    const GROUPS: usize,
    const EPS: u64 = { f64::to_bits(1e-5) },
    const AFFINE: usize = C,
> {
    /// What the normalised values of each channel are multiplied with.
    pub weight: SVector<T, AFFINE>,
    /// What is added then.
    pub bias: SVector<T, AFFINE>,
    shape: PhantomData<fn() -> S>,
}

impl<T, S, const C: usize, const GROUPS: usize, const EPS: u64, const AFFINE: usize> Layer<T>
    for GroupNorm<T, S, C, GROUPS, EPS, AFFINE>
where
    T: Float,
    S: Numbers<T>,
{
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        check_eps(EPS);
        assert!(
            GROUPS > 0 && C.is_multiple_of(GROUPS),
            "the groups of a group normalisation have the same number of channels each"
        );
        assert!(
            AFFINE == 0 || AFFINE == C,
            "a group normalisation has as many weights as channels, or none"
        );
        assert!(
            values_per_channel::<S>(C) * (C / GROUPS) > 1,
            "a group normalisation takes two values or more in a group: one is always its own mean"
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

impl<T, S, const C: usize, const GROUPS: usize, const EPS: u64, const AFFINE: usize>
    GroupNorm<T, S, C, GROUPS, EPS, AFFINE>
where
    T: Float,
    S: Numbers<T>,
{
    const GROUPS_OF_A_SAMPLE: Groups =
        Groups { count: GROUPS, channels: C / GROUPS, per_channel: S::LEN / C };
}

impl<T, S, const C: usize, const GROUPS: usize, const EPS: u64, const AFFINE: usize>
    Normalization<T> for GroupNorm<T, S, C, GROUPS, EPS, AFFINE>
where
    T: Float,
    S: Numbers<T>,
{
    const TAPE: BufferLayout<1> = BufferLayout::new([BufferSize::per_sample(2 * GROUPS)]);

    #[inline(always)]
    fn normalize<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        tape: Option<&mut [T]>,
        instructions: I,
    ) {
        NormalizeGroups {
            groups: Self::GROUPS_OF_A_SAMPLE,
            eps: f64::from_bits(EPS),
            affine: (AFFINE > 0).then(|| [self.weight.as_slice(), self.bias.as_slice()]),
            input,
            output,
            tape,
        }
        .call(instructions);
    }

    #[inline(always)]
    fn normalize_backward<I: InstructionSet>(
        &self,
        step: NormalizationBackward<'_, T>,
        gradient: Option<&mut Self>,
        instructions: I,
    ) {
        NormalizeGroupsBackward {
            groups: Self::GROUPS_OF_A_SAMPLE,
            affine: (AFFINE > 0).then(|| {
                let gradients =
                    gradient.map(|layer| [layer.weight.as_mut_slice(), layer.bias.as_mut_slice()]);
                (self.weight.as_slice(), gradients)
            }),
            input: step.input,
            d_output: step.d_output,
            tape: step.tape,
            d_input: step.d_input,
        }
        .call(instructions);
    }
}
