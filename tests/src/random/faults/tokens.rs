//! Networks of tokens, broken.

use super::super::declaration::write::{Role, Token};
use super::{Broken, Declaration, Fault, Finder, is, is_known, prefix};

/// All ways to break the input of tokens and what belongs to it.
pub const FAULTS: &[Fault] = faults! {
    Macro "misspelt input" => |d| d.replace(is(Role::Tokens), &["token", "tokns", "ids"]),
    Macro "tokens of zero" => |d| d.replace(is_count, &["0"]),
    Macro "tokens of no number" => |d| d.replace(is_count, &["-3", "2.5", "\"3\"", "3u8"]),
    Macro "tokens of a const parameter" => |d| {
        let name = d.network.parameters.first()?.name;
        d.replace(is_count, &[name])
    },
    Macro "tokens of a list" => |d| d.replace(is(Role::Length), &["[4]", "[2, 3]"]),
    Macro "misspelt vocabulary" => |d| {
        d.replace(is(Role::VocabularyName), &["vocabulary", "vocab_size", "banana"])
    },
    Macro "tokens without a vocabulary" => |d| {
        let index = d.find(is(Role::Vocabulary))?;
        d.tokens.drain(index - 3..=index);
        d.broken(index - 6)
    },
    Macro "a list of no vocabularies" => |d| d.replace(is(Role::Vocabulary), &["[]", "[ ]"]),
    Macro "vocabularies of another number" => |d| {
        let index = d.find(is(Role::Vocabulary))?;
        let length = index - 4;
        if d.tokens[length].text.parse::<usize>().is_err() { return None; }
        d.tokens[index].text = "[3, 4, 5, 6, 7, 8, 9, 10]".into();
        d.broken(length)
    },
    Macro "tokens into a layer of numbers" => |d| {
        let end = d.find(is(Role::VocabularyName))? + 3;
        let text = d.rng.word(&["16", "relu", "lstm(3)", "flatten", "layer_norm", "tanh 8", "residual(8)"]);
        d.insert(end + 1, Role::Arrow, "=>");
        d.insert(end + 2, Role::Word, text);
        let first = text.find(['(', ' ']).unwrap_or(text.len());
        Some(Broken { tokens: d.tokens.clone(), token: end + 2, part: Some(0..first) })
    },
    Macro "embedding behind a stage" => |d| {
        if !d.network.outputs.is_empty() { return None; }
        let index = d.find(is(Role::Close))?;
        d.insert(index, Role::Arrow, "=>");
        d.insert(index + 1, Role::Word, "embedding(4)");
        Some(Broken { tokens: d.tokens.clone(), token: index + 1, part: Some(0..9) })
    },
    Macro "embedding of numbers" => |d| {
        let index = d.find(is(Role::Input))?;
        d.insert(index + 1, Role::Arrow, "=>");
        d.insert(index + 2, Role::Word, "embedding(4)");
        Some(Broken { tokens: d.tokens.clone(), token: index + 2, part: Some(0..9) })
    },
    Macro "each step of a const parameter" => |d| {
        let name = d.network.parameters.first()?.name;
        let embedding = d.find(|tokens, index| tokens[index].text == "embedding")?;
        let end = d.call_end(embedding)?;
        d.insert(end + 1, Role::Arrow, "=>");
        d.insert(end + 2, Role::Width, name);
        d.broken(end + 2)
    },
    Macro "tied to nothing" => |d| d.replace(is(Role::Table), &["tabel", "nothing"]),
    Macro "tied to no label" => |d| d.replace(is(Role::Table), &["3", "\"table\"", "[table]"]),
    Macro "tied without a label" => |d| {
        let table = d.find(is(Role::Table))?;
        let label = d.tokens[table].text.clone();
        let embedding = d.tokens.iter().position(|token| {
            token.role == Role::Label && token.depth == 0 && token.text == label
        })?;
        d.tokens.drain(embedding..embedding + 2);
        d.broken(table - 2)
    },
    Macro "tied with an activation" => |d| {
        let index = d.find(is(Role::Table))? - 2;
        d.insert(index, Role::Activation, "softmax");
        d.broken(index)
    },
    Macro "tied inside" => |d| {
        let index = d.find(is(Role::Table))?;
        // The residual has another shape than the layer.
        if d.tokens[index + 2].role != Role::Close { return None; }
        d.insert(index + 2, Role::CompositionEnd, ")");
        d.insert(index - 2, Role::Parenthesis, "(");
        d.insert(index - 2, Role::Composition, "residual");
        d.broken(index + 2)
    },
    Macro "tied to other features" => |d| other_features(d, true),
    Consts "tied to other features" => |d| other_features(d, false),
    Consts "tokens of zero" => |d| {
        d.network.parameters.is_empty().then_some(())?;
        d.replace(is_count, &["ZERO", "{ 4 - 4 }"])
    },
    Consts "network of another vocabulary" => |d| {
        let (vocabulary, network) = nested(d)?;
        let text = &mut d.tokens[vocabulary].text;
        *text = (text.parse::<usize>().ok()? + 1).to_string();
        d.broken(network)
    },
    Consts "network of other tokens" => |d| {
        let (vocabulary, network) = nested(d)?;
        // So many vocabularies are for so many tokens.
        if d.tokens[vocabulary].text.starts_with('[') { return None; }
        let text = &mut d.tokens[vocabulary - 4].text;
        *text = (text.parse::<usize>().ok()? + 1).to_string();
        d.broken(network)
    },
    Consts "network of tokens of numbers" => |d| {
        let (vocabulary, network) = nested(d)?;
        let input = vocabulary - 6;
        let length = d.tokens[vocabulary - 4].clone();
        d.tokens.drain(input..vocabulary + 2);
        d.tokens.insert(input, Token { role: Role::Input, ..length });
        d.broken(network - 7)
    },
    Consts "network of numbers of tokens" => |d| {
        let input = d.find(is(Role::Input))?;
        let network = d.find(|tokens, index| {
            let token = &tokens[index];
            token.role == Role::Type && token.depth == 0 && !token.text.starts_with("layers::")
        })?;
        if !d.network.parameters.is_empty() || d.network.is_graph { return None; }
        let arrow = d.tokens[..network].iter().rposition(|token| token.role == Role::Arrow)?;
        let width = d.tokens[arrow - 1].text.parse::<usize>().ok()?;
        d.tokens[input].text = format!("tokens({width}, vocab: 5)");
        d.tokens.drain(input + 1..arrow);
        d.broken(network - (arrow - input - 1))
    },
};

fn is_count(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    token.role == Role::Length || token.role == Role::Vocabulary && !token.text.starts_with('[')
}

/// The vocabulary of a network of tokens, and the network that takes them.
fn nested(d: &mut Declaration<'_>) -> Option<(usize, usize)> {
    let vocabulary = d.find(is(Role::Vocabulary))?;
    let stage = vocabulary + 3;
    let network = stage + prefix(&d.tokens[stage..]);
    let is_nested = d.tokens[network].role == Role::Type && d.network.parameters.is_empty();
    is_nested.then_some((vocabulary, network))
}

/// The width in front of a tied layer, made one larger.
fn other_features(d: &mut Declaration<'_>, is_literal: bool) -> Option<Broken> {
    let table = d.find(is(Role::Table))?;
    let width = d.tokens[..table].iter().rposition(|token| token.role == Role::Width)?;
    let is_in_front = d.tokens[width..table].iter().all(|token| {
        matches!(
            token.role,
            Role::Width
                | Role::Arrow
                | Role::Tensors
                | Role::Label
                | Role::Colon
                | Role::Word
                | Role::Parenthesis
        )
    });
    if !is_in_front
        || !is_known(d, width)
        || d.tokens[table..].iter().any(|token| token.role == Role::Type)
    {
        return None;
    }
    let size: usize = d.tokens[width].text.parse().ok()?;
    d.tokens[width].text =
        if is_literal { (size + 1).to_string() } else { format!("{{ {size} + 1 }}") };
    d.broken(table)
}
