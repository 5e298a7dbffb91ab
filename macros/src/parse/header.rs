//! What stands before the input: attributes, visibility, name and parameters.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;

use super::dimension::{self, mentioned};
use super::reading::Reading;
use super::text::{is_punct, text};
use crate::ast::Scalar;
use crate::diagnostic::{Help, Place};

/// Reads everything before `<`.
pub fn read(head: &[TokenTree], declaration: &mut Reading) {
    let tokens: TokenStream = head.iter().cloned().collect();
    let start = head.first().map_or_else(Span::call_site, TokenTree::span);
    let end = head.last().map_or(start, TokenTree::span);
    // The name is wanted even where something before or behind it is wrong.
    let last_word = head.iter().rev().find_map(|token| match token {
        TokenTree::Ident(word) if is_name(word) => Some(word.clone()),
        _ => None,
    });
    let parser = |input: ParseStream<'_>| {
        declaration.attributes = input.call(syn::Attribute::parse_outer)?;
        if input.is_empty() {
            return Ok(());
        }
        declaration.is_named = true;
        declaration.visibility = input.parse()?;
        if !input.peek(syn::Token![struct]) {
            let error = "a network is declared as a `struct`";
            return Err(if input.is_empty() {
                syn::Error::new(end, error)
            } else {
                input.error(error)
            });
        }
        let keyword = input.parse::<syn::Token![struct]>()?;
        if input.is_empty() {
            return Err(syn::Error::new(keyword.span, "a network needs a name behind `struct`"));
        }
        declaration.name = input.parse()?;
        if input.is_empty() { Ok(()) } else { Err(input.error("`<` is expected behind the name")) }
    };
    let parsed = parser.parse2(tokens);
    refuse_layouts(declaration);
    if let Err(error) = parsed {
        if !declaration.is_named || declaration.name == "Network" {
            declaration.name = last_word.unwrap_or_else(|| declaration.name.clone());
        }
        declaration.is_named = true;
        declaration.faults.add(Place::at(error.span()), None, error.to_string(), Help::Item);
    }
}

/// A network is values in a row and nothing else, which another layout than its own would break.
fn refuse_layouts(declaration: &mut Reading) {
    let attributes = std::mem::take(&mut declaration.attributes);
    for attribute in attributes {
        if attribute.path().is_ident("repr") {
            let place = Place { start: attribute.path().span(), end: attribute.meta.span() };
            let what = "`repr` cannot change a network's layout: its values lie in a row, in the order of \
                        its stages";
            declaration.faults.add(place, None, what, Help::Item);
        } else {
            declaration.attributes.push(attribute);
        }
    }
}

/// Reads `f64; ` or `const H: usize; ` in front of the input; gives what is behind it.
pub fn parameters<'a>(body: &'a [TokenTree], declaration: &mut Reading) -> &'a [TokenTree] {
    let first_arrow = body
        .windows(2)
        .position(|pair| is_punct(&pair[0], '=') && is_punct(&pair[1], '>'))
        .unwrap_or(body.len());
    let Some(end) = body[..first_arrow].iter().rposition(|token| is_punct(token, ';')) else {
        return body;
    };
    let (parameters, rest) = (&body[..end], &body[end + 1..]);
    let mut has_scalar = false;
    for parameter in parameters.split(|token| is_punct(token, ',') || is_punct(token, ';')) {
        match parameter {
            [] => {}
            [TokenTree::Ident(word)] if word == "f32" || word == "f64" => {
                let is_second = std::mem::replace(&mut has_scalar, true);
                if is_second && word == declaration.scalar.name() {
                    fault(declaration, parameter, "a network has one scalar type".to_owned());
                } else if is_second {
                    let place = Place::of(parameter, Span::call_site());
                    let what = "a network has one scalar type";
                    let help = Help::Text("keep one of them".to_owned());
                    declaration.faults.add(place, None, what, help);
                    declaration.parameters.push(word.to_string());
                } else {
                    declaration.scalar = if word == "f32" { Scalar::F32 } else { Scalar::F64 };
                    declaration.parameters.push(word.to_string());
                }
            }
            [TokenTree::Ident(keyword), TokenTree::Ident(name), colon, kind @ ..]
                if keyword == "const" && is_punct(colon, ':') && !kind.is_empty() =>
            {
                const_parameter(declaration, name, kind);
            }
            [TokenTree::Ident(keyword), TokenTree::Ident(name)] if keyword == "const" => {
                let what = format!("const parameter `{name}` lacks its type, `usize`");
                fault(declaration, &parameter[1..], what);
                take(declaration, name);
            }
            [TokenTree::Ident(word)] if is_scalar(&word.to_string()) => {
                let what = format!("a network computes in `f32` or `f64`, not in `{word}`");
                fault(declaration, parameter, what);
                if !std::mem::replace(&mut has_scalar, true) {
                    declaration.parameters.push("f32".to_owned());
                }
            }
            [TokenTree::Ident(name)] if is_used_as_size(name, rest) => {
                let what =
                    format!("const parameter `{name}` must be declared: `const {name}: usize`");
                fault(declaration, parameter, what);
                take(declaration, name);
            }
            _ => {
                if let [TokenTree::Ident(name), ..] = parameter
                    && is_name(name)
                {
                    declaration.foreign_parameters.push(name.clone());
                }
                let what = format!(
                    "`{}` is no parameter of a network: `f32`, `f64` and `const NAME: usize` are",
                    text(parameter)
                );
                fault(declaration, parameter, what);
            }
        }
    }
    rest
}

/// Whether a name that reads as a const stands among the shapes.
fn is_used_as_size(name: &Ident, shapes: &[TokenTree]) -> bool {
    let shapes: TokenStream = shapes.iter().cloned().collect();
    dimension::names_a_const(name) && mentioned(shapes, std::slice::from_ref(name)).is_some()
}

fn is_scalar(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    matches!(word, "usize" | "isize" | "bool" | "char")
        || word.len() > digits.len() && matches!(digits, "8" | "16" | "32" | "64" | "128")
}

fn const_parameter(declaration: &mut Reading, name: &Ident, kind: &[TokenTree]) {
    if !matches!(kind, [TokenTree::Ident(kind)] if kind == "usize") {
        let kind_text = text(kind);
        let what =
            format!("const parameter `{name}` is a size, which is `usize`, not `{kind_text}`");
        fault(declaration, kind, what);
    }
    if declaration.const_parameters.contains(name) {
        let what = format!("const parameter `{name}` is declared twice");
        declaration.faults.add(Place::at(name.span()), None, what, Help::Shapes);
        return;
    }
    take(declaration, name);
}

/// Whether it is no keyword of Rust.
fn is_name(word: &Ident) -> bool {
    syn::parse2::<Ident>(word.to_token_stream()).is_ok()
}

fn take(declaration: &mut Reading, name: &Ident) {
    if !is_name(name) {
        let what = format!("the const parameter `{name}` is a keyword of Rust");
        let help = Help::Text(format!(
            "give it another name, such as `{}`",
            name.to_string().to_uppercase()
        ));
        declaration.faults.add(Place::at(name.span()), None, what, help);
        declaration.parameters.push(format!("const {name}: usize"));
        return;
    }
    declaration.parameters.push(format!("const {name}: usize"));
    declaration.const_parameters.push(name.clone());
}

fn fault(declaration: &mut Reading, tokens: &[TokenTree], what: String) {
    let place = Place::of(tokens, Span::call_site());
    declaration.faults.add(place, None, what, Help::Shapes);
}
