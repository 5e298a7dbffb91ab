//! What the text of a stage says: the declaration knows more than the types that it becomes.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Stage;

/// The words that may stand in front of what a stage computes.
const ACTIVATIONS: [&str; 12] = [
    "relu",
    "leaky_relu",
    "elu",
    "gelu",
    "gelu_tanh",
    "silu",
    "tanh",
    "sigmoid",
    "softplus",
    "softmax",
    "log_softmax",
    "identity",
];

/// What a stage computes: its label is its name.
pub(crate) fn without_label(stage: &Stage) -> &'static str {
    match labelled(stage.text) {
        Some((label, rest)) if label == stage.name => rest,
        _ => stage.text,
    }
}

/// A label and what is behind it. The first colon of a path is no label's.
fn labelled(text: &'static str) -> Option<(&'static str, &'static str)> {
    let (label, rest) = text[identifier(text)..].trim_start().strip_prefix(':').map(|rest| {
        let label = &text[..identifier(text)];
        (label, rest)
    })?;
    (!label.is_empty() && !rest.starts_with(':')).then(|| (label, rest.trim_start()))
}

/// Whether a stage has a label.
pub(super) fn is_labelled(text: &'static str) -> bool {
    labelled(text).is_some()
}

/// The activation of a stage and what is in front of it in the computation, either of which may be empty.
pub(super) fn activation(text: &'static str) -> (&'static str, &'static str) {
    let end = identifier(text);
    if !ACTIVATIONS.contains(&&text[..end]) {
        return ("", text);
    }
    let end = match text[end..].starts_with('(') {
        true => end + closing(&text[end..]),
        false => end,
    };
    (&text[..end], text[end..].trim_start())
}

/// The stages inside a composition of the language, for each of its parts. `None` where the text is a
/// type's name.
pub(super) fn parts(operation: &'static str) -> Option<Vec<Vec<&'static str>>> {
    let word = &operation[..identifier(operation)];
    let inside = operation[word.len()..].trim().strip_prefix('(')?.strip_suffix(')')?;
    let parts = match word {
        "concat" | "sum" => split(inside, "|"),
        "repeat" => split(inside, ";").into_iter().skip(1).collect(),
        "residual" => {
            let mut parts = split(inside, ";");
            for part in &mut parts[1..] {
                *part = part.strip_prefix("project").map_or(*part, str::trim_start);
                *part = part.strip_prefix(':').map_or(*part, str::trim_start);
            }
            parts
        }
        _ => return None,
    };
    let stages = |part| {
        let mut stages = split(part, "=>");
        // A stated shape is no stage.
        stages.retain(|stage| !stage.is_empty() && !stage.starts_with('['));
        stages
    };
    Some(parts.into_iter().map(stages).collect())
}

/// Two texts with a space between them, where neither is empty.
pub(super) fn joined(left: &str, right: &str) -> String {
    let space = if left.is_empty() || right.is_empty() { "" } else { " " };
    format!("{left}{space}{right}")
}

/// The text, or as much of its beginning as has room.
pub(crate) fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return String::from(text);
    }
    let mut cut: String = text.chars().take(room.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// `1234567` as `1,234,567`.
pub(super) fn grouped(number: usize) -> String {
    let digits = format!("{number}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The length of the identifier in front.
fn identifier(text: &str) -> usize {
    text.find(|character: char| !(character.is_alphanumeric() || character == '_'))
        .unwrap_or(text.len())
}

/// Where the group ends that the text begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0usize;
    for (index, character) in text.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + character.len_utf8();
        }
    }
    text.len()
}

/// The pieces between separators that stand in no group.
fn split(text: &'static str, separator: &str) -> Vec<&'static str> {
    let (mut pieces, mut start, mut index) = (Vec::new(), 0, 0);
    while let Some(character) = text[index..].chars().next() {
        if text[index..].starts_with(separator) {
            pieces.push(text[start..index].trim());
            index += separator.len();
            start = index;
        } else if matches!(character, '(' | '[' | '{') {
            index += closing(&text[index..]);
        } else {
            index += character.len_utf8();
        }
    }
    pieces.push(text[start..].trim());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activation_stands_in_front() {
        assert_eq!(activation("relu 32"), ("relu", "32"));
        assert_eq!(activation("leaky_relu(0.2) residual(4)"), ("leaky_relu(0.2)", "residual(4)"));
        assert_eq!(activation("softmax"), ("softmax", ""));
        assert_eq!(activation("relu6::Layer"), ("", "relu6::Layer"));
        assert_eq!(activation("residual(relu 4)"), ("", "residual(relu 4)"));
    }

    #[test]
    fn parts_of_compositions() {
        let of = |text| parts(text).expect("a composition");
        assert_eq!(of("residual(gelu 9 => [9] => 6)"), [["gelu 9", "6"]]);
        assert_eq!(of("residual(up: 4; project: relu 4)"), [["up: 4"], ["relu 4"]]);
        assert_eq!(of("repeat({ A | 3 }; sum(1 | 2))"), [["sum(1 | 2)"]]);
        assert_eq!(of("concat(elu(0.5) 3 | repeat(2; 4) => 4)")[1], ["repeat(2; 4)", "4"]);
        assert_eq!(parts("Block"), None);
        assert_eq!(parts("my::repeat(3)"), None);
    }

    #[test]
    fn labels_are_told_from_paths() {
        assert_eq!(labelled("latent : relu 16"), Some(("latent", "relu 16")));
        assert_eq!(labelled("my::Layer<4>"), None);
        assert_eq!(labelled("{ A } "), None);
    }
}
