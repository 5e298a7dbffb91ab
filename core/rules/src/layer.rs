//! The shape rule of each layer, one family to a file.

mod arrangement;
mod attention;
mod convolution;
mod normalization;
mod pooling;
mod recurrence;
mod sequence;
mod spatial;

use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::Site;
use crate::text::Text;
use crate::words::{Kind, Omitted, Rule};

/// More bytes than this no machine can address at once.
pub const MOST_BYTES: u128 = isize::MAX as u128;

/// What follows from a layer where it stands.
///
/// # Errors
/// If it does not fit there.
pub const fn infer(site: &Site<'_>) -> Result<Facts, Fault> {
    if site.input().is_empty() {
        return Ok(Facts::UNKNOWN);
    }
    if let Some(fault) = zero(site) {
        return Err(fault);
    }
    match site.call.layer.rule {
        Rule::Conv | Rule::Depthwise => convolution::conv(site),
        Rule::ConvTranspose => convolution::conv_transpose(site),
        Rule::MaxPool | Rule::AvgPool => pooling::pool(site),
        Rule::GlobalAvgPool | Rule::GlobalMaxPool => pooling::global(site),
        Rule::AdaptiveAvgPool => pooling::adaptive(site),
        Rule::Upsample => pooling::upsample(site),
        Rule::Flatten => arrangement::flatten(site),
        Rule::Reshape => arrangement::reshape(site),
        Rule::Transpose => arrangement::transpose(site),
        Rule::Permute => arrangement::permute(site),
        Rule::BatchNorm => normalization::batch_norm(site),
        Rule::LayerNorm | Rule::RmsNorm => normalization::over_last_axes(site),
        Rule::GroupNorm => normalization::group_norm(site),
        Rule::InstanceNorm => normalization::instance_norm(site),
        // What takes any shape, or another's, whose rule is not its own.
        Rule::Dropout | Rule::Tokens | Rule::Embedding | Rule::Tied => {
            Ok(Facts::giving(site.input()))
        }
        Rule::Rnn => recurrence::recurrent(site, 1),
        Rule::Gru => recurrence::recurrent(site, 3),
        Rule::Lstm => recurrence::recurrent(site, 4),
        Rule::TakeLast | Rule::MeanOverTime => sequence::one_step(site),
        Rule::Attention => attention::attention(site),
        Rule::Position => attention::position(site),
        Rule::Sinusoidal => attention::sinusoidal(site),
    }
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
            let what = of_zero(argument.name, argument.kind, Piece::Argument(slot));
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

const fn holds_zero(sizes: &[usize]) -> bool {
    let mut index = 0;
    while index < sizes.len() {
        if sizes[index] == 0 {
            return true;
        }
        index += 1;
    }
    false
}

/// What is said of an argument that is zero, as it is written.
const fn of_zero(name: &'static str, kind: Kind, written: Piece) -> Sentence {
    let article = match name.as_bytes() {
        [b'a' | b'e' | b'i' | b'o' | b'u', ..] => "an ",
        _ => "a ",
    };
    match kind {
        Kind::Window => {
            Sentence::new(&[Piece::Text(article), Piece::Text(name), Piece::Text(" of zero")])
        }
        Kind::Shape => {
            Sentence::new(&[Piece::Text("a size of zero: `"), written, Piece::Text("`")])
        }
        Kind::Size
        | Kind::Sizes
        | Kind::Amount
        | Kind::Padding
        | Kind::Number { .. }
        | Kind::Flag
        | Kind::Word(_)
        | Kind::Axes
        | Kind::Label => Sentence::new(&[
            Piece::Text("`"),
            Piece::Text(name),
            Piece::Text("` of zero: it is at least 1"),
        ]),
    }
}

/// What is said of an argument of that name and kind which is zero.
pub const fn zero_text(name: &'static str, kind: Kind, written: &'static str) -> Text {
    of_zero(name, kind, Piece::Text(written)).alone()
}

/// The shape of these sizes, of which there are so many, if a machine can address a sample of it; else what an
/// argument of that name is mended by.
const fn output(
    site: &Site<'_>,
    sizes: [u128; 3],
    rank: usize,
    name: &str,
    mend: Mend,
) -> Result<Dims, Fault> {
    if let Some(values) = sizes[0].checked_mul(sizes[1])
        && let Some(values) = values.checked_mul(sizes[2])
        && let Some(bytes) = values.checked_mul(site.bytes as u128)
        && bytes <= MOST_BYTES
    {
        let sizes = [sizes[0] as usize, sizes[1] as usize, sizes[2] as usize];
        return Ok(Dims::new(sizes.split_at(rank).0));
    }
    let what = Sentence::new(&[
        Piece::Text("a sample of shape "),
        Piece::Wide(sizes, rank),
        Piece::Text(" is more than a machine can address"),
    ]);
    Err(site.fault(name, what, mend))
}

/// The number up to `most` that is nearest to the one given, of two the smaller, among those that fit: that divide
/// `whole` and are divided by a `multiple`, and, where `paired`, divide it into even parts. `None` where none does.
const fn nearest(given: usize, whole: usize, multiple: usize, is_paired: bool) -> Option<usize> {
    let given = if given > whole { whole } else { given };
    let mut distance = 0;
    while distance <= MOST_DISTANCE && (distance < given || distance <= whole - given) {
        let candidates = [given.saturating_sub(distance), given.saturating_add(distance)];
        let mut index = 0;
        while index < 2 {
            let count = candidates[index];
            let is_fit = count > 0
                && count <= whole
                && whole.is_multiple_of(count)
                && count.is_multiple_of(multiple)
                && (!is_paired || (whole / count).is_multiple_of(2));
            if is_fit {
                return Some(count);
            }
            index += 1;
        }
        distance += 1;
    }
    None
}

/// Farther away no number is looked for: a search while compiling ends.
const MOST_DISTANCE: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_divisor() {
        assert_eq!(nearest(3, 64, 1, false), Some(2));
        assert_eq!(nearest(7, 64, 1, false), Some(8));
        assert_eq!(nearest(100, 12, 1, false), Some(12));
        assert_eq!(nearest(5, 7, 1, false), Some(7));
        assert_eq!(nearest(60, 64, 1, true), Some(32));
        assert_eq!(nearest(4, 12, 1, true), Some(3));
        assert_eq!(nearest(3, 9, 1, true), None);
        assert_eq!(nearest(4, 12, 2, true), Some(2));
        assert_eq!(nearest(usize::MAX / 2, usize::MAX, 1, true), None);
    }
}
