//! Recurrent layers: `rnn`, `lstm`, `gru`.

use super::limits::{MOST_BYTES, output};
use super::sequence::{masked, sequence};
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::Site;

pub(super) const fn rnn(site: &Site<'_>) -> Result<Facts, Fault> {
    recurrent(site, 1)
}

pub(super) const fn gru(site: &Site<'_>) -> Result<Facts, Fault> {
    recurrent(site, 3)
}

pub(super) const fn lstm(site: &Site<'_>) -> Result<Facts, Fault> {
    recurrent(site, 4)
}

/// A recurrent layer whose hidden units have so many rows of weights each.
const fn recurrent(site: &Site<'_>, gates: usize) -> Result<Facts, Fault> {
    let [length, features] = match sequence(site, 1) {
        Ok(sizes) => sizes,
        Err(fault) => return Err(fault),
    };
    if let Err(fault) = masked(site, length) {
        return Err(fault);
    }
    let hidden = site.call.size("hidden") as u128;
    let fewer = Mend::argument("hidden", Piece::Text("64"));
    let (rows, columns) = (gates as u128 * hidden, features as u128 + hidden);
    if rows.saturating_mul(columns).saturating_mul(site.bytes as u128) > MOST_BYTES {
        let what = Sentence::new(&[
            Piece::Number(rows),
            Piece::Text(" x "),
            Piece::Number(columns),
            Piece::Text(" weights are more than a machine can address"),
        ]);
        return Err(site.fault("hidden", what, fewer));
    }
    let width = if site.call.is_set("bidirectional") { 2 * hidden } else { hidden };
    let (sizes, rank) = match site.call.is_set("last") {
        true => ([width, 1, 1], 1),
        false => ([length as u128, width, 1], 2),
    };
    match output(site, sizes, rank, "hidden", fewer) {
        Ok(output) => Ok(Facts {
            weight: [rows as usize, features],
            count: hidden as usize,
            ..Facts::giving(output)
        }),
        Err(fault) => Err(fault),
    }
}
