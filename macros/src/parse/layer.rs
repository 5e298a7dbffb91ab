//! Layers of the language with their arguments.

use proc_macro2::TokenTree;

use crate::ast::{Declaration, Operation};

/// Reads a layer with its arguments, if a layer's word stands at the front.
pub fn read<'a>(
    _tokens: &'a [TokenTree],
    _mended: &mut Vec<String>,
    _declaration: &mut Declaration,
) -> Option<(Operation, &'a [TokenTree])> {
    None
}
