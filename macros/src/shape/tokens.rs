//! Tokens that the inferred types are made of.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use crate::ast::AppliedActivation;

/// The tokens with `1` for each of the names.
pub fn with_ones(tokens: TokenStream, names: &[Ident]) -> TokenStream {
    let one = |token: TokenTree| match token {
        TokenTree::Ident(word) if names.contains(&word) => {
            let mut one = proc_macro2::Literal::usize_unsuffixed(1);
            one.set_span(word.span());
            one.into()
        }
        TokenTree::Group(group) => {
            let inner = with_ones(group.stream(), names);
            let mut replaced = proc_macro2::Group::new(group.delimiter(), inner);
            replaced.set_span(group.span());
            replaced.into()
        }
        token => token,
    };
    tokens.into_iter().map(one).collect()
}

/// The type of an activation, the identity where there is none.
pub fn activation_type(activation: Option<&AppliedActivation>) -> TokenStream {
    let Some(activation) = activation else { return quote! { ::static_net::activation::identity } };
    let name = &activation.name;
    let arguments = &activation.arguments;
    if let Some(axis) = &activation.axis {
        let axis = axis.expression();
        return quote! { ::static_net::activation::#name<#axis> };
    }
    if arguments.is_empty() {
        quote! { ::static_net::activation::#name }
    } else {
        quote! { ::static_net::activation::#name<#({ ::core::primitive::f64::to_bits(#arguments) }),*> }
    }
}
