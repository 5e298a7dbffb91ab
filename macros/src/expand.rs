//! From a checked declaration to Rust.

mod activations;
mod computation;
mod faulty;
mod interface;
mod lifetime;
mod network;
mod reference;
mod several;
#[cfg(test)]
mod snapshots;
mod steps;
mod streaming;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use self::network::{Chain, Names, Network};

use crate::ast::Declaration;
use crate::diagnostic::Faults;
use crate::shape::infer;

/// All code for the declarations of one `network!`.
pub fn network(input: TokenStream) -> TokenStream {
    let declarations = crate::parse::declarations(input).into_iter();
    declarations.map(|(read, faults)| declaration(read, faults)).collect()
}

/// All code for one declaration.
pub fn declaration(declaration: Declaration, faults: Faults) -> TokenStream {
    let conditions: Vec<_> = declaration.conditions().cloned().collect();
    let items = items(declaration, faults);
    if conditions.is_empty() {
        return items;
    }
    // A condition is meant for all that the declaration becomes.
    match syn::parse2::<syn::File>(items) {
        Ok(file) => file.items.iter().map(|item| quote! { #(#conditions)* #item }).collect(),
        Err(error) => error.into_compile_error(),
    }
}

fn items(mut declaration: Declaration, mut faults: Faults) -> TokenStream {
    let program = infer(&mut declaration, &mut faults);
    if !faults.is_empty() {
        return faulty::expand(&declaration, &faults);
    }
    let names = Names::of(&declaration);
    let whole = Chain {
        declaration: &declaration,
        name: &names.network,
        input: &program.input,
        stages: &program.stages,
        inputs: &program.inputs,
        outputs: &program.outputs,
        references: &program.references,
        level: 0,
        given: &[],
        passes: &[],
        checks: &program.generic_checks,
    };
    let network = Network { chain: whole, program: &program, names: &names };
    let mut items = vec![constants(&network)];
    for block in &program.blocks {
        let chain = Chain {
            name: &block.name,
            input: &block.input,
            stages: &block.stages,
            inputs: &[],
            outputs: &[],
            references: &block.references,
            level: block.level,
            given: &block.given,
            passes: &block.passes,
            checks: &[],
            ..network.chain
        };
        let documentation = format!("The stages `{}` of [`{}`].", block.text, names.network);
        items.push(structure(&chain, &documentation, derives(&declaration)));
        items.extend(block.is_its_stage.then(|| dereference(&chain)));
        items.push(computation::expand(&chain));
        items.push(streaming::expand(&chain));
    }
    items.extend(program.wide_branches.iter().map(|&count| wide_branches(&network, count)));
    let text = format!("A network: `{}`.", declaration.mended());
    items.extend([
        structure(&network, &text, declaration.attributes.iter().collect()),
        computation::expand(&network),
        streaming::expand(&network),
        activations::expand(&network),
        several::expand(&network),
        interface::expand(&network),
        checks(&network),
    ]);
    items.into_iter().collect()
}

/// What is derived for a network is derived for what it is made of.
fn derives(declaration: &Declaration) -> Vec<&syn::Attribute> {
    let derives = |attribute: &&syn::Attribute| attribute.path().is_ident("derive");
    declaration.attributes.iter().filter(derives).collect()
}

fn structure(
    chain: &Chain<'_>,
    documentation: &str,
    attributes: Vec<&syn::Attribute>,
) -> TokenStream {
    let visibility = &chain.declaration.visibility;
    let name = chain.name;
    let parameters = chain.const_parameters();
    let fields = chain.owned().map(|stage| {
        let (field, layer) = (&stage.field, &stage.layer);
        let documentation = format!("`{}`, giving {}.", stage.text, stage.output.text());
        quote! { #[doc = #documentation] pub #field: #layer, }
    });
    let is_documented = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    let documentation = (!is_documented).then(|| quote! { #[doc = #documentation] });
    quote_spanned! {chain.span()=>
        #documentation
        #(#attributes)*
        #[repr(C)]
        #[allow(dead_code)]
        #visibility struct #name<#parameters> { #(#fields)* }
    }
}

/// So many layers side by side, as a struct.
fn wide_branches(network: &Network<'_>, count: usize) -> TokenStream {
    let visibility = &network.declaration.visibility;
    let name = crate::shape::wide_branches(count, network.name);
    let of =
        |what: &str, index: usize| format_ident!("{}{}", what, index, span = Span::call_site());
    let (layers, fields): (Vec<_>, Vec<_>) =
        (1..=count).map(|index| (of("Branch", index), of("branch", index))).unzip();
    let documentation = format!("So many layers side by side in [`{}`].", network.name);
    quote_spanned! {network.span()=>
        ::static_net::__private::branches! {
            #[doc = #documentation]
            #[allow(dead_code)]
            #visibility #name: #(#layers #fields),*;
        }
    }
}

/// Makes a struct of one layer dereference to it.
fn dereference(chain: &Chain<'_>) -> TokenStream {
    let name = chain.name;
    let (parameters, arguments) = (chain.const_parameters(), chain.const_arguments());
    let (field, layer) = (&chain.stages[0].field, &chain.stages[0].layer);
    quote_spanned! {chain.span()=>
        impl<#parameters> ::core::ops::Deref for #name<#arguments> {
            type Target = #layer;

            fn deref(&self) -> &Self::Target {
                &self.#field
            }
        }

        impl<#parameters> ::core::ops::DerefMut for #name<#arguments> {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.#field
            }
        }
    }
}

/// Sizes and proofs that the rest of the expansion stands on.
fn constants(network: &Network<'_>) -> TokenStream {
    let constants = &network.program.constants;
    quote! { #(#[doc(hidden)] #[allow(dead_code)] #constants)* }
}

/// Checks that rustc makes without knowing const parameters. The others are part of the layer.
fn checks(network: &Network<'_>) -> TokenStream {
    let checks = &network.program.checks;
    let (name, scalar) = (network.name, network.scalar());
    // What else stands on the struct is the user's, and may change its layout.
    let layout = network.declaration.const_parameters.is_empty().then(|| {
        quote_spanned! {name.span()=> const _: () = ::static_net::__private::check::layout::<#scalar, #name>(); }
    });
    quote! { #(const _: () = #checks;)* #layout }
}
