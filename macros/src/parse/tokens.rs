//! Input that is tokens: `tokens(64, vocab: 65)`.

use proc_macro2::{Delimiter, TokenTree};

use super::argument::Reader;
use super::reading::{Reading, fault};
use super::text::{call_text, text};
use crate::ast::{Dim, Value};
use crate::diagnostic::{Help, Place, nearest};
use crate::words::TOKENS;

/// An input of tokens.
pub struct TokensInput {
    pub length: Dim,
    pub vocabularies: Vec<Dim>,
    pub padding: Option<(Dim, Place)>,
    /// As it should have been written.
    pub mended: String,
}

/// Reads the only input, if it is tokens; gives what is behind it.
pub fn read<'a>(tokens: &'a [TokenTree], declaration: &mut Reading) -> Option<&'a [TokenTree]> {
    let (input, rest) = input(tokens, declaration)?;
    if let Some((_, place)) = input.padding {
        let what = "`padding` makes a mask of tokens, which stages speak of by their label";
        let help = format!(
            "label them: `(words: {}) => &words`, and `mask: &words` is their mask",
            input.mended
        );
        let part = declaration.part();
        declaration.faults.add(place, part, what, Help::Text(help));
    }
    let part = declaration.parts.len() - 1;
    declaration.parts[part].mended = Some(input.mended);
    declaration.input = vec![input.length];
    declaration.vocabularies = input.vocabularies;
    Some(rest)
}

/// Reads an input of tokens, if one stands at the front; gives what is behind it.
pub fn input<'a>(
    tokens: &'a [TokenTree],
    declaration: &mut Reading,
) -> Option<(TokensInput, &'a [TokenTree])> {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    let (inner, rest) = match rest {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (Vec::from_iter(group.stream()), rest)
        }
        _ if name == TOKENS.word => (Vec::new(), &[][..]),
        _ => return None,
    };
    if name != TOKENS.word {
        let name = name.to_string();
        let is_meant = ["Tokens", "ids", "token_ids", "Token"].contains(&name.as_str());
        if !is_meant && nearest(&name, std::iter::once(TOKENS.word)).is_none() {
            return None;
        }
        let what = format!("unknown input `{name}`, did you mean `tokens`?");
        fault(&tokens[..1], what, declaration);
    }
    let faults_before = declaration.faults.len();
    let mut reader = Reader::new(&TOKENS, name, None, declaration);
    reader.read(&inner);
    let is_reported = reader.declaration.faults.len() > faults_before;
    reader.complete(is_reported);
    let mut pieces: Vec<String> = reader.pieces.iter().map(|(_, piece)| piece.clone()).collect();
    let padding_at = reader.arguments[2].as_ref().map(|padding| padding.place);
    let mut arguments = reader.arguments.into_iter().map(|argument| Some(argument?.value));
    let length = arguments.next().flatten();
    let vocabularies = match arguments.next().flatten() {
        Some(Value::Size(size)) => vec![size],
        Some(Value::Sizes(sizes)) => sizes,
        _ => vec![Dim::Faulty],
    };
    let length = match length {
        Some(Value::Size(length)) => length,
        _ => Dim::Faulty,
    };
    let padding = match (arguments.next().flatten(), padding_at) {
        (Some(Value::Size(token)), Some(place)) => Some((token, place)),
        _ => None,
    };
    let places = vocabularies.len();
    let fits = match length {
        Dim::Literal(length, _) => length == places || places == 1,
        Dim::Faulty => true,
        _ => places == 1,
    };
    if !fits && !is_reported {
        let what = format!(
            "{places} vocabularies are for {places} tokens, one each, not for {}",
            length.text()
        );
        pieces[0] = places.to_string();
        fault(&inner[..1], what, declaration);
    }
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let mended = call_text(&TOKENS, &pieces);
    let is_faulty = declaration.faults.len() > faults_before;
    let read = text(&tokens[..tokens.len() - rest.len()]);
    let mended = if name == TOKENS.word && !is_faulty { read } else { mended };
    let length = if is_faulty { Dim::Faulty } else { length };
    Some((TokensInput { length, vocabularies, padding, mended }, rest))
}
