//! The axis of an activation or a layer: `softmax(axis: 0)`.

use proc_macro2::{Group, Ident, Literal, TokenTree};

use super::dimension;
use super::reading::{Reading, fault, undecided};
use super::text::{equated, is_punct, named, text};
use super::told::{not_computed, tell_equals, tell_missing, tell_twice, tell_unknown};
use crate::ast::Dim;
use crate::diagnostic::Unshaped;
use crate::words::{self, Activation};

/// What an axis was read as.
pub enum Axis {
    /// This one, as it is written.
    Known(Dim, String),
    /// The last, which is not written.
    Last,
    /// It stays as it is written.
    Open,
}

/// Reads the arguments of an activation whose only one is its axis. Gives the axis, and the arguments as they should have
/// been written.
pub fn read(
    word: &Activation,
    name: &Ident,
    group: &Group,
    declaration: &mut Reading,
) -> (Option<Dim>, String) {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let (mut axis, mut pieces) = (None, Vec::new());
    for part in inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty()) {
        if let Some(read) = read_part(word.word, name, part, declaration) {
            let piece = match &read {
                Axis::Known(_, piece) => piece.clone(),
                Axis::Last | Axis::Open => text(part),
            };
            if let Some(first) = pieces.first().cloned() {
                let values = [&first, &piece].map(|piece| axis_of(piece));
                if tell_twice(word.word, "axis", part, values, declaration) {
                    pieces.push(piece);
                }
                continue;
            }
            match read {
                Axis::Known(dim, piece) => {
                    axis = Some(dim);
                    pieces.push(piece);
                }
                Axis::Last => {}
                Axis::Open => pieces.push(piece),
            }
        } else if let [TokenTree::Ident(flag)] = part
            && (flag == "true" || flag == "false")
        {
            // What PyTorch calls `inplace`.
            let what = format!("`{}` takes one argument, `axis`", word.word);
            fault(part, what, declaration);
        } else if !is_told(word.word, part, declaration) {
            pieces.push(text(part));
        }
    }
    let arguments = match pieces.is_empty() {
        true => String::new(),
        false => format!("({})", pieces.join(", ")),
    };
    (axis, arguments)
}

/// What stands behind the name in a piece.
fn axis_of(piece: &str) -> &str {
    piece.strip_prefix("axis: ").unwrap_or(piece)
}

/// Reads an argument that is an axis, if it is one by its name or by its place. Under another library's `name` of the
/// `word`, an axis is counted with the batch, as it is where it is called `dim`.
pub fn read_part(
    word: &str,
    name: &Ident,
    part: &[TokenTree],
    declaration: &mut Reading,
) -> Option<Axis> {
    let is_foreign = name != word;
    match (named(part).or_else(|| equated(part)), part) {
        (Some((name, value)), _) if name == "axis" && !is_foreign => {
            if named(part).is_none() {
                tell_equals(part, value, declaration);
            }
            Some(counted(word, part, value, declaration))
        }
        (Some((name, value)), _) if name == "axis" || name == "dim" => {
            Some(with_batch(word, part, value, is_foreign, declaration))
        }
        (Some(_), _) => None,
        (None, [TokenTree::Ident(flag)]) if flag == "true" || flag == "false" => None,
        (None, _) if is_foreign => Some(with_batch(word, part, part, true, declaration)),
        (None, _) => Some(by_place(word, part, declaration)),
    }
}

/// Reads the axis in front of branches, `axis: 1`, and gives it as it should have been written. None where it is not known
/// which is meant.
pub fn of_branches(
    word: &str,
    part: &[TokenTree],
    declaration: &mut Reading,
) -> Option<(Dim, String)> {
    let name = named(part).map(|(name, value)| (name.to_string(), value));
    let value = name.as_ref().map_or(part, |(_, value)| value);
    let written = text(part);
    let help = format!(
        "`{word}(axis: 1; ..)` joins along the second axis of a sample, which is `dim` 2 of PyTorch"
    );
    if negative(value).is_some() {
        let what = format!("axes are counted from the front, from 0 on, not as `{written}`");
        undecided(value, what, help, declaration);
        return None;
    }
    if name.as_ref().is_some_and(|(name, _)| name == "axis") {
        return match counted(word, part, value, declaration) {
            Axis::Known(dim, piece) => Some((dim, piece)),
            Axis::Last | Axis::Open => None,
        };
    }
    let number = match value {
        [TokenTree::Literal(literal)] => number(literal).map(|number| (number, literal.span())),
        _ => None,
    };
    match number {
        Some((number @ 1.., span)) if name.is_some() => {
            let piece = format!("axis: {}", number - 1);
            let what = format!("axes are counted without the batch: `{written}` is `{piece}`");
            fault(part, what, declaration);
            Some((Dim::Literal(number - 1, span), piece))
        }
        _ => {
            let what = format!(
                "`{written}` may be counted with the batch or without: `{word}` has its axis by name"
            );
            undecided(part, what, help, declaration);
            None
        }
    }
}

/// What is to be decided of an axis counted from behind, where no shape says which it is.
const FROM_THE_FRONT: &str = "give the number of the axis from the front";

/// An axis that the shape will tell.
fn counted_from_behind(part: &[TokenTree], count: usize) -> Unshaped {
    Unshaped::FromBehind { written: text(part), front: "axis: ", count, is_axis: true }
}

/// `axis: 1`
fn counted(word: &str, part: &[TokenTree], value: &[TokenTree], declaration: &mut Reading) -> Axis {
    let written = text(value);
    if let Some(from_behind) = negative(value) {
        let what = format!("`axis` is counted from the front, from 0 on, not `{written}`");
        if from_behind == 1 {
            let what = format!("{what}: without it `{word}` goes along the last");
            fault(value, what, declaration);
            return Axis::Last;
        }
        undecided(value, what, FROM_THE_FRONT, declaration);
        declaration.faults.leave_to_shape(counted_from_behind(part, from_behind));
        return Axis::Open;
    }
    if let [TokenTree::Literal(literal)] = value
        && number(literal) == Some(0)
    {
        return Axis::Known(Dim::Literal(0, literal.span()), "axis: 0".to_owned());
    }
    let faults_before = declaration.faults.len();
    let is_no_number = matches!(value, [TokenTree::Literal(literal)] if number(literal).is_none());
    let read = if is_no_number { None } else { dimension::read(value, declaration) };
    match read {
        Some((Dim::Parameter(parameter), ..)) => {
            let [what, help] = not_computed(&parameter, &format!("`axis` of `{word}`"));
            undecided(value, what, help, declaration);
            Axis::Open
        }
        Some((dim, mended, [])) if declaration.faults.len() == faults_before => {
            Axis::Known(dim, format!("axis: {mended}"))
        }
        _ => {
            if declaration.faults.len() == faults_before {
                let what = format!("`axis` takes the number of an axis, not `{written}`");
                let place = if value.is_empty() { part } else { value };
                undecided(place, what, "axes are counted from the front: `axis: 0`", declaration);
            }
            Axis::Open
        }
    }
}

/// An axis of PyTorch and Keras, which count the batch as the first.
fn with_batch(
    word: &str,
    part: &[TokenTree],
    value: &[TokenTree],
    is_foreign: bool,
    declaration: &mut Reading,
) -> Axis {
    let written = text(part);
    if negative(value) == Some(1) {
        // Under another name, which is told, it is no further fault.
        if !is_foreign {
            let what =
                format!("`{word}` takes no `{written}`: without an axis it goes along the last");
            fault(part, what, declaration);
        }
        return Axis::Last;
    }
    if let Some(from_behind) = negative(value) {
        let what = format!("axes are counted from the front, not as `{written}`");
        undecided(part, what, FROM_THE_FRONT, declaration);
        declaration.faults.leave_to_shape(counted_from_behind(part, from_behind));
        return Axis::Open;
    }
    let number = match value {
        [TokenTree::Literal(literal)] => number(literal),
        _ => None,
    };
    let counted = "axes are counted without the batch";
    let help = format!("`{word}(axis: 0)` goes along the first axis of a sample");
    match number {
        Some(0) => {
            let what = format!("`{written}` is the batch, and `{word}` sees one sample at a time");
            undecided(part, what, help, declaration);
            Axis::Open
        }
        Some(number) => {
            let axis = number - 1;
            // As above.
            if !is_foreign {
                let what = format!("{counted}: `{written}` is `axis: {axis}`");
                fault(part, what, declaration);
            }
            Axis::Known(Dim::Literal(axis, part[0].span()), format!("axis: {axis}"))
        }
        None => {
            let what = format!("{counted}: `{written}` may be another");
            undecided(part, what, help, declaration);
            Axis::Open
        }
    }
}

/// `softmax(1)`, which may be a width, or an axis counted with the batch or without.
fn by_place(word: &str, part: &[TokenTree], declaration: &mut Reading) -> Axis {
    let written = text(part);
    if negative(part) == Some(1) {
        let what = format!("`{word}` takes no `{written}`: without an axis it goes along the last");
        fault(part, what, declaration);
        return Axis::Last;
    }
    let (may_be, behind) = match words::activation(word) {
        Some(_) => ("a width or an axis", format!(", and a width stands behind: `{word} 32`")),
        None => ("an axis counted with the batch or without", String::new()),
    };
    let what = format!("`{written}` may be {may_be}: `{word}` has its axis by name");
    let help = format!(
        "`{word}(axis: 0)` goes along the first axis of a sample, which is `dim` 1 of PyTorch{behind}"
    );
    undecided(part, what, help, declaration);
    Axis::Open
}

/// Says that an activation has no such argument; gives whether it is left out.
fn is_told(word: &str, part: &[TokenTree], declaration: &mut Reading) -> bool {
    let Some((name, value)) = named(part) else { return false };
    if let Some(missing) = words::missing_argument(word, &name.to_string()) {
        return tell_missing(word, part, value, missing, declaration);
    }
    tell_unknown(word, part, value, std::iter::once("axis"), declaration);
    false
}

/// The value of a whole number.
fn number(literal: &Literal) -> Option<usize> {
    let number: syn::LitInt = syn::parse_str(&literal.to_string()).ok()?;
    number.base10_parse().ok().filter(|_| number.suffix().is_empty())
}

/// How far from behind a negative number counts.
fn negative(value: &[TokenTree]) -> Option<usize> {
    match value {
        [minus, TokenTree::Literal(literal)] if is_punct(minus, '-') => number(literal),
        _ => None,
    }
}
