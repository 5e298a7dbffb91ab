//! The rules of single sizes.

use crate::layer::MOST_BYTES;
use crate::text::Text;

/// A sample of more bytes than this is kept on the heap.
pub const LARGE_SAMPLE: usize = 1 << 18;

/// What is said of a size of zero, as it is written, or by its name.
pub const fn zero(written: &str) -> Text {
    match is_number(written) {
        true => zero_of("a size"),
        false => Text::new().text("`").text(written).text("`").text(IS_ZERO),
    }
}

/// What is said of what is zero and stands for so many of something.
pub const fn zero_of(what: &str) -> Text {
    Text::new().text(what).text(IS_ZERO)
}

/// What is said of all that is zero and has to be more.
pub(crate) const IS_ZERO: &str = " is 0, but must be at least 1";

/// What is said of weights of so many rows and columns, of values of so many bytes each, that no machine can hold.
pub const fn weights(inputs: usize, outputs: usize, bytes: usize) -> Option<Text> {
    let weights = inputs as u128 * outputs as u128;
    if weights <= MOST_BYTES / bytes as u128 {
        return None;
    }
    let text = Text::new().number(inputs as u128).text(" x ").number(outputs as u128);
    Some(text.text(" weights are more than a machine can address"))
}

/// What is said of a vocabulary of more tokens than their numbers can tell apart, as its size is written.
pub const fn vocabulary(tokens: usize, written: &str) -> Option<Text> {
    if tokens as u128 <= MOST_TOKENS as u128 {
        return None;
    }
    let text = if is_number(written) {
        Text::new().text("a vocabulary of ").number(tokens as u128)
    } else {
        Text::new().text("the vocabulary `").text(written).text("` has ").number(tokens as u128)
    };
    Some(text.text(" tokens, but tokens are numbered by `u32`"))
}

/// What is said of a token for padding that no place can have.
pub const fn padding(token: usize, vocabularies: &[usize]) -> Option<Text> {
    let (mut most, mut index) = (0, 0);
    while index < vocabularies.len() {
        most = larger(vocabularies[index], most);
        index += 1;
    }
    if token < most {
        return None;
    }
    let text = Text::new().text("padding is token ").number(token as u128);
    let text = text.text(", but a vocabulary of ").number(most as u128);
    Some(text.text(" has no token above ").number(most.saturating_sub(1) as u128))
}

/// The help for it.
pub const PADDING_OF_THE_VOCABULARY: &str =
    "let it be a token of the vocabulary: `padding: 0` is the first";

/// The most tokens that a vocabulary has.
pub const MOST_TOKENS: u32 = u32::MAX;

/// The larger of two sizes.
pub(crate) const fn larger(left: usize, right: usize) -> usize {
    if left > right { left } else { right }
}

const fn is_number(written: &str) -> bool {
    matches!(written.as_bytes(), [b'0'..=b'9', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_as_one_and_a_const_by_its_name() {
        assert_eq!(zero("0").as_str(), "a size is 0, but must be at least 1");
        assert_eq!(zero("HIDDEN").as_str(), "`HIDDEN` is 0, but must be at least 1");
        let many = vocabulary(5_000_000_000, "MANY").expect("there are too many");
        assert!(many.as_str().starts_with("the vocabulary `MANY` has 5000000000 tokens, but"));
        let many = vocabulary(5_000_000_000, "5000000000").expect("there are too many");
        assert!(many.as_str().starts_with("a vocabulary of 5000000000 tokens, but"));
        assert!(vocabulary(u32::MAX as usize, "MANY").is_none());
    }

    #[test]
    fn padding_is_a_token_of_some_place() {
        assert!(padding(19, &[20]).is_none() && padding(5, &[2, 6]).is_none());
        let text = padding(20, &[20]).expect("there is none");
        assert_eq!(
            text.as_str(),
            "padding is token 20, but a vocabulary of 20 has no token above 19"
        );
    }

    #[test]
    fn weights_fit_in_memory() {
        assert!(weights(1 << 30, 1 << 30, 4).is_none());
        let text = weights(1 << 32, 1 << 32, 4).expect("they do not fit");
        assert_eq!(
            text.as_str(),
            "4294967296 x 4294967296 weights are more than a machine can address"
        );
    }
}
