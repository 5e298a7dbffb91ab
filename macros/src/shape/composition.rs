//! Shapes in and around layers made of stages.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::check::Route;
use super::infer::Inference;
use super::layer::Axes;
use super::tokens::activation_type;
use super::{Block, Shape, Step, shape_text};
use crate::ast::{
    AppliedActivation, Composition, CompositionKind, Dim, Operation, Stage, StageKind,
};
use crate::diagnostic::{Help, Place};
use crate::parse::mentioned;

/// The stages inside a composition, worked out.
struct Inner<'a> {
    stages: &'a [Stage],
    /// The type of the layer that they are.
    layer: TokenStream,
    output: Shape,
    axes: Axes,
    /// What gives the output.
    place: Place,
}

impl<'a> Inference<'a> {
    /// Works out the shape behind a composition; gives the layer's type.
    pub(super) fn composition(
        &mut self,
        composition: &'a Composition,
        activation: Option<&AppliedActivation>,
        stage: &'a Stage,
        name: &str,
    ) -> TokenStream {
        let opening = self.declaration.parts[stage.part].written.clone();
        let input = self.shape.clone();
        let outer = self.route.clone();
        self.route.state(&opening);
        let word = &composition.name;
        let layer = match &composition.kind {
            CompositionKind::Residual { body, project } => {
                let body = self.inner(body, name, &input);
                let Some(project) = project else {
                    self.added(composition, &body, &input);
                    self.axes = Axes::common([self.axes, body.axes]);
                    self.shape = input;
                    let body = body.layer;
                    let residual = located("Residual", word);
                    return self.finish(quote! { #residual<#body> }, activation, outer);
                };
                self.route.state("; project:");
                let project = self.inner(project, &format!("{name}Project"), &input);
                let says = ["`project` gives ", ", but the stages it is added to give "];
                self.same(&project, &body.output.clone(), says, word);
                self.axes = Axes::common([body.axes, project.axes]);
                self.shape = body.output;
                let (body, project) = (body.layer, project.layer);
                let residual = located("ProjectedResidual", word);
                quote! { #residual<#body, #project> }
            }
            CompositionKind::Repeat { times, body } => {
                let times = match times {
                    Dim::Literal(..) => times.clone(),
                    _ => self.sizes(std::slice::from_ref(times), stage.part).remove(0),
                };
                let body = self.inner(body, name, &input);
                let says = ["the stages of `repeat` give ", ", but take "];
                self.same(&body, &input, says, word);
                self.axes = Axes::common([self.axes, body.axes]);
                self.shape = input;
                let (times, body) = (times.expression(), body.layer);
                let repeat = located("Repeat", word);
                quote! { #repeat<#body, #times> }
            }
            CompositionKind::Concat(branches) => {
                let branches = self.branches(branches, name, &input);
                let output = self.concat(&branches, composition, stage);
                self.axes = Axes::common(branches.iter().map(|branch| branch.axes));
                self.shape = output;
                let shape = self.shape.type_tokens(self.declaration.scalar);
                let branches = branches_type(&branches);
                let concat = located("Concat", word);
                quote! { #concat<#branches, #shape> }
            }
            CompositionKind::Sum(branches) => {
                let branches = self.branches(branches, name, &input);
                self.axes = Axes::common(branches.iter().map(|branch| branch.axes));
                if let Some((first, others)) = branches.split_first() {
                    for (index, branch) in others.iter().enumerate() {
                        let gives = format!("branch {} of `sum` gives ", index + 2);
                        let says = [gives.as_str(), ", but branch 1 gives "];
                        self.same(branch, &first.output, says, word);
                    }
                    self.shape = first.output.clone();
                }
                let shape = self.shape.type_tokens(self.declaration.scalar);
                let branches = branches_type(&branches);
                let sum = located("Sum", word);
                quote! { #sum<#branches, #shape> }
            }
        };
        self.finish(layer, activation, outer)
    }

    fn finish(
        &mut self,
        layer: TokenStream,
        activation: Option<&AppliedActivation>,
        outer: Route,
    ) -> TokenStream {
        self.route = outer;
        match activation {
            None => layer,
            Some(activation) => {
                let activation = activation_type(Some(activation));
                quote! { ::static_net::layer::Activated<#layer, #activation> }
            }
        }
    }

    fn branches(
        &mut self,
        branches: &'a [Vec<Stage>],
        name: &str,
        input: &Shape,
    ) -> Vec<Inner<'a>> {
        let mut inner = Vec::new();
        for (index, stages) in branches.iter().enumerate() {
            if index > 0 {
                self.route.state("|");
            }
            inner.push(self.inner(stages, &format!("{name}Branch{}", index + 1), input));
        }
        inner
    }

    /// Goes through the stages inside a composition. Several, or one with a label, become a block.
    fn inner(&mut self, stages: &'a [Stage], name: &str, input: &Shape) -> Inner<'a> {
        let outer_steps = std::mem::take(&mut self.program.steps);
        let outer_siblings = std::mem::replace(&mut self.siblings, stages);
        let outer_name = std::mem::replace(&mut self.block, name.to_owned());
        let (outer_from, outer_axes) = (self.from.clone(), self.axes);
        self.depth += 1;
        self.shape = if stages.is_empty() { Shape::Dims(vec![Dim::Faulty]) } else { input.clone() };
        self.sequence(stages);
        self.depth -= 1;
        self.from = outer_from;
        let axes = std::mem::replace(&mut self.axes, outer_axes);
        self.siblings = outer_siblings;
        self.block = outer_name;
        let steps = std::mem::replace(&mut self.program.steps, outer_steps);
        let place = match steps.last() {
            Some(step) => step.place,
            // They only state shapes, which has been told.
            None => stages.last().map_or(Place::at(Span::call_site()), |stage| stage.place),
        };
        let layer = match steps.as_slice() {
            [] => quote! { () },
            [Step { layer, is_labelled: false, .. }] => layer.clone(),
            _ => {
                let name = self.free_name(name);
                let arguments = &self.declaration.const_parameters;
                let layer = if arguments.is_empty() {
                    quote! { #name }
                } else {
                    quote! { #name<#(#arguments),*> }
                };
                let text = stages.iter().map(|stage| stage.text.as_str()).collect::<Vec<_>>();
                self.program.blocks.push(Block {
                    name,
                    text: text.join(" => "),
                    input: input.clone(),
                    steps,
                });
                layer
            }
        };
        Inner { stages, layer, output: self.shape.clone(), axes, place }
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

    /// The stages of a residual give the shape of what they are added to.
    fn added(&mut self, composition: &Composition, body: &Inner<'_>, input: &Shape) {
        let says = ["the stages of `residual` give ", ", but are added to its input of "];
        if let (Some(from), Some(to)) = (input.literal_sizes(), body.output.literal_sizes())
            && from != to
        {
            let what = format!("{}{to:?}{}{from:?}", says[0], says[1]);
            let part = body.stages.last().map(|stage| stage.part);
            let project = format!("; project: {})", bridge(&from, &to));
            self.mended.push((composition.closing, Some(project)));
            self.faults.add(body.place, part, what, Help::Shapes);
            return;
        }
        self.same(body, input, says, &composition.name);
    }

    /// What the stages give is of another's shape.
    fn same(&mut self, inner: &Inner<'_>, wanted: &Shape, says: [&str; 2], word: &Ident) {
        if inner.output.is_as(wanted) {
            return;
        }
        let part = inner.stages.last().map(|stage| stage.part);
        if let (Some(gives), Some(fits)) = (inner.output.literal_sizes(), wanted.literal_sizes()) {
            let what = format!("{}{gives:?}{}{fits:?}", says[0], says[1]);
            if let Some(last) = inner.stages.last() {
                self.mended.push(end_with(last, &gives, &fits));
            }
            self.faults.add(inner.place, part, what, Help::Shapes);
            return;
        }
        let scalar = self.declaration.scalar;
        let gives = inner.output.dims_expression(scalar);
        let fits = wanted.dims_expression(scalar);
        let [first, second] = says;
        let route = self.route.so_far();
        let help = format!("end the stages of `{word}` with one that gives ");
        self.check(
            inner.place,
            "agrees",
            &quote! { #gives, #fits, [#first, #second, #help], #route },
        );
    }

    /// The shape of branches that stand one behind the other.
    fn concat(
        &mut self,
        branches: &[Inner<'_>],
        composition: &Composition,
        stage: &Stage,
    ) -> Shape {
        let is_faulty = |branch: &Inner<'_>| branch.output.is_faulty();
        let Some((first, others)) = branches.split_first() else { return self.shape.clone() };
        if branches.iter().any(is_faulty) {
            return Shape::Dims(vec![Dim::Faulty]);
        }
        let place = Place::at(composition.name.span());
        let literals: Option<Vec<Vec<usize>>> =
            branches.iter().map(|branch| branch.output.literal_sizes()).collect();
        let Some(literals) = literals else {
            return self.concat_of_constants(branches, composition, stage);
        };
        for (index, (branch, sizes)) in others.iter().zip(&literals[1..]).enumerate() {
            if sizes.len() == literals[0].len() && sizes[1..] == literals[0][1..] {
                continue;
            }
            let what = format!(
                "branch {} of `concat` gives {sizes:?}, but branch 1 gives {:?}: they may differ in their \
                 first size only",
                index + 2,
                literals[0]
            );
            let mut fits = literals[0].clone();
            if sizes.len() == fits.len() {
                fits[0] = sizes[0];
            }
            if let Some(last) = branch.stages.last() {
                self.mended.push(end_with(last, sizes, &fits));
            }
            let part = branch.stages.last().map(|stage| stage.part);
            self.faults.add(branch.place, part, what, Help::Shapes);
            return first.output.clone();
        }
        let channels = literals.iter().try_fold(0usize, |sum, sizes| sum.checked_add(sizes[0]));
        let Some(channels) = channels else {
            let what = "the branches of `concat` give more values than a machine can address";
            let help = Help::Text("give them fewer outputs".to_owned());
            self.faults.add(place, Some(composition.closing), what, help);
            return first.output.clone();
        };
        let span = place.start;
        let mut dims = vec![Dim::Literal(channels, span)];
        dims.extend(literals[0][1..].iter().map(|&size| Dim::Literal(size, span)));
        if self.check_sample(&dims, stage.part) {
            Shape::Dims(dims)
        } else {
            Shape::Dims(vec![Dim::Faulty])
        }
    }

    /// The same, where only rustc knows the sizes.
    fn concat_of_constants(
        &mut self,
        branches: &[Inner<'_>],
        composition: &Composition,
        stage: &Stage,
    ) -> Shape {
        let scalar = self.declaration.scalar;
        let place = Place::at(composition.name.span());
        let outputs: Vec<_> =
            branches.iter().map(|branch| branch.output.dims_expression(scalar)).collect();
        let outputs = quote! { &[#(#outputs),*] };
        if let Some(parameter) = mentioned(outputs.clone(), &self.declaration.const_parameters) {
            let what = format!(
                "Rust cannot yet compute with const parameters, which the output of `concat` needs: \
                 a branch depends on `{parameter}`"
            );
            let help = Help::Text("use numbers or consts in its branches".to_owned());
            self.faults.add(place, Some(composition.closing), what, help);
            return Shape::Dims(vec![Dim::Faulty]);
        }
        let name = self.constant("SHAPE", stage.part, 0, place);
        let route = self.route.outside(&self.declaration.const_parameters).so_far();
        let value = crate::diagnostic::spanned_call(place, "concat", &quote! { #outputs, #route });
        self.program.constants.push(quote! {
            const #name: ::static_net::shape::Dims = #value;
        });
        Shape::Computed(name)
    }
}

impl Shape {
    /// All sizes, where they are numbers.
    pub(super) fn literal_sizes(&self) -> Option<Vec<usize>> {
        let Shape::Dims(dims) = self else { return None };
        dims.iter()
            .map(|dim| if let Dim::Literal(size, _) = dim { Some(*size) } else { None })
            .collect()
    }

    pub(super) fn is_faulty(&self) -> bool {
        let is_faulty = |dim: &Dim| matches!(dim, Dim::Faulty);
        match self {
            Shape::Dims(dims) => dims.iter().any(is_faulty),
            Shape::Tokens { length, vocabularies } => {
                is_faulty(length) || vocabularies.iter().any(is_faulty)
            }
            _ => false,
        }
    }

    /// Whether it is evidently the same as another, or one of them is faulty.
    fn is_as(&self, other: &Shape) -> bool {
        match (self, other) {
            _ if self.is_faulty() || other.is_faulty() => true,
            (Shape::Dims(left), Shape::Dims(right)) => shape_text(left) == shape_text(right),
            (Shape::Computed(left), Shape::Computed(right)) => left == right,
            (Shape::Behind(left), Shape::Behind(right)) => left.to_string() == right.to_string(),
            _ => false,
        }
    }
}

/// Stages that bring one shape to another.
fn bridge(from: &[usize], to: &[usize]) -> String {
    let strided = match (from, to) {
        ([_, from @ ..], [channels, to @ ..]) if from.len() == to.len() && !from.is_empty() => {
            let fits = |stride: &usize| {
                from.iter().zip(to).all(|(from, to)| from.div_ceil(*stride) == *to)
            };
            (1..=from[0]).find(fits).map(|stride| match stride {
                1 => format!("conv({channels}, 1)"),
                stride => format!("conv({channels}, 1, stride: {stride})"),
            })
        }
        _ => None,
    };
    let count = |sizes: &[usize]| sizes.iter().product::<usize>();
    let mut stages = Vec::new();
    match (strided, to) {
        (Some(strided), _) => stages.push(strided),
        (None, to) => {
            if from.len() > 1 && (to.len() == 1 || count(from) != count(to)) {
                stages.push("flatten".to_owned());
            }
            if count(from) != count(to) {
                stages.push(count(to).to_string());
            }
            if to.len() > 1 {
                stages.push(format!("reshape{to:?}"));
            }
        }
    }
    stages.join(" => ")
}

/// Which part is to be written otherwise, and how, so that a stage that gives one shape gives another.
fn end_with(stage: &Stage, gives: &[usize], fits: &[usize]) -> (usize, Option<String>) {
    let text = &stage.text;
    match (&stage.kind, fits) {
        (StageKind::Layer { operation: Some(Operation::Dense(width)), .. }, [size]) => {
            let front = text.strip_suffix(&width.text()).unwrap_or("");
            (stage.part, Some(format!("{front}{size}")))
        }
        (StageKind::Layer { operation: Some(Operation::Composition(composition)), .. }, _) => {
            (composition.closing, Some(format!(") => {}", bridge(gives, fits))))
        }
        _ => (stage.part, Some(format!("{text} => {}", bridge(gives, fits)))),
    }
}

/// `::static_net::layer::Name`, at the user's word.
fn located(name: &str, word: &Ident) -> TokenStream {
    let name = Ident::new(name, word.span());
    quote! { ::static_net::layer::#name }
}

fn branches_type(branches: &[Inner<'_>]) -> TokenStream {
    let name = format_ident!("Branches{}", branches.len().clamp(2, 8), span = Span::mixed_site());
    let layers = branches.iter().map(|branch| &branch.layer);
    quote! { ::static_net::layer::#name<#(#layers),*> }
}

/// `feature_maps` as `FeatureMaps`.
pub(super) fn camel_case(label: &Ident) -> String {
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
