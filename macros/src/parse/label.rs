//! The label in front of a stage.

use proc_macro2::{Ident, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use crate::ast::{Stage, StageKind};

/// Keywords that not even `r#` makes names.
const UNNAMEABLE: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Reads `label:` and checks that it can name a field.
pub fn read<'a>(
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
        [TokenTree::Ident(name), equals, rest @ ..] if is_punct(equals, '=') => {
            let what = format!("a label stands in front of `:`, not `=`: `{name}: {}`", text(rest));
            fault(&tokens[1..2], what, declaration);
            (&tokens[0], rest)
        }
        [TokenTree::Ident(name), minus, TokenTree::Literal(number), colon, rest @ ..]
            if is_punct(minus, '-') && is_punct(colon, ':') =>
        {
            let label = format!("{name}_{number}");
            let is_name = syn::parse_str::<Ident>(&label).is_ok();
            let label = if is_name { label } else { free_label(&name.to_string(), declaration) };
            fault(&tokens[..3], format!("a label is a name, not `{name}-{number}`"), declaration);
            mended.push(format!("{label}:"));
            declaration.labels.push(label);
            return (None, rest);
        }
        _ => return (None, tokens),
    };
    let TokenTree::Ident(label) = word else {
        fault(&tokens[..1], format!("a label is a name, not `{word}`"), declaration);
        let numbered = format!("layer{word}");
        // What is no token would be told by rustc too.
        let is_free = numbered.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !declaration.labels.contains(&numbered);
        let label = if is_free { numbered } else { free_label("stage", declaration) };
        mended.push(format!("{label}:"));
        return (None, rest);
    };
    let name = label.to_string();
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let is_outer = declaration.depth == 0;
    let is_keyword = syn::parse_str::<Ident>(&name).is_err() || name == "gen";
    let wrong = if is_keyword && !UNNAMEABLE.contains(&name.as_str()) {
        let raw = format!("r#{name}");
        let what = format!("the label `{name}` is a keyword of Rust: write `{raw}`");
        fault(&tokens[..1], what, declaration);
        mended.push(format!("{raw}:"));
        declaration.labels.push(raw);
        return (Some(label.clone()), rest);
    } else if is_keyword {
        Some(format!("the label `{name}` is a keyword of Rust"))
    } else if name == "input" && is_outer {
        Some("the label `input` is already the name of what goes in".to_owned())
    } else if name == "output" && is_outer && declaration.outputs.is_some() {
        Some("the label `output` is already the name of all outputs together".to_owned())
    } else if name == "output" && is_outer && !declaration.is_last {
        Some("the label `output` is already the name of what the last stage gives".to_owned())
    } else if name.strip_prefix("stage").is_some_and(is_number) {
        Some(format!("the label `{name}` is the name of a stage without a label"))
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
            declaration.all_labels.push(name.clone());
        }
    }
    if rest.is_empty() {
        let what = format!("the label `{name}` names no stage");
        if label_in_front(&mended.concat(), declaration) {
            fault(&tokens[..1], what, declaration);
            mended.clear();
        } else {
            let help = format!("leave it out, or put a stage behind it: `{name}: relu 32`");
            undecided(&tokens[..1], what, help, declaration);
        }
    }
    (Some(label.clone()), rest)
}

/// Puts a label in front of the last stage that was read, where that has none.
fn label_in_front(label: &str, declaration: &mut Reading) -> bool {
    let Some(Stage { kind: StageKind::Layer { label: None, .. }, part, .. }) =
        declaration.stages.last()
    else {
        return false;
    };
    let part = *part;
    let Some(front) = &mut declaration.parts[part].mended else { return false };
    *front = format!("{label} {front}");
    true
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
