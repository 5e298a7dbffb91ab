//! Goes through a declaration from input to output.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use static_net_rules::stage as rules;
use static_net_rules::words::Axes;
use syn::ext::IdentExt;

use super::checked::{self, Checked};
use super::level::{Level, Naming};
use super::route::Route;
use super::scope::{Read, Scope, Spot};
use super::within::Within;
use super::{
    Along, Inside, Program, Shape, Shared, TypedStage, Written, literals, shape_text, streaming,
};
use crate::ast::{Declaration, Dim, Operation, Stage, StageKind};
use crate::diagnostic::{Faults, Place, Reported, spanned_call};
use crate::parse::{mentioned, path_text};

/// Works out all shapes; what does not fit is added to the faults.
pub fn infer(declaration: &mut Declaration, faults: &mut Faults) -> Program {
    let mut inference = Inference {
        declaration,
        faults,
        mended: Vec::new(),
        shape: Shape::Dims(Vec::new()),
        from: "the input".to_owned(),
        axes: Axes::Unknown,
        route: Route::default(),
        siblings: &declaration.stages,
        block: declaration.name.unraw().to_string(),
        depth: 0,
        levels: vec![Level::default()],
        labelled_twice: BTreeSet::new(),
        turn: String::new(),
        turn_sizes: Vec::new(),
        turned: Vec::new(),
        of: String::new(),
        scopes: Vec::new(),
        last_part: 0,
        embeddings: Vec::new(),
        input_stages: 0,
        is_reader_lost: false,
        reads: Vec::new(),
        shares: None,
        checked: Vec::new(),
        along: Vec::new(),
        inside: Vec::new(),
        within: Within::Nothing,
        program: Program {
            input: Shape::Dims(Vec::new()),
            stages: Vec::new(),
            inputs: Vec::new(),
            references: Vec::new(),
            outputs: Vec::new(),
            blocks: Vec::new(),
            wide_branches: BTreeSet::new(),
            constants: Vec::new(),
            checks: Vec::new(),
            generic_checks: Vec::new(),
        },
    };
    inference.input();
    inference.scopes.push(Scope::of_network(&inference.program.input));
    if !inference.declaration.inputs.is_empty() {
        inference.inputs(&inference.declaration.inputs, inference.declaration.stages.first());
    }
    inference.run(&inference.declaration.stages);
    inference.end_with_outputs();
    if let Some(outputs) = &inference.declaration.outputs {
        inference.outputs(outputs);
    }
    inference.check_readers();
    inference.check_inputs(&inference.declaration.inputs);
    inference.program.references =
        inference.scopes.pop().map_or_else(Vec::new, |scope| scope.referenced());
    let declared = inference.constant("DECLARED", 0, 0, Place::at(declaration.name.span()));
    let checked = std::mem::take(&mut inference.checked);
    let (constants, checks) = checked::constants(checked, &declared, declaration);
    inference.program.constants.extend(constants);
    inference.program.checks.extend(checks);
    let Inference { program, mended, .. } = inference;
    for (part, text) in mended {
        declaration.parts[part].mended = text;
    }
    program
}

/// A declaration on the way from input to output.
pub(super) struct Inference<'a> {
    pub(super) declaration: &'a Declaration,
    pub(super) faults: &'a mut Faults,
    /// Parts that should have been written otherwise.
    pub(super) mended: Vec<(usize, Option<String>)>,
    /// The shape so far and what gives it.
    pub(super) shape: Shape,
    pub(super) from: String,
    /// What the axes of the shape mean, where it is a matrix.
    pub(super) axes: Axes,
    pub(super) route: Route,
    /// The stages among which the one at hand stands.
    pub(super) siblings: &'a [Stage],
    /// The name of the struct that they become.
    pub(super) block: String,
    /// In how many compositions they stand.
    pub(super) depth: usize,
    /// What tensors are called on the level at hand and those around it.
    pub(super) levels: Vec<Level>,
    /// The labels that have been told to be on a level twice.
    pub(super) labelled_twice: BTreeSet<String>,
    /// In which turns they stand, as names of consts say it.
    pub(super) turn: String,
    /// The sizes of those turns, each with its name.
    pub(super) turn_sizes: Vec<(String, String)>,
    /// The consts of sizes in turns: part, axis, expression.
    pub(super) turned: Vec<((usize, usize, String), Ident)>,
    /// Which stages they are, as it stands behind the number of one: ` of branch 2`; nothing for those of the network.
    pub(super) of: String,
    /// The values that have a name, of the stages at hand and of those around them.
    pub(super) scopes: Vec<Scope>,
    /// The part of the last stage.
    pub(super) last_part: usize,
    /// The embeddings in front that have a label.
    pub(super) embeddings: Vec<Table>,
    /// How many stages only take the input apart.
    pub(super) input_stages: usize,
    /// Whether it is not known which value a reference was meant for.
    pub(super) is_reader_lost: bool,
    /// The values that the stage at hand reads besides what comes in.
    pub(super) reads: Vec<Read>,
    /// What the stage at hand shares the parameters of.
    pub(super) shares: Option<Shared>,
    /// The layers whose rule rustc applies.
    pub(super) checked: Vec<Checked>,
    /// What goes along an axis inside of the stage at hand.
    pub(super) along: Vec<Along>,
    /// The parts of the stage at hand, and what has a name in it.
    pub(super) inside: Vec<Inside>,
    pub(super) within: Within,
    pub(super) program: Program,
}

/// The table of an embedding.
pub(super) struct Table {
    pub(super) label: Ident,
    /// Its type.
    pub(super) layer: TokenStream,
    /// How many tokens there are.
    pub(super) rows: Dim,
    /// How many features each has.
    pub(super) features: Dim,
}

impl<'a> Inference<'a> {
    fn input(&mut self) {
        let dims = self.sizes(&self.declaration.input, 0);
        let written = self.declaration.parts.first().map_or("", |part| &part.written);
        self.shape = match self.declaration.vocabularies.as_slice() {
            [] => Shape::Dims(dims),
            sizes => {
                let vocabularies = self.constants(sizes, 0, 1);
                self.check_vocabularies(&vocabularies);
                Shape::Tokens { length: dims[0].clone(), vocabularies, padding: None }
            }
        };
        self.program.input = self.shape.clone();
        self.route.pass(written, &self.shape, &self.declaration.input, self.declaration.scalar);
    }

    /// Goes through stages that follow one another.
    pub(super) fn run(&mut self, stages: &'a [Stage]) {
        for (index, stage) in stages.iter().enumerate() {
            self.stage(stage, stages.get(index + 1));
            self.last_part = stage.part;
        }
        self.take_outputs();
    }

    fn stage(&mut self, stage: &'a Stage, next: Option<&Stage>) {
        let (label, activation, operation) = match &stage.kind {
            StageKind::Faulty => {
                // What it reads is not known, only that it reads something.
                self.is_reader_lost |= stage.text.contains('&');
                self.shape = Shape::Dims(vec![Dim::Faulty]);
                self.from = "a faulty stage".to_owned();
                return self.push(None, Err(Reported), stage);
            }
            StageKind::Assertion(dims) => return self.assertion(dims, stage),
            StageKind::Reference(reference) => {
                self.take_outputs();
                return self.reference(reference, stage);
            }
            StageKind::Layer { label, activation, operation } => (label, activation, operation),
        };
        self.take_outputs();
        if let Some((place, reference)) = operation.as_ref().and_then(Operation::first_reference) {
            self.go_on(reference, Spot { place, ..stage.into() });
        }
        let input = self.shape.clone();
        let position = self.position();
        self.tell_by_shape(stage, &stage.operation);
        if let Err(reported) = self.takes_numbers(operation.as_ref(), stage) {
            self.from = format!("stage {position}{}", self.of);
            return self.push(label.clone(), Err(reported), stage);
        }
        let activation = self.with_axis(activation.as_ref(), stage);
        let activation = activation.as_ref();
        let mut written: &[Dim] = &[];
        let layer = match operation {
            None => Ok(self.activation_alone(activation)),
            Some(Operation::Dense(dense)) => {
                written = std::slice::from_ref(&dense.width);
                Ok(self.dense(dense, activation, stage, position))
            }
            Some(Operation::Type(of)) => {
                self.check_is_stated(of, stage, next);
                self.within = Within::Type(path_text(&of.path));
                Ok(self.named(of, activation, stage, position))
            }
            Some(Operation::Layer(call)) => {
                let tables = self.embeddings.len();
                let layer = self.layer(call, activation, stage);
                // Only one that has a name can be spoken of.
                match (label, activation) {
                    (Some(label), None) => {
                        self.embeddings[tables..]
                            .iter_mut()
                            .for_each(|table| table.label = label.clone());
                    }
                    _ => self.embeddings.truncate(tables),
                }
                layer
            }
            Some(Operation::Composition(composition)) => {
                let name = match label {
                    Some(label) => camel_case(label),
                    None => format!("Stage{position}"),
                };
                let name = format!("{}{name}", self.block);
                if stage.begins_elsewhere(false) {
                    self.pass_over();
                }
                self.open_composition(stage, &composition.name);
                let layer = self.composition(composition, activation, stage, &name);
                self.close_composition(stage);
                Ok(layer)
            }
        };
        self.tell_by_shape(stage, &stage.activation);
        self.check_axis(activation, stage);
        self.check_activation(activation, stage);
        self.keep_axes();
        self.from = match label {
            Some(label) => format!("stage {position} `{label}`{}", self.of),
            None => format!("stage {position}{}", self.of),
        };
        let mut along = std::mem::take(&mut self.along);
        along.extend(self.along(activation));
        self.push(label.clone(), layer, stage);
        if let Some(typed) = self.program.stages.last_mut() {
            typed.unstreamed = streaming::unstreamed(stage, &input, &self.shape);
            typed.along = along;
        }
        if let (Some(label), Some(Operation::Type(of))) = (label, operation) {
            self.name_outputs(label, of, stage);
        }
        self.route.pass(&stage.text, &self.shape, written, self.declaration.scalar);
    }

    /// Which of the stages at hand comes next. What only takes inputs and outputs out is none.
    pub(super) fn position(&self) -> usize {
        self.program.stages.iter().filter(|stage| !stage.is_hidden).count() + 1
    }

    fn push(&mut self, label: Option<Ident>, layer: Result<TokenStream, Reported>, stage: &Stage) {
        let numbered = format_ident!("stage{}", self.position(), span = Span::call_site());
        let (next, refers) = self.goes_on_from();
        let from = next.as_ref().map_or_else(String::new, |next| next.value.text.clone());
        let is_outer = next.as_ref().is_some_and(|next| next.value.level + 1 < self.scopes.len());
        let layer = layer.map(|layer| match &next {
            Some(next) if is_outer => {
                next.value.layer(&layer, &next.front.type_tokens(self.declaration.scalar))
            }
            _ => layer,
        });
        let goes_on_from = next.filter(|_| !is_outer).map(|next| next.value.index);
        let is_labelled = label.is_some();
        let within = std::mem::take(&mut self.within);
        match &label {
            Some(label) => {
                let from = format!("stage {} `{}`", self.position(), label.unraw());
                self.name_value(label, from, within);
            }
            None => self.name_values_inside(&numbered, within),
        }
        let field = label.unwrap_or(numbered);
        self.check_tensor_name(&field, stage);
        self.program.stages.push(TypedStage {
            number: None,
            is_labelled,
            is_hidden: false,
            field,
            tensors: stage.tensors.clone(),
            naming: Naming::of(stage, self.depth),
            goes_on_from,
            refers,
            text: stage.text.clone(),
            written: Written {
                from,
                reads: std::mem::take(&mut self.reads)
                    .into_iter()
                    .map(|read| read.value.text)
                    .collect(),
                inside: std::mem::take(&mut self.inside),
                ..Written::of(stage)
            },
            // A faulty declaration is not expanded.
            layer: layer.unwrap_or_default(),
            shares: self.shares.take(),
            place: match &stage.kind {
                StageKind::Layer { operation: Some(Operation::Dense(dense)), .. } => {
                    dense.width.place()
                }
                StageKind::Layer { operation: Some(Operation::Type(of)), .. } => of.place,
                StageKind::Layer { operation: Some(Operation::Layer(call)), .. } => {
                    Place::at(call.name.span())
                }
                StageKind::Layer {
                    operation: Some(Operation::Composition(composition)), ..
                } => Place::at(composition.name.span()),
                _ => stage.place,
            },
            output: self.shape.clone(),
            unstreamed: None,
            along: Vec::new(),
            keeps_time: match &stage.kind {
                StageKind::Layer { operation: Some(Operation::Type(_)), .. } => false,
                StageKind::Layer { operation: Some(Operation::Layer(call)), .. } => {
                    call.word.keeps_time
                }
                _ => true,
            },
        });
    }

    fn assertion(&mut self, written: &[Dim], stage: &Stage) {
        let stated = self.sizes(written, stage.part);
        // Whoever states a shape says what it is.
        self.axes = Axes::Unknown;
        let is_faulty = |dims: &[Dim]| dims.iter().any(|dim| matches!(dim, Dim::Faulty));
        let text = &self.declaration.parts[stage.part].written;
        match &self.shape {
            Shape::Dims(dims) if is_faulty(dims) => {
                // What comes before is mended to what is stated, or to something else.
                let mended = self.width_in_front(stage, &stated);
                self.mended.push(mended.unwrap_or((stage.part, None)));
            }
            _ if is_faulty(&stated) => {
                let known = match &self.shape {
                    Shape::Dims(dims) => Some(shape_text(dims)),
                    _ => None,
                };
                self.mended.push((stage.part, known));
                return;
            }
            Shape::Tokens { length, .. } => {
                // Tokens they stay.
                let gives = [length.clone()];
                let _reported = self.check_stated(&gives, &stated, stage);
                return self.route.state(text);
            }
            Shape::Dims(dims) => {
                let gives = dims.clone();
                if self.check_stated(&gives, &stated, stage).is_err() {
                    return;
                }
            }
            Shape::Behind(_) | Shape::Computed(_) => self.check_stated_by_rustc(&stated, stage),
        }
        self.route.state(text);
        self.shape = Shape::Dims(stated);
        // A stated shape is one that can be named. Behind a reference it is not that of the stage in front.
        if self.scope().next.is_none()
            && let Some(typed) = self.program.stages.last_mut()
            && !matches!(typed.output, Shape::Dims(_))
        {
            typed.output = self.shape.clone();
            let field = typed.field.clone();
            self.restate_value(&field);
        }
    }

    /// The dense layer in front of a stated shape with the width that is stated, where its own is at fault.
    fn width_in_front(&self, stage: &Stage, stated: &[Dim]) -> Option<(usize, Option<String>)> {
        // An activation keeps its shape.
        let gives = |front: &&Stage| {
            front.part < stage.part
                && !matches!(front.kind, StageKind::Layer { operation: None, .. })
        };
        let front = self.siblings.iter().rev().find(gives)?;
        let StageKind::Layer { operation: Some(Operation::Dense(dense)), .. } = &front.kind else {
            return None;
        };
        let (Dim::Faulty, [width] | [_, width]) = (&dense.width, stated) else { return None };
        let mended = self.declaration.parts[front.part].mended.as_deref()?;
        let ([opening, closing], start) = match &dense.call {
            None => (Default::default(), mended.rfind(' ').map_or(0, |space| space + 1)),
            Some(call) => (call.around.clone(), mended.find(&call.around[0])?),
        };
        let text = format!("{}{opening}{}{closing}", &mended[..start], width.text());
        Some((front.part, Some(text)))
    }

    /// Checks a stated shape.
    fn check_stated(
        &mut self,
        gives: &[Dim],
        stated: &[Dim],
        stage: &Stage,
    ) -> Result<(), Reported> {
        let is_faulty = gives.iter().any(|dim| matches!(dim, Dim::Faulty));
        if is_faulty || shape_text(gives) == shape_text(stated) {
            return Ok(());
        }
        let (Some(given), Some(sizes)) = (literals(gives), literals(stated)) else {
            self.check_stated_by_rustc(stated, stage);
            return Ok(());
        };
        match rules::stated(&sizes, &given, &self.context()) {
            None => Ok(()),
            Some(found) => {
                self.mismatch(stage.place, Some(stage.part), stage.part, &found);
                Err(Reported)
            }
        }
    }

    fn check_stated_by_rustc(&mut self, stated: &[Dim], stage: &Stage) {
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let expressions = stated.iter().map(Dim::expression);
        let written = &self.declaration.parts[stage.part].written;
        let context = self.checked_context(&self.route, Some(written), stage.part);
        let arguments = quote! { &[#(#expressions),*], #gives, #context };
        self.check(stage.place, "holds", &arguments);
    }

    /// Gives sizes that only rustc knows a const each, and has rustc check them and the sample that they make.
    pub(super) fn sizes(&mut self, dims: &[Dim], part: usize) -> Vec<Dim> {
        let sizes = self.constants(dims, part, 0);
        if self.check_sample(&sizes, part) { sizes } else { vec![Dim::Faulty; sizes.len()] }
    }

    /// Gives sizes that only rustc knows a const each, numbered from `first` on, and has rustc check them.
    pub(super) fn constants(&mut self, dims: &[Dim], part: usize, first: usize) -> Vec<Dim> {
        let mut sizes = Vec::with_capacity(dims.len());
        for (axis, dim) in (first..).zip(dims) {
            let text = dim.text();
            let place = dim.place();
            let size = match dim {
                Dim::Constant { expression, .. } => {
                    let key = (part, axis, expression.to_string());
                    if let Some((_, name)) = self.turned.iter().find(|(known, _)| *known == key) {
                        // Another turn has it, where it is checked.
                        sizes.push(Dim::Constant { expression: quote! { #name }, text, place });
                        continue;
                    }
                    // As a const of its own it is told of another type without a word about `held`.
                    let value = self.constant("VALUE", part, axis, place);
                    let name = self.constant("SIZE", part, axis, place);
                    let held = spanned_call(place, "held", &quote! { #value });
                    self.check(place, "size", &quote! { #value, #text });
                    let constants = [
                        quote_spanned! {place.start=> const #value: usize = #expression; },
                        quote_spanned! {place.start=> const #name: usize = #held; },
                    ];
                    self.program.constants.extend(constants);
                    if !self.turn.is_empty() {
                        self.turned.push((key, name.clone()));
                    }
                    Dim::Constant { expression: quote! { #name }, text: text.clone(), place }
                }
                _ => dim.clone(),
            };
            if matches!(dim, Dim::Parameter(_)) {
                let value = size.expression();
                self.check(place, "size", &quote! { #value, #text });
            }
            sizes.push(size);
        }
        sizes
    }

    /// The name of a const of the expansion, which stands beside the network.
    pub(super) fn constant(&self, kind: &str, part: usize, axis: usize, place: Place) -> Ident {
        let name = self.declaration.name.unraw().to_string().to_uppercase();
        let axis = if axis == 0 { String::new() } else { format!("_{axis}") };
        let span = Span::call_site().located_at(place.start);
        format_ident!("{name}_{kind}{part}{axis}{}", self.turn, span = span)
    }

    pub(super) fn check(&mut self, place: Place, name: &str, arguments: &TokenStream) {
        let check = spanned_call(place, name, arguments);
        let is_generic = mentioned(arguments.clone(), &self.declaration.const_parameters).is_some();
        if is_generic {
            self.program.generic_checks.push(check);
        } else {
            self.program.checks.push(check);
        }
    }
}

/// `feature_maps` as `FeatureMaps`.
pub fn camel_case(label: &Ident) -> String {
    let label = label.unraw().to_string();
    let words = label.split('_').filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut characters = word.chars();
            let first = characters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(characters).collect::<String>()
        })
        .collect()
}
