//! References to earlier values: `&latent`.

use proc_macro2::{Delimiter, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use crate::ast::StageKind;
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
    Some(StageKind::Reference(name.clone()))
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
            (StageKind::Reference(label.clone()), rest)
        }
        [_, TokenTree::Ident(_), rest @ ..] if goes_inside(rest) => {
            let what = format!(
                "`{}` is inside a composition: a reference names a label of its own level, or of one \
                 around it",
                text(tokens)
            );
            undecided(tokens, what, "refer to the composition as a whole", declaration);
            mended.push(text(tokens));
            declaration.guesses += 1;
            (StageKind::Faulty, &[])
        }
        [_, TokenTree::Ident(label), rest @ ..] => {
            mended.push(format!("&{label}"));
            (StageKind::Reference(label.clone()), rest)
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

/// Reads a reference that an activation is in front of.
pub fn behind_activation<'a>(
    activation: &[TokenTree],
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (StageKind, &'a [TokenTree]) {
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

/// Whether `.label` or `[..]` is behind a name.
fn goes_inside(rest: &[TokenTree]) -> bool {
    match rest {
        [TokenTree::Group(group), ..] => group.delimiter() == Delimiter::Bracket,
        [dot, ..] => is_punct(dot, '.'),
        [] => false,
    }
}
