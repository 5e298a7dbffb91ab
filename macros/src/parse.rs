//! From tokens to declarations, going on behind every fault.

mod activation;
mod argument;
mod attribute;
mod axis;
mod composition;
mod dimension;
mod function;
mod groups;
mod header;
mod inputs;
mod label;
mod layer;
mod misplaced;
mod named_type;
mod outputs;
mod padding;
mod reading;
mod recurrent;
mod reference;
mod segments;
mod stage;
mod text;
mod tokens;
mod told;
mod turns;
mod unknown;
mod value;

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};

pub use composition::MOST_BRANCHES;
pub use dimension::mentioned;
pub use text::path_text;
pub use told::not_computed;

use self::reading::Reading;
use self::text::is_punct;
use crate::ast::{Declaration, Dim, Scalar};
use crate::diagnostic::{Faults, Help, Place};

/// In how many groups a token may stand.
const MOST_DEPTH: usize = 64;

/// All declarations of one `network!`, each with what is wrong with it.
pub fn declarations(tokens: TokenStream) -> Vec<(Declaration, Faults)> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    // What is nested too deep is refused below.
    let tokens = if nested_too_deep(&all).is_none() { groups::opened(tokens) } else { tokens };
    let items = split_items(tokens);
    if items.is_empty() {
        let mut empty = Reading::unnamed(Span::call_site());
        empty.faults.add(
            Place::at(Span::call_site()),
            None,
            "`network!` declares no network",
            Help::Text("network! { struct Net< 10 => relu 32 => 2 >; }".to_owned()),
        );
        return vec![(empty.declaration, empty.faults)];
    }
    let mut declarations: Vec<Reading> = Vec::new();
    for item in items {
        let mut declaration = declaration(&item);
        // Of two that are declared under a condition each, rustc may see only one.
        declaration.is_repeated = declaration.conditions().next().is_none()
            && declarations.iter().any(|earlier| {
                earlier.name == declaration.name && earlier.conditions().next().is_none()
            });
        if declaration.is_repeated {
            let place = Place::at(declaration.name.span());
            let what = format!("two networks are called `{}`", declaration.name);
            declaration.name = quote::format_ident!("{}2", declaration.name);
            declaration.faults.add(place, None, what, Help::Item);
        }
        declarations.push(declaration);
    }
    declarations.into_iter().map(|read| (read.declaration, read.faults)).collect()
}

impl Reading {
    /// A declaration of which nothing is known yet.
    fn unnamed(span: Span) -> Self {
        let declaration = Declaration {
            attributes: Vec::new(),
            visibility: syn::Visibility::Inherited,
            name: Ident::new("Network", span),
            is_repeated: false,
            is_named: false,
            scalar: Scalar::F32,
            const_parameters: Vec::new(),
            foreign_parameters: Vec::new(),
            input: vec![Dim::Faulty],
            inputs: Vec::new(),
            vocabularies: Vec::new(),
            labels: Vec::new(),
            stages: Vec::new(),
            outputs: None,
            parameters: Vec::new(),
            parts: Vec::new(),
        };
        Reading {
            declaration,
            faults: Faults::default(),
            guesses: 0,
            passes_over_names: false,
            all_labels: Vec::new(),
            depth: 0,
            turns: Vec::new(),
            is_last: false,
            of_next: None,
        }
    }
}

/// Splits at each `;` that ends a declaration: one with an item, or nothing, behind it.
fn split_items(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = vec![Vec::new()];
    let tokens = Vec::from_iter(tokens);
    for (index, token) in tokens.iter().enumerate() {
        let ends_angle = is_punct(token, '>')
            && !items.last().and_then(|item| item.last()).is_some_and(is_joint_arrow_start);
        let ends_item = is_punct(token, ';') || ends_angle;
        items.last_mut().expect("never empty").push(token.clone());
        if ends_item && starts_item(&tokens[index + 1..]) {
            items.push(Vec::new());
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

fn starts_item(tokens: &[TokenTree]) -> bool {
    match tokens.first() {
        Some(TokenTree::Ident(word)) => word == "struct" || word == "pub",
        // That of a stage may stand behind what is no arrow.
        Some(token) => is_punct(token, '#') && !attribute::names_tensors(tokens),
        None => false,
    }
}

fn is_joint_arrow_start(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct)
        if matches!(punct.as_char(), '=' | '-') && punct.spacing() == Spacing::Joint)
}

fn declaration(item: &[TokenTree]) -> Reading {
    let mut declaration = Reading::unnamed(Span::call_site());
    let opening = item.iter().position(|token| is_punct(token, '<'));
    let (head, body) = item.split_at(opening.unwrap_or(item.len()));
    let head = match head {
        [rest @ .., last] if is_punct(last, ';') => rest,
        _ => head,
    };
    header::read(head, &mut declaration);
    let Some((opening, body)) = body.split_first() else {
        if declaration.faults.is_empty() {
            let place = Place::at(declaration.name.span());
            let what = format!("network `{}` declares no shapes", declaration.name);
            declaration.faults.add(place, None, what, Help::Item);
        }
        return declaration;
    };
    if let Some(group) = nested_too_deep(body) {
        let what = format!("brackets are nested more than {MOST_DEPTH} deep");
        let help = "declare inner stages as a network of their own, and name it as a stage";
        declaration.faults.add(Place::at(group), None, what, Help::Text(help.to_owned()));
        return declaration;
    }
    let body = without_where(body, &mut declaration);
    let body = without_closing(body, opening.span(), &mut declaration);
    let body = header::parameters(body, &mut declaration);
    let (body, outputs) = outputs::split(body, &mut declaration);
    segments::read(body, opening.span(), &mut declaration);
    if let Some(outputs) = outputs {
        outputs::read(outputs, &mut declaration);
    }
    declaration
}

/// The first group that stands in too many others: what is read by recursion would overflow the stack.
fn nested_too_deep(tokens: &[TokenTree]) -> Option<Span> {
    let mut open = vec![Vec::from(tokens).into_iter()];
    while let Some(innermost) = open.last_mut() {
        match innermost.next() {
            Some(TokenTree::Group(group)) if open.len() > MOST_DEPTH => return Some(group.span()),
            Some(TokenTree::Group(group)) => {
                open.push(group.stream().into_iter().collect::<Vec<_>>().into_iter());
            }
            Some(_) => {}
            None => {
                open.pop();
            }
        }
    }
    None
}

/// Takes off `where T: Copy` behind `>`, and says that it has no meaning.
fn without_where<'a>(body: &'a [TokenTree], declaration: &mut Reading) -> &'a [TokenTree] {
    let starts = |pair: &[TokenTree]| {
        is_punct(&pair[0], '>') && matches!(&pair[1], TokenTree::Ident(word) if word == "where")
    };
    let Some(closing) = body.windows(2).position(starts) else { return body };
    let place = Place::at(body[closing + 1].span());
    let what = "a network takes no `where`: its parameters are sizes";
    declaration.faults.add(place, None, what, Help::Item);
    &body[..=closing]
}

/// Takes off `>` and `;`, or says that they are missing.
fn without_closing<'a>(
    body: &'a [TokenTree],
    opening: Span,
    declaration: &mut Reading,
) -> &'a [TokenTree] {
    let (body, has_semicolon) = match body {
        [rest @ .., last] if is_punct(last, ';') => (rest, true),
        _ => (body, false),
    };
    let place = Place::at(body.last().map_or(opening, TokenTree::span));
    let ends_in_arrow = body.len() >= 2
        && is_joint_arrow_start(&body[body.len() - 2])
        && is_punct(&body[body.len() - 1], '>');
    let (body, what) = match body {
        [rest @ .., last] if is_punct(last, '>') && !ends_in_arrow => {
            let lacks_semicolon =
                declaration.is_named && !has_semicolon && declaration.faults.is_empty();
            (rest, lacks_semicolon.then_some("`;` is missing behind the declaration"))
        }
        _ => (body, Some("`>` is missing at the end of the declaration")),
    };
    if let Some(what) = what {
        declaration.faults.add(place, None, what, Help::Item);
    }
    body
}

#[cfg(test)]
mod tests;
