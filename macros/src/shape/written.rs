//! What a declaration says of a stage, as summaries and diagrams show it.

use super::{TypedStage, shape_text};
use crate::ast::{CompositionKind, Operation, Stage, StageKind, Turns, replaced};
use crate::words::LayerKind;

/// What stands in a declaration for one stage, its label left out.
#[derive(Clone)]
pub struct Written {
    pub kind: LayerKind,
    pub activation: String,
    pub operation: String,
    /// The label of the value that it goes on from, or nothing where that is what the stage in front gives.
    pub from: String,
    /// The labels of the values that it reads besides.
    pub reads: Vec<String>,
    /// The parts of a composition.
    pub inside: Vec<Inside>,
}

/// A part of a composition.
#[derive(Clone)]
pub enum Inside {
    /// One stage without a label, whose type does not know what was written.
    Stage(Written),
    /// Stages that became a struct of their own; with the label of the value from which they go on.
    Block(String),
}

impl Written {
    /// An earlier value.
    pub(super) fn value(from: String) -> Self {
        Written {
            kind: LayerKind::Other,
            activation: String::new(),
            operation: String::new(),
            from,
            reads: Vec::new(),
            inside: Vec::new(),
        }
    }

    /// Of a stage, but for what is inside.
    pub fn of(stage: &Stage) -> Self {
        Written {
            kind: kind(&stage.kind),
            activation: stage.activation.clone(),
            operation: operation(stage),
            from: String::new(),
            reads: Vec::new(),
            inside: Vec::new(),
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
    /// What these stages are, which go on from that value.
    pub(super) fn of(stages: &[TypedStage], from: String) -> Self {
        match stages {
            [] => Inside::Stage(Written::value(from)),
            [TypedStage { is_labelled: false, written, .. }] => {
                Inside::Stage(Written { from, ..written.clone() })
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

fn kind(kind: &StageKind) -> LayerKind {
    match kind {
        StageKind::Assertion(_) | StageKind::Reference(_) | StageKind::Faulty => LayerKind::Other,
        StageKind::Layer { operation: None, .. } => LayerKind::Nonlinearity,
        StageKind::Layer { operation: Some(operation), .. } => match operation {
            Operation::Dense(_) => LayerKind::Affine,
            // What a type is called says nothing of what it computes.
            Operation::Type(_) => LayerKind::Other,
            Operation::Composition(_) => LayerKind::Composition,
            Operation::Layer(call) => call.word.drawn,
        },
    }
}
