//! The rule of a layer, called where only rustc knows its sizes.

use static_net_rules::words::layer;
pub use static_net_rules::{Call, Facts, Given, Part, Site};
use static_net_rules::{Fault, Mend, Text, Value};

/// A layer with its arguments, in the order in which they are given.
///
/// # Panics
/// If there is no layer of that word.
pub const fn call<'a>(word: &str, front: &'a str, given: &'a [Given<'a>]) -> Call<'a> {
    match layer(word) {
        Some(layer) => Call { layer, given, front },
        None => panic!("the macro knows another language than the library: build both anew"),
    }
}

/// An argument that is one size or a list.
pub const fn sizes<'a>(
    slot: usize,
    is_named: bool,
    text: &'a str,
    sizes: &'a [usize],
) -> Given<'a> {
    Given { slot, is_named, text, value: Value::Sizes(sizes) }
}

/// An argument that is a word.
pub const fn word(slot: usize, is_named: bool, text: &str) -> Given<'_> {
    Given { slot, is_named, text, value: Value::Word(text) }
}

/// An argument that no shape follows from.
pub const fn number(slot: usize, is_named: bool, text: &str) -> Given<'_> {
    Given { slot, is_named, text, value: Value::Number }
}

/// A layer to which its rule has been applied.
#[derive(Clone, Copy, Debug)]
pub struct Inferred<'a> {
    site: Site<'a>,
    found: Result<Facts, Fault>,
    /// The declaration it stands in, and its place there; nothing where no other layer there may have to be mended.
    among: (&'a [Declared<'a>], usize),
}

/// A part of a declaration.
#[derive(Clone, Copy, Debug)]
pub enum Declared<'a> {
    /// As it is written.
    Written(&'a str),
    /// A layer which only rustc knows to be right.
    Layer(&'a Inferred<'a>),
}

impl Inferred<'_> {
    /// All that is said of a fault of the layer. What is wrong with others is mended too, else the help would not
    /// compile.
    const fn message(&self, fault: &Fault) -> Text {
        let (declared, place) = self.among;
        if declared.is_empty() || matches!(fault.mend, Mend::Say(_)) {
            return self.site.message(fault);
        }
        let mut text = self.site.told(fault);
        let mut index = 0;
        while index < declared.len() {
            text = match &declared[index] {
                Declared::Written(part) => text.text(part),
                Declared::Layer(_) if index == place => self.site.mended(&fault.mend, text),
                Declared::Layer(other) => match &other.found {
                    Ok(_) => other.site.unchanged(text),
                    Err(fault) => other.site.mended(&fault.mend, text),
                },
            };
            index += 1;
        }
        text
    }
}

/// Applies the rule of a layer where it stands.
pub const fn infer(site: Site<'_>) -> Inferred<'_> {
    Inferred { site, found: static_net_rules::infer(&site), among: (&[], 0) }
}

/// The same in a declaration with others that only rustc knows to be right.
pub const fn among<'a>(
    inferred: Inferred<'a>,
    declared: &'a [Declared<'a>],
    place: usize,
) -> Inferred<'a> {
    Inferred { among: (declared, place), ..inferred }
}

/// The same, where the argument of that slot is not what is wrong.
///
/// # Panics
/// If it is. The call stands at the argument, so that rustc puts its caret there.
#[track_caller]
pub const fn argument(inferred: Inferred<'_>, slot: usize) -> Inferred<'_> {
    if let Err(fault) = &inferred.found
        && matches!(fault.argument, Some(wrong) if wrong == slot)
    {
        panic!("{}", inferred.message(fault).as_str());
    }
    inferred
}

/// What follows from a layer.
///
/// # Panics
/// If something is wrong with it. The call stands at its word.
#[track_caller]
pub const fn facts(inferred: Inferred<'_>) -> Facts {
    match inferred.found {
        Ok(facts) => facts,
        Err(fault) => panic!("{}", inferred.message(&fault).as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: Site<'static> = Site {
        call: call(
            "conv",
            "relu ",
            &[sizes(0, false, "16", &[16]), sizes(1, false, "KERNEL", &[9])],
        ),
        gives: &[1, 8, 8],
        written: "",
        from: "the input",
        bytes: 4,
        route: &[("[1, SIDE, SIDE]", &[1, 8, 8]), ("relu conv(16, KERNEL)", &[])],
        around: ("< [1, SIDE, SIDE] => ", " => flatten => 10 >"),
    };

    #[test]
    #[should_panic(
        expected = "the kernel of `conv` spans 9 x 9 values, but has 8 x 8 to slide over, padding included: \
        the input gives [1, 8, 8]\n\
        route: [1, SIDE, SIDE] (gives [1, 8, 8]) => relu conv(16, KERNEL)\n\
        help: < [1, SIDE, SIDE] => relu conv(16, 8) => flatten => 10 >"
    )]
    fn the_argument_that_is_wrong_is_told() {
        argument(argument(infer(SITE), 0), 1);
    }

    #[test]
    #[should_panic(expected = "`conv` takes an image")]
    fn the_layer_that_is_misplaced_is_told() {
        let site = Site { gives: &[64], ..SITE };
        facts(argument(infer(site), 0));
    }

    #[test]
    fn what_fits_has_facts() {
        let site = Site { gives: &[3, 12, 9], ..SITE };
        let facts = facts(argument(infer(site), 0));
        assert_eq!((facts.output.sizes(), facts.weight), ([16, 4, 1].as_slice(), [16, 3]));
    }
}
