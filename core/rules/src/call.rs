//! A layer with its arguments, as a declaration has it.

use crate::fault::Change;
use crate::sentence::piece;
use crate::site::Site;
use crate::text::{Text, is};
use crate::words::{Kind, Layer, Omitted};

/// A layer with its arguments: `relu conv(16, [3, 5], padding: 2)`.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Its row in the table of words.
    pub layer: &'a Layer,
    /// What is given, in that order.
    pub given: &'a [Given<'a>],
    /// What stands in front of the word: a label, an activation.
    pub front: &'a str,
}

/// An argument that is given.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Which it is.
    pub slot: usize,
    /// Whether its name stands in front of it.
    pub is_named: bool,
    /// Its value as written.
    pub text: &'a str,
    /// Its value.
    pub value: Value<'a>,
}

/// The value of an argument.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// One size, or all of a list.
    Sizes(&'a [usize]),
    /// A word: `same`, `true`, a label.
    Word(&'a str),
    /// A number that no shape follows from.
    Number,
}

impl<'a> Call<'a> {
    /// The argument of a slot, where it is given.
    pub const fn at(&self, slot: usize) -> Option<Given<'a>> {
        let mut index = 0;
        while index < self.given.len() {
            if self.given[index].slot == slot {
                return Some(self.given[index]);
            }
            index += 1;
        }
        None
    }

    /// The argument of that name, where it is given.
    pub const fn argument(&self, name: &str) -> Option<Given<'a>> {
        match self.layer.argument(name) {
            Some(slot) => self.at(slot),
            None => None,
        }
    }

    /// The sizes that an argument gives, where it does.
    pub const fn sizes(&self, name: &str) -> Option<&'a [usize]> {
        match self.argument(name) {
            Some(Given { value: Value::Sizes(sizes), .. }) => Some(sizes),
            _ => None,
        }
    }

    /// The size that an argument gives, or its default.
    pub const fn size(&self, name: &str) -> usize {
        match (self.sizes(name), self.layer.default(name)) {
            (Some([size, ..]), _) => *size,
            (_, Some(Omitted::Size(size))) => size,
            _ => 1,
        }
    }

    /// Whether an argument is this word, given or by default.
    pub const fn is_word(&self, name: &str, word: &str) -> bool {
        match (self.argument(name), self.layer.default(name)) {
            (Some(Given { value: Value::Word(given), .. }), _) => is(given, word),
            (Some(_), _) => false,
            (None, Some(Omitted::Word(default))) => is(default, word),
            (None, _) => false,
        }
    }

    /// Whether an argument is `true`, given or by default.
    pub const fn is_set(&self, name: &str) -> bool {
        self.is_word(name, "true")
    }

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
