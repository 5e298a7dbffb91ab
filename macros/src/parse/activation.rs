//! Activations and their arguments.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::reading::{Reading, fault};
use super::text::{group_text, is_punct, text};
use super::{dimension, layer};
use crate::ast::AppliedActivation;
use crate::diagnostic::nearest;
use crate::words::{self, ACTIVATIONS, Activation};

/// Reads an activation with its arguments, if one stands at the front. A word that is none is reported
/// and passed over.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (Option<AppliedActivation>, &'a [TokenTree]) {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return (None, tokens) };
    let is_path = rest.first().is_some_and(|token| is_punct(token, ':') || is_punct(token, '<'));
    if is_path
        || declaration.const_parameters.contains(name)
        || layer::starts(tokens)
        || words::composition(&name.to_string()).is_some()
    {
        return (None, tokens);
    }
    let (group, behind) = match rest {
        [TokenTree::Group(group), behind @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (Some(group), behind)
        }
        _ => (None, rest),
    };
    let written = name.to_string();
    if let Some(word) = words::activation(&written) {
        let mut piece = written;
        let mut arguments = Vec::new();
        if let Some(group) = group {
            let (values, text) = read_arguments(word, group, declaration);
            arguments = values;
            piece.push_str(&text);
        }
        mended.push(piece);
        return (Some(AppliedActivation { name: name.clone(), arguments }), behind);
    }
    let is_word = written.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    // `ReLU` alone may be a type of the user's, `ReLU 32` cannot be.
    let is_miscased = !rest.is_empty() && words::miscased(&written).is_some();
    if !is_word && !is_miscased {
        return (None, tokens);
    }
    unknown(name, group, behind, mended, declaration);
    (None, behind)
}

/// Whether these tokens are an activation and nothing else.
pub fn stands_alone(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Ident(word)] => words::activation(&word.to_string()).is_some(),
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            group.delimiter() == Delimiter::Parenthesis
                && words::activation(&word.to_string()).is_some()
        }
        _ => false,
    }
}

/// Whether a lower-case name resembles no word of the language.
pub fn is_unknown(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && nearest(&name, ACTIVATIONS.iter().map(|activation| activation.word)).is_none()
}

fn unknown(
    name: &Ident,
    group: Option<&Group>,
    behind: &[TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) {
    let written = name.to_string();
    let all: Vec<&str> = ACTIVATIONS.iter().map(|activation| activation.word).collect();
    let words =
        all.iter().copied().chain(words::COMPOSITIONS.iter().map(|composition| composition.word));
    let known = words::miscased(&written).or_else(|| nearest(&written, words));
    let kind = if behind.is_empty() { "layer or activation" } else { "activation" };
    let word = [TokenTree::from(name.clone())];
    if let Some(known) = known {
        let arguments = group.map(group_text).unwrap_or_default();
        mended.push(format!("{known}{arguments}"));
        fault(&word, format!("unknown {kind} `{written}`, did you mean `{known}`?"), declaration);
        return;
    }
    let what = if matches!(written.as_str(), "dense" | "linear" | "fully_connected" | "fc") {
        format!("unknown {kind} `{written}`: a dense layer is written as its width")
    } else {
        format!("unknown {kind} `{written}`; the activations are {}", all.join(", "))
    };
    if behind.is_empty() {
        let inner = group.and_then(|group| group.stream().into_iter().next());
        let width = match inner {
            Some(TokenTree::Literal(literal)) => literal.to_string(),
            _ => "32".to_owned(),
        };
        mended.push(if width.parse::<usize>().is_ok() { width } else { "32".to_owned() });
    }
    fault(&word, what, declaration);
}

/// Reads the arguments of an activation: numbers, or `name: number`. Gives the values and the text as
/// it should have been written.
fn read_arguments(
    word: &Activation,
    group: &Group,
    declaration: &mut Reading,
) -> (Vec<TokenStream>, String) {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut values: Vec<Option<TokenStream>> = word.arguments.iter().map(|_| None).collect();
    let mut pieces = Vec::new();
    let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
    for (index, part) in parts.enumerate() {
        if index >= word.arguments.len() {
            let takes = match word.arguments {
                [] => "takes no argument".to_owned(),
                [only] => format!("takes one argument, `{}`", only.name),
                more => format!("takes {} arguments", more.len()),
            };
            fault(part, format!("`{}` {takes}", word.word), declaration);
            break;
        }
        let (slot, value, name) = match part {
            [TokenTree::Ident(name), colon, value @ ..]
                if is_punct(colon, ':')
                    && !value.first().is_some_and(|first| is_punct(first, ':')) =>
            {
                let known = word.arguments.iter().position(|argument| name == argument.name);
                if known.is_none() {
                    let what = format!(
                        "`{}` has no argument `{name}`, it takes `{}`",
                        word.word, word.arguments[index].name
                    );
                    fault(&part[..1], what, declaration);
                }
                let slot = known.unwrap_or(index);
                (slot, value, format!("{}: ", word.arguments[slot].name))
            }
            value => (index, value, String::new()),
        };
        let argument = &word.arguments[slot];
        if values[slot].is_some() {
            let what = format!("`{}` of `{}` is given twice", argument.name, word.word);
            fault(part, what, declaration);
            continue;
        }
        values[slot] = number(value);
        let tokens: TokenStream = value.iter().cloned().collect();
        if let Some(size) = dimension::mentioned(tokens, &declaration.const_parameters) {
            let what = format!(
                "`{}` is a number of its own and cannot be the const parameter `{size}`, a size",
                argument.name
            );
            fault(value, what, declaration);
            pieces.push(format!("{name}{:?}", argument.default));
        } else if argument.is_divisor && value.last().and_then(literal_value) == Some(0.0) {
            let what =
                format!("`{}` divides by `{}`, which is zero here", word.word, argument.name);
            fault(value, what, declaration);
            pieces.push(format!("{name}{:?}", argument.default));
        } else if values[slot].is_some() {
            pieces.push(format!("{name}{}", text(value)));
        } else {
            let what = format!("`{}` takes a number, not `{}`", argument.name, text(value));
            fault(if value.is_empty() { part } else { value }, what, declaration);
            pieces.push(format!("{name}{:?}", argument.default));
        }
    }
    if pieces.is_empty() {
        return (Vec::new(), String::new());
    }
    let default = |argument: &words::ActivationArgument| {
        let number = proc_macro2::Literal::f64_unsuffixed(argument.default);
        TokenStream::from(TokenTree::from(number))
    };
    let values = values.into_iter().zip(word.arguments);
    let values = values.map(|(value, argument)| value.unwrap_or_else(|| default(argument)));
    (values.collect(), format!("({})", pieces.join(", ")))
}

/// The value of a literal, where it is a number.
pub(super) fn literal_value(token: &TokenTree) -> Option<f64> {
    match syn::parse2::<syn::Lit>(token.clone().into()).ok()? {
        syn::Lit::Float(float) => float.base10_parse().ok(),
        syn::Lit::Int(integer) => integer.base10_parse().ok(),
        _ => None,
    }
}

/// A const expression of type f64: a literal (an integer one gets a point), a const or `{ .. }`.
pub(super) fn number(tokens: &[TokenTree]) -> Option<TokenStream> {
    let stream: TokenStream = tokens.iter().cloned().collect();
    let (sign, literal) = match tokens {
        [minus, rest @ ..] if is_punct(minus, '-') => (Some(minus), rest),
        _ => (None, tokens),
    };
    match literal {
        [token @ TokenTree::Literal(_)] => {
            let value = literal_value(token).filter(|value| value.is_finite())?;
            let mut number = proc_macro2::Literal::f64_unsuffixed(value);
            number.set_span(token.span());
            let number = TokenTree::from(number);
            Some(quote::quote! { #sign #number })
        }
        [TokenTree::Group(group)] if sign.is_none() && group.delimiter() == Delimiter::Brace => {
            Some(group.stream())
        }
        path if !path.is_empty() && dimension::path_length(path) == path.len() => Some(stream),
        _ => None,
    }
}
