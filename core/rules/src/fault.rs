//! What is wrong with a layer, and what would be right.

use crate::sentence::{Piece, Sentence};

/// More arguments than this are not changed at once.
pub const MOST_CHANGES: usize = 4;

/// What is wrong with a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The argument that is wrong; nothing where it is the stage itself.
    pub argument: Option<usize>,
    /// What is wrong, with numbers.
    pub what: Sentence,
    /// What would be right.
    pub mend: Mend,
    /// Whether the shape behind the stage is known all the same.
    pub keeps_shape: bool,
}

/// What would be right in place of a faulty stage. The `help:` line is written from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// These arguments are as given here, or are left out.
    Arguments([Option<Change>; MOST_CHANGES]),
    /// These stages stand in front of it.
    Precede(Sentence),
    /// The same, and it has not the argument of that name.
    PrecedeWithout(Sentence, &'static str),
    /// This layer stands in its place.
    Replace(Sentence),
    /// It has not its first argument, and the others move up to its place.
    WithoutFirst,
    /// A person has to decide, by this sentence.
    Say(Sentence),
}

/// An argument that is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub argument: &'static str,
    /// Its value, or nothing where it is left out.
    pub value: Option<Piece>,
}

impl Change {
    /// This value.
    pub(crate) const fn to(argument: &'static str, value: Piece) -> Option<Change> {
        Some(Change { argument, value: Some(value) })
    }

    /// No value.
    pub(crate) const fn left_out(argument: &'static str) -> Option<Change> {
        Some(Change { argument, value: None })
    }
}

impl Mend {
    /// One argument is changed.
    pub(crate) const fn argument(argument: &'static str, value: Piece) -> Mend {
        Mend::Arguments([Change::to(argument, value), None, None, None])
    }

    /// One argument is left out.
    pub(crate) const fn without(argument: &'static str) -> Mend {
        Mend::Arguments([Change::left_out(argument), None, None, None])
    }
}

impl Fault {
    /// The same where the shape behind it is known all the same.
    pub(crate) const fn keeping_shape(mut self) -> Fault {
        self.keeps_shape = true;
        self
    }
}
