//! Sizes: numbers, consts, const parameters and `{ expressions }`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::{is_punct, text};
use crate::ast::{Declaration, Dim};
use crate::diagnostic::{Help, Place};

/// Reads one size from the front. `None` and all tokens where none stands there.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    segment: usize,
    declaration: &mut Declaration,
) -> (Option<Dim>, &'a [TokenTree]) {
    match tokens {
        [TokenTree::Literal(_), rest @ ..] => (Some(number(tokens, 1, segment, declaration)), rest),
        [minus, TokenTree::Literal(_), rest @ ..] if is_punct(minus, '-') => {
            (Some(number(tokens, 2, segment, declaration)), rest)
        }
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Brace => {
            (Some(expression(group, segment, declaration)), rest)
        }
        _ => {
            let length = path_length(tokens);
            let (path, rest) = tokens.split_at(length);
            match path {
                [TokenTree::Ident(name)] if declaration.const_parameters.contains(name) => {
                    (Some(Dim::Parameter(name.clone())), rest)
                }
                [.., TokenTree::Ident(name)] if names_a_const(name) => {
                    let path: TokenStream = path.iter().cloned().collect();
                    let place = Place::of(&tokens[..length], name.span());
                    (Some(Dim::Constant(path, place)), rest)
                }
                _ => (None, tokens),
            }
        }
    }
}

/// Reads `[dim, ..]`, if that is all there is.
pub fn shape(
    tokens: &[TokenTree],
    segment: usize,
    declaration: &mut Declaration,
) -> Option<Vec<Dim>> {
    let [TokenTree::Group(group)] = tokens else { return None };
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let place = Place::at(group.span());
    let mut dims = Vec::new();
    let mut parts: Vec<&[TokenTree]> = inner.split(|token| is_punct(token, ',')).collect();
    if parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    for part in &parts {
        match read(part, segment, declaration) {
            (Some(dim), []) => dims.push(dim),
            _ => {
                let place = Place::of(part, group.span());
                let what = format!("`{}` is no size", text(part));
                let help = "a shape lists sizes: `[16]`, `[1, 28, 28]`".to_owned();
                declaration.faults.add(place, Some(segment), what, Help::Text(help));
                dims.push(Dim::Faulty);
            }
        }
    }
    if dims.is_empty() || dims.len() > 3 {
        let what = format!("a shape has one to three sizes, this one has {}", dims.len());
        let help = "a shape lists sizes: `[16]`, `[1, 28, 28]`".to_owned();
        declaration.faults.add(place, Some(segment), what, Help::Text(help));
        return Some(vec![Dim::Faulty]);
    }
    Some(dims)
}

/// How many tokens of a path without generics stand at the front.
pub fn path_length(tokens: &[TokenTree]) -> usize {
    let mut length = 0;
    loop {
        let colons = match &tokens[length..] {
            [first, second, ..] if is_punct(first, ':') && is_punct(second, ':') => 2,
            _ if length == 0 => 0,
            _ => return length,
        };
        match tokens.get(length + colons) {
            Some(TokenTree::Ident(_)) => length += colons + 1,
            _ => return length,
        }
    }
}

/// Whether a name that is no declared parameter reads as a const: `SCREAMING_CASE` or a lone capital.
pub fn names_a_const(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn number(
    tokens: &[TokenTree],
    length: usize,
    segment: usize,
    declaration: &mut Declaration,
) -> Dim {
    let place = Place::of(&tokens[..length], Span::call_site());
    let negative = length == 2;
    let mended = match syn::parse2::<syn::Lit>(tokens[length - 1].clone().into()) {
        Ok(syn::Lit::Int(integer)) => match integer.base10_parse::<usize>() {
            Ok(value) if value > 0 && !negative && integer.suffix().is_empty() => {
                return Dim::Literal(value, place.start);
            }
            Ok(0) => (format!("a size of zero: `{}`", text(&tokens[..length])), 1),
            Ok(value) if negative => (format!("a negative size: `-{value}`"), value),
            Ok(value) => {
                let suffix = integer.suffix();
                (
                    format!("a size is written without a suffix: `{value}`, not `{value}{suffix}`"),
                    value,
                )
            }
            Err(_) => {
                let most = usize::MAX;
                let digits = integer.base10_digits();
                (format!("a size of {digits} is more than the {most} a machine can count"), 1024)
            }
        },
        Ok(syn::Lit::Float(float)) => {
            let value = float.base10_parse::<f64>().unwrap_or(1.0).abs();
            let whole = (value.round() as usize).max(1);
            (
                format!("a size is a whole number, written without point or exponent: `{float}`"),
                whole,
            )
        }
        _ => (format!("`{}` is no size", text(&tokens[..length])), 1),
    };
    let (what, value) = mended;
    let help = help_with(tokens, length, &value.to_string(), segment, declaration);
    declaration.faults.add(place, Some(segment), what, help);
    Dim::Faulty
}

/// The segment with the first `length` of these tokens, which it holds, replaced.
fn help_with(
    tokens: &[TokenTree],
    length: usize,
    mended: &str,
    segment: usize,
    declaration: &Declaration,
) -> Help {
    let faulty = text(&tokens[..length]);
    let whole = &declaration.segments[segment];
    match whole.rfind(&faulty) {
        Some(start) => {
            let end = start + faulty.len();
            Help::Segment(segment, format!("{}{mended}{}", &whole[..start], &whole[end..]))
        }
        None => Help::Text(format!("write `{mended}`")),
    }
}

fn expression(group: &proc_macro2::Group, segment: usize, declaration: &mut Declaration) -> Dim {
    let place = Place::at(group.span());
    if let Err(error) = syn::parse2::<syn::Expr>(group.stream()) {
        let what = format!("`{group}` is no const expression: {error}");
        let help = Help::Text("a computed size is one expression: `{ 2 * HIDDEN }`".to_owned());
        declaration.faults.add(Place::at(error.span()), Some(segment), what, help);
        return Dim::Faulty;
    }
    if let Some(parameter) = mentioned(group.stream(), &declaration.const_parameters) {
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        if let [TokenTree::Ident(_)] = inner.as_slice() {
            return Dim::Parameter(parameter);
        }
        let what = format!("Rust cannot yet compute a size from the const parameter `{parameter}`");
        let help = Help::Text(format!(
            "make the result a parameter of its own, as in `< const {parameter}: usize, const WIDTH: usize; .. => WIDTH => .. >`"
        ));
        declaration.faults.add(Place::at(parameter.span()), Some(segment), what, help);
        return Dim::Faulty;
    }
    Dim::Constant(braces(group).into(), place)
}

/// Braces that the language asks for, so that rustc does not call them unnecessary.
pub fn braces(group: &proc_macro2::Group) -> TokenTree {
    let mut braces = proc_macro2::Group::new(Delimiter::Brace, group.stream());
    braces.set_span(Span::mixed_site().located_at(group.span()));
    braces.into()
}

/// The first of these names that the tokens mention.
pub fn mentioned(tokens: TokenStream, names: &[Ident]) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if names.contains(&word) => Some(word),
        TokenTree::Group(group) => mentioned(group.stream(), names),
        _ => None,
    })
}
