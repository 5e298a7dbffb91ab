//! Checks that only rustc can make, because a size is a const or another network's.
//!
//! `network!` calls these in constants. A check that fails panics while the constant is computed, with
//! a text that holds the numbers, and rustc puts its caret on the user's tokens.

/// A size is at least one.
#[track_caller]
pub const fn size(value: usize, name: &str) {
    if value == 0 {
        let text = Text::new().text("a size of zero: `").text(name).text("` is 0");
        panic!("{}", text.as_str());
    }
}

/// The network or layer `name`, which is stage `position`, takes the shape that `from` gives.
#[track_caller]
pub const fn accepts(takes: &[usize], gives: &[usize], name: &str, position: usize, from: &str) {
    if !same(takes, gives) {
        let text = Text::new()
            .text("stage ")
            .number(position)
            .text(" `")
            .text(name)
            .text("` takes ")
            .shape(takes)
            .text(", but ")
            .text(from)
            .text(" gives ")
            .shape(gives);
        panic!("{}", text.as_str());
    }
}

/// The shape stated in the declaration is the one that `from` gives.
#[track_caller]
pub const fn holds(stated: &[usize], gives: &[usize], from: &str) {
    if !same(stated, gives) {
        let text = Text::new()
            .text("the stated shape ")
            .shape(stated)
            .text(" does not hold: ")
            .text(from)
            .text(" gives ")
            .shape(gives);
        panic!("{}", text.as_str());
    }
}

/// Stage `position`, a dense layer, follows a vector.
#[track_caller]
pub const fn takes_vector(gives: &[usize], position: usize, from: &str) {
    if gives.len() != 1 {
        let text = Text::new()
            .text("stage ")
            .number(position)
            .text(" is a dense layer, which takes a vector, but ")
            .text(from)
            .text(" gives ")
            .shape(gives);
        panic!("{}", text.as_str());
    }
}

const fn same(left: &[usize], right: &[usize]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut axis = 0;
    while axis < left.len() {
        if left[axis] != right[axis] {
            return false;
        }
        axis += 1;
    }
    true
}

const CAPACITY: usize = 512;

/// A text put together while compiling. What is beyond its capacity is cut.
struct Text {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Text {
    const fn new() -> Self {
        Text { bytes: [0; CAPACITY], len: 0 }
    }

    const fn text(mut self, text: &str) -> Self {
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

    const fn number(self, value: usize) -> Self {
        let mut digits = [0; 20];
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

    const fn shape(self, dims: &[usize]) -> Self {
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

    const fn as_str(&self) -> &str {
        let (written, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(written) {
            Ok(text) => text,
            Err(_) => "the shapes do not fit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_passes() {
        size(1, "H");
        accepts(&[16], &[16], "Encoder", 2, "stage 1");
        holds(&[1, 28, 28], &[1, 28, 28], "the input");
        takes_vector(&[16], 2, "stage 1");
    }

    #[test]
    #[should_panic(expected = "stage 2 `Encoder` takes [16], but stage 1 gives [1, 28, 28]")]
    fn a_message_holds_the_shapes() {
        accepts(&[16], &[1, 28, 28], "Encoder", 2, "stage 1");
    }

    #[test]
    fn a_long_name_is_cut() {
        let name = "x".repeat(2 * CAPACITY);
        assert_eq!(Text::new().text(&name).as_str().len(), CAPACITY);
        assert_eq!(Text::new().number(0).number(usize::MAX).as_str(), "018446744073709551615");
    }
}
