//! What attention keeps for the way back.

use core::ops::Range;

use crate::kernel::attention::{AttentionSizes, Mask};

/// What some samples keep for the way back, one kind after the other.
pub(super) struct KindsMut<'a, T> {
    pub(super) projected: &'a mut [T],
    pub(super) attended: &'a mut [T],
    /// Empty where nothing is kept.
    pub(super) logarithms: &'a mut [T],
    /// Empty where nothing can be dropped.
    pub(super) seeds: &'a mut [T],
}

impl<'a, T> KindsMut<'a, T> {
    /// The tape of all samples.
    #[inline(always)]
    pub(super) fn of([projected, attended, logarithms, seeds]: [&'a mut [T]; 4]) -> Self {
        KindsMut { projected, attended, logarithms, seeds }
    }

    /// The part of some of the samples.
    #[inline(always)]
    pub(super) fn samples(
        &mut self,
        samples: Range<usize>,
        sizes: AttentionSizes,
    ) -> KindsMut<'_, T> {
        let [projected, attended, logarithms, seeds] =
            parts(samples, sizes, [!self.logarithms.is_empty(), !self.seeds.is_empty()]);
        KindsMut {
            projected: &mut self.projected[projected],
            attended: &mut self.attended[attended],
            logarithms: &mut self.logarithms[logarithms],
            seeds: &mut self.seeds[seeds],
        }
    }
}

/// The same, to be read.
pub(super) struct Kinds<'a, T> {
    pub(super) projected: &'a [T],
    pub(super) attended: &'a [T],
    pub(super) logarithms: &'a [T],
    pub(super) seeds: &'a [T],
}

impl<'a, T> Kinds<'a, T> {
    #[inline(always)]
    pub(super) fn samples(&self, samples: Range<usize>, sizes: AttentionSizes) -> Kinds<'a, T> {
        let [projected, attended, logarithms, seeds] =
            parts(samples, sizes, [true, !self.seeds.is_empty()]);
        Kinds {
            projected: &self.projected[projected],
            attended: &self.attended[attended],
            logarithms: &self.logarithms[logarithms],
            seeds: &self.seeds[seeds],
        }
    }
}

/// Where each kind of some samples lies; of the last two kinds there may be nothing.
#[inline(always)]
pub(super) fn parts(
    samples: Range<usize>,
    sizes: AttentionSizes,
    there_are: [bool; 2],
) -> [Range<usize>; 4] {
    let length = sizes.length;
    let [logarithms, seeds] = there_are.map(usize::from);
    [
        length * sizes.projected(),
        length * sizes.features(),
        length * sizes.heads * logarithms,
        Mask::KEPT * seeds,
    ]
    .map(|values| samples.start * values..samples.end * values)
}
