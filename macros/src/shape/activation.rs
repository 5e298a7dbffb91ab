//! Activations whose output would not depend on what goes in.

use proc_macro2::TokenStream;
use quote::quote;
use static_net_rules::single;

use super::Shape;
use super::infer::Inference;
use crate::ast::{AppliedActivation, Dim, Stage};
use crate::diagnostic::{Help, Place};
use crate::words;

impl Inference<'_> {
    /// Refuses one that goes along an axis of one value. The shape is that behind the stage, which is in front of it
    /// too.
    pub(super) fn check_activation(
        &mut self,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
    ) {
        let Some(activation) = activation else { return };
        let word = activation.name.to_string();
        // Those that go along an axis give the same for any single value.
        let goes_along = words::activation(&word).is_some_and(words::Activation::has_axis);
        if !goes_along || self.shape.is_faulty() {
            return;
        }
        let place = Place::at(activation.name.span());
        let from = if stage.operation.is_empty() { self.from.clone() } else { "this stage".into() };
        let axis = match (&activation.axis, &self.shape) {
            (Some(axis), _) => (**axis).clone(),
            (None, Shape::Dims(dims)) => Dim::Literal(dims.len() - 1, place.start),
            (None, shape) => {
                let gives = shape.dims_expression(self.declaration.scalar);
                let expression = quote! { (#gives).len() - 1 };
                Dim::Constant { expression, text: String::new(), place }
            }
        };
        if let (Dim::Literal(axis, _), Shape::Dims(dims)) = (&axis, &self.shape) {
            // That there is no such axis has been told.
            let Some(along) = dims.get(*axis) else { return };
            match (along, self.shape.literal_sizes()) {
                (Dim::Literal(..), Some(sizes)) => {
                    if let Some((what, help)) = single::varies(&word, *axis, &sizes, &from) {
                        let help = Help::Text(help.as_str().to_owned());
                        self.faults.add(place, Some(stage.part), what.as_str(), help);
                    }
                    return;
                }
                (Dim::Literal(2.., _), _) => return,
                _ => {}
            }
        }
        let axis = axis.expression();
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let context = self.route_context(&from, stage);
        self.check(place, "varies", &quote! { #word, #axis, #gives, #context });
    }

    /// Where a stage is checked whose help is no declaration.
    fn route_context(&self, from: &str, stage: &Stage) -> TokenStream {
        let parts = self.route.parts(Some(&stage.text));
        quote! {
            &::static_net::__private::check::Context { from: #from, route: &[#parts], around: ("", "") }
        }
    }
}
