//! Names that stages of one level do not have both: those in compositions without a label are on the level around.

use std::collections::BTreeSet;

use super::super::{Operation, Stage};

/// Takes away names that others of the level have already.
pub(super) fn separate(stages: &mut [Stage]) {
    level(&mut [stages], &mut BTreeSet::new());
}

/// The same of stages side by side, on a level with these names.
fn level(bodies: &mut [&mut [Stage]], taken: &mut BTreeSet<String>) {
    let mut inside: Vec<&mut Operation> = Vec::new();
    for stage in bodies.iter_mut().flat_map(|body| body.iter_mut()) {
        let Stage::Layer { tensors, label, operation, .. } = stage else { continue };
        if let Some(name) = tensors.as_ref().or(label.as_ref())
            && !taken.insert(name.clone())
        {
            (*tensors, *label) = (None, None);
        }
        let is_named = tensors.is_some() || label.is_some();
        match operation {
            Some(Operation::Repeat(_, body)) => separate(body),
            Some(Operation::Turns(_, _, bodies)) => {
                bodies.iter_mut().for_each(|body| separate(body));
            }
            Some(operation) if is_named => level(&mut parts(operation), &mut BTreeSet::new()),
            Some(operation) => inside.push(operation),
            None => {}
        }
    }
    for operation in inside {
        level(&mut parts(operation), taken);
    }
}

/// The stages that a composition is made of.
fn parts(operation: &mut Operation) -> Vec<&mut [Stage]> {
    match operation {
        Operation::Residual(body, project) => {
            let project = project.iter_mut().map(Vec::as_mut_slice);
            std::iter::once(body.as_mut_slice()).chain(project).collect()
        }
        Operation::Concat(_, branches)
        | Operation::Sum(branches)
        | Operation::Product(branches) => branches.iter_mut().map(Vec::as_mut_slice).collect(),
        _ => Vec::new(),
    }
}
