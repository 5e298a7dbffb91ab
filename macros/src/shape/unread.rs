//! What nobody reads: values, turns and references from which nothing goes on.

use proc_macro2::Ident;

use super::infer::Inference;
use super::scope::{PassedOver, UnreadTurns, Value};
use crate::ast::{Stage, StageKind};
use crate::diagnostic::{Help, Place};

impl Inference<'_> {
    /// The stage at hand does not take what the one in front gives.
    pub(super) fn pass_over(&mut self) {
        // Of several inputs, any may be the first that is read.
        let is_input = self.depth == 0 && self.program.stages.len() == self.input_stages;
        let Some(last) = self.program.stages.last() else { return };
        let (place, text, stage) = (last.place, last.text.clone(), last.field.clone());
        let part = self.last_part;
        let scope = self.scope();
        if scope.next.is_none() && !is_input {
            let value = scope.values.iter().position(|value| value.field == stage);
            scope.passed_over.push(PassedOver { value, stage, place, part, text });
        }
    }

    /// The turns of a stage do not take what the one in front of each gives, where their stages begin elsewhere; so many of them
    /// there are, if that is known.
    pub(super) fn pass_over_turns(&mut self, body: &[Stage], turns: Option<usize>, stage: &Stage) {
        let Some(first) = body.first().filter(|first| first.begins_elsewhere(false)) else {
            return;
        };
        let StageKind::Layer { label, .. } = &stage.kind else { return };
        let is_read = |turn| {
            label.as_ref().is_some_and(|label| {
                self.declaration
                    .references()
                    .iter()
                    .any(|reference| reference.reads_turn(label, turn))
            })
        };
        let are_read = match turns {
            Some(turns) => (1..turns).all(|behind| is_read(Some(behind - 1))),
            None => is_read(None),
        };
        if !are_read {
            let (label, begins_with) = (label.as_ref().map(Ident::to_string), first.text.clone());
            let (place, part) = (first.place, first.part);
            self.scope().unread_turns.push(UnreadTurns { label, begins_with, place, part });
        }
    }

    /// Reports values that nobody reads, and references from which nothing goes on.
    pub(super) fn check_readers(&mut self) {
        let scope = self.scopes.last_mut().expect("stages stand in a scope");
        let next = scope.next.take().filter(|next| !next.may_end);
        let next = next.map(|next| (next.place, next.part));
        if let Some((place, part)) = next.or(scope.at_the_input) {
            // Without the reference, the stage in front of it would be the last.
            scope.passed_over.pop();
            let what = "nothing goes on from this reference".to_owned();
            let help = Help::Text("let a stage follow, or leave it out".to_owned());
            self.faults.add(place, Some(part), what, help);
        }
        let unread_turns = std::mem::take(&mut scope.unread_turns);
        let (referenced, values) = (&scope.referenced, &scope.values);
        let is_lost = self.is_reader_lost;
        let is_inside = |value: &usize, stage: &Ident| {
            values[*value].source.as_ref().is_some_and(|source| source.stage == *stage)
        };
        let is_unread = |passed: &PassedOver| {
            !is_lost
                && passed.value.is_none_or(|value| !referenced.contains(&value))
                && !referenced.iter().any(|value| is_inside(value, &passed.stage))
        };
        for PassedOver { value, place, part, text, .. } in
            std::mem::take(&mut scope.passed_over).into_iter().filter(is_unread)
        {
            let what = format!("nothing reads what `{text}` gives");
            let (place, help) = match value.map(|value| &values[value]) {
                Some(Value { field, name, .. }) => (
                    Place::at(field.span()),
                    format!("leave it out, or let a later stage refer to `&{name}`"),
                ),
                None => (
                    place,
                    "leave it out, or label it and let a later stage refer to it".to_owned(),
                ),
            };
            self.faults.add(place, Some(part), what, Help::Text(help));
        }
        for UnreadTurns { label, begins_with, place, part } in
            unread_turns.into_iter().filter(|_| !is_lost)
        {
            let what = format!(
                "each turn begins with `{begins_with}`: nothing reads what the turns in front of the last give"
            );
            let read = match label {
                Some(label) => format!("read them all, as in `sum(&{label}[..])`"),
                None => "label the `repeat` and read them all, as in `turns: repeat(..) => sum(&turns[..])`".to_owned(),
            };
            let help = format!("{read}, or begin with what the turn in front gives");
            self.faults.add(place, Some(part), what, Help::Text(help));
        }
    }
}
