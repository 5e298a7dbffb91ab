//! What the axes of a matrix mean: a layer that takes them otherwise stands behind a stated shape.

use super::super::call::Kind;
use super::super::{Operation, Stage};
use super::{Body, Generator};

/// What the axes of a matrix mean to the macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axes {
    /// `[channels, length]`.
    Signal,
    /// `[length, features]`.
    Sequence,
}

impl Generator<'_> {
    /// States the shape where a stage takes a matrix for what it may not be.
    pub(super) fn state_axes(&mut self, wanted: Axes, body: &mut Body) {
        if body.shape.len() == 2 && !fits(wanted, body) {
            body.stages.push(Stage::Stated(body.shape.clone()));
        }
    }
}

/// What a layer takes a matrix for, where that matters.
pub(super) fn taken(kind: &Kind) -> Option<Axes> {
    match kind {
        Kind::Conv { .. }
        | Kind::ConvTranspose { .. }
        | Kind::MaxPool(_)
        | Kind::AvgPool(..)
        | Kind::GlobalAvgPool
        | Kind::GlobalMaxPool
        | Kind::AdaptiveAvgPool(_)
        | Kind::AdaptiveMaxPool(_)
        | Kind::Upsample(..)
        | Kind::Pad(..)
        | Kind::BatchNorm(..)
        | Kind::GroupNorm(..)
        | Kind::InstanceNorm(..) => Some(Axes::Signal),
        Kind::Recurrent { .. }
        | Kind::TakeLast
        | Kind::MeanOverTime
        | Kind::MaxOverTime
        | Kind::Attention { .. }
        | Kind::Position(_)
        | Kind::Sinusoidal => Some(Axes::Sequence),
        _ => None,
    }
}

/// Whether the matrix behind stages is surely no other than that.
fn fits(wanted: Axes, body: &Body) -> bool {
    for stage in body.stages.iter().rev() {
        let operation = match stage {
            Stage::Stated(_) => return true,
            Stage::Reference(_) => return false,
            Stage::Layer { operation, .. } => operation,
        };
        match operation {
            None | Some(Operation::Dense(..)) => {}
            Some(Operation::Call(call)) => match (&call.kind, taken(&call.kind)) {
                (_, Some(axes)) => return axes == wanted,
                (
                    Kind::Same
                    | Kind::LayerNorm(..)
                    | Kind::RmsNorm(..)
                    | Kind::Normalize(..)
                    | Kind::Slice { .. }
                    | Kind::PRelu(_),
                    None,
                ) => {}
                (Kind::Reshape(_), None) => return true,
                _ => return false,
            },
            Some(Operation::Network(..) | Operation::User(_)) => return true,
            Some(_) => return false,
        }
    }
    // Inside a composition it may be what it is in front of it.
    body.depth == 0
}
