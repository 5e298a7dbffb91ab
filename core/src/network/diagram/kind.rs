//! Kinds of layers, which have a colour each.

use crate::network::LayerKind;

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The input or output of the network.
    End,
    /// A layer; of a composition, where its parts meet.
    Layer(LayerKind),
}

/// A kind's name in the style sheet and its colours, fill and border, in light and in dark.
pub(super) struct Look {
    pub(super) class: &'static str,
    pub(super) light: [&'static str; 2],
    pub(super) dark: [&'static str; 2],
}

impl Kind {
    pub(super) const ALL: [Kind; 10] = [
        Kind::End,
        Kind::Layer(LayerKind::Affine),
        Kind::Layer(LayerKind::Convolution),
        Kind::Layer(LayerKind::Pooling),
        Kind::Layer(LayerKind::Normalization),
        Kind::Layer(LayerKind::Transformer),
        Kind::Layer(LayerKind::Recurrence),
        Kind::Layer(LayerKind::Nonlinearity),
        Kind::Layer(LayerKind::Composition),
        Kind::Layer(LayerKind::Other),
    ];

    pub(super) fn look(self) -> Look {
        let look = |class, light, dark| Look { class, light, dark };
        match self {
            Kind::End => look("end", ["#f6f8fa", "#afb8c1"], ["#1b212a", "#57606d"]),
            Kind::Layer(LayerKind::Affine) => {
                look("dense", ["#e7f0fd", "#82aaea"], ["#16283f", "#41689f"])
            }
            Kind::Layer(LayerKind::Convolution) => {
                look("convolution", ["#e2f4ea", "#74bd96"], ["#12301f", "#3a7a58"])
            }
            Kind::Layer(LayerKind::Pooling) => {
                look("pooling", ["#fcf0dc", "#dfae5c"], ["#352812", "#8d6a2c"])
            }
            Kind::Layer(LayerKind::Normalization) => {
                look("normalization", ["#f0eafb", "#b096e0"], ["#281f3d", "#6d569f"])
            }
            Kind::Layer(LayerKind::Transformer) => {
                look("attention", ["#fde9ee", "#e495a9"], ["#3a1b25", "#97495e"])
            }
            Kind::Layer(LayerKind::Recurrence) => {
                look("recurrent", ["#e1f3f6", "#6cb7c4"], ["#112e34", "#367a87"])
            }
            Kind::Layer(LayerKind::Nonlinearity) => {
                look("activation", ["#f8f5e0", "#c9bd6b"], ["#2c2a15", "#7b7338"])
            }
            Kind::Layer(LayerKind::Composition) => {
                look("join", ["#ffffff", "#8a94a1"], ["#12171e", "#6d7783"])
            }
            Kind::Layer(LayerKind::Other) => {
                look("other", ["#eff1f4", "#a9b2bd"], ["#222a34", "#596473"])
            }
        }
    }
}
