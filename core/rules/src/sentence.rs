//! What messages say, as data: sentences with numbers, shapes and names in them.

use crate::call::Call;
use crate::dims::Dims;
use crate::site::Site;
use crate::text::Text;
use crate::words::TOKENS;

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
    pieces: [Piece; MOST_PIECES],
    len: usize,
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

    /// As a person reads it, where it speaks of no site.
    pub(crate) const fn alone(&self) -> Text {
        let call = Call { layer: &TOKENS, given: &[], front: "" };
        let site = Site {
            call,
            gives: &[1],
            written: "",
            from: "",
            bytes: 1,
            route: &[],
            around: ("", ""),
        };
        self.written(&site, Text::new())
    }

    /// As a person reads it, behind a text.
    pub const fn written(&self, site: &Site<'_>, mut text: Text) -> Text {
        let mut index = 0;
        while index < self.len {
            text = piece(self.pieces[index], site, text);
            index += 1;
        }
        text
    }
}

/// A piece as a person reads it, behind a text.
pub(crate) const fn piece(piece: Piece, site: &Site<'_>, text: Text) -> Text {
    match piece {
        Piece::Text(part) => text.text(part),
        Piece::Number(number) => text.number(number),
        Piece::Shape(dims) => text.shape(dims.sizes()),
        Piece::Wide(sizes, rank) => {
            let mut text = text.text("[");
            let mut axis = 0;
            while axis < rank {
                text = if axis > 0 { text.text(", ") } else { text }.number(sizes[axis]);
                axis += 1;
            }
            text.text("]")
        }
        Piece::Extent([_, length], 2) => text.number(length),
        Piece::Extent([height, width], _) => text.number(height).text(" x ").number(width),
        Piece::Amount([height, width], rank) if rank == 2 || height == width => text.number(width),
        Piece::Amount([height, width], _) => {
            text.text("[").number(height).text(", ").number(width).text("]")
        }
        Piece::Word => text.text("`").text(site.call.layer.word).text("`"),
        Piece::From => text.text(site.from),
        Piece::Gives if !site.written.is_empty() => text.text(site.written),
        Piece::Gives => text.shape(site.gives),
        Piece::Argument(slot) => match site.call.at(slot) {
            Some(given) => text.text(given.text),
            None => text,
        },
    }
}
