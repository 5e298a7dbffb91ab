//! What reads earlier values, several inputs and several outputs, broken.

use super::super::declaration::write::{Role, Token};
use super::{Fault, Finder, is};

/// All ways to break a graph.
pub const FAULTS: &[Fault] = faults! {
    Macro "reference to nothing" => |d| d.replace(reads, &["&quetzalcoatl", "&x1y2z3.latent", "&quetzalcoatl[0]"]),
    Macro "reference to a later stage" => |d| {
        let index = d.find(reads_one)?;
        let labels = d.all(|tokens, at| at > index && is(Role::Label)(tokens, at));
        if labels.is_empty() { return None; }
        let later = *d.rng.pick(&labels);
        d.tokens[index].text = format!("&{}", d.tokens[later].text);
        d.broken(index)
    },
    Macro "reference to the stage around it" => |d| {
        let index = d.find(|tokens, index| reads_one(tokens, index) && around(tokens, index).is_some())?;
        let label = around(&d.tokens, index)?;
        d.tokens[index].text = format!("&{}", d.tokens[label].text);
        d.broken(index)
    },
    Macro "value without a sign" => |d| {
        let index = d.find(|tokens, index| {
            is(Role::Read)(tokens, index) && is_label(&tokens[index].text)
        })?;
        d.tokens[index].text.remove(0);
        d.broken(index)
    },
    Macro "turn past the end" => |d| {
        let index = d.find(|tokens, index| {
            reads(tokens, index) && tokens[index].text.contains(|c: char| c.is_ascii_digit())
                && tokens[index].text.contains('[') && !tokens[index].text.contains("[..]")
        })?;
        let text = d.tokens[index].text.clone();
        let (front, behind) = text.split_once('[')?;
        let (_, behind) = behind.split_once(']')?;
        d.tokens[index].text = format!("{front}[9]{behind}");
        d.broken(index)
    },
    Macro "all turns where one value stands" => |d| {
        let index = d.find(|tokens, index| {
            let is_alone = || {
                matches!(tokens[index + 1].role, Role::Bar | Role::CompositionEnd)
                    && matches!(tokens[index - 1].role, Role::Bar | Role::Parenthesis | Role::Semicolon)
            };
            // That there is a second turn says that there are several.
            reads(tokens, index) && tokens[index].text.matches("[1]").count() == 1
                && tokens[index].text.matches('[').count() == 1
                && (tokens[index].role == Role::Read || !is_alone())
        })?;
        d.tokens[index].text = d.tokens[index].text.replace("[1]", "[..]");
        d.broken(index)
    },
    Macro "turn of no repeat" => |d| {
        let index = d.find(|tokens, index| {
            reads(tokens, index) && is_label(&tokens[index].text) && is_of_a_layer(tokens, &tokens[index].text)
        })?;
        d.tokens[index].text += "[0]";
        d.broken(index)
    },
    Macro "reference at the end" => |d| {
        let close = d.all(is(Role::Close)).pop()?;
        if d.tokens[close - 1].role == Role::OutputsEnd || !d.network.inputs.is_empty() { return None; }
        d.insert(close, Role::Arrow, "=>");
        d.insert(close + 1, Role::Reference, "&input");
        d.broken(close + 1)
    },
    Macro "value that nobody reads" => |d| {
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Reference && tokens[index].depth == 0
                && tokens[index].segment > 1 && tokens[index - 1].role == Role::Arrow
        })?;
        let activation = d.rng.word(&["tanh", "silu", "exp"]);
        d.insert(index, Role::Activation, activation);
        d.insert(index + 1, Role::Arrow, "=>");
        d.broken(index)
    },
    Macro "pair of one value" => |d| {
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Word && matches!(&*tokens[index].text, "gaussian" | "dot" | "cosine")
        })?;
        // Without the other the one behind it would not be read.
        let other = d.tokens[index + 4].text.clone();
        let readers = d.tokens.iter().filter(|token| token.text == other).count();
        if readers < 2 || label_of(&other) != other.trim_start_matches('&') { return None; }
        d.tokens.drain(index + 3..index + 5);
        d.broken(index)
    },
    Macro "input that nobody reads" => |d| {
        let index = d.find(is(Role::InputLabel))?;
        d.insert(index, Role::InputLabel, "quetzalcoatl");
        d.insert(index + 1, Role::ArgumentColon, ":");
        d.insert(index + 2, Role::InputOfSeveral, "3");
        d.insert(index + 3, Role::ArgumentComma, ",");
        d.broken(index)
    },
    Macro "two inputs of one name" => |d| {
        let labels = d.all(is(Role::InputLabel));
        let (&first, &last) = (labels.first()?, labels.last()?);
        let (text, sizes) = (d.tokens[first].text.clone(), d.tokens[first + 2].text.clone());
        d.insert(last, Role::InputLabel, &text);
        d.insert(last + 1, Role::ArgumentColon, ":");
        d.insert(last + 2, Role::InputOfSeveral, &sizes);
        d.insert(last + 3, Role::ArgumentComma, ",");
        d.broken(last)
    },
    Macro "output without a label" => |d| {
        let index = d.find(|tokens, index| {
            let is_last = tokens[index..].iter().take_while(|token| {
                !matches!(token.role, Role::OutputBar | Role::OutputsEnd)
            }).all(|token| token.segment >= tokens[index].segment && !(token.role == Role::Arrow && token.depth == 0));
            tokens[index].role == Role::Label && tokens[index].depth == 0 && is_last
                && tokens[index - 1].role != Role::Tensors
                && tokens[..index].iter().any(|token| token.role == Role::Outputs)
                && !is_read(tokens, index)
        })?;
        d.tokens.drain(index..index + 2);
        // An activation alone is the stage.
        let is_front = |token: &Token| matches!(token.role, Role::Activation | Role::Arguments);
        let front = d.tokens[index..].iter().take_while(|token| is_front(token)).count();
        let is_alone = matches!(d.tokens[index + front].role, Role::OutputBar | Role::OutputsEnd);
        // Of a dense layer it stands at its width.
        if d.tokens[index + front].text == "dense" { return None; }
        d.broken(if is_alone { index } else { index + front })
    },
    Macro "two outputs of one name" => |d| {
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Reference && tokens[index].depth == 0
                && matches!(tokens[index - 1].role, Role::Outputs | Role::OutputBar)
                && matches!(tokens[index + 1].role, Role::OutputBar | Role::OutputsEnd)
        })?;
        let text = d.tokens[index].text.clone();
        d.insert(index, Role::Reference, &text);
        d.insert(index + 1, Role::OutputBar, "|");
        d.broken(index + 2)
    },
    Macro "empty output" => |d| {
        let index = d.insert_before(is(Role::OutputBar), Role::OutputBar, &["|"])?.token;
        d.broken(index + 1)
    },
    Macro "turns of no list" => |d| d.replace(is(Role::TurnList), &["[]", "(1, 2)", "1..3"]),
    Macro "turns with another word" => |d| d.replace(is(Role::TurnIn), &["of", "over"]),
};

/// A token that refers to values.
fn reads(tokens: &[Token], index: usize) -> bool {
    matches!(tokens[index].role, Role::Reference | Role::Read)
}

/// The same of an input that is given one.
pub(super) fn reads_a_value(token: &Token) -> bool {
    matches!(token.role, Role::Reference | Role::Read | Role::GivenValue)
}

/// A token that refers to one value.
fn reads_one(tokens: &[Token], index: usize) -> bool {
    reads(tokens, index) && !tokens[index].text.contains("[..]")
}

/// Whether it is `&` and a label.
pub(super) fn is_label(text: &str) -> bool {
    text.starts_with('&') && !text.contains(['.', '['])
}

/// The label with which a reference begins.
pub(super) fn label_of(text: &str) -> &str {
    text.trim_start_matches('&').split(['.', '[']).next().unwrap_or(text)
}

/// Whether a reference names a label.
pub(super) fn is_read(tokens: &[Token], label: usize) -> bool {
    let name = tokens[label].text.as_str();
    let names = |token: &Token| {
        let parts = token.text.trim_start_matches('&').split(['.', '[']);
        matches!(token.role, Role::Reference | Role::Read | Role::GivenValue | Role::Table)
            && parts.into_iter().any(|part| part == name)
    };
    tokens.iter().any(names)
}

/// Whether the stage of that label is a layer or an input, and no composition.
fn is_of_a_layer(tokens: &[Token], text: &str) -> bool {
    let is_it = |token: &Token| {
        matches!(token.role, Role::Label | Role::InputLabel) && token.text == label_of(text)
    };
    let Some(index) = tokens.iter().position(is_it) else { return label_of(text) == "input" };
    let stage = tokens[index..].iter().take_while(|token| {
        token.segment == tokens[index].segment
            && !matches!(token.role, Role::Arrow | Role::Bar | Role::OutputBar)
    });
    stage.into_iter().all(|token| token.role != Role::Composition)
}

/// The label of the composition in which a token stands, if it has one.
fn around(tokens: &[Token], index: usize) -> Option<usize> {
    let depth = tokens[index].depth.checked_sub(1)?;
    let is_start = |token: &Token| token.role == Role::Composition && token.depth == depth;
    let start = tokens[..index].iter().rposition(is_start)?;
    let front = tokens[..start].iter().rposition(|token| {
        !matches!(token.role, Role::Colon | Role::Activation | Role::Arguments)
    })?;
    (tokens[front].role == Role::Label).then_some(front)
}
