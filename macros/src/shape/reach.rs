//! From a reference to the values that it names.

use syn::ext::IdentExt;

use super::Given;
use super::infer::Inference;
use super::scope::{Spot, Value};
use super::within::{Found, Lost, Source, Turn, Within};
use crate::ast::{Reference, Step};
use crate::diagnostic::nearest;
use crate::parse::MOST_BRANCHES;

impl Inference<'_> {
    /// The values that a reference names: of which level, and which of its values. Nothing where that has been reported.
    pub(super) fn values_of(
        &mut self,
        reference: &Reference,
        at: Spot<'_>,
    ) -> Option<Vec<(usize, usize)>> {
        let mut name = reference.label.unraw().to_string();
        let mut path = reference.path.as_slice();
        let mut found = self.value_named(&name);
        // An output of a network among the stages.
        if let [step @ Step::Label(_), behind @ ..] = path
            && let Some(output) = self.value_named(&format!("{name}{step}"))
        {
            (name, path, found) = (format!("{name}{step}"), behind, Some(output));
        }
        let Some((level, value, is_twice)) = found else {
            self.unknown_reference(reference, at);
            return None;
        };
        if is_twice {
            if self.labelled_twice.contains(&name) {
                // That has been told of the labels.
                self.is_reader_lost = true;
                return None;
            }
            let what = format!("more than one stage is labelled `{name}`");
            let help =
                "label the compositions that they stand in: `&left.up` is then that of `left`";
            self.refuse_reference(at, what, help);
            return None;
        }
        let mut found = vec![Found::of(&self.scopes[level].values[value])];
        let is_alone = path.is_empty();
        while let [step, behind @ ..] = path {
            let index = reference.path.len() - path.len();
            let output = match (step, behind) {
                (Step::Label(label), [output @ Step::Label(_), ..]) => {
                    let name = format!("{}{output}", label.unraw());
                    found.iter().all(|found| found.has(&name)).then_some(name)
                }
                _ => None,
            };
            let mut next = Vec::new();
            for found in &found {
                let inside = match &output {
                    Some(name) => found.labelled(name).map(|found| vec![found]),
                    None => found.step(step),
                };
                match inside {
                    Ok(inside) => next.extend(inside),
                    Err(lost) => {
                        self.lost(&lost, reference, index, at);
                        return None;
                    }
                }
            }
            found = next;
            path = if output.is_some() { &behind[1..] } else { behind };
        }
        if reference.is_of_all_turns() && found.len() > MOST_BRANCHES {
            let what = format!("`&{reference}` is {} values", found.len());
            let help = format!("`concat`, `sum` and `product` take up to {MOST_BRANCHES} branches");
            self.refuse_reference(at, what, help);
            return None;
        }
        let mut values = Vec::new();
        for found in found {
            let is_the_stage = is_alone && found.source.is_none();
            let value = match &found.source {
                Some(source) => self.value_inside(level, &found, source),
                None if is_the_stage => value,
                None => {
                    let step = reference.path.len() - 1;
                    self.lost(&Lost::Unlabelled, reference, step, at);
                    return None;
                }
            };
            values.push((level, value));
        }
        Some(values)
    }

    /// The innermost value of this name: of which level, which of its values, and whether there is another one.
    fn value_named(&self, name: &str) -> Option<(usize, usize, bool)> {
        let is_named = |value: &&Value| value.name == name;
        self.scopes.iter().enumerate().rev().find_map(|(level, scope)| {
            let value = scope.values.iter().rposition(|value| is_named(&value))?;
            // One label twice on a level of its own has been told.
            let mut others = scope.values[..value].iter().filter(is_named);
            let is_inside = |other: &Value| other.source.is_some();
            let is_twice = others.any(|other| is_inside(other) || is_inside(&scope.values[value]));
            Some((level, value, is_twice))
        })
    }

    /// Has a stage inside give its value, and all turns of it where it has several.
    fn value_inside(&mut self, level: usize, found: &Found, source: &Source) -> usize {
        let scope = &mut self.scopes[level];
        let is_it = |value: &Value| {
            value.name.is_empty()
                && value.source.as_ref().is_some_and(|other| {
                    other.site == source.site
                        && other.stage == source.stage
                        && other.turn == source.turn
                })
        };
        if let Some(value) = scope.values.iter().position(is_it) {
            scope.values[value].text.clone_from(&found.text);
            return value;
        }
        let first = scope.values.len();
        for turn in 0..source.turns {
            let source = Source { turn, ..source.clone() };
            let text = found.text.clone();
            let shape = (&found.shape, found.axes);
            scope.add_found("", text, shape, found.within.clone(), source);
        }
        let index = scope.index_of(first);
        for turn in 1..source.turns {
            scope.index_of(first + turn);
        }
        let given = Given { field: source.site.field.clone(), level, index };
        self.program.blocks[source.site.block].given.push(given);
        for site in &source.through {
            self.program.blocks[site.block].passes.push(site.field.clone());
        }
        first + source.turn
    }

    /// Says why a step of a reference leads nowhere.
    fn lost(&mut self, lost: &Lost, reference: &Reference, index: usize, at: Spot<'_>) {
        let (step, behind) = (&reference.path[index], &reference.path[index + 1..]);
        let path = reference.path[..index].to_vec();
        let front = Reference { label: reference.label.clone(), path }.to_string();
        let behind: String = behind.iter().map(Step::to_string).collect();
        let label = step.to_string();
        let label = label.trim_start_matches('.');
        let (what, help, mended) = match lost {
            Lost::Unknown(names) => match nearest(label, names.iter().map(String::as_str)) {
                Some(near) => (
                    format!("no stage in `{front}` is labelled `{label}`, did you mean `{near}`?"),
                    String::new(),
                    Some(format!("&{front}.{near}{behind}")),
                ),
                None if names.is_empty() => (
                    format!("no stage in `{front}` has a label"),
                    format!("refer to `&{front}`, or label the stage that is meant"),
                    None,
                ),
                None => {
                    let known: Vec<_> =
                        names.iter().map(|name| format!("`&{front}.{name}`")).collect();
                    (
                        format!("no stage in `{front}` is labelled `{label}`"),
                        format!("label the stage that is meant; there is {}", known.join(", ")),
                        None,
                    )
                }
            },
            Lost::Twice => (
                format!("more than one stage in `{front}` is labelled `{label}`"),
                "label the compositions that they stand in".to_owned(),
                None,
            ),
            Lost::WhichTurn(turns) => {
                let turns = turns.map_or("several".to_owned(), |turns| turns.to_string());
                (
                    format!("`{front}` has {turns} turns, each with stages of its own"),
                    format!(
                        "`&{front}[0]{step}{behind}` is the value of the first turn; those of all, \
                         `&{front}[..]{step}{behind}`, are branches of `concat`, `sum` or `product`"
                    ),
                    None,
                )
            }
            Lost::PastEnd(turns) => (
                format!("`{front}` has {turns} turns, counted from 0: there is no `{label}`"),
                format!("the last turn is `&{front}[{}]{behind}`", turns - 1),
                None,
            ),
            Lost::NoTurns => (
                format!("`{front}` is no `repeat`: it has no turns"),
                String::new(),
                Some(format!("&{front}{behind}")),
            ),
            Lost::Uncounted => (
                format!("how many turns `{front}` has only rustc knows"),
                "write the number of times as a number".to_owned(),
                None,
            ),
            Lost::Unlabelled => (
                format!("what the turns of `{front}` give has no name"),
                "label the last of the stages that are repeated".to_owned(),
                None,
            ),
            Lost::Type(path) => (
                format!(
                    "`{front}` is a network or layer of its own, `{path}`: no reference reaches into it"
                ),
                format!("let `{path}` give it as one of several outputs"),
                None,
            ),
        };
        match mended {
            Some(mended) => self.mend_reference(reference, at, what, &mended),
            None => self.refuse_reference(at, what, help),
        }
    }

    /// How a stage with this label that stands inside of another one is referred to, where there is one.
    pub(super) fn way_to(&self, name: &str) -> Option<Way> {
        let has = |turn: &Turn| turn.stages.iter().any(|named| named.name == name);
        let values = self.scopes.iter().rev().flat_map(|scope| scope.values.iter().rev());
        values.filter(|value| !value.name.is_empty()).find_map(|value| {
            let front = &value.name;
            match &value.within {
                Within::Stages(stages) if stages.iter().any(|named| named.name == name) => {
                    Some(Way::One(format!("&{front}.{name}")))
                }
                Within::Turns(turns) if turns.iter().any(has) => Some(Way::OfTurns(front.clone())),
                Within::Repeated(_, turn) if has(turn) => Some(Way::OfTurns(front.clone())),
                _ => None,
            }
        })
    }
}

/// How a stage inside of another one is referred to.
pub(super) enum Way {
    One(String),
    /// It has a value in each turn of the stage with this label.
    OfTurns(String),
}

impl Found {
    fn of(value: &Value) -> Self {
        let source = value.source.clone();
        let around = source.iter().flat_map(|source| {
            source.through.iter().chain([&source.site]).cloned().collect::<Vec<_>>()
        });
        Found {
            text: value.text.clone(),
            stage: source.as_ref().map_or(&value.field, |source| &source.stage).clone(),
            around: around.collect(),
            turn: [0, 1],
            shape: value.shape.clone(),
            axes: value.axes,
            within: value.within.clone(),
            source,
        }
    }
}
