//! What stands behind a fault, where the shape is not known.

use super::infer::Inference;
use crate::ast::{Operation, Stage, StageKind};
use crate::words::{LayerKind, Rule};

impl Inference<'_> {
    /// Whether a dense layer behind a fault may go over the steps of a sequence: what it gives is then not known
    /// either.
    pub(super) fn may_follow_a_sequence(&self, stage: &Stage) -> bool {
        let declaration = self.declaration;
        declaration.input.len() > 1
            || !declaration.vocabularies.is_empty()
            || any_may_give_one(&declaration.stages, stage.part)
    }

    /// Whether an embedding stands in front whose label is not known, since it, what it is given or its label is
    /// at fault.
    pub(super) fn hides_a_table(&self, stage: &Stage) -> bool {
        let is_hidden = |front: &Stage| match &front.kind {
            StageKind::Faulty => true,
            StageKind::Layer { label, operation: Some(Operation::Layer(call)), .. } => {
                let is_known =
                    self.embeddings.iter().any(|table| Some(&table.label) == label.as_ref());
                call.word.rule == Rule::Embedding && !is_known
            }
            _ => false,
        };
        let fronts = self.siblings.iter().take_while(|front| front.part < stage.part);
        let is_faulty = !self.faults.is_empty();
        is_faulty && fronts.into_iter().any(is_hidden)
    }
}

/// Whether a stage in front of a part may give a sequence.
fn any_may_give_one(stages: &[Stage], part: usize) -> bool {
    stages.iter().take_while(|stage| stage.part < part).any(|stage| match &stage.kind {
        StageKind::Assertion(dims) => dims.len() > 1,
        // That of the stage which it refers to.
        StageKind::Reference(_)
        | StageKind::Faulty
        | StageKind::Layer { operation: None | Some(Operation::Dense(_)), .. } => false,
        StageKind::Layer { operation: Some(Operation::Type(_)), .. } => true,
        StageKind::Layer { operation: Some(Operation::Layer(call)), .. } => {
            let keeps_what_it_gets =
                matches!(call.word.drawn, LayerKind::Normalization | LayerKind::Nonlinearity);
            !keeps_what_it_gets && !matches!(call.word.rule, Rule::Flatten | Rule::Dropout)
        }
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            composition.parts().into_iter().any(|stages| any_may_give_one(stages, part))
        }
    })
}
