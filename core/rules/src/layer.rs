//! The shape rule of each layer, one family to a file.

mod arrangement;
mod attention;
mod convolution;
mod limits;
mod normalization;
mod pooling;
mod recurrence;
mod sequence;
mod spatial;

pub use limits::MOST_BYTES;

use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::Site;
use crate::text::Text;
use crate::words::{Kind, Omitted, Rule};

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
