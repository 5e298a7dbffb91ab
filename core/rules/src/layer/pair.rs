//! Layers over two values: `gaussian`, `dot` and `cosine`.

use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{FROM_GIVES, Site};
use crate::stage::is_same;

/// `gaussian`: a variance for each value of the mean.
pub(super) const fn gaussian(site: &Site<'_>) -> Result<Facts, Fault> {
    match alike(site, "log_variance") {
        Ok(()) => Ok(Facts::giving(site.input())),
        Err(fault) => Err(fault.keeping_shape()),
    }
}

/// `dot` and `cosine`: one value for two vectors, or for each step of two sequences.
pub(super) const fn similarity(site: &Site<'_>) -> Result<Facts, Fault> {
    if let Err(fault) = alike(site, "b") {
        return Err(fault);
    }
    match *site.gives {
        [_] => Ok(Facts::giving(Dims::new(&[1]))),
        [length, _] => Ok(Facts::giving(Dims::new(&[length, 1]))),
        _ => {
            let what = Sentence::new(&[
                Piece::Word,
                Piece::Text(" is of two vectors or two sequences [length, features]"),
            ]);
            let mend = Mend::Say(Sentence::text("`flatten` makes a vector of an image"));
            Err(site.misplaced(what.and(&FROM_GIVES), mend))
        }
    }
}

/// Refuses a second value of another shape than the first.
const fn alike(site: &Site<'_>, second: &'static str) -> Result<(), Fault> {
    let Some(sizes) = site.call.sizes(second) else { return Ok(()) };
    if is_same(site.gives, sizes) {
        return Ok(());
    }
    let what = Sentence::new(&[
        Piece::Word,
        Piece::Text(" takes two values of one shape, but `"),
        argument(site, second),
        Piece::Text("` is "),
        Piece::Shape(Dims::new(sizes)),
    ]);
    let mend = Mend::Say(Sentence::text("have both stages give as many values"));
    Err(site.fault(second, what.and(&FROM_GIVES), mend))
}

/// The argument of that name as it is written.
pub(super) const fn argument(site: &Site<'_>, name: &str) -> Piece {
    match site.call.layer.argument(name) {
        Some(slot) => Piece::Argument(slot),
        None => Piece::Text(""),
    }
}
