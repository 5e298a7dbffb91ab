//! Words that are none: what other libraries call so, what may be meant, and what fits in their place.

use proc_macro2::{Delimiter, Group, Ident, TokenTree};

use super::axis;
use super::function::read_arguments;
use super::reading::{Reading, fault, undecided};
use super::text::{equated, group_text, is_punct, named, text};
use super::told::own_type;
use crate::words::{self, ACTIVATIONS, COMPOSITIONS, LAYERS, TOKENS};

/// Whether a name is told to be another's although it is no lower-case word: `PixelShuffle(2)`, which can be no type.
pub fn is_told(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Ident(name), TokenTree::Group(group), ..] = tokens else { return false };
    let name = name.to_string();
    group.delimiter() == Delimiter::Parenthesis
        && (words::missing(&name).is_some() || words::is_of_volumes(&name))
}

/// Says what is wrong with a name that stands where a stage or its activation does.
pub fn read(
    name: &Ident,
    group: Option<&Group>,
    behind: &[TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) {
    let written = name.to_string();
    let kind = if behind.is_empty() { "layer or activation" } else { "activation" };
    let word = [TokenTree::from(name.clone())];
    let arguments = group.map(group_text).unwrap_or_default();
    if let Some(known) = words::activation_called(&written).or_else(|| words::mistyped(&written)) {
        if words::composition(known).is_some() {
            declaration.guesses += 1;
        }
        let is_alone = behind.is_empty() && group.is_none() && words::is_foreign_class(&written);
        let own = if is_alone { own_type(name) } else { String::new() };
        let what = format!("unknown {kind} `{written}`, did you mean `{known}`?{own}");
        fault(&word, what, declaration);
        let arguments = match (words::activation(known), group) {
            (Some(known), Some(group)) if known.has_axis() => {
                axis::read(known, name, group, declaration).1
            }
            (Some(known), Some(group)) => read_arguments(known, name, group, declaration).1,
            _ => arguments,
        };
        mended.push(format!("{known}{arguments}"));
        return;
    }
    if let Some(stages) = group.filter(|_| words::is_container(&written)).and_then(joined) {
        let what = format!("there is no `{written}` here: stages follow one another with `=>`");
        fault(&word, what, declaration);
        mended.push(stages);
        declaration.guesses += 1;
        return;
    }
    // What it is stays open.
    mended.push(format!("{written}{arguments}"));
    if behind.is_empty() {
        declaration.guesses += 1;
    }
    if declaration.passes_over_names && group.is_none() && behind.is_empty() {
        return;
    }
    if written == TOKENS.word {
        let what = "`tokens` is the input, in front of the first arrow".to_owned();
        let given = if arguments.is_empty() { "(64, vocab: 65)" } else { arguments.as_str() };
        if declaration.parts[0].written == format!("{written}{arguments}") {
            mended.pop();
            return fault(&word, format!("{what}, where they stand already"), declaration);
        }
        if declaration.parts.len() == 2 && declaration.vocabularies.is_empty() {
            // The numbers in front of it are no more than a place for them.
            declaration.parts[0].mended = Some(format!("{written}{given}"));
            mended.pop();
            return fault(&word, what, declaration);
        }
        let help = format!("begin with them: `< {written}{given} => embedding(16) => .. >`");
        undecided(&word, what, help, declaration);
    } else if words::dense_elsewhere(&written).is_some() {
        let what = format!("unknown {kind} `{written}`: a dense layer is written as its width");
        let help = "write how many outputs it has: `32`, or `relu 32`";
        undecided(&word, what, help, declaration);
    } else if let Some(missing) = words::missing(&written) {
        let what = format!("there is no `{written}` ({})", missing.is);
        undecided(&word, what, missing.instead, declaration);
    } else if words::is_of_volumes(&written) {
        let what = format!("there is no `{written}`: a sample has at most three sizes");
        let help = "volumes take a type of your own that implements `Layer`";
        undecided(&word, what, help, declaration);
    } else {
        let what = format!("unknown {kind} `{written}`\n{}", fitting(behind.is_empty()));
        let help = match behind.is_empty() {
            true => "write one of these, a width (`32`), or a type of your own (`Encoder`)",
            false => "write one of these, or leave it out",
        };
        undecided(&word, what, help, declaration);
    }
}

/// The stages in parentheses, maybe in a list in them, joined by arrows.
fn joined(group: &Group) -> Option<String> {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    if let [TokenTree::Group(list)] = inner.as_slice()
        && list.delimiter() == Delimiter::Bracket
    {
        return joined(list);
    }
    let stages = inner.split(|token| is_punct(token, ',')).filter(|stage| !stage.is_empty());
    let stages: Vec<String> = stages.map(text).collect();
    (!stages.is_empty()).then(|| stages.join(" => "))
}

/// What can stand in a place: all of it, or activations alone.
fn fitting(is_stage: bool) -> String {
    let activations: Vec<&str> = ACTIVATIONS.iter().map(|activation| activation.word).collect();
    let mut fitting = format!("activations: {}", activations.join(", "));
    if is_stage {
        let layers: Vec<&str> = LAYERS.iter().map(|layer| layer.word).collect();
        let compositions: Vec<&str> = COMPOSITIONS.iter().map(|row| row.word).collect();
        fitting.push_str(&format!(
            "\nlayers: {}\ncompositions: {}",
            layers.join(", "),
            compositions.join(", ")
        ));
    }
    fitting
}

/// Whether a dense layer stands at the front under its name elsewhere, with its width.
pub fn is_dense(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Ident(name), next, ..] = tokens else { return false };
    let name = name.to_string();
    let has_width = match next {
        TokenTree::Literal(_) => true,
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        _ => false,
    };
    has_width && !words::is_word(&name) && words::dense_elsewhere(&name).is_some()
}

/// What a dense layer is under its name elsewhere.
pub struct Width {
    /// Its width; nothing where that is behind it, or has been told to be none.
    pub tokens: Vec<TokenTree>,
    pub has_bias: bool,
}

impl Width {
    const NONE: Width = Width { tokens: Vec::new(), has_bias: true };
}

/// Reads a dense layer under its name elsewhere: `Linear(784, 256)`, `Dense(256, activation: relu)`. Gives its width
/// and what is behind it.
pub fn dense<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Width, &'a [TokenTree])> {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    let written = name.to_string();
    let place = words::dense_elsewhere(&written).filter(|_| !words::is_word(&written))?;
    let (group, rest) = match rest {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (group, rest)
        }
        // `linear 2`, which is not `Linear` alone, maybe a type.
        [TokenTree::Literal(_), ..] => {
            tell_dense(name, true, declaration);
            return Some((Width::NONE, rest));
        }
        _ => return None,
    };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
    let (mut placed, mut width, mut activation, mut left) = (Vec::new(), None, None, Vec::new());
    let mut has_bias = true;
    for part in parts {
        match named(part).or_else(|| equated(part)) {
            None => match text(part).to_lowercase().as_str() {
                flag @ ("true" | "false") if placed.len() == place + 1 => has_bias = flag == "true",
                _ => placed.push(part),
            },
            Some((argument, value)) => match argument.to_string().as_str() {
                "out_features" | "units" | "out" | "features" | "out_dim" => width = Some(value),
                "in_features" | "in_dim" | "input_shape" | "input_dim" => {}
                "activation" if activation_of(value).is_some() => activation = activation_of(value),
                "activation" if ["None", "linear"].contains(&text(value).trim_matches('"')) => {}
                "bias" | "use_bias" => match text(value).to_lowercase().as_str() {
                    flag @ ("true" | "false") => has_bias = flag == "true",
                    _ => left.push(part),
                },
                _ => left.push(part),
            },
        }
    }
    let width = width.or_else(|| placed.get(if placed.len() > 1 { place } else { 0 }).copied());
    if let Some(part) = left.first() {
        let what = format!("a dense layer has a width and a bias, but no `{}`", part[0]);
        undecided(part, what, format!("leave out `{}`", part[0]), declaration);
        mended.push(format!("{written}({})", text(&inner)));
        declaration.guesses += 1;
        return Some((Width::NONE, rest));
    }
    let Some(width) = width else {
        let what = format!("`{written}` has no width: a dense layer is written as it, `32`");
        undecided(&tokens[..1], what, "write how many outputs it has", declaration);
        mended.push(format!("{written}({})", text(&inner)));
        declaration.guesses += 1;
        return Some((Width::NONE, rest));
    };
    tell_dense(name, has_bias, declaration);
    mended.extend(activation.map(str::to_owned));
    Some((Width { tokens: width.to_vec(), has_bias }, rest))
}

/// The activation that an argument names: `relu`, `"relu"`.
fn activation_of(value: &[TokenTree]) -> Option<&'static str> {
    let name = text(value);
    let name = name.trim_matches('"');
    let word = words::activation(name).map(|row| row.word);
    word.or_else(|| words::activation_called(name))
}

fn tell_dense(name: &Ident, has_bias: bool, declaration: &mut Reading) {
    let what = match has_bias {
        true => format!("unknown layer `{name}`: a dense layer is written as its width"),
        false => format!("unknown layer `{name}`: a dense layer without bias is `dense`"),
    };
    fault(&[TokenTree::from(name.clone())], what, declaration);
}
