//! Several inputs: the first stages take them apart.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use static_net_rules::words::{Axes, LayerKind};
use syn::ext::IdentExt;

use super::infer::Inference;
use super::level::Naming;
use super::scope::Value;
use super::streaming::TAKES_EACH_STEP;
use super::within::Within;
use super::{Part, Refers, Shape, TypedStage, Written};
use crate::ast::{Dim, NamedInput, Stage};
use crate::diagnostic::{Help, Place};

/// How many consts the sizes of an input may need.
const MOST_SIZES: usize = 16;

/// A stage that takes a value out of others, which no user has written.
pub(super) struct Hidden {
    pub(super) field: Ident,
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) operation: &'static str,
    pub(super) layer: TokenStream,
    /// Which of the values that are referred to.
    pub(super) goes_on_from: Option<usize>,
    /// Why it cannot stream, where that is so.
    pub(super) lacks: Option<&'static str>,
}

impl Inference<'_> {
    /// Makes a stage of each input, which takes its values out of those of all.
    pub(super) fn inputs(&mut self, inputs: &[NamedInput], first: Option<&Stage>) {
        let whole = self.program.input.len_argument(self.declaration.scalar);
        let mut offset = quote! { 0 };
        for (index, input) in inputs.iter().enumerate() {
            let first = 1 + MOST_SIZES * index;
            let dims = self.constants(&input.dims, 0, first);
            self.shape = match input.vocabularies.as_slice() {
                [] => Shape::Dims(dims),
                sizes => {
                    let vocabularies = self.constants(sizes, 0, first + dims.len());
                    self.check_vocabularies(&vocabularies);
                    let padding = input.padding.as_ref().map(|(token, _)| token.clone());
                    Shape::Tokens { length: dims[0].clone(), vocabularies, padding }
                }
            };
            self.axes = Axes::Unknown;
            self.from = format!("the input `{}`", input.label.unraw());
            let goes_on_from = (index > 0).then(|| self.scope().index_of(0));
            self.push_input(input, &whole, &offset, goes_on_from);
            let len = self.shape.len_expression(self.declaration.scalar);
            offset = quote! { #offset + #len };
        }
        for input in inputs {
            if let Some(padding) = &input.padding {
                self.push_mask(input, padding);
            }
        }
        self.input_stages = self.program.stages.len();
        // What the first stage takes is said by a reference.
        if let Some(last) = self.program.stages.last() {
            self.shape = last.output.clone();
        }
        let begins = first.is_none_or(|first| first.begins_elsewhere(true));
        if let Some(stage) = first.filter(|_| !begins && self.faults.is_empty()) {
            let names: Vec<_> = inputs.iter().map(|input| format!("&{}", input.label)).collect();
            let what = "which of the inputs does this stage take?";
            let help = format!(
                "begin with one of them, `{} => ..`, or join them: `concat({})`",
                names[0],
                names.join(" | ")
            );
            self.faults.add(stage.place, Some(stage.part), what, Help::Text(help));
        }
    }

    fn push_input(
        &mut self,
        input: &NamedInput,
        whole: &TokenStream,
        offset: &TokenStream,
        goes_on_from: Option<usize>,
    ) {
        let scalar = self.declaration.scalar;
        // Tokens are numbers among others.
        let shape = self.shape.of_numbers().type_tokens(scalar);
        let layer = quote! { ::static_net::layer::InputPart<#shape, #whole, { #offset }> };
        let field = input.label.clone();
        self.name_value(&field, self.from.clone(), Within::Nothing);
        let place = Place::at(input.label.span());
        self.program.inputs.push(Part { field: field.clone(), shape: self.shape.clone(), place });
        self.push_hidden(Hidden {
            field,
            text: input.text.clone(),
            place,
            operation: "input",
            layer,
            goes_on_from,
            lacks: (input.vocabularies.len() > 1).then_some("HasOneVocabulary"),
        });
    }

    /// Makes a stage of the mask that tokens with padding have.
    fn push_mask(&mut self, input: &NamedInput, (padding, place): &(Dim, Place)) {
        let is_tokens = |value: &Value| value.field == input.label;
        let Some(value) = self.scope().values.iter().position(is_tokens) else { return };
        let label = input.label.unraw().to_string();
        let shape = self.scope().values[value].shape.clone();
        let Shape::Tokens { length, vocabularies, .. } = shape else { return };
        self.check_padding(padding, &vocabularies, *place);
        self.shape = Shape::Dims(vec![length.clone()]);
        self.from = format!("the mask of `{label}`");
        let field = mask_of(&input.label);
        self.name_value(&field, self.from.clone(), Within::Nothing);
        let (length, token) = (length.expression(), padding.expression());
        let layer = quote! { ::static_net::layer::PaddingMask<{ #length }, { #token }> };
        let index = self.scope().index_of(value);
        self.push_hidden(Hidden {
            field,
            text: format!("mask of `{label}`"),
            place: Place::at(input.label.span()),
            operation: "mask",
            layer,
            goes_on_from: Some(index),
            lacks: Some(TAKES_EACH_STEP),
        });
    }

    /// Makes a stage that no user has written, and which gives the shape at hand.
    pub(super) fn push_hidden(&mut self, hidden: Hidden) {
        let Hidden { field, text, place, operation, layer, goes_on_from, lacks } = hidden;
        let from = goes_on_from.map_or_else(String::new, |index| {
            let scope = self.scope();
            scope.values[scope.referenced[index]].text.clone()
        });
        self.program.stages.push(TypedStage {
            field,
            number: None,
            is_labelled: true,
            is_hidden: true,
            tensors: None,
            naming: Naming::Part,
            text,
            written: Written {
                kind: LayerKind::Other,
                activation: String::new(),
                operation: operation.to_owned(),
                from,
                reads: Vec::new(),
                inside: Vec::new(),
            },
            layer,
            shares: None,
            place,
            output: self.shape.of_numbers(),
            goes_on_from,
            unstreamed: lacks.map(|lacks| (lacks, place)),
            along: Vec::new(),
            refers: Refers::default(),
            keeps_time: true,
        });
    }

    /// Reports inputs that no stage refers to.
    pub(super) fn check_inputs(&mut self, inputs: &[NamedInput]) {
        for input in inputs {
            let name = input.label.unraw().to_string();
            let scope = self.scope();
            let value = scope.values.iter().position(|value| value.name == name);
            let is_read = value.is_none_or(|value| scope.referenced.contains(&value));
            if !is_read && self.faults.is_empty() {
                let place = Place::at(input.label.span());
                let what = format!("no stage refers to the input `{name}`");
                let help = format!("let a stage go on from `&{name}`, or leave the input out");
                self.faults.add(place, Some(0), what, Help::Text(help));
            }
        }
    }
}

/// What the mask of tokens is called.
pub(super) fn mask_of(label: &Ident) -> Ident {
    format_ident!("{}_mask", label.unraw(), span = label.span())
}
