//! A declaration with faults: its messages, and stand-ins that swallow every use of its names.
//!
//! The first message is the value of a const that the stand-in's type depends on. rustc then takes the
//! type as already reported and says nothing about methods, fields or traits that it lacks.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::ast::Declaration;
use crate::diagnostic::{Fault, Help, compile_error};

pub fn expand(declaration: Declaration) -> TokenStream {
    let Declaration { visibility, name, const_parameters, .. } = &declaration;
    let with = |suffix: &str| format_ident!("{}{}", name, suffix, span = Span::call_site());
    let fault =
        format_ident!("{}_FAULT", name.to_string().to_uppercase(), span = Span::call_site());
    let stand_in = with("Faulty");
    let activations = with("Activations");
    let activations_stand_in = with("ActivationsFaulty");
    let route = Route::of(&declaration);
    let visibility = visibility.clone();
    let name = name.clone();
    let const_parameters = const_parameters.clone();
    let mut messages = declaration
        .faults
        .into_iter()
        .map(|fault| compile_error(fault.place, &route.message(&fault)));
    let first = messages.next().expect("a faulty declaration has a fault");
    let others = messages.map(|message| quote! { #message; });
    quote_spanned! {Span::mixed_site()=>
        #[doc(hidden)]
        #[allow(non_upper_case_globals)]
        const #fault: usize = #first;
        #(#others)*
        #[doc(hidden)]
        #visibility struct #stand_in<const FAULT: usize #(, const #const_parameters: usize)*>;
        #[doc(hidden)]
        #visibility struct #activations_stand_in<const FAULT: usize, BatchKind = ()>(::core::marker::PhantomData<BatchKind>);
        #[doc(hidden)]
        #[allow(dead_code)]
        #visibility type #name<#(const #const_parameters: usize),*> = #stand_in<#fault #(, #const_parameters)*>;
        #[doc(hidden)]
        #[allow(dead_code)]
        #visibility type #activations<BatchKind = ()> = #activations_stand_in<#fault, BatchKind>;
    }
}

/// What is needed of a declaration to write its messages.
struct Route {
    segments: Vec<String>,
    parameters: String,
}

impl Route {
    fn of(declaration: &Declaration) -> Self {
        Route {
            segments: declaration.segments.clone(),
            parameters: declaration.parameter_text.clone(),
        }
    }

    /// What is wrong, how the shape came to be up to there, and what would compile.
    fn message(&self, fault: &Fault) -> String {
        let mut message = fault.what.clone();
        if let Some(segment) = fault.segment.filter(|&segment| segment > 0) {
            let end = (segment + 1).min(self.segments.len());
            message.push_str(&format!("\nroute: {}", self.segments[..end].join(" => ")));
        }
        let help = match &fault.help {
            Help::Text(text) => text.clone(),
            Help::Segments(segments) if segments.is_empty() => self.declaration(&self.segments),
            Help::Segments(segments) => self.declaration(segments),
            Help::Segment(segment, mended) => {
                let mut segments = self.segments.clone();
                segments[*segment].clone_from(mended);
                self.declaration(&segments)
            }
        };
        message.push_str(&format!("\nhelp: {help}"));
        message
    }

    fn declaration(&self, segments: &[String]) -> String {
        let separator = if self.parameters.is_empty() { "" } else { " " };
        format!("< {}{separator}{} >", self.parameters, segments.join(" => "))
    }
}
