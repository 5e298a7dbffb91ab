//! Texts that are put together while compiling.

const CAPACITY: usize = 4096;

/// A text put together while compiling. What is beyond its capacity is cut.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Text {
    /// No text.
    #[expect(clippy::new_without_default, reason = "a default would not be const")]
    pub const fn new() -> Self {
        Text { bytes: [0; CAPACITY], len: 0 }
    }

    /// With this behind it.
    pub const fn text(mut self, text: &str) -> Self {
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

    /// With a number behind it.
    pub const fn number(self, value: u128) -> Self {
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

    /// With a shape behind it: `[1, 28, 28]`.
    pub const fn shape(self, sizes: &[usize]) -> Self {
        let mut text = self.text("[");
        let mut axis = 0;
        while axis < sizes.len() {
            if axis > 0 {
                text = text.text(", ");
            }
            text = text.number(sizes[axis] as u128);
            axis += 1;
        }
        text.text("]")
    }

    /// All of it.
    pub const fn as_str(&self) -> &str {
        let (written, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(written) {
            Ok(text) => text,
            Err(_) => "the shapes do not fit",
        }
    }
}

/// Whether two texts are the same.
pub(crate) const fn is(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    #[test]
    fn texts_are_put_together() {
        let text = Text::new().text("a ").number(0).shape(&[usize::MAX, 2]);
        assert_eq!(text.as_str(), "a 0[18446744073709551615, 2]");
        assert!(is("relu", "relu") && !is("relu", "rely") && !is("relu", "rel"));
    }

    #[test]
    fn a_long_text_is_cut() {
        let name = "\u{e4}".repeat(CAPACITY);
        assert_eq!(Text::new().text(&name).as_str().len(), CAPACITY);
    }
}
