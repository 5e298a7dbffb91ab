//! Several inputs: `(state: 17, action: 6)`.

use proc_macro2::{Delimiter, Group, TokenTree};
use quote::quote;

use super::reading::{Reading, fault, undecided};
use super::text::{equated, is_punct, named, separates, text};
use super::told::not_computed;
use super::{dimension, label, tokens};
use crate::ast::{Dim, NamedInput};
use crate::diagnostic::{Help, Place};

/// The parentheses around several inputs, if these tokens are that.
pub fn group(tokens: &[TokenTree]) -> Option<&Group> {
    let [TokenTree::Group(group)] = tokens else { return None };
    let inner = Vec::from_iter(group.stream());
    let has_label = |part: &[TokenTree]| named(part).is_some() || equated(part).is_some();
    let is_inputs =
        group.delimiter() == Delimiter::Parenthesis && inner.split(separates).any(has_label);
    is_inputs.then_some(group)
}

/// Reads several inputs, whose part is the first one.
pub fn read(group: &Group, declaration: &mut Reading) {
    let inner = Vec::from_iter(group.stream());
    let faults_before = declaration.faults.len();
    let mut mended = Vec::new();
    if let Some(bar) = inner.iter().position(|token| is_punct(token, '|')) {
        let what = "`,` stands between inputs, not `|`".to_owned();
        fault(&inner[bar..=bar], what, declaration);
    }
    for tokens in inner.split(separates).filter(|tokens| !tokens.is_empty()) {
        input(tokens, &mut mended, declaration);
    }
    declaration.parts[0].mended = Some(format!("({})", mended.join(", ")));
    let place = Place::at(group.span());
    let is_masked = |input: &NamedInput| input.padding.is_some();
    if let [input] = declaration.inputs.as_slice()
        && !is_masked(input)
        && declaration.faults.len() == faults_before
    {
        let only = mended[0].split_once(": ").map_or("", |(_, size)| size).to_owned();
        declaration.parts[0].mended = Some(only);
        let what = "one input stands without parentheses and label: it is called `input`";
        declaration.faults.add(place, Some(0), what, Help::Shapes);
    }
    declaration.input = vec![together(place, declaration)];
}

/// Reads one input with its label.
fn input(tokens: &[TokenTree], mended: &mut Vec<String>, declaration: &mut Reading) {
    let mut pieces = Vec::new();
    let (label, size) = label::read(tokens, &mut pieces, declaration);
    let Some(label) = label else {
        let what = format!("`{}` has no label, as each of several inputs has", text(tokens));
        undecided(tokens, what, "label each input: `(state: 17, action: 6)`", declaration);
        return mended.push(text(tokens));
    };
    if let Some((input, rest)) = tokens::input(size, declaration) {
        if !rest.is_empty() {
            let what = format!("an input is a size or tokens, not `{}`", text(size));
            fault(size, what, declaration);
        }
        pieces.push(input.mended);
        mended.push(pieces.join(" "));
        let (dims, vocabularies) = (vec![input.length], input.vocabularies);
        let padding = input.padding;
        let text = text(tokens);
        return declaration.inputs.push(NamedInput { label, dims, vocabularies, padding, text });
    }
    let (dims, piece) = match size.first() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            dimension::shape(size, declaration).unwrap_or((vec![Dim::Faulty], text(size)))
        }
        _ => match dimension::read(size, declaration) {
            Some((dim, piece, [])) => (vec![dim], piece),
            _ => {
                if !size.is_empty() {
                    fault(size, format!("an input is a size, not `{}`", text(size)), declaration);
                }
                (vec![Dim::Faulty], "16".to_owned())
            }
        },
    };
    pieces.push(piece);
    mended.push(pieces.join(" "));
    let (vocabularies, padding, text) = (Vec::new(), None, text(tokens));
    declaration.inputs.push(NamedInput { label, dims, vocabularies, padding, text });
}

/// How many values a sample of all inputs has.
fn together(place: Place, declaration: &mut Reading) -> Dim {
    let dims = || declaration.inputs.iter().flat_map(|input| &input.dims);
    if dims().any(|dim| matches!(dim, Dim::Faulty)) {
        return Dim::Faulty;
    }
    if let Some(Dim::Parameter(parameter)) = dims().find(|dim| matches!(dim, Dim::Parameter(_))) {
        let [what, help] = not_computed(parameter, "all inputs together");
        let place = Place::at(parameter.span());
        declaration.faults.add(place, Some(0), what, Help::Text(help));
        // What follows from it would be told once more.
        for dim in declaration.inputs.iter_mut().flat_map(|input| &mut input.dims) {
            *dim = Dim::Faulty;
        }
        return Dim::Faulty;
    }
    let literal = |dim: &Dim| match dim {
        Dim::Literal(size, _) => Some(*size),
        _ => None,
    };
    let product = |dims: &[Dim]| {
        dims.iter().try_fold(1usize, |product, dim| product.checked_mul(literal(dim)?))
    };
    let inputs = &declaration.inputs;
    let sum = inputs.iter().try_fold(0usize, |sum, input| sum.checked_add(product(&input.dims)?));
    match sum {
        Some(sum) => Dim::Literal(sum, place.start),
        None => {
            let lens = inputs.iter().map(|input| {
                let factor = |product, dim: &Dim| {
                    let size = dim.expression();
                    quote! { #product * (#size) }
                };
                input.dims.iter().fold(quote! { 1 }, factor)
            });
            Dim::Constant {
                expression: quote! { #(#lens)+* },
                text: Dim::UNKNOWN.to_owned(),
                place,
            }
        }
    }
}
