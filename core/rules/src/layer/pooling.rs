//! Pools and what undoes them: `max_pool`, `avg_pool`, `global_avg_pool`, .., `upsample`.

use super::limits::output;
use super::spatial::{Image, wide};
use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{BUT_FROM_GIVES, Site};

/// `max_pool` and `avg_pool`.
pub(super) const fn pool(site: &Site<'_>) -> Result<Facts, Fault> {
    let image = match Image::of(site) {
        Ok(image) => image,
        Err(fault) => return Err(fault),
    };
    let window = match image.window(site, true) {
        Ok(window) => window,
        Err(fault) => return Err(fault),
    };
    let places = match image.slid(site, &window) {
        Ok(places) => places,
        Err(fault) => return Err(fault),
    };
    let sizes = image.with(image.channels as u128, places);
    match output(site, sizes, image.rank, "padding", Mend::without("padding")) {
        Ok(output) => Ok(Facts { window, ..Facts::giving(output) }),
        Err(fault) => Err(fault),
    }
}

/// `global_avg_pool` and `global_max_pool`: a value for each channel.
pub(super) const fn global(site: &Site<'_>) -> Result<Facts, Fault> {
    match Image::of(site) {
        Ok(image) => Ok(Facts::giving(Dims::new(&[image.channels]))),
        Err(fault) => Err(fault),
    }
}

/// `adaptive_avg_pool`: a given size.
pub(super) const fn adaptive(site: &Site<'_>) -> Result<Facts, Fault> {
    sized(site, "size", "4", false)
}

/// `upsample`: so many times as high and wide.
pub(super) const fn upsample(site: &Site<'_>) -> Result<Facts, Fault> {
    if let (2, true) | (3, false) = (site.gives.len(), site.call.is_word("mode", "bilinear"))
        && !site.call.is_word("mode", "nearest")
    {
        let (given, takes, kind) = match site.gives.len() {
            2 => ("bilinear", "linear", "a signal"),
            _ => ("linear", "bilinear", "an image"),
        };
        let what =
            Sentence::new(&[Piece::Text(given), Piece::Text(" is not for "), Piece::Text(kind)]);
        let mend = Mend::argument("mode", Piece::Text(takes));
        return Err(site.fault("mode", what.and(&BUT_FROM_GIVES), mend));
    }
    sized(site, "factor", "2", true)
}

/// The sizes that an argument gives, or multiplies those of the image by.
const fn sized(
    site: &Site<'_>,
    name: &'static str,
    smaller: &'static str,
    is_factor: bool,
) -> Result<Facts, Fault> {
    let image = match Image::of(site) {
        Ok(image) => image,
        Err(fault) => return Err(fault),
    };
    let mut sizes = match image.along(site, name, 1, [1; 2]) {
        Ok(sizes) => wide(sizes),
        Err(fault) => return Err(fault),
    };
    if is_factor {
        let of = wide(image.sizes);
        sizes = [of[0] * sizes[0], of[1] * sizes[1]];
    }
    let sizes = image.with(image.channels as u128, sizes);
    let mend = Mend::argument(name, Piece::Text(smaller));
    match output(site, sizes, image.rank, name, mend) {
        Ok(output) => Ok(Facts::giving(output)),
        Err(fault) => Err(fault),
    }
}
