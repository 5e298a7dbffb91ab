//! What stands before the input: attributes, visibility, name and parameters.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};

use super::{is_punct, text};
use crate::ast::{Declaration, Scalar};
use crate::diagnostic::{Help, Place, nearest};

/// Reads everything before `<`.
pub fn read(head: &[TokenTree], declaration: &mut Declaration, item_start: Span) {
    let tokens: TokenStream = head.iter().cloned().collect();
    // The name is wanted even where something before or behind it is wrong.
    let last_word = head.iter().rev().find_map(|token| match token {
        TokenTree::Ident(word) if word != "struct" && word != "pub" => Some(word.clone()),
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
            return Err(input.error("a network is declared as a `struct`"));
        }
        input.parse::<syn::Token![struct]>()?;
        if input.is_empty() {
            return Err(syn::Error::new(item_start, "a network needs a name behind `struct`"));
        }
        declaration.name = input.parse()?;
        if input.is_empty() { Ok(()) } else { Err(input.error("`<` is expected behind the name")) }
    };
    if let Err(error) = parser.parse2(tokens) {
        if let Some(word) = last_word {
            declaration.name = word;
        }
        declaration.is_named = true;
        let name = &declaration.name;
        let help = Help::Text(format!("struct {name}< 10 => relu 32 => 2 >;"));
        declaration.faults.add(Place::at(error.span()), None, error.to_string(), help);
    }
}

/// Reads `f64; ` or `const H: usize; ` in front of the input; gives what is behind it.
pub fn parameters<'a>(body: &'a [TokenTree], declaration: &mut Declaration) -> &'a [TokenTree] {
    let Some(end) = body.iter().rposition(|token| is_punct(token, ';')) else {
        return body;
    };
    let (parameters, rest) = (&body[..end], &body[end + 1..]);
    declaration.parameter_text = format!("{};", text(parameters));
    let mut has_scalar = false;
    for parameter in parameters.split(|token| is_punct(token, ',') || is_punct(token, ';')) {
        match parameter {
            [] => {}
            [TokenTree::Ident(word)] if word == "f32" || word == "f64" => {
                if std::mem::replace(&mut has_scalar, true) {
                    fault(declaration, parameter, "a network has one scalar type".to_owned());
                }
                declaration.scalar = if word == "f32" { Scalar::F32 } else { Scalar::F64 };
            }
            [TokenTree::Ident(keyword), TokenTree::Ident(name), colon, TokenTree::Ident(kind)]
                if keyword == "const" && is_punct(colon, ':') =>
            {
                const_parameter(declaration, name, kind);
            }
            [TokenTree::Ident(word)] => {
                let what = match nearest(&word.to_string(), ["f32", "f64"].into_iter()) {
                    Some(_) => format!("a network computes in `f32` or `f64`, not in `{word}`"),
                    None => format!(
                        "`{word}` is no parameter of a network: `f32`, `f64` and `const NAME: usize` are"
                    ),
                };
                fault(declaration, parameter, what);
            }
            _ => {
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

fn const_parameter(declaration: &mut Declaration, name: &Ident, kind: &Ident) {
    if kind != "usize" {
        let what = format!("const parameter `{name}` is a size, which is `usize`, not `{kind}`");
        let help = Help::Text(format!("const {name}: usize"));
        declaration.faults.add(Place::at(kind.span()), None, what, help);
    }
    if declaration.const_parameters.contains(name) {
        let what = format!("const parameter `{name}` is declared twice");
        let help = Help::Text(format!("declare `const {name}: usize` once"));
        declaration.faults.add(Place::at(name.span()), None, what, help);
        return;
    }
    declaration.const_parameters.push(name.clone());
}

fn fault(declaration: &mut Declaration, tokens: &[TokenTree], what: String) {
    let place = Place::of(tokens, Span::call_site());
    let help = Help::Text("< f64, const H: usize; 10 => relu H => 2 >".to_owned());
    declaration.faults.add(place, None, what, help);
}
