//! Several outputs: what each is called, and the last stage, which puts them one behind the other.

use proc_macro2::{Ident, Literal, Span};
use quote::quote;
use static_net_rules::words::LayerKind;
use syn::ext::IdentExt;

use super::infer::Inference;
use super::level::Naming;
use super::scope::{GoesOn, Value};
use super::within::Within;
use super::{Inside, Output, Refers, Shape, TypedStage, Written};
use crate::ast::{Dim, Outputs, Stage};
use crate::diagnostic::{Help, Place};
use crate::parse::{mentioned, not_computed};

impl<'a> Inference<'a> {
    /// Goes through the stages of each output, which go on from what stands in front of all.
    pub(super) fn outputs(&mut self, outputs: &'a Outputs) {
        let front = self.value_at_hand();
        let route = self.route.clone();
        // That one is empty has been told.
        let branches = outputs.branches.iter().filter(|branch| !branch.is_empty());
        for (index, branch) in branches.enumerate() {
            self.route = route.clone();
            self.route.state(if index == 0 { "(" } else { "|" });
            let Value { shape, axes, from, .. } = &self.scope().values[front];
            (self.shape, self.axes, self.from) = (shape.clone(), *axes, from.clone());
            if index > 0 {
                let (place, part) = at(branch);
                // What a reference takes the place of is not read by it.
                let value = match branch[0].is_a_reference() {
                    true => self.unread(front),
                    false => self.refer(0, front, 1),
                };
                let front = self.shape.clone();
                self.scope().next = Some(GoesOn { value, front, place, part, may_end: false });
            }
            let stages = self.program.stages.len();
            self.run(branch);
            self.output(branch, stages);
        }
        if self.faults.is_empty() {
            self.join_outputs(outputs);
        }
    }

    /// The value of the stage in front, which may have no label.
    fn value_at_hand(&mut self) -> usize {
        let Some(last) = self.program.stages.last() else { return 0 };
        let field = last.field.clone();
        let named = self.scope().values.iter().position(|value| value.field == field);
        named.unwrap_or_else(|| {
            let value = Value {
                name: String::new(),
                text: field.unraw().to_string(),
                field,
                shape: self.shape.clone(),
                axes: self.axes,
                from: self.from.clone(),
                is_input: false,
                is_output: false,
                source: None,
                within: Within::Nothing,
            };
            self.scope().values.push(value);
            self.scope().values.len() - 1
        })
    }

    /// Names an output: by the label of its last stage, or of the value that it refers to.
    fn output(&mut self, branch: &[Stage], stages_before: usize) {
        // Of stages with a fault the last may be another one.
        let parts = branch.first().map(|stage| stage.part)..=branch.last().map(|stage| stage.part);
        if self.faults.iter().any(|fault| fault.part.is_some() && parts.contains(&fault.part)) {
            self.scope().next = None;
            return;
        }
        let implied = self.scope().next.take_if(|next| next.may_end);
        let last = self.program.stages.get(stages_before..).and_then(<[_]>::last);
        let value = match last {
            _ if let Some(next) = implied => self.scope().referenced[next.value.index],
            Some(&TypedStage { is_labelled: false, place, .. }) => {
                let (_, part) = at(branch);
                let what = "an output is called by the label of its last stage, which has none";
                let help = Help::Text("label it: `value: 1`".to_owned());
                return self.faults.add(place, Some(part), what, help);
            }
            Some(stage) => {
                let field = stage.field.clone();
                let values = &self.scope().values;
                values.iter().position(|value| value.field == field).expect("it has a label")
            }
            // A reference alone.
            None => match self.scope().next.take() {
                Some(GoesOn { value, .. }) => self.scope().referenced[value.index],
                None => return,
            },
        };
        let Value { field, name, shape, source, text, is_output, .. } = &self.scope().values[value];
        if source.is_some() || *is_output {
            let (place, part) = at(branch);
            let what = format!(
                "`&{text}` is inside of a stage: an output is what a stage of the network gives"
            );
            let help =
                format!("go on from it by a stage that has a label: `&{text} => name: identity`");
            return self.faults.add(place, Some(part), what, Help::Text(help));
        }
        let (field, name, shape) = (field.clone(), name.clone(), shape.clone());
        let is_twice = self.program.outputs.iter().any(|output| output.field == field);
        let labelled = self.scope().values.iter().filter(|value| value.field == field).count();
        if is_twice && (self.program.stages.len() > stages_before || labelled > 1) {
            // One label twice has been told.
            return;
        }
        if is_twice || name.is_empty() {
            let (place, part) = at(branch);
            let what = match name.as_str() {
                "" => "this value has no label, by which the output would be called".to_owned(),
                "output" => {
                    "the label `output` is taken: all outputs together are called so".to_owned()
                }
                name => format!("two outputs are called `{name}`"),
            };
            let help = Help::Text("give each output a label of its own".to_owned());
            return self.faults.add(place, Some(part), what, help);
        }
        let index = self.scope().index_of(value);
        let (place, _) = at(branch);
        self.program.outputs.push(Output { field, shape, index, place });
    }

    /// The stage that puts the outputs one behind the other: what the network is as a layer.
    fn join_outputs(&mut self, outputs: &Outputs) {
        let scalar = self.declaration.scalar;
        let input = match self.program.stages.last() {
            Some(last) => last.output.type_tokens(scalar),
            None => self.program.input.type_tokens(scalar),
        };
        let given: Vec<_> = self.program.outputs.iter().collect();
        let lens = given.iter().map(|output| output.shape.len_expression(scalar));
        // A block in front would be a statement.
        let len = quote! { 0 #(+ #lens)* };
        let place = Place::at(self.declaration.name.span());
        let parameters = &self.declaration.const_parameters;
        let of_a_parameter = given.iter().find_map(|output| {
            let len = output.shape.len_expression(scalar);
            Some((mentioned(len, parameters)?, output.place))
        });
        if let Some((parameter, place)) = of_a_parameter {
            let [what, help] = not_computed(&parameter, "all outputs together");
            return self.faults.add(place, Some(outputs.closing), what, Help::Text(help));
        }
        let sizes = given.iter().map(|output| output.shape.literal_sizes());
        let literal =
            sizes.map(|sizes| Some(sizes?.iter().product::<usize>())).sum::<Option<usize>>();
        let whole = match literal {
            Some(len) => Dim::Literal(len, Span::call_site()),
            None => Dim::Constant {
                expression: quote! { { #len } },
                text: Dim::UNKNOWN.to_owned(),
                place,
            },
        };
        let branches: Vec<_> = given.iter().map(|output| {
            let (shape, len) = (output.shape.type_tokens(scalar), output.shape.len_argument(scalar));
            let index = Literal::usize_unsuffixed(output.index);
            quote! {
                ::static_net::layer::Referring<
                    ::static_net::layer::Reshape<#shape, ::static_net::shape::Rank1<#len>>, #input, 0, #index
                >
            }
        }).collect();
        let shape = Shape::Dims(vec![whole]);
        let shape_type = shape.type_tokens(scalar);
        let names: Vec<_> = given.iter().map(|output| output.field.unraw().to_string()).collect();
        let written = |name: &String| Written {
            kind: LayerKind::Other,
            activation: String::new(),
            operation: String::new(),
            from: name.clone(),
            reads: Vec::new(),
            inside: Vec::new(),
        };
        let text = format!("({})", names.join(" | "));
        let refers =
            Refers { to: given.iter().map(|output| output.index).collect(), outside: false };
        let joined = self.branches_type(&branches);
        let layer = quote! { ::static_net::layer::Concat<#joined, #shape_type> };
        self.program.stages.push(TypedStage {
            field: Ident::new("output", Span::call_site()),
            number: None,
            is_labelled: false,
            is_hidden: false,
            tensors: None,
            naming: Naming::Part,
            text: text.clone(),
            written: Written {
                kind: LayerKind::Composition,
                activation: String::new(),
                operation: text,
                from: String::new(),
                reads: Vec::new(),
                inside: names.iter().map(|name| Inside::Stage(written(name))).collect(),
            },
            layer,
            shares: None,
            place,
            output: shape,
            goes_on_from: None,
            unstreamed: None,
            along: Vec::new(),
            refers,
            keeps_time: true,
        });
    }
}

/// Where an output is told to be wrong: at its last stage.
fn at(branch: &[Stage]) -> (Place, usize) {
    match branch.last() {
        Some(stage) => (stage.place, stage.part),
        None => (Place::at(Span::call_site()), 0),
    }
}
