//! Shapes in and around layers made of stages.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use static_net_rules::stage::{self as rules, Ending, Joined};
use static_net_rules::words::Axes;

use super::check::End;
use super::infer::Inference;
use super::route::Route;
use super::scope::Scope;
use super::tokens::activation_type;
use super::{Along, Block, Shape, TypedStage, literals};
use crate::ast::{AppliedActivation, Composition, CompositionKind, Dim, Stage};
use crate::diagnostic::{Help, Place, spanned_call};
use crate::parse::{mentioned, not_computed};

/// The stages inside a composition, worked out.
pub(super) struct Inner<'a> {
    stages: &'a [Stage],
    /// The type of the layer that they are.
    pub(super) layer: TokenStream,
    pub(super) output: Shape,
    pub(super) axes: Axes,
    /// What gives the output.
    pub(super) place: Place,
    /// Whether time runs along the same axis behind them as in front of them, where they stream.
    pub(super) keeps_time: bool,
}

/// What is known of the stages around a composition while those inside are gone through.
pub(super) struct Outer {
    stages: Vec<TypedStage>,
    block: String,
    along: Vec<Along>,
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
                let body = self.inner(body, name, &input, "`residual`");
                let Some(project) = project else {
                    let end = End::new(composition.closing, Ending::Residual);
                    self.same(Joined::Residual, &body, &input, Some(end));
                    self.axes = Axes::common([self.axes, body.axes]);
                    self.shape = input;
                    let body = body.layer;
                    let residual = located("Residual", word);
                    return self.finish(quote! { #residual<#body> }, activation, outer);
                };
                self.route.state("; project:");
                let project = self.inner(project, &format!("{name}Project"), &input, "`project`");
                let end = project.end();
                self.same(Joined::Projection, &project, &body.output.clone(), end);
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
                let body = self.inner(body, name, &input, "`repeat`");
                let end = body.end();
                self.same(Joined::Repeat, &body, &input, end);
                self.axes = Axes::common([self.axes, body.axes]);
                self.shape = input;
                let times = self.check_times(times, &body.layer, stage.part).expression();
                let body = body.layer;
                let repeat = located("Repeat", word);
                quote! { #repeat<#body, #times> }
            }
            CompositionKind::Turns(turns) => self.turns(turns, name, &input),
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
                    if let Some(second) = others.first() {
                        self.widen(first, &second.output);
                    }
                    for (index, branch) in others.iter().enumerate() {
                        self.same(Joined::Sum(index + 2), branch, &first.output, branch.end());
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
            let branch = index + 1;
            let of = format!("branch {branch}");
            inner.push(self.inner(stages, &format!("{name}Branch{branch}"), input, &of));
        }
        inner
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
        let layer = match typed.as_slice() {
            [] if start.is_some() => self.activation_alone(None),
            [] => quote! { () },
            [TypedStage { layer, is_labelled: false, tensors: None, .. }] => layer.clone(),
            _ => {
                let text = stages.iter().map(|stage| stage.text.as_str()).collect::<Vec<_>>();
                let input = start.as_ref().map_or(input, |start| &start.shape);
                self.block(name, text.join(" => "), input, typed, &scope)
            }
        };
        let layer = match start {
            None => layer,
            Some(start) => start.layer(&layer, &input.type_tokens(self.declaration.scalar)),
        };
        Inner { stages, layer, output: self.shape.clone(), axes, place, keeps_time }
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
            input: input.clone(),
            stages,
            references,
            level,
        });
        layer
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

    /// What the stages give is of another's shape.
    fn same(&mut self, joined: Joined, inner: &Inner<'_>, with: &Shape, end: Option<End<'_>>) {
        let Some(end) = end else { return };
        self.widen(inner, with);
        if inner.output.is_as(with) {
            return;
        }
        let last = inner.stages.last().map(|stage| stage.part);
        if let (Some(gives), Some(with)) = (inner.output.literal_sizes(), with.literal_sizes()) {
            if let Some(found) = rules::joined(joined, &gives, &with, end.ending()) {
                self.mismatch(inner.place, last, end.part, &found);
            }
            return;
        }
        let arguments = self.joined_tokens(joined, &inner.output, with, &end, &self.route);
        self.check(inner.place, "agrees", &arguments);
    }

    /// A width of zero should have been that of what it is joined with.
    fn widen(&mut self, inner: &Inner<'_>, with: &Shape) {
        if let Some(last) = inner.stages.last().filter(|last| last.is_zero_wide())
            && let Some([width]) = with.literal_sizes().as_deref()
            && let Some([front, behind]) = last.around_width()
        {
            self.mended.push((last.part, Some(format!("{front}{width}{behind}"))));
        }
    }

    fn joined_tokens(
        &self,
        joined: Joined,
        gives: &Shape,
        with: &Shape,
        end: &End<'_>,
        route: &Route,
    ) -> TokenStream {
        let scalar = self.declaration.scalar;
        let (gives, with) = (gives.dims_expression(scalar), with.dims_expression(scalar));
        let joined = match joined {
            Joined::Residual => quote! { Residual },
            Joined::Projection => quote! { Projection },
            Joined::Repeat => quote! { Repeat },
            Joined::Sum(branch) => quote! { Sum(#branch) },
            Joined::Concat(branch) => quote! { Concat(#branch) },
        };
        let ending = end.tokens();
        let context = self.checked_context(route, None, end.part);
        quote! { ::static_net::__private::check::Joined::#joined, #gives, #with, #ending, #context }
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
        let before = self.faults.len();
        for (index, branch) in others.iter().enumerate() {
            self.same(Joined::Concat(index + 2), branch, &first.output, branch.end());
            if self.faults.len() > before {
                return first.output.clone();
            }
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
            let [what, help] = not_computed(&parameter, "the output of `concat`");
            self.faults.add(place, Some(composition.closing), what, Help::Text(help));
            return Shape::Dims(vec![Dim::Faulty]);
        }
        let value = spanned_call(place, "concat", &outputs);
        let route = self.route.outside(&self.declaration.const_parameters);
        for (index, branch) in branches.iter().enumerate().skip(1) {
            let Some(end) = branch.end() else { continue };
            let joined = Joined::Concat(index + 1);
            let first = &branches[0].output;
            let joined = self.joined_tokens(joined, &branch.output, first, &end, &route);
            self.check(branch.place, "agrees", &joined);
        }
        let name = self.constant("SHAPE", stage.part, 0, place);
        self.program.constants.push(quote! {
            const #name: ::static_net::__private::Dims = #value;
        });
        Shape::Computed(name)
    }
}

impl Inner<'_> {
    /// How its last stage is written.
    fn end(&self) -> Option<End<'_>> {
        self.stages.last().map(End::of)
    }
}

impl Shape {
    /// All sizes, where they are numbers.
    pub(super) fn literal_sizes(&self) -> Option<Vec<usize>> {
        let Shape::Dims(dims) = self else { return None };
        literals(dims)
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
    pub(super) fn is_as(&self, other: &Shape) -> bool {
        match (self, other) {
            _ if self.is_faulty() || other.is_faulty() => true,
            (Shape::Dims(left), Shape::Dims(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|(left, right)| left.is_as(right))
            }
            (Shape::Computed(left), Shape::Computed(right)) => left == right,
            (Shape::Behind(left), Shape::Behind(right)) => left.to_string() == right.to_string(),
            _ => false,
        }
    }
}

impl Dim {
    /// Whether it is evidently the same as another.
    fn is_as(&self, other: &Dim) -> bool {
        match self.text() == Dim::UNKNOWN {
            true => self.expression().to_string() == other.expression().to_string(),
            false => self.text() == other.text(),
        }
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
