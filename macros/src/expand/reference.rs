//! Values that more than the next stage reads, in the passes of a network.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::Chain;
use super::computation::layer_of;
use crate::shape::{Referenced, TypedStage};

impl Referenced {
    /// Where it is written in the forward pass.
    fn place(&self) -> Ident {
        self.local("place")
    }

    /// Its gradient.
    pub(super) fn gradient(&self) -> Ident {
        self.local("gradient")
    }

    fn local(&self, suffix: &str) -> Ident {
        format_ident!("{}_{suffix}", self.field.unraw(), span = Span::mixed_site())
    }
}

impl Chain<'_> {
    /// What a stage gives, where others refer to it.
    pub(super) fn referenced(&self, stage: &TypedStage) -> Option<&Referenced> {
        self.references
            .iter()
            .find(|value| !value.is_input && value.inside.is_none() && value.field == stage.field)
    }

    /// The earlier value that a stage goes on from.
    pub(super) fn earlier(&self, stage: &TypedStage) -> Option<&Referenced> {
        stage.goes_on_from.map(|index| &self.references[index])
    }

    /// What the line of an inner stage binds its value to: its name, where a later stage of these, or one further out, reads it
    /// and not only what is inside of it.
    pub(super) fn binding(&self, index: usize) -> TokenStream {
        let stage = &self.stages[index];
        let is_read = self.earlier(&self.stages[index + 1]).is_none()
            || self.referenced(stage).is_some()
            || self.given.iter().any(|given| given.field == stage.field);
        if is_read {
            stage.field.to_token_stream()
        } else {
            quote! { _ }
        }
    }

    /// How many values a sample of each has that is referred to, and in whose memory it stands: a const of the network.
    pub(super) fn referenced_sizes(&self, memories: &[usize]) -> Option<TokenStream> {
        let count = self.references.len();
        let lens = self.references.iter().map(|value| self.len(&value.shape));
        let input = self.references.iter().position(|value| value.is_input);
        let with_input = input.map(|index| quote! { .with_input_at(#index) });
        let inside = self.references.iter().enumerate().filter(|(_, value)| value.inside.is_some());
        let from_inside = inside.map(|(index, _)| {
            let index = Literal::usize_unsuffixed(index);
            quote! { .with_one_from_inside(#index) }
        });
        let lent = memories.iter().enumerate().any(|(index, &memory)| memory != index).then(|| {
            let memories = memories.iter().copied().map(Literal::usize_unsuffixed);
            quote! { .in_memories([#(#memories),*]) }
        });
        (count > 0).then(|| {
            quote_spanned! {self.span()=>
                const REFERENCED: ::static_net::__private::stage::Referenced<#count> =
                    ::static_net::__private::stage::Referenced::new([#(#lens),*]) #with_input #(#from_inside)* #lent;
            }
        })
    }

    /// `let ([..], pass) = ..`: where the values are written.
    pub(super) fn take_places(&self, memories: &[usize]) -> Option<TokenStream> {
        let places = self.references.iter().enumerate().map(|(index, value)| {
            if value.is_input || memories[index] != index {
                return quote! { _ };
            }
            let place = value.place();
            quote! { #place }
        });
        (!self.references.is_empty()).then(|| {
            quote_spanned! {self.span()=>
                let ([#(#places),*], mut pass) = stage::referenced(&Self::REFERENCED, samples, pass);
                let pass = &mut pass;
            }
        })
    }

    /// The values that stages inside of a stage give.
    pub(super) fn inside(&self, stage: &TypedStage) -> impl Iterator<Item = &Referenced> {
        let is_inside = |value: &&Referenced| value.inside.as_ref() == Some(&stage.field);
        self.references.iter().filter(is_inside)
    }

    /// Where a stage writes what it gives, if that is referred to.
    pub(super) fn place_of(&self, stage: &TypedStage) -> Option<Ident> {
        self.referenced(stage).map(Referenced::place)
    }

    /// The same in a pass, in which values stand where those did that nobody reads any more.
    pub(super) fn memory_of(&self, stage: &TypedStage, memories: &[usize]) -> Option<Ident> {
        let field = &self.referenced(stage)?.field;
        let index = self.references.iter().position(|value| value.field == *field)?;
        Some(self.references[memories[index]].place())
    }

    /// The line in front of a stage that refers to values, or inside of which there are some, and the pass that it runs in.
    pub(super) fn referring(&self, index: usize) -> (TokenStream, TokenStream) {
        let pass = quote_spanned! {self.span()=> pass };
        let stage = &self.stages[index];
        let gives_inside = self.inside(stage).next().is_some();
        if stage.refers.to.is_empty() && !gives_inside {
            return (TokenStream::new(), pass);
        }
        let level = Literal::usize_unsuffixed(self.level);
        let earlier = &self.stages[..index];
        let values = self.references.iter().enumerate().map(|(reference, value)| {
            let field = &value.field;
            let stage = value.inside.as_ref().unwrap_or(field);
            let is_there = || earlier.iter().any(|earlier| earlier.field == *stage);
            match value.is_input || is_there() && self.last_reader(reference) >= index {
                true => quote! { &*#field },
                false => quote! { &[] },
            }
        });
        let (count, scalar) = (Literal::usize_unsuffixed(self.references.len()), self.scalar());
        let line = quote_spanned! {self.span()=>
            let values: [&[#scalar]; #count] = [#(#values),*];
        };
        let references = if gives_inside {
            let cells = self.references.iter().map(|value| {
                let place = value.place();
                match value.inside.as_ref() == Some(&stage.field) {
                    true => quote! { stage::cells(#place) },
                    false => quote! { &[] },
                }
            });
            quote_spanned! {self.span()=>
                let cells: [&[::core::cell::Cell<#scalar>]; #count] = [#(#cells),*];
                let references =
                    stage::References::with_cells(#level, &values, &cells, stage::outer(pass));
            }
        } else {
            quote_spanned! {self.span()=>
                let references = stage::References::forward(#level, &values, stage::outer(pass));
            }
        };
        let pass = quote_spanned! {self.span()=> &mut stage::referring(&references, pass) };
        (quote! { #line #references }, pass)
    }

    /// The lines behind a stage: what it gives to stages further out, and what those inside of it have given.
    pub(super) fn behind(&self, stage: &TypedStage, value: &Ident) -> TokenStream {
        let given = self.given.iter().filter(|given| given.field == stage.field).map(|given| {
            let (level, index) =
                (Literal::usize_unsuffixed(given.level), Literal::usize_unsuffixed(given.index));
            quote_spanned! {self.span()=> stage::give(#value, #level, #index, pass); }
        });
        let inside = self.inside(stage).map(|value| {
            let (field, place) = (&value.field, value.place());
            quote_spanned! {self.span()=> let #field = &*#place; }
        });
        quote! { #(#given)* #(#inside)* }
    }

    /// How many values stages inside of a stage give, as it stands behind the stage in the list of all.
    pub(super) fn giving(&self, stage: &TypedStage) -> Option<TokenStream> {
        let lens: Vec<_> = self.inside(stage).map(|value| self.len(&value.shape)).collect();
        (!lens.is_empty()).then(|| quote! { .giving(#(#lens)+*) })
    }

    /// `let [..] = ..`: the values that stages inside gave, on the way back.
    pub(super) fn take_inside(&self) -> Option<TokenStream> {
        let fields = self.references.iter().map(|value| match value.inside {
            Some(_) => value.field.to_token_stream(),
            None => quote! { _ },
        });
        self.references.iter().any(|value| value.inside.is_some()).then(|| {
            quote_spanned! {self.span()=>
                let [#(#fields),*] = way.given_inside(&Self::REFERENCED, samples);
            }
        })
    }

    /// `let ([..], pass) = ..`: the gradients of the values, and the pass in which stages add to them.
    pub(super) fn take_gradients(&self) -> Option<TokenStream> {
        let level = Literal::usize_unsuffixed(self.level);
        let gradients: Vec<_> = self.references.iter().map(Referenced::gradient).collect();
        let values = self.references.iter().map(|value| &value.field);
        (!self.references.is_empty()).then(|| {
            quote_spanned! {self.span()=>
                let ([#(#gradients),*], mut pass) = stage::gradients(&Self::REFERENCED, samples, pass);
                let (values, gradients) = ([#(&*#values),*], [#(#gradients),*]);
                let references =
                    stage::References::with_cells(#level, &values, &gradients, stage::outer(&pass));
                let pass = &mut stage::referring(&references, &mut pass);
            }
        })
    }

    /// `let way = way.with(..)`, where others refer to what a stage gives.
    pub(super) fn with_gradient(&self, stage: &TypedStage) -> TokenStream {
        let here = self.referenced(stage).map(|value| {
            let gradient = value.gradient();
            quote_spanned! {self.span()=> let way = way.with(#gradient); }
        });
        let given = self.given.iter().filter(|given| given.field == stage.field).map(|given| {
            let (level, index) =
                (Literal::usize_unsuffixed(given.level), Literal::usize_unsuffixed(given.index));
            quote_spanned! {self.span()=> let way = way.given(#level, #index, pass); }
        });
        quote! { #here #(#given)* }
    }

    /// The lines that take room for a step of each value, of a network whose time runs behind each stage along an axis.
    pub(super) fn take_places_of_step(&self, axes: &[Ident]) -> TokenStream {
        let stages = self.stages.iter().zip(axes);
        let lines = stages.filter_map(|(stage, time)| {
            let (place, of) = (self.place_of(stage)?, layer_of(self, stage));
            Some(quote_spanned! {self.span()=>
                let (#place, mut pass) = stage::place_of_steps::<_, _, _, #time, _, _>(#of, count, pass);
                let pass = &mut pass;
            })
        });
        let inside = self.inside_in_time(axes).map(|(value, time)| {
            let (place, shape) = (value.place(), self.shape_type(&value.shape));
            quote_spanned! {self.span()=>
                let (#place, mut pass) =
                    stage::place_of_steps_inside::<_, #shape, #time, _, _>(count, pass);
                let pass = &mut pass;
            }
        });
        lines.chain(inside).collect()
    }

    /// The values that stages inside give, with the axis of time in front of the stage that they are in.
    fn inside_in_time<'s>(
        &'s self,
        axes: &'s [Ident],
    ) -> impl Iterator<Item = (&'s Referenced, &'s Ident)> {
        let stages = self.stages.iter().zip(axes);
        stages.flat_map(|(stage, time)| self.inside(stage).map(move |value| (value, time)))
    }

    /// The memory of a stream through these stages.
    pub(super) fn stream_memory(&self, streaming: &TokenStream, axes: &[Ident]) -> TokenStream {
        let stages = quote_spanned! {self.span()=> <Self as #streaming>::PARTS };
        if self.references.is_empty() {
            return quote! { ::static_net::__private::stream_memory(#stages) };
        }
        let is_referenced = |&index: &usize| self.referenced(&self.stages[index]).is_some();
        let referenced = (0..self.stages.len()).filter(is_referenced);
        let inside = self.inside_in_time(axes).map(|(value, time)| {
            let shape = self.shape_type(&value.shape);
            quote! { .with_scratch(::static_net::layer::step_len::<#shape, #time>()) }
        });
        quote! {
            ::static_net::__private::referring_stream_memory(#stages, &[#(#referenced),*])
                #(#inside)*
        }
    }

    /// What is added to the gradient of the input, where stages refer to it.
    pub(super) fn input_gradient(&self) -> Option<TokenStream> {
        let gradient = self.references.iter().find(|value| value.is_input)?.gradient();
        Some(quote_spanned! {self.span()=> stage::add_to_input(d_input, #gradient); })
    }
}
