//! The shape of branches that are joined.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use static_net_rules::stage::{self as rules, Joined};
use static_net_rules::words::Axes;

use super::Shape;
use super::infer::Inference;
use super::inner::Inner;
use crate::ast::{Composition, Dim, Stage};
use crate::diagnostic::{Help, Place, spanned_call};
use crate::parse::{mentioned, not_computed};

/// What stands in front of the number of an axis.
const AXIS: &str = "axis: ";

/// How many layers side by side have a type of the library.
const MOST_NAMED_BRANCHES: usize = 8;

impl Inference<'_> {
    /// The shape of branches that are added or multiplied: that of the first, over which others may be spread.
    pub(super) fn spread(&mut self, joined: fn(usize) -> Joined, branches: &[Inner<'_>]) -> Shape {
        let Some((first, others)) = branches.split_first() else { return self.shape.clone() };
        if let Some(second) = others.first() {
            self.widen(first, &second.output);
        }
        let mut told: Option<&Inner<'_>> = None;
        for (index, branch) in others.iter().enumerate() {
            // Of the values of all turns, one is told.
            if told.is_some_and(|told| std::ptr::eq(told.stages, branch.stages)) {
                continue;
            }
            let faults_before = self.faults.len();
            let joined = joined(index + 2);
            if !self.is_vector_in_sequence(joined, branch, first) {
                self.same(joined, branch, &first.output, branch.end());
            }
            told = (self.faults.len() > faults_before).then_some(branch);
        }
        first.output.clone()
    }

    /// Refuses a vector for a sequence [length, features]: it may be meant for each step or for each feature, and would be
    /// the one by the order of the axes alone.
    fn is_vector_in_sequence(
        &mut self,
        joined: Joined,
        branch: &Inner<'_>,
        first: &Inner<'_>,
    ) -> bool {
        let (Shape::Dims(gives), Shape::Dims(with)) = (&branch.output, &first.output) else {
            return false;
        };
        let ([size], [length, features]) = (gives.as_slice(), with.as_slice()) else {
            return false;
        };
        let is_known = !branch.output.is_faulty() && !first.output.is_faulty();
        let Some(end) = branch.end().filter(|_| is_known && first.axes == Axes::Sequence) else {
            return false;
        };
        let (word, number) = match joined {
            Joined::Product(number) => ("product", number),
            Joined::Sum(number) => ("sum", number),
            _ => return false,
        };
        let what = format!(
            "branch {number} of `{word}` gives {}, but branch 1 gives a sequence [length, features]: {}",
            branch.output.text(),
            first.output.text()
        );
        let (steps, each) =
            (format!("reshape[{}, 1]", length.text()), format!("reshape[1, {}]", features.text()));
        let last = branch.stages.last().map(|stage| stage.part);
        let only = match (size.is_as(length), size.is_as(features)) {
            (true, false) => Some(&steps),
            (false, true) => Some(&each),
            _ => None,
        };
        let mended = self.mended_so_far(end.part);
        let help = match (only, mended) {
            (Some(only), Some(mended)) => {
                self.mended.push((end.part, Some(format!("{mended} => {only}"))));
                Help::Shapes
            }
            _ => Help::Text(format!(
                "decide whether it is one value for each step, `{steps}`, or for each feature, `{each}`"
            )),
        };
        self.faults.add(branch.place, last, what, help);
        true
    }

    /// The axis along which branches are joined.
    pub(super) fn axis_of_branches(&mut self, axis: Option<&Dim>, stage: &Stage) -> Dim {
        let axis = match axis {
            None => Dim::Literal(0, Span::call_site()),
            Some(axis) => axis.clone(),
        };
        let Dim::Constant { expression, text, place } = axis else { return axis };
        // The activation of the stage may have one too.
        let name = self.constant("AXIS", stage.part, 1, place);
        self.program.constants.push(quote_spanned! {place.start=>
            const #name: usize = #expression;
        });
        Dim::Constant { expression: quote! { #name }, text, place }
    }

    /// Whether there is such an axis, which is reported if not.
    fn has_axis(&mut self, axis: &Dim, first: &Shape, stage: &Stage) -> bool {
        // In turns a name is written where the axis is a number.
        let written = self.mended_so_far(stage.part).unwrap_or_default();
        let (front, behind) = match written.rfind(AXIS).map(|start| start + AXIS.len()) {
            Some(start) => {
                let end = written[start..].find(';').map_or(start, |length| start + length);
                (&written[..start], &written[end..])
            }
            None => ("concat(axis: ", ";"),
        };
        let place = axis.place();
        if let (Dim::Literal(axis, _), Some(gives)) = (axis, first.literal_sizes()) {
            let found = rules::along("concat", *axis, &gives, (front, behind));
            if let Some(found) = &found {
                self.mismatch(place, Some(stage.part), stage.part, found);
            }
            return found.is_none();
        }
        let axis = axis.expression();
        let gives = first.dims_expression(self.declaration.scalar);
        let context = self.checked_context(&self.route, None, stage.part);
        let arguments = quote! { "concat", #axis, #gives, (#front, #behind), #context };
        self.check(place, "along", &arguments);
        true
    }

    /// The type of layers side by side.
    pub(super) fn branches_type(&mut self, layers: &[TokenStream]) -> TokenStream {
        let count = layers.len().max(2);
        if count <= MOST_NAMED_BRANCHES {
            let name = format_ident!("Branches{count}", span = Span::mixed_site());
            return quote! { ::static_net::layer::#name<#(#layers),*> };
        }
        self.program.wide_branches.insert(count);
        let name = wide_branches(count, &self.declaration.name);
        quote! { #name<#(#layers),*> }
    }

    /// The shape of branches that stand one behind the other along an axis.
    pub(super) fn concat(
        &mut self,
        branches: &[Inner<'_>],
        axis: &Dim,
        composition: &Composition,
        stage: &Stage,
    ) -> Shape {
        let is_faulty = |branch: &Inner<'_>| branch.output.is_faulty();
        let Some((first, others)) = branches.split_first() else { return self.shape.clone() };
        if branches.iter().any(is_faulty)
            || matches!(axis, Dim::Faulty)
            || !matches!(axis, Dim::Literal(0, _)) && !self.has_axis(axis, &first.output, stage)
        {
            return Shape::Dims(vec![Dim::Faulty]);
        }
        let place = Place::at(composition.name.span());
        let literals: Option<Vec<Vec<usize>>> =
            branches.iter().map(|branch| branch.output.literal_sizes()).collect();
        let (Some(literals), &Dim::Literal(along, _)) = (literals, axis) else {
            return self.concat_of_constants(branches, axis, composition, stage);
        };
        let before = self.faults.len();
        for (index, branch) in others.iter().enumerate() {
            self.same(Joined::Concat(index + 2, along), branch, &first.output, branch.end());
            if self.faults.len() > before {
                return first.output.clone();
            }
        }
        let sum =
            literals.iter().try_fold(0usize, |sum, sizes| sum.checked_add(*sizes.get(along)?));
        let Some(sum) = sum else {
            let what = "the branches of `concat` give more values than a machine can address";
            let help = Help::Text("give them fewer outputs".to_owned());
            self.faults.add(place, Some(composition.closing), what, help);
            return first.output.clone();
        };
        let span = place.start;
        let mut dims: Vec<_> = literals[0].iter().map(|&size| Dim::Literal(size, span)).collect();
        dims[along] = Dim::Literal(sum, span);
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
        axis: &Dim,
        composition: &Composition,
        stage: &Stage,
    ) -> Shape {
        let scalar = self.declaration.scalar;
        let place = Place::at(composition.name.span());
        let outputs: Vec<_> =
            branches.iter().map(|branch| branch.output.dims_expression(scalar)).collect();
        let axis = axis.expression();
        let outputs = quote! { #axis, &[#(#outputs),*] };
        if let Some(parameter) = mentioned(outputs.clone(), &self.declaration.const_parameters) {
            let [what, help] = not_computed(&parameter, "the output of `concat`");
            self.faults.add(place, Some(composition.closing), what, Help::Text(help));
            return Shape::Dims(vec![Dim::Faulty]);
        }
        let value = spanned_call(place, "concat", &outputs);
        let route = self.route.outside(&self.declaration.const_parameters);
        for (index, branch) in branches.iter().enumerate().skip(1) {
            let Some(end) = branch.end() else { continue };
            let (number, first) = (index + 1, &branches[0].output);
            let joined = quote! { Concat(#number, #axis) };
            let joined = self.joined_tokens(&joined, &branch.output, first, &end, &route);
            self.check(branch.place, "agrees", &joined);
        }
        let name = self.constant("SHAPE", stage.part, 0, place);
        self.program.constants.push(quote! {
            const #name: ::static_net::__private::Dims = #value;
        });
        Shape::Computed(name)
    }
}

/// The struct of so many layers side by side, which stands beside the network.
pub fn wide_branches(count: usize, network: &Ident) -> Ident {
    format_ident!("Branches{}Of{}", count, network, span = Span::call_site())
}
