//! The passes: one line for each stage.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Sequence;
use crate::shape::{Inside, Step, Written};

pub fn expand(sequence: &Sequence<'_>) -> TokenStream {
    let layer = layer(sequence);
    let parameters = parameters(sequence);
    quote! { #layer #parameters }
}

/// Which of the two buffers that take turns holds the output of inner stage `index`.
pub(super) fn buffer(index: usize) -> Ident {
    Ident::new(if index.is_multiple_of(2) { "front" } else { "back" }, Span::mixed_site())
}

/// `let (front, back, pass) = ..`, as far as the inner stages need them.
fn take_buffers(sequence: &Sequence<'_>, inner: usize) -> TokenStream {
    let back = if inner > 1 {
        quote_spanned! {sequence.site()=> back }
    } else {
        quote! { _ }
    };
    match inner {
        0 => quote! {},
        _ => quote_spanned! {sequence.site()=>
            let (front, #back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
            let pass = &mut pass;
        },
    }
}

fn parameters(sequence: &Sequence<'_>) -> TokenStream {
    let name = sequence.name;
    let scalar = sequence.scalar();
    let (parameters, arguments) = (sequence.const_parameters(), sequence.const_arguments());
    let names = sequence.owned().map(Step::name);
    let fields: Vec<_> = sequence.owned().map(|step| layer_of(sequence, step)).collect();
    quote_spanned! {sequence.site()=>
        impl<#parameters> #name<#arguments> {
            const SIZES: [usize; 2] = {
                use ::static_net::__private::{field_sizes, total_sizes};
                total_sizes(&[#(field_sizes::<#scalar, _, _>(#fields)),*])
            };
        }

        // SAFETY: `repr(C)`, and each field is made of values of one scalar type only (checked by the
        // bounds of `describe_field`), so there is no padding between or behind them.
        unsafe impl<#parameters> ::static_net::Parameters<#scalar> for #name<#arguments> {
            const PARAMETERS: usize = Self::SIZES[0];
            const VALUES: usize = Self::SIZES[1];

            fn describe(tensors: &mut ::static_net::Tensors) {
                use ::static_net::__private::describe_field;
                #(describe_field::<#scalar, _, _>(tensors, #fields, #names);)*
            }
        }
    }
}

fn layer(sequence: &Sequence<'_>) -> TokenStream {
    let name = sequence.name;
    let scalar = sequence.scalar();
    let (parameters, arguments) = (sequence.const_parameters(), sequence.const_arguments());
    let input_shape = sequence.shape_type(sequence.input);
    let output_shape = sequence.shape_type(sequence.output());
    let (needs, stages) = (needs(sequence), stages(sequence));
    let fields = sequence.owned().map(|step| &step.field);
    let (forward, backward) = (forward(sequence), backward(sequence));
    let checks = sequence.checks;
    let first_checks = (!checks.is_empty()).then(|| quote! { let () = Self::CHECKS; });
    let checks = (!checks.is_empty()).then(|| quote! { const CHECKS: () = { #(#checks;)* }; });
    quote_spanned! {sequence.site()=>
        impl<#parameters> ::static_net::layer::Layer<#scalar> for #name<#arguments> {
            type Input = #input_shape;
            type Output = #output_shape;

            const NEEDS: ::static_net::layer::Needs = #needs;
            const DESCRIPTION: ::static_net::network::Description =
                ::static_net::network::Description::chain(Self::STAGES);

            fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(&mut self, rng: &mut Random) {
                #(::static_net::layer::Layer::<#scalar>::initialize(&mut self.#fields, rng);)*
            }

            #forward

            #backward
        }

        impl<#parameters> #name<#arguments> {
            #checks
            const STAGES: &'static [::static_net::network::Stage] = {
                use ::static_net::__private::{field_stage, shared_field_stage};
                use ::static_net::network::{LayerKind, Written};
                #first_checks
                &[#(#stages),*]
            };
            const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(Self::STAGES);
        }
    }
}

/// What the stages need; it does not compile where const parameters do not fit.
fn needs(sequence: &Sequence<'_>) -> TokenStream {
    let checks = sequence.checks;
    match checks {
        [] => quote! { Self::CHAIN.needs() },
        // A const of its own that comes first: where it cannot be computed, rustc does not go on to the stages.
        _ => quote! { { let () = Self::CHECKS; Self::CHAIN.needs() } },
    }
}

/// One line for each stage.
fn forward(sequence: &Sequence<'_>) -> TokenStream {
    let scalar = sequence.scalar();
    let (last, inner) = sequence.steps.split_last().expect("a network has a stage");
    let this = quote_spanned! {sequence.site()=> self };
    let take_buffers = take_buffers(sequence, inner.len());
    let samples = samples(sequence, inner, &quote_spanned! {sequence.site()=> input });
    let mut before = Ident::new("input", Span::mixed_site());
    let mut lines = Vec::new();
    for (index, step) in inner.iter().enumerate() {
        let (field, layer, buffer) = (&step.field, step.borrowed(&this), buffer(index));
        lines.push(quote_spanned! {sequence.site()=>
            let #field = stage::forward(#layer, #before, #buffer, pass);
        });
        before = field.clone();
    }
    let last = last.borrowed(&this);
    quote_spanned! {sequence.site()=>
        #[inline(always)]
        fn forward<Instructions: ::static_net::simd::InstructionSet, Mode: ::static_net::layer::Mode<#scalar>>(
            &self,
            input: &[::static_net::shape::Sample<Self::Input, #scalar>],
            output: &mut [::static_net::shape::Sample<Self::Output, #scalar>],
            pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions, Mode>,
        ) {
            use ::static_net::__private::stage;
            #samples
            let input = ::static_net::shape::values::<Self::Input, #scalar>(input);
            let output = ::static_net::shape::values_mut::<Self::Output, #scalar>(output);
            #take_buffers
            #(#lines)*
            stage::forward_into(#last, #before, output, pass);
        }
    }
}

/// The same lines from the last to the first.
fn backward(sequence: &Sequence<'_>) -> TokenStream {
    let scalar = sequence.scalar();
    let steps = sequence.steps;
    let (_, inner) = steps.split_last().expect("a network has a stage");
    let (this, gradient) =
        (quote_spanned! {sequence.site()=> self }, quote_spanned! {sequence.site()=> gradient });
    let take_buffers = take_buffers(sequence, inner.len());
    let samples = samples(sequence, inner, &quote_spanned! {sequence.site()=> step.input });
    let way = if inner.is_empty() {
        quote_spanned! {sequence.site()=> way }
    } else {
        quote_spanned! {sequence.site()=> mut way }
    };
    let representations = inner.iter().map(|step| {
        let (field, len) = (&step.field, sequence.len(&step.output));
        quote_spanned! {sequence.site()=> let #field = way.representation(samples * #len); }
    });
    let mut lines = Vec::new();
    for (index, step) in steps.iter().enumerate().rev() {
        let (layer, its_gradient) = (step.borrowed(&this), step.borrowed_mut(&gradient));
        lines.push(if index == 0 {
            quote_spanned! {sequence.site()=> way.finish(#layer, #its_gradient, input, d_input, pass); }
        } else {
            let (before, buffer) = (&steps[index - 1].field, buffer(index - 1));
            quote_spanned! {sequence.site()=>
                let way = way.through(#layer, #its_gradient, #before, #buffer, pass);
            }
        });
    }
    quote_spanned! {sequence.site()=>
        #[inline(always)]
        fn backward<Instructions: ::static_net::simd::InstructionSet>(
            &self,
            step: ::static_net::layer::Backward<'_, #scalar, Self>,
            gradient: &mut Self,
            pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
        ) {
            use ::static_net::__private::stage;
            #samples
            let (#way, input, d_input) = stage::way_back(step);
            #(#representations)*
            #take_buffers
            #(#lines)*
        }
    }
}

/// `let samples = ..`, where inner stages need it.
fn samples(sequence: &Sequence<'_>, inner: &[Step], of: &TokenStream) -> Option<TokenStream> {
    let needed = !inner.is_empty();
    needed.then(|| quote_spanned! {sequence.site()=> let samples = #of.len(); })
}

/// The stage in a network, as a function: so rustc knows its type, which is written once.
pub(super) fn layer_of(sequence: &Sequence<'_>, step: &Step) -> TokenStream {
    let network = quote_spanned! {sequence.site()=> network };
    let layer = step.borrowed(&network);
    quote_spanned! {sequence.site()=> |network: &Self| #layer }
}

/// What summaries and diagrams show.
fn stages(sequence: &Sequence<'_>) -> Vec<TokenStream> {
    let scalar = sequence.scalar();
    let stages = sequence.steps.iter().map(|step| {
        let (name, written) = (step.name(), written(&step.written));
        let stage = match step.shares {
            Some(_) => quote! { shared_field_stage },
            None => quote! { field_stage },
        };
        let layer = layer_of(sequence, step);
        quote_spanned! {sequence.site()=> #stage::<#scalar, _, _>(#layer, #name, #written) }
    });
    stages.collect()
}

/// What the declaration says of a stage.
fn written(written: &Written) -> TokenStream {
    let Written { kind, activation, operation, inside } = written;
    let kind = Ident::new(kind, Span::mixed_site());
    let stage = quote! { LayerKind::#kind.written(#activation, #operation) };
    if inside.is_empty() {
        return stage;
    }
    let inside = inside.iter().map(|part| match part {
        Inside::Stage(stage) => self::written(stage),
        Inside::Block => quote! { Written::BLOCK },
    });
    quote! { #stage.of(&[#(#inside),*]) }
}
