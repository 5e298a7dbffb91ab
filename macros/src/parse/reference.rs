//! References to earlier values: `&latent`.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use crate::ast::{Reference, StageKind, Step};
use crate::words;

/// Whether a reference stands at the front.
pub fn begins(tokens: &[TokenTree]) -> bool {
    tokens.first().is_some_and(|token| is_punct(token, '&'))
}

/// Reads a label that stands as a stage, which is meant to refer to what its stage gives.
pub fn of_label(
    tokens: &[TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<StageKind> {
    let [TokenTree::Ident(name)] = tokens else { return None };
    let label = name.to_string();
    if words::is_word(&label) || !declaration.all_labels.contains(&label) {
        return None;
    }
    let what = format!("`{label}` is a label: `&{label}` goes on from what its stage gives");
    fault(tokens, what, declaration);
    mended.push(format!("&{label}"));
    Some(StageKind::Reference(name.clone().into()))
}

/// Reads a reference from the front, and gives what is behind it.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (StageKind, &'a [TokenTree]) {
    match tokens {
        [and, TokenTree::Ident(mutable), TokenTree::Ident(label), rest @ ..]
            if mutable == "mut" =>
        {
            fault(&tokens[1..2], format!("a value is read only: `{and}{label}`"), declaration);
            mended.push(format!("&{label}"));
            (StageKind::Reference(label.clone().into()), rest)
        }
        [_, TokenTree::Ident(label), rest @ ..] => {
            let guesses_before = declaration.guesses;
            let mut reference = Reference::from(label.clone());
            let rest = path(rest, &mut reference, declaration);
            // What is undecided stays as it is written.
            mended.push(match declaration.guesses > guesses_before {
                true => text(&tokens[..tokens.len() - rest.len()]),
                false => format!("&{reference}"),
            });
            (StageKind::Reference(reference), rest)
        }
        _ => {
            let what = "`&` stands in front of the label of an earlier stage: `&latent`".to_owned();
            let help = "name the stage whose value is read again";
            undecided(&tokens[..1], what, help, declaration);
            mended.push(text(tokens));
            declaration.guesses += 1;
            (StageKind::Faulty, &[])
        }
    }
}

/// Reads a reference that is given to something, which is called `subject`; and how it should have been written.
pub fn value(
    tokens: &[TokenTree],
    subject: &str,
    example: &str,
    declaration: &mut Reading,
) -> (Option<Reference>, String) {
    let written = text(tokens);
    match tokens {
        [TokenTree::Ident(label)] if label != "true" && label != "false" => {
            let mended = format!("&{label}");
            fault(tokens, format!("{subject} refers to a value: `{mended}`"), declaration);
            (Some(label.clone().into()), mended)
        }
        _ if begins(tokens) => {
            let mut pieces = Vec::new();
            let (read, rest) = read(tokens, &mut pieces, declaration);
            if !rest.is_empty() {
                fault(tokens, format!("{subject} is one value, not `{written}`"), declaration);
            }
            let reference = match read {
                StageKind::Reference(reference) => Some(reference),
                _ => None,
            };
            (reference, pieces.concat())
        }
        _ => {
            let what = format!("{subject} refers to a value, not `{written}`");
            let help = format!("refer to the label of an earlier stage: `{example}`");
            undecided(tokens, what, help, declaration);
            (None, written)
        }
    }
}

/// Reads a reference that an activation is in front of.
pub fn behind_activation<'a>(
    activation: &[TokenTree],
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (StageKind, &'a [TokenTree]) {
    if !matches!(tokens, [_, TokenTree::Ident(_), ..]) {
        return read(tokens, mended, declaration);
    }
    let activation = text(activation);
    let what = format!(
        "`{activation}` is a stage of its own behind a reference, which computes nothing: `{} => {activation}`",
        text(tokens)
    );
    mended.pop();
    fault(&tokens[..1], what, declaration);
    let (_, rest) = read(tokens, mended, declaration);
    mended.push(format!("=> {activation}"));
    // What comes out has the shape of the value, which only a stage that refers to it has.
    declaration.guesses += 1;
    (StageKind::Faulty, rest)
}

/// Whether tokens are a reference to the values of all turns: several branches.
pub fn names_all_turns(tokens: &[TokenTree]) -> bool {
    let is_all = |token: &TokenTree| match token {
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            matches!(inner.as_slice(), [first, second] if is_punct(first, '.') && is_punct(second, '.'))
        }
        _ => false,
    };
    begins(tokens) && tokens.iter().any(is_all)
}

/// Reads the way to a value inside of a stage from behind its label; gives what is behind it.
fn path<'a>(
    tokens: &'a [TokenTree],
    reference: &mut Reference,
    declaration: &mut Reading,
) -> &'a [TokenTree] {
    match tokens {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Bracket => {
            let step = turn(group, declaration);
            reference.path.push(step);
            path(rest, reference, declaration)
        }
        [dot, TokenTree::Ident(label), rest @ ..] if is_punct(dot, '.') => {
            reference.path.push(Step::Label(label.clone()));
            path(rest, reference, declaration)
        }
        [dot, TokenTree::Literal(turn), rest @ ..] if is_punct(dot, '.') => {
            let step = turn.to_string().parse().map_or(Step::Turns, Step::Turn);
            let what = format!("a turn stands in brackets: `{reference}{step}`, not `.{turn}`");
            fault(&tokens[..2], what, declaration);
            reference.path.push(step);
            path(rest, reference, declaration)
        }
        rest => rest,
    }
}

/// Reads which turn is meant, or that all are.
fn turn(group: &Group, declaration: &mut Reading) -> Step {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_dot = |token: &TokenTree| is_punct(token, '.');
    match inner.as_slice() {
        [first, second] if is_dot(first) && is_dot(second) => return Step::Turns,
        [TokenTree::Literal(literal)] => {
            if let Ok(turn) = literal.to_string().parse() {
                return Step::Turn(turn);
            }
        }
        _ => {}
    }
    let token = TokenTree::from(group.clone());
    let what = format!(
        "a turn is a number, counted from 0, and `[..]` all of them, not `{}`",
        text(std::slice::from_ref(&token))
    );
    let help = "write the number of one turn, or `[..]`";
    undecided(&[token], what, help, declaration);
    declaration.guesses += 1;
    Step::Turns
}
