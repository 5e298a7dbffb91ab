//! Activations and their arguments.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::reading::{Reading, fault};
use super::text::{group_text, is_punct, text};
use super::{dimension, layer};
use crate::ast::AppliedActivation;
use crate::diagnostic::nearest;
use crate::words::{self, ACTIVATIONS, Activation, ActivationArgument, Limit};

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
        } else if word.arguments.iter().any(|argument| argument.is_required) {
            let count = word.arguments.len();
            let (is_given, numbers) = (vec![false; count], vec![None; count]);
            let place = TokenTree::from(name.clone());
            piece.push_str(&missing(word, Vec::new(), &is_given, &numbers, &place, declaration));
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
    let mut numbers: Vec<Option<f64>> = word.arguments.iter().map(|_| None).collect();
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
        } else if values[slot].is_some() {
            let number = signed_literal(value);
            numbers[slot] = number;
            if number == Some(0.0) && argument.limit == Limit::NotZero {
                let what =
                    format!("`{}` divides by `{}`, which is zero here", word.word, argument.name);
                fault(value, what, declaration);
                pieces.push(format!("{name}{:?}", argument.default));
                continue;
            }
            pieces.push(format!("{name}{}", text(value)));
            if let Some((below, above)) = bounds_out_of_order(word, &numbers) {
                let what = format!(
                    "`{}` of `{}` must be above `{}`, but {} is not above {}: every value would become the same",
                    word.arguments[above].name,
                    word.word,
                    word.arguments[below].name,
                    numbers[above].unwrap_or_default(),
                    numbers[below].unwrap_or_default(),
                );
                fault(value, what, declaration);
                in_order(&mut pieces, numbers[below]);
                numbers = vec![None; word.arguments.len()];
            }
        } else {
            let what = format!("`{}` takes a number, not `{}`", argument.name, text(value));
            fault(if value.is_empty() { part } else { value }, what, declaration);
            pieces.push(format!("{name}{:?}", argument.default));
        }
    }
    let is_missing = |(argument, value): (&ActivationArgument, &Option<_>)| {
        argument.is_required && value.is_none()
    };
    if pieces.len() < word.arguments.len() && word.arguments.iter().zip(&values).any(is_missing) {
        let place = TokenTree::from(group.clone());
        let is_given: Vec<bool> = values.iter().map(Option::is_some).collect();
        return (Vec::new(), missing(word, pieces, &is_given, &numbers, &place, declaration));
    }
    if pieces.is_empty() {
        return (Vec::new(), String::new());
    }
    let default = |argument: &ActivationArgument| {
        let number = proc_macro2::Literal::f64_unsuffixed(argument.default);
        TokenStream::from(TokenTree::from(number))
    };
    let values = values.into_iter().zip(word.arguments);
    let values = values.map(|(value, argument)| value.unwrap_or_else(|| default(argument)));
    (values.collect(), format!("({})", pieces.join(", ")))
}

/// Reports the arguments that must be given and are not. Gives the arguments as they are written with examples of those
/// that are missing.
fn missing(
    word: &Activation,
    mut pieces: Vec<String>,
    is_given: &[bool],
    numbers: &[Option<f64>],
    place: &TokenTree,
    declaration: &mut Reading,
) -> String {
    let missing: Vec<&ActivationArgument> = (word.arguments.iter().zip(is_given))
        .filter(|(argument, is_given)| argument.is_required && !**is_given)
        .map(|(argument, _)| argument)
        .collect();
    let names: Vec<String> =
        missing.iter().map(|argument| format!("`{}`", argument.name)).collect();
    let what = format!("`{}` needs {}", word.word, names.join(" and "));
    fault(std::slice::from_ref(place), what, declaration);
    let is_alone = pieces.is_empty();
    for argument in missing {
        // One beside a bound that is given, so that both are in order.
        let given = word.arguments.iter().zip(numbers).find_map(|(other, number)| match *number {
            Some(number) if argument.limit == Limit::Above(other.name) => Some(number + 1.0),
            Some(number) if other.limit == Limit::Above(argument.name) => Some(number - 1.0),
            _ => None,
        });
        let example = given.unwrap_or(argument.default);
        pieces.push(match is_alone {
            true => format!("{example:?}"),
            false => format!("{}: {example:?}", argument.name),
        });
    }
    format!("({})", pieces.join(", "))
}

/// Which argument must be below which, where both are literals and it is not.
fn bounds_out_of_order(word: &Activation, numbers: &[Option<f64>]) -> Option<(usize, usize)> {
    word.arguments.iter().enumerate().find_map(|(above, argument)| {
        let Limit::Above(name) = argument.limit else { return None };
        let below = word.arguments.iter().position(|argument| argument.name == name)?;
        (numbers[below]? >= numbers[above]?).then_some((below, above))
    })
}

/// Two bounds the other way round, or further apart where they are the same.
fn in_order(pieces: &mut [String], lower: Option<f64>) {
    let value = |piece: &str| piece.rsplit(' ').next().unwrap_or_default().to_owned();
    let [first, second] = pieces else { return };
    let (one, other) = (value(first), value(second));
    let behind = |piece: &str, old: &str| piece[..piece.len() - old.len()].to_owned();
    let (first_name, second_name) = (behind(first, &one), behind(second, &other));
    let is_same = one.parse::<f64>().ok() == other.parse::<f64>().ok();
    *second = match (is_same, lower) {
        (true, Some(lower)) => format!("{second_name}{:?}", lower + 1.0),
        _ => format!("{second_name}{one}"),
    };
    if !is_same {
        *first = format!("{first_name}{other}");
    }
}

/// The value of a literal with its sign, where it is a number.
fn signed_literal(tokens: &[TokenTree]) -> Option<f64> {
    match tokens {
        [minus, token] if is_punct(minus, '-') => literal_value(token).map(|value| -value),
        [token] => literal_value(token),
        _ => None,
    }
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
