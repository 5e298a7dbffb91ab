//! What a declaration says of a stage, as summaries and diagrams show it.

use syn::ext::IdentExt;

use super::shape_text;
use crate::ast::{CompositionKind, Operation, Stage, StageKind, Turns, replaced};
use crate::words::LayerKind;

/// What stands in a declaration for one stage, its label left out.
pub struct Written {
    pub kind: LayerKind,
    pub activation: String,
    pub operation: String,
    /// The label of the value that it goes on from, or nothing where that is what the stage in front gives.
    pub from: String,
    /// The parts of a composition.
    pub inside: Vec<Inside>,
}

/// A part of a composition.
pub enum Inside {
    /// One stage without a label, whose type does not know what was written.
    Stage(Written),
    /// Stages that became a struct of their own; with the label of the value from which they go on.
    Block(String),
}

impl Written {
    pub fn of(stage: &Stage) -> Self {
        Written {
            kind: kind(&stage.kind),
            activation: stage.activation.clone(),
            operation: operation(stage),
            from: String::new(),
            inside: parts(&stage.kind).into_iter().map(Inside::of).collect(),
        }
    }

    /// Shows a size in the place of its name.
    pub(super) fn replace(&mut self, name: &str, size: &str) {
        for text in [&mut self.activation, &mut self.operation] {
            *text = replaced(text, name, size);
        }
        for inside in &mut self.inside {
            if let Inside::Stage(written) = inside {
                written.replace(name, size);
            }
        }
    }
}

impl Inside {
    pub(super) fn of(stages: &[Stage]) -> Self {
        // A stated shape is no stage.
        let mut built =
            stages.iter().filter(|stage| !matches!(stage.kind, StageKind::Assertion(_))).peekable();
        let reference = built.next_if(|stage| matches!(stage.kind, StageKind::Reference(_)));
        let from = reference.map_or(String::new(), |reference| name(&reference.kind));
        match (reference, built.next(), built.next()) {
            (Some(reference), None, _) => Inside::Stage(Written { from, ..Written::of(reference) }),
            (_, Some(only), None) if !is_labelled(&only.kind) => {
                Inside::Stage(Written { from, ..Written::of(only) })
            }
            _ => Inside::Block(from),
        }
    }
}

/// What a stage computes before its activation.
fn operation(stage: &Stage) -> String {
    if let StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } =
        &stage.kind
        && let CompositionKind::Turns(Turns { name, sizes, .. }) = &composition.kind
    {
        // Each turn shows the stages with its size.
        return format!("{}({name} in {})", composition.name, shape_text(sizes));
    }
    stage.operation.clone()
}

/// The label that a reference names.
fn name(kind: &StageKind) -> String {
    match kind {
        StageKind::Reference(label) => label.unraw().to_string(),
        _ => String::new(),
    }
}

fn is_labelled(kind: &StageKind) -> bool {
    matches!(kind, StageKind::Layer { label: Some(_), .. })
}

fn parts(kind: &StageKind) -> Vec<&[Stage]> {
    match kind {
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            composition.parts()
        }
        _ => Vec::new(),
    }
}

fn kind(kind: &StageKind) -> LayerKind {
    match kind {
        StageKind::Assertion(_) | StageKind::Reference(_) | StageKind::Faulty => LayerKind::Other,
        StageKind::Layer { operation: None, .. } => LayerKind::Nonlinearity,
        StageKind::Layer { operation: Some(operation), .. } => match operation {
            Operation::Dense(_) => LayerKind::Affine,
            // What a type is called says nothing of what it computes.
            Operation::Type(..) => LayerKind::Other,
            Operation::Composition(_) => LayerKind::Composition,
            Operation::Layer(call) => call.word.drawn,
        },
    }
}
