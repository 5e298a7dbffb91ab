//! Which values of a network are stepped, and how: groups of parameters.

use core::ops::Range;

use super::state::clone_fields;
use super::update::{Rule, Update};
use crate::parameters::{Kind, Tensor};
use crate::part::Runs;
use crate::scalar::Float;
use crate::trainable::Trainable;

/// The values that are trained, and how strongly they decay.
#[derive(Debug)]
pub(super) struct Groups {
    pub runs: Runs<Group>,
    pub weight_decay: f64,
    pub decays_all: bool,
    /// How many steps there were.
    pub steps: u64,
}

clone_fields!(Groups { runs, weight_decay, decays_all, steps });

/// What is particular to some of the values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub kind: Kind,
    pub is_frozen: bool,
    pub rate_factor: f64,
    /// Where it is not that of all others.
    pub weight_decay: Option<f64>,
    /// How many steps these values took: fewer than others, once they were frozen.
    pub steps: u64,
}

/// What a rule is made for: one step of some of the values.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// By how much their learning rate differs from that of all.
    pub rate_factor: f64,
    /// The how manieth step of theirs it is, from 1.
    pub number: u64,
    weight_decay: f64,
}

impl Groups {
    pub fn of<P: Trainable>(weight_decay: f64) -> Self {
        let group = |tensor: &Tensor| {
            (tensor.kind != Kind::RunningStatistic).then_some(Group {
                kind: tensor.kind,
                is_frozen: false,
                rate_factor: 1.0,
                weight_decay: None,
                steps: 0,
            })
        };
        Groups { runs: Runs::of::<P>(group), weight_decay, decays_all: false, steps: 0 }
    }

    /// Gives a part a weight decay of its own. A part that nothing of would decay was meant as such.
    pub fn set_weight_decay_of(&mut self, part: &Range<usize>, weight_decay: f64) {
        self.runs.change(part, |group| group.weight_decay = Some(weight_decay));
        let inside = |range: &Range<usize>| part.start <= range.start && range.end <= part.end;
        let decays =
            |(range, group): (&Range<usize>, &Group)| inside(range) && group.kind == Kind::Trained;
        if !self.runs.iter().any(decays) {
            self.runs.change(part, |group| group.kind = Kind::Trained);
        }
    }

    /// Applies a rule to all values that are not frozen: `values` is the network and what the optimizer keeps for it.
    /// Neighbours of which the same is said are one range.
    pub fn update<P: Trainable, R: Rule<P::Scalar, VALUES>, const VALUES: usize>(
        &mut self,
        rule: impl Fn(Step) -> R,
        gradient: &P,
        mut values: [&mut P; VALUES],
    ) {
        let mut update = |range: Range<usize>, step: Step| {
            Update {
                rule: &rule(step),
                gradient: &gradient.values()[range.clone()],
                values: values.each_mut().map(|value| &mut value.values_mut()[range.clone()]),
                decay: Float::from_f64(step.weight_decay),
            }
            .apply();
        };
        self.steps = self.steps.saturating_add(1);
        let mut pending: Option<(Range<usize>, Step)> = None;
        for (range, group) in self.runs.iter_mut() {
            if group.is_frozen {
                continue;
            }
            group.steps = group.steps.saturating_add(1);
            let decays = self.decays_all || group.kind == Kind::Trained;
            let step = Step {
                rate_factor: group.rate_factor,
                number: group.steps,
                weight_decay: if decays {
                    group.weight_decay.unwrap_or(self.weight_decay)
                } else {
                    0.0
                },
            };
            match &mut pending {
                Some((before, same)) if before.end == range.start && *same == step => {
                    before.end = range.end;
                }
                _ => {
                    if let Some((range, step)) = pending.replace((range.clone(), step)) {
                        update(range, step);
                    }
                }
            }
        }
        if let Some((range, step)) = pending {
            update(range, step);
        }
    }
}
