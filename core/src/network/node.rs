//! The stages of a network as a tree, as its summary and its diagrams show it.

use alloc::vec::Vec;

use super::{LayerKind, Stage, Structure, Written};
use crate::layer::Chain;

/// One stage and what is inside.
pub(super) struct Node {
    /// The stage; inside a composition it may have no name.
    pub(super) stage: Stage,
    /// Whether its output is kept for the way back.
    pub(super) keeps_output: bool,
    pub(super) inside: Inside,
}

/// What is inside a stage. A composition's stages follow one another.
pub(super) enum Inside {
    Nothing,
    Chain(Vec<Node>),
    Residual { body: Vec<Node>, project: Option<Vec<Node>> },
    Repeat { times: usize, body: Vec<Node> },
    Joined { word: &'static str, branches: Vec<Vec<Node>> },
}

/// The stages of a network.
pub(super) fn nodes(stages: &[Stage]) -> Vec<Node> {
    sequence(stages, true)
}

fn sequence(stages: &[Stage], keeps_output: bool) -> Vec<Node> {
    let is_last = |index| index + 1 == stages.len();
    let node = |(index, stage)| Node::new(stage, keeps_output || !is_last(index));
    stages.iter().enumerate().map(node).collect()
}

impl Node {
    fn new(stage: &Stage, keeps_output: bool) -> Self {
        let of = |place: usize, part: &Stage, keeps_output| {
            inner(part, stage.written.parts.get(place), keeps_output)
        };
        let branches = |branches: &[Stage]| {
            let of = |(place, branch)| of(place, branch, branch.needs.output);
            branches.iter().enumerate().map(of).collect()
        };
        let inside = match stage.description.structure {
            Structure::Layer => Inside::Nothing,
            Structure::Chain(stages) => {
                let chain = Chain::of(stages);
                // With an activation behind it, only what is on the tape besides is its own output.
                let keeps_output = match stage.written.activation {
                    "" => keeps_output,
                    _ => stage.needs.tape.per_sample > chain.stages.tape.per_sample + chain.inner,
                };
                Inside::Chain(sequence(stages, keeps_output))
            }
            Structure::Residual { body, project } => Inside::Residual {
                body: of(0, body, body.needs.output),
                project: project.map(|project| of(1, project, project.needs.output)),
            },
            Structure::Repeat { times, body } => Inside::Repeat { times, body: of(0, body, true) },
            Structure::Joined { word, branches: parts } => {
                Inside::Joined { word, branches: branches(parts) }
            }
        };
        Node { stage: *stage, keeps_output, inside }
    }

    /// Whether the operation is a word of the language and not the name of a type.
    pub(super) fn is_written_out(&self) -> bool {
        self.stage.written.kind == LayerKind::Composition
    }

    /// Whether it is no more than a reference to an earlier value.
    pub(super) fn is_reference(&self) -> bool {
        let written = &self.stage.written;
        !written.from.is_empty() && written.is_empty() && matches!(self.inside, Inside::Nothing)
    }

    /// How many values per sample are kept for the way back.
    pub(super) fn kept(&self) -> usize {
        self.stage.needs.tape.per_sample + if self.keeps_output { self.stage.len() } else { 0 }
    }
}

/// The stages of a part of a composition, whose type alone tells neither names nor what they compute where
/// it is one stage without a label.
fn inner(part: &Stage, written: Option<&Written>, keeps_output: bool) -> Vec<Node> {
    let mut nodes = match (written, part.description.structure) {
        (Some(&written), _) if !written.is_empty() => {
            Vec::from([Node::new(&Stage { written, ..*part }, keeps_output)])
        }
        (_, Structure::Chain(stages)) => sequence(stages, keeps_output),
        _ => Vec::from([Node::new(part, keeps_output)]),
    };
    if let (Some(written), Some(first)) = (written, nodes.first_mut()) {
        first.stage.written.from = written.from;
    }
    nodes
}
