//! What the tensors of stages are called where a declaration says so.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::infer::Inference;
use crate::ast::Stage;
use crate::diagnostic::Help;

impl Inference<'_> {
    /// No tensor of the next stage is called as one of those in front.
    pub(super) fn check_tensor_name(&mut self, field: &Ident, stage: &Stage) {
        let own = stage.tensors.as_ref();
        let name = own.map_or_else(|| field.unraw().to_string(), |own| own.name.clone());
        let inputs = if self.depth == 0 { self.program.inputs.len() } else { 0 };
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
}

/// Whether what is called `inner` may be part of what is called `outer`.
fn is_inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
