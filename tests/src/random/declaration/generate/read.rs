//! Values that are read again: which there are, how they are written, and who must still read one.

use std::collections::BTreeSet;

use super::super::{Operation, Read, Reference, Size, Stage};
use super::{Body, Generator, LABELS};

/// A value, or those of all turns, and how stages refer to it.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// As written behind `&`.
    pub(super) text: String,
    pub(super) values: Vec<Read>,
    pub(super) is: Is,
}

/// What a value can be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// Numbers.
    Numbers,
    /// Tokens of a vocabulary of so many, which an embedding takes.
    Tokens(usize),
    /// A mask and nothing else.
    Mask,
}

/// What is known of the values of a graph.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Labels, each of which is there once.
    taken: BTreeSet<String>,
    /// The labels of those that some stage has read, or something inside of them.
    read: BTreeSet<String>,
    /// Those that no stage has read so far, though the one behind them goes on from elsewhere.
    unread: Vec<Value>,
    /// Those inside of the compositions at hand.
    inside: Vec<Value>,
    /// How many stages there are.
    stages: usize,
}

impl Value {
    pub(super) fn one(text: &str, sizes: &[Size]) -> Self {
        let read = Read { key: text.to_owned(), sizes: sizes.to_vec() };
        Value { text: text.to_owned(), values: vec![read], is: Is::Numbers }
    }

    /// Whether it is one value that a stage can go on from.
    pub(super) fn is_one(&self) -> bool {
        self.values.len() == 1 && self.is != Is::Mask
    }

    /// Whether it is one of numbers.
    pub(super) fn is_plain(&self) -> bool {
        self.values.len() == 1 && self.is == Is::Numbers
    }

    pub(super) fn sizes(&self) -> &[Size] {
        &self.values[0].sizes
    }

    /// The label with which it begins.
    fn label(&self) -> &str {
        self.text.split(['.', '[']).next().unwrap_or(&self.text)
    }

    /// The same in a turn of a stage with that label.
    fn in_turn(&self, label: &str, turn: usize) -> Self {
        let values = self.values.iter().map(|read| of_turn(read, turn)).collect();
        Value { text: format!("{label}[{turn}].{}", self.text), values, is: self.is }
    }
}

fn of_turn(read: &Read, turn: usize) -> Read {
    Read { key: format!("{}@{turn}", read.key), sizes: read.sizes.clone() }
}

impl Generator<'_> {
    /// Whether a label may be given: those of a graph are there once.
    pub(super) fn is_free(&self, label: &str) -> bool {
        self.known.as_ref().is_none_or(|known| !known.taken.contains(label))
    }

    /// Gives a label.
    pub(super) fn take(&mut self, label: &str) {
        if let Some(known) = &mut self.known {
            known.taken.insert(label.to_owned());
        }
    }

    /// Where a stage of a graph stands among all.
    pub(super) fn tensor_place(&mut self) -> Option<usize> {
        let known = self.known.as_mut()?;
        known.stages += 1;
        Some(known.stages)
    }

    fn of_graph(&mut self) -> &mut Known {
        self.known.as_mut().expect("values are read in graphs")
    }

    /// A label that there is not.
    pub(super) fn new_label(&mut self) -> String {
        let label = self.rng.word(LABELS);
        let label = match self.is_free(label) {
            true => label.to_owned(),
            false => format!("v{}", self.of_graph().taken.len()),
        };
        self.take(&label);
        label
    }

    /// Lets stages read what the last one gives, where it has a label.
    pub(super) fn name(&mut self, body: &mut Body) {
        let last = body.stages.iter().rfind(|stage| !matches!(stage, Stage::Stated(_)));
        let Some(Stage::Layer { label: Some(label), .. }) = last else { return };
        if self.known.is_some() && body.values.iter().all(|value| value.text != *label) {
            body.values.push(Value::one(label, &body.shape));
        }
    }

    /// What the last stage gives, which then has a label; none where no stage gives it.
    pub(super) fn labelled(&mut self, body: &mut Body) -> Option<Value> {
        let last = body.stages.iter().rposition(|stage| !matches!(stage, Stage::Stated(_)))?;
        let label = match &body.stages[last] {
            Stage::Layer { label: Some(label), .. } => label.clone(),
            // Where they stand has been told of values inside.
            Stage::Layer { operation: Some(operation), .. } if is_composition(operation) => {
                let activation = Some(self.activation());
                self.push(body, activation, None);
                return self.labelled(body);
            }
            Stage::Layer { .. } => self.new_label(),
            _ => return None,
        };
        if let Stage::Layer { label: place, .. } = &mut body.stages[last] {
            *place = Some(label.clone());
        }
        self.name(body);
        body.values.iter().find(|value| value.text == label).cloned()
    }

    /// A reference to a value.
    pub(super) fn refer(&mut self, value: &Value) -> Reference {
        let known = self.of_graph();
        let label = value.label().to_owned();
        known.unread.retain(|unread| {
            unread.text != label || value.is == Is::Mask && unread.is != Is::Numbers
        });
        known.read.insert(label);
        Reference { text: value.text.clone(), values: value.values.clone() }
    }

    /// A value that the next stage does not go on from, so that another has to read it.
    pub(super) fn pass_over(&mut self, value: Value) {
        let known = self.of_graph();
        if !known.read.contains(&value.text) {
            known.unread.push(value);
        }
    }

    pub(super) fn unread(&mut self) -> Vec<Value> {
        self.of_graph().unread.clone()
    }

    /// One of the values that are so.
    pub(super) fn any(&mut self, body: &Body, is_wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        let all: Vec<&Value> = body.values.iter().filter(|value| is_wanted(value)).collect();
        if all.is_empty() {
            return None;
        }
        // Each of a long list of turns is as good as the list.
        let place = self.rng.below(all.len());
        Some(all[place].clone())
    }

    /// How many values are known inside of the compositions at hand.
    pub(super) fn found(&self) -> usize {
        self.known.as_ref().map_or(0, |known| known.inside.len())
    }

    /// Keeps values that stand inside of the composition at hand.
    pub(super) fn find(&mut self, values: &[Value]) {
        if let Some(known) = &mut self.known {
            known.inside.extend_from_slice(values);
        }
    }

    /// Lets stages read the values inside of the composition that stands last, which are those from `found` on.
    pub(super) fn name_values_inside(&mut self, found: usize, body: &mut Body) {
        let Some(known) = &mut self.known else { return };
        let inside = known.inside.split_off(found);
        let Some(Stage::Layer { label, operation: Some(operation), .. }) = body.stages.last()
        else {
            return;
        };
        let turns = match operation {
            Operation::Repeat(Size::Fixed(times, text), _) if *text == times.to_string() => *times,
            Operation::Turns(_, list, _) => list.len(),
            // How often rustc counts.
            Operation::Repeat(..) => return,
            _ => {
                let named = |mut value: Value| {
                    if let Some(label) = label {
                        value.text = format!("{label}.{}", value.text);
                    }
                    value
                };
                return body.values.extend(inside.into_iter().map(named));
            }
        };
        let Some(label) = label else { return };
        let given = Read { key: label.clone(), sizes: body.shape.clone() };
        let given: Vec<Read> = (0..turns).map(|turn| of_turn(&given, turn)).collect();
        for (turn, read) in given.iter().enumerate() {
            let (text, values) = (format!("{label}[{turn}]"), vec![read.clone()]);
            body.values.push(Value { text, values, is: Is::Numbers });
        }
        body.values.push(Value { text: format!("{label}[..]"), values: given, is: Is::Numbers });
        // Of a list each turn has given its own, one behind the other.
        let each = if matches!(operation, Operation::Turns(..)) { turns } else { 1 };
        let in_each = inside.len() / each;
        for place in 0..in_each {
            let of_turns: Vec<Value> = (0..turns)
                .map(|turn| inside[place + turn % each * in_each].in_turn(label, turn))
                .collect();
            let text = format!("{label}[..].{}", inside[place].text);
            let values = of_turns.iter().flat_map(|value| value.values.clone()).collect();
            body.values.extend(of_turns);
            body.values.push(Value { text, values, is: Is::Numbers });
        }
    }
}

fn is_composition(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Residual(..)
            | Operation::Concat(..)
            | Operation::Sum(_)
            | Operation::Product(_)
            | Operation::Repeat(..)
            | Operation::Turns(..)
    )
}
