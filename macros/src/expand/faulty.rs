//! A declaration with faults: its messages, and stand-ins that swallow every use of its names.
//!
//! The first message is the value of a const that the stand-in's type depends on. rustc then takes the
//! type as already reported and says nothing about methods, fields or traits that it lacks.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use crate::ast::{Declaration, StageKind};
use crate::diagnostic::{Faults, compile_error};
use crate::message::{help, message, settle};

/// Each message tells the route to its place, so that all of very many would take very long.
const MOST_MESSAGES: usize = 100;

pub fn expand(declaration: &Declaration, faults: &Faults) -> TokenStream {
    let Declaration { visibility, name, const_parameters, foreign_parameters, .. } = declaration;
    let with = |suffix: &str| format_ident!("{}{}", name, suffix, span = Span::call_site());
    let fault = format_ident!(
        "{}_FAULT",
        name.unraw().to_string().to_uppercase(),
        span = Span::call_site()
    );
    let stand_in = with("Faulty");
    let activations = with("Activations");
    let activations_stand_in = with("ActivationsFaulty");
    let inputs: Vec<_> = declaration.inputs.iter().map(|input| input.label.clone()).collect();
    let several =
        [("Input", &inputs), ("InputGradient", &inputs), ("Output", &outputs(declaration))]
            .map(|(suffix, fields)| parts(&with(suffix), fields, visibility));
    let faults = faults.iter().take(MOST_MESSAGES);
    let settled = settle(declaration);
    let (mut told, mut helped) = (Vec::new(), Vec::new());
    let mut messages = faults.map(|fault| {
        // The same mistake once more is told in one line, and what helps against several with the first.
        let kind = kind(&fault.what);
        if told.contains(&kind) {
            let what = fault.what.lines().next().unwrap_or_default();
            return compile_error(fault.place, what);
        }
        told.push(kind);
        let mut message = message(declaration, fault);
        let help = help(declaration, fault, &settled);
        if !helped.contains(&help) {
            message.push_str(&format!("\nhelp: {help}"));
            helped.push(help);
        }
        compile_error(fault.place, &message)
    });
    if declaration.is_repeated {
        // Stand-ins would only take the names of the other network once more.
        return quote! { #(#messages;)* };
    }
    let first = messages.next().expect("a faulty declaration has a fault");
    let others = messages.map(|message| quote! { #message; });
    let parameters = quote! { #(#foreign_parameters,)* #(const #const_parameters: usize,)* };
    let generics = quote! { #(#foreign_parameters,)* };
    quote_spanned! {Span::mixed_site()=>
        #[doc(hidden)]
        const #fault: ::core::primitive::usize = #first;
        #(#others)*
        #[doc(hidden)]
        #visibility struct #stand_in<Foreign, const FAULT: usize #(, const #const_parameters: usize)*>(
            ::core::marker::PhantomData<Foreign>,
        );
        #[doc(hidden)]
        #visibility struct #activations_stand_in<const FAULT: usize, BatchSize = ()>(
            ::core::marker::PhantomData<BatchSize>,
        );
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types, non_upper_case_globals)]
        #visibility type #name<#parameters> = #stand_in<(#generics), #fault #(, #const_parameters)*>;
        #[doc(hidden)]
        #[allow(dead_code)]
        #visibility type #activations<BatchSize = ()> = #activations_stand_in<#fault, BatchSize>;
        #(#several)*
    }
}

/// What the outputs are called, as far as that is known.
fn outputs(declaration: &Declaration) -> Vec<Ident> {
    let branches = declaration.outputs.iter().flat_map(|outputs| &outputs.branches);
    let labels = branches.filter_map(|branch| {
        branch.iter().rev().find_map(|stage| match &stage.kind {
            StageKind::Layer { label, .. } => label.clone(),
            StageKind::Reference(reference) => Some(reference.label.clone()),
            StageKind::Assertion(_) | StageKind::Faulty => None,
        })
    });
    labels.collect()
}

/// A stand-in for the struct of several inputs or outputs, whose fields may be anything.
fn parts(name: &Ident, fields: &[Ident], visibility: &syn::Visibility) -> Option<TokenStream> {
    let mut named: Vec<&Ident> = Vec::new();
    for field in fields {
        let is_name = syn::parse_str::<Ident>(&field.to_string()).is_ok();
        if is_name && named.iter().all(|other| other.unraw() != field.unraw()) {
            named.push(field);
        }
    }
    let fields = named;
    let types: Vec<_> = (0..fields.len()).map(|index| format_ident!("Part{index}")).collect();
    (!fields.is_empty()).then(|| {
        quote_spanned! {Span::mixed_site()=>
            #[doc(hidden)]
            #[allow(dead_code)]
            #visibility struct #name<#(#types = ()),*> { #(pub #fields: #types),* }
        }
    })
}

/// A message without its numbers and without what it quotes, shapes among that.
fn kind(what: &str) -> String {
    let first = what.lines().next().unwrap_or_default();
    let outside = first.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let mut depth = 0;
    let is_kept = |c: &char| {
        depth += i32::from(*c == '[') - i32::from(*c == ']');
        depth == 0 && !c.is_ascii_digit()
    };
    outside.chars().filter(is_kept).collect()
}
