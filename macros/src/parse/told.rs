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
