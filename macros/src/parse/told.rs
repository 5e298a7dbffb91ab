//! What is said of names of other libraries.

use proc_macro2::{Ident, TokenTree};

use super::reading::{Reading, fault, undecided};
use super::text::text;
use crate::words;

/// Says that there is no such argument here; gives whether it changes nothing and is left out.
pub fn tell_missing(
    word: &str,
    part: &[TokenTree],
    value: &[TokenTree],
    missing: &words::MissingArgument,
    declaration: &mut Reading,
) -> bool {
    let what = format!("`{word}` takes no `{}`: {}", part[0], missing.is);
    if missing.is_without_effect(&text(value)) {
        fault(&part[..1], what, declaration);
        return true;
    }
    let help = match missing.help {
        "" => format!("leave out `{}` if that is meant", part[0]),
        help => help.to_owned(),
    };
    undecided(&part[..1], what, help, declaration);
    false
}

/// Says that an argument is given twice. Where its values differ, a person has to decide, and both stay as they are
/// written; gives whether they do.
pub fn tell_twice(
    word: &str,
    name: &str,
    part: &[TokenTree],
    values: [&str; 2],
    declaration: &mut Reading,
) -> bool {
    let what = format!("`{name}` of `{word}` is given twice");
    let [first, second] = values;
    if first == second {
        fault(part, what, declaration);
        return false;
    }
    let what = format!("{what}, as `{first}` and as `{second}`");
    undecided(part, what, "keep one of them", declaration);
    true
}

/// Says that there is no argument of this name, but those of these `names`. It stays as it is written.
pub fn tell_unknown<'a>(
    word: &str,
    part: &[TokenTree],
    value: &[TokenTree],
    names: impl Iterator<Item = &'a str>,
    declaration: &mut Reading,
) {
    let (name, names) = (&part[0], Vec::from_iter(names));
    let (what, help) = match names.as_slice() {
        [] => (format!("`{word}` takes no argument"), "leave it out".to_owned()),
        [only] => (
            format!("`{word}` has no argument `{name}`, only `{only}`"),
            format!("write `{only}: {}`, or leave it out", text(value)),
        ),
        names => (
            format!("`{word}` has no argument `{name}`, it takes `{}`", names.join("`, `")),
            "leave it out, or name one that there is".to_owned(),
        ),
    };
    undecided(&part[..1], what, help, declaration);
}

/// What is said of a const parameter where something would have to be computed with it, and what to decide.
pub fn not_computed(parameter: &Ident, what: &str) -> [String; 2] {
    let what = format!(
        "Rust cannot yet compute with const parameters such as `{parameter}`, as {what} would need"
    );
    [what, format!("use a number or a const instead of `{parameter}`")]
}

/// What is said of a const parameter that stands for a number.
pub fn is_a_size(argument: &str, parameter: &Ident) -> String {
    format!("`{argument}` takes a number, not the const parameter `{parameter}`, which is a size")
}

/// How a type of the user's is written whose name is that of a layer elsewhere.
pub fn own_type(name: &Ident) -> String {
    format!(" A type of your own is written with its path: `self::{name}`")
}

/// Reports `name = value`.
pub fn tell_equals(part: &[TokenTree], value: &[TokenTree], declaration: &mut Reading) {
    let (name, value) = (&part[0], text(value));
    let what = format!("a name stands in front of `:`, not `=`: `{name}: {value}`");
    fault(&part[1..2], what, declaration);
}

/// Nothing stands behind the last arrow.
pub const NO_LAST_STAGE: &str = "no stage follows the last arrow";

/// A sign where none is read.
pub fn no_meaning(sign: impl std::fmt::Display) -> String {
    format!("`{sign}` has no meaning here")
}
