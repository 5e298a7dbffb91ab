//! One stage: label, activation, operation.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::{dimension, is_punct, text};
use crate::ast::{AppliedActivation, Declaration, Operation, Stage, StageKind};
use crate::diagnostic::{Help, Place, nearest};
use crate::words::{self, ACTIVATIONS, RESERVED_LABELS};

/// Reads the stage that stands in a segment of at least one token.
pub fn read(tokens: &[TokenTree], segment: usize, declaration: &mut Declaration) {
    let faults_before = declaration.faults.len();
    let kind = kind(tokens, segment, declaration);
    let is_faulty = declaration.faults.len() > faults_before;
    declaration.stages.push(Stage {
        place: Place::of(tokens, Span::call_site()),
        segment,
        kind: if is_faulty { StageKind::Faulty } else { kind },
    });
}

fn kind(tokens: &[TokenTree], segment: usize, declaration: &mut Declaration) -> StageKind {
    if let Some(dims) = dimension::shape(tokens, segment, declaration) {
        return StageKind::Assertion(dims);
    }
    let (label, rest) = label(tokens, segment, declaration);
    if is_bracket(rest.first()) {
        let place = Place::of(tokens, Span::call_site());
        let (what, mended) = if label.is_some() && rest.len() == 1 {
            ("a stated shape takes no label: it builds nothing", text(rest))
        } else {
            (
                "a stated shape stands alone between two arrows",
                format!("{} => {}", text(&rest[..1]), text(&rest[1..])),
            )
        };
        declaration.faults.add(place, Some(segment), what, Help::Segment(segment, mended));
        return StageKind::Faulty;
    }
    let (activation, rest) = activation(tokens, rest, segment, declaration);
    if rest.is_empty() {
        return StageKind::Layer { label, activation, operation: None };
    }
    let (operation, rest) = operation(rest, segment, declaration);
    if operation.is_none() || !rest.is_empty() {
        leftover(tokens, rest, segment, declaration);
    }
    StageKind::Layer { label, activation, operation }
}

/// Says what is wrong with tokens that continue no stage.
pub fn leftover(
    tokens: &[TokenTree],
    rest: &[TokenTree],
    segment: usize,
    declaration: &mut Declaration,
) {
    let place = Place::of(&rest[..1], Span::call_site());
    let before = &tokens[..tokens.len() - rest.len()];
    let first = text(&rest[..1]);
    let starts_stage = match &rest[0] {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        TokenTree::Punct(_) => false,
    };
    let (what, help) = match rest {
        [TokenTree::Ident(word)]
            if words::activation(&word.to_string()).is_some() && segment > 0 =>
        {
            (
                format!("the activation `{word}` stands before what it is applied to"),
                Help::Segment(segment, format!("{word} {}", text(before))),
            )
        }
        _ if starts_stage && !before.is_empty() => (
            format!("an arrow is missing before `{first}`"),
            Help::Segment(segment, format!("{} => {}", text(before), text(rest))),
        ),
        _ if before.is_empty() => (
            format!("no stage can start with `{first}`"),
            Help::Text(
                "a stage is a width (`32`), an activation and a width (`relu 32`), an \
                        activation, a network or layer (`Encoder`), or a stated shape (`[32]`)"
                    .to_owned(),
            ),
        ),
        _ => (format!("`{first}` has no meaning here"), Help::Segment(segment, text(before))),
    };
    declaration.faults.add(place, Some(segment), what, help);
}

fn is_bracket(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket)
}

/// Reads `label:` and checks that it can name a field.
fn label<'a>(
    tokens: &'a [TokenTree],
    segment: usize,
    declaration: &mut Declaration,
) -> (Option<Ident>, &'a [TokenTree]) {
    let (word, rest) = match tokens {
        [_, first, second, ..] if is_punct(first, ':') && is_punct(second, ':') => {
            return (None, tokens);
        }
        [word, colon, rest @ ..] if is_punct(colon, ':') => (word, rest),
        _ => return (None, tokens),
    };
    let place = Place::at(word.span());
    let TokenTree::Ident(label) = word else {
        let what = format!("a label is a name, not `{word}`");
        let mended = format!("stage: {}", text(rest));
        declaration.faults.add(place, Some(segment), what, Help::Segment(segment, mended));
        return (None, rest);
    };
    let name = label.to_string();
    let wrong = if syn::parse_str::<Ident>(&name).is_err() {
        Some(format!("the label `{name}` is a keyword of Rust"))
    } else if RESERVED_LABELS.contains(&name.as_str()) {
        Some(format!("the label `{name}` is taken: every network has its own `{name}`"))
    } else if name
        .strip_prefix("stage")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    {
        Some(format!("the label `{name}` is taken: stages without a label are called so"))
    } else if words::activation(&name).is_some() && !rest.is_empty() {
        Some(format!("the label `{name}` is a word of the language"))
    } else if labels(declaration).any(|earlier| *earlier == name) {
        Some(format!("the label `{name}` is used twice"))
    } else {
        None
    };
    if let Some(what) = wrong {
        let mended = format!("{}: {}", free_label(&name, declaration), text(rest));
        declaration.faults.add(place, Some(segment), what, Help::Segment(segment, mended));
    } else if rest.is_empty() {
        let what = format!("the label `{name}` names no stage");
        let help = Help::Segment(segment, format!("{name}: relu 16"));
        declaration.faults.add(place, Some(segment), what, help);
    }
    (Some(label.clone()), rest)
}

fn labels(declaration: &Declaration) -> impl Iterator<Item = &Ident> {
    declaration.stages.iter().filter_map(|stage| match &stage.kind {
        StageKind::Layer { label, .. } => label.as_ref(),
        _ => None,
    })
}

fn free_label(name: &str, declaration: &Declaration) -> String {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = if base == "stage" { "hidden" } else { base };
    let mut candidates = (1..).map(|number| match number {
        1 => format!("{base}_layer"),
        _ => format!("{base}_layer{number}"),
    });
    candidates
        .find(|candidate| labels(declaration).all(|label| label != candidate))
        .expect("endless")
}

/// Reads an activation with its arguments, if one stands at the front.
fn activation<'a>(
    all: &[TokenTree],
    tokens: &'a [TokenTree],
    segment: usize,
    declaration: &mut Declaration,
) -> (Option<AppliedActivation>, &'a [TokenTree]) {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return (None, tokens) };
    let written = name.to_string();
    let is_path = rest.first().is_some_and(|token| is_punct(token, ':') || is_punct(token, '<'));
    if is_path
        || declaration.const_parameters.contains(name)
        || dimension::names_a_const(name) && rest.is_empty()
    {
        return (None, tokens);
    }
    let is_word = written.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let in_lower_case = words::activation(&written.to_lowercase());
    let Some(word) = words::activation(&written) else {
        if is_word || (in_lower_case.is_some() && !rest.is_empty()) {
            unknown_word(all, name, !rest.is_empty(), segment, declaration);
            let rest = skip_arguments(rest);
            return (None, rest);
        }
        return (None, tokens);
    };
    let (group, rest) = match rest {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (Some(group), rest)
        }
        _ => (None, rest),
    };
    let arguments = group.map_or(Vec::new(), |group| arguments(word, group, segment, declaration));
    (Some(AppliedActivation { name: name.clone(), arguments }), rest)
}

fn skip_arguments(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => rest,
        _ => tokens,
    }
}

fn unknown_word(
    tokens: &[TokenTree],
    name: &Ident,
    is_activation: bool,
    segment: usize,
    declaration: &mut Declaration,
) {
    let written = name.to_string();
    let all = || ACTIVATIONS.iter().map(|activation| activation.word);
    let what = if is_activation {
        format!("unknown activation `{written}`")
    } else {
        format!("unknown layer or activation `{written}`")
    };
    let help = match nearest(&written, all()) {
        Some(word) => {
            let mended: Vec<String> =
                tokens
                    .iter()
                    .map(|token| {
                        if token.to_string() == written {
                            word.to_owned()
                        } else {
                            token.to_string()
                        }
                    })
                    .collect();
            Help::Segment(segment, mended.join(" ").replace(" :", ":"))
        }
        None => Help::Text(format!("the activations are {}", all().collect::<Vec<_>>().join(", "))),
    };
    declaration.faults.add(Place::at(name.span()), Some(segment), what, help);
}

/// Reads the arguments of an activation: numbers, or `name: number`.
fn arguments(
    word: &words::Activation,
    group: &proc_macro2::Group,
    segment: usize,
    declaration: &mut Declaration,
) -> Vec<TokenStream> {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut values = Vec::new();
    for (index, part) in inner.split(|token| is_punct(token, ',')).enumerate() {
        if part.is_empty() {
            continue;
        }
        let place = Place::of(part, group.span());
        let Some(argument) = word.arguments.get(index) else {
            let takes = match word.arguments {
                [] => "takes no argument".to_owned(),
                [only] => format!("takes one argument, `{}`", only.name),
                more => format!("takes {} arguments", more.len()),
            };
            let what = format!("`{}` {takes}", word.word);
            let mended = declaration.segments[segment].replacen(&group.to_string(), "", 1);
            declaration.faults.add(place, Some(segment), what, Help::Segment(segment, mended));
            return values;
        };
        let value = match part {
            [TokenTree::Ident(name), colon, value @ ..]
                if is_punct(colon, ':')
                    && value.first().is_some_and(|first| !is_punct(first, ':')) =>
            {
                if name != argument.name {
                    let what = format!("`{}` has no argument `{name}`", word.word);
                    let mended =
                        declaration.segments[segment].replacen(&name.to_string(), argument.name, 1);
                    let help = Help::Segment(segment, mended);
                    declaration.faults.add(Place::at(name.span()), Some(segment), what, help);
                }
                value
            }
            value => value,
        };
        match number(value) {
            Some(tokens) => values.push(tokens),
            None => {
                let what = format!("`{}` is no number for `{}`", text(value), argument.name);
                let help = format!("{}({:?})", word.word, argument.default);
                declaration.faults.add(place, Some(segment), what, Help::Text(help));
            }
        }
    }
    values
}

/// A const expression of type f64: a literal (an integer one gets a point), a const or `{ .. }`.
fn number(tokens: &[TokenTree]) -> Option<TokenStream> {
    let stream: TokenStream = tokens.iter().cloned().collect();
    let (sign, literal) = match tokens {
        [minus, rest @ ..] if is_punct(minus, '-') => ("-", rest),
        _ => ("", tokens),
    };
    match literal {
        [TokenTree::Literal(literal)] => {
            let value: f64 = match syn::parse2::<syn::Lit>(TokenTree::from(literal.clone()).into())
            {
                Ok(syn::Lit::Float(float)) => float.base10_parse().ok()?,
                Ok(syn::Lit::Int(integer)) => integer.base10_parse().ok()?,
                _ => return None,
            };
            let mut number = proc_macro2::Literal::f64_unsuffixed(value);
            number.set_span(literal.span());
            let number = TokenTree::from(number);
            Some(if sign.is_empty() {
                number.into()
            } else {
                quote::quote! { -#number }
            })
        }
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => {
            Some(dimension::braces(group).into())
        }
        path if !path.is_empty() && dimension::path_length(path) == path.len() => Some(stream),
        _ => None,
    }
}

/// Reads what the stage computes.
fn operation<'a>(
    tokens: &'a [TokenTree],
    segment: usize,
    declaration: &mut Declaration,
) -> (Option<Operation>, &'a [TokenTree]) {
    if let (Some(dim), rest) = dimension::read(tokens, segment, declaration) {
        return (Some(Operation::Dense(dim)), rest);
    }
    let length = type_length(tokens);
    let names_a_type = tokens[..length].iter().rev().any(|token| {
        matches!(token, TokenTree::Ident(name) if name.to_string().starts_with(|c: char| c.is_uppercase()))
    });
    if !names_a_type {
        return (None, tokens);
    }
    let (path, rest) = tokens.split_at(length);
    let stream: TokenStream = path.iter().cloned().collect();
    let place = Place::of(path, Span::call_site());
    if let Err(error) = syn::parse2::<syn::TypePath>(stream.clone()) {
        let what = format!("`{}` is no type: {error}", text(path));
        let help = "a network or layer is named as a type: `Encoder`, `Encoder<16>`".to_owned();
        declaration.faults.add(place, Some(segment), what, Help::Text(help));
        return (Some(Operation::Type(stream, place)), &[]);
    }
    (Some(Operation::Type(stream, place)), rest)
}

/// How many tokens of a path, generics included, stand at the front.
fn type_length(tokens: &[TokenTree]) -> usize {
    let mut length = dimension::path_length(tokens);
    if length == 0 {
        return 0;
    }
    if tokens.get(length).is_some_and(|token| is_punct(token, '<')) {
        let mut depth = 0;
        for (offset, token) in tokens[length..].iter().enumerate() {
            depth += i32::from(is_punct(token, '<')) - i32::from(is_punct(token, '>'));
            if depth == 0 {
                length += offset + 1;
                return length;
            }
        }
        return tokens.len();
    }
    length
}
