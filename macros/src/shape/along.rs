//! The axis that an activation is told to go along.

use quote::{quote, quote_spanned};
use static_net_rules::stage as rules;

use super::infer::Inference;
use super::tokens::activation_type;
use super::{Along, GoesAlong, Shape, literals};
use crate::ast::{AppliedActivation, Dim, Stage};
use crate::diagnostic::Place;
use crate::words;

impl Inference<'_> {
    /// The activation with a const in place of an axis that only rustc knows.
    pub(super) fn with_axis(
        &mut self,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
    ) -> Option<AppliedActivation> {
        let mut activation = activation?.clone();
        if let Some(Dim::Constant { expression, place, .. }) = activation.axis.as_deref_mut() {
            let name = self.constant("AXIS", stage.part, 0, *place);
            self.program.constants.push(quote_spanned! {place.start=>
                const #name: usize = #expression;
            });
            *expression = quote! { #name };
        }
        Some(activation)
    }

    /// An activation that goes along an axis of what the stage gives.
    pub(super) fn along(&self, activation: Option<&AppliedActivation>) -> Option<Along> {
        let activation = activation?;
        let has_axis = words::activation(&activation.name.to_string())
            .is_some_and(words::Activation::has_axis);
        has_axis.then(|| Along {
            what: GoesAlong::Activation {
                activation: activation_type(Some(activation)),
                shape: self.shape.type_tokens(self.declaration.scalar),
            },
            place: Place::at(activation.name.span()),
        })
    }

    /// Whether what a stage gives has the axis that its activation goes along.
    pub(super) fn check_axis(&mut self, activation: Option<&AppliedActivation>, stage: &Stage) {
        let Some(AppliedActivation { name, axis: Some(axis), .. }) = activation else { return };
        if self.shape.is_faulty() {
            return;
        }
        let (word, place) = (name.to_string(), axis.place());
        let written = self.declaration.parts[stage.part].written.clone();
        let (label, operation) = written.split_once(&stage.activation).unwrap_or_default();
        let (front, behind) = match stage.activation.rsplit_once(&axis.text()) {
            Some((front, behind)) => (format!("{label}{front}"), format!("{behind}{operation}")),
            None => (format!("{label}{word}(axis: "), format!("){operation}")),
        };
        // The number of axes is enough where the sizes are not known.
        let gives = match &self.shape {
            Shape::Dims(dims) => literals(dims),
            Shape::Tokens { .. } | Shape::Behind(_) | Shape::Computed(_) => None,
        };
        if let (Dim::Literal(axis, _), Some(gives)) = (&**axis, gives) {
            if let Some(found) = rules::along(&word, *axis, &gives, (&front, &behind)) {
                self.mismatch(place, Some(stage.part), stage.part, &found);
            }
            return;
        }
        let axis = axis.expression();
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let context = self.checked_context(&self.route, Some(&written), stage.part);
        let arguments = quote! { #word, #axis, #gives, (#front, #behind), #context };
        self.check(place, "along", &arguments);
    }
}
