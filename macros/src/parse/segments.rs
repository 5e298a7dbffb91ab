//! Splits what stands between `<` and `>` at its arrows.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenTree};

use super::reading::Reading;
use super::text::{is_punct, text};
use super::told::{NO_LAST_STAGE, no_meaning};
use super::{activation, dimension, inputs, stage, tokens};
use crate::ast::{Part, Role, Stage, StageKind};
use crate::diagnostic::{Help, Place};
use crate::words;

/// The tokens between two arrows.
struct Segment {
    tokens: Vec<TokenTree>,
    /// The arrow in front of it, as written.
    arrow: Option<(Place, String)>,
}

/// Reads the input and all stages.
pub fn read(body: &[TokenTree], opening: Span, declaration: &mut Reading) {
    let segments = split(body);
    let has_stages = segments.len() > 1;
    for (index, segment) in segments.iter().enumerate() {
        let position = if index + 1 == segments.len() { Position::Last } else { Position::Inner };
        if index > 0 {
            read_stage(segment, Place::at(opening), position, declaration);
            continue;
        }
        push_part(segment, declaration);
        if has_stages {
            let arrow = segments[1].arrow.as_ref().map(|(place, _)| *place);
            read_input(&segment.tokens, arrow.unwrap_or(Place::at(opening)), declaration);
        } else {
            no_stages(&segment.tokens, opening, declaration);
        }
    }
    if declaration.outputs.is_none() && only_state_shapes(&declaration.stages) {
        builds_nothing(&segments, declaration);
    }
}

/// Whether there are stages, but none that computes.
pub fn only_state_shapes(stages: &[Stage]) -> bool {
    let states = |stage: &Stage| matches!(stage.kind, StageKind::Assertion(_));
    !stages.is_empty() && stages.iter().all(states)
}

fn builds_nothing(segments: &[Segment], declaration: &mut Reading) {
    let Some(Stage { kind: StageKind::Assertion(dims), part, place, .. }) =
        declaration.stages.last()
    else {
        return;
    };
    let (part, end) = (*part, place.end);
    // What fits any shape of this kind.
    let stage = match dims.len() {
        _ if !declaration.vocabularies.is_empty() => "embedding(32)",
        3.. => "relu",
        _ => "relu 32",
    };
    let start = declaration.stages[0].place.start;
    let stated: Vec<String> = segments[1..].iter().map(|segment| text(&segment.tokens)).collect();
    let what = format!("a network needs a stage that computes, not only `{}`", stated.join(" => "));
    declaration.faults.add(Place { start, end }, Some(part), what, Help::Shapes);
    if let Some(mended) = &mut declaration.parts[part].mended {
        mended.push_str(" => ");
        mended.push_str(stage);
    }
}

/// Reads stages inside a composition, of which there is at least one.
pub fn stages(body: &[TokenTree], opening: Span, declaration: &mut Reading) -> Vec<Stage> {
    let outer_stages = std::mem::take(&mut declaration.stages);
    let outer_labels = std::mem::take(&mut declaration.labels);
    declaration.depth += 1;
    run(body, opening, declaration);
    declaration.depth -= 1;
    declaration.labels = outer_labels;
    std::mem::replace(&mut declaration.stages, outer_stages)
}

/// Reads stages that follow one another, of which there is at least one.
pub fn run(body: &[TokenTree], opening: Span, declaration: &mut Reading) {
    let segments = split(body);
    for (index, segment) in segments.iter().enumerate() {
        let position = match index {
            0 if segments.len() > 1 => Position::First,
            _ if index + 1 == segments.len() => Position::Last,
            _ => Position::Inner,
        };
        let next_arrow = segments.get(index + 1).and_then(|next| next.arrow.as_ref());
        let in_front = next_arrow.map_or(Place::at(opening), |(place, _)| *place);
        read_stage(segment, in_front, position, declaration);
    }
}

/// Where a segment stands among those that are joined by arrows.
#[derive(Clone, Copy)]
enum Position {
    First,
    Inner,
    Last,
}

fn push_part(segment: &Segment, declaration: &mut Reading) {
    let written = text(&segment.tokens);
    let arrow = segment.arrow.as_ref().map_or(String::new(), |(_, arrow)| arrow.clone());
    let mended = Some(written.clone());
    declaration.parts.push(Part { arrow, written, mended, role: Role::Stage, lacks_arrow: false });
}

fn read_stage(segment: &Segment, opening: Place, position: Position, declaration: &mut Reading) {
    push_part(segment, declaration);
    declaration.is_last = matches!(position, Position::Last);
    let part = declaration.parts.len() - 1;
    let (place, arrow) = match &segment.arrow {
        Some((place, arrow)) => (*place, arrow.as_str()),
        None => (opening, "=>"),
    };
    let is_mistyped = arrow != "=>";
    if is_mistyped {
        let what = if segment.tokens.is_empty() {
            // Nothing is joined by it.
            no_meaning(arrow)
        } else {
            format!("`{arrow}` is no arrow: stages are joined by `=>`")
        };
        declaration.faults.add(place, Some(part), what, Help::Shapes);
    }
    if !segment.tokens.is_empty() {
        return stage::read(&segment.tokens, declaration);
    }
    declaration.parts[part].mended = None;
    if !is_mistyped {
        let what = match position {
            Position::First => "no stage stands in front of the first arrow",
            Position::Inner => "no stage follows this arrow",
            Position::Last => NO_LAST_STAGE,
        };
        declaration.faults.add(place, Some(part), what, Help::Shapes);
    }
}

fn no_stages(tokens: &[TokenTree], opening: Span, declaration: &mut Reading) {
    if tokens.is_empty() {
        declaration.parts[0].mended = None;
    } else {
        read_input(tokens, Place::at(opening), declaration);
    }
    // With an arrow missing, there are stages.
    if declaration.stages.is_empty() && declaration.outputs.is_none() {
        let place = Place::of(tokens, opening);
        let what = match tokens.is_empty() {
            true => "an empty network: it has neither an input nor a stage",
            false => "an empty network: no stage follows the input",
        };
        declaration.faults.add(place, None, what, Help::Shapes);
    }
}

fn read_input(tokens: &[TokenTree], arrow: Place, declaration: &mut Reading) {
    match tokens {
        [] => {
            declaration.parts[0].mended = Some("10".to_owned());
            let what = "the size of the input is missing in front of the first arrow";
            declaration.faults.add(arrow, None, what, Help::Shapes);
        }
        [TokenTree::Ident(_), colon, dims @ ..]
            if (is_punct(colon, ':') || is_punct(colon, '='))
                && !dims.is_empty()
                && !is_punct(&dims[0], ':') =>
        {
            declaration.parts[0].mended = Some(text(dims));
            let what = "the input takes no label: it is always called `input`";
            let place = Place::of(&tokens[..1], arrow.start);
            declaration.faults.add(place, Some(0), what, Help::Shapes);
        }
        [TokenTree::Ident(scalar), comma, dims @ ..]
            if is_punct(comma, ',') && (scalar == "f32" || scalar == "f64") =>
        {
            match inputs::group(dims) {
                // What refers to one of them is no fault.
                Some(group) => inputs::read(group, declaration),
                None => declaration.parts[0].mended = Some(text(dims)),
            }
            declaration.parameters = vec![scalar.to_string()];
            let what = format!("`{scalar}` is separated from the input by `;`, not by `,`");
            let place = Place::of(&tokens[1..2], arrow.start);
            declaration.faults.add(place, Some(0), what, Help::Shapes);
        }
        tokens => {
            if let Some(group) = inputs::group(tokens) {
                return inputs::read(group, declaration);
            }
            if let Some(rest) = tokens::read(tokens, declaration) {
                if !rest.is_empty() {
                    stage::go_on(tokens, rest, declaration);
                }
                return;
            }
            if let Some((dims, mended)) = dimension::shape(&tokens[..1], declaration) {
                declaration.parts[0].mended = Some(mended);
                declaration.input = dims;
                if tokens.len() > 1 {
                    stage::go_on(tokens, &tokens[1..], declaration);
                }
                return;
            }
            match dimension::read(tokens, declaration) {
                Some((dim, mended, rest)) => {
                    // What is behind it may belong to it: `28 * 28`.
                    let before = &tokens[..tokens.len() - rest.len()];
                    if rest.is_empty() || mended != text(before) {
                        declaration.parts[0].mended = Some(mended);
                    }
                    declaration.input = vec![dim];
                    if !rest.is_empty() {
                        stage::go_on(tokens, rest, declaration);
                    }
                }
                None if in_parentheses(&tokens[0]).is_some() => {
                    let dims = in_parentheses(&tokens[0]).expect("it is");
                    let what = "the sizes of an input stand in brackets";
                    let place = Place::of(&tokens[..1], arrow.start);
                    declaration.faults.add(place, Some(0), what, Help::Shapes);
                    if let Some((dims, mended)) = dimension::shape(&[dims], declaration) {
                        declaration.parts[0].mended = Some(mended);
                        declaration.input = dims;
                    }
                    if tokens.len() > 1 {
                        stage::go_on(tokens, &tokens[1..], declaration);
                    }
                }
                None => {
                    // Perhaps a size with something in front of it.
                    let size =
                        tokens.iter().position(|token| matches!(token, TokenTree::Literal(_)));
                    let (wrong, size) = tokens.split_at(size.unwrap_or(tokens.len()));
                    let size = if size.is_empty() { "10".to_owned() } else { text(&size[..1]) };
                    // What acts on the input is a stage of its own.
                    let mended = match activation::stands_alone(wrong) {
                        true => format!("{size} => {}", text(wrong)),
                        false => size,
                    };
                    declaration.parts[0].mended = Some(mended);
                    let what =
                        format!("the input is a size and nothing else, not `{}`", text(wrong));
                    let place = Place::of(wrong, arrow.start);
                    declaration.faults.add(place, Some(0), what, Help::Shapes);
                }
            }
        }
    }
}

/// `(1, 28, 28)` in brackets.
pub fn in_parentheses(token: &TokenTree) -> Option<TokenTree> {
    let TokenTree::Group(group) = token else { return None };
    let has_sizes = group.stream().into_iter().any(|token| !is_punct(&token, ','));
    if group.delimiter() != Delimiter::Parenthesis || !has_sizes {
        return None;
    }
    let mut brackets = Group::new(Delimiter::Bracket, group.stream());
    brackets.set_span(group.span());
    Some(brackets.into())
}

/// Whether `=` behind these tokens is meant to be the `:` of a label.
fn is_label(before: &[TokenTree]) -> bool {
    let [TokenTree::Ident(name)] = before else { return false };
    !words::is_word(&name.to_string()) && !dimension::names_a_const(name)
}

fn split(body: &[TokenTree]) -> Vec<Segment> {
    let mut segments = vec![Segment { tokens: Vec::new(), arrow: None }];
    let mut depth = 0usize;
    let mut position = 0;
    while position < body.len() {
        let rest = &body[position..];
        let segment = segments.len() - 1;
        let current = segments.last_mut().expect("never empty");
        let puncts = puncts(rest);
        let is_arrow = puncts.starts_with("=>") && !(puncts.starts_with("=>>") && depth > 0);
        let length = if is_arrow {
            depth = 0;
            Some(2)
        } else if depth > 0 || puncts == "=" && is_label(&current.tokens) {
            None
        } else if segment > 0 && puncts.starts_with([',', ';']) {
            Some(1)
        } else {
            wrong_arrow(&puncts)
        };
        if let Some(length) = length {
            let place = Place::of(&rest[..length], Span::call_site());
            let arrow = Some((place, puncts[..length].to_owned()));
            segments.push(Segment { tokens: Vec::new(), arrow });
            position += length;
            continue;
        }
        match puncts.chars().next() {
            Some('<') if opens_generics(&current.tokens) => depth += 1,
            Some('>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        current.tokens.push(rest[0].clone());
        position += 1;
    }
    segments
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
