//! How names and numbers stand in tables and drawings.

use alloc::format;
use alloc::string::String;

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
