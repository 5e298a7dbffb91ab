//! What messages say, as data: sentences with numbers, shapes and names in them.

use crate::dims::Dims;

/// More parts than this has no sentence.
pub const MOST_PIECES: usize = 16;

/// A part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Text(&'static str),
    /// A number.
    Number(u128),
    /// A shape: `[1, 28, 28]`.
    Shape(Dims),
    /// Sizes that may be more than a machine can count: `[8, 89999999991]`.
    Wide([u128; 3], usize),
    /// Height and width as a person says them: `3 x 3`, or `3` along a signal, whose shape has two sizes.
    Extent([u128; 2], usize),
    /// Height and width as an argument is written: `3` or `[3, 5]`.
    Amount([u128; 2], usize),
    /// The layer's word, between backticks.
    Word,
    /// What gives the input: `stage 2`.
    From,
    /// The input's shape.
    Gives,
    /// All of an argument as it is written, by its slot.
    Argument(usize),
}

/// A sentence, or a piece of a declaration, put together while compiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub(crate) pieces: [Piece; MOST_PIECES],
    pub(crate) len: usize,
}

impl Sentence {
    /// Nothing.
    pub(crate) const EMPTY: Sentence = Sentence { pieces: [Piece::Text(""); MOST_PIECES], len: 0 };

    /// These pieces.
    pub(crate) const fn new(pieces: &[Piece]) -> Self {
        Sentence::EMPTY.and(pieces)
    }

    /// One text.
    pub(crate) const fn text(text: &'static str) -> Self {
        Sentence::new(&[Piece::Text(text)])
    }

    /// With these pieces behind it.
    pub(crate) const fn and(mut self, pieces: &[Piece]) -> Self {
        let mut index = 0;
        while index < pieces.len() {
            self.pieces[self.len] = pieces[index];
            self.len += 1;
            index += 1;
        }
        self
    }
}
