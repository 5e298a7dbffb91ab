//! What was told while reading, and the shape that comes in says more of.

use super::infer::Inference;
use super::{Shape, literals};
use crate::ast::{Operation, Stage, StageKind, Value};
use crate::diagnostic::{Help, Unshaped};
use crate::words::{Gives, LayerArgument, Omitted};

impl Inference<'_> {
    /// Goes on with the faults of what a stage has written there.
    pub(super) fn tell_by_shape(&mut self, stage: &Stage, text: &str) {
        let Shape::Dims(dims) = &self.shape else { return };
        if self.shape.is_faulty() {
            return;
        }
        let from_behind =
            self.faults.unshaped(stage.part).find_map(|fault| match &fault.unshaped {
                Some(Unshaped::FromBehind { count, is_axis: true, .. }) => {
                    dims.len().checked_sub(*count)
                }
                _ => None,
            });
        let along = along(stage).or(from_behind);
        let along = along.and_then(|axis| literals(dims.get(axis..=axis)?)?.pop());
        let incoming = literals(dims).and_then(|sizes| match by_channel(stage) {
            true => sizes.first().copied(),
            false => sizes.last().copied(),
        });
        let is_input = text == stage.operation;
        let mut counted = Vec::new();
        for fault in self.faults.unshaped(stage.part) {
            match &fault.unshaped {
                Some(Unshaped::FromBehind { written, front, count, is_axis })
                    if text.contains(written.as_str()) =>
                {
                    let whole = if *is_axis { Some(dims.len()) } else { along };
                    let Some(place) = whole.and_then(|whole| whole.checked_sub(*count)) else {
                        continue;
                    };
                    counted.push((written.clone(), format!("{front}{place}")));
                    fault.help = Help::Shapes;
                }
                Some(Unshaped::Incoming(size)) if is_input => match incoming {
                    Some(known) if known != *size => {
                        fault.what.push_str(&format!(" and is {known}, not {size}"));
                    }
                    _ => {}
                },
                _ => continue,
            }
            fault.unshaped = None;
        }
        for (written, place) in counted {
            let mended = self.mended_so_far(stage.part);
            let mended = mended.map(|mended| mended.replacen(&written, &place, 1));
            self.mended.push((stage.part, mended));
        }
    }

    /// How a part should have been written, as far as that is known.
    pub(super) fn mended_so_far(&self, part: usize) -> Option<String> {
        let last = self.mended.iter().rev().find(|(mended, _)| *mended == part);
        last.map_or_else(|| self.declaration.parts[part].mended.clone(), |(_, text)| text.clone())
    }
}

/// Along which axis the places lie that a layer is given. `None` where that is not known.
fn along(stage: &Stage) -> Option<usize> {
    let StageKind::Layer { operation: Some(Operation::Layer(call)), .. } = &stage.kind else {
        return None;
    };
    let Gives::Along(name) = call.word.gives else { return None };
    let slot = call.word.argument(name)?;
    let is_given = |slot: usize| call.order.iter().any(|(given, _)| *given == slot);
    // A place behind that is not given is not known either.
    let lacks = |(slot, argument): (usize, &LayerArgument)| {
        matches!(argument.omitted, Omitted::Required(_)) && !is_given(slot)
    };
    if call.word.arguments.iter().enumerate().any(lacks) {
        return None;
    }
    match &call.arguments[slot] {
        Some(argument) => match &argument.value {
            Value::Size(axis) => literals(std::slice::from_ref(axis))?.pop(),
            Value::Sizes(_) | Value::Number(_) | Value::Word(_) | Value::Reference(_) => None,
        },
        None if is_given(slot) => None,
        None => Some(0),
    }
}

/// Whether a layer goes by the channels that come in, and not by the features.
fn by_channel(stage: &Stage) -> bool {
    matches!(&stage.kind, StageKind::Layer { operation: Some(Operation::Layer(call)), .. }
        if matches!(call.word.gives, Gives::Channels(_)))
}
