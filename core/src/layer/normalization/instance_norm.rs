//! Normalisation of each channel of a sample.

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

/// Normalises each channel of each sample: `y = (x - mean) / sqrt(variance + eps) * weight + bias`, with mean and
/// variance over the channel's values (Ulyanov et al. 2016, <https://arxiv.org/abs/1607.08022>;
/// `torch.nn.InstanceNorm1d`, `torch.nn.InstanceNorm2d`).
///
/// `S` is the shape of input and output, `[C, length]` or `[C, height, width]`. `AFFINE` is `C` where each channel
/// has a weight, which starts at one, and a bias, which starts at zero; by default it is 0, and there are
/// none. `EPS` is the epsilon's bits, `f64::to_bits(1e-5)`. There are no running statistics: training and
/// evaluation are the same.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 2] => norm: instance_norm >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// assert_eq!(Net::PARAMETERS, 0);
/// let y = net.forward(&[1.0, 3.0, 70.0, 50.0]);
/// assert!((y - SVector::from([-1.0, 1.0, 1.0, -1.0])).amax() < 1e-4);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct InstanceNorm<
    T: Float,
    S,
    const C: usize,
    const AFFINE: usize = 0,
    const EPS: u64 = { f64::to_bits(1e-5) },
> {
    /// What the normalised values of each channel are multiplied with.
    pub weight: SVector<T, AFFINE>,
    /// What is added then.
    pub bias: SVector<T, AFFINE>,
    shape: PhantomData<fn() -> S>,
}

impl<T: Float, S: Numbers<T>, const C: usize, const AFFINE: usize, const EPS: u64> Layer<T>
    for InstanceNorm<T, S, C, AFFINE, EPS>
{
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        check_eps(EPS);
        assert!(
            AFFINE == 0 || AFFINE == C,
            "an instance normalisation has as many weights as channels, or none"
        );
        assert!(
            values_per_channel::<S>(C) > 1,
            "an instance normalisation takes two values or more in a channel: one is always its own mean"
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

impl<T: Float, S: Numbers<T>, const C: usize, const AFFINE: usize, const EPS: u64>
    InstanceNorm<T, S, C, AFFINE, EPS>
{
    const GROUPS_OF_A_SAMPLE: Groups = Groups { count: C, channels: 1, per_channel: S::LEN / C };
}

impl<T: Float, S: Numbers<T>, const C: usize, const AFFINE: usize, const EPS: u64> Normalization<T>
    for InstanceNorm<T, S, C, AFFINE, EPS>
{
    const TAPE: BufferLayout<1> = BufferLayout::new([BufferSize::per_sample(2 * C)]);

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
