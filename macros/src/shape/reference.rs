//! References: which earlier value a stage goes on from.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::infer::Inference;
use super::reach::Way;
use super::scope::{GoesOn, PassedOver, Scope, Start, Value};
use super::within::{Named, Site, Source, Within};
use super::{Refers, Shape};
use crate::ast::{Dim, Operation, Reference, Stage, StageKind};
use crate::diagnostic::{Help, nearest};

impl Inference<'_> {
    /// That of the stages at hand.
    pub(super) fn scope(&mut self) -> &mut Scope {
        self.scopes.last_mut().expect("stages stand in a scope")
    }

    /// Goes on from the value that a reference names.
    pub(super) fn reference(&mut self, reference: &Reference, stage: &Stage) {
        let name = reference.to_string();
        let found = match self.values_of(reference, stage) {
            Some(found) if reference.is_of_all_turns() => {
                let what = format!("`&{name}` is the values of {} turns, and not one", found.len());
                let help = format!("let it be a branch alone, as in `sum(&{name})`");
                self.refuse_reference(stage, what, help);
                None
            }
            found => found,
        };
        let Some(&[(level, value)]) = found.as_deref() else {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return;
        };
        let current = self.scopes.len() - 1;
        let Value { shape, axes, from, .. } = &self.scopes[level].values[value];
        let (shape, axes, from) = (shape.clone(), *axes, from.clone());
        if matches!(shape, Shape::Tokens { .. }) {
            let what = format!("`&{name}` is tokens: what reads them again is numbers");
            let help = "label the embedding and refer to that";
            self.refuse_reference(stage, what, help);
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return;
        }
        let is_first = self.program.stages.is_empty() && self.scope().start.is_none();
        if level < current && !is_first {
            let what =
                format!("`&{name}` is a value from outside, with which only a branch begins");
            self.refuse_reference(stage, what, "begin the branch with it, or refer to it outside");
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return;
        }
        if level < current {
            let start = self.start_at(level, value);
            self.scopes[level + 1..current]
                .iter_mut()
                .for_each(|scope| scope.refers.outside = true);
            self.scope().start = Some(start);
        } else if let Some(last) = self.program.stages.last() {
            let (place, text, field) = (last.place, last.text.clone(), last.field.clone());
            let index = self.scopes[level].index_of(value);
            let is_input = self.program.stages.len() == self.program.inputs.len();
            let named = self.scope().values.iter().position(|value| value.field == field);
            let part = self.last_part;
            let passed_over = PassedOver { value: named, stage: field, place, part, text };
            let next = GoesOn { index, place: stage.place, part: stage.part };
            let scope = self.scope();
            // `&a => &b`: nothing is in between.
            // Of several inputs, any may be the first that is read.
            if scope.next.replace(next).is_none() && named != Some(value) && !is_input {
                scope.passed_over.push(passed_over);
            }
        } else {
            self.scope().at_the_input = Some((stage.place, stage.part));
        }
        (self.shape, self.axes, self.from) = (shape, axes, from);
        self.route.pass(&stage.text, &self.shape, &[], self.declaration.scalar);
    }

    /// A branch that begins with a value from around.
    pub(super) fn start_at(&mut self, level: usize, value: usize) -> Start {
        let scope = &mut self.scopes[level];
        let index = scope.index_of(value);
        scope.refers.to.push(index);
        let Value { text, shape, .. } = &scope.values[value];
        Start { text: text.clone(), level, index, shape: shape.clone() }
    }

    /// Which earlier value the stage at hand goes on from, and whether stages inside it refer to earlier values.
    pub(super) fn goes_on_from(&mut self) -> (Option<usize>, Refers) {
        let scope = self.scope();
        scope.at_the_input = None;
        (scope.next.take().map(|next| next.index), std::mem::take(&mut scope.refers))
    }

    /// What a value is called that is referred to, or nothing.
    pub(super) fn label_of(&mut self, referenced: Option<usize>) -> String {
        let scope = self.scope();
        referenced.map_or(String::new(), |index| scope.values[scope.referenced[index]].text.clone())
    }

    /// Gives what the last stage gives a name.
    pub(super) fn name_value(&mut self, field: &Ident, from: String, within: Within) {
        let name = field.unraw().to_string();
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
        let value = Value { name, text, field, shape, axes, from, is_input, source, within };
        self.scope().values.push(value);
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

    /// Reports values that nobody reads, and references from which nothing goes on.
    pub(super) fn check_readers(&mut self) {
        let scope = self.scopes.last_mut().expect("stages stand in a scope");
        let next = scope.next.take().map(|next| (next.place, next.part));
        if let Some((place, part)) = next.or(scope.at_the_input) {
            // Without the reference, the stage in front of it would be the last.
            scope.passed_over.pop();
            let what = "nothing goes on from this reference".to_owned();
            let help = Help::Text("let a stage follow, or leave it out".to_owned());
            self.faults.add(place, Some(part), what, help);
        }
        let (referenced, values) = (&scope.referenced, &scope.values);
        let is_inside = |value: &usize, stage: &Ident| {
            values[*value].source.as_ref().is_some_and(|source| source.stage == *stage)
        };
        let is_unread = |passed: &PassedOver| {
            passed.value.is_none_or(|value| !referenced.contains(&value))
                && !referenced.iter().any(|value| is_inside(value, &passed.stage))
        };
        for PassedOver { place, part, text, .. } in
            std::mem::take(&mut scope.passed_over).into_iter().filter(is_unread)
        {
            let what = format!("nothing reads what `{text}` gives");
            let help = "leave it out, or label it and let a later stage refer to it";
            self.faults.add(place, Some(part), what, Help::Text(help.to_owned()));
        }
    }

    pub(super) fn refuse_reference(
        &mut self,
        stage: &Stage,
        what: String,
        help: impl Into<String>,
    ) {
        self.faults.add(stage.place, Some(stage.part), what, Help::Text(help.into()));
    }

    pub(super) fn unknown_reference(&mut self, name: &str, stage: &Stage) {
        let labelled = find(&self.declaration.stages, name, stage.part);
        let (what, help) = match labelled {
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
                    self.mended.push((stage.part, Some(way)));
                    self.faults.add(stage.place, Some(stage.part), what, Help::Shapes);
                    return;
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
            None => {
                let values = || self.scopes.iter().flat_map(|scope| &scope.values);
                let names = values().map(|value| value.name.as_str()).filter(|name| !name.is_empty());
                if let Some(near) = nearest(name, names) {
                    let what =
                        format!("no earlier stage is labelled `{name}`, did you mean `&{near}`?");
                    let mended = Some(format!("&{near}"));
                    self.mended.push((stage.part, mended));
                    self.faults.add(stage.place, Some(stage.part), what, Help::Shapes);
                    return;
                }
                let known = values().filter(|value| !value.name.is_empty());
                let known: Vec<_> = known.map(|value| format!("`&{}`", value.name)).collect();
                (
                    format!("no earlier stage is labelled `{name}`"),
                    format!("label the stage that is meant; so far there is {}", known.join(", ")),
                )
            }
        };
        self.refuse_reference(stage, what, help);
    }
}

/// Where a label stands, seen from a reference.
enum Found {
    /// In front of the stage in which the reference stands.
    Around,
    Behind,
    /// Inside a composition in which the reference does not stand.
    Inside,
}

/// Looks for a label that the stage at `part` cannot refer to.
fn find(stages: &[Stage], name: &str, part: usize) -> Option<Found> {
    stages.iter().find_map(|stage| {
        let StageKind::Layer { label, operation, .. } = &stage.kind else { return None };
        let composition = match operation {
            Some(Operation::Composition(composition)) => Some(&**composition),
            _ => None,
        };
        let end = composition.map_or(stage.part, |composition| composition.closing);
        if label.as_ref().is_some_and(|label| label.unraw() == name) {
            return Some(match part {
                part if part < stage.part => Found::Behind,
                part if part < end => Found::Around,
                _ => Found::Inside,
            });
        }
        let inside = composition?.parts();
        inside.into_iter().find_map(|stages| find(stages, name, part))
    })
}
