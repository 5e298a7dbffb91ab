//! What changes the size of an image: `max_pool`, `avg_pool`, `global_avg_pool`, .., `upsample`, `pad`.

use super::limits::output;
use super::spatial::{Image, wide};
use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{BUT_FROM_GIVES, Site};
use crate::window::Window;
use crate::words::Rule;

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
    if matches!(site.call.layer.rule, Rule::MaxPool)
        && let Some(fault) = image.unseeing(site, &window)
    {
        return Err(fault);
    }
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
        // Which of its values are those of a channel, nothing says.
        Err(fault) => {
            let help = "say which are channels, by `reshape` in front of it, or leave it out";
            Err(Fault { mend: Mend::Say(Sentence::text(help)), ..fault })
        }
    }
}

/// `adaptive_avg_pool` and `adaptive_max_pool`: a given size.
pub(super) const fn adaptive(site: &Site<'_>) -> Result<Facts, Fault> {
    sized(site, "size", "4", false)
}

/// `upsample`: so many times as high and wide.
pub(super) const fn upsample(site: &Site<'_>) -> Result<Facts, Fault> {
    if site.call.is_set("align_corners") && site.call.is_word("mode", "nearest") {
        let what = Sentence::text(
            "`align_corners` is for the modes `bilinear` and `linear`: `nearest` repeats each value",
        );
        let mode = if site.gives.len() == 2 { "linear" } else { "bilinear" };
        let help =
            [Piece::Text("leave it out, or say `mode: "), Piece::Text(mode), Piece::Text("`")];
        return Err(site.fault("align_corners", what, Mend::Say(Sentence::new(&help))));
    }
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

/// `pad`: values around.
pub(super) const fn pad(site: &Site<'_>) -> Result<Facts, Fault> {
    let image = match Image::of(site) {
        Ok(image) => image,
        Err(fault) => return Err(fault),
    };
    let padding = match image.along(site, "padding", 0, [0; 2]) {
        Ok(padding) => padding,
        Err(fault) => return Err(fault),
    };
    let after = match image.along(site, "after", 0, padding) {
        Ok(after) => after,
        Err(fault) => return Err(fault),
    };
    if site.call.is_word("mode", "reflect") {
        if let Some(fault) = image.unreflected(site, "padding", padding) {
            return Err(fault);
        }
        if let Some(fault) = image.unreflected(site, "after", after) {
            return Err(fault);
        }
    }
    let (of, front, behind) = (wide(image.sizes), wide(padding), wide(after));
    let sizes = [of[0] + front[0] + behind[0], of[1] + front[1] + behind[1]];
    let sizes = image.with(image.channels as u128, sizes);
    match output(site, sizes, image.rank, "padding", Mend::argument("padding", Piece::Text("1"))) {
        Ok(output) => {
            let window = Window { padding, ..Window::ONE };
            Ok(Facts { window, ..Facts::giving(output) })
        }
        Err(fault) => Err(fault),
    }
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
