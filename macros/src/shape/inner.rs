//! Stages inside a composition: a struct of their own, or one layer.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use static_net_rules::words::Axes;

use super::check::End;
use super::infer::Inference;
use super::level::Naming;
use super::scope::Scope;
use super::within::{Named, Site, Turn, Within};
use super::{Along, Block, Inside, Refers, Shape, TypedStage, Written};
use crate::ast::{Dim, Stage, StageKind, TensorName};
use crate::diagnostic::Place;

/// The stages inside a composition, worked out.
pub(super) struct Inner<'a> {
    pub(super) stages: &'a [Stage],
    /// The type of the layer that they are.
    pub(super) layer: TokenStream,
    pub(super) output: Shape,
    pub(super) axes: Axes,
    /// What gives the output.
    pub(super) place: Place,
    /// Whether time runs along the same axis behind them as in front of them, where they stream.
    pub(super) keeps_time: bool,
    /// What summaries and diagrams show.
    pub(super) inside: Inside,
    /// What has a name in them.
    pub(super) named: Vec<Named>,
    /// The last stage, where they are a struct of their own.
    output_site: Option<Site>,
}

/// What is known of the stages around a composition while those inside are gone through.
pub(super) struct Outer {
    stages: Vec<TypedStage>,
    block: String,
    along: Vec<Along>,
}

impl<'a> Inference<'a> {
    /// The values of all turns, where a reference to them is all that stands in a branch.
    pub(super) fn all_turns(
        &mut self,
        stages: &'a [Stage],
        input: &Shape,
    ) -> Option<Vec<Inner<'a>>> {
        let [Stage { kind: StageKind::Reference(reference), .. }] = stages else { return None };
        let [stage] = stages else { return None };
        if !reference.is_of_all_turns() {
            return None;
        }
        let scalar = self.declaration.scalar;
        let Some(values) = self.values_of(reference, stage.into()) else {
            let (from, output) = (String::new(), Shape::Dims(vec![Dim::Faulty]));
            let layer = TokenStream::new();
            return Some(vec![Inner::of_value(stages, stage, layer, from, output, Axes::Unknown)]);
        };
        let inner = values.into_iter().map(|(level, value)| {
            let start = self.refer_from_inside(level, value);
            let axes = self.scopes[level].values[value].axes;
            self.shape = start.shape.clone();
            let layer = self.activation_alone(None);
            let layer = start.layer(&layer, &input.type_tokens(scalar));
            Inner::of_value(stages, stage, layer, start.text, start.shape, axes)
        });
        Some(inner.collect())
    }

    /// Goes through the stages inside a composition, which are those `of` this. Several, or one that has a name, become a
    /// block.
    pub(super) fn inner(
        &mut self,
        stages: &'a [Stage],
        name: &str,
        input: &Shape,
        of: &str,
    ) -> Inner<'a> {
        let outer = self.enter(name);
        let outer_siblings = std::mem::replace(&mut self.siblings, stages);
        let outer_of = std::mem::replace(&mut self.of, format!(" of {of}"));
        let (outer_from, outer_axes) = (self.from.clone(), self.axes);
        self.shape = if stages.is_empty() { Shape::Dims(vec![Dim::Faulty]) } else { input.clone() };
        self.run(stages);
        self.end_with_outputs();
        self.check_readers();
        self.of = outer_of;
        self.from = outer_from;
        let axes = std::mem::replace(&mut self.axes, outer_axes);
        self.siblings = outer_siblings;
        let (typed, scope) = self.leave(outer);
        let keeps_time = typed.iter().all(|stage| stage.keeps_time);
        let place = match typed.last() {
            Some(stage) => stage.place,
            // They only state shapes, which has been told.
            None => stages.last().map_or(Place::at(Span::call_site()), |stage| stage.place),
        };
        let start = scope.start();
        let from = start.as_ref().map_or(String::new(), |start| start.text.clone());
        let inside = Inside::of(&typed, from);
        let output = typed.last().map(|stage| Site::at_hand(&stage.field));
        let blocks_before = self.program.blocks.len();
        let layer = match typed.as_slice() {
            [] if start.is_some() => self.activation_alone(None),
            [] => quote! { () },
            [TypedStage { layer, is_labelled: false, tensors: None, .. }] => layer.clone(),
            _ => {
                let input = start.as_ref().map_or(input, |start| &start.shape);
                self.block(name, text(stages), input, typed, &scope)
            }
        };
        let block = (self.program.blocks.len() > blocks_before).then_some(blocks_before);
        let named = scope.inside.into_iter().map(|named| named.outside(block)).collect();
        let output_site = block.zip(output).map(|(block, site)| Site { block, ..site });
        let layer = match start {
            None => layer,
            Some(start) => start.layer(&layer, &input.type_tokens(self.declaration.scalar)),
        };
        let output = self.shape.clone();
        Inner { stages, layer, output, axes, place, keeps_time, inside, named, output_site }
    }

    /// Begins with stages that follow one another inside a composition.
    pub(super) fn enter(&mut self, name: &str) -> Outer {
        self.depth += 1;
        self.scopes.push(Scope::default());
        Outer {
            stages: std::mem::take(&mut self.program.stages),
            block: std::mem::replace(&mut self.block, name.to_owned()),
            along: std::mem::take(&mut self.along),
        }
    }

    /// Goes back to the stages around; gives those inside.
    pub(super) fn leave(&mut self, outer: Outer) -> (Vec<TypedStage>, Scope) {
        self.depth -= 1;
        self.block = outer.block;
        let typed = std::mem::replace(&mut self.program.stages, outer.stages);
        self.along = outer.along;
        // Else time runs along another axis somewhere inside.
        if typed.iter().all(|stage| stage.keeps_time) {
            self.along.extend(typed.iter().flat_map(|stage| stage.along.iter().cloned()));
        }
        (typed, self.scopes.pop().expect("entered"))
    }

    /// Makes stages a struct; gives its type.
    pub(super) fn block(
        &mut self,
        name: &str,
        text: String,
        input: &Shape,
        stages: Vec<TypedStage>,
        scope: &Scope,
    ) -> TokenStream {
        let name = self.free_name(name);
        let arguments = &self.declaration.const_parameters;
        let layer = match arguments.as_slice() {
            [] => quote! { #name },
            arguments => quote! { #name<#(#arguments),*> },
        };
        let (references, level) = (scope.referenced(), self.scopes.len());
        self.program.blocks.push(Block {
            name,
            text,
            input: if self.program.inputs.is_empty() { input.clone() } else { input.of_numbers() },
            stages,
            references,
            level,
            given: Vec::new(),
            passes: Vec::new(),
            is_its_stage: false,
        });
        layer
    }

    /// Makes a layer a struct, which alone can give its value to stages further out.
    pub(super) fn give_each_turn(&mut self, inner: &mut Inner<'a>, name: &str, input: &Shape) {
        let Inside::Stage(written) = &inner.inside else { return };
        let (written, inside) = (written.clone(), Inside::Block(written.from.clone()));
        let field = Ident::new("stage1", Span::call_site());
        let block = self.program.blocks.len();
        inner.output_site = Some(Site { block, field: field.clone() });
        let text = text(inner.stages);
        let stage = TypedStage {
            field,
            number: None,
            is_labelled: false,
            is_hidden: false,
            tensors: Some(TensorName { name: String::new(), place: inner.place }),
            naming: Naming::Part,
            text: text.clone(),
            written,
            layer: std::mem::take(&mut inner.layer),
            shares: None,
            place: inner.place,
            output: inner.output.clone(),
            goes_on_from: None,
            refers: Refers::default(),
            unstreamed: None,
            along: Vec::new(),
            keeps_time: inner.keeps_time,
        };
        inner.layer = self.block(name, text, input, vec![stage], &Scope::default());
        self.program.blocks[block].is_its_stage = true;
        inner.inside = inside;
    }

    /// The name of a struct that no other block has: labels may differ in what names of types leave out.
    fn free_name(&self, name: &str) -> Ident {
        let is_taken = |name: &str| self.program.blocks.iter().any(|block| block.name == name);
        let mut candidates = (2..).map(|number| format!("{name}{number}"));
        let name = if is_taken(name) {
            candidates.find(|candidate| !is_taken(candidate)).expect("endless")
        } else {
            name.to_owned()
        };
        Ident::new(&name, Span::call_site())
    }
}

impl<'a> Inner<'a> {
    /// A reference alone.
    pub(super) fn of_value(
        stages: &'a [Stage],
        stage: &Stage,
        layer: TokenStream,
        from: String,
        output: Shape,
        axes: Axes,
    ) -> Self {
        Inner {
            stages,
            layer,
            output,
            axes,
            place: stage.place,
            keeps_time: true,
            inside: Inside::Stage(Written::value(from)),
            named: Vec::new(),
            output_site: None,
        }
    }

    /// Whether it is one of the values of all turns.
    pub(super) fn is_one_of_many(&self) -> bool {
        matches!(self.stages, [Stage { kind: StageKind::Reference(reference), .. }]
            if reference.is_of_all_turns())
    }

    /// What can be reached in stages that are repeated so often.
    pub(super) fn repeated(&mut self, times: &Dim) -> Within {
        let output = self.output_site.take().map(|site| Named {
            name: String::new(),
            site,
            through: Vec::new(),
            shape: self.output.clone(),
            axes: self.axes,
            within: Within::Nothing,
        });
        let stages = std::mem::take(&mut self.named);
        Within::Repeated(times.number(), Box::new(Turn { output, stages }))
    }

    /// How its last stage is written.
    pub(super) fn end(&self) -> Option<End<'_>> {
        self.stages.last().map(End::of)
    }
}

/// Stages as they are written.
pub(super) fn text(stages: &[Stage]) -> String {
    stages.iter().map(|stage| stage.text.as_str()).collect::<Vec<_>>().join(" => ")
}
