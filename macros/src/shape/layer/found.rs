//! What follows from a layer where it stands: worked out here where all sizes are numbers, and else by rustc.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use static_net_rules::{Call, Facts, Outline, Site, Source, infer};

use super::super::Shape;
use super::super::checked::Checked;
use super::super::infer::Inference;
use super::{Mend, PlacedLayer, Sized, call, given, literals};
use crate::ast::{Dim, Scalar, Value};
use crate::diagnostic::{Place, Reported};
use crate::parse::{mentioned, not_computed};
use crate::words::{Gives, Rule};

/// The numbers that a layer's type is made of.
pub(super) enum Found {
    /// They are known.
    Numbers(Facts),
    /// This const of the expansion holds them.
    Rustc(Ident),
    /// The layer takes any sizes, of which this is the last.
    Any(TokenStream),
}

impl Inference<'_> {
    /// Applies the rule of a layer, and goes on to the shape behind it.
    pub(super) fn found(&mut self, placed: &PlacedLayer<'_>) -> Result<Found, Reported> {
        let arguments = self.sized(placed)?;
        let sizes: Option<Vec<Vec<usize>>> =
            arguments.iter().map(|argument| self.known_sizes(argument)).collect();
        let Some(sizes) = sizes else { return self.found_by_rustc(placed, &arguments) };
        let words: Vec<String> = arguments.iter().map(word).collect();
        let given = given(&arguments, &sizes, &words);
        let call = call(placed, &given);
        if let Some(gives) = self.shape.literal_sizes() {
            let facts = self.infer(placed, call, &gives, "")?;
            let dim = |&size: &usize| Dim::Literal(size, placed.call.name.span());
            self.shape = Shape::Dims(facts.output.sizes().iter().map(dim).collect());
            return Ok(Found::Numbers(facts));
        }
        match self.shape.clone() {
            Shape::Dims(dims) if !call.needs_sizes(dims.len()) => {
                let written = self.shape.text();
                self.infer(placed, call, &vec![1; dims.len()], &written)?;
                self.check_varies(placed, &dims);
                self.outlined(&call, &dims, &arguments, None);
                let last = dims.last().map(Dim::expression);
                Ok(Found::Any(last.unwrap_or_default()))
            }
            _ => self.found_by_rustc(placed, &arguments),
        }
    }

    /// The sizes that an argument gives, where they are numbers. Those of a value that is evidently of the shape which comes
    /// in are not looked at.
    fn known_sizes(&self, argument: &Sized<'_>) -> Option<Vec<usize>> {
        match &argument.shape {
            // Of what comes in where that is no number, the rule would be given another one.
            Some(Shape::Dims(dims)) if self.shape.literal_sizes().is_some() => literals(dims),
            Some(shape @ Shape::Dims(dims)) if shape.is_as(&self.shape) => {
                Some(vec![1; dims.len()])
            }
            Some(_) => None,
            None => literals(&argument.dims),
        }
    }

    fn infer(
        &mut self,
        placed: &PlacedLayer<'_>,
        call: Call<'_>,
        gives: &[usize],
        written: &str,
    ) -> Result<Facts, Reported> {
        let from = self.from.clone();
        let bytes = self.declaration.scalar.bytes();
        let site = Site { call, gives, written, from: &from, bytes, route: &[], around: ("", "") };
        infer(&site).map_err(|fault| self.refuse_by_rule(placed, &site, &fault))
    }

    /// Has rustc check that a layer which goes over the last axis finds more than one value there.
    fn check_varies(&mut self, placed: &PlacedLayer<'_>, dims: &[Dim]) {
        let goes_over_one = matches!(dims.last(), None | Some(Dim::Literal(2.., _)));
        if goes_over_one || placed.call.word.rule != Rule::LayerNorm {
            return;
        }
        let (word, axis) = (placed.call.word.word, dims.len() - 1);
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let part = placed.stage.part;
        let context = self.checked_context(&self.route, Some(&placed.stage.text), part);
        self.check(placed.place(), "varies", &quote! { #word, #axis, #gives, #context });
    }

    /// Has rustc apply the rule, in a const of the expansion.
    fn found_by_rustc(
        &mut self,
        placed: &PlacedLayer<'_>,
        arguments: &[Sized<'_>],
    ) -> Result<Found, Reported> {
        let scalar = self.declaration.scalar;
        let gives = self.shape.dims_expression(scalar);
        if let Some(parameter) = mentioned(gives.clone(), &self.declaration.const_parameters) {
            let needs = format!("the output of `{}`", placed.call.word.word);
            let [what, help] = not_computed(&parameter, &needs);
            let help = Mend::Say(help);
            return Err(self.refuse(placed, placed.place(), what, help));
        }
        let network = Place::at(self.declaration.name.span());
        let part = placed.stage.part;
        let name = self.constant("LAYER", part, 0, network);
        let (word, front, from) = (placed.call.word.word, placed.front(), &self.from);
        let bytes = Literal::usize_unsuffixed(scalar.bytes());
        let given = arguments.iter().map(|argument| given_tokens(argument, scalar));
        let route = self.route.outside(&self.declaration.const_parameters);
        let route = route.parts(Some(&placed.stage.text));
        let site = quote! {
            call: ::static_net::__private::check::call(#word, #front, &[#(#given),*]),
            gives: #gives,
            written: "",
            from: #from,
            bytes: #bytes,
            route: &[#route],
        };
        let arguments_at =
            arguments.iter().map(|argument| (argument.argument.place, argument.slot));
        let decision = self.decision(part);
        self.checked.push(Checked {
            part,
            decision,
            name: name.clone(),
            site,
            arguments: arguments_at.collect(),
            place: placed.place(),
        });
        let dims = match &self.shape {
            Shape::Dims(dims) => Some(dims.clone()),
            _ => None,
        };
        let sizes: Vec<Vec<usize>> = arguments.iter().map(stand_ins).collect();
        let words: Vec<String> = arguments.iter().map(self::word).collect();
        let given = self::given(arguments, &sizes, &words);
        let is_outlined = dims.is_some_and(|dims| {
            self.outlined(&call(placed, &given), &dims, arguments, Some(&name))
        });
        if !is_outlined {
            self.shape = self.computed_shape(placed, &quote! { #name.facts.output });
        }
        Ok(Found::Rustc(name))
    }

    /// The shape that an expression of type `Dims` gives.
    fn computed_shape(&mut self, placed: &PlacedLayer<'_>, value: &TokenStream) -> Shape {
        let place = Place::at(self.declaration.name.span());
        let name = self.constant("SHAPE", placed.stage.part, 0, place);
        self.program.constants.push(quote! {
            const #name: ::static_net::__private::Dims = #value;
        });
        Shape::Computed(name)
    }

    /// Goes on to a shape of known rank, whose sizes keep the names that they have.
    fn outlined(
        &mut self,
        call: &Call<'_>,
        input: &[Dim],
        arguments: &[Sized<'_>],
        facts: Option<&Ident>,
    ) -> bool {
        // Which size another one takes the place of, only rustc knows.
        if let Gives::Along(name) = call.layer.gives
            && let Some(axis) = call.layer.argument(name)
            && let Some(axis) = arguments.iter().find(|argument| argument.slot == axis)
            && literals(&axis.dims).is_none()
        {
            return false;
        }
        let Some(outline) = Outline::of(call, input.len()) else { return false };
        let argument = |name: &str, place: usize| {
            let slot = call.layer.argument(name);
            let argument = arguments.iter().find(|argument| Some(argument.slot) == slot);
            argument.and_then(|argument| argument.dims.get(place))
        };
        let dim = |(axis, size): (usize, &Source)| {
            let named = match *size {
                Source::Input(axis) => input.get(axis),
                Source::Argument(name) | Source::Twice(name) => argument(name, 0),
                Source::Listed(name, place) => argument(name, place),
                Source::One => return Dim::Literal(1, self.declaration.name.span()),
                Source::Computed => None,
            };
            let text = match (size, named) {
                (Source::Twice(_), Some(Dim::Literal(hidden, span)))
                    if *hidden <= usize::MAX / 2 =>
                {
                    return Dim::Literal(2 * hidden, *span);
                }
                (Source::Twice(_), Some(hidden)) => format!("{{ 2 * {} }}", hidden.text()),
                (_, Some(Dim::Constant { text, .. })) => text.clone(),
                (_, Some(known)) => return known.clone(),
                (_, None) => Dim::UNKNOWN.to_owned(),
            };
            let (Some(facts), false) = (facts, matches!(size, Source::Input(_))) else {
                return named.cloned().unwrap_or(Dim::Faulty);
            };
            let expression = quote! { { #facts.facts.output.size(#axis) } };
            let place = Place::at(self.declaration.name.span());
            Dim::Constant { expression, text, place }
        };
        self.shape = Shape::Dims(outline.sizes().iter().enumerate().map(dim).collect());
        true
    }
}

/// The word that an argument is, or nothing.
fn word(argument: &Sized<'_>) -> String {
    match &argument.argument.value {
        Value::Word(word) => word.to_string(),
        Value::Size(_) | Value::Sizes(_) | Value::Number(_) | Value::Reference(_) => String::new(),
    }
}

/// Sizes of which only the count is known.
fn stand_ins(argument: &Sized<'_>) -> Vec<usize> {
    let size = |dim: &Dim| if let Dim::Literal(size, _) = dim { *size } else { 1 };
    argument.dims.iter().map(size).collect()
}

/// An argument as an expression of type `static_net::__private::check::Given`.
fn given_tokens(argument: &Sized<'_>, scalar: Scalar) -> TokenStream {
    let Sized { slot, is_named, argument, dims, shape } = argument;
    let (slot, text) = (Literal::usize_unsuffixed(*slot), &argument.text);
    match &argument.value {
        Value::Size(_) | Value::Sizes(_) => {
            let sizes = dims.iter().map(Dim::expression);
            quote! { ::static_net::__private::check::sizes(#slot, #is_named, #text, &[#(#sizes),*]) }
        }
        Value::Reference(_) => {
            let sizes = shape.as_ref().map(|shape| shape.dims_expression(scalar));
            quote! { ::static_net::__private::check::sizes(#slot, #is_named, #text, #sizes) }
        }
        Value::Word(_) => quote! { ::static_net::__private::check::word(#slot, #is_named, #text) },
        Value::Number(_) => {
            quote! { ::static_net::__private::check::number(#slot, #is_named, #text) }
        }
    }
}
