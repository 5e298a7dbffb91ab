//! What attention keeps for the way back.

use core::ops::{Deref, Range};

use crate::kernel::attention::{AttentionSizes, Mask};

/// What some samples keep for the way back, one kind after the other: `V` is values to be read, or to be written.
pub(super) struct Kinds<V> {
    pub(super) projected: V,
    pub(super) attended: V,
    /// Empty where nothing is kept.
    pub(super) logarithms: V,
    /// Empty where nothing can be dropped.
    pub(super) seeds: V,
}

impl<T, V: Deref<Target = [T]>> Kinds<V> {
    /// Of so many samples as there are values of.
    #[inline(always)]
    pub(super) fn of([projected, attended, logarithms, seeds]: [V; 4]) -> Self {
        Kinds { projected, attended, logarithms, seeds }
    }

    /// Where each kind of some of the samples lies.
    #[inline(always)]
    fn parts(&self, samples: Range<usize>, sizes: AttentionSizes) -> [Range<usize>; 4] {
        let length = sizes.length;
        [
            length * sizes.projected(),
            length * sizes.features(),
            if self.logarithms.is_empty() { 0 } else { length * sizes.heads },
            if self.seeds.is_empty() { 0 } else { Mask::KEPT },
        ]
        .map(|values| samples.start * values..samples.end * values)
    }
}

impl<T> Kinds<&[T]> {
    /// The part of some of the samples.
    #[inline(always)]
    pub(super) fn samples(&self, samples: Range<usize>, sizes: AttentionSizes) -> Self {
        let [projected, attended, logarithms, seeds] = self.parts(samples, sizes);
        Kinds {
            projected: &self.projected[projected],
            attended: &self.attended[attended],
            logarithms: &self.logarithms[logarithms],
            seeds: &self.seeds[seeds],
        }
    }
}

impl<T> Kinds<&mut [T]> {
    /// The part of some of the samples, to be written.
    #[inline(always)]
    pub(super) fn samples_mut(
        &mut self,
        samples: Range<usize>,
        sizes: AttentionSizes,
    ) -> Kinds<&mut [T]> {
        let [projected, attended, logarithms, seeds] = self.parts(samples, sizes);
        Kinds {
            projected: &mut self.projected[projected],
            attended: &mut self.attended[attended],
            logarithms: &mut self.logarithms[logarithms],
            seeds: &mut self.seeds[seeds],
        }
    }
}
