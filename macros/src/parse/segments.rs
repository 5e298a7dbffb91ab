//! Splits what stands between `<` and `>` at its arrows.

use proc_macro2::{Spacing, Span, TokenTree};

use super::{dimension, is_punct, stage, text};
use crate::ast::{Declaration, Dim};
use crate::diagnostic::{Help, Place};

/// The tokens between two arrows.
struct Segment {
    tokens: Vec<TokenTree>,
    /// The arrow in front of it.
    arrow: Option<Place>,
}

/// Reads the input and all stages.
pub fn read(body: &[TokenTree], opening: Span, declaration: &mut Declaration) {
    let (segments, mistyped) = split(body);
    declaration.segments = segments.iter().map(|segment| text(&segment.tokens)).collect();
    for (place, arrow, segment) in mistyped {
        declaration.faults.add(
            place,
            Some(segment),
            format!("`{arrow}` is no arrow: stages are joined by `=>`"),
            Help::Segments(Vec::new()),
        );
    }
    let [input, stages @ ..] = segments.as_slice() else { return };
    if stages.is_empty() {
        no_stages(input, opening, declaration);
        return;
    }
    read_input(input, opening, declaration);
    for (index, segment) in stages.iter().enumerate() {
        let arrow = segment.arrow.unwrap_or(Place::at(opening));
        if segment.tokens.is_empty() {
            empty_segment(index + 1, arrow, declaration);
        } else {
            stage::read(&segment.tokens, index + 1, declaration);
        }
    }
}

fn no_stages(input: &Segment, opening: Span, declaration: &mut Declaration) {
    let place = Place::of(&input.tokens, opening);
    let input = if input.tokens.is_empty() { "10" } else { &declaration.segments[0] };
    let help = Help::Segments(vec![input.to_owned(), "relu 32".to_owned(), "2".to_owned()]);
    declaration.faults.add(place, None, "an empty network: no stage follows the input", help);
}

fn read_input(input: &Segment, opening: Span, declaration: &mut Declaration) {
    match input.tokens.as_slice() {
        [] => {
            let help = Help::Segment(0, "10".to_owned());
            let what = "the size of the input is missing before the first arrow";
            declaration.faults.add(Place::at(opening), None, what, help);
        }
        [TokenTree::Ident(_), colon, dims @ ..]
            if is_punct(colon, ':') && dims.first().is_some_and(|first| !is_punct(first, ':')) =>
        {
            let help = Help::Segment(0, text(dims));
            let what = "the input takes no label: it is always called `input`";
            declaration.faults.add(Place::of(&input.tokens[..1], opening), None, what, help);
        }
        tokens @ [first, comma, dims @ ..]
            if is_punct(comma, ',')
                && matches!(
                    text(tokens).split(' ').next(),
                    Some("f32" | "f64" | "f32," | "f64,")
                ) =>
        {
            let scalar = text(std::slice::from_ref(first));
            let help = Help::Segment(0, format!("{scalar}; {}", text(dims)));
            let what = format!("`{scalar}` is separated from the input by `;`");
            declaration.faults.add(Place::of(&tokens[1..2], opening), None, what, help);
        }
        tokens => {
            if let Some(dims) = dimension::shape(tokens, 0, declaration) {
                declaration.input = dims;
                return;
            }
            let (dim, rest) = dimension::read(tokens, 0, declaration);
            declaration.input = vec![dim.unwrap_or(Dim::Faulty)];
            if !rest.is_empty() {
                stage::leftover(tokens, rest, 0, declaration);
            }
        }
    }
}

fn empty_segment(index: usize, arrow: Place, declaration: &mut Declaration) {
    let is_last = index + 1 == declaration.segments.len();
    let what = if is_last {
        "no stage follows the last arrow"
    } else {
        "no stage stands between these two arrows"
    };
    let mut mended = declaration.segments.clone();
    mended.remove(index);
    if mended.len() < 2 {
        mended.push("2".to_owned());
    }
    declaration.faults.add(arrow, Some(index), what, Help::Segments(mended));
}

type Mistyped = (Place, String, usize);

fn split(body: &[TokenTree]) -> (Vec<Segment>, Vec<Mistyped>) {
    let mut segments = vec![Segment { tokens: Vec::new(), arrow: None }];
    let mut mistyped = Vec::new();
    let mut depth = 0usize;
    let mut position = 0;
    while position < body.len() {
        let rest = &body[position..];
        let current = segments.last_mut().expect("never empty");
        let arrow = puncts(rest);
        let is_arrow = arrow.starts_with("=>") && !(arrow.starts_with("=>>") && depth > 0);
        if is_arrow {
            depth = 0;
            segments.push(Segment { tokens: Vec::new(), arrow: Some(place(&rest[..2])) });
            position += 2;
            continue;
        }
        let wrong = if depth == 0 { wrong_arrow(&arrow) } else { None };
        if let Some(length) = wrong {
            let place = place(&rest[..length]);
            mistyped.push((place, arrow[..length].to_owned(), segments.len()));
            segments.push(Segment { tokens: Vec::new(), arrow: Some(place) });
            position += length;
            continue;
        }
        match arrow.chars().next() {
            Some('<') if opens_generics(&current.tokens) => depth += 1,
            Some('>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        current.tokens.push(rest[0].clone());
        position += 1;
    }
    (segments, mistyped)
}

/// How many characters of punctuation that is none of the language stand where an arrow may.
fn wrong_arrow(puncts: &str) -> Option<usize> {
    ["==>", "-->", "->", "~>", "|>", ">=", ">>", "<=", "<-", "=", ">"]
        .into_iter()
        .find(|wrong| puncts.starts_with(wrong))
        .map(str::len)
}

/// The run of joint punctuation that starts here.
fn puncts(tokens: &[TokenTree]) -> String {
    let mut run = String::new();
    for token in tokens {
        let TokenTree::Punct(punct) = token else { break };
        run.push(punct.as_char());
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    run
}

fn opens_generics(before: &[TokenTree]) -> bool {
    match before.last() {
        Some(TokenTree::Ident(_)) => true,
        Some(token) => is_punct(token, ':'),
        None => false,
    }
}

fn place(tokens: &[TokenTree]) -> Place {
    Place::of(tokens, Span::call_site())
}
