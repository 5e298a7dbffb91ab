//! Parts of a network that a closure names, as in `|net| &net.encoder`.

use alloc::vec::Vec;
use core::ops::Range;

use crate::aligned::{Aligned, zeros};
use crate::parameters::{Tensor, Tensors};
use crate::trainable::Trainable;

/// Which values a part is.
///
/// # Panics
/// If what the closure gives is not inside of what it takes.
#[track_caller]
pub(crate) fn range_of<P: Trainable, Q: ?Sized>(part: impl FnOnce(&P) -> &Q) -> Range<usize> {
    // Only addresses inside of it are looked at.
    let whole: Aligned<P> = zeros();
    let named = part(&whole);
    let bytes = size_of_val(named);
    if bytes == 0 {
        return 0..0;
    }
    let begin = core::ptr::from_ref(&*whole).addr();
    let offset = core::ptr::from_ref(named).cast::<u8>().addr().wrapping_sub(begin);
    assert!(
        offset < size_of::<P>() && bytes <= size_of::<P>() - offset,
        "what the closure gives is no part of `{}`, which it takes: `|net| &net.stage1` is one",
        P::name()
    );
    offset / size_of::<P::Scalar>()..(offset + bytes) / size_of::<P::Scalar>()
}

/// Runs of values in memory order, each with something that is said of all of it.
#[derive(PartialEq)]
pub(crate) struct Runs<S>(Vec<(Range<usize>, S)>);

impl<S> FromIterator<(Range<usize>, S)> for Runs<S> {
    fn from_iter<Said: IntoIterator<Item = (Range<usize>, S)>>(said: Said) -> Self {
        Runs(said.into_iter().collect())
    }
}

impl<S: Clone> Runs<S> {
    /// Of the tensors for which there is something to say.
    pub fn of<P: Trainable>(said: impl Fn(&Tensor) -> Option<S>) -> Self {
        let tensors = Tensors::of::<P::Scalar, P>();
        Runs(
            tensors
                .iter()
                .filter_map(|tensor| Some((tensor.range.clone(), said(tensor)?)))
                .collect(),
        )
    }

    /// Whether there is something to say of the same values.
    pub fn covers_same(&self, other: &Self) -> bool {
        fn whole<S>(Runs(runs): &Runs<S>) -> impl Iterator<Item = Range<usize>> {
            let joined = |index: usize| index > 0 && runs[index - 1].0.end == runs[index].0.start;
            let starts = (0..runs.len()).filter(move |&index| !joined(index));
            let ends =
                (0..runs.len()).filter(move |&index| index + 1 == runs.len() || !joined(index + 1));
            starts.zip(ends).map(|(first, last)| runs[first].0.start..runs[last].0.end)
        }
        whole(self).eq(whole(other)) && self.0.iter().all(|(range, _)| range.start < range.end)
    }

    /// Changes what is said of each value in `part`.
    pub fn change(&mut self, part: &Range<usize>, mut change: impl FnMut(&mut S)) {
        let mut runs = Vec::with_capacity(self.0.len() + 2);
        for (run, said) in self.0.drain(..) {
            let start = part.start.clamp(run.start, run.end);
            let end = part.end.clamp(start, run.end);
            let mut changed = said.clone();
            change(&mut changed);
            for (range, said) in
                [(run.start..start, said.clone()), (start..end, changed), (end..run.end, said)]
            {
                if !range.is_empty() {
                    runs.push((range, said));
                }
            }
        }
        self.0 = runs;
    }

    /// In memory order.
    pub fn iter(&self) -> impl Iterator<Item = (&Range<usize>, &S)> {
        self.0.iter().map(|(range, said)| (range, said))
    }

    /// In memory order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Range<usize>, &mut S)> {
        self.0.iter_mut().map(|(range, said)| (&*range, said))
    }
}

impl<S: Clone> Clone for Runs<S> {
    fn clone(&self) -> Self {
        Runs(self.0.clone())
    }

    fn clone_from(&mut self, source: &Self) {
        self.0.clone_from(&source.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_meant_changes() {
        let said = |part: Range<usize>| {
            let mut runs = Runs(vec![(0..4, 'a'), (4..6, 'b'), (8..9, 'c')]);
            runs.change(&part, |said| *said = said.to_ascii_uppercase());
            let mut text = String::from("..........");
            for (range, said) in runs.iter() {
                text.replace_range(range.clone(), &said.to_string().repeat(range.len()));
            }
            text
        };
        assert_eq!(said(0..0), "aaaabb..c.");
        assert_eq!(said(1..3), "aAAabb..c.");
        assert_eq!(said(3..5), "aaaABb..c.");
        assert_eq!(said(4..9), "aaaaBB..C.");
        assert_eq!(said(6..8), "aaaabb..c.");
        assert_eq!(said(0..10), "AAAABB..C.");
    }

    #[test]
    fn the_same_values_are_covered_however_they_are_cut() {
        let runs =
            |ranges: &[Range<usize>]| ranges.iter().map(|range| (range.clone(), ())).collect();
        let all: Runs<()> = runs(&[0..4, 4..6, 8..9]);
        assert!(all.covers_same(&runs(&[0..6, 8..9])));
        assert!(all.covers_same(&runs(&[0..1, 1..6, 8..9])));
        for other in [
            &[0..6, 7..9][..],
            &[0..6, 8..9, 10..11],
            &[0..3, 3..6],
            &[],
            &[0..6, 6..9],
            &[0..3, 4..6, 8..9],
        ] {
            assert!(!all.covers_same(&runs(other)), "{other:?}");
        }
    }
}
