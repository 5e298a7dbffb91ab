//! `attention`, `position` and `sinusoidal`, all of which keep the shape of a sequence.

use super::limits::nearest;
use super::pair::argument;
use super::sequence::{masked, sequence};
use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Change, Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{FROM_GIVES, Site};

/// `attention`: heads divide the features, heads of keys those of queries, and with `rotary` a head's features are
/// pairs.
pub(super) const fn attention(site: &Site<'_>) -> Result<Facts, Fault> {
    let (heads, is_rotary) = (site.call.size("heads"), site.call.is_set("rotary"));
    let multiple = if is_rotary { heads.saturating_mul(2) } else { heads };
    let [length, features] = match sequence(site, multiple) {
        Ok(sizes) => sizes,
        Err(fault) => return Err(fault),
    };
    let kv_heads = match site.call.sizes("kv_heads") {
        Some([kv_heads, ..]) => Some(*kv_heads),
        _ => None,
    };
    if !features.is_multiple_of(heads) {
        return Err(undivided(site, features, heads, kv_heads, is_rotary).keeping_shape());
    }
    let groups = match kv_heads {
        Some(kv_heads) => kv_heads,
        None => heads,
    };
    if !heads.is_multiple_of(groups) {
        let what = Sentence::new(&[
            Piece::Text("the "),
            Piece::Number(heads as u128),
            Piece::Text(" heads of queries do not divide into "),
            Piece::Number(groups as u128),
            Piece::Text(" groups, one for each of `kv_heads`"),
        ]);
        let mend = Mend::argument("kv_heads", divisor(groups, heads));
        return Err(site.fault("kv_heads", what, mend).keeping_shape());
    }
    let width = features / heads;
    if is_rotary && !width.is_multiple_of(2) {
        let what = Sentence::new(&[
            Piece::Text("rotary embedding turns pairs of features, but a head has "),
            Piece::Number(width as u128),
            Piece::Text(": "),
            Piece::Number(features as u128),
            Piece::Text(" features in "),
            Piece::Number(heads as u128),
            Piece::Text(" heads"),
        ]);
        let multiple = if kv_heads.is_some() { groups } else { 1 };
        let mend = match nearest(heads, features, multiple, true) {
            Some(fits) => Mend::argument("heads", Piece::Number(fits as u128)),
            None => Mend::without("rotary"),
        };
        return Err(site.fault("rotary", what, mend).keeping_shape());
    }
    if let Err(fault) = of_others(site, length, features) {
        return Err(fault.keeping_shape());
    }
    let rows = features + 2 * groups * width;
    Ok(Facts { weight: [rows, features], count: heads, ..Facts::giving(site.input()) })
}

/// The values that it reads besides: a memory has as many features, and a mask a value for each position that is seen.
const fn of_others(site: &Site<'_>, length: usize, features: usize) -> Result<(), Fault> {
    let Some(memory) = site.call.sizes("memory") else { return masked(site, length) };
    if Dims::new(memory).is_empty() {
        // That it has no shape has been told.
        return Ok(());
    }
    let [positions, of_memory] = *memory else {
        let what = Sentence::new(&[
            Piece::Text("a memory is a sequence [length, features], but `"),
            argument(site, "memory"),
            Piece::Text("` is "),
            Piece::Shape(Dims::new(memory)),
        ]);
        let mend =
            Mend::Say(Sentence::text("refer to a value that has features for each position"));
        return Err(site.fault("memory", what, mend));
    };
    if of_memory != features {
        let what = Sentence::new(&[
            Piece::Text(
                "keys are projected from a memory of as many features as the queries have, ",
            ),
            Piece::Number(features as u128),
            Piece::Text(", but `"),
            argument(site, "memory"),
            Piece::Text("` is "),
            Piece::Shape(Dims::new(memory)),
        ]);
        let mend = Mend::Say(Sentence::new(&[
            Piece::Text("let a stage give the memory "),
            Piece::Number(features as u128),
            Piece::Text(" features: a dense layer at each position"),
        ]));
        return Err(site.fault("memory", what, mend));
    }
    if let Some(refused) = without_memory(site) {
        let what = Sentence::new(&[
            Piece::Text("`"),
            Piece::Text(refused),
            Piece::Text("` compares positions of one sequence, those of a memory are of another"),
        ]);
        return Err(site.fault(refused, what, Mend::without(refused)));
    }
    masked(site, positions)
}

/// An argument that means nothing beside a memory.
const fn without_memory(site: &Site<'_>) -> Option<&'static str> {
    if site.call.is_set("causal") {
        Some("causal")
    } else if site.call.is_set("rotary") {
        Some("rotary")
    } else {
        None
    }
}

const fn undivided(
    site: &Site<'_>,
    features: usize,
    heads: usize,
    kv_heads: Option<usize>,
    is_rotary: bool,
) -> Fault {
    let what = Sentence::new(&[
        Piece::Text("the "),
        Piece::Number(features as u128),
        Piece::Text(" features do not divide into "),
        Piece::Number(heads as u128),
        Piece::Text(" heads"),
    ]);
    let paired = if is_rotary { nearest(heads, features, 1, true) } else { None };
    let fits = match (paired, nearest(heads, features, 1, false)) {
        (Some(fits), _) | (None, Some(fits)) => fits,
        (None, None) => 1,
    };
    let kv_heads = match kv_heads {
        Some(kv_heads) => Change::to("kv_heads", divisor(kv_heads, fits)),
        None => None,
    };
    let rotary = if is_rotary && paired.is_none() { Change::left_out("rotary") } else { None };
    let heads = Change::to("heads", Piece::Number(fits as u128));
    let mend = Mend::Arguments([heads, kv_heads, rotary, None]);
    site.fault("heads", what.and(&FROM_GIVES), mend)
}

/// The divisor of a number that is nearest to the one given.
const fn divisor(given: usize, whole: usize) -> Piece {
    match nearest(given, whole, 1, false) {
        Some(divisor) => Piece::Number(divisor as u128),
        None => Piece::Number(1),
    }
}

/// `position`: a table of at least as many positions as there are steps.
pub(super) const fn position(site: &Site<'_>) -> Result<Facts, Fault> {
    let [length, _] = match sequence(site, 1) {
        Ok(sizes) => sizes,
        Err(fault) => return Err(fault),
    };
    let table = match site.call.sizes("length") {
        Some([table, ..]) => *table,
        _ => length,
    };
    if table < length {
        let what = Sentence::new(&[
            Piece::Text("a table of "),
            Piece::Number(table as u128),
            Piece::Text(" positions for a sequence of "),
            Piece::Number(length as u128),
        ]);
        let mend = Mend::argument("length", Piece::Number(length as u128));
        return Err(site.fault("length", what.and(&FROM_GIVES), mend).keeping_shape());
    }
    Ok(Facts { count: table, ..Facts::giving(site.input()) })
}

/// `sinusoidal`: features come in pairs.
pub(super) const fn sinusoidal(site: &Site<'_>) -> Result<Facts, Fault> {
    let [_, features] = match sequence(site, 2) {
        Ok(sizes) => sizes,
        Err(fault) => return Err(fault),
    };
    if !features.is_multiple_of(2) {
        let what = Sentence::new(&[
            Piece::Word,
            Piece::Text(" adds sines and cosines to pairs of features, but "),
            Piece::From,
            Piece::Text(" gives "),
            Piece::Number(features as u128),
            Piece::Text(" of them: "),
            Piece::Gives,
        ]);
        let mend = Mend::Say(Sentence::text(
            "give it an even number of features, or learn a vector for each step: `position` takes any number",
        ));
        return Err(site.misplaced(what, mend).keeping_shape());
    }
    Ok(Facts::giving(site.input()))
}
