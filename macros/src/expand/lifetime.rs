//! How long a value that stages refer to is kept in a pass that records nothing: until its last reader. What comes later takes
//! its memory.

use super::Chain;
use crate::shape::TypedStage;

impl Chain<'_> {
    /// In whose memory each value that is referred to stands: its own, or that of an earlier one which nobody reads any more.
    pub(super) fn memories(&self) -> Vec<usize> {
        let mut memories: Vec<_> = (0..self.references.len()).collect();
        // Where a stage inside writes it, or it comes in, its memory is not lent.
        let mut values: Vec<_> = memories
            .iter()
            .filter_map(|&value| {
                let referenced = &self.references[value];
                let is_own = !referenced.is_input && referenced.inside.is_none();
                let is_it = |stage: &TypedStage| stage.field == referenced.field;
                let written = self.stages.iter().position(is_it)?;
                is_own.then_some((written, value))
            })
            .collect();
        values.sort_unstable();
        // The memories so far, and who reads last what stands in them.
        let mut lent: Vec<(usize, usize)> = Vec::new();
        for (written, value) in values {
            let last = self.last_reader(value);
            match lent.iter_mut().find(|(_, read)| *read < written) {
                Some((memory, read)) => {
                    memories[value] = *memory;
                    *read = last;
                }
                None => lent.push((value, last)),
            }
        }
        memories
    }

    /// The last stage that reads a value.
    pub(super) fn last_reader(&self, value: usize) -> usize {
        let reads = |index: &usize| {
            let stage = &self.stages[*index];
            let follows = stage.goes_on_from.is_none()
                && *index > 0
                && self.stages[*index - 1].field == self.references[value].field;
            follows || stage.goes_on_from == Some(value) || stage.refers.to.contains(&value)
        };
        (0..self.stages.len()).rev().find(reads).unwrap_or(self.stages.len())
    }
}
