//! Texts that are put together while compiling.

use super::Route;

/// What stands between two parts of a route: an arrow, but for what opens, separates or closes a composition.
const fn joint(before: &str, part: &str) -> &'static str {
    match (before.as_bytes().last(), part.as_bytes().first()) {
        (Some(b'('), _) | (_, Some(b';')) => "",
        (Some(b';' | b':' | b'|'), _) | (_, Some(b'|')) => " ",
        _ => " => ",
    }
}

pub(super) const CAPACITY: usize = 4096;

/// A text put together while compiling. What is beyond its capacity is cut.
pub(crate) struct Text {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Text { bytes: [0; CAPACITY], len: 0 }
    }

    pub(crate) const fn text(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut index = 0;
        while index < bytes.len() && self.len < CAPACITY {
            // A cut inside a character would make the whole text unreadable.
            self.bytes[self.len] = if bytes[index].is_ascii() { bytes[index] } else { b'?' };
            self.len += 1;
            index += 1;
        }
        self
    }

    pub(crate) const fn number(self, value: usize) -> Self {
        self.wide_number(value as u128)
    }

    pub(super) const fn wide_number(self, value: u128) -> Self {
        let mut digits = [0; 40];
        let mut start = digits.len();
        let mut rest = value;
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let (_, digits) = digits.split_at(start);
        match core::str::from_utf8(digits) {
            Ok(digits) => self.text(digits),
            Err(_) => self,
        }
    }

    pub(super) const fn shape(self, dims: &[usize]) -> Self {
        let mut text = self.text("[");
        let mut axis = 0;
        while axis < dims.len() {
            if axis > 0 {
                text = text.text(", ");
            }
            text = text.number(dims[axis]);
            axis += 1;
        }
        text.text("]")
    }

    /// `3 x 3`, or `3` where the shape is that of a signal.
    pub(super) const fn extent(self, [height, width]: [u128; 2], rank: usize) -> Self {
        if rank == 2 {
            self.wide_number(width)
        } else {
            self.wide_number(height).text(" x ").wide_number(width)
        }
    }

    /// `3`, or `[3, 5]` where height and width of an image differ: as an argument is written.
    pub(super) const fn amount(self, [height, width]: [u128; 2], rank: usize) -> Self {
        if rank == 2 || height == width {
            self.wide_number(width)
        } else {
            self.text("[").wide_number(height).text(", ").wide_number(width).text("]")
        }
    }

    /// What is in front of a mended place, as a line of its own.
    pub(super) const fn help_in_front(self, (front, _): (&str, &str)) -> Self {
        self.text("\nhelp: ").text(front)
    }

    pub(super) const fn route(self, route: &Route<'_>) -> Self {
        let mut text = self.text("\nroute: ");
        let mut index = 0;
        while index < route.parts.len() {
            let (part, gives) = route.parts[index];
            if index > 0 {
                text = text.text(joint(route.parts[index - 1].0, part));
            }
            text = text.text(part);
            if !gives.is_empty() {
                text = text.text(" (gives ").shape(gives).text(")");
            }
            index += 1;
        }
        text
    }

    /// The declaration with a size that fits. There is no such size where the shape is no vector.
    pub(super) const fn help(self, route: &Route<'_>, fits: &[usize]) -> Self {
        let text = self.text("\nhelp: ");
        match fits {
            [size] => text.text(route.help.0).number(*size).text(route.help.1),
            _ => text.text("put a stage in front of it that gives ").shape(fits),
        }
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (written, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(written) {
            Ok(text) => text,
            Err(_) => "the shapes do not fit",
        }
    }
}
