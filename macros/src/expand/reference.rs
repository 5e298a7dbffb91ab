//! Values that more than the next stage reads, in the passes of a network.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
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
        self.references.iter().find(|value| !value.is_input && value.field == stage.field)
    }

    /// The earlier value that a stage goes on from.
    pub(super) fn earlier(&self, stage: &TypedStage) -> Option<&Referenced> {
        stage.goes_on_from.map(|index| &self.references[index])
    }

    /// How many values a sample of each has that is referred to: a const of the network.
    pub(super) fn referenced_sizes(&self) -> Option<TokenStream> {
        let count = self.references.len();
        let lens = self.references.iter().map(|value| self.len(&value.shape));
        let input = self.references.iter().position(|value| value.is_input);
        let with_input = input.map(|index| quote! { .with_input_at(#index) });
        (count > 0).then(|| {
            quote_spanned! {self.span()=>
                const REFERENCED: ::static_net::__private::stage::Referenced<#count> =
                    ::static_net::__private::stage::Referenced::new([#(#lens),*]) #with_input;
            }
        })
    }

    /// `let ([..], pass) = ..`: where the values are written.
    pub(super) fn take_places(&self) -> Option<TokenStream> {
        let places = self.references.iter().map(|value| match value.is_input {
            true => quote! { _ },
            false => {
                let place = value.place();
                quote! { #place }
            }
        });
        (!self.references.is_empty()).then(|| {
            quote_spanned! {self.span()=>
                let ([#(#places),*], mut pass) = stage::referenced(&Self::REFERENCED, samples, pass);
                let pass = &mut pass;
            }
        })
    }

    /// Where a stage writes what it gives, if that is referred to.
    pub(super) fn place_of(&self, stage: &TypedStage) -> Option<Ident> {
        self.referenced(stage).map(Referenced::place)
    }

    /// The line in front of a stage that refers to values, and the pass that it runs in.
    pub(super) fn referring(&self, index: usize) -> (TokenStream, TokenStream) {
        let pass = quote_spanned! {self.span()=> pass };
        if self.stages[index].refers.to.is_empty() {
            return (TokenStream::new(), pass);
        }
        let level = Literal::usize_unsuffixed(self.level);
        let earlier = &self.stages[..index];
        let values = self.references.iter().map(|value| {
            let field = &value.field;
            match value.is_input || earlier.iter().any(|stage| stage.field == value.field) {
                true => quote! { &*#field },
                false => quote! { &[] },
            }
        });
        let line = quote_spanned! {self.span()=>
            let values = [#(#values),*];
            let references = stage::References::forward(#level, &values, stage::outer(pass));
        };
        (line, quote_spanned! {self.span()=> &mut stage::referring(&references, pass) })
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
                    stage::References::backward(#level, &values, &gradients, stage::outer(&pass));
                let pass = &mut stage::referring(&references, &mut pass);
            }
        })
    }

    /// `let way = way.with(..)`, where others refer to what a stage gives.
    pub(super) fn with_gradient(&self, stage: &TypedStage) -> Option<TokenStream> {
        let gradient = self.referenced(stage)?.gradient();
        Some(quote_spanned! {self.span()=> let way = way.with(#gradient); })
    }

    /// The lines that take room for a step of each value, of a network whose time runs behind each stage along an axis.
    pub(super) fn take_places_of_step(&self, axes: &[Ident]) -> TokenStream {
        let stages = self.stages.iter().zip(axes);
        let lines = stages.filter_map(|(stage, time)| {
            let (place, of) = (self.place_of(stage)?, layer_of(self, stage));
            Some(quote_spanned! {self.span()=>
                let (#place, mut pass) = stage::place_of_step::<_, _, _, #time, _>(#of, pass);
                let pass = &mut pass;
            })
        });
        lines.collect()
    }

    /// The memory of a stream through these stages.
    pub(super) fn stream_memory(&self, streaming: &TokenStream) -> TokenStream {
        let stages = quote_spanned! {self.span()=> <Self as #streaming>::PARTS };
        if self.references.is_empty() {
            return quote! { ::static_net::__private::stream_memory(#stages) };
        }
        let is_referenced = |&index: &usize| self.referenced(&self.stages[index]).is_some();
        let referenced = (0..self.stages.len()).filter(is_referenced);
        quote! {
            ::static_net::__private::referring_stream_memory(#stages, &[#(#referenced),*])
        }
    }

    /// What is added to the gradient of the input, where stages refer to it.
    pub(super) fn input_gradient(&self) -> Option<TokenStream> {
        let gradient = self.references.iter().find(|value| value.is_input)?.gradient();
        Some(quote_spanned! {self.span()=> stage::add_to_input(d_input, #gradient); })
    }
}
