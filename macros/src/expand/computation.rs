//! The passes: one line for each stage.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::{Chain, steps};
use crate::shape::{Inside, Naming, TypedStage, Written};

pub fn expand(chain: &Chain<'_>) -> TokenStream {
    let layer = layer(chain);
    let parameters = parameters(chain);
    quote! { #layer #parameters }
}

/// Which of the two buffers that take turns holds the output of inner stage `index`.
pub(super) fn buffer(index: usize) -> Ident {
    Ident::new(if index.is_multiple_of(2) { "front" } else { "back" }, Span::mixed_site())
}

/// `let (front, back, pass) = ..`, as far as the inner stages need them.
fn take_buffers(chain: &Chain<'_>, inner: usize) -> TokenStream {
    let back = if inner > 1 {
        quote_spanned! {chain.span()=> back }
    } else {
        quote! { _ }
    };
    match inner {
        0 => quote! {},
        _ => quote_spanned! {chain.span()=>
            let (front, #back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
            let pass = &mut pass;
        },
    }
}

fn parameters(chain: &Chain<'_>) -> TokenStream {
    let name = chain.name;
    let scalar = chain.scalar();
    let (parameters, arguments) = (chain.const_parameters(), chain.const_arguments());
    let ways: Vec<_> = chain.owned().map(|stage| describe(stage.naming)).collect();
    let names = chain.owned().map(TypedStage::tensor_name);
    let imported = BTreeSet::from_iter(&ways);
    let fields: Vec<_> = chain.owned().map(|stage| layer_of(chain, stage)).collect();
    quote_spanned! {chain.span()=>
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
                #(use ::static_net::__private::#imported;)*
                #(#ways::<#scalar, _, _>(tensors, #fields, #names);)*
            }
        }
    }
}

/// The function that describes a field.
fn describe(naming: Naming) -> Ident {
    let name = match naming {
        Naming::Part => "describe_field",
        Naming::Label => "describe_label",
        Naming::Place => "describe_place",
    };
    Ident::new(name, Span::mixed_site())
}

fn layer(chain: &Chain<'_>) -> TokenStream {
    let name = chain.name;
    let scalar = chain.scalar();
    let (parameters, arguments) = (chain.const_parameters(), chain.const_arguments());
    let input_shape =
        steps::shape_of_inputs(chain).unwrap_or_else(|| chain.shape_type(chain.input));
    let output_shape =
        steps::shape_of_outputs(chain).unwrap_or_else(|| chain.shape_type(chain.output()));
    let (needs, stages) = (needs(chain), stages(chain));
    let fields = chain.owned().map(|stage| &stage.field);
    let memories = chain.memories();
    let (forward, backward) = (forward(chain, &memories), backward(chain));
    let referenced = chain.referenced_sizes(&memories);
    let checks = chain.checks;
    let first_checks =
        (!checks.is_empty()).then(|| quote_spanned! {chain.span()=> let () = Self::CHECKS; });
    let checks = (!checks.is_empty()).then(|| quote! { const CHECKS: () = { #(#checks;)* }; });
    quote_spanned! {chain.span()=>
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
            #referenced
        }
    }
}

/// What the stages need; it does not compile where const parameters do not fit.
fn needs(chain: &Chain<'_>) -> TokenStream {
    let needs = match chain.references {
        [] => quote! { Self::CHAIN.needs() },
        _ => quote! { Self::CHAIN.needs_of(&Self::REFERENCED) },
    };
    match chain.checks {
        [] => needs,
        // A const of its own that comes first: where it cannot be computed, rustc does not go on to the stages.
        _ => quote_spanned! {chain.span()=> { let () = Self::CHECKS; #needs } },
    }
}

/// One line for each stage; `memories` says in whose memory each value stands that is referred to.
fn forward(chain: &Chain<'_>, memories: &[usize]) -> TokenStream {
    let scalar = chain.scalar();
    let (last, inner) = chain.stages.split_last().expect("a network has a stage");
    let this = quote_spanned! {chain.span()=> self };
    let take_buffers = take_buffers(chain, inner.len());
    let samples = samples(chain, inner, &quote_spanned! {chain.span()=> input });
    let mut before = Ident::new("input", Span::mixed_site());
    let mut lines = Vec::new();
    for (index, stage) in inner.iter().enumerate() {
        let (field, layer) = (&stage.field, stage.borrowed(&this));
        let buffer = chain.memory_of(stage, memories).unwrap_or_else(|| buffer(index));
        let input = chain.earlier(stage).map_or(before, |value| value.field.clone());
        let (references, pass) = chain.referring(index);
        let behind = chain.behind(stage, field);
        let value = chain.binding(index);
        lines.push(quote_spanned! {chain.span()=>
            #references
            let #value = stage::forward(#layer, #input, #buffer, #pass);
            #behind
        });
        before = field.clone();
    }
    let before = chain.earlier(last).map_or(before, |value| value.field.clone());
    let (references, pass) = chain.referring(inner.len());
    let behind = chain.behind(last, &Ident::new("output", Span::mixed_site()));
    let last = last.borrowed(&this);
    let take_places = chain.take_places(memories);
    quote_spanned! {chain.span()=>
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
            #take_places
            #(#lines)*
            #references
            stage::forward_into(#last, #before, output, #pass);
            #behind
        }
    }
}

/// The same lines from the last to the first.
fn backward(chain: &Chain<'_>) -> TokenStream {
    let scalar = chain.scalar();
    let stages = chain.stages;
    let (_, inner) = stages.split_last().expect("a network has a stage");
    let (this, network) =
        (quote_spanned! {chain.span()=> self }, quote_spanned! {chain.span()=> network });
    let take_buffers = take_buffers(chain, inner.len());
    let samples = samples(chain, inner, &quote_spanned! {chain.span()=> step.input });
    let take_inside = chain.take_inside();
    let way = if inner.is_empty() {
        quote_spanned! {chain.span()=> way }
    } else {
        quote_spanned! {chain.span()=> mut way }
    };
    let representations = inner.iter().map(|stage| {
        let (field, len) = (&stage.field, chain.len(&stage.output));
        quote_spanned! {chain.span()=> let #field = way.representation(samples * #len); }
    });
    let mut lines = Vec::new();
    for (index, stage) in stages.iter().enumerate().rev() {
        let (layer, part) = (stage.borrowed(&this), stage.borrowed_mut(&network));
        lines.push(chain.with_gradient(stage));
        lines.push(quote_spanned! {chain.span()=>
            let own = gradient.as_deref_mut().map(|network| #part);
        });
        if index == 0 {
            let input_gradient = chain.input_gradient();
            let d_input = match input_gradient {
                None => quote_spanned! {chain.span()=> d_input },
                Some(_) => quote_spanned! {chain.span()=> d_input.as_deref_mut() },
            };
            lines.push(quote_spanned! {chain.span()=>
                way.finish(#layer, own, input, #d_input, pass);
                #input_gradient
            });
            continue;
        }
        let (before, buffer) = (&stages[index - 1].field, buffer(index - 1));
        lines.push(match chain.earlier(stage) {
            None => quote_spanned! {chain.span()=>
                let way = way.through(#layer, own, #before, #buffer, pass);
            },
            Some(earlier) => {
                let (value, value_gradient) = (&earlier.field, earlier.gradient());
                quote_spanned! {chain.span()=>
                    let way = way.aside(
                        #layer, own, (#value, #value_gradient), #before, #buffer, pass,
                    );
                }
            }
        });
    }
    let d_input = match chain.input_gradient() {
        None => quote_spanned! {chain.span()=> d_input },
        Some(_) => quote_spanned! {chain.span()=> mut d_input },
    };
    let take_gradients = chain.take_gradients();
    let learning = learning(chain);
    quote_spanned! {chain.span()=>
        #[inline(always)]
        fn backward<Instructions: ::static_net::simd::InstructionSet>(
            &self,
            step: ::static_net::layer::Backward<'_, #scalar, Self>,
            mut gradient: ::core::option::Option<&mut Self>,
            pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
        ) {
            use ::static_net::__private::stage;
            #samples
            let (#way, input, #d_input) = stage::way_back(step, #learning);
            #take_inside
            #(#representations)*
            #take_buffers
            #take_gradients
            #(#lines)*
        }
    }
}

/// How many stages are run backward where the gradient of the input is not wanted: all of them, where their values or
/// parameters are also those of others.
fn learning(chain: &Chain<'_>) -> TokenStream {
    let is_alone = |stage: &TypedStage| {
        stage.refers.to.is_empty() && !stage.refers.outside && stage.shares.is_none()
    };
    let are_alone = chain.references.is_empty()
        && chain.given.is_empty()
        && chain.passes.is_empty()
        && chain.stages.iter().all(is_alone);
    if are_alone {
        quote_spanned! {chain.span()=> Self::CHAIN.learning }
    } else {
        quote_spanned! {chain.span()=> Self::STAGES.len() }
    }
}

/// `let samples = ..`, where inner stages need it.
fn samples(chain: &Chain<'_>, inner: &[TypedStage], of: &TokenStream) -> Option<TokenStream> {
    let needed = !inner.is_empty();
    needed.then(|| quote_spanned! {chain.span()=> let samples = #of.len(); })
}

/// The stage in a network, as a function: so rustc knows its type, which is written once.
pub(super) fn layer_of(chain: &Chain<'_>, stage: &TypedStage) -> TokenStream {
    let network = quote_spanned! {chain.span()=> network };
    let layer = stage.borrowed(&network);
    quote_spanned! {chain.span()=> |network: &Self| #layer }
}

/// What summaries and diagrams show.
fn stages(chain: &Chain<'_>) -> Vec<TokenStream> {
    let scalar = chain.scalar();
    let stages = chain.stages.iter().map(|stage| {
        let (name, written) = (stage.name(), written(&stage.written));
        let function = match stage.shares {
            Some(_) => quote! { shared_field_stage },
            None => quote! { field_stage },
        };
        let (layer, giving) = (layer_of(chain, stage), chain.giving(stage));
        quote_spanned! {chain.span()=> #function::<#scalar, _, _>(#layer, #name, #written) #giving }
    });
    stages.collect()
}

/// What the declaration says of a stage.
fn written(written: &Written) -> TokenStream {
    let Written { kind, activation, operation, from, reads, inside } = written;
    let kind = format_ident!("{kind:?}", span = Span::mixed_site());
    let going_on = |from: &str| (!from.is_empty()).then(|| quote! { .from(#from) });
    let from = going_on(from);
    let reads = (!reads.is_empty()).then(|| quote! { .reading(&[#(#reads),*]) });
    let stage = quote! { Written::new(LayerKind::#kind, #activation, #operation) #from #reads };
    if inside.is_empty() {
        return stage;
    }
    let inside = inside.iter().map(|part| match part {
        Inside::Stage(stage) => self::written(stage),
        Inside::Block(from) => {
            let from = going_on(from);
            quote! { Written::BLOCK #from }
        }
    });
    quote! { #stage.of(&[#(#inside),*]) }
}
