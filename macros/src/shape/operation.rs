//! Activations and dense layers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use static_net_rules::stage as rules;
use static_net_rules::words::Axes;

use super::infer::Inference;
use super::tokens::activation_type;
use super::{Shape, shape_text};
use crate::ast::{AppliedActivation, Dense, Dim, Stage};
use crate::diagnostic::Help;

impl Inference<'_> {
    pub(super) fn activation_alone(
        &mut self,
        activation: Option<&AppliedActivation>,
    ) -> TokenStream {
        let activation = activation_type(activation);
        let shape = self.shape.type_tokens(self.declaration.scalar);
        quote! { ::static_net::layer::Activate<#activation, #shape> }
    }

    pub(super) fn dense(
        &mut self,
        dense: &Dense,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
        position: usize,
    ) -> TokenStream {
        let width = &dense.width;
        let mut size = self.sizes(std::slice::from_ref(width), stage.part).remove(0);
        let scalar = self.declaration.scalar.ident();
        let is_signal = self.axes == Axes::Signal;
        match &self.shape {
            Shape::Dims(dims) if dims.len() > 2 && !self.shape.is_faulty() || is_signal => {
                let gives = match is_signal {
                    true => format!("{}{}", self.axes.text(), self.sizes_text()),
                    false => shape_text(dims),
                };
                let takes = "a vector or [length, features]";
                let name = format!("stage {position}{}", self.of);
                let what = rules::dense_takes(&name, takes, &self.from, &gives);
                let mended = format!("flatten => {}", stage.text);
                self.mended.push((stage.part, Some(mended)));
                self.faults.add(dense.place(), Some(stage.part), what.as_str(), Help::Shapes);
            }
            Shape::Dims(dims) => {
                size = self.check_weights(&dims[dims.len() - 1].clone(), size, stage);
            }
            Shape::Tokens { .. } | Shape::Behind(_) | Shape::Computed(_) => {
                let gives = self.shape.dims_expression(self.declaration.scalar);
                let written = &self.declaration.parts[stage.part].written;
                let context = self.checked_context(&self.route, Some(written), stage.part);
                let name = format!("stage {position}{}", self.of);
                let arguments = quote! { #gives, #name, #written, #context };
                self.check(dense.place(), "takes_vector", &arguments);
            }
        }
        let outputs = size.expression();
        let span = dense.call.as_ref().map_or(Span::call_site(), |call| call.name.span());
        let layer = Ident::new("Dense", span);
        let rest = |activation: Option<&AppliedActivation>| match (activation, dense.has_bias) {
            (None, true) => TokenStream::new(),
            (_, has_bias) => {
                let activation = activation_type(activation);
                let biases = (!has_bias).then(|| quote! { , 0 });
                quote! { , #activation #biases }
            }
        };
        let (alone, fused) = (activation_type(activation), rest(activation));
        // Behind [length, features] it is the same layer at each step.
        if let Shape::Dims(dims) = &self.shape
            && let [length, features] = dims.as_slice()
            && !self.shape.is_faulty()
            && !is_signal
        {
            let (steps, inputs) = (length.expression(), features.expression());
            let sizes = vec![length.clone(), size];
            let is_possible = self.check_sample(&sizes, stage.part);
            self.shape = Shape::Dims(if is_possible { sizes } else { vec![Dim::Faulty] });
            // The axes are those of the sequence.
            if activation.is_some_and(|activation| activation.axis.is_some()) {
                let plain = rest(None);
                return quote! {
                    ::static_net::layer::Activated<
                        ::static_net::layer::TimeDistributed<
                            ::static_net::layer::#layer<#scalar, #inputs, #outputs #plain>, #steps
                        >,
                        #alone
                    >
                };
            }
            return quote! {
                ::static_net::layer::TimeDistributed<
                    ::static_net::layer::#layer<#scalar, #inputs, #outputs #fused>, #steps
                >
            };
        }
        let inputs = self.shape.len_argument(self.declaration.scalar);
        let is_hidden = self.shape.is_faulty() && self.may_follow_a_sequence(stage);
        self.shape = Shape::Dims(vec![if is_hidden { Dim::Faulty } else { size }]);
        quote! { ::static_net::layer::#layer<#scalar, #inputs, #outputs #fused> }
    }
}
