//! Other networks and users' layers, by their type: `Encoder`, `Block(x: &h, condition: &input)`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::{equated, is_punct, named, separates, text};
use super::{dimension, reference};
use crate::ast::{Dim, GivenInput, NamedType, Operation};
use crate::diagnostic::Place;
use crate::words;

/// A type with more generics is not read, which is done by recursion.
const MOST_GENERICS: usize = 64;

/// Whether a type stands at the front of which each input is given a value by its name, whatever else it may be called:
/// `Attention(x: &h)`. The values that a layer of that name would read are its own.
pub fn is_given(tokens: &[TokenTree]) -> bool {
    let length = dimension::path_length(tokens);
    let Some(TokenTree::Ident(name)) = length.checked_sub(1).map(|last| &tokens[last]) else {
        return false;
    };
    let Some(TokenTree::Group(group)) = tokens.get(length) else { return false };
    let name = name.to_string();
    let layer = words::layer_called(&name).map(|(layer, _)| layer);
    let is_own = |input: &Ident| {
        layer.is_some_and(|layer| layer.arguments.iter().any(|argument| input == argument.name))
    };
    let inner = Vec::from_iter(group.stream());
    let given = || inner.split(separates).filter(|part| !part.is_empty()).map(named);
    group.delimiter() == Delimiter::Parenthesis
        && name.starts_with(char::is_uppercase)
        && given().all(|part| part.is_some_and(|(_, value)| reference::begins(value)))
        && given().flatten().any(|(input, _)| !is_own(input))
}

/// Reads a type from the front.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Operation, &'a [TokenTree])> {
    let (path, mut rest) = tokens.split_at(type_length(tokens));
    let is_upper = |name: &Ident| name.to_string().starts_with(|c: char| c.is_uppercase());
    let names_a_type =
        path.iter().any(|token| matches!(token, TokenTree::Ident(name) if is_upper(name)));
    if !names_a_type {
        return None;
    }
    let mut inputs = Vec::new();
    let mut piece = text(path);
    if let [TokenTree::Group(group), behind @ ..] = rest
        && group.delimiter() == Delimiter::Parenthesis
    {
        let inner = Vec::from_iter(group.stream());
        if !inner.split(separates).any(refers) {
            let what = format!(
                "`{}` is a type, whose sizes stand in `<..>` and not in parentheses",
                text(path)
            );
            let help = "name the type: `Encoder`, or `Encoder<16>` where it has a const parameter";
            undecided(&rest[..1], what, help, declaration);
            mended.push(text(&tokens[..tokens.len() - behind.len()]));
            declaration.guesses += 1;
            return Some((Operation::Dense(Dim::Faulty.into()), behind));
        }
        let mut pieces = Vec::new();
        let given = || inner.split(separates).filter(|tokens| !tokens.is_empty());
        if let Some(nameless) = given().find(|tokens| named(tokens).or(equated(tokens)).is_none()) {
            let what = format!("`{piece}` is given its inputs by their names");
            let help = format!("say which input it is: `{piece}(name: {})`", text(nameless));
            undecided(nameless, what, help, declaration);
            declaration.guesses += 1;
        }
        for tokens in given() {
            input(tokens, &piece, (&mut inputs, &mut pieces), declaration);
        }
        piece = format!("{piece}({})", pieces.join(", "));
        rest = behind;
    }
    mended.push(piece);
    if path.iter().filter(|token| is_punct(token, '<')).count() > MOST_GENERICS {
        let what = format!("a type is nested more than {MOST_GENERICS} deep");
        undecided(&path[..1], what, "give it a name: `type Inner = ..`", declaration);
        declaration.guesses += 1;
        return Some((Operation::Dense(Dim::Faulty.into()), rest));
    }
    let stream: TokenStream = path.iter().cloned().collect();
    if let Err(error) = syn::parse2::<syn::TypePath>(stream.clone()) {
        fault(path, format!("`{}` is no type: {error}", text(path)), declaration);
        declaration.guesses += 1;
    }
    let place = Place::of(path, Span::call_site());
    Some((Operation::Type(NamedType { path: stream, place, inputs }), rest))
}

/// Whether what stands in parentheses behind a type gives it a value.
fn refers(part: &[TokenTree]) -> bool {
    let value = named(part).or_else(|| equated(part)).map_or(part, |(_, value)| value);
    let is_label = |name: &Ident| name.to_string().starts_with(|c: char| c.is_lowercase());
    reference::begins(value)
        || value.len() < part.len()
            && matches!(value, [TokenTree::Ident(name)] if is_label(name) && name != "true" && name != "false")
}

/// Reads the value of one input: `x: &h`.
fn input(
    tokens: &[TokenTree],
    of: &str,
    (inputs, pieces): (&mut Vec<GivenInput>, &mut Vec<String>),
    declaration: &mut Reading,
) {
    let equated = equated(tokens);
    let Some((name, value)) = named(tokens).or(equated) else {
        // That has been told.
        return pieces.push(text(tokens));
    };
    if equated.is_some() {
        let what = format!("`:` stands behind the name of an input: `{name}: {}`", text(value));
        fault(&tokens[1..2], what, declaration);
    }
    if inputs.iter().any(|input: &GivenInput| input.name == *name) {
        let what = format!("the input `{name}` of `{of}` is given twice");
        undecided(&tokens[..1], what, "give each input one value", declaration);
        return pieces.push(text(tokens));
    }
    let subject = format!("`{name}` of `{of}`");
    let (value, piece) = reference::value(value, &subject, &format!("{name}: &h"), declaration);
    pieces.push(format!("{name}: {piece}"));
    match value {
        Some(value) => {
            let place = Place::of(tokens, Span::call_site());
            inputs.push(GivenInput { name: name.clone(), value, place });
        }
        None => declaration.guesses += 1,
    }
}

/// How many tokens of a path, generics included, stand at the front.
fn type_length(tokens: &[TokenTree]) -> usize {
    let mut length = dimension::path_length(tokens);
    if let [first, second, third, ..] = &tokens[length..]
        && is_punct(first, ':')
        && is_punct(second, ':')
        && is_punct(third, '<')
    {
        length += 2;
    }
    if length == 0 || !tokens.get(length).is_some_and(|token| is_punct(token, '<')) {
        return length;
    }
    let mut depth = 0;
    for (offset, token) in tokens[length..].iter().enumerate() {
        depth += i32::from(is_punct(token, '<')) - i32::from(is_punct(token, '>'));
        if depth == 0 {
            return length + offset + 1;
        }
    }
    tokens.len()
}
