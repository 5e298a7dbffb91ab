//! A level of names, while the stages on it are gone through.

use proc_macro2::Ident;

use crate::ast::{Composition, CompositionKind, Operation, Stage, StageKind};
use crate::diagnostic::Place;

/// Which names stand in front of that of a stage.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// All around it.
    Part,
    /// Those of the level that it is on.
    Label,
    /// All around it, and it opens no level.
    Place,
}

/// The names of one level, while the stages on it are gone through.
#[derive(Default)]
pub(super) struct Level {
    pub(super) names: Vec<Name>,
    /// The compositions without a label that the stages at hand stand in, and which part of each.
    pub(super) places: Vec<String>,
    /// Those compositions.
    pub(super) compositions: Vec<Unlabelled>,
    /// Labels that helps have given.
    pub(super) labels: Vec<String>,
}

/// A composition without a label.
#[derive(Clone)]
pub(super) struct Unlabelled {
    pub(super) part: usize,
    pub(super) word: String,
    /// Whether it has been told to be labelled.
    pub(super) is_told: bool,
}

/// What the tensors of a stage are called.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) name: String,
    /// The label or attribute that says so.
    pub(super) place: Option<Place>,
    pub(super) is_label: bool,
    pub(super) part: usize,
    /// Where its stage stands on the level.
    pub(super) path: String,
    pub(super) compositions: Vec<Unlabelled>,
}

impl Naming {
    /// Of a stage in so many compositions.
    pub(super) fn of(stage: &Stage, depth: usize) -> Self {
        let is_named = stage.tensors.is_some() || label_of(stage).is_some();
        match &stage.kind {
            _ if is_named && depth == 0 => Naming::Part,
            _ if is_named => Naming::Label,
            StageKind::Layer { operation: Some(Operation::Composition(composition)), .. }
                if !composition.is_repeat() =>
            {
                Naming::Place
            }
            _ => Naming::Part,
        }
    }
}

impl Level {
    /// Where the stages at hand stand.
    pub(super) fn path(&self) -> String {
        self.places.iter().fold(String::new(), |path, place| joined(&path, place))
    }

    /// Keeps in mind that a composition has been told to be labelled.
    pub(super) fn tell(&mut self, part: usize) {
        let around = self.names.iter_mut().flat_map(|name| &mut name.compositions);
        for around in around.chain(&mut self.compositions) {
            around.is_told |= around.part == part;
        }
    }
}

impl Name {
    /// The attribute that says it.
    pub(super) fn attribute(&self) -> Option<Place> {
        self.place.filter(|_| !self.is_label)
    }

    pub(super) fn clashes_with(&self, other: &Name) -> bool {
        let is_told = |name: &Name| name.compositions.iter().any(|around| around.is_told);
        let is_one = is_inside(&self.name, &other.name) || is_inside(&other.name, &self.name);
        is_one && !is_told(self) && !is_told(other)
    }

    /// The outermost composition that it stands in and another does not.
    pub(super) fn apart_from(&self, other: &Name) -> Option<&Unlabelled> {
        let is_shared = |around: &Unlabelled| {
            other.compositions.iter().any(|theirs| theirs.part == around.part)
        };
        self.compositions.iter().find(|around| !is_shared(around))
    }
}

impl Composition {
    /// Whether each turn opens a level of its own.
    fn is_repeat(&self) -> bool {
        matches!(self.kind, CompositionKind::Repeat { .. } | CompositionKind::Turns(_))
    }
}

pub(super) fn label_of(stage: &Stage) -> Option<&Ident> {
    let StageKind::Layer { label, .. } = &stage.kind else { return None };
    label.as_ref()
}

pub(super) fn joined(path: &str, name: &str) -> String {
    if path.is_empty() || name.is_empty() {
        format!("{path}{name}")
    } else {
        format!("{path}.{name}")
    }
}

/// Whether what is called `inner` may be part of what is called `outer`.
pub(super) fn is_inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
