//! Layers of the language with their arguments.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenTree};

use super::argument::Reader;
use super::padding;
use super::reading::{OfNext, Reading, fault};
use super::text::{call_text, is_punct, named, takes_list, text};
use super::told::own_type;
use crate::ast::{Dense, DenseCall, Dim, LayerCall, Operation, Value};
use crate::words::{self, Example, FollowsFromShape, Layer, Omitted, Rule};

/// Whether a layer's word stands at the front, or one that is meant to be.
pub fn starts(tokens: &[TokenTree]) -> bool {
    word(tokens).is_some()
}

/// Whether a layer stands at the front under a name of another library, which may read like a const: `LSTM(64)`.
pub fn is_called_elsewhere(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Ident(name), ..] = tokens else { return false };
    name.to_string().starts_with(|first: char| first.is_ascii_uppercase()) && starts(tokens)
}

/// Reads a layer with its arguments, if a layer's word stands at the front.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Operation, &'a [TokenTree])> {
    let (name, word, follows_from_shape) = word(tokens)?;
    if declaration.const_parameters.contains(name) {
        return None;
    }
    let faults_before = declaration.faults.len();
    let here = words::argument_here(&name.to_string()).filter(|_| name != word.word);
    if let Some((_, argument)) = here {
        let what = format!("`{name}` is no stage, but a part of `{}`: `{argument}`", word.word);
        fault(&tokens[..1], what, declaration);
        let part = declaration.parts.len() - 1;
        declaration.of_next = Some(OfNext { part, word: word.word, argument });
    } else if name != word.word {
        let is_alone = tokens.len() == 1 && words::is_foreign_class(&name.to_string());
        let own = if is_alone { own_type(name) } else { String::new() };
        let what = format!("unknown layer `{name}`, did you mean `{}`?{own}", word.word);
        fault(&tokens[..1], what, declaration);
    }
    let rest = &tokens[1..];
    let takes_list = takes_list(word);
    let (inner, rest): (Vec<TokenTree>, _) = match rest {
        // A list in the wrong parentheses.
        [TokenTree::Group(group), behind @ ..]
            if is(group, Delimiter::Parenthesis) && takes_list && lists_sizes(group) =>
        {
            (vec![rest[0].clone()], behind)
        }
        [TokenTree::Group(group), behind @ ..] if is(group, Delimiter::Parenthesis) => {
            (group.stream().into_iter().collect(), behind)
        }
        [TokenTree::Group(group), behind @ ..] if is(group, Delimiter::Bracket) && takes_list => {
            (vec![rest[0].clone()], behind)
        }
        [TokenTree::Group(group), behind @ ..]
            if is(group, Delimiter::Bracket) && takes_any_required(word) =>
        {
            in_parentheses(&rest[..1], word, declaration);
            (group.stream().into_iter().collect(), behind)
        }
        [TokenTree::Literal(literal), ..]
            if !takes_list
                && (takes_any_required(word)
                    || !word.arguments.is_empty() && literal.to_string().contains('.')) =>
        {
            let are_literals =
                rest.iter().take_while(|token| matches!(token, TokenTree::Literal(_)));
            let (literals, behind) = rest.split_at(are_literals.count().min(word.arguments.len()));
            in_parentheses(literals, word, declaration);
            (joined(literals), behind)
        }
        _ => (Vec::new(), rest),
    };
    let mut reader = Reader::new(word, name, follows_from_shape, declaration);
    match here {
        // What stands in its parentheses is not for the layer that it is a part of.
        Some((_, argument)) => reader.pieces.push((true, argument.to_owned())),
        None => {
            let translated = padding::arguments(name, &tokens[1..]);
            reader.read(&translated.unwrap_or_else(|| placed_as_here(word, name, inner)));
        }
    }
    let is_reported = reader.declaration.faults.len() > faults_before;
    reader.complete_elsewhere();
    reader.complete(is_reported);
    mended.extend(reader.activation.take());
    if reader.layers > 1 {
        // What the one behind it gives for the last step alone, each in front gives for all.
        let pieces = reader.pieces.iter().map(|(_, piece)| piece.as_str());
        let pieces: Vec<&str> = pieces.filter(|piece| !piece.starts_with("last:")).collect();
        let front = format!("{} =>", call_text(word, &pieces));
        mended.splice(0..0, vec![front; reader.layers - 1]);
    }
    let pieces = reader.pieces.iter().map(|(_, piece)| piece.as_str()).collect::<Vec<_>>();
    mended.push(call_text(word, &pieces));
    if word.rule == Rule::Dense {
        return Some((Operation::Dense(dense(reader)), rest));
    }
    let call = LayerCall {
        word,
        name: name.clone(),
        text: text(&tokens[..tokens.len() - rest.len()]),
        arguments: reader.arguments,
        order: reader.order,
        is_known: reader.is_known,
    };
    Some((Operation::Layer(Box::new(call)), rest))
}

/// The dense layer of these arguments, which are its width and whether it has a bias.
fn dense(reader: Reader<'_>) -> Dense {
    let Reader { word, name, arguments, pieces, .. } = reader;
    let (mut width, mut has_bias) = (Dim::Faulty, true);
    for argument in arguments.into_iter().flatten() {
        match argument.value {
            Value::Size(size) => width = size,
            Value::Word(flag) => has_bias = flag == "true",
            Value::Sizes(_) | Value::Number(_) | Value::Reference(_) => {}
        }
    }
    let [mut opening, mut closing] = [format!("{}(", word.word), String::new()];
    for (index, (is_named, piece)) in pieces.iter().enumerate() {
        let is_width = piece.starts_with("out: ") || index == 0 && !is_named;
        match is_width {
            true if *is_named => opening.push_str("out: "),
            true => {}
            false if index == 0 => opening.push_str(&format!("{piece}, ")),
            false => closing.push_str(&format!(", {piece}")),
        }
    }
    closing.push(')');
    let call = DenseCall { name: name.clone(), around: [opening, closing] };
    Dense { width, has_bias, call: Some(Box::new(call)) }
}

/// Whether several values stand in a group, none of them named or a list.
fn lists_sizes(group: &Group) -> bool {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_list = |part: &[TokenTree]| matches!(part, [TokenTree::Group(group)] if !is(group, Delimiter::Brace));
    let mut parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
    parts.clone().count() > 1 && parts.all(|part| named(part).is_none() && !is_list(part))
}

fn takes_any_required(word: &Layer) -> bool {
    word.arguments.iter().any(|argument| matches!(argument.omitted, Omitted::Required(_)))
}

fn in_parentheses(tokens: &[TokenTree], word: &Layer, declaration: &mut Reading) {
    let example = match tokens {
        [TokenTree::Literal(_), ..] => {
            let mut given: Vec<String> = tokens.iter().map(TokenTree::to_string).collect();
            let required =
                word.arguments[given.len()..].iter().map_while(|argument| match argument.omitted {
                    Omitted::Required(example) => Some(example.to_owned()),
                    _ => None,
                });
            given.extend(required);
            format!("{}({})", word.word, given.join(", "))
        }
        _ => word.example(),
    };
    let what = format!("`{}` takes its arguments in parentheses: `{example}`", word.word);
    fault(tokens, what, declaration);
}

/// The tokens with commas between them.
fn joined(tokens: &[TokenTree]) -> Vec<TokenTree> {
    let comma = |token: &TokenTree| [Punct::new(',', Spacing::Alone).into(), token.clone()];
    tokens.iter().flat_map(comma).skip(1).collect()
}

/// Arguments by place, with names in front of those that have another place here than in the library that the layer's
/// name is from.
fn placed_as_here(word: &Layer, name: &Ident, inner: Vec<TokenTree>) -> Vec<TokenTree> {
    let places = words::places_elsewhere(&name.to_string());
    let here = |place: usize| word.arguments.get(place).map(|argument| argument.name);
    let mut placed = Vec::new();
    for (place, part) in inner.split(|token| is_punct(token, ',')).enumerate() {
        if place > 0 {
            placed.push(Punct::new(',', Spacing::Alone).into());
        }
        if let (Some(first), Some(&there)) = (part.first(), places.get(place))
            && named(part).is_none()
            && here(place) != Some(there)
        {
            placed.push(Ident::new(there, first.span()).into());
            placed.push(Punct::new(':', Spacing::Alone).into());
        }
        placed.extend_from_slice(part);
    }
    placed
}

fn is(group: &Group, delimiter: Delimiter) -> bool {
    group.delimiter() == delimiter
}

/// The layer's word at the front and the layer that it is or is meant to be. With it, which argument of
/// another library there is none here.
type Word<'a> = (&'a Ident, &'static Layer, Option<FollowsFromShape>);

fn word(tokens: &[TokenTree]) -> Option<Word<'_>> {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    if rest.first().is_some_and(|token| is_punct(token, ':') || is_punct(token, '<')) {
        return None;
    }
    let written = name.to_string();
    if let Some(word) = words::layer(&written) {
        return Some((name, word, words::follows_from_shape(word)));
    }
    if padding::arguments(name, rest).is_some() {
        return words::layer("pad").map(|pad| (name, pad, None));
    }
    let starts_lower =
        written.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    // `Encoder` alone is a type of the user's, `Conv2d(16, 3)` cannot be.
    let has_arguments =
        matches!(rest.first(), Some(TokenTree::Group(group)) if is(group, Delimiter::Parenthesis));
    let is_alone = rest.is_empty() && words::is_foreign_class(&written);
    if !starts_lower && !has_arguments && !is_alone {
        return None;
    }
    let mistyped = || words::mistyped(&written).and_then(words::layer).map(|layer| (layer, None));
    let (word, follows_from_shape) = words::layer_called(&written).or_else(mistyped)?;
    // A pool has a kernel; without one it is over all of a sequence.
    let is_mean = written.to_lowercase().replace('_', "") == "meanpool";
    match words::layer("mean_over_time").filter(|_| is_mean && !has_arguments) {
        Some(mean) => Some((name, mean, None)),
        None => Some((name, word, follows_from_shape)),
    }
}
