//! Where the sizes of a layer's output come from, which is known before they are.

use crate::call::Call;
use crate::words::Rule;

/// Where a size comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The size of the input along this axis.
    Input(usize),
    /// The argument of this name.
    Argument(&'static str),
    /// Twice that.
    Twice(&'static str),
    /// The size in this place of a list that is the argument of this name.
    Listed(&'static str, usize),
    /// It is computed.
    Computed,
}

/// Where the sizes of a layer's output come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    sizes: [Size; 3],
    rank: usize,
}

impl Call<'_> {
    /// Whether what the layer does with an input of so many sizes depends on them, and not on their number alone.
    pub const fn needs_sizes(&self, rank: usize) -> bool {
        match self.layer.rule {
            Rule::BatchNorm | Rule::Dropout => false,
            Rule::Flatten => rank != 1,
            // All of the last axis is normalized together.
            Rule::LayerNorm | Rule::RmsNorm => match self.sizes("axes") {
                Some(axes) => rank > 1 && !matches!(axes, [1]),
                None => rank == 3,
            },
            Rule::Conv
            | Rule::Depthwise
            | Rule::ConvTranspose
            | Rule::MaxPool
            | Rule::AvgPool
            | Rule::GlobalAvgPool
            | Rule::GlobalMaxPool
            | Rule::AdaptiveAvgPool
            | Rule::Upsample
            | Rule::Reshape
            | Rule::Transpose
            | Rule::Permute
            | Rule::GroupNorm
            | Rule::InstanceNorm
            | Rule::Rnn
            | Rule::Lstm
            | Rule::Gru
            | Rule::TakeLast
            | Rule::MeanOverTime
            | Rule::Tokens
            | Rule::Embedding
            | Rule::Tied
            | Rule::Attention
            | Rule::Position
            | Rule::Sinusoidal => true,
        }
    }
}

impl Outline {
    /// That of a layer whose input has so many sizes. `None` where it takes no such input.
    pub const fn of(call: &Call<'_>, rank: usize) -> Option<Outline> {
        use Size::{Argument, Computed, Input, Listed, Twice};
        let same = Some(Outline { sizes: [Input(0), Input(1), Input(2)], rank });
        let is_spatial = rank > 1;
        let keeps_places = call.is_word("padding", "same") || call.is_word("padding", "causal");
        match call.layer.rule {
            Rule::Conv | Rule::ConvTranspose if is_spatial => {
                channels(Argument("out"), keeps_places, rank)
            }
            Rule::Depthwise if is_spatial => channels(Computed, keeps_places, rank),
            Rule::MaxPool | Rule::AvgPool | Rule::AdaptiveAvgPool | Rule::Upsample
                if is_spatial =>
            {
                channels(Input(0), false, rank)
            }
            Rule::GlobalAvgPool | Rule::GlobalMaxPool if is_spatial => {
                Some(Outline { sizes: [Input(0); 3], rank: 1 })
            }
            Rule::Flatten if rank == 1 => same,
            Rule::Flatten => Some(Outline { sizes: [Computed; 3], rank: 1 }),
            Rule::Reshape => {
                let sizes = [Listed("shape", 0), Listed("shape", 1), Listed("shape", 2)];
                match call.sizes("shape") {
                    Some(list) => Some(Outline { sizes, rank: list.len() }),
                    None => None,
                }
            }
            Rule::Transpose if rank == 2 => {
                Some(Outline { sizes: [Input(1), Input(0), Input(2)], rank })
            }
            Rule::Permute => match call.sizes("axes") {
                Some([first, second]) if rank == 2 => {
                    Some(Outline { sizes: [Input(*first), Input(*second), Input(2)], rank })
                }
                Some([first, second, third]) if rank == 3 => {
                    Some(Outline { sizes: [Input(*first), Input(*second), Input(*third)], rank })
                }
                _ => None,
            },
            Rule::BatchNorm
            | Rule::LayerNorm
            | Rule::RmsNorm
            | Rule::GroupNorm
            | Rule::InstanceNorm
            | Rule::Dropout => same,
            Rule::Rnn | Rule::Lstm | Rule::Gru if rank == 2 => {
                let width = match call.is_set("bidirectional") {
                    true => Twice("hidden"),
                    false => Argument("hidden"),
                };
                match call.is_set("last") {
                    true => Some(Outline { sizes: [width; 3], rank: 1 }),
                    false => Some(Outline { sizes: [Input(0), width, Input(2)], rank }),
                }
            }
            Rule::TakeLast | Rule::MeanOverTime if rank == 2 => {
                Some(Outline { sizes: [Input(1); 3], rank: 1 })
            }
            Rule::Attention | Rule::Position | Rule::Sinusoidal if rank == 2 => same,
            Rule::Conv
            | Rule::ConvTranspose
            | Rule::Depthwise
            | Rule::MaxPool
            | Rule::AvgPool
            | Rule::AdaptiveAvgPool
            | Rule::Upsample
            | Rule::GlobalAvgPool
            | Rule::GlobalMaxPool
            | Rule::Transpose
            | Rule::Rnn
            | Rule::Lstm
            | Rule::Gru
            | Rule::TakeLast
            | Rule::MeanOverTime
            | Rule::Attention
            | Rule::Position
            | Rule::Sinusoidal
            | Rule::Tokens
            | Rule::Embedding
            | Rule::Tied => None,
        }
    }

    /// Where each size comes from.
    pub const fn sizes(&self) -> &[Size] {
        self.sizes.split_at(self.rank).0
    }
}

/// So many channels, of as many places as there are in the input or of another number.
const fn channels(channels: Size, keeps_places: bool, rank: usize) -> Option<Outline> {
    let sizes = match keeps_places {
        true => [channels, Size::Input(1), Size::Input(2)],
        false => [channels, Size::Computed, Size::Computed],
    };
    Some(Outline { sizes, rank })
}
