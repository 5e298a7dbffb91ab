//! What each part of an expansion is written from.

use std::ops::Deref;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use static_net_rules::size::LARGE_SAMPLE;

use crate::ast::Declaration;
use crate::parse::mentioned;
use crate::shape::{Given, Output, Part, Program, Referenced, Shape, TypedStage};

/// Stages that follow one another and become a struct: a network, or the stages inside a composition.
#[derive(Clone, Copy)]
pub(super) struct Chain<'a> {
    pub(super) declaration: &'a Declaration,
    pub(super) name: &'a Ident,
    pub(super) input: &'a Shape,
    pub(super) stages: &'a [TypedStage],
    /// The inputs, of a network with several.
    pub(super) inputs: &'a [Part],
    /// The outputs, of a network with several.
    pub(super) outputs: &'a [Output],
    /// The values that stages refer to.
    pub(super) references: &'a [Referenced],
    /// In how many compositions the stages stand.
    pub(super) level: usize,
    /// The values that stages further out refer to.
    pub(super) given: &'a [Given],
    /// The stages inside of which there are such values.
    pub(super) passes: &'a [Ident],
    /// Checks that depend on the network's const parameters.
    pub(super) checks: &'a [TokenStream],
}

impl Chain<'_> {
    pub(super) fn scalar(&self) -> Ident {
        self.declaration.scalar.ident()
    }

    /// Where generated code stands that no token of the user's stands for: at the name, so that notes of
    /// rustc show one word and not the whole macro call.
    pub(super) fn span(&self) -> Span {
        Span::mixed_site().located_at(self.declaration.name.span())
    }

    /// What goes in is made of it.
    pub(super) fn element(&self) -> Ident {
        self.input.element(self.declaration.scalar)
    }

    pub(super) fn is_of_tokens(&self) -> bool {
        matches!(self.input, Shape::Tokens { .. })
    }

    /// The stages that have parameters of their own, be it none.
    pub(super) fn owned(&self) -> impl Iterator<Item = &TypedStage> {
        self.stages.iter().filter(|stage| stage.shares.is_none())
    }

    pub(super) fn output(&self) -> &Shape {
        &self.stages.last().expect("a network has a stage").output
    }

    /// `const H: usize,` for each const parameter.
    pub(super) fn const_parameters(&self) -> TokenStream {
        let names = &self.declaration.const_parameters;
        quote_spanned! {self.span()=> #(const #names: usize,)* }
    }

    /// `H,` for each const parameter.
    pub(super) fn const_arguments(&self) -> TokenStream {
        let names = &self.declaration.const_parameters;
        quote! { #(#names,)* }
    }

    pub(super) fn len(&self, shape: &Shape) -> TokenStream {
        shape.len_expression(self.declaration.scalar)
    }

    pub(super) fn len_argument(&self, shape: &Shape) -> TokenStream {
        shape.len_argument(self.declaration.scalar)
    }

    /// The type of a matrix that a step of training gives, on the heap where its samples are large. Of consts rustc says so;
    /// of const parameters stable Rust cannot.
    pub(super) fn matrix(&self, shape: &Shape) -> TokenStream {
        let (element, len) = (shape.element(self.declaration.scalar), self.len_argument(shape));
        let values = self.len(shape);
        let is_generic = mentioned(values.clone(), &self.declaration.const_parameters).is_some();
        let batch = match values.to_string().parse::<usize>() {
            Ok(values) if values > LARGE_SAMPLE / self.declaration.scalar.bytes() => {
                quote! { <BatchSize::OnHeap as ::static_net::Batch> }
            }
            Err(_) if !is_generic => {
                let is_large = quote_spanned! {self.span()=> ::static_net::__private::is_large::<#element>(#values) };
                quote! {
                    <<BatchSize as ::static_net::__private::KeptBatch<{ #is_large }>>::Kept as ::static_net::Batch>
                }
            }
            Ok(_) | Err(_) => quote! { BatchSize },
        };
        quote_spanned! {self.span()=> #batch::Matrix<#element, #len> }
    }

    pub(super) fn shape_type(&self, shape: &Shape) -> TokenStream {
        shape.type_tokens(self.declaration.scalar)
    }
}

/// What every part of a network's expansion is written from.
pub(super) struct Network<'a> {
    pub(super) chain: Chain<'a>,
    pub(super) program: &'a Program,
    pub(super) names: &'a Names,
}

impl Network<'_> {
    /// The field of activations that holds the output: of several, all of them, which is none of the user's. Else a loss would
    /// take it for one.
    pub(super) fn kept_output(&self) -> Ident {
        let name = if self.program.outputs.is_empty() { "output" } else { "__together" };
        Ident::new(name, Span::call_site())
    }
}

impl<'a> Deref for Network<'a> {
    type Target = Chain<'a>;

    fn deref(&self) -> &Chain<'a> {
        &self.chain
    }
}

/// The names that a network brings into its module.
pub(super) struct Names {
    pub(super) network: Ident,
    pub(super) activations: Named,
    pub(super) last_stage: Ident,
    /// The struct of several outputs.
    pub(super) output: Named,
    /// The struct of several inputs, and that of their gradients.
    pub(super) input: Named,
    pub(super) input_gradient: Named,
}

/// A struct beside a network, and the name that users know it by.
///
/// All else that is written names the struct and not its alias. So a type of the user's that has the alias's name is told
/// as that, and not taken for the struct wherever it is used.
pub(super) struct Named {
    pub(super) structure: Ident,
    pub(super) alias: Ident,
}

impl Names {
    pub(super) fn of(declaration: &Declaration) -> Self {
        let network = declaration.name.clone();
        let of = |what: &str| format_ident!("{}Of{}", what, network, span = Span::call_site());
        let named = |what: &str| Named {
            structure: of(what),
            alias: format_ident!("{}{}", network, what, span = network.span()),
        };
        Names {
            activations: named("Activations"),
            last_stage: of("LastStage"),
            output: named("Output"),
            input: named("Input"),
            input_gradient: named("InputGradient"),
            network,
        }
    }
}
