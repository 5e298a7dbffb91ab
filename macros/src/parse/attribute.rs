//! The attribute in front of a stage: `#[tensors = "0"] relu 32`.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use crate::ast::{StageKind, TensorName};
use crate::diagnostic::{Help, Place, nearest};

const WORD: &str = "tensors";

/// What other tools and people call it.
const OTHER_WORDS: [&str; 4] = ["name", "names", "rename", "weights"];

/// Whether an attribute stands at the front.
pub fn begins(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [sharp, TokenTree::Group(group), ..]
        if is_punct(sharp, '#') && group.delimiter() == Delimiter::Bracket)
}

/// Whether an attribute stands at the front that is meant for a stage and not for a network.
pub fn names_tensors(tokens: &[TokenTree]) -> bool {
    let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == WORD);
    begins(tokens)
        && matches!(tokens, [_, TokenTree::Group(group), ..]
            if group.stream().into_iter().next().as_ref().is_some_and(is_word))
}

/// Reads the attributes in front of a stage; gives what its tensors are called, and what is behind.
pub fn read<'a>(
    mut tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> (Option<TensorName>, &'a [TokenTree]) {
    let mut name: Option<TensorName> = None;
    while begins(tokens) {
        let (attribute, rest) = tokens.split_at(2);
        let before = mended.len();
        let read = one(attribute, mended, declaration);
        if name.is_some() && read.is_some() {
            fault(attribute, "the tensors of a stage are named once".to_owned(), declaration);
            mended.truncate(before);
        }
        tokens = rest;
        if rest.is_empty() {
            declaration.guesses += 1;
            if read.is_some() {
                let what = format!("no stage stands behind `{}`", text(attribute));
                let help = "put the stage behind it that it is meant for";
                undecided(attribute, what, help, declaration);
            }
        }
        name = name.or(read);
    }
    (name, tokens)
}

/// Says that an attribute behind a label stands in front of it, and gives what is behind it.
pub fn behind_label<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> &'a [TokenTree] {
    let what = "an attribute stands in front of the label".to_owned();
    fault(&tokens[..2], what, declaration);
    let label = mended.pop();
    let (_, rest) = read(tokens, mended, declaration);
    mended.extend(label);
    rest
}

/// Says that an attribute behind all of a stage stands in front of it.
pub fn behind_stage(attribute: &[TokenTree], declaration: &mut Reading) {
    let mut written = Vec::new();
    let told = declaration.faults.len();
    let name = one(attribute, &mut written, declaration);
    if name.is_some() {
        declaration.faults.truncate(told);
        let what = "an attribute stands in front of its stage, not behind".to_owned();
        undecided(
            attribute,
            what,
            "put it in front of the stage that it is meant for",
            declaration,
        );
    }
}

/// Says that what builds nothing has no tensors.
pub fn check_names_something(
    name: &TensorName,
    kind: &StageKind,
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) {
    let what = match kind {
        StageKind::Assertion(_) => "a stated shape",
        StageKind::Reference(_) => "a reference",
        StageKind::Layer { .. } | StageKind::Faulty => return,
    };
    let what = format!("{what} has no tensors that could be named: it builds nothing");
    let part = declaration.part();
    declaration.faults.add(name.place, part, what, Help::Shapes);
    mended.retain(|piece| *piece != written(&name.name));
}

/// Reads one attribute; gives what it calls the tensors, where that is known.
fn one(
    attribute: &[TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<TensorName> {
    let TokenTree::Group(group) = &attribute[1] else { return None };
    let name = name(&Vec::from_iter(group.stream()), attribute, declaration);
    mended.push(name.as_deref().map_or_else(|| text(attribute), written));
    name.map(|name| TensorName { name, place: Place::of(attribute, Span::call_site()) })
}

fn name(inner: &[TokenTree], attribute: &[TokenTree], declaration: &mut Reading) -> Option<String> {
    let [TokenTree::Ident(word), given @ ..] = inner else {
        return no_string(attribute, declaration);
    };
    let (has_sign, value) = match given {
        [sign, value @ ..] if is_punct(sign, '=') => (true, value.to_vec()),
        [TokenTree::Group(value)] => (false, Vec::from_iter(value.stream())),
        other => (false, other.to_vec()),
    };
    let literal = match value.as_slice() {
        [TokenTree::Literal(literal)] => literal,
        _ if word != WORD => return unknown(word, attribute, declaration),
        [] => return no_string(&inner[..1], declaration),
        other => return no_string(other, declaration),
    };
    let name = string(literal);
    if word != WORD {
        if name.is_none() || !is_meant(word) {
            return unknown(word, attribute, declaration);
        }
        let what =
            format!("the attribute that names the tensors of a stage is `{WORD}`, not `{word}`");
        fault(&inner[..1], what, declaration);
    } else if !has_sign && let Some(name) = &name {
        fault(given, format!("`=` is missing: `{}`", written(name)), declaration);
    }
    let Some(name) = name else {
        let number = literal.to_string();
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return no_string(&value, declaration);
        }
        let what = format!("the name of tensors is a string: `{}`", written(&number));
        fault(&value, what, declaration);
        return Some(number);
    };
    if let Some(what) = wrong(&name) {
        let help = format!("write what the names of its tensors begin with: `{}`", written("0"));
        undecided(&value, what, help, declaration);
        return None;
    }
    Some(name)
}

/// As the attribute is written.
fn written(name: &str) -> String {
    format!("#[{WORD} = {name:?}]")
}

/// Whether another word is meant to be the one that there is.
fn is_meant(word: &Ident) -> bool {
    let word = word.to_string();
    nearest(&word, [WORD].into_iter()).is_some() || OTHER_WORDS.contains(&word.as_str())
}

/// What a name cannot be.
fn wrong(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("the name of tensors is empty".to_owned());
    }
    if name.contains(char::is_control) {
        return Some(format!("the name of tensors has a control character: {name:?}"));
    }
    let is_empty = name.split('.').any(str::is_empty);
    is_empty.then(|| format!("the name `{name}` has nothing in front of a dot, or behind one"))
}

fn unknown(word: &Ident, attribute: &[TokenTree], declaration: &mut Reading) -> Option<String> {
    let (what, help) = match word.to_string().as_str() {
        "doc" => {
            let what = "a stage takes no documentation".to_owned();
            (what, "write a comment, `//`, or document the network".to_owned())
        }
        word => {
            let what = format!("a stage takes no attribute `{word}`");
            (what, format!("`{}` is the one that it takes: it names its tensors", written("0")))
        }
    };
    undecided(attribute, what, help, declaration);
    None
}

fn no_string(wrong: &[TokenTree], declaration: &mut Reading) -> Option<String> {
    let help = format!("name them as they are in the file: `{}`", written("0"));
    undecided(wrong, "the name of tensors is a string".to_owned(), help, declaration);
    None
}

fn string(literal: &Literal) -> Option<String> {
    let tokens: TokenStream = TokenTree::from(literal.clone()).into();
    syn::parse2::<syn::LitStr>(tokens).ok().map(|string| string.value())
}
