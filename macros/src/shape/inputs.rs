//! Several inputs: the first stages take them apart.

use proc_macro2::TokenStream;
use quote::quote;
use static_net_rules::words::{Axes, LayerKind};
use syn::ext::IdentExt;

use super::infer::Inference;
use super::within::Within;
use super::{Part, Refers, Shape, TypedStage, Written};
use crate::ast::{CompositionKind, NamedInput, Operation, Stage, StageKind};
use crate::diagnostic::{Help, Place};

/// How many consts the sizes of an input may need.
const MOST_SIZES: usize = 4;

impl Inference<'_> {
    /// Makes a stage of each input, which takes its values out of those of all.
    pub(super) fn inputs(&mut self, inputs: &[NamedInput], first: Option<&Stage>) {
        let whole = self.program.input.len_argument(self.declaration.scalar);
        let mut offset = quote! { 0 };
        for (index, input) in inputs.iter().enumerate() {
            let dims = self.constants(&input.dims, 0, 1 + MOST_SIZES * index);
            self.shape = Shape::Dims(dims);
            self.axes = Axes::Unknown;
            self.from = format!("the input `{}`", input.label.unraw());
            let goes_on_from = (index > 0).then(|| self.scope().index_of(0));
            self.push_input(input, &whole, &offset, goes_on_from);
            let len = self.shape.len_expression(self.declaration.scalar);
            offset = quote! { #offset + #len };
        }
        let begins = first.is_none_or(begins_with_a_reference);
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
        let shape = self.shape.type_tokens(self.declaration.scalar);
        let field = input.label.clone();
        self.name_value(&field, self.from.clone(), Within::Nothing);
        self.program.inputs.push(Part { field: field.clone(), shape: self.shape.clone() });
        self.program.stages.push(TypedStage {
            field,
            number: None,
            is_labelled: true,
            tensors: None,
            text: input.text.clone(),
            written: Written {
                kind: LayerKind::Other,
                activation: String::new(),
                operation: "input".to_owned(),
                from: if goes_on_from.is_some() { "input".to_owned() } else { String::new() },
                inside: Vec::new(),
            },
            layer: quote! { ::static_net::layer::InputPart<#shape, #whole, { #offset }> },
            shares: None,
            place: Place::at(input.label.span()),
            output: self.shape.clone(),
            goes_on_from,
            unstreamed: Some(("HasOneInput", Place::at(input.label.span()))),
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

/// Whether what a stage takes is said by references.
fn begins_with_a_reference(stage: &Stage) -> bool {
    let begins = |stages: &Vec<Stage>| stages.first().is_some_and(begins_with_a_reference);
    match &stage.kind {
        StageKind::Reference(_) | StageKind::Faulty => true,
        StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
            match &composition.kind {
                CompositionKind::Joined { branches, .. } => branches.iter().all(begins),
                CompositionKind::Residual { body, project: Some(project) } => {
                    begins(body) && begins(project)
                }
                CompositionKind::Turns(turns) => turns.bodies.first().is_some_and(begins),
                CompositionKind::Residual { .. } | CompositionKind::Repeat { .. } => false,
            }
        }
        StageKind::Layer { operation: Some(Operation::Layer(call)), .. } => {
            call.word.begins_with_a_reference()
        }
        StageKind::Layer { .. } | StageKind::Assertion(_) => false,
    }
}
