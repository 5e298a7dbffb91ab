//! Sizes: numbers, consts, const parameters and `{ expressions }`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use static_net_rules::size;

use super::reading::{Reading, undecided};
use super::text::{MOST_TOKENS, count, is_punct, text};
use crate::ast::Dim;
use crate::diagnostic::{Help, Place};

/// Reads one size from the front, with its text as it should have been written and what is behind it.
/// `None` where none stands there.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    declaration: &mut Reading,
) -> Option<(Dim, String, &'a [TokenTree])> {
    match tokens {
        [TokenTree::Literal(_), rest @ ..] => {
            let (dim, mended) = number(&tokens[..1], declaration);
            Some((dim, mended, rest))
        }
        [sign, TokenTree::Literal(_), rest @ ..] if is_punct(sign, '-') || is_punct(sign, '+') => {
            let (dim, mended) = number(&tokens[..2], declaration);
            Some((dim, mended, rest))
        }
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Brace => {
            let (dim, mended) = expression(group, declaration);
            Some((dim, mended, rest))
        }
        _ => {
            let length = path_length(tokens);
            let (path, rest) = tokens.split_at(length);
            let written = text(path);
            let dim = match path {
                [TokenTree::Ident(name)] if declaration.const_parameters.contains(name) => {
                    Dim::Parameter(name.clone())
                }
                // `NAME<..>` can only be a type.
                [.., TokenTree::Ident(name)] if names_a_const(name) && !is_generic(rest) => {
                    Dim::Constant {
                        expression: path.iter().cloned().collect(),
                        text: written.clone(),
                        place: Place::of(path, name.span()),
                    }
                }
                _ => return None,
            };
            Some((dim, written, rest))
        }
    }
}

/// Whether what stands behind a path makes it a type: `<3>` or `::<3>`.
fn is_generic(rest: &[TokenTree]) -> bool {
    match rest {
        [first, ..] if is_punct(first, '<') => true,
        [first, second, third, ..] => {
            is_punct(first, ':') && is_punct(second, ':') && is_punct(third, '<')
        }
        _ => false,
    }
}

/// Reads `[dim, ..]`, if that is all there is, with its text as it should have been written.
pub fn shape(tokens: &[TokenTree], declaration: &mut Reading) -> Option<(Vec<Dim>, String)> {
    let [TokenTree::Group(group)] = tokens else { return None };
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut dims = Vec::new();
    let mut mended = Vec::new();
    let mut parts: Vec<&[TokenTree]> = inner.split(|token| is_punct(token, ',')).collect();
    if parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    for part in parts {
        match read(part, declaration) {
            Some((dim, text, [])) => {
                dims.push(dim);
                mended.push(text);
            }
            _ => {
                let what = format!("a shape lists sizes, `{}` is none", text(part));
                dims.push(Dim::Faulty);
                mended.push("1".to_owned());
                fault(Place::of(part, group.span()), what, declaration);
            }
        }
    }
    if dims.is_empty() || dims.len() > 3 {
        let what = format!("a shape has one to three sizes, this one has {}", dims.len());
        fault(Place::at(group.span()), what, declaration);
        dims = vec![Dim::Faulty];
        mended.resize(mended.len().clamp(1, 3), "16".to_owned());
    }
    Some((dims, format!("[{}]", mended.join(", "))))
}

fn fault(place: Place, what: String, declaration: &mut Reading) {
    let part = declaration.part();
    declaration.faults.add(place, part, what, Help::Shapes);
}

/// Whether these tokens compute a size when put in braces.
pub fn is_expression(tokens: &[TokenTree], declaration: &Reading) -> bool {
    let stream: TokenStream = tokens.iter().cloned().collect();
    let is_number = |token: &TokenTree| match token {
        TokenTree::Literal(literal) => literal.to_string().parse::<usize>().is_ok(),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        _ => true,
    };
    tokens.iter().all(is_number)
        && mentioned(stream.clone(), &declaration.const_parameters).is_none()
        && syn::parse2::<syn::Expr>(stream).is_ok()
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

/// A number with its sign.
fn number(tokens: &[TokenTree], declaration: &mut Reading) -> (Dim, String) {
    let written = text(tokens).replace(' ', "");
    let literal = tokens.last().expect("a literal").clone();
    let place = Place::of(tokens, literal.span());
    let is_signed = tokens.len() > 1;
    // Behind a size that is only written oddly, its value is known.
    let mut known = None;
    let (what, mended) = match syn::parse2::<syn::Lit>(literal.into()) {
        Ok(syn::Lit::Int(integer)) => match integer.base10_parse::<usize>() {
            Ok(value) if value > 0 && !is_signed && integer.suffix().is_empty() => {
                return (Dim::Literal(value, place.start), written);
            }
            Ok(0) => (size::zero(&written).as_str().to_owned(), 1),
            Ok(value) if written.starts_with('-') => {
                (format!("a negative size: `{written}`"), value)
            }
            Ok(value) => {
                known = Some(value);
                let odd = if is_signed { "sign" } else { "suffix" };
                (format!("a size has no {odd}: `{written}`"), value)
            }
            Err(_) => {
                let most = usize::MAX;
                (format!("a size of {written} is more than the {most} a machine can count"), 1024)
            }
        },
        Ok(syn::Lit::Float(float)) => {
            let value = float.base10_parse::<f64>().unwrap_or(1.0).abs();
            let whole = (value.round() as usize).clamp(1, 1 << 20);
            let what = if value.fract() == 0.0 {
                known = Some(whole).filter(|&whole| !is_signed && whole as f64 == value);
                "a size is written without point and exponent"
            } else {
                "a size is a whole number"
            };
            (format!("{what}: `{written}`"), whole)
        }
        Ok(syn::Lit::Str(string)) => {
            let size = string.value().parse().ok().filter(|size| *size > 0);
            (format!("a size is a number: `{written}`"), size.unwrap_or(16))
        }
        _ => (format!("a size is a number: `{written}`"), 16),
    };
    fault(place, what, declaration);
    let dim = known.map_or(Dim::Faulty, |size| Dim::Literal(size, place.start));
    (dim, mended.to_string())
}

fn expression(group: &proc_macro2::Group, declaration: &mut Reading) -> (Dim, String) {
    let written = text(&[group.clone().into()]);
    if count(group.stream()) > MOST_TOKENS {
        let what = format!("a size in braces has {MOST_TOKENS} tokens at the most");
        let help = "give it a name, `const WIDTH: usize = ..;`, and write that in its place";
        undecided(&[group.clone().into()], what, help, declaration);
        return (Dim::Faulty, written);
    }
    if let Err(error) = syn::parse2::<syn::Expr>(group.stream()) {
        let what = format!("`{written}` is no const expression: {error}");
        fault(Place::at(group.span()), what, declaration);
        return (Dim::Faulty, "16".to_owned());
    }
    if let Some(parameter) = mentioned(group.stream(), &declaration.const_parameters) {
        if let (Some(TokenTree::Ident(_)), 1) =
            (group.stream().into_iter().next(), group.stream().into_iter().count())
        {
            return (Dim::Parameter(parameter), written);
        }
        let what = format!("Rust cannot yet compute a size from the const parameter `{parameter}`");
        // The result becomes a parameter of its own.
        let name = ["WIDTH", "WIDTH2", "WIDTH3"]
            .into_iter()
            .find(|name| declaration.const_parameters.iter().all(|taken| taken != name));
        let name = name.unwrap_or("WIDTH4").to_owned();
        let added = format!("const {name}: usize");
        if !declaration.parameters.contains(&added) {
            declaration.parameters.push(added);
        }
        fault(Place::at(parameter.span()), what, declaration);
        return (Dim::Faulty, name);
    }
    let place = Place::at(group.span());
    (Dim::Constant { expression: group.stream(), text: written.clone(), place }, written)
}

/// The first of these names that the tokens mention.
pub fn mentioned(tokens: TokenStream, names: &[Ident]) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if names.contains(&word) => Some(word),
        TokenTree::Group(group) => mentioned(group.stream(), names),
        _ => None,
    })
}
