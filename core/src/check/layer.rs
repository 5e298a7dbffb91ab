//! The rule of a layer, called where only rustc knows its sizes.

use static_net_rules::words::layer;
pub use static_net_rules::{Call, Given, Part, Site};
use static_net_rules::{Facts, Fault, Mend, Text, Value, unknown};

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
    /// What follows from it, which is not known where something is wrong with it.
    pub facts: Facts,
    /// As [`Checked`](crate::stage::Checked) has it: 0 where it fits behind what fits.
    pub check: usize,
    fault: Option<Fault>,
    site: Site<'a>,
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
                Declared::Layer(other) => match &other.fault {
                    None => other.site.unchanged(text),
                    Some(fault) => other.site.mended(&fault.mend, text),
                },
            };
            index += 1;
        }
        text
    }
}

/// Applies the rule of a layer where it stands. What is wrong with it is told by checks of their own: rustc would note
/// each place that stands on a const which could not be computed.
pub const fn infer(site: Site<'_>) -> Inferred<'_> {
    let (facts, fault) = match static_net_rules::infer(&site) {
        Ok(facts) => (facts, None),
        Err(fault) => (unknown(&site), Some(fault)),
    };
    let check = facts.output.is_empty() as usize;
    Inferred { facts, check, fault, site, among: (&[], 0) }
}

/// The same in a declaration with others that only rustc knows to be right.
pub const fn among<'a>(
    inferred: Inferred<'a>,
    declared: &'a [Declared<'a>],
    place: usize,
) -> Inferred<'a> {
    Inferred { among: (declared, place), ..inferred }
}

/// The same in a later turn of stages that are repeated: what is wrong in an earlier one is told there.
pub const fn behind<'a>(earlier: &Inferred<'_>, inferred: Inferred<'a>) -> Inferred<'a> {
    match earlier.fault {
        Some(_) => Inferred { fault: None, ..inferred },
        None => inferred,
    }
}

/// The same, where the argument of that slot is not what is wrong.
///
/// # Panics
/// If it is. The call stands at the argument, so that rustc puts its caret there.
#[track_caller]
pub const fn argument(inferred: Inferred<'_>, slot: usize) -> Inferred<'_> {
    if let Some(fault) = &inferred.fault
        && matches!(fault.argument, Some(wrong) if wrong == slot)
    {
        panic!("{}", inferred.message(fault).as_str());
    }
    inferred
}

/// The layer fits where it stands.
///
/// # Panics
/// If it does not. The call stands at its word.
#[track_caller]
pub const fn fits(inferred: Inferred<'_>) {
    if let Some(fault) = &inferred.fault {
        panic!("{}", inferred.message(fault).as_str());
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
        fits(argument(infer(site), 0));
    }

    #[test]
    fn what_does_not_fit_gives_a_shape_of_which_nothing_is_said() {
        assert_eq!(infer(SITE).facts.output.sizes(), [0; 3]);
        let behind = infer(Site { gives: &[0; 3], ..SITE });
        fits(behind);
        assert_eq!(behind.facts.output.sizes(), [0; 3]);
    }

    #[test]
    fn what_fits_has_facts() {
        let site = Site { gives: &[3, 12, 9], ..SITE };
        let facts = argument(infer(site), 0).facts;
        assert_eq!((facts.output.sizes(), facts.weight), ([16, 4, 1].as_slice(), [16, 3]));
    }
}
