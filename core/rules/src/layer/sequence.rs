//! What every layer over sequences `[length, features]` goes by, and those that take one vector out of them.

use super::pair::argument;
use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{BUT_FROM_GIVES, Site};
use crate::stage::is_same;
use crate::text::is;

/// Length and features of what comes in. What is no sequence is mended to one of features that are a `multiple`,
/// where that can be.
pub(super) const fn sequence(site: &Site<'_>, multiple: usize) -> Result<[usize; 2], Fault> {
    if let [length, features] = *site.gives {
        return Ok([length, features]);
    }
    let what = Sentence::new(&[Piece::Word, Piece::Text(" takes a sequence [length, features]")]);
    let mend = match *site.gives {
        [size] if !is(site.from, "the input") => Mend::Say(from_a_stage(size)),
        [size] if !is_square(size, multiple) => Mend::Say(undecided(size)),
        _ => Mend::Precede(reshaped(site.gives)),
    };
    Err(site.misplaced(what.and(&BUT_FROM_GIVES), mend))
}

/// Whether a vector looks like the rows of a grey image.
const fn is_square(size: usize, multiple: usize) -> bool {
    let side = size.isqrt();
    side > 1 && side * side == size && side.is_multiple_of(multiple)
}

/// What is said of a vector that looks like nothing else: only a person knows whether its values are features or
/// steps.
const fn undecided(size: usize) -> Sentence {
    let size = Piece::Number(size as u128);
    Sentence::new(&[
        Piece::Text("say what the values are: `[20, "),
        size,
        Piece::Text("]` in its place is 20 steps of "),
        size,
        Piece::Text(" features; `reshape["),
        size,
        Piece::Text(", 1]` behind it is "),
        size,
        Piece::Text(" steps of one feature"),
    ])
}

/// What is said of a vector that a stage gives, whose values are features.
const fn from_a_stage(size: usize) -> Sentence {
    let size = Piece::Number(size as u128);
    Sentence::new(&[
        Piece::Text("have the stage in front give a sequence; `reshape["),
        size,
        Piece::Text(", 1]` would make "),
        size,
        Piece::Text(" steps of one feature of its output"),
    ])
}

/// The stages that make a sequence of a vector or an image: the rows of a grey image, as those of a square vector,
/// or the places of another, whose channels are the features.
const fn reshaped(sizes: &[usize]) -> Sentence {
    let (shape, behind) = match *sizes {
        [1, height, width] => ([height, width], ""),
        [channels, height, width] => ([channels, height.saturating_mul(width)], " => transpose"),
        [size] => ([size.isqrt(), size.isqrt()], ""),
        _ => ([1, 1], ""),
    };
    Sentence::new(&[Piece::Text("reshape"), Piece::Shape(Dims::new(&shape)), Piece::Text(behind)])
}

/// `take_last`, `mean_over_time` and `max_over_time`: one vector of features.
pub(super) const fn one_step(site: &Site<'_>) -> Result<Facts, Fault> {
    match sequence(site, 1) {
        Ok([length, features]) => match masked(site, length) {
            Ok(()) => Ok(Facts::giving(Dims::new(&[features]))),
            Err(fault) => Err(fault),
        },
        Err(fault) => Err(fault),
    }
}

/// Refuses a mask that has not one value for each of so many positions.
pub(super) const fn masked(site: &Site<'_>, length: usize) -> Result<(), Fault> {
    let Some(sizes) = site.call.sizes("mask") else { return Ok(()) };
    if is_same(sizes, &[length]) {
        return Ok(());
    }
    let what = Sentence::new(&[
        Piece::Text("a mask has one value for each of the "),
        Piece::Number(length as u128),
        Piece::Text(" positions, but `"),
        argument(site, "mask"),
        Piece::Text("` is "),
        Piece::Shape(Dims::new(sizes)),
    ]);
    let mend = Mend::Say(Sentence::new(&[
        Piece::Text("give a mask of ["),
        Piece::Number(length as u128),
        Piece::Text("]: zero hides a position"),
    ]));
    Err(site.fault("mask", what, mend).keeping_shape())
}
