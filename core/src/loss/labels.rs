//! Lists of labels, which are of another length in each sample.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{ClassIndex, Padded};

/// Targets of [`Ctc`](super::Ctc): for each sample a list of labels.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no list of labels for each sample",
    label = "no lists of labels",
    note = "give a list for each sample, of integers such as `usize` or `u32`: `Vec<Vec<u32>>`, `[&[usize]]`, `[[u32; LENGTH]]`"
)]
pub trait LabelTargets {
    /// The number of a class.
    type Class: ClassIndex;

    /// How many samples there are.
    fn sample_count(&self) -> usize;

    /// The labels of a sample.
    ///
    /// # Panics
    /// If there is no such sample.
    fn labels(&self, sample: usize) -> &[Self::Class];

    /// How many steps of each sample count, where not all do: as [`Padded`] has it.
    fn lengths(&self) -> Option<&[usize]> {
        None
    }
}

/// A list of labels.
pub trait LabelList {
    /// The number of a class.
    type Class: ClassIndex;

    /// The labels.
    fn as_labels(&self) -> &[Self::Class];
}

macro_rules! label_list {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<C: ClassIndex, $($generics)*> LabelList for $type {
            type Class = C;

            fn as_labels(&self) -> &[C] {
                self
            }
        }
    )*};
}
label_list! {
    [] Vec<C>;
    [] Box<[C]>;
    [] &[C];
    [const LENGTH: usize] [C; LENGTH];
}

macro_rules! label_targets {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<L: LabelList, $($generics)*> LabelTargets for $type {
            type Class = L::Class;

            fn sample_count(&self) -> usize {
                self.len()
            }

            fn labels(&self, sample: usize) -> &[L::Class] {
                self[sample].as_labels()
            }
        }
    )*};
}
label_targets! {
    [] [L];
    [] Vec<L>;
    [const SAMPLES: usize] [L; SAMPLES];
}

impl<Y: LabelTargets + ?Sized> LabelTargets for &Y {
    type Class = Y::Class;

    fn sample_count(&self) -> usize {
        (**self).sample_count()
    }

    fn labels(&self, sample: usize) -> &[Y::Class] {
        (**self).labels(sample)
    }

    fn lengths(&self) -> Option<&[usize]> {
        (**self).lengths()
    }
}

impl<Y: LabelTargets + ?Sized> LabelTargets for Padded<'_, Y> {
    type Class = Y::Class;

    fn sample_count(&self) -> usize {
        self.targets.sample_count()
    }

    fn labels(&self, sample: usize) -> &[Y::Class] {
        self.targets.labels(sample)
    }

    fn lengths(&self) -> Option<&[usize]> {
        Some(self.lengths)
    }
}
