//! What the tensors of stages are called where a declaration says so.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::infer::Inference;
use crate::ast::{Stage, StageKind};
use crate::diagnostic::{Help, Place};

/// What the tensors of a residual's projection are called.
const PROJECT: &str = "project";

impl Inference<'_> {
    /// No tensor of the next stage is called as one of those in front.
    pub(super) fn check_tensor_name(&mut self, field: &Ident, stage: &Stage) {
        let own = stage.tensors.as_ref();
        let name = own.map_or_else(|| field.unraw().to_string(), |own| own.name.clone());
        let inputs = if self.depth == 0 { self.input_stages } else { 0 };
        let clash = self.program.stages.iter().skip(inputs).find_map(|other| {
            let place = own.or(other.tensors.as_ref())?.place;
            let other = other.tensor_name();
            (is_inside(&name, &other) || is_inside(&other, &name)).then_some((other, place))
        });
        let Some((other, place)) = clash else { return };
        let what = if other == name {
            format!("the tensors of two stages are called `{name}`")
        } else {
            let (outer, inner) =
                if name.len() < other.len() { (name, other) } else { (other, name) };
            format!("the tensors `{inner}` of one stage are among the tensors `{outer}` of another")
        };
        let help = "give it a name that none of another stage begins with".to_owned();
        self.faults.add(place, Some(stage.part), what, Help::Text(help));
    }

    /// No tensor of the stages that are projected around is called as those of the projection, which stand beside them.
    pub(super) fn check_beside_project(&mut self, body: &[Stage]) {
        for stage in body {
            let (name, place) = match (&stage.tensors, &stage.kind) {
                (Some(tensors), _) => (tensors.name.clone(), tensors.place),
                (None, StageKind::Layer { label: Some(label), .. }) => {
                    (label.unraw().to_string(), Place::at(label.span()))
                }
                _ => continue,
            };
            if is_inside(&name, PROJECT) {
                let what = format!(
                    "the tensors of `{PROJECT}:` are called `{PROJECT}`, as those of this stage are"
                );
                let help = Help::Text("give the stage another name".to_owned());
                self.faults.add(place, Some(stage.part), what, help);
            }
        }
    }
}

/// Whether what is called `inner` may be part of what is called `outer`.
fn is_inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
