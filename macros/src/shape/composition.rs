//! Shapes in and around layers made of stages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use static_net_rules::stage::{self as rules, Ending, Joined};
use static_net_rules::words::Axes;

use super::check::End;
use super::infer::Inference;
use super::inner::Inner;
use super::route::Route;
use super::tokens::activation_type;
use super::within::Within;
use super::{Along, GoesAlong, Shape, literals};
use crate::ast::{AppliedActivation, Composition, CompositionKind, Dim, Joint, Stage, StageKind};
use crate::diagnostic::{Help, Place};
use crate::parse::MOST_BRANCHES;

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
                let mut body = self.inner(body, name, &input, "`residual`");
                let Some(project) = project else {
                    self.hold([&mut body]);
                    let end = End::new(composition.closing, Ending::Residual);
                    self.same(Joined::Residual, &body, &input, Some(end));
                    self.axes = Axes::common([self.axes, body.axes]);
                    self.shape = input;
                    let body = body.layer;
                    let residual = located("Residual", word);
                    return self.finish(quote! { #residual<#body> }, activation, outer);
                };
                self.route.state("; project:");
                let name = format!("{name}Project");
                let mut project = self.in_projection(|inference| {
                    inference.inner(project, &name, &input, "`project`")
                });
                self.hold([&mut body, &mut project]);
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
                let count = match times {
                    Dim::Literal(count, _) => Some(count),
                    _ => None,
                };
                self.pass_over_turns(body, count, stage);
                let mut body = self.inner(body, name, &input, "`repeat`");
                if let StageKind::Layer { label: Some(label), .. } = &stage.kind
                    && self
                        .declaration
                        .references()
                        .iter()
                        .any(|reference| reference.is_of_turns_of(label))
                {
                    self.give_each_turn(&mut body, name, &input);
                }
                self.within = body.repeated(&times);
                self.inside = vec![body.inside.clone()];
                let end = body.end();
                self.same(Joined::Repeat, &body, &input, end);
                self.axes = Axes::common([self.axes, body.axes]);
                self.shape = input;
                let times = self.check_times(times, &body.layer, stage.part).expression();
                let body = body.layer;
                let repeat = located("Repeat", word);
                quote! { #repeat<#body, #times> }
            }
            CompositionKind::Turns(turns) => {
                if let Some(body) = turns.bodies.first() {
                    self.pass_over_turns(body, Some(turns.sizes.len()), stage);
                }
                self.turns(turns, name, &input)
            }
            CompositionKind::Joined { joint, branches } => {
                let written = branches.len();
                let branches = self.branches(branches, name, &input);
                // So many that are written have been told.
                if branches.len() > MOST_BRANCHES && written <= MOST_BRANCHES {
                    self.tell_many(branches.len(), composition);
                }
                let (layer, axis) = match joint {
                    Joint::Concat(axis) => {
                        let axis = self.axis_of_branches(axis.as_ref(), stage);
                        self.shape = self.concat(&branches, &axis, composition, stage);
                        self.along.push(Along {
                            what: GoesAlong::Concat(axis.expression()),
                            place: Place::at(word.span()),
                        });
                        ("Concat", (!matches!(axis, Dim::Literal(0, _))).then(|| axis.expression()))
                    }
                    Joint::Sum => {
                        self.shape = self.spread(Joined::Sum, &branches);
                        ("Sum", None)
                    }
                    Joint::Product => {
                        self.shape = self.spread(Joined::Product, &branches);
                        ("Product", None)
                    }
                };
                self.axes = Axes::common(branches.iter().map(|branch| branch.axes));
                let shape = self.shape.type_tokens(self.declaration.scalar);
                // The only one where there are no others, as of a list with one turn.
                if let [Inner { layer, .. }] = branches.as_slice() {
                    return self.finish(layer.clone(), activation, outer);
                }
                let layers: Vec<_> = branches.iter().map(|branch| branch.layer.clone()).collect();
                let branches = self.branches_type(&layers);
                let layer = located(layer, word);
                let axis = axis.map(|axis| quote! { , { #axis } });
                quote! { #layer<#branches, #shape #axis> }
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
            if let Some(all) = self.all_turns(stages, input) {
                inner.extend(all);
                continue;
            }
            let name = format!("{name}Branch{branch}");
            let place = format!("branch{branch}");
            inner.push(
                self.in_place(&place, |inference| inference.inner(stages, &name, input, &of)),
            );
        }
        self.hold(&mut inner);
        inner
    }

    /// Values of all turns may be more branches than there can be.
    fn tell_many(&mut self, count: usize, composition: &Composition) {
        let word = &composition.name;
        let what = format!("{count} branches: `{word}` takes up to {MOST_BRANCHES}");
        let help = Help::Text(format!("join some of them by a `{word}` of their own"));
        self.faults.add(Place::at(word.span()), Some(composition.closing), what, help);
    }

    /// Keeps what is shown of the parts of a composition, and what has a name in them.
    fn hold<'i>(&mut self, parts: impl IntoIterator<Item = &'i mut Inner<'a>>)
    where
        'a: 'i,
    {
        let mut named = Vec::new();
        self.inside.clear();
        for part in parts {
            self.inside.push(part.inside.clone());
            named.append(&mut part.named);
        }
        self.within = Within::Stages(named);
    }

    /// What the stages give is of another's shape.
    pub(super) fn same(
        &mut self,
        joined: Joined,
        inner: &Inner<'_>,
        with: &Shape,
        end: Option<End<'_>>,
    ) {
        let Some(end) = end else { return };
        self.widen(inner, with);
        if inner.output.is_as(with) {
            return;
        }
        let last = inner.stages.last().map(|stage| stage.part);
        if let (Some(gives), Some(with)) = (inner.output.literal_sizes(), with.literal_sizes()) {
            if let Some(found) = rules::joined(joined, &gives, &with, end.ending()) {
                let mended_before = self.mended.len();
                self.mismatch(inner.place, last, end.part, &found);
                if inner.is_one_of_many() {
                    // No stage stands behind each of them.
                    self.mended.truncate(mended_before);
                    let help = "let the stage give one shape in all turns";
                    self.faults.leave_to_a_person(end.part, help);
                }
            }
            return;
        }
        let joined = match joined {
            Joined::Residual => quote! { Residual },
            Joined::Projection => quote! { Projection },
            Joined::Repeat => quote! { Repeat },
            Joined::Sum(branch) => quote! { Sum(#branch) },
            Joined::Product(branch) => quote! { Product(#branch) },
            Joined::Concat(branch, axis) => quote! { Concat(#branch, #axis) },
        };
        let arguments = self.joined_tokens(&joined, &inner.output, with, &end, &self.route);
        self.check(inner.place, "agrees", &arguments);
    }

    /// A width of zero should have been that of what it is joined with.
    pub(super) fn widen(&mut self, inner: &Inner<'_>, with: &Shape) {
        if let Some(last) = inner.stages.last().filter(|last| last.is_zero_wide())
            && let Some([width]) = with.literal_sizes().as_deref()
            && let Some([front, behind]) = last.around_width()
        {
            self.mended.push((last.part, Some(format!("{front}{width}{behind}"))));
        }
    }

    pub(super) fn joined_tokens(
        &self,
        joined: &TokenStream,
        gives: &Shape,
        with: &Shape,
        end: &End<'_>,
        route: &Route,
    ) -> TokenStream {
        let scalar = self.declaration.scalar;
        let (gives, with) = (gives.dims_expression(scalar), with.dims_expression(scalar));
        let ending = end.tokens();
        let context = self.checked_context(route, None, end.part);
        quote! { ::static_net::__private::check::Joined::#joined, #gives, #with, #ending, #context }
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
            Shape::Tokens { length, vocabularies, .. } => {
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
    pub(super) fn is_as(&self, other: &Dim) -> bool {
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
