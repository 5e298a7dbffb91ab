//! What tensors are called: by the labels on the way to them.
//!
//! A label, a turn of a `repeat` and a stage without a label open a level, whose name stands in front of those inside.
//! A composition without a label opens none: the labels in it are called as if they stood beside it, and only its
//! stages without a label are called by their place.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::infer::Inference;
use super::level::{Level, Name, Naming, Unlabelled, is_inside, joined, label_of};
use crate::ast::{Stage, StageKind};
use crate::diagnostic::{Help, Place};

/// What the tensors of a residual's projection are called.
const PROJECT: &str = "project";

impl Inference<'_> {
    /// Begins with the stages inside of a composition.
    pub(super) fn open_composition(&mut self, stage: &Stage, word: &Ident) {
        if Naming::of(stage, self.depth) != Naming::Place {
            return self.levels.push(Level::default());
        }
        let field =
            if self.is_alone() { String::new() } else { format!("stage{}", self.position()) };
        let composition = Unlabelled { part: stage.part, word: word.to_string(), is_told: false };
        let level = self.level();
        level.places.push(field);
        level.compositions.push(composition);
    }

    /// Goes back to the stages around.
    pub(super) fn close_composition(&mut self, stage: &Stage) {
        if Naming::of(stage, self.depth) != Naming::Place {
            self.levels.pop();
            return;
        }
        let level = self.level();
        level.places.pop();
        level.compositions.pop();
    }

    /// Goes through stages in one place of a composition: a branch.
    pub(super) fn in_place<T>(&mut self, place: &str, go: impl FnOnce(&mut Self) -> T) -> T {
        self.level().places.push(place.to_owned());
        let gone = go(self);
        self.level().places.pop();
        gone
    }

    /// The same of a residual's projection, beside whose tensors no others are called so.
    pub(super) fn in_projection<T>(&mut self, go: impl FnOnce(&mut Self) -> T) -> T {
        self.in_place(PROJECT, |inference| {
            let name = inference.level().path();
            let called = inference.level().names.iter().find(|other| is_inside(&other.name, &name));
            if let Some((place, part)) = called.and_then(|other| Some((other.place?, other.part))) {
                let what = format!(
                    "the tensors of `{PROJECT}:` are called `{name}`, as those of this stage are"
                );
                let help = Help::Text("give the stage another name".to_owned());
                inference.faults.add(place, Some(part), what, help);
            }
            go(inference)
        })
    }

    /// No tensor of the next stage is called as one of those in front.
    pub(super) fn check_tensor_name(&mut self, field: &Ident, stage: &Stage) {
        let naming = Naming::of(stage, self.depth);
        if naming == Naming::Place {
            return;
        }
        let is_alone = self.is_alone();
        let label = label_of(stage);
        let level = self.level();
        let path = level.path();
        let (name, place) = match (&stage.tensors, label) {
            (Some(tensors), _) => (tensors.name.clone(), Some(tensors.place)),
            (None, Some(label)) => (label.unraw().to_string(), Some(Place::at(label.span()))),
            (None, None) if is_alone => (path.clone(), None),
            (None, None) => (joined(&path, &field.unraw().to_string()), None),
        };
        let is_label = stage.tensors.is_none() && label.is_some();
        let compositions = level.compositions.clone();
        let own = Name { name, place, is_label, part: stage.part, path, compositions };
        let clash = level.names.iter().position(|other| own.clashes_with(other));
        if let Some(other) = clash {
            self.tell_clash(&own, other);
        }
        self.level().names.push(own);
    }

    /// Two stages on the level have tensors of one name.
    fn tell_clash(&mut self, own: &Name, other: usize) {
        let other = self.levels.last().expect("one is open").names[other].clone();
        let name = &own.name;
        if let (true, true, Some(place)) = (own.is_label, other.is_label, own.place) {
            if own.path == other.path {
                // In one body it has been told where it was read.
                return;
            }
            let what = format!("two stages on one level are labelled `{name}`");
            self.labelled_twice.insert(name.clone());
            let (part, label, mended) = match own.apart_from(&other).or(other.apart_from(own)) {
                Some(around) => {
                    let opening = &self.declaration.parts[around.part].written;
                    let label = self.free_label(&around.word);
                    (around.part, label.clone(), format!("{label}: {opening}"))
                }
                None => {
                    let written = &self.declaration.parts[own.part].written;
                    let label = self.free_label(name);
                    (own.part, label.clone(), written.replacen(name, &label, 1))
                }
            };
            self.mended.push((part, Some(mended)));
            self.faults.add(place, Some(own.part), what, Help::Shapes);
            let level = self.level();
            level.labels.push(label);
            return level.tell(part);
        }
        // A label that is the name of a stage without one has been told too.
        let Some(place) = own.attribute().or(other.attribute()) else { return };
        let what = if other.name == *name {
            format!("the tensors of two stages are called `{name}`")
        } else {
            let mut names = [name, &other.name];
            names.sort_by_key(|name| name.len());
            let [outer, inner] = names;
            format!("the tensors `{inner}` of one stage are among the tensors `{outer}` of another")
        };
        let help = "give it a name that none of another stage begins with".to_owned();
        self.faults.add(place, Some(own.part), what, Help::Text(help));
    }

    /// A label for a composition that no other stage has.
    fn free_label(&self, word: &str) -> String {
        let level = self.levels.last().expect("one is open");
        let is_free = |label: &String| {
            let mut given = self.declaration.labels.iter().chain(&level.labels);
            !given.any(|other| other == label) && level.names.iter().all(|name| name.name != *label)
        };
        (1..).map(|number| format!("{word}{number}")).find(is_free).expect("endless")
    }

    fn level(&mut self) -> &mut Level {
        self.levels.last_mut().expect("that of the network is open")
    }

    /// Whether the stage at hand is all that a composition is made of, which is then reached directly.
    fn is_alone(&self) -> bool {
        let builds = |stage: &&Stage| matches!(stage.kind, StageKind::Layer { .. });
        self.depth > 0 && self.siblings.iter().filter(builds).count() == 1
    }
}
