//! Layers that normalize, all of which keep the shape.

use super::convolution::undivided;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::single::always;
use crate::site::{BUT_FROM_GIVES, FROM_GIVES, Site};

/// `batch_norm`: over the samples, for each channel.
pub(super) const fn batch_norm(site: &Site<'_>) -> Result<Facts, Fault> {
    Ok(Facts { count: site.gives[0], ..Facts::giving(site.input()) })
}

/// `layer_norm`: over the last axes, which hold more than one value: one is always its own mean.
pub(super) const fn layer_norm(site: &Site<'_>) -> Result<Facts, Fault> {
    match over_last_axes(site) {
        // Where sizes only stand for others, `single::varies` is asked.
        Ok(Facts { count: 1, .. }) if site.written.is_empty() => {
            let (input, rank) = (site.input(), site.gives.len());
            let mut axes = last_axes(site);
            while axes < rank && input.size(rank - 1 - axes) == 1 {
                axes += 1;
            }
            let mend = match axes < rank {
                true => Mend::argument("axes", Piece::Number(axes as u128 + 1)),
                false => NOTHING_TO_NORMALIZE,
            };
            let what = Sentence::new(&[Piece::Word, Piece::Text(always("layer_norm"))]);
            Err(site.misplaced(what.and(&FROM_GIVES), mend).keeping_shape())
        }
        found => found,
    }
}

const NOTHING_TO_NORMALIZE: Mend =
    Mend::Say(Sentence::text("there is nothing to normalize: leave it out"));

/// `layer_norm` and `rms_norm`: over the last axes, which are all of an image and else the last.
pub(super) const fn over_last_axes(site: &Site<'_>) -> Result<Facts, Fault> {
    let (input, rank) = (site.input(), site.gives.len());
    if site.call.argument("bias").is_some()
        && site.call.is_set("bias")
        && !site.call.is_set("elementwise_affine")
    {
        let what = "`bias: true` beside `elementwise_affine: false`, which leaves out the bias too";
        return Err(site
            .fault("bias", Sentence::text(what), Mend::without("bias"))
            .keeping_shape());
    }
    let axes = last_axes(site);
    if axes > rank {
        let what = Sentence::new(&[
            Piece::Word,
            Piece::Text(" over "),
            Piece::Number(axes as u128),
            Piece::Text(" axes"),
        ]);
        let mend = Mend::argument("axes", Piece::Number(rank as u128));
        return Err(site.fault("axes", what.and(&BUT_FROM_GIVES), mend));
    }
    let mut count = 1;
    let mut axis = rank - axes;
    while axis < rank {
        count *= input.size(axis);
        axis += 1;
    }
    Ok(Facts { count, weight: [axes, 0], ..Facts::giving(input) })
}

const fn last_axes(site: &Site<'_>) -> usize {
    match (site.call.sizes("axes"), site.gives.len()) {
        (Some([axes, ..]), _) => *axes,
        (_, 3) => 3,
        (_, _) => 1,
    }
}

/// `normalize`: along an axis that there is.
pub(super) const fn normalize(site: &Site<'_>) -> Result<Facts, Fault> {
    let rank = site.gives.len();
    let axis = match site.call.sizes("axis") {
        Some([axis, ..]) => *axis,
        _ => rank - 1,
    };
    if axis < rank {
        return Ok(Facts { weight: [axis, 0], ..Facts::giving(site.input()) });
    }
    let mend = Mend::argument("axis", Piece::Number(rank as u128 - 1));
    Err(site.fault("axis", site.absent(axis), mend).keeping_shape())
}

/// `group_norm`: over groups that the channels divide into.
pub(super) const fn group_norm(site: &Site<'_>) -> Result<Facts, Fault> {
    let (channels, groups) = (site.gives[0], site.call.size("groups"));
    if let Some(fault) = undivided(site, [channels, channels], groups) {
        return Err(fault.keeping_shape());
    }
    if site.input().values() == groups as u128 {
        let mend = match divisor_below(channels) {
            Some(groups) => Mend::argument("groups", Piece::Number(groups as u128)),
            None => NOTHING_TO_NORMALIZE,
        };
        let what = match channels {
            1 => Sentence::new(&[Piece::Word, Piece::Text(always("group_norm"))]),
            _ => Sentence::new(&[
                Piece::Number(groups as u128),
                Piece::Text(" groups of "),
                Piece::Number(channels as u128),
                Piece::Text(" channels hold one value each, of which nothing but the bias is left"),
            ]),
        };
        return Err(site.fault("groups", what.and(&FROM_GIVES), mend).keeping_shape());
    }
    Ok(Facts { count: groups, ..Facts::giving(site.input()) })
}

/// The largest number below another that divides it.
const fn divisor_below(whole: usize) -> Option<usize> {
    let mut factor = 2;
    while factor <= MOST_FACTOR && factor <= whole {
        if whole.is_multiple_of(factor) {
            return Some(whole / factor);
        }
        factor += 1;
    }
    // All together are one group.
    if whole > 1 { Some(1) } else { None }
}

/// A search while compiling ends.
const MOST_FACTOR: usize = 1 << 12;

/// `instance_norm`: over the places of each channel, of which there is more than one.
pub(super) const fn instance_norm(site: &Site<'_>) -> Result<Facts, Fault> {
    let says = match site.gives {
        [_] => " takes an image [channels, height, width] or a signal [channels, length]",
        [_, 1] | [_, 1, 1] => " needs more than one value for each channel",
        _ => return batch_norm(site),
    };
    let what = Sentence::new(&[Piece::Word, Piece::Text(says)]).and(&BUT_FROM_GIVES);
    let mend = match site.input().values() {
        1 => NOTHING_TO_NORMALIZE,
        _ => Mend::Replace(Sentence::text("layer_norm")),
    };
    Err(site.misplaced(what, mend).keeping_shape())
}
