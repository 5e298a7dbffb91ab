//! One stage: label, activation, operation.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::reading::{Reading, fault};
use super::text::{is_punct, text};
use super::{activation, composition, dimension, layer};
use crate::ast::{Operation, Part, Role, Stage, StageKind};
use crate::diagnostic::Place;
use crate::words::{self, RESERVED_LABELS};

/// In front of how many stages in a row a missing arrow is told. They are read by recursion.
const MOST_LACKING: usize = 64;

/// Reads the stages of a part: one, or several where an arrow is missing.
pub fn read(tokens: &[TokenTree], declaration: &mut Reading) {
    let part = declaration.parts.len() - 1;
    let faults_before = declaration.faults.len();
    let mut mended = Vec::new();
    let Read { mut kind, activation, operation, mut rest } = kind(tokens, &mut mended, declaration);
    let is_composition = declaration.parts[part].role == Role::Opening;
    if let StageKind::Layer { activation: None, operation: Some(_), .. } = &kind
        && declaration.faults.len() == faults_before
        && !is_composition
        && activation::stands_alone(rest)
    {
        let what = format!("an activation stands in front, not behind: `{}`", rest[0]);
        fault(&rest[..1], what, declaration);
        let mut piece = Vec::new();
        activation::read(rest, &mut piece, declaration);
        mended.splice(mended.len() - 1..mended.len() - 1, piece);
        rest = &[];
    }
    let is_faulty = declaration.faults.len() > faults_before;
    let whole = &tokens[..tokens.len() - rest.len()];
    if is_composition {
        // Its stages are parts of their own, and read on where one of them is faulty.
        declaration.parts[part].written = opening_text(whole);
        declaration.parts[part].mended = Some(mended.join(" "));
    } else if is_faulty {
        // A stated shape stays one, so that what follows it is checked.
        if !matches!(kind, StageKind::Assertion(_)) {
            kind = StageKind::Faulty;
        }
        declaration.parts[part].mended = Some(mended.join(" "));
    }
    let place = Place::of(whole, Span::call_site());
    let lacks_operation = matches!(kind, StageKind::Layer { operation: None, .. });
    declaration.stages.push(Stage {
        place,
        part,
        text: text(whole),
        activation: text(activation),
        operation: text(operation),
        kind,
    });
    if rest.is_empty() {
        return;
    }
    if lacks_operation
        && let [TokenTree::Ident(name)] = rest
        && activation::is_unknown(name)
    {
        let what = format!("`{name}` is no size: a const is in capitals or in braces");
        let whole = text(&tokens[..tokens.len() - 1]);
        declaration.parts[part].mended = Some(format!("{whole} {{ {name} }}"));
        fault(rest, what, declaration);
        return;
    }
    go_on(tokens, rest, declaration);
}

/// What stands in front of the first stage of a composition.
fn opening_text(composition: &[TokenTree]) -> String {
    let Some((TokenTree::Group(group), front)) = composition.split_last() else {
        return text(composition);
    };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_repeat = matches!(front.last(), Some(TokenTree::Ident(word)) if word == "repeat");
    match inner.iter().position(|token| is_punct(token, ';')).filter(|_| is_repeat) {
        Some(semicolon) => format!("{}({}", text(front), text(&inner[..=semicolon])),
        None => format!("{}(", text(front)),
    }
}

/// Says what is wrong with `rest`, the end of `tokens` that does not belong to what is in front of it,
/// and reads it as a further stage if it can be one.
pub fn go_on(tokens: &[TokenTree], rest: &[TokenTree], declaration: &mut Reading) {
    let part = declaration.parts.len() - 1;
    let before = &tokens[..tokens.len() - rest.len()];
    let was_as_written = declaration.parts[part].mended.as_ref() == Some(&text(tokens));
    let starts_stage = match &rest[0] {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        TokenTree::Punct(_) => false,
    };
    if was_as_written {
        declaration.parts[part].mended = Some(text(before));
    }
    let lacking = declaration.parts.iter().rev().take_while(|part| part.lacks_arrow).count();
    if starts_stage && lacking < MOST_LACKING {
        if declaration.parts[part].role == Role::Stage {
            declaration.parts[part].written = text(before);
        }
        let written = text(rest);
        let mended = Some(written.clone());
        declaration.parts.push(Part {
            arrow: String::new(),
            written,
            mended,
            role: Role::Stage,
            lacks_arrow: true,
        });
        let what = format!("an arrow is missing in front of `{}`", rest[0]);
        fault(&rest[..1], what, declaration);
        read(rest, declaration);
        return;
    }
    let is_arithmetic = ['+', '-', '*', '/', '%'].iter().any(|sign| is_punct(&rest[0], *sign));
    let last = before.last().map(|token| text(std::slice::from_ref(token)));
    match last {
        Some(size)
            if is_arithmetic
                && was_as_written
                && dimension::is_expression(&tokens[before.len() - 1..], declaration) =>
        {
            let front = text(&before[..before.len() - 1]);
            let space = if front.is_empty() { "" } else { " " };
            let mended = format!("{front}{space}{{ {size} {} }}", text(rest));
            declaration.parts[part].mended = Some(mended);
            fault(&rest[..1], "a computed size stands in braces".to_owned(), declaration);
        }
        _ => fault(&rest[..1], format!("`{}` has no meaning here", rest[0]), declaration),
    }
}

/// A stage at the front of tokens.
struct Read<'a> {
    kind: StageKind,
    activation: &'a [TokenTree],
    operation: &'a [TokenTree],
    rest: &'a [TokenTree],
}

impl<'a> Read<'a> {
    /// One that has neither activation nor operation.
    fn bare(kind: StageKind, rest: &'a [TokenTree]) -> Self {
        Read { kind, activation: &[], operation: &[], rest }
    }
}

/// Reads one stage from the front; `mended` gets the pieces it should have been written as.
fn kind<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Read<'a> {
    let (label, rest) = label(tokens, mended, declaration);
    if is_bracket(rest.first()) {
        if label.is_some() {
            let what = "a stated shape takes no label: it builds nothing".to_owned();
            fault(&tokens[..1], what, declaration);
            mended.clear();
        }
        if let Some((dims, text)) = dimension::shape(&rest[..1], declaration) {
            mended.push(text);
            return Read::bare(StageKind::Assertion(dims), &rest[1..]);
        }
    }
    if rest.is_empty() {
        return Read::bare(StageKind::Faulty, rest);
    }
    let (before, mended_before) = (rest, mended.len());
    let (activation, rest) = activation::read(rest, mended, declaration);
    let activation_tokens = &before[..before.len() - rest.len()];
    let layer = |operation: Option<Operation>, behind: &'a [TokenTree]| Read {
        kind: StageKind::Layer { label, activation, operation },
        activation: activation_tokens,
        operation: &rest[..rest.len() - behind.len()],
        rest: behind,
    };
    if rest.is_empty() {
        return layer(None, rest);
    }
    match operation(rest, mended, declaration) {
        Some((operation, behind)) => layer(Some(operation), behind),
        None if rest.len() < before.len() => {
            if mended.len() == mended_before {
                mended.push("32".to_owned());
            }
            layer(None, rest)
        }
        None => {
            let what = format!(
                "no stage starts with `{}`: it is a width (`32`), an activation, both (`relu 32`), a \
                 network or layer (`Encoder`), or a stated shape (`[32]`)",
                rest[0]
            );
            fault(&rest[..1], what, declaration);
            mended.push("relu 32".to_owned());
            Read::bare(StageKind::Faulty, &[])
        }
    }
}

fn is_bracket(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket)
}

/// Reads `label:` and checks that it can name a field.
fn label<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (Option<Ident>, &'a [TokenTree]) {
    let (word, rest) = match tokens {
        [_, first, second, ..] if is_punct(first, ':') && is_punct(second, ':') => {
            return (None, tokens);
        }
        [TokenTree::Punct(_), ..] => return (None, tokens),
        [word, colon, rest @ ..] if is_punct(colon, ':') => (word, rest),
        _ => return (None, tokens),
    };
    let TokenTree::Ident(label) = word else {
        fault(&tokens[..1], format!("a label is a name, not `{word}`"), declaration);
        mended.push(format!("{}:", free_label("stage", declaration)));
        return (None, rest);
    };
    let name = label.to_string();
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let wrong = if syn::parse_str::<Ident>(&name).is_err() {
        Some(format!("the label `{name}` is a keyword of Rust"))
    } else if RESERVED_LABELS.contains(&name.as_str()) {
        Some(format!("the label `{name}` is taken: every network has its own `{name}`"))
    } else if name.strip_prefix("stage").is_some_and(is_number) {
        Some(format!("the label `{name}` is taken: stages without a label are called so"))
    } else if words::is_word(&name) {
        Some(format!("the label `{name}` is a word of the language"))
    } else if declaration.labels.contains(&name) {
        Some(format!("the label `{name}` is used twice"))
    } else {
        None
    };
    match wrong {
        Some(what) => {
            fault(&tokens[..1], what, declaration);
            mended.push(format!("{}:", free_label(&name, declaration)));
        }
        None => {
            mended.push(format!("{name}:"));
            declaration.labels.push(name.clone());
        }
    }
    if rest.is_empty() {
        fault(&tokens[..1], format!("the label `{name}` names no stage"), declaration);
        mended.push("relu 16".to_owned());
    }
    (Some(label.clone()), rest)
}

/// A name near to this that is taken by nothing yet.
fn free_label(name: &str, declaration: &mut Reading) -> String {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = if base == "stage" { "hidden" } else { base };
    let mut candidates = (1..).map(|number| match number {
        1 => format!("{base}_layer"),
        _ => format!("{base}_layer{number}"),
    });
    let free =
        candidates.find(|candidate| !declaration.labels.contains(candidate)).expect("endless");
    declaration.labels.push(free.clone());
    free
}

/// Reads what the stage computes.
fn operation<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Operation, &'a [TokenTree])> {
    // `LSTM(64)` reads like a const, which has no arguments.
    if layer::is_called_elsewhere(tokens)
        && let Some(read) = layer::read(tokens, mended, declaration)
    {
        return Some(read);
    }
    if let Some((dim, text, rest)) = dimension::read(tokens, declaration) {
        mended.push(text);
        return Some((Operation::Dense(dim), rest));
    }
    if let Some(read) = layer::read(tokens, mended, declaration) {
        return Some(read);
    }
    if let Some((composition, rest)) = composition::read(tokens, mended, declaration) {
        return Some((Operation::Composition(Box::new(composition)), rest));
    }
    let (path, rest) = tokens.split_at(type_length(tokens));
    let is_upper = |name: &Ident| name.to_string().starts_with(|c: char| c.is_uppercase());
    let names_a_type =
        path.iter().any(|token| matches!(token, TokenTree::Ident(name) if is_upper(name)));
    if !names_a_type {
        return None;
    }
    mended.push(text(path));
    let stream: TokenStream = path.iter().cloned().collect();
    if let Err(error) = syn::parse2::<syn::TypePath>(stream.clone()) {
        fault(path, format!("`{}` is no type: {error}", text(path)), declaration);
    }
    Some((Operation::Type(stream, Place::of(path, Span::call_site())), rest))
}

/// How many tokens of a path, generics included, stand at the front.
fn type_length(tokens: &[TokenTree]) -> usize {
    let mut length = dimension::path_length(tokens);
    if let [first, second, third, ..] = &tokens[length..]
        && is_punct(first, ':')
        && is_punct(second, ':')
        && is_punct(third, '<')
    {
        length += 2;
    }
    if length == 0 || !tokens.get(length).is_some_and(|token| is_punct(token, '<')) {
        return length;
    }
    let mut depth = 0;
    for (offset, token) in tokens[length..].iter().enumerate() {
        depth += i32::from(is_punct(token, '<')) - i32::from(is_punct(token, '>'));
        if depth == 0 {
            return length + offset + 1;
        }
    }
    tokens.len()
}
