//! References: which earlier value a stage goes on from.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::infer::Inference;
use super::inputs::mask_of;
use super::reach::Way;
use super::scope::{GoesOn, Scope, Spot, Start, Value};
use super::within::{Named, Site, Source, Within};
use super::{Refers, Shape};
use crate::ast::{CompositionKind, Dim, Operation, Reference, Stage, StageKind, Step};
use crate::diagnostic::{Help, nearest};

impl Inference<'_> {
    /// That of the stages at hand.
    pub(super) fn scope(&mut self) -> &mut Scope {
        self.scopes.last_mut().expect("stages stand in a scope")
    }

    /// Goes on from the value that a reference names.
    pub(super) fn reference(&mut self, reference: &Reference, stage: &Stage) {
        self.go_on(reference, stage.into());
        if !self.shape.is_faulty() {
            self.route.pass(&stage.text, &self.shape, &[], self.declaration.scalar);
        }
    }

    /// The next stage goes on from the value that a reference names.
    pub(super) fn go_on(&mut self, reference: &Reference, at: Spot<'_>) {
        let before = self.shape.clone();
        let Some((level, value)) = self.value_of(reference, at) else {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return;
        };
        let current = self.scopes.len() - 1;
        let found = &self.scopes[level].values[value];
        let (shape, axes, from) = (found.shape.clone(), found.axes, found.from.clone());
        let may_end = level == current && found.is_output;
        let Spot { place, part, .. } = at;
        if let Some(last) = self.program.stages.last() {
            let last = last.field.clone();
            let source = self.refer(level, value, current + 1);
            let is_itself = level == current && self.scopes[level].values[value].field == last;
            // `&a => &b`: nothing is in between.
            let front = self.scope().next.take().map(|next| next.front);
            if front.is_none() && !is_itself {
                self.pass_over();
            }
            let front = front.unwrap_or(before);
            let scope = self.scope();
            scope.next = Some(GoesOn { value: source, front, place, part, may_end });
        } else if level == current {
            self.scope().at_the_input = Some((place, part));
        } else {
            // The stages begin with it.
            let start = self.refer(level, value, current);
            self.scope().start = Some(start);
        }
        (self.shape, self.axes, self.from) = (shape, axes, from);
    }

    /// The value that a stage reads besides what comes in. Nothing where that has been reported.
    pub(super) fn read(&mut self, reference: &Reference, at: Spot<'_>) -> Option<Start> {
        let (level, value) = self.value_of(reference, at)?;
        if self.is_tokens(level, value) {
            let what =
                format!("`&{reference}` is tokens: a layer reads numbers besides what comes in");
            self.refuse_reference(at, what, "label the embedding and refer to that");
            return None;
        }
        Some(self.refer_from_inside(level, value))
    }

    /// The value that a stage reads besides what comes in, be it tokens among several inputs.
    pub(super) fn read_any(&mut self, reference: &Reference, at: Spot<'_>) -> Option<Start> {
        let (level, value) = self.value_of(reference, at)?;
        Some(self.refer_from_inside(level, value))
    }

    /// A mask that a stage reads: a value, or tokens of which those for padding are hidden.
    pub(super) fn read_mask(&mut self, reference: &Reference, at: Spot<'_>) -> Option<Start> {
        let (level, value) = self.value_of(reference, at)?;
        if !self.is_tokens(level, value) {
            return Some(self.refer_from_inside(level, value));
        }
        let mask = mask_of(&self.scopes[level].values[value].field);
        let mask = self.scopes[level].values.iter().position(|value| value.field == mask);
        let Some(mask) = mask else {
            let what = format!(
                "`&{reference}` are tokens of which none is padding, so that they have no mask"
            );
            let help = "say which token stands where there is none: `tokens(.., padding: 0)`";
            self.refuse_reference(at, what, help);
            return None;
        };
        Some(self.refer_from_inside(level, mask))
    }

    fn is_tokens(&self, level: usize, value: usize) -> bool {
        matches!(self.scopes[level].values[value].shape, Shape::Tokens { .. })
    }

    /// The one value that a reference names: of which level, and which of its values.
    fn value_of(&mut self, reference: &Reference, at: Spot<'_>) -> Option<(usize, usize)> {
        let values = self.values_of(reference, at)?;
        let [(level, value)] = values.as_slice() else {
            let what =
                format!("`&{reference}` is the values of {} turns, and not one", values.len());
            let help = format!("let it be a branch alone, as in `sum(&{reference})`");
            self.refuse_reference(at, what, help);
            return None;
        };
        // Among several inputs they are numbers.
        if self.is_tokens(*level, *value) && self.program.inputs.is_empty() {
            let what = format!("`&{reference}` is tokens: what reads them again is numbers");
            let help = "label the embedding and refer to that";
            self.refuse_reference(at, what, help);
            return None;
        }
        Some((*level, *value))
    }

    /// Refers to a value of a level, from stages inside those of all levels behind it and in front of `until`.
    pub(super) fn refer(&mut self, level: usize, value: usize, until: usize) -> Start {
        let is_around = level + 1 < self.scopes.len();
        for scope in &mut self.scopes[level + 1..until] {
            scope.refers.outside = true;
        }
        let scope = &mut self.scopes[level];
        let index = scope.index_of(value);
        if is_around {
            scope.refers.to.push(index);
        }
        let Value { text, shape, .. } = &scope.values[value];
        Start { text: text.clone(), level, index, shape: shape.clone() }
    }

    /// A value of the network in whose place another is referred to at once.
    pub(super) fn unread(&self, value: usize) -> Start {
        let Value { text, shape, .. } = &self.scopes[0].values[value];
        Start { text: text.clone(), level: 0, index: usize::MAX, shape: shape.clone() }
    }

    /// Refers to a value of the stages at hand.
    pub(super) fn refer_here(&mut self, value: usize) -> Start {
        let current = self.scopes.len() - 1;
        self.refer(current, value, current + 1)
    }

    /// Refers to a value from inside of the stage at hand.
    pub(super) fn refer_from_inside(&mut self, level: usize, value: usize) -> Start {
        let until = self.scopes.len();
        let start = self.refer(level, value, until);
        if level + 1 == until {
            self.scope().refers.to.push(start.index);
        }
        start
    }

    /// Which earlier value the stage at hand goes on from, and what it and stages inside it refer to.
    pub(super) fn goes_on_from(&mut self) -> (Option<GoesOn>, Refers) {
        let scope = self.scope();
        scope.at_the_input = None;
        (scope.next.take(), std::mem::take(&mut scope.refers))
    }

    /// Gives what the last stage gives a name.
    pub(super) fn name_value(&mut self, field: &Ident, from: String, within: Within) {
        self.add_value(field, field.unraw().to_string(), from, within, false);
    }

    /// The same of an output of a network among the stages, `block.main`.
    pub(super) fn name_output(&mut self, field: &Ident, name: String) {
        let from = format!("`&{name}`");
        self.add_value(field, name, from, Within::Nothing, true);
    }

    fn add_value(
        &mut self,
        field: &Ident,
        name: String,
        from: String,
        within: Within,
        is_output: bool,
    ) {
        let (shape, axes) = (self.shape.clone(), self.axes);
        self.scope().inside.push(Named {
            name: name.clone(),
            site: Site::at_hand(field),
            through: Vec::new(),
            shape: shape.clone(),
            axes,
            within: within.clone(),
        });
        let (text, field) = (name.clone(), field.clone());
        let (is_input, source) = (false, None);
        self.scope().values.push(Value {
            name,
            text,
            field,
            shape,
            axes,
            from,
            is_input,
            is_output,
            source,
            within,
        });
    }

    /// Lets the stages at hand speak of those in a composition that has no label.
    pub(super) fn name_values_inside(&mut self, stage: &Ident, within: Within) {
        let Within::Stages(named) = within else { return };
        let scope = self.scope();
        for named in named {
            let source = Source::of(stage, &named);
            scope.add_inside(&named.name, &named, source);
            scope.inside.push(named.inside(Site::at_hand(stage)));
        }
    }

    /// States the shape of the last value that has a name.
    pub(super) fn restate_value(&mut self, field: &Ident) {
        let shape = self.shape.clone();
        let scope = self.scope();
        if let Some(value) = scope.values.iter_mut().find(|value| value.field == *field) {
            value.shape = shape.clone();
        }
        let is_at_hand = |named: &&mut Named| named.site == Site::at_hand(field);
        if let Some(named) = scope.inside.iter_mut().find(is_at_hand) {
            named.shape = shape;
        }
    }

    pub(super) fn refuse_reference(&mut self, at: Spot<'_>, what: String, help: impl Into<String>) {
        // Which value it was meant to read is not known.
        self.is_reader_lost = true;
        self.faults.add(at.place, Some(at.part), what, Help::Text(help.into()));
    }

    /// Reports a reference, with what should stand in its place.
    pub(super) fn mend_reference(
        &mut self,
        reference: &Reference,
        at: Spot<'_>,
        what: String,
        mended: &str,
    ) {
        self.is_reader_lost = true;
        let mended = at.text.replacen(&format!("&{reference}"), mended, 1);
        self.mended.push((at.part, Some(mended)));
        self.faults.add(at.place, Some(at.part), what, Help::Shapes);
    }

    pub(super) fn unknown_reference(&mut self, reference: &Reference, at: Spot<'_>) {
        let name = &reference.label.unraw().to_string();
        let find = |name: &str| find(&self.declaration.stages, name, at.part);
        let labelled = match (find(name), reference.path.first()) {
            // `&mix.a` inside of `mix`.
            (Some(Found::Around), Some(Step::Label(label)))
                if matches!(find(&label.unraw().to_string()), Some(Found::Beside)) =>
            {
                Some(Found::Beside)
            }
            (found, _) => found,
        };
        let (what, help) = match labelled {
            Some(Found::Beside) => (
                format!("`&{reference}` is of another branch, and no branch sees the values of another"),
                "each branch begins with what comes into the composition: refer to a stage in front of that"
                    .to_owned(),
            ),
            Some(Found::Around) if matches!(reference.path.first(), Some(Step::Turn(_) | Step::Turns)) => (
                format!("`&{reference}` is of a turn, and no turn sees another"),
                "a turn reads its own labels, those around the `repeat`, and what the turn in front gives".to_owned(),
            ),
            Some(Found::Around) => (
                format!("`&{name}` refers to the stage in which it stands"),
                "refer to a stage in front of it".to_owned(),
            ),
            Some(Found::Behind) => (
                format!("`&{name}` refers to a later stage"),
                "refer to a stage in front of it: values are computed in the order of the stages"
                    .to_owned(),
            ),
            Some(Found::Inside) => match self.way_to(name) {
                Some(Way::One(way)) => {
                    let what = format!("`{name}` is inside a composition that has a label: `{way}`");
                    let mended = format!("{way}{}", reference.steps());
                    return self.mend_reference(reference, at, what, &mended);
                }
                Some(Way::OfTurns(front)) => (
                    format!("`{name}` has a value in each turn of `{front}`"),
                    format!(
                        "`&{front}[0].{name}` is that of the first turn; those of all, \
                         `&{front}[..].{name}`, are branches of `concat`, `sum` or `product`"
                    ),
                ),
                None => (
                    format!("`{name}` is inside of a stage that has no label"),
                    "label the `repeat` that it is in: `&low[0].z` is then a value of its first turn"
                        .to_owned(),
                ),
            },
            // A faulty stage has that label, which has been told.
            None if is_of_a_fault(&self.declaration.stages, name) => {
                self.is_reader_lost = true;
                return;
            }
            None => {
                let values = || self.scopes.iter().flat_map(|scope| &scope.values);
                let names = values().map(|value| value.name.as_str()).filter(|name| !name.is_empty());
                if let Some(near) = nearest(name, names) {
                    let what =
                        format!("no earlier stage is labelled `{name}`, did you mean `&{near}`?");
                    let mended = format!("&{near}{}", reference.steps());
                    return self.mend_reference(reference, at, what, &mended);
                }
                let known = values().filter(|value| !value.name.is_empty());
                let known: Vec<_> = known.map(|value| format!("`&{}`", value.name)).collect();
                (
                    format!("no earlier stage is labelled `{name}`"),
                    format!("label the stage that is meant; so far there is {}", known.join(", ")),
                )
            }
        };
        self.refuse_reference(at, what, help);
    }
}

/// Where a label stands, seen from a reference.
enum Found {
    /// In front of the stage in which the reference stands.
    Around,
    Behind,
    /// In another branch of a composition in which the reference stands.
    Beside,
    /// Inside a composition in which the reference does not stand.
    Inside,
}

/// The last part of a stage.
fn end_of(stage: &Stage) -> usize {
    match &stage.kind {
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            composition.closing
        }
        _ => stage.part,
    }
}

/// Looks for a label that the stage at `part` cannot refer to.
fn find(stages: &[Stage], name: &str, part: usize) -> Option<Found> {
    stages.iter().find_map(|stage| {
        let StageKind::Layer { label, operation, .. } = &stage.kind else { return None };
        let composition = match operation {
            Some(Operation::Composition(composition)) => Some(&**composition),
            _ => None,
        };
        let end = end_of(stage);
        if label.as_ref().is_some_and(|label| label.unraw() == name) {
            return Some(match part {
                part if part < stage.part => Found::Behind,
                part if part < end => Found::Around,
                _ => Found::Inside,
            });
        }
        let composition = composition?;
        let is_of_branches =
            !matches!(composition.kind, CompositionKind::Repeat { .. } | CompositionKind::Turns(_));
        composition.parts().into_iter().find_map(|stages| {
            let found = find(stages, name, part)?;
            let is_beside = stages.last().is_some_and(|last| end_of(last) < part) && part < end;
            Some(match found {
                Found::Inside if is_of_branches && is_beside => Found::Beside,
                found => found,
            })
        })
    })
}

/// Whether a faulty stage has this label.
fn is_of_a_fault(stages: &[Stage], name: &str) -> bool {
    stages.iter().any(|stage| match &stage.kind {
        StageKind::Faulty => stage.text.contains(&format!("{name}:")),
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            composition.parts().into_iter().any(|stages| is_of_a_fault(stages, name))
        }
        _ => false,
    })
}
