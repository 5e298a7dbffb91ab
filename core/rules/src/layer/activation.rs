//! Activations that are layers, since they learn.

use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{FROM_GIVES, Site};

/// `prelu`: one slope below zero, or one for each channel, which of a vector is each feature.
pub(super) const fn prelu(site: &Site<'_>) -> Result<Facts, Fault> {
    let (channels, slopes) = (site.gives[0], site.call.size("num_parameters"));
    if slopes == 1 || slopes == channels {
        return Ok(Facts { count: slopes, ..Facts::giving(site.input()) });
    }
    let each = if site.gives.len() == 1 { " features, not " } else { " channels, not " };
    let channels = Piece::Number(channels as u128);
    let what = Sentence::new(&[
        Piece::Word,
        Piece::Text(" has one slope or one for each of the "),
        channels,
        Piece::Text(each),
        Piece::Number(slopes as u128),
    ]);
    let mend = Mend::argument("num_parameters", channels);
    Err(site.fault("num_parameters", what.and(&FROM_GIVES), mend).keeping_shape())
}
