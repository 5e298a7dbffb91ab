//! A layer where it stands, and the messages about it.

use crate::call::Call;
use crate::dims::Dims;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::text::Text;

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
    /// The declaration in front of and behind this stage.
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

    /// The input's shape.
    pub(crate) const fn input(&self) -> Dims {
        Dims::new(self.gives)
    }

    /// The stage as it should be, or what helps, behind a text; and whether it is a stage.
    pub const fn mended(&self, mend: &Mend, text: Text) -> (Text, bool) {
        let front = self.call.front;
        match mend {
            Mend::Arguments(changes) => (self.call.changed(changes, self, text.text(front)), true),
            Mend::Precede(stages) => {
                let text = stages.written(self, text).text(" => ").text(front);
                (self.call.changed(&[], self, text), true)
            }
            Mend::Replace(layer) => (layer.written(self, text.text(front)), true),
            Mend::Say(sentence) => (sentence.written(self, text), false),
        }
    }

    /// All that is said about a fault: what is wrong, the route, and the declaration as it should be.
    pub const fn message(&self, fault: &Fault) -> Text {
        let text = fault.what.written(self, Text::new()).route(self.route).text("\nhelp: ");
        match fault.mend {
            Mend::Say(_) => self.mended(&fault.mend, text).0,
            _ => self.mended(&fault.mend, text.text(self.around.0)).0.text(self.around.1),
        }
    }
}

impl Text {
    /// With the way to a fault behind it, as a line of its own.
    pub const fn route(self, parts: &[Part<'_>]) -> Self {
        let mut text = self.text("\nroute: ");
        let mut index = 0;
        while index < parts.len() {
            let (part, gives) = parts[index];
            if index > 0 {
                text = text.text(joint(parts[index - 1].0, part));
            }
            text = text.text(part);
            if !gives.is_empty() {
                text = text.text(" (gives ").shape(gives).text(")");
            }
            index += 1;
        }
        text
    }
}

/// What stands between two parts of a route: an arrow, but for what opens, separates or closes a composition.
const fn joint(before: &str, part: &str) -> &'static str {
    match (before.as_bytes().last(), part.as_bytes().first()) {
        (Some(b'('), _) | (_, Some(b';')) => "",
        (Some(b';' | b':' | b'|'), _) | (_, Some(b'|')) => " ",
        _ => " => ",
    }
}

/// `: stage 1 gives [8, 9]`, as most messages end.
pub(crate) const FROM_GIVES: [Piece; 4] =
    [Piece::Text(": "), Piece::From, Piece::Text(" gives "), Piece::Gives];

/// `, but stage 1 gives [8, 9]`, as the others do.
pub(crate) const BUT_FROM_GIVES: [Piece; 4] =
    [Piece::Text(", but "), Piece::From, Piece::Text(" gives "), Piece::Gives];
