//! A declaration while it is read.

use std::ops::{Deref, DerefMut};

use proc_macro2::{Span, TokenTree};

use crate::ast::Declaration;
use crate::diagnostic::{Faults, Help, Place};

/// A declaration as far as it has been read, and what is wrong with it.
pub struct Reading {
    pub declaration: Declaration,
    pub faults: Faults,
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
    /// The part that is being read.
    pub fn part(&self) -> Option<usize> {
        self.parts.len().checked_sub(1)
    }
}

/// Says what is wrong with these tokens.
pub fn fault(tokens: &[TokenTree], what: String, declaration: &mut Reading) {
    let part = declaration.part();
    declaration.faults.add(Place::of(tokens, Span::call_site()), part, what, Help::Shapes);
}
