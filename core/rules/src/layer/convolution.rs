//! Convolutions: `conv`, `depthwise`, `conv_transpose`.

use super::limits::{MOST_BYTES, output};
use super::spatial::{Image, channels_last, looks_like_channels_last, wide};
use crate::dims::CHANNELS_FIRST;
use crate::facts::Facts;
use crate::fault::{Change, Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{FROM_GIVES, Site};
use crate::size::larger;
use crate::window::Window;
use crate::words::Rule;

/// `conv` and `depthwise`.
pub(super) const fn conv(site: &Site<'_>) -> Result<Facts, Fault> {
    let (image, window, [groups, out]) = match grouped(site) {
        Ok(found) => found,
        Err(fault) => return Err(fault),
    };
    let places = match image.slid(site, &window) {
        Ok(places) => places,
        Err(fault) => return Err(fault),
    };
    let weight = [out, image.channels as u128 / groups];
    convolved(site, &image, window, out, places, weight)
}

/// `conv_transpose`.
pub(super) const fn conv_transpose(site: &Site<'_>) -> Result<Facts, Fault> {
    let (image, window, [groups, out]) = match grouped(site) {
        Ok(found) => found,
        Err(fault) => return Err(fault),
    };
    let added = match image.along(site, "output_padding", 0, [0; 2]) {
        Ok(added) => added,
        Err(fault) => return Err(fault),
    };
    let most = [
        larger(window.stride[0], window.dilation[0]),
        larger(window.stride[1], window.dilation[1]),
    ];
    if added[0] >= most[0] || added[1] >= most[1] {
        let what = Sentence::new(&[
            Piece::Text("the output padding of "),
            Piece::Extent(wide(added), image.rank),
            Piece::Text(" is not less than the stride of "),
            Piece::Extent(wide(window.stride), image.rank),
            Piece::Text(" or the dilation of "),
            Piece::Extent(wide(window.dilation), image.rank),
        ]);
        let least = if image.rank == 3 && most[0] < most[1] { most[0] } else { most[1] } - 1;
        let mend = match least {
            0 => Mend::without("output_padding"),
            least => Mend::argument("output_padding", Piece::Number(least as u128)),
        };
        return Err(site.fault("output_padding", what, mend));
    }
    let places = match image.spread(site, &window, added) {
        Ok(places) => places,
        Err(fault) => return Err(fault),
    };
    let weight = [image.channels as u128, out / groups];
    convolved(site, &image, window, out, places, weight)
}

/// What comes in, the window, the groups and the channels that come out, which the groups divide.
const fn grouped(site: &Site<'_>) -> Result<(Image, Window, [u128; 2]), Fault> {
    let image = match Image::of(site) {
        Ok(image) => image,
        Err(fault) => return Err(fault),
    };
    let window = match image.window(site, false) {
        Ok(window) => window,
        Err(fault) => return Err(fault),
    };
    let channels = image.channels;
    if is_depthwise(site) {
        let out = channels as u128 * site.call.size("multiplier") as u128;
        return Ok((image, window, [channels as u128, out]));
    }
    let (groups, out) = (site.call.size("groups"), site.call.size("out"));
    match undivided(site, [channels, out], groups) {
        Some(fault) => Err(fault),
        None => Ok((image, window, [groups as u128, out as u128])),
    }
}

const fn is_depthwise(site: &Site<'_>) -> bool {
    matches!(site.call.layer.rule, Rule::Depthwise)
}

/// Says where channels that come in, or those that come out, do not divide into groups.
pub(super) const fn undivided(
    site: &Site<'_>,
    [channels, out]: [usize; 2],
    groups: usize,
) -> Option<Fault> {
    let is_input = !channels.is_multiple_of(groups);
    if !is_input && out.is_multiple_of(groups) {
        return None;
    }
    let (count, which) = match (is_input, site.call.layer.argument("out")) {
        (true, None) => (channels, " channels"),
        (true, Some(_)) => (channels, " input channels"),
        (false, _) => (out, " output channels"),
    };
    let is_last = looks_like_channels_last(site);
    let what = if is_input { channels_last(site) } else { Sentence::EMPTY };
    let what = what.and(&[
        Piece::Text("the "),
        Piece::Number(count as u128),
        Piece::Text(which),
        Piece::Text(" do not divide into "),
        Piece::Number(groups as u128),
        Piece::Text(" groups"),
    ]);
    let what = if is_input && !is_last { what.and(&FROM_GIVES) } else { what };
    if is_last {
        return Some(site.fault("groups", what, Mend::Precede(Sentence::text(CHANNELS_FIRST))));
    }
    let mut fits = if groups < channels { groups } else { channels };
    while !channels.is_multiple_of(fits) || !out.is_multiple_of(fits) {
        fits -= 1;
    }
    Some(site.fault("groups", what, Mend::argument("groups", Piece::Number(fits as u128))))
}

const fn convolved(
    site: &Site<'_>,
    image: &Image,
    window: Window,
    out: u128,
    places: [u128; 2],
    weight: [u128; 2],
) -> Result<Facts, Fault> {
    let taps = window.kernel[0] as u128 * window.kernel[1] as u128;
    let weights = taps.saturating_mul(weight[0]).saturating_mul(weight[1]);
    if weights.saturating_mul(site.bytes as u128) > MOST_BYTES {
        let what = Sentence::new(&[
            Piece::Number(weight[0]),
            Piece::Text(" x "),
            Piece::Number(weight[1]),
            Piece::Text(" x "),
            Piece::Extent(wide(window.kernel), image.rank),
            Piece::Text(" weights are more than a machine can address"),
        ]);
        let least = taps.saturating_mul(image.channels as u128);
        return Err(site.misplaced(what, fewer(site, least)));
    }
    // Where so many channels would do without it, it is the padding that is too large.
    let [height, width] = wide(image.sizes);
    let values = out.saturating_mul(height).saturating_mul(width);
    let is_padded = site.call.sizes("padding").is_some()
        && values.saturating_mul(site.bytes as u128) <= MOST_BYTES;
    let (blamed, mend) = match is_padded {
        true => ("padding", Mend::without("padding")),
        false => ("out", fewer(site, places[0].saturating_mul(places[1]))),
    };
    match output(site, image.with(out, places), image.rank, blamed, mend) {
        Ok(output) => Ok(Facts {
            output,
            window: window.filled(),
            weight: [weight[0] as usize, weight[1] as usize],
            count: out as usize,
        }),
        Err(fault) => Err(fault),
    }
}

/// Fewer channels, where what there is for each of them lets them do; else a smaller kernel too.
const fn fewer(site: &Site<'_>, each: u128) -> Mend {
    let (channels, count) = match is_depthwise(site) {
        true => (Change::left_out("multiplier"), site.gives[0] as u128),
        false => (Change::to("out", Piece::Text("16")), 16),
    };
    if each.saturating_mul(count).saturating_mul(site.bytes as u128) <= MOST_BYTES {
        return Mend::Arguments([channels, None, None, None]);
    }
    let kernel = Change::to("kernel", Piece::Text("3"));
    Mend::Arguments([channels, kernel, Change::left_out("padding"), None])
}
