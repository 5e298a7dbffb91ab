//! A layer with its arguments, as a declaration has it.

use crate::text::is;
use crate::words::{Layer, Omitted};

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
}
