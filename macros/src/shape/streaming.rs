//! Why a stage cannot take a sequence step by step, where its declaration says so.

use proc_macro2::TokenStream;

use super::Shape;
use crate::ast::{Argument, Dim, LayerCall, Operation, Stage, StageKind, Value};
use crate::diagnostic::Place;
use crate::words::{Kind, Rule};

/// Why a stage with a mask cannot: a trait as [`unstreamed`] gives it.
pub const TAKES_EACH_STEP: &str = "TakesEachStep";

/// What goes along an axis, and where it stands.
#[derive(Clone)]
pub struct Along {
    pub what: GoesAlong,
    pub place: Place,
}

/// What goes along an axis, which cannot be that of time.
#[derive(Clone)]
pub enum GoesAlong {
    /// An activation, with the shape that it is of.
    Activation { activation: TokenStream, shape: TokenStream },
    /// Branches that are joined along this axis.
    Concat(TokenStream),
}

/// The trait of `static_net::__private::stream` that says why, and where it is so.
pub fn unstreamed(stage: &Stage, input: &Shape, output: &Shape) -> Option<(&'static str, Place)> {
    if let (Some(2), Some(1)) = (rank(input), rank(output)) {
        return Some(("GivesEachStep", place(stage)));
    }
    lacking(stage)
}

fn rank(shape: &Shape) -> Option<usize> {
    match shape {
        Shape::Dims(dims) => Some(dims.len()),
        Shape::Tokens { .. } | Shape::Behind(_) | Shape::Computed(_) => None,
    }
}

fn place(stage: &Stage) -> Place {
    match &stage.kind {
        StageKind::Layer { operation: Some(Operation::Layer(call)), .. } => {
            Place::at(call.name.span())
        }
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            Place::at(composition.name.span())
        }
        _ => stage.place,
    }
}

/// The same of a stage, or of one of those that it is made of.
fn lacking(stage: &Stage) -> Option<(&'static str, Place)> {
    let of = |stages: &[Stage]| stages.iter().find_map(lacking);
    match &stage.kind {
        StageKind::Layer { operation: Some(Operation::Layer(call)), .. } => {
            let lacks = match call.word.rule {
                _ if reads(call, Kind::Mask) => TAKES_EACH_STEP,
                Rule::Gaussian => return None,
                _ if reads(call, Kind::Reference) => "TakesOneValue",
                _ if looks_ahead(call) => "LooksBack",
                Rule::ConvTranspose
                | Rule::MaxPool
                | Rule::AvgPool
                | Rule::AdaptiveAvgPool
                | Rule::AdaptiveMaxPool
                | Rule::Upsample
                | Rule::Pad => "KeepsLength",
                _ => return None,
            };
            Some((lacks, place(stage)))
        }
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            composition.parts().into_iter().find_map(of)
        }
        _ => None,
    }
}

fn looks_ahead(call: &LayerCall) -> bool {
    match call.word.rule {
        Rule::Conv | Rule::Depthwise => !is_word(call, "padding", "causal") && spans_several(call),
        Rule::Attention => !is_word(call, "causal", "true"),
        Rule::Rnn | Rule::Lstm | Rule::Gru => is_word(call, "bidirectional", "true"),
        _ => false,
    }
}

/// Whether an argument of that kind is given.
fn reads(call: &LayerCall, kind: Kind) -> bool {
    let of_kind = call.word.arguments.iter().zip(&call.arguments);
    of_kind.into_iter().any(|(argument, given)| argument.kind == kind && given.is_some())
}

/// Whether its kernel is known to be of more than one value.
fn spans_several(call: &LayerCall) -> bool {
    match argument(call, "kernel").map(|argument| &argument.value) {
        Some(Value::Size(size)) => matches!(size, Dim::Literal(2.., _)),
        Some(Value::Sizes(sizes)) => matches!(sizes.last(), Some(Dim::Literal(2.., _))),
        Some(Value::Word(_) | Value::Number(_) | Value::Reference(_)) | None => false,
    }
}

fn argument<'a>(call: &'a LayerCall, name: &str) -> Option<&'a Argument> {
    call.arguments[call.word.argument(name)?].as_ref()
}

fn is_word(call: &LayerCall, name: &str, word: &str) -> bool {
    let given = argument(call, name).map(|argument| &argument.value);
    matches!(given, Some(Value::Word(given)) if given == word)
}
