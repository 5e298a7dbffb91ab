//! Activations.

use proc_macro2::{Delimiter, Ident, TokenTree};

use super::function::{as_call, read_arguments, without_arguments};
use super::reading::Reading;
use super::text::is_punct;
use super::{axis, layer, named_type, unknown};
use crate::ast::AppliedActivation;
use crate::words;

/// Reads an activation with its arguments, if one stands at the front. A word that is none is reported
/// and passed over.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (Option<AppliedActivation>, &'a [TokenTree]) {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return (None, tokens) };
    let is_path = rest.first().is_some_and(|token| is_punct(token, ':') || is_punct(token, '<'));
    if is_path
        || declaration.const_parameters.contains(name)
        || layer::starts(tokens)
        || unknown::is_dense(tokens)
        || named_type::is_given(tokens)
        || words::composition(&name.to_string()).is_some()
    {
        return (None, tokens);
    }
    let (group, behind) = match rest {
        [TokenTree::Group(group), behind @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (Some(group), behind)
        }
        _ => (None, rest),
    };
    let written = name.to_string();
    if let Some(word) = words::activation(&written) {
        if let Some(rest) = as_call(word, name, rest, mended, declaration) {
            return (
                Some(AppliedActivation { name: name.clone(), arguments: Vec::new(), axis: None }),
                rest,
            );
        }
        let mut piece = written;
        let (mut arguments, mut axis) = (Vec::new(), None);
        if let Some(group) = group.filter(|_| word.has_axis()) {
            let text;
            (axis, text) = axis::read(word, name, group, declaration);
            piece.push_str(&text);
        } else if let Some(group) = group {
            let (values, text) = read_arguments(word, name, group, declaration);
            arguments = values;
            piece.push_str(&text);
        } else {
            piece.push_str(&without_arguments(word, name, declaration));
        }
        mended.push(piece);
        return (
            Some(AppliedActivation { name: name.clone(), arguments, axis: axis.map(Box::new) }),
            behind,
        );
    }
    let starts_lower =
        written.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    // `ReLU` alone may be a type of the user's, `ReLU 32` and `ReLU()` cannot be.
    let is_foreign = (!rest.is_empty() || words::is_foreign_class(&written))
        && words::activation_called(&written).is_some();
    if !starts_lower && !is_foreign && !unknown::is_told(tokens) {
        return (None, tokens);
    }
    unknown::read(name, group, behind, mended, declaration);
    (None, behind)
}

/// Whether these tokens are an activation and nothing else.
pub fn stands_alone(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Ident(word)] => words::activation(&word.to_string()).is_some(),
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            group.delimiter() == Delimiter::Parenthesis
                && words::activation(&word.to_string()).is_some()
        }
        _ => false,
    }
}

/// Whether a lower-case name resembles no word of the language.
pub fn is_unknown(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && !words::is_word(&name)
        && words::mistyped(&name).is_none()
        && words::activation_called(&name).is_none()
}
