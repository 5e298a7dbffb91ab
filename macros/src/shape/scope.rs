//! The values that have a name, while a declaration is gone through.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use static_net_rules::words::Axes;
use syn::ext::IdentExt;

use super::within::{Named, Source, Within};
use super::{Referenced, Refers, Shape};
use crate::ast::Stage;
use crate::diagnostic::Place;

/// Stages that follow one another, while they are gone through.
#[derive(Default)]
pub(super) struct Scope {
    /// What has a name so far.
    pub(super) values: Vec<Value>,
    /// What those around can reach inside of these stages.
    pub(super) inside: Vec<Named>,
    /// Which of them are referred to, in the order in which references to them were found.
    pub(super) referenced: Vec<usize>,
    /// What stages inside the one at hand refer to.
    pub(super) refers: Refers,
    /// What the next stage goes on from, where that is not the stage in front of it.
    pub(super) next: Option<GoesOn>,
    /// A reference to the input in front of all stages, which go on from it anyway.
    pub(super) at_the_input: Option<(Place, usize)>,
    /// The value of a scope around with which the stages begin.
    pub(super) start: Option<Start>,
    /// The stages whose value the next one does not take.
    pub(super) passed_over: Vec<PassedOver>,
    /// The turns of which only the last is read.
    pub(super) unread_turns: Vec<UnreadTurns>,
    /// The outputs of the network in front that stages are still to take out.
    pub(super) parts: Option<Parts>,
}

/// A value that has a name.
pub(super) struct Value {
    /// By which stages speak of it; nothing where they do not.
    pub(super) name: String,
    /// How a reference to it is written.
    pub(super) text: String,
    pub(super) field: Ident,
    pub(super) shape: Shape,
    pub(super) axes: Axes,
    pub(super) from: String,
    pub(super) is_input: bool,
    /// Whether it is an output of a network among the stages: `&block.main`.
    pub(super) is_output: bool,
    /// Where it comes from, if a stage inside of the one that has the value's name gives it.
    pub(super) source: Option<Source>,
    /// What is inside of the stage that gives it.
    pub(super) within: Within,
}

pub(super) struct GoesOn {
    pub(super) value: Start,
    /// What the stage in front gives.
    pub(super) front: Shape,
    pub(super) place: Place,
    pub(super) part: usize,
    /// Whether stages may end with it: it is an output of a network among them, or all of its outputs.
    pub(super) may_end: bool,
}

/// Outputs of a network among the stages that references name.
pub(super) struct Parts {
    /// The label of its stage.
    pub(super) label: Ident,
    pub(super) names: Vec<Ident>,
    pub(super) path: TokenStream,
    /// How messages speak of the stage.
    pub(super) stage: String,
    pub(super) place: Place,
    pub(super) part: usize,
}

/// Where a reference stands, and all of the stage there.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) place: Place,
    pub(super) part: usize,
    pub(super) text: &'a str,
}

impl<'a> From<&'a Stage> for Spot<'a> {
    fn from(stage: &'a Stage) -> Self {
        Spot { place: stage.place, part: stage.part, text: &stage.text }
    }
}

/// A value that a stage reads besides what comes in.
pub(super) struct Read {
    /// Which argument refers to it.
    pub(super) slot: usize,
    pub(super) value: Start,
}

/// A value that is referred to.
#[derive(Clone)]
pub(super) struct Start {
    /// How the reference is written.
    pub(super) text: String,
    /// Of which scope it is.
    pub(super) level: usize,
    /// Which of those of that scope that are referred to.
    pub(super) index: usize,
    pub(super) shape: Shape,
}

pub(super) struct PassedOver {
    /// Which of the values it is, where it has a name.
    pub(super) value: Option<usize>,
    pub(super) stage: Ident,
    pub(super) place: Place,
    pub(super) part: usize,
    pub(super) text: String,
}

pub(super) struct UnreadTurns {
    /// Of the stage that has them.
    pub(super) label: Option<String>,
    /// The stage that does not take what the turn in front gives.
    pub(super) begins_with: String,
    pub(super) place: Place,
    pub(super) part: usize,
}

impl Scope {
    /// That of a network, whose input can be referred to.
    pub(super) fn of_network(input: &Shape) -> Self {
        let input = Value {
            name: "input".to_owned(),
            text: "input".to_owned(),
            field: Ident::new("input", Span::mixed_site()),
            shape: input.clone(),
            axes: Axes::Unknown,
            from: "the input".to_owned(),
            is_input: true,
            is_output: false,
            source: None,
            within: Within::Nothing,
        };
        Scope { values: vec![input], ..Scope::default() }
    }

    /// Which of the values that are referred to a value is.
    pub(super) fn index_of(&mut self, value: usize) -> usize {
        let known = self.referenced.iter().position(|&referenced| referenced == value);
        known.unwrap_or_else(|| {
            self.referenced.push(value);
            self.referenced.len() - 1
        })
    }

    /// Adds a value that a stage inside gives.
    pub(super) fn add_inside(&mut self, name: &str, named: &Named, source: Source) {
        self.add_found(
            name,
            name.to_owned(),
            (&named.shape, named.axes),
            named.within.clone(),
            source,
        );
    }

    /// Adds a value that a stage inside gives; gives which it is.
    pub(super) fn add_found(
        &mut self,
        name: &str,
        text: String,
        (shape, axes): (&Shape, Axes),
        within: Within,
        source: Source,
    ) -> usize {
        let index = self.values.len();
        let field =
            format_ident!("value{index}_of_{}", source.stage.unraw(), span = Span::mixed_site());
        self.values.push(Value {
            name: name.to_owned(),
            from: format!("`&{text}`"),
            text,
            field,
            shape: shape.clone(),
            axes,
            is_input: false,
            is_output: false,
            source: Some(source),
            within,
        });
        index
    }

    pub(super) fn referenced(&self) -> Vec<Referenced> {
        let values = self.referenced.iter().map(|&value| &self.values[value]);
        values
            .map(|value| Referenced {
                field: value.field.clone(),
                shape: value.shape.clone(),
                is_input: value.is_input,
                inside: value.source.as_ref().map(|source| source.stage.clone()),
            })
            .collect()
    }

    pub(super) fn start(&self) -> Option<Start> {
        self.start.clone()
    }
}

impl Start {
    /// A layer that runs over the value, as one that takes `input`.
    pub(super) fn layer(&self, layer: &TokenStream, input: &TokenStream) -> TokenStream {
        let value = self.arguments();
        quote! { ::static_net::layer::Referring<#layer, #input, #value> }
    }

    /// Where it is found, as arguments of a type.
    pub(super) fn arguments(&self) -> TokenStream {
        let (level, index) = (literal(self.level), literal(self.index));
        quote! { #level, #index }
    }
}

fn literal(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}
