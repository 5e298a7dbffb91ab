//! Groups without delimiters, in which a `macro_rules!` hands on what it was given.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::text::is_punct;
use crate::words;

/// The tokens without such groups: `$width:literal` and `$layer:ty` are what they hold, a computed `$width:expr` is
/// in braces.
pub fn opened(tokens: TokenStream) -> TokenStream {
    let mut opened: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let is_attribute = opened.last().is_some_and(|front| is_punct(front, '#'));
        let TokenTree::Group(group) = token else {
            opened.push(token);
            continue;
        };
        // Another group would have lost where its ends are.
        if !holds_one(&group) {
            opened.push(group.into());
            continue;
        }
        let inner = match is_attribute {
            true => flat(group.stream()),
            false => self::opened(group.stream()),
        };
        let delimiter = match group.delimiter() {
            Delimiter::None if stands_alone(&inner) => {
                opened.extend(inner);
                continue;
            }
            Delimiter::None => Delimiter::Brace,
            delimiter => delimiter,
        };
        let mut group_again = Group::new(delimiter, inner);
        group_again.set_span(group.span());
        opened.push(group_again.into());
    }
    opened.into_iter().collect()
}

/// The tokens of an attribute, `$meta:meta` among them, in which nothing is a size.
fn flat(tokens: TokenStream) -> TokenStream {
    let flat = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => flat(group.stream()),
        token => token.into(),
    });
    flat.collect()
}

/// Whether a group is one without delimiters, or holds one.
fn holds_one(group: &Group) -> bool {
    let is_one = |token: TokenTree| matches!(token, TokenTree::Group(inner) if holds_one(&inner));
    group.delimiter() == Delimiter::None || group.stream().into_iter().any(is_one)
}

/// Whether tokens mean the same in the declaration as they do by themselves: all but a computed size.
fn stands_alone(inner: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = inner.clone().into_iter().collect();
    match tokens.as_slice() {
        // `(2 + 3)` is a size that is computed.
        [TokenTree::Group(group)] => group.delimiter() != Delimiter::Parenthesis,
        [] | [_] => true,
        [sign, TokenTree::Literal(_)] if is_punct(sign, '-') => true,
        [TokenTree::Ident(word), ..] if words::is_word(&word.to_string()) => true,
        _ => {
            let is = |parser: fn(TokenStream) -> bool| parser(inner.clone());
            is(|tokens| syn::parse2::<syn::Type>(tokens).is_ok())
                || is(|tokens| syn::parse2::<syn::Visibility>(tokens).is_ok())
                || syn::parse2::<syn::Expr>(inner.clone()).is_err()
        }
    }
}
