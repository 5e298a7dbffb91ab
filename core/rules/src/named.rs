//! Networks of several inputs or outputs among the stages of another one, which speaks of them by name.

use crate::dims::Dims;
use crate::stage::{Mend, Mismatch, is_same};
use crate::text::{Text, is};

/// One of several inputs or outputs of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedShape {
    /// What it is called.
    pub name: &'static str,
    /// Its shape.
    pub dims: &'static [usize],
    /// The sizes of the vocabularies of tokens; none of numbers.
    pub vocabularies: &'static [usize],
    /// The token that stands where there is none; none of numbers, and of tokens without padding.
    pub padding: Option<usize>,
}

/// Whether a name is that of an input or of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Of an input.
    Input,
    /// Of an output.
    Output,
}

/// How many values of a sample are in front of the one of this name; none where no one has it, which [`unknown`] says.
pub const fn offset(all: &[NamedShape], name: &str) -> usize {
    let (Some(place), mut index, mut offset) = (place(all, name), 0, 0) else { return 0 };
    while index < place {
        offset += Dims::new(all[index].dims).len();
        index += 1;
    }
    offset
}

/// The shape of the one of this name; a zero where no one has it, which [`unknown`] says.
pub const fn dims(all: &[NamedShape], name: &str) -> Dims {
    match place(all, name) {
        Some(place) => Dims::new(all[place].dims),
        None => Dims::new(&[0]),
    }
}

/// The stage that is called `stage` has an input or output of this name.
pub const fn unknown(end: End, all: &[NamedShape], name: &str, stage: &str) -> Option<Mismatch> {
    if place(all, name).is_some() {
        return None;
    }
    let ends = match end {
        End::Input => "input",
        End::Output => "output",
    };
    let what = Text::new().text(stage).text(" has no ").text(ends).text(" `").text(name).text("`");
    let mut help = Text::new().text("its ").text(ends).text("s are ");
    let mut index = 0;
    while index < all.len() {
        if index > 0 {
            help = help.text(", ");
        }
        help = help.text("`").text(all[index].name).text("`");
        index += 1;
    }
    Some(Mismatch { what, mend: Mend::Say(help) })
}

/// The stage that is called `stage` and written like this, up to the parenthesis that closes it, is given all its inputs.
pub const fn missing(
    all: &[NamedShape],
    given: &[&str],
    stage: &str,
    written: &str,
) -> Option<Mismatch> {
    // A name that is none of theirs may be meant for it.
    let mut index = 0;
    while index < given.len() {
        if place(all, given[index]).is_none() {
            return None;
        }
        index += 1;
    }
    let mut index = 0;
    while index < all.len() {
        let name = all[index].name;
        if !holds(given, name) {
            let what = Text::new().text(stage).text(" is not given its input `").text(name);
            let help = Text::new().text("refer to a value for it: `").text(written).text(", ");
            let help = help.text(name).text(": &..)`");
            return Some(Mismatch { what: what.text("`"), mend: Mend::Say(help) });
        }
        index += 1;
    }
    None
}

/// The stage that is called `stage` takes as an input what a reference gives, whose name is how it is written.
pub const fn given(
    all: &[NamedShape],
    name: &str,
    &NamedShape { name: reference, dims: gives, vocabularies, padding }: &NamedShape,
    stage: &str,
) -> Option<Mismatch> {
    let Some(place) = place(all, name) else { return None };
    let NamedShape { dims, vocabularies: takes, padding: hides, .. } = all[place];
    let what = Text::new().text("the input `").text(name).text("` of ").text(stage);
    let of_tokens = [!takes.is_empty(), !vocabularies.is_empty()];
    let (what, help) = match of_tokens {
        [true, false] => {
            let what = what.text(" is tokens, but `").text(reference).text("` is numbers");
            (what, Text::new().text("refer to an input of tokens"))
        }
        [false, true] => {
            let what = what.text(" is numbers, but `").text(reference).text("` is tokens");
            (what, Text::new().text("label the embedding and refer to that"))
        }
        _ if !is_same(dims, gives) => {
            let what = what.text(" is ").shape(dims).text(", but `").text(reference);
            let help = Text::new().text("refer to a value of ").shape(dims);
            (what.text("` is ").shape(gives), help)
        }
        [true, true] if !is_same(takes, vocabularies) => {
            let what = what.text(" has vocabularies of ").shape(takes).text(" tokens, but `");
            let what = what.text(reference).text("` of ").shape(vocabularies);
            (what, Text::new().text("let both be of the same vocabulary"))
        }
        _ => match (hides, padding) {
            (Some(hides), Some(padding)) if hides != padding => {
                let what = what.text(" has `padding: ").number(hides as u128).text("`, but `");
                let what = what.text(reference).text("` has `padding: ").number(padding as u128);
                (what.text("`"), Text::new().text("let both have the same token for padding"))
            }
            _ => return None,
        },
    };
    Some(Mismatch { what, mend: Mend::Say(help) })
}

const fn place(all: &[NamedShape], name: &str) -> Option<usize> {
    let mut index = 0;
    while index < all.len() {
        if is(all[index].name, name) {
            return Some(index);
        }
        index += 1;
    }
    None
}

const fn holds(names: &[&str], name: &str) -> bool {
    let mut index = 0;
    while index < names.len() {
        if is(names[index], name) {
            return true;
        }
        index += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUTS: &[NamedShape] = &[
        NamedShape { name: "x", dims: &[2, 3], vocabularies: &[], padding: None },
        NamedShape { name: "condition", dims: &[4], vocabularies: &[], padding: None },
        NamedShape { name: "words", dims: &[5], vocabularies: &[100], padding: Some(0) },
    ];

    fn said(mismatch: Option<Mismatch>) -> [String; 2] {
        let Mismatch { what, mend } = mismatch.expect("they do not fit");
        let (Mend::Say(help) | Mend::Write(help)) = mend;
        [what, help].map(|text| text.as_str().to_owned())
    }

    extern crate std;
    use std::borrow::ToOwned;
    use std::string::String;

    #[test]
    fn each_stands_behind_those_in_front() {
        assert_eq!(
            ["x", "condition", "words", "y"].map(|name| offset(INPUTS, name)),
            [0, 6, 10, 0]
        );
        assert_eq!(dims(INPUTS, "x").sizes(), [2, 3]);
        assert_eq!(dims(INPUTS, "y").sizes(), [0]);
    }

    #[test]
    fn names_are_told() {
        let [what, help] = said(unknown(End::Input, INPUTS, "y", "stage 2 `Block`"));
        assert_eq!(what, "stage 2 `Block` has no input `y`");
        assert_eq!(help, "its inputs are `x`, `condition`, `words`");
        assert!(unknown(End::Output, INPUTS, "words", "stage 2 `Block`").is_none());
        let [what, help] =
            said(missing(INPUTS, &["words", "x"], "stage 2 `Block`", "Block(words: &a, x: &b"));
        assert_eq!(what, "stage 2 `Block` is not given its input `condition`");
        assert_eq!(help, "refer to a value for it: `Block(words: &a, x: &b, condition: &..)`");
        assert!(missing(INPUTS, &["y"], "stage 2 `Block`", "Block(y: &a").is_none());
        assert!(
            missing(INPUTS, &["words", "condition", "x"], "stage 2 `Block`", "Block(").is_none()
        );
    }

    #[test]
    fn shapes_are_told() {
        let h = |dims, vocabularies| NamedShape { name: "&h", dims, vocabularies, padding: None };
        let given = |name, of: &NamedShape| given(INPUTS, name, of, "stage 2 `Block`");
        let told = |name, of| said(given(name, &of));
        assert_eq!(
            told("x", h(&[2, 4], &[])),
            [
                "the input `x` of stage 2 `Block` is [2, 3], but `&h` is [2, 4]",
                "refer to a value of [2, 3]"
            ]
        );
        assert_eq!(
            told("words", h(&[5], &[]))[0],
            "the input `words` of stage 2 `Block` is tokens, but `&h` is numbers"
        );
        assert_eq!(
            told("words", h(&[5], &[50]))[0],
            "the input `words` of stage 2 `Block` has vocabularies of [100] tokens, but `&h` of [50]"
        );
        assert_eq!(
            told("condition", h(&[4], &[50]))[0],
            "the input `condition` of stage 2 `Block` is numbers, but `&h` is tokens"
        );
        let padded = |padding| NamedShape { padding, ..h(&[5], &[100]) };
        assert_eq!(
            told("words", padded(Some(1))),
            [
                "the input `words` of stage 2 `Block` has `padding: 0`, but `&h` has `padding: 1`",
                "let both have the same token for padding"
            ]
        );
        assert!([None, Some(0)].iter().all(|&padding| given("words", &padded(padding)).is_none()));
    }
}
