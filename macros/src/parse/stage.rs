//! One stage: label, activation, operation.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use super::told::no_meaning;
use super::{
    activation, attribute, composition, dimension, label, layer, misplaced, named_type, reference,
    segments, unknown,
};
use crate::ast::{AppliedActivation, Dim, Operation, Part, Role, Stage, StageKind};
use crate::diagnostic::Place;
use crate::words;

/// In front of how many stages in a row a missing arrow is told. They are read by recursion.
const MOST_LACKING: usize = 64;

/// Reads the stages of a part: one, or several where an arrow is missing.
pub fn read(tokens: &[TokenTree], declaration: &mut Reading) {
    let part = declaration.parts.len() - 1;
    let (faults_before, guesses_before) = (declaration.faults.len(), declaration.guesses);
    let mut mended = Vec::new();
    let (tensors, stage) = attribute::read(tokens, &mut mended, declaration);
    let Read { mut kind, activation, operation, mut rest } = kind(stage, &mut mended, declaration);
    if let Some(name) = &tensors {
        attribute::check_names_something(name, &kind, &mut mended, declaration);
    }
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
    let whole = &stage[..stage.len() - rest.len()];
    if is_composition {
        // Its stages are parts of their own, and read on where one of them is faulty.
        declaration.parts[part].written = opening_text(&tokens[..tokens.len() - rest.len()]);
        declaration.parts[part].mended = (!mended.is_empty()).then(|| mended.join(" "));
    } else if is_faulty {
        // A mended stage has a shape, by which what follows is checked.
        if declaration.guesses > guesses_before && !matches!(kind, StageKind::Assertion(_)) {
            kind = StageKind::Faulty;
        }
        declaration.parts[part].mended = (!mended.is_empty()).then(|| mended.join(" "));
    }
    if let StageKind::Layer { operation: Some(Operation::Layer(call)), .. } = &kind {
        declaration.take_argument(call.word.word);
    }
    let place = Place::of(whole, Span::call_site());
    let lacks_operation = matches!(kind, StageKind::Layer { operation: None, .. });
    declaration.stages.push(Stage {
        place,
        part,
        text: text(whole),
        activation: text(activation),
        operation: text(operation),
        tensors,
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
        declaration.forget(part);
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
    let head = match front.last() {
        Some(TokenTree::Ident(word)) => composition::head_length(word, &inner),
        _ => 0,
    };
    format!("{}({}", text(front), text(&inner[..head]))
}

/// Says what is wrong with `rest`, the end of `tokens` that does not belong to what is in front of it,
/// and reads it as a further stage if it can be one.
pub fn go_on(tokens: &[TokenTree], rest: &[TokenTree], declaration: &mut Reading) {
    let part = declaration.parts.len() - 1;
    let before = &tokens[..tokens.len() - rest.len()];
    let was_as_written = declaration.parts[part].mended.as_ref() == Some(&text(tokens));
    if let [.., TokenTree::Literal(height)] = before
        && let [TokenTree::Ident(times), TokenTree::Literal(width), ..] = rest
        && (times == "x" || times == "X")
    {
        let what = format!("`{height} {times} {width}` is no size");
        let help = format!(
            "`[1, {height}, {width}]` is an image of one channel, `{{ {height} * {width} }}` a vector"
        );
        undecided(&rest[..1], what, help, declaration);
        declaration.parts[part].mended = Some(text(tokens));
        declaration.forget(part);
        return;
    }
    if attribute::begins(rest) && rest.len() == 2 {
        return attribute::behind_stage(rest, declaration);
    }
    let first = &rest[..if attribute::begins(rest) { 2 } else { 1 }];
    let starts_stage = match &first[0] {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        TokenTree::Punct(_) => first.len() > 1,
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
        let what = format!("an arrow is missing in front of `{}`", text(first));
        fault(first, what, declaration);
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
            declaration.forget(part);
            fault(&rest[..1], "a computed size stands in braces".to_owned(), declaration);
        }
        Some(_)
            if is_arithmetic && was_as_written && mentions_parameter(rest, before, declaration) =>
        {
            let mut computed = Group::new(
                Delimiter::Brace,
                tokens[before.len() - 1..].iter().cloned().collect::<TokenStream>(),
            );
            computed.set_span(rest[0].span());
            let front = text(&before[..before.len() - 1]);
            let space = if front.is_empty() { "" } else { " " };
            if let Some((_, mended, _)) = dimension::read(&[computed.into()], declaration) {
                declaration.parts[part].mended = Some(format!("{front}{space}{mended}"));
            }
            declaration.forget(part);
        }
        _ => fault(&rest[..1], no_meaning(&rest[0]), declaration),
    }
}

/// Whether a computed size is computed from a const parameter.
fn mentions_parameter(rest: &[TokenTree], before: &[TokenTree], declaration: &Reading) -> bool {
    let all = before.last().into_iter().chain(rest).cloned().collect();
    dimension::mentioned(all, &declaration.const_parameters).is_some()
}

impl Reading {
    /// What a part gives is not known.
    fn forget(&mut self, part: usize) {
        match self.declaration.stages.last_mut() {
            Some(stage) if stage.part == part => stage.kind = StageKind::Faulty,
            _ if part == 0 => self.declaration.input = vec![Dim::Faulty],
            _ => {}
        }
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
    let (label, mut rest) = label::read(tokens, mended, declaration);
    if rest.len() < tokens.len() && attribute::begins(rest) {
        rest = attribute::behind_label(rest, mended, declaration);
    }
    let is_reference = reference::begins(rest);
    if is_bracket(rest.first()) || is_reference {
        if label.is_some() {
            let what = if is_reference { "reference" } else { "stated shape" };
            let what = format!("a {what} takes no label: it builds nothing");
            fault(&tokens[..1], what, declaration);
            let front = declaration.stages.last().and_then(Stage::unlabelled);
            declaration.label(front, &mended.join(" "));
            mended.clear();
        }
        if is_reference {
            let (kind, rest) = reference::read(rest, mended, declaration);
            return Read::bare(kind, rest);
        }
        if let Some((dims, text)) = dimension::shape(&rest[..1], declaration) {
            mended.push(text);
            return Read::bare(StageKind::Assertion(dims), &rest[1..]);
        }
    }
    if rest.is_empty() {
        return Read::bare(StageKind::Faulty, rest);
    }
    if label.is_none()
        && let Some(kind) = reference::of_label(rest, mended, declaration)
    {
        return Read::bare(kind, &[]);
    }
    if let Some(behind) = macro_call(rest, mended, declaration) {
        return Read::bare(StageKind::Faulty, behind);
    }
    if misplaced::outputs(&rest[..1]).is_some() {
        misplaced::tell_outputs(&rest[..1], declaration);
        mended.push(text(&rest[..1]));
        declaration.guesses += 1;
        return Read::bare(StageKind::Faulty, &rest[1..]);
    }
    if let [TokenTree::Group(group), behind @ ..] = rest
        && group.delimiter() == Delimiter::Parenthesis
        && let inner = Vec::from_iter(group.stream())
        && let Some((width, piece, [])) = dimension::read(&inner, declaration)
    {
        fault(&rest[..1], format!("a width has no parentheses: `{piece}`"), declaration);
        mended.push(piece);
        return Read {
            kind: StageKind::Layer {
                label,
                activation: None,
                operation: Some(Operation::Dense(width.into())),
            },
            activation: &[],
            operation: &rest[..1],
            rest: behind,
        };
    }
    if let Some(brackets) = rest.first().and_then(segments::in_parentheses) {
        let faults_before = declaration.faults.len();
        fault(&rest[..1], "the sizes of a stated shape stand in brackets".to_owned(), declaration);
        if let Some((dims, text)) = dimension::shape(&[brackets], declaration)
            && declaration.faults.len() == faults_before + 1
        {
            mended.push(text);
            return Read::bare(StageKind::Assertion(dims), &rest[1..]);
        }
        mended.push(text(&rest[..1]));
        declaration.guesses += 1;
        return Read::bare(StageKind::Faulty, &rest[1..]);
    }
    let faults_before = declaration.faults.len();
    let rest = without_path(rest, declaration);
    let faults_of_path = declaration.faults.len();
    if let Some((activation, width, behind)) = width_in_parentheses(rest, mended, declaration) {
        if faults_of_path > faults_before {
            declaration.faults.truncate(faults_of_path);
        }
        return Read {
            kind: StageKind::Layer {
                label,
                activation: Some(activation),
                operation: Some(Operation::Dense(width.into())),
            },
            activation: &rest[..1],
            operation: &rest[1..2],
            rest: behind,
        };
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
    if reference::begins(rest) {
        let (kind, rest) =
            reference::behind_activation(activation_tokens, rest, mended, declaration);
        return Read::bare(kind, rest);
    }
    if let Some(behind) = macro_call(rest, mended, declaration) {
        return Read::bare(StageKind::Faulty, behind);
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

/// Reads `name!(..)`, which is told to be none, if that stands at the front; gives what is behind it.
fn macro_call<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<&'a [TokenTree]> {
    let length = dimension::path_length(tokens);
    match &tokens[length..] {
        [bang, TokenTree::Group(_), behind @ ..] if length > 0 && is_punct(bang, '!') => {
            let written = &tokens[..tokens.len() - behind.len()];
            let what = "a macro call is not expanded here, so it cannot be a stage: a size that it gives stands in \
                        braces";
            fault(written, what.to_owned(), declaration);
            mended.push(format!("{{ {} }}", text(written)));
            declaration.guesses += 1;
            Some(behind)
        }
        _ => None,
    }
}

/// `nn::Conv2d(1, 16, 3)` without its path: a type takes no parentheses.
fn without_path<'a>(tokens: &'a [TokenTree], declaration: &mut Reading) -> &'a [TokenTree] {
    let length = dimension::path_length(tokens);
    let is_call = matches!(tokens.get(length), Some(TokenTree::Group(group))
        if group.delimiter() == Delimiter::Parenthesis);
    let Some(TokenTree::Ident(name)) = length.checked_sub(1).map(|last| &tokens[last]) else {
        return tokens;
    };
    let name = name.to_string();
    if length < 2 || !is_call {
        return tokens;
    }
    if words::is_word(&name) {
        let what = format!("`{name}` is a word of the language, which has no path");
        fault(&tokens[..length - 1], what, declaration);
    } else if !words::has_meaning(&name) {
        return tokens;
    }
    &tokens[length - 1..]
}

/// Reads `relu(32)`, which is meant to be `relu 32`.
fn width_in_parentheses<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(AppliedActivation, Dim, &'a [TokenTree])> {
    let [TokenTree::Ident(name), TokenTree::Group(group), behind @ ..] = tokens else {
        return None;
    };
    let word = words::activation(&name.to_string())?;
    if group.delimiter() != Delimiter::Parenthesis
        || !word.arguments.is_empty()
        || !behind.is_empty()
    {
        return None;
    }
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_width = match inner.as_slice() {
        [TokenTree::Literal(literal)] => literal.to_string().parse::<usize>().is_ok(),
        [TokenTree::Ident(size)] => {
            dimension::names_a_const(size) || declaration.const_parameters.contains(size)
        }
        [TokenTree::Group(group)] => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    if !is_width {
        return None;
    }
    let what =
        format!("`{name}` takes no argument: a width stands behind it, `{name} {}`", text(&inner));
    fault(&tokens[1..2], what, declaration);
    let (width, piece, _) = dimension::read(&inner, declaration)?;
    mended.extend([name.to_string(), piece]);
    let activation = AppliedActivation { name: name.clone(), arguments: Vec::new(), axis: None };
    Some((activation, width, behind))
}

fn is_bracket(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket)
}

/// Reads `prelu 32`: an activation that learns is a stage of its own, behind what it acts on.
fn behind_what_it_acts_on<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Operation, &'a [TokenTree])> {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    let word = name.to_string();
    let word = words::layer(&word).or_else(|| Some(words::layer_called(&word)?.0))?;
    let behind = match rest {
        [TokenTree::Group(group), behind @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            behind
        }
        _ => rest,
    };
    let begins = matches!(behind.first(), Some(TokenTree::Ident(_) | TokenTree::Literal(_)))
        || matches!(behind.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    if word.drawn != words::LayerKind::Nonlinearity || !begins {
        return None;
    }
    let arguments = &rest[..rest.len() - behind.len()];
    let activation = format!("{}{}", word.word, text(arguments));
    let what = format!(
        "`{activation}` learns, so it must be a stage of its own, behind what it acts on: `{} => {activation}`",
        text(behind)
    );
    let (told, pieces) = (declaration.faults.len(), mended.len());
    fault(&tokens[..1], what, declaration);
    let read = operation(behind, mended, declaration);
    if read.is_none() {
        declaration.faults.truncate(told);
        mended.truncate(pieces);
        return None;
    }
    mended.push(format!("=> {activation}"));
    read
}

/// Reads what the stage computes.
fn operation<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Operation, &'a [TokenTree])> {
    if named_type::is_given(tokens) {
        return named_type::read(tokens, mended, declaration);
    }
    let tokens = without_path(tokens, declaration);
    if let Some(read) = behind_what_it_acts_on(tokens, mended, declaration) {
        return Some(read);
    }
    if let Some((unknown::Width { tokens: width, has_bias }, rest)) =
        unknown::dense(tokens, mended, declaration)
    {
        let Some((dim, piece, [])) = dimension::read(&width, declaration) else {
            if !width.is_empty() {
                mended.push(text(&width));
                let what = format!("a width is a size, not `{}`", text(&width));
                undecided(&width, what, "write how many outputs it has", declaration);
            }
            return match rest {
                [TokenTree::Literal(_), ..] if width.is_empty() => {
                    operation(rest, mended, declaration)
                }
                _ => Some((Operation::Dense(Dim::Faulty.into()), rest)),
            };
        };
        mended.push(if has_bias { piece } else { format!("dense({piece}, bias: false)") });
        return Some((Operation::Dense(dim.into()), rest));
    }
    // `LSTM(64)` reads like a const, which has no arguments.
    if layer::is_called_elsewhere(tokens)
        && let Some(read) = layer::read(tokens, mended, declaration)
    {
        return Some(read);
    }
    if let Some((dim, text, rest)) = dimension::read(tokens, declaration) {
        mended.push(text);
        return Some((Operation::Dense(dim.into()), rest));
    }
    if let Some(read) = layer::read(tokens, mended, declaration) {
        return Some(read);
    }
    if let [TokenTree::Ident(word), TokenTree::Ident(_) | TokenTree::Literal(_), ..] = tokens
        && let Some(row) = words::composition(&word.to_string())
        && row.kind != words::CompositionKind::Residual
    {
        let what = format!("`{word}` takes its stages in parentheses: `{}`", row.example);
        undecided(&tokens[..1], what, "put its stages in parentheses", declaration);
        mended.push(text(tokens));
        declaration.guesses += 1;
        return Some((Operation::Dense(Dim::Faulty.into()), &[]));
    }
    if let Some((composition, rest)) = composition::read(tokens, mended, declaration) {
        return Some((Operation::Composition(Box::new(composition)), rest));
    }
    named_type::read(tokens, mended, declaration)
}
