//! What stands in the place of a layer that does not fit, so that nothing is said of it but what its check says.

use rand::Rng;

use crate::activation::identity;
use crate::layer::{Activate, Backward, Layer, Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Rank2, Sample, Tokens, Vocabulary};
use crate::simd::InstructionSet;

/// `L` where `CHECK` is 0, which says that it fits. Where it is 1 or 2, a layer of numbers or one of tokens takes its
/// place that fits anywhere: a check of its own reports `L`.
///
/// It also is a type that rustc takes as already reported where the const that is `CHECK` could not be computed.
pub type Checked<L, const CHECK: usize> = <L as Check<CHECK>>::Layer;

/// What [`Checked`] is made of. All types have it.
pub trait Check<const CHECK: usize> {
    /// The type itself, or what takes its place.
    type Layer;
}

impl<L> Check<0> for L {
    type Layer = L;
}

impl<L> Check<1> for L {
    type Layer = Activate<identity, Unknown>;
}

impl<L> Check<2> for L {
    type Layer = OfTokens;
}

/// A shape of which nothing more is said.
type Unknown = Rank2<0, 0>;

/// A layer that stands where tokens come and numbers should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct OfTokens;

impl<T: Float> Layer<T> for OfTokens {
    type Input = Tokens<0, Vocabulary<0>>;
    type Output = Unknown;

    const NEEDS: Needs = Needs::NOTHING;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        _: &[Sample<Self::Input, T>],
        _: &mut [Sample<Self::Output, T>],
        _: &mut Pass<'_, T, I, M>,
    ) {
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        _: Backward<'_, T, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
    }
}
