//! Messages as a person reads them: sentences, and a declaration as it should be.

use crate::call::{Call, Given};
use crate::fault::{Change, Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{Part, Site};
use crate::text::{Text, is};
use crate::words::Kind;

impl Site<'_> {
    /// The stage as it should be, behind a text.
    pub const fn mended(&self, mend: &Mend, text: Text) -> Text {
        let front = self.call.front;
        match mend {
            Mend::Arguments(changes) => self.call.changed(changes, self, text.text(front)),
            Mend::Precede(stages) => {
                let text = stages.written(self, text).text(" => ").text(front);
                self.call.changed(&[], self, text)
            }
            Mend::PrecedeWithout(stages, argument) => {
                let text = stages.written(self, text).text(" => ").text(front);
                self.call.changed(&[Change::left_out(argument)], self, text)
            }
            Mend::Replace(layer) => layer.written(self, text.text(front)),
            Mend::WithoutFirst => match self.call.given {
                [_, given @ ..] => {
                    let call = Call { given, ..self.call };
                    call.changed(&[], self, text.text(front))
                }
                [] => self.unchanged(text),
            },
            Mend::Say(_) => self.unchanged(text),
        }
    }

    /// The stage as it is written, behind a text.
    pub const fn unchanged(&self, text: Text) -> Text {
        self.call.changed(&[], self, text.text(self.call.front))
    }

    /// What is said about a fault in front of the declaration as it should be: what is wrong, and the route.
    pub const fn told(&self, fault: &Fault) -> Text {
        fault.what.written(self, Text::new()).route(self.route).text("\nhelp: ")
    }

    /// All that is said about a fault: what is wrong, the route, and the declaration as it should be.
    pub const fn message(&self, fault: &Fault) -> Text {
        match &fault.mend {
            Mend::Say(help) => help.written(self, self.told(fault)),
            _ if self.around.1.is_empty() && !self.around.0.is_empty() => {
                self.told(fault).text(self.around.0)
            }
            mend => self.mended(mend, self.told(fault).text(self.around.0)).text(self.around.1),
        }
    }
}

impl Sentence {
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
const fn piece(piece: Piece, site: &Site<'_>, text: Text) -> Text {
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

impl Call<'_> {
    /// The call with some arguments changed, added or left out.
    pub(crate) const fn changed(
        &self,
        changes: &[Option<Change>],
        site: &Site<'_>,
        mut text: Text,
    ) -> Text {
        text = text.text(self.layer.word);
        let mut written = 0;
        let mut is_place_open = true;
        let mut index = 0;
        while index < self.given.len() {
            let given = &self.given[index];
            match change(changes, self.layer.arguments[given.slot].name) {
                // What follows has moved to another place.
                Some(Change { value: None, .. }) => is_place_open = false,
                changed => {
                    let is_named = given.is_named || !is_place_open;
                    text = self.opened(text, &mut written, given.slot, is_named);
                    text = match changed {
                        Some(Change { value: Some(value), .. }) => piece(value, site, text),
                        _ => text.text(given.text),
                    };
                }
            }
            index += 1;
        }
        let mut slot = 0;
        while slot < self.layer.arguments.len() {
            let changed = change(changes, self.layer.arguments[slot].name);
            if let (None, Some(Change { value: Some(value), .. })) = (self.at(slot), changed) {
                text = piece(value, site, self.opened(text, &mut written, slot, true));
            }
            slot += 1;
        }
        if written > 0 && !self.is_list() { text.text(")") } else { text }
    }

    /// What stands in front of an argument that is written next.
    const fn opened(&self, text: Text, written: &mut usize, slot: usize, is_named: bool) -> Text {
        let is_first = *written == 0;
        *written += 1;
        if self.is_list() {
            return text;
        }
        let text = text.text(if is_first { "(" } else { ", " });
        if is_named { text.text(self.layer.arguments[slot].name).text(": ") } else { text }
    }

    /// Whether the only argument is a list that stands right behind the word.
    const fn is_list(&self) -> bool {
        let is_list =
            matches!(self.layer.arguments, [only] if matches!(only.kind, Kind::Shape | Kind::Axes));
        is_list && !matches!(self.given, [Given { is_named: true, .. }])
    }
}

const fn change(changes: &[Option<Change>], name: &str) -> Option<Change> {
    let mut index = 0;
    while index < changes.len() {
        if let Some(change) = &changes[index]
            && is(change.argument, name)
        {
            return Some(*change);
        }
        index += 1;
    }
    None
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
