//! The shape rule of each layer, one family to a file.

mod activation;
mod arrangement;
mod attention;
mod convolution;
mod limits;
mod normalization;
mod pair;
mod pooling;
mod recurrence;
mod sequence;
mod spatial;

pub use limits::MOST_BYTES;

use crate::dims::{Dims, holds_zero};
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::outline::Outline;
use crate::sentence::{Piece, Sentence};
use crate::site::Site;
use crate::size::IS_ZERO;
use crate::words::{Kind, Omitted, Rule, rules};

/// What follows from a layer where it stands.
///
/// # Errors
/// If it does not fit there.
pub const fn infer(site: &Site<'_>) -> Result<Facts, Fault> {
    if site.input().is_empty() {
        return Ok(unknown(site));
    }
    if let Some(fault) = zero(site) {
        return Err(fault);
    }
    macro_rules! applied {
        ($($rule:ident: $family:ident::$function:ident,)*) => {
            match site.call.layer.rule {
                $(Rule::$rule => $family::$function(site),)*
            }
        };
    }
    rules!(applied)
}

/// What is known of a layer that does not fit, or stands behind one that does not: how many sizes its output has, all of
/// them zero. That has been reported where it is wrong, and nothing more is said of zeros.
pub const fn unknown(site: &Site<'_>) -> Facts {
    let rank = match Outline::of(&site.call, site.gives.len()) {
        Some(outline) => outline.sizes().len(),
        None => site.gives.len(),
    };
    Facts::giving(Dims::new([0; 3].split_at(rank).0))
}

/// A size of zero where there has to be one of at least 1.
const fn zero(site: &Site<'_>) -> Option<Fault> {
    let mut slot = 0;
    while slot < site.call.layer.arguments.len() {
        let argument = &site.call.layer.arguments[slot];
        if let Some(sizes) = site.call.sizes(argument.name)
            && holds_zero(sizes)
            && matches!(argument.kind, Kind::Size | Kind::Window | Kind::Shape | Kind::Sizes)
        {
            let what = of_zero(site, slot);
            let mend = match (argument.kind, argument.omitted) {
                (Kind::Shape, _) => arrangement::fitting_mend(site, sizes),
                (_, Omitted::Required(example) | Omitted::Derived(example)) => {
                    Mend::argument(argument.name, Piece::Text(example))
                }
                _ => Mend::without(argument.name),
            };
            return Some(Fault { argument: Some(slot), what, mend, keeps_shape: false });
        }
        slot += 1;
    }
    None
}

/// What is said of an argument that is zero, of a const with its name.
const fn of_zero(site: &Site<'_>, slot: usize) -> Sentence {
    let argument = &site.call.layer.arguments[slot];
    let what = match argument.kind {
        Kind::Shape => Sentence::text("a size"),
        _ => Sentence::new(&[Piece::Text("`"), Piece::Text(argument.name), Piece::Text("`")]),
    };
    let what = what.and(&[Piece::Text(IS_ZERO)]);
    let Some(given) = site.call.at(slot) else { return what };
    let is_list = match given.text.as_bytes() {
        [b'0', ..] => return what,
        [first, ..] => *first == b'[',
        [] => false,
    };
    let end = if is_list { "`)" } else { "` is 0)" };
    what.and(&[Piece::Text(" (`"), Piece::Argument(slot), Piece::Text(end)])
}
