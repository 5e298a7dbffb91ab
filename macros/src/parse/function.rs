//! The arguments of activations, which are numbers.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::dimension;
use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use super::told::{is_a_size, tell_missing, tell_twice, tell_unknown};
use crate::diagnostic::nearest;
use crate::words::{self, Activation, ActivationArgument, Limit};

/// Reads what is written like a call and is none: `relu(32)`, which has its width behind it, and `leaky_relu 0.2`,
/// which has its argument in parentheses. Gives what is behind it, a width among that.
pub fn as_call<'a>(
    word: &Activation,
    name: &Ident,
    rest: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<&'a [TokenTree]> {
    match rest {
        [token @ TokenTree::Literal(_), behind @ ..]
            if !word.arguments.is_empty() && !word.has_axis() =>
        {
            literal_value(token).filter(|value| value.fract() != 0.0)?;
            let what =
                format!("`{0}` takes its argument in parentheses: `{0}({token})`", word.word);
            fault(&rest[..1], what, declaration);
            mended.push(format!("{name}({token})"));
            Some(behind)
        }
        _ => None,
    }
}

/// Reads the arguments of an activation: numbers, or `name: number`. Gives the values and the text as
/// it should have been written.
pub fn read_arguments(
    word: &Activation,
    called: &Ident,
    group: &Group,
    declaration: &mut Reading,
) -> (Vec<TokenStream>, String) {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut values: Vec<Option<TokenStream>> = word.arguments.iter().map(|_| None).collect();
    let mut numbers: Vec<Option<f64>> = word.arguments.iter().map(|_| None).collect();
    let mut texts = vec![String::new(); word.arguments.len()];
    let mut pieces = Vec::new();
    let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
    for (index, part) in parts.enumerate() {
        if index >= word.arguments.len() {
            let takes = match word.arguments {
                [] => "takes no argument".to_owned(),
                [only] => format!("takes one argument, `{}`", only.name),
                more => format!("takes {} arguments", more.len()),
            };
            let what = format!("`{}` {takes}", word.word);
            if let [TokenTree::Ident(name), colon, value @ ..] = part
                && is_punct(colon, ':')
                && let Some(missing) = words::missing_argument(word.word, &name.to_string())
            {
                if !tell_missing(word.word, part, value, missing, declaration) {
                    pieces.push(text(part));
                }
                continue;
            }
            if let [TokenTree::Ident(flag)] = part
                && (flag == "true" || flag == "false")
            {
                // What PyTorch calls `inplace`.
                fault(part, what, declaration);
                continue;
            }
            let superfluous = match word.arguments {
                [] => format!("({})", text(&inner)),
                _ => text(part),
            };
            undecided(part, what, format!("leave out `{superfluous}`"), declaration);
            pieces.push(text(part));
            continue;
        }
        let (slot, value, name) = match part {
            [TokenTree::Ident(name), colon, value @ ..]
                if is_punct(colon, ':')
                    && !value.first().is_some_and(|first| is_punct(first, ':')) =>
            {
                let known = word.arguments.iter().position(|argument| name == argument.name);
                let Some(slot) = known.or_else(|| meant(word, &name.to_string())) else {
                    let missing = words::missing_argument(word.word, &name.to_string());
                    let is_left_out = match missing {
                        Some(missing) => tell_missing(word.word, part, value, missing, declaration),
                        None => {
                            let names = word.arguments.iter().map(|argument| argument.name);
                            tell_unknown(word.word, part, value, names, declaration);
                            false
                        }
                    };
                    if !is_left_out {
                        pieces.push(text(part));
                    }
                    continue;
                };
                if known.is_none() {
                    let what = format!(
                        "`{}` has no argument `{name}`, it is called `{}`",
                        word.word, word.arguments[slot].name
                    );
                    fault(&part[..1], what, declaration);
                }
                (slot, value, format!("{}: ", word.arguments[slot].name))
            }
            value => (index, value, String::new()),
        };
        let argument = &word.arguments[slot];
        let written = text(value);
        if values[slot].is_some() {
            let both = [texts[slot].as_str(), &written];
            if tell_twice(word.word, argument.name, part, both, declaration) {
                pieces.push(text(part));
            }
            continue;
        }
        texts[slot].clone_from(&written);
        values[slot] = number(value);
        let tokens: TokenStream = value.iter().cloned().collect();
        if let Some(size) = dimension::mentioned(tokens, &declaration.const_parameters) {
            fault(value, is_a_size(argument.name, &size), declaration);
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
            pieces.push(format!("{name}{written}"));
            if let Some((below, above)) = bounds_out_of_order(word, &numbers) {
                let what = format!(
                    "`{}` of `{}` must be above `{}`, but {} is not above {}: every value would become the same",
                    word.arguments[above].name,
                    word.word,
                    word.arguments[below].name,
                    texts[above],
                    texts[below],
                );
                fault(value, what, declaration);
                in_order(&mut pieces, numbers[below]);
                numbers = vec![None; word.arguments.len()];
            }
        } else {
            let what = format!("`{}` takes a number, not `{written}`", argument.name);
            fault(if value.is_empty() { part } else { value }, what, declaration);
            pieces.push(format!("{name}{:?}", argument.default));
        }
    }
    let is_missing = |(argument, value): (&ActivationArgument, &Option<_>)| {
        argument.is_required && value.is_none()
    };
    if pieces.len() < word.arguments.len() && word.arguments.iter().zip(&values).any(is_missing) {
        let is_given: Vec<bool> = values.iter().map(Option::is_some).collect();
        return (Vec::new(), missing(word, pieces, &is_given, &numbers, called, declaration));
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

/// Reports that an activation without parentheses lacks arguments that must be given. Gives examples of them.
pub fn without_arguments(word: &Activation, name: &Ident, declaration: &mut Reading) -> String {
    if !word.arguments.iter().any(|argument| argument.is_required) {
        return String::new();
    }
    let count = word.arguments.len();
    let (is_given, numbers) = (vec![false; count], vec![None; count]);
    missing(word, Vec::new(), &is_given, &numbers, name, declaration)
}

/// Reports the arguments that must be given and are not. Gives the arguments as they are written with examples of those
/// that are missing.
fn missing(
    word: &Activation,
    mut pieces: Vec<String>,
    is_given: &[bool],
    numbers: &[Option<f64>],
    called: &Ident,
    declaration: &mut Reading,
) -> String {
    let missing: Vec<&ActivationArgument> = (word.arguments.iter().zip(is_given))
        .filter(|(argument, is_given)| argument.is_required && !**is_given)
        .map(|(argument, _)| argument)
        .collect();
    let names: Vec<String> =
        missing.iter().map(|argument| format!("`{}`", argument.name)).collect();
    let what = format!("`{}` needs {}", word.word, names.join(" and "));
    fault(&[called.clone().into()], what, declaration);
    let is_alone = pieces.is_empty();
    for argument in missing {
        // As far on the other side of zero as a bound that is given, so that both are in order.
        let given = word.arguments.iter().zip(numbers).find_map(|(other, number)| match *number {
            Some(number) if argument.limit == Limit::Above(other.name) => {
                Some(if number < 0.0 { -number } else { number + 1.0 })
            }
            Some(number) if other.limit == Limit::Above(argument.name) => {
                Some(if number > 0.0 { -number } else { number - 1.0 })
            }
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

/// Which argument of an activation is meant by the name that it has elsewhere, or that is mistyped.
fn meant(word: &Activation, name: &str) -> Option<usize> {
    let names = || word.arguments.iter().map(|argument| argument.name);
    let is_slope = word.word == "leaky_relu" && ["alpha", "slope", "a"].contains(&name);
    let wanted = if is_slope { Some("negative_slope") } else { nearest(name, names()) };
    wanted.and_then(|wanted| names().position(|name| name == wanted))
}

/// The value of a literal, where it is a number.
pub fn literal_value(token: &TokenTree) -> Option<f64> {
    match syn::parse2::<syn::Lit>(token.clone().into()).ok()? {
        syn::Lit::Float(float) => float.base10_parse().ok(),
        syn::Lit::Int(integer) => integer.base10_parse().ok(),
        _ => None,
    }
}

/// A const expression of type f64: a literal (an integer one gets a point), a const or `{ .. }`.
pub fn number(tokens: &[TokenTree]) -> Option<TokenStream> {
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
