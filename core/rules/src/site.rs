//! A layer where it stands, and the messages about it.

use crate::call::Call;
use crate::dims::Dims;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};

/// A part of a declaration on the way to a fault, and the shape that it gives where its text does not show it.
pub type Part<'a> = (&'a str, &'a [usize]);

/// A layer where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The layer with its arguments.
    pub call: Call<'a>,
    /// The shape that it gets.
    pub gives: &'a [usize],
    /// The same as the declaration has it, where it is not known in numbers and no rule goes by them; else nothing.
    pub written: &'a str,
    /// What gives it.
    pub from: &'a str,
    /// How many bytes a value has.
    pub bytes: usize,
    /// The parts of the declaration up to this one.
    pub route: &'a [Part<'a>],
    /// The declaration in front of and behind this stage; or, with nothing behind, what a person has to decide.
    pub around: (&'a str, &'a str),
}

impl Site<'_> {
    /// A fault of the argument of that name; of the layer itself where it has none.
    pub(crate) const fn fault(&self, argument: &str, what: Sentence, mend: Mend) -> Fault {
        Fault { argument: self.call.layer.argument(argument), what, mend, keeps_shape: false }
    }

    /// A fault of the layer itself.
    pub(crate) const fn misplaced(&self, what: Sentence, mend: Mend) -> Fault {
        Fault { argument: None, what, mend, keeps_shape: false }
    }

    /// What is wrong where the layer goes along an axis that there is not.
    pub(crate) const fn absent(&self, axis: usize) -> Sentence {
        Sentence::new(&[
            Piece::Word,
            Piece::Text(" goes along axis "),
            Piece::Number(axis as u128),
            Piece::Text(" of "),
            Piece::Gives,
            Piece::Text(", which has "),
            Piece::Text(axes(self.gives.len())),
            Piece::Text(": the batch is not counted"),
        ])
    }

    /// The input's shape.
    pub(crate) const fn input(&self) -> Dims {
        Dims::new(self.gives)
    }
}

/// The axes of a shape of so many sizes, which are counted from 0.
pub(crate) const fn axes(rank: usize) -> &'static str {
    match rank {
        1 => "axis 0 alone",
        2 => "the axes 0 and 1",
        _ => "the axes 0, 1 and 2",
    }
}

/// `: stage 1 gives [8, 9]`, as most messages end.
pub(crate) const FROM_GIVES: [Piece; 4] =
    [Piece::Text(": "), Piece::From, Piece::Text(" gives "), Piece::Gives];

/// `, but stage 1 gives [8, 9]`, as the others do.
pub(crate) const BUT_FROM_GIVES: [Piece; 4] =
    [Piece::Text(", but "), Piece::From, Piece::Text(" gives "), Piece::Gives];
