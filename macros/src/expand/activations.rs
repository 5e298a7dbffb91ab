//! The struct that holds every representation of a batch.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Network;
use super::network::Named;

pub fn expand(network: &Network<'_>) -> TokenStream {
    let visibility = &network.declaration.visibility;
    let (scalar, element) = (network.scalar(), network.element());
    let Named { structure: name, alias } = &network.names.activations;
    let last_stage = &network.names.last_stage;
    let (parameters, arguments) = (network.const_parameters(), network.const_arguments());
    let (last, inner) = network.stages.split_last().expect("a network has a stage");
    let fields = inner.iter().map(|stage| {
        let (field, len) = (&stage.field, network.len_argument(&stage.output));
        let documentation = format!("What `{}` gives.", stage.text);
        quote! { #[doc = #documentation] pub #field: BatchSize::Matrix<#scalar, #len>, }
    });
    let inputs = network.len_argument(network.input);
    let output = network.matrix(&last.output);
    let kept = network.kept_output();
    let of_batch = format!(
        "Every representation that [`{0}`] makes of a batch, from [`{0}::activations`].",
        network.names.network
    );
    let is_one = network.program.outputs.is_empty();
    let (documentation, public, last_field) = if is_one {
        let also = format!("{of_batch} The last stage is `output` and also `{}`.", last.field);
        (also, quote! { #[doc = " What came out."] pub }, &last.field)
    } else {
        (of_batch, TokenStream::new(), &kept)
    };
    let last_documentation = format!("What `{}` gives, which is also `output`.", last.text);
    let last_public = is_one.then(|| quote! { #[doc = #last_documentation] pub });
    quote_spanned! {network.span()=>
        #[doc = #documentation]
        #[repr(align(64))]
        #[allow(dead_code)]
        #visibility struct #name<#parameters BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>> {
            /// What went in.
            pub input: BatchSize::Matrix<#element, #inputs>,
            #(#fields)*
            #public #kept: #output,
            __working_memory: ::static_net::__private::PassMemory<#scalar>,
        }

        #[doc = #documentation]
        #[allow(dead_code)]
        #visibility type #alias<#parameters BatchSize = ::static_net::nalgebra::Const<1>> = #name<#arguments BatchSize>;

        #[doc = #last_documentation]
        #[repr(transparent)]
        #[allow(dead_code)]
        #visibility struct #last_stage<#parameters BatchSize: ::static_net::Batch> {
            #last_public #last_field: #output,
        }
    }
}
