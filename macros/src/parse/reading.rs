//! A declaration while it is read.

use std::ops::{Deref, DerefMut};

use proc_macro2::{Ident, Span, TokenTree};

use crate::ast::Declaration;
use crate::diagnostic::{Faults, Help, Place};

/// A declaration as far as it has been read, and what is wrong with it.
pub struct Reading {
    pub declaration: Declaration,
    pub faults: Faults,
    /// How often something stands for what is wrong without being what was meant: behind it no shape is known.
    pub guesses: usize,
    /// Whether names that are no words have been told already, all at once.
    pub passes_over_names: bool,
    /// All labels so far, those in compositions too.
    pub all_labels: Vec<String>,
    /// In how many compositions the stage at hand stands.
    pub depth: usize,
    /// What stands for the size of a turn in the stages at hand, and how many turns there are.
    pub turns: Vec<(Ident, usize)>,
    /// Whether it is the last one between two arrows.
    pub is_last: bool,
    /// A stage that is an argument of the next layer of a word.
    pub of_next: Option<OfNext>,
}

/// A stage that should have been an argument of a layer behind it.
pub struct OfNext {
    /// The part that it is.
    pub part: usize,
    /// The word of the layer.
    pub word: &'static str,
    /// The argument with its value.
    pub argument: &'static str,
}

impl Deref for Reading {
    type Target = Declaration;

    fn deref(&self) -> &Declaration {
        &self.declaration
    }
}

impl DerefMut for Reading {
    fn deref_mut(&mut self) -> &mut Declaration {
        &mut self.declaration
    }
}

impl Reading {
    /// Writes a label in front of a part.
    pub fn label(&mut self, part: Option<usize>, label: &str) {
        if let Some(part) = part
            && let Some(mended) = &mut self.parts[part].mended
        {
            *mended = format!("{label} {mended}");
        }
    }

    /// The part that is being read.
    pub fn part(&self) -> Option<usize> {
        self.parts.len().checked_sub(1)
    }
}

impl Reading {
    /// Gives the layer that is the last part the argument that stands in front of it as a stage.
    pub fn take_argument(&mut self, word: &str) {
        let part = self.parts.len() - 1;
        let Some(OfNext { part: stage, argument, .. }) =
            self.of_next.take_if(|next| next.word == word && next.part != part)
        else {
            return;
        };
        let Some(mended) = self.parts[part].mended.clone() else { return };
        if let Some(front) = mended.strip_suffix(')') {
            self.parts[part].mended = Some(format!("{front}, {argument})"));
            self.parts[stage].mended = None;
        }
    }
}

/// Says what is wrong with these tokens.
pub fn fault(tokens: &[TokenTree], what: String, declaration: &mut Reading) {
    let part = declaration.part();
    declaration.faults.add(Place::of(tokens, Span::call_site()), part, what, Help::Shapes);
}

/// Says what is wrong with these tokens where a person has to decide what is right. They stay as they are written
/// in what other messages show of the declaration.
pub fn undecided(
    tokens: &[TokenTree],
    what: String,
    help: impl Into<String>,
    declaration: &mut Reading,
) {
    let part = declaration.part();
    let place = Place::of(tokens, Span::call_site());
    declaration.faults.add(place, part, what, Help::Text(help.into()));
}
