//! How wide a text is, without the font that it will be shown in: rather too wide than too narrow.

/// A text in a proportional font of that size.
pub(super) fn proportional(text: &str, size: f64) -> f64 {
    let em = |character: char| match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '·' => 0.32,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | 'I' | 'J' => 0.42,
        'm' | 'w' | 'M' | 'W' | '…' | '%' | '@' => 0.95,
        'A'..='Z' | '+' | '<' | '>' | '=' => 0.72,
        '!'..='~' => 0.61,
        _ => 1.0,
    };
    text.chars().map(em).sum::<f64>() * size
}

/// A name, which is bold.
pub(super) fn bold(text: &str, size: f64) -> f64 {
    1.12 * proportional(text, size)
}

/// A text in a font whose characters are all of one width.
pub(super) fn monospaced(text: &str, size: f64) -> f64 {
    let em = |character: char| if character.is_ascii() || character == '…' { 0.615 } else { 1.0 };
    text.chars().map(em).sum::<f64>() * size
}
