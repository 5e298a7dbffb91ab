//! Layers of other libraries that put values around a plane, each as `pad` with the arguments that say the same.

use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use super::text::{is_punct, named, text};
use crate::words::{self, PaddingElsewhere};

/// The arguments of `pad` that say what such a layer does. `None` where it is none, or where they cannot say it.
pub fn arguments(name: &Ident, rest: &[TokenTree]) -> Option<Vec<TokenTree>> {
    let PaddingElsewhere { mode, axes, is_torch } = words::padding_elsewhere(&name.to_string())?;
    let [TokenTree::Group(group), ..] = rest else { return None };
    if group.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let (mut amounts, mut place) = (None, 0);
    for part in parts(&inner) {
        let (argument, value) = match named(part) {
            Some((argument, value)) => (argument.to_string(), value),
            None => {
                place += 1;
                let argument = if place == 1 { "padding" } else { "value" };
                (argument.to_owned(), part)
            }
        };
        match argument.as_str() {
            "padding" => amounts = Some(value),
            "value" if is_torch && matches!(text(value).as_str(), "0" | "0.0" | "0.") => {}
            _ => return None,
        }
    }
    let [front, behind] = ends(amounts?, axes, is_torch)?;
    let mut arguments: Vec<TokenTree> = front.clone().into_iter().collect();
    if front.to_string() != behind.to_string() {
        arguments.extend(argument("after", behind));
    }
    if mode != "zeros" {
        let mode = Ident::new(mode, Span::call_site());
        arguments.extend(argument("mode", quote! { #mode }));
    }
    Some(arguments)
}

/// How much stands in front of each axis and behind it, as `pad` takes it.
fn ends(amounts: &[TokenTree], axes: usize, is_torch: bool) -> Option<[TokenStream; 2]> {
    let Some(list) = listed(amounts) else {
        let amount = size(amounts)?;
        return Some([amount.clone(), amount]);
    };
    let list: Vec<&[TokenTree]> = parts(&list).collect();
    match (list.as_slice(), axes, is_torch) {
        ([left, right], 1, _) => Some([size(left)?, size(right)?]),
        ([left, right, top, bottom], 2, true) => {
            Some([pair(size(top)?, size(left)?), pair(size(bottom)?, size(right)?)])
        }
        ([height, width], 2, false) => {
            let [top, bottom] = both(height)?;
            let [left, right] = both(width)?;
            Some([pair(top, left), pair(bottom, right)])
        }
        _ => None,
    }
}

/// One amount for both ends of an axis, or one for each.
fn both(amounts: &[TokenTree]) -> Option<[TokenStream; 2]> {
    match listed(amounts) {
        None => size(amounts).map(|amount| [amount.clone(), amount]),
        Some(list) => match parts(&list).collect::<Vec<_>>().as_slice() {
            [front, behind] => Some([size(front)?, size(behind)?]),
            _ => None,
        },
    }
}

/// `[height, width]`, or one amount where they are the same.
fn pair(height: TokenStream, width: TokenStream) -> TokenStream {
    if height.to_string() == width.to_string() {
        width
    } else {
        quote! { [#height, #width] }
    }
}

/// What stands in the parentheses or brackets of a list.
fn listed(tokens: &[TokenTree]) -> Option<Vec<TokenTree>> {
    match tokens {
        [TokenTree::Group(group)] if group.delimiter() != Delimiter::Brace => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

/// An amount that is no list. What is taken away at an edge is no padding.
fn size(tokens: &[TokenTree]) -> Option<TokenStream> {
    let is_size = !tokens.is_empty() && !is_punct(&tokens[0], '-') && listed(tokens).is_none();
    is_size.then(|| tokens.iter().cloned().collect())
}

fn parts(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    tokens.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty())
}

/// `, name: value`
fn argument(name: &str, value: TokenStream) -> impl Iterator<Item = TokenTree> {
    let front: [TokenTree; 3] = [
        Punct::new(',', Spacing::Alone).into(),
        Ident::new(name, Span::call_site()).into(),
        Punct::new(':', Spacing::Alone).into(),
    ];
    front.into_iter().chain(value)
}
