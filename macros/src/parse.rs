//! From tokens to declarations, going on behind every fault.

mod dimension;
mod header;
mod segments;
mod stage;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

pub use dimension::mentioned;

use crate::ast::{Declaration, Dim, Scalar};
use crate::diagnostic::{Faults, Help, Place};

/// All declarations of one `network!`.
pub fn declarations(tokens: TokenStream) -> Vec<Declaration> {
    let items = split_items(tokens);
    if items.is_empty() {
        let mut empty = Declaration::unnamed(Span::call_site());
        empty.faults.add(
            Place::at(Span::call_site()),
            None,
            "`network!` declares no network",
            Help::Text("network! { struct Net< 10 => relu 32 => 2 >; }".to_owned()),
        );
        return vec![empty];
    }
    items.into_iter().map(|item| declaration(&item)).collect()
}

impl Declaration {
    /// A declaration of which nothing is known yet.
    fn unnamed(span: Span) -> Self {
        Declaration {
            attributes: Vec::new(),
            visibility: syn::Visibility::Inherited,
            name: Ident::new("Network", span),
            is_named: false,
            scalar: Scalar::F32,
            const_parameters: Vec::new(),
            input: vec![Dim::Faulty],
            stages: Vec::new(),
            segments: Vec::new(),
            parameter_text: String::new(),
            faults: Faults::default(),
        }
    }
}

/// Splits at each `;` that ends a declaration: one with an item, or nothing, behind it.
fn split_items(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = vec![Vec::new()];
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let ends_angle = is_punct(&token, '>')
            && !items.last().and_then(|item| item.last()).is_some_and(is_joint_arrow_start);
        let ends_item = is_punct(&token, ';') || ends_angle;
        items.last_mut().expect("never empty").push(token);
        if ends_item && tokens.peek().is_some_and(starts_item) {
            items.push(Vec::new());
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

fn starts_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => word == "struct" || word == "pub",
        TokenTree::Punct(punct) => punct.as_char() == '#',
        _ => false,
    }
}

fn is_joint_arrow_start(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct)
        if matches!(punct.as_char(), '=' | '-') && punct.spacing() == proc_macro2::Spacing::Joint)
}

fn declaration(item: &[TokenTree]) -> Declaration {
    let span = item[0].span();
    let mut declaration = Declaration::unnamed(Span::call_site());
    let opening = item.iter().position(|token| is_punct(token, '<'));
    let (head, body) = item.split_at(opening.unwrap_or(item.len()));
    header::read(head, &mut declaration, span);
    let Some((opening, body)) = body.split_first() else {
        if declaration.faults.is_empty() {
            let name = declaration.name.to_string();
            declaration.faults.add(
                Place::at(declaration.name.span()),
                None,
                format!("network `{name}` declares no layers"),
                Help::Text(format!("struct {name}< 10 => relu 32 => 2 >;")),
            );
        }
        return declaration;
    };
    let body = without_closing(body, opening.span(), &mut declaration);
    let body = header::parameters(body, &mut declaration);
    segments::read(body, opening.span(), &mut declaration);
    declaration
}

/// Takes off `>` and `;`, or says that they are missing.
fn without_closing<'a>(
    body: &'a [TokenTree],
    opening: Span,
    declaration: &mut Declaration,
) -> &'a [TokenTree] {
    let place = Place::at(body.last().map_or(opening, TokenTree::span));
    let (body, has_semicolon) = match body {
        [rest @ .., last] if is_punct(last, ';') => (rest, true),
        _ => (body, false),
    };
    let ends_in_arrow = body.len() >= 2
        && is_joint_arrow_start(&body[body.len() - 2])
        && is_punct(&body[body.len() - 1], '>');
    match body {
        [rest @ .., last] if is_punct(last, '>') && !ends_in_arrow => {
            if declaration.is_named && !has_semicolon {
                declaration.faults.add(
                    place,
                    None,
                    "a declaration ends with `;`",
                    Help::Segments(Vec::new()),
                );
            }
            rest
        }
        _ => {
            declaration.faults.add(
                place,
                None,
                "a declaration ends with `>`, which is missing here",
                Help::Segments(Vec::new()),
            );
            body
        }
    }
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Tokens as a person would write them.
fn text(tokens: &[TokenTree]) -> String {
    tokens.iter().cloned().collect::<TokenStream>().to_string()
}
