//! A declaration while it is read.

use std::ops::{Deref, DerefMut};

use crate::ast::Declaration;
use crate::diagnostic::Faults;

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
