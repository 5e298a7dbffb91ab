//! What a user calls on a network.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::network::Named;
use super::streaming::has_time_along_any_axis;
use super::{Network, several, steps};
use crate::shape::Shape;

/// The same for all networks, so it stands in the library; bounds are written here, where the user's tokens are.
pub fn expand(network: &Network<'_>) -> TokenStream {
    let name = &network.names.network;
    let text = name.unraw().to_string();
    let Named { structure: activations, alias } = &network.names.activations;
    let last_stage = &network.names.last_stage;
    let (scalar, element) = (network.scalar(), network.element());
    let d_output = several::gradient_of_output(network);
    let (parameters, arguments) = (network.const_parameters(), network.const_arguments());
    let names = &network.declaration.const_parameters;
    let inputs = network.len_argument(network.input);
    let outputs = network.len_argument(network.output());
    // Where a bound does not hold, rustc shows it: at the size that was declared.
    let input = network.declaration.input[0].place().start;
    let takes = quote_spanned! {Span::mixed_site().located_at(input)=>
        ::static_net::Samples<#element, #inputs>
    };
    let last = network.stages.last().expect("a network has a stage").place.start;
    let gradient = match network.program.outputs.is_empty() {
        false => quote_spanned! {Span::mixed_site().located_at(last)=> OutputGradients },
        true => quote_spanned! {Span::mixed_site().located_at(last)=> OutputGradient },
    };
    let gives = quote_spanned! {Span::mixed_site().located_at(last)=>
        ::static_net::samples::#gradient<#scalar, #outputs, BatchSize>
    };
    let inner = network.stages.split_last().map_or(&[][..], |(_, inner)| inner);
    let inner: Vec<_> = inner.iter().map(|stage| &stage.field).collect();
    let kept = network.kept_output();
    let shown = network.program.outputs.is_empty().then_some(&kept);
    let output = several::output(network);
    let d_inputs = several::gradient_of_inputs(network);
    let run_forward = match network.program.outputs.is_empty() {
        false => quote! {
            forward_outputs forward_outputs_into forward_outputs_from forward_outputs_from_into
        },
        true => quote! { forward forward_into forward_from forward_from_into },
    };
    // There is no gradient of tokens.
    let way_back = match network.program.inputs.is_empty() {
        false if d_inputs.is_none() => quote! { tokens },
        true if network.is_of_tokens() => quote! { tokens },
        _ => quote! { numbers },
    };
    let d_input = d_inputs.unwrap_or_else(|| network.matrix(network.input));
    let kind = if network.is_of_tokens() {
        quote! { tokens }
    } else {
        quote! { numbers }
    };
    // Where nothing says along which axis time runs, a matrix is read as everywhere: [length, features].
    let step = match network.input {
        _ if !network.inputs.is_empty() || !network.outputs.is_empty() => {
            match (network.inputs, network.outputs) {
                _ if !steps::may_stream(network) => quote! { never },
                ([], _) => quote! { outputs },
                (_, []) => quote! { inputs },
                _ => quote! { inputs_and_outputs },
            }
        }
        Shape::Dims(dims) if has_time_along_any_axis(&network.declaration.stages) => {
            match dims.as_slice() {
                [_, features] => network.len_argument(&Shape::Dims(vec![features.clone()])),
                _ => TokenStream::new(),
            }
        }
        _ if !steps::may_stream(network) => quote! { never },
        _ => TokenStream::new(),
    };
    quote_spanned! {network.span()=>
        impl<#parameters> ::static_net::Network for #name<#arguments> {
            type Scalar = #scalar;
            const NAME: &'static str = #text;
            const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
            type ActivationsOf<BatchSize: ::static_net::Batch> = #activations<#arguments BatchSize>;
        }

        ::static_net::__private::network_interface! {
            #name #activations #alias #last_stage <#(#names)*>
            #element #inputs => #scalar #outputs;
            takes { #takes }
            gives { #gives }
            d_input { #d_input }
            d_output { #d_output }
            inner { #(#inner)*; #kept #shown }
            step { #step }
            checks {
                let _needs = <Self as ::static_net::layer::Layer<#scalar>>::NEEDS;
                let () = ::static_net::__private::Layout::<#scalar, Self>::CHECKED;
            }
            output { #output }
            runs { #run_forward }
            methods {
                forward forward_into activations activations_into train train_into
                backward backward_into backward_to_input backward_to_input_into input_gradient input_gradient_into
            }
            #kind #way_back
        }
    }
}
