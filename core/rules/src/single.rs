//! What goes over one value, and gives the same whatever that is.

use crate::dims::holds_zero;
use crate::text::{Text, is};

/// What `word` makes of one value.
pub(crate) const fn always(word: &str) -> &'static str {
    if is(word, "softmax") {
        " over one value is always 1"
    } else if is(word, "log_softmax") {
        " over one value is always 0"
    } else {
        " over one value leaves nothing but its bias"
    }
}

/// What is said of `word` where it goes along an axis of one value, and what would help.
pub const fn varies(word: &str, axis: usize, gives: &[usize], from: &str) -> Option<(Text, Text)> {
    if axis >= gives.len() || gives[axis] != 1 || holds_zero(gives) {
        return None;
    }
    let what = Text::new().text("`").text(word).text("`").text(always(word));
    let what = what.text(": ").text(from).text(" gives ").shape(gives);
    let goes_along = is(word, "softmax") || is(word, "log_softmax");
    let help = match goes_along {
        true => along_another(word, gives),
        false => over_more(word, gives),
    };
    Some((what, help))
}

/// The axes of several values.
const fn along_another(word: &str, gives: &[usize]) -> Text {
    let mut text = Text::new();
    let mut is_first = true;
    let mut axis = 0;
    while axis < gives.len() {
        if gives[axis] > 1 {
            text = if is_first { text } else { text.text(", ") };
            text = text
                .text("`")
                .text(word)
                .text("(axis: ")
                .number(axis as u128)
                .text(")` goes along ");
            text = text.number(gives[axis] as u128).text(" values");
            is_first = false;
        }
        axis += 1;
    }
    match (is_first, is(word, "softmax")) {
        (false, _) => text,
        (true, true) => {
            text.text("one number between 0 and 1 is a `sigmoid`; `softmax` takes two or more")
        }
        (true, false) => text.text("`").text(word).text("` takes two values or more"),
    }
}

/// As many of the last axes as hold several values.
const fn over_more(word: &str, gives: &[usize]) -> Text {
    let (mut axes, mut values) = (0, 1);
    while axes < gives.len() && values == 1 {
        values = gives[gives.len() - 1 - axes];
        axes += 1;
    }
    if values == 1 {
        return Text::new().text("give it more than one value, or leave it out");
    }
    let text = Text::new().text("`").text(word).text("(axes: ").number(axes as u128);
    text.text(")` goes over ").number(values as u128).text(" values")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(word: &str, axis: usize, gives: &[usize]) -> (Text, Text) {
        varies(word, axis, gives, "stage 1").expect("it goes over one value")
    }

    #[test]
    fn several_values_vary() {
        assert!(varies("softmax", 1, &[1, 4], "stage 1").is_none());
        // That there is no such axis is told elsewhere.
        assert!(varies("softmax", 2, &[1, 4], "stage 1").is_none());
    }

    #[test]
    fn axes_of_several_values_are_named() {
        let (what, help) = said("softmax", 2, &[4, 8, 1]);
        assert_eq!(what.as_str(), "`softmax` over one value is always 1: stage 1 gives [4, 8, 1]");
        assert_eq!(
            help.as_str(),
            "`softmax(axis: 0)` goes along 4 values, `softmax(axis: 1)` goes along 8 values"
        );
        let (what, help) = said("log_softmax", 0, &[1]);
        assert_eq!(what.as_str(), "`log_softmax` over one value is always 0: stage 1 gives [1]");
        assert_eq!(help.as_str(), "`log_softmax` takes two values or more");
        assert!(said("softmax", 0, &[1]).1.as_str().contains("`sigmoid`"));
    }

    #[test]
    fn a_normalization_goes_over_more_axes() {
        let (what, help) = said("layer_norm", 1, &[16, 1]);
        assert_eq!(
            what.as_str(),
            "`layer_norm` over one value leaves nothing but its bias: stage 1 gives [16, 1]"
        );
        assert_eq!(help.as_str(), "`layer_norm(axes: 2)` goes over 16 values");
        assert!(said("layer_norm", 0, &[1]).1.as_str().contains("leave it out"));
    }
}
