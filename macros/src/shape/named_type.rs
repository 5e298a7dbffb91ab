//! Other networks and users' layers among the stages.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use static_net_rules::stage::Ending;
use syn::ext::IdentExt;

use super::Shape;
use super::check::End;
use super::infer::Inference;
use super::inputs::Hidden;
use super::scope::{GoesOn, Parts, Read, Spot, Start, Value};
use super::tokens::{activation_type, with_ones};
use crate::ast::{
    AppliedActivation, Dim, GivenInput, NamedType, Operation, Stage, StageKind, Step,
};
use crate::diagnostic::{Help, Place, spanned_call};
use crate::parse::{mentioned, path_text};

impl Inference<'_> {
    /// The type of the layer that another network or a user's layer is where it stands.
    pub(super) fn named(
        &mut self,
        of: &NamedType,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
        position: usize,
    ) -> TokenStream {
        let NamedType { path, place, inputs } = of;
        let scalar = self.declaration.scalar.ident();
        // Whether it is a layer at all is checked once, where nothing else can go wrong, and for any
        // value of a const parameter, since implementations do not depend on values.
        let witness = self.constant("STAGE", stage.part, 0, *place);
        let concrete = with_ones(path.clone(), &self.declaration.const_parameters);
        self.program.constants.push(quote_spanned! {place.start=>
            const #witness: usize = ::static_net::__private::check::layer::<#scalar, #concrete>();
        });
        let name = format!("stage {position} `{}`{}", path_text(path), self.of);
        let layer = match inputs.as_slice() {
            [] => self.fitting(of, &concrete, &witness, &name, stage),
            inputs => self.taking(of, inputs, &witness, &name, stage),
        };
        match activation {
            None => layer,
            Some(activation) => {
                let activation = activation_type(Some(activation));
                quote_spanned! {site(*place)=> ::static_net::layer::Activated<#layer, #activation> }
            }
        }
    }

    /// The type of one that takes what the stage in front of it gives.
    fn fitting(
        &mut self,
        NamedType { path, place, .. }: &NamedType,
        concrete: &TokenStream,
        witness: &Ident,
        name: &str,
        stage: &Stage,
    ) -> TokenStream {
        let (scalar, place) = (self.declaration.scalar.ident(), *place);
        let kind = self.constant("KIND", stage.part, 0, place);
        let layer = checked(concrete, witness, place.start);
        let takes = quote_spanned! {place.start=>
            ::static_net::__private::check::input::<#scalar, #layer>()
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
        let checked = checked(path, &kind, site(place));
        let is_of_tokens = matches!(self.shape, Shape::Tokens { .. });
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let takes = quote_spanned! {place.start=>
            <<#checked as ::static_net::layer::Layer<#scalar>>::Input as ::static_net::shape::Shape>::DIMS
        };
        let end = self.end_in_front_of(stage);
        let ending = end.tokens();
        let context = self.checked_context(&self.route, Some(written), end.part);
        self.check(place, "accepts", &quote! { #takes, #gives, #name, #ending, #context });
        self.shape = Shape::Behind(checked.clone());
        if is_of_tokens { self.numbered(checked) } else { checked }
    }

    /// The type of a network of several inputs, each of which is given a value by its name.
    fn taking(
        &mut self,
        NamedType { path, place, .. }: &NamedType,
        inputs: &[GivenInput],
        witness: &Ident,
        name: &str,
        stage: &Stage,
    ) -> TokenStream {
        let place = *place;
        let all = self.parts("inputs", path, witness, stage.part, place);
        let written = &self.declaration.parts[stage.part].written;
        let context = self.checked_context(&self.route, Some(written), stage.part);
        let names: Vec<_> = inputs.iter().map(|input| input.name.unraw().to_string()).collect();
        let front = stage.operation.strip_suffix(')').unwrap_or(&stage.operation);
        let arguments = quote! { #all, &[#(#names),*], #name, #front, #context };
        self.check(place, "takes_all", &arguments);
        let mut taken = Vec::new();
        self.reads.clear();
        for (slot, (input, input_name)) in inputs.iter().zip(&names).enumerate() {
            let (shape, read) = if slot == 0 {
                // What comes in.
                (self.shape.clone(), None)
            } else {
                let at = Spot { place: input.place, ..stage.into() };
                let Some(read) = self.read_any(&input.value, at) else {
                    self.shape = Shape::Dims(vec![Dim::Faulty]);
                    return TokenStream::new();
                };
                self.reads.push(Read { slot, value: read.clone() });
                (read.shape.clone(), Some(read))
            };
            if shape.is_faulty() {
                self.shape = shape;
                return TokenStream::new();
            }
            let reference = format!("&{}", input.value);
            let gives = shape.named_shape(&reference, self.declaration.scalar);
            let takes = quote! { #all, #input_name, &#gives, #name, #context };
            self.check(input.place, "takes", &takes);
            let offset = self.constant("OFFSET", stage.part, slot, place);
            let value = spanned_call(place, "offset", &quote! { #all, #input_name });
            self.program
                .constants
                .push(quote_spanned! {place.start=> const #offset: usize = #value; });
            taken.push((shape.of_numbers().type_tokens(self.declaration.scalar), read, offset));
        }
        let (first, _, offset) = taken.remove(0);
        let others = taken.iter().rev().fold(quote! { () }, |others, (shape, read, offset)| {
            let place = read.as_ref().map(Start::arguments);
            quote! { ::static_net::layer::Taken<#shape, #place, #offset, #others> }
        });
        let layer = checked(path, witness, site(place));
        self.shape = Shape::Behind(layer.clone());
        quote_spanned! {site(place)=>
            ::static_net::layer::Taking<#layer, #first, #offset, #others>
        }
    }

    /// A const that lists the inputs of a network among the stages, or its outputs.
    fn parts(
        &mut self,
        which: &str,
        path: &TokenStream,
        witness: &Ident,
        part: usize,
        place: Place,
    ) -> Ident {
        let all = self.constant(&which.to_uppercase(), part, 0, place);
        let (which, layer) = (Ident::new(which, place.start), checked(path, witness, place.start));
        self.program.constants.push(quote_spanned! {place.start=>
            const #all: &[::static_net::network::NamedShape] =
                ::static_net::__private::check::#which::<#layer>();
        });
        all
    }

    /// Keeps in mind which outputs of a network references name, so that stages behind it take them out.
    pub(super) fn name_outputs(&mut self, label: &Ident, of: &NamedType, stage: &Stage) {
        let mut names: Vec<Ident> = Vec::new();
        for reference in self.declaration.references() {
            let steps = reference.path.iter().filter_map(Step::label);
            let labels: Vec<_> = std::iter::once(&reference.label).chain(steps).collect();
            for pair in labels.windows(2).filter(|pair| pair[0].unraw() == label.unraw()) {
                if names.iter().all(|name| name.unraw() != pair[1].unraw()) {
                    names.push(pair[1].clone());
                }
            }
        }
        if names.is_empty() {
            return;
        }
        let (path, label) = (of.path.clone(), label.clone());
        let position = self.position() - 1;
        let stage_name = format!("stage {position} `{}`{}", path_text(&path), self.of);
        let (place, part) = (of.place, stage.part);
        self.scope().parts = Some(Parts { label, names, path, stage: stage_name, place, part });
    }

    /// Has stages take those outputs out of the ones of the network in front. What follows goes on from all of them.
    pub(super) fn take_outputs(&mut self) {
        let Some(Parts { label, names, path, stage, place, part }) = self.scope().parts.take()
        else {
            return;
        };
        let is_it = |value: &Value| value.field == label;
        let Some(value) = self.scope().values.iter().rposition(is_it) else { return };
        let (shape, axes, from) = (self.shape.clone(), self.axes, self.from.clone());
        let scalar = self.declaration.scalar;
        let witness = self.constant("STAGE", part, 0, place);
        let all = self.parts("outputs", &path, &witness, part, place);
        let whole = shape.len_argument(scalar);
        let context = self.checked_context(&self.route, None, part);
        let index = self.scope().index_of(value);
        for (slot, name) in names.iter().enumerate() {
            let (text, at) = (name.unraw().to_string(), Place::at(name.span()));
            self.check(at, "has_output", &quote! { #all, #text, #stage, #context });
            let dims = self.constant("PART", part, slot, place);
            let offset = self.constant("PLACE", part, slot, place);
            let of_name = quote! { #all, #text };
            let (given, put) =
                (spanned_call(place, "dims", &of_name), spanned_call(place, "offset", &of_name));
            self.program.constants.push(quote_spanned! {place.start=>
                const #dims: ::static_net::__private::Dims = #given;
                const #offset: usize = #put;
            });
            self.shape = Shape::Computed(dims);
            let output = self.shape.type_tokens(scalar);
            let layer = quote! { ::static_net::layer::InputPart<#output, #whole, #offset> };
            let label_text = label.unraw().to_string();
            // rustc warns of a field with two underscores in a row.
            let (front, behind) = (label_text.trim_end_matches('_'), text.trim_start_matches('_'));
            let mut field = format!("{front}_{behind}");
            while self.declaration.labels.contains(&field)
                || self.program.stages.iter().any(|stage| stage.field == field)
            {
                field += "_output";
            }
            let field = Ident::new(&field, name.span());
            let written = format!("{}.{text}", label.unraw());
            self.name_output(&field, written.clone());
            self.push_hidden(Hidden {
                field,
                text: written,
                place: at,
                operation: "output",
                layer,
                goes_on_from: Some(index),
                lacks: None,
            });
        }
        (self.shape, self.axes, self.from) = (shape.clone(), axes, from);
        let value = self.refer_here(value);
        self.scope().next = Some(GoesOn { value, front: shape, place, part, may_end: true });
    }

    /// Lets a stage give the outputs of a network with which the stages end.
    pub(super) fn end_with_outputs(&mut self) {
        let Some(next) = self.scope().next.take_if(|next| next.may_end) else { return };
        let layer = self.activation_alone(None);
        let value = next.value.text.replace('.', "_");
        let field = format_ident!("{value}_given", span = Span::call_site());
        self.push_hidden(Hidden {
            text: field.to_string(),
            field,
            place: next.place,
            operation: "identity",
            layer,
            goes_on_from: Some(next.value.index),
            lacks: None,
        });
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
        NamedType { path, place, .. }: &NamedType,
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
        self.faults.add(*place, Some(stage.part), what, Help::Shapes);
    }
}

/// The type where it is a layer; else one of which nothing more is said.
fn checked(path: &TokenStream, check: &Ident, site: Span) -> TokenStream {
    quote_spanned! {site=> ::static_net::__private::stage::Checked<#path, #check> }
}

/// Located at the type, so that rustc shows it where a trait to be derived is missing.
fn site(place: Place) -> Span {
    Span::mixed_site().located_at(place.start)
}
