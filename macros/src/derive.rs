//! `#[derive(Parameters)]`: a struct of parameters is itself parameters.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Error, Fields, Result};

/// The implementation for one struct; the scalar is that of its first field's type, `f32` if it says
/// nothing, or the type parameter bounded by `Float`.
pub fn parameters(input: DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "only a struct can be parameters"));
    };
    if !is_repr_c(&input.attrs)? {
        let message = "parameters lie in memory in the order of their fields: add `#[repr(C)]`";
        return Err(Error::new_spanned(&input.ident, message));
    }
    let name = &input.ident;
    let fields: Vec<(String, &syn::Type)> = match &data.fields {
        Fields::Named(fields) => fields
            .named
            .iter()
            .map(|field| (field.ident.as_ref().expect("named").to_string(), &field.ty))
            .collect(),
        Fields::Unnamed(fields) => fields
            .unnamed
            .iter()
            .enumerate()
            .map(|(index, field)| (index.to_string(), &field.ty))
            .collect(),
        Fields::Unit => Vec::new(),
    };
    let names = fields.iter().map(|(name, _)| name.strip_prefix("r#").unwrap_or(name));
    let types: Vec<_> = fields.iter().map(|(_, kind)| kind).collect();
    let float_parameter = input.generics.type_params().next().map(|parameter| &parameter.ident);
    let mixed = Span::mixed_site();
    let mut generics = input.generics.clone();
    let scalar = match float_parameter {
        Some(parameter) => quote! { #parameter },
        None if fields.is_empty() => {
            // Nothing at all is parameters of every scalar type.
            let scalar = quote_spanned! {mixed=> AnyScalar };
            generics.params.push(syn::parse_quote! { #scalar: ::static_net::Float });
            scalar
        }
        None if mentions(&types, "f64") => quote! { f64 },
        None => quote! { f32 },
    };
    let (_, type_generics, where_clause) = input.generics.split_for_impl();
    let (impl_generics, ..) = generics.split_for_impl();
    Ok(quote_spanned! {mixed=>
        // SAFETY: `repr(C)`; each field is made of values of one scalar type only (checked by the
        // bounds of `part`), so there is no padding between or behind them.
        unsafe impl #impl_generics ::static_net::Parameters<#scalar> for #name #type_generics #where_clause {
            const PARAMETERS: usize = 0 #(+ <#types as ::static_net::Parameters<#scalar>>::PARAMETERS)*;

            fn describe(tensors: &mut ::static_net::Tensors) {
                #(tensors.part::<#scalar, #types>(#names);)*
            }
        }
    })
}

fn is_repr_c(attributes: &[syn::Attribute]) -> Result<bool> {
    let mut found = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("C") {
                found = true;
            } else if meta.path.is_ident("align") || meta.path.is_ident("packed") {
                return Err(meta.error("parameters have no alignment of their own"));
            }
            Ok(())
        })?;
    }
    Ok(found)
}

fn mentions(types: &[&&syn::Type], word: &str) -> bool {
    fn any(tokens: TokenStream, word: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == word,
            proc_macro2::TokenTree::Group(group) => any(group.stream(), word),
            _ => false,
        })
    }
    types.iter().any(|kind| any(quote! { #kind }, word))
}
