//! Stages that are no layer of the language: activations, dense layers, other networks and users' layers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use static_net_rules::stage::{self as rules, Ending};
use static_net_rules::words::Axes;

use super::check::End;
use super::infer::Inference;
use super::tokens::{activation_type, with_ones};
use super::{Shape, shape_text};
use crate::ast::{AppliedActivation, Dense, Dim, Operation, Stage, StageKind};
use crate::diagnostic::{Help, Place, spanned_call};
use crate::parse::{mentioned, path_text};

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

    pub(super) fn named(
        &mut self,
        path: &TokenStream,
        place: Place,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
        position: usize,
    ) -> TokenStream {
        let scalar = self.declaration.scalar.ident();
        // Whether it is a layer at all is checked once, where nothing else can go wrong, and for any
        // value of a const parameter, since implementations do not depend on values.
        let witness = self.constant("STAGE", stage.part, 0, place);
        let concrete = with_ones(path.clone(), &self.declaration.const_parameters);
        self.program.constants.push(quote_spanned! {place.start=>
            const #witness: usize = ::static_net::__private::check::layer::<#scalar, #concrete>();
        });
        // Located at the type, so that rustc shows it where a trait to be derived is missing.
        let site = Span::mixed_site().located_at(place.start);
        let name = format!("stage {position} `{}`{}", path_text(path), self.of);
        let kind = self.constant("KIND", stage.part, 0, place);
        let takes = quote_spanned! {place.start=>
            ::static_net::__private::check::input::<
                #scalar, ::static_net::__private::stage::Checked<#concrete, #witness>
            >()
        };
        let is_first =
            self.depth == 0 && self.siblings.first().is_some_and(|first| first.part == stage.part);
        let gives = self.shape.vocabularies_expression();
        let route = self.route.outside(&self.declaration.const_parameters);
        let written = &self.declaration.parts[stage.part].written;
        let changed = if is_first { 0 } else { stage.part };
        let context = self.checked_context(&route, Some(written), changed);
        self.check(place, "fits_kind", &quote! { #takes, #gives, #name, #is_first, #context });
        let value = spanned_call(place, "kind", &quote! { #takes, #gives });
        self.program.constants.push(quote_spanned! {place.start=> const #kind: usize = #value; });
        let checked =
            quote_spanned! {site=> ::static_net::__private::stage::Checked<#path, #kind> };

        let is_of_tokens = matches!(self.shape, Shape::Tokens { .. });
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let takes = quote_spanned! {place.start=>
            <<#checked as ::static_net::layer::Layer<#scalar>>::Input as ::static_net::shape::Shape>::DIMS
        };
        let written = &self.declaration.parts[stage.part].written;
        let end = self.end_in_front_of(stage);
        let ending = end.tokens();
        let context = self.checked_context(&self.route, Some(written), end.part);
        self.check(place, "accepts", &quote! { #takes, #gives, #name, #ending, #context });
        self.shape = Shape::Behind(checked.clone());
        let checked = if is_of_tokens { self.numbered(checked) } else { checked };
        match activation {
            None => checked,
            Some(activation) => {
                let activation = activation_type(Some(activation));
                quote_spanned! {site=> ::static_net::layer::Activated<#checked, #activation> }
            }
        }
    }

    /// How what stands in front of a stage can be written otherwise, or the stage itself.
    fn end_in_front_of<'s>(&'s self, stage: &'s Stage) -> End<'s> {
        let before = self.siblings.iter().rev().find(|before| before.part < stage.part);
        match before.map(|before| (&before.kind, before)) {
            None if self.depth == 0 => {
                let input = &self.declaration.parts[0].written;
                End::new(0, Ending::Width(input, ["", ""]))
            }
            Some((StageKind::Layer { operation: Some(Operation::Dense(dense)), .. }, before))
                if !matches!(dense.width, Dim::Parameter(_)) =>
            {
                End::of(before)
            }
            _ => {
                let written = &self.declaration.parts[stage.part].written;
                End::new(stage.part, Ending::Taker(written))
            }
        }
    }

    /// A size behind a type with const parameters cannot be named on stable Rust.
    pub(super) fn check_is_stated(
        &mut self,
        path: &TokenStream,
        place: Place,
        stage: &Stage,
        next: Option<&Stage>,
    ) {
        // A faulty stage may have been meant as a stated shape.
        let is_stated = matches!(
            next.map(|next| &next.kind),
            Some(StageKind::Assertion(_) | StageKind::Faulty)
        );
        if is_stated || mentioned(path.clone(), &self.declaration.const_parameters).is_none() {
            return;
        }
        let what = format!(
            "Rust cannot yet compute the size behind `{}`, which depends on a const parameter: state it",
            path_text(path)
        );
        let text = &self.declaration.parts[stage.part].written;
        self.mended.push((stage.part, Some(format!("{text} => [16]"))));
        self.faults.add(place, Some(stage.part), what, Help::Shapes);
    }
}
