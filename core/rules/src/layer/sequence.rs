//! What every layer over sequences `[length, features]` goes by, and those that take one vector out of them.

use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{BUT_FROM_GIVES, Site};

/// Length and features of what comes in. What is no sequence is mended to one of features that are a `multiple`,
/// where that can be.
pub(super) const fn sequence(site: &Site<'_>, multiple: usize) -> Result<[usize; 2], Fault> {
    if let [length, features] = *site.gives {
        return Ok([length, features]);
    }
    let what = Sentence::new(&[Piece::Word, Piece::Text(" takes a sequence [length, features]")]);
    let mend = Mend::Precede(reshaped(site.gives, multiple));
    Err(site.misplaced(what.and(&BUT_FROM_GIVES), mend))
}

/// The stages that make a sequence of a vector or an image: the rows of a grey image, as those of a square vector,
/// or the places of another, whose channels are the features.
const fn reshaped(sizes: &[usize], multiple: usize) -> Sentence {
    let (shape, behind) = match *sizes {
        [1, height, width] => ([height, width], ""),
        [channels, height, width] => ([channels, height.saturating_mul(width)], " => transpose"),
        [size] => {
            let side = size.isqrt();
            if side > 1 && side * side == size && side.is_multiple_of(multiple) {
                ([side, side], "")
            } else if size.is_multiple_of(multiple) {
                ([size / multiple, multiple], "")
            } else {
                ([size, 1], "")
            }
        }
        _ => ([1, 1], ""),
    };
    Sentence::new(&[Piece::Text("reshape"), Piece::Shape(Dims::new(&shape)), Piece::Text(behind)])
}

/// `take_last` and `mean_over_time`: one vector of features.
pub(super) const fn one_step(site: &Site<'_>) -> Result<Facts, Fault> {
    match sequence(site, 1) {
        Ok([_, features]) => Ok(Facts::giving(Dims::new(&[features]))),
        Err(fault) => Err(fault),
    }
}
