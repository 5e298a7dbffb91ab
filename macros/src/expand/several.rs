//! The structs of several inputs and outputs.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::network::Named;
use super::{Network, steps};
use crate::shape::{Shape, camel_case};

pub fn expand(network: &Network<'_>) -> TokenStream {
    let outputs = outputs(network);
    let inputs = inputs(network);
    quote! { #outputs #inputs }
}

/// The struct of several outputs.
fn outputs(network: &Network<'_>) -> Option<TokenStream> {
    let outputs = &network.program.outputs;
    let outputs = outputs.iter().map(|output| (&output.field, &output.shape));
    let parts = Parts::of(network, placed(network, outputs).into_iter());
    let documentation = format!(
        "What [`{0}`] gives, and the gradient with respect to it, from which [`{0}::backward`] starts: \
         {1}, one sample per column.",
        network.names.network,
        parts.names(),
    );
    let (all, scalar) = (network.len_argument(network.output()), network.scalar());
    (!parts.fields.is_empty()).then(|| {
        let names = &network.names.output;
        let name = &names.structure;
        let owned = parts.owned(network, names, &all, &documentation);
        let Parts { fields, types, lens, .. } = &parts;
        let outputs = network.program.outputs.iter();
        let shapes = outputs.map(|output| (&output.field, &output.shape));
        let named = named(network, "SeveralOutputs", "OUTPUTS", shapes);
        let [matrices, losses, targets] = ["Matrix", "Loss", "Targets"].map(|what| {
            let numbers = 1..=fields.len();
            numbers.map(|number| format_ident!("{what}{number}")).collect::<Vec<_>>()
        });
        let step = steps::may_stream(network).then(|| {
            quote_spanned! {network.span()=>
                ::static_net::__private::step_of_outputs! { #name #scalar; #(#fields: #types;)* }
            }
        });
        quote_spanned! {network.span()=>
            #owned

            #named

            #step

            ::static_net::__private::samples_of_parts! {
                outputs #name #scalar #all; #(#fields: #types #lens;)*
            }

            ::static_net::__private::loss_of_outputs! {
                #name #scalar #all; #(#fields #lens: #matrices #losses #targets;)*
            }
        }
    })
}

/// The struct of several inputs, and that of their gradients.
fn inputs(network: &Network<'_>) -> Option<TokenStream> {
    let inputs = &network.program.inputs;
    if inputs.is_empty() {
        return None;
    }
    let placed = placed(network, inputs.iter().map(|input| (&input.field, &input.shape)));
    let parts = Parts::of(network, placed.iter().cloned());
    let Named { structure: name, alias } = &network.names.input;
    let (visibility, scalar) = (&network.declaration.visibility, network.scalar());
    let all = network.len_argument(network.input);
    let Parts { fields, types, lens, texts, elements, vocabularies, .. } = &parts;
    let documentation = format!(
        "What [`{}`] takes: {}. Each is samples or a reference to them, as many of one as of the other.",
        network.names.network,
        parts.names(),
    );
    let gradients = format!(
        "The gradients with respect to the inputs of [`{}`]: {}, one sample per column.",
        network.names.network,
        parts.names(),
    );
    let check = parts.check_tokens(network, &placed);
    let step = steps::may_stream(network).then(|| {
        let lens = types.iter().map(|part| format_ident!("{part}_STEP"));
        quote_spanned! {network.span()=>
            ::static_net::__private::step_of_inputs! {
                #name #scalar; #(#fields: #types #elements #lens #vocabularies;)*
            }
        }
    });
    let shapes = inputs.iter().map(|input| (&input.field, &input.shape));
    let named = named(network, "SeveralInputs", "INPUTS", shapes);
    // There is no gradient of tokens.
    let is_number = |(_, shape, _): &Placed<'_>| !is_of_tokens(shape);
    let numbers = Parts::of(network, placed.into_iter().filter(is_number));
    let gradients = (!numbers.fields.is_empty())
        .then(|| numbers.owned(network, &network.names.input_gradient, &all, &gradients));
    Some(quote_spanned! {network.span()=>
        #[doc = #documentation]
        #[allow(dead_code)]
        #[derive(Clone, Copy)]
        #visibility struct #name<#(#types),*> {
            #(#[doc = #texts] pub #fields: #types,)*
        }

        #[doc = #documentation]
        #[allow(dead_code)]
        #visibility type #alias<#(#types),*> = #name<#(#types),*>;

        ::static_net::__private::samples_of_parts! {
            inputs #name #alias #scalar #all;
            #(#fields: #types #elements #lens #vocabularies;)*
        }

        #named

        #step

        #check

        #gradients
    })
}

/// What networks are told in which this one is a stage.
fn named<'a>(
    network: &Network<'_>,
    of: &str,
    all: &str,
    shapes: impl Iterator<Item = (&'a Ident, &'a Shape)>,
) -> TokenStream {
    let name = network.name;
    let (parameters, arguments) = (network.const_parameters(), network.const_arguments());
    let [of, all] = [of, all].map(|name| Ident::new(name, network.span()));
    let shapes = shapes.map(|(field, shape)| {
        shape.named_shape(&field.unraw().to_string(), network.declaration.scalar)
    });
    quote_spanned! {network.span()=>
        impl<#parameters> ::static_net::network::#of for #name<#arguments> {
            const #all: &'static [::static_net::network::NamedShape] = &[#(#shapes),*];
        }
    }
}

/// The type of what a pass over samples of type `Given` gives.
pub fn output(network: &Network<'_>) -> TokenStream {
    let (outputs, scalar) = (&network.program.outputs, network.scalar());
    let matrix = |shape: &Shape| {
        let len = network.len_argument(shape);
        quote_spanned! {network.span()=> <Given::Batch as ::static_net::Batch>::Matrix<#scalar, #len> }
    };
    if outputs.is_empty() {
        return matrix(network.output());
    }
    let name = &network.names.output.structure;
    let matrices = outputs.iter().map(|output| matrix(&output.shape));
    quote_spanned! {network.span()=> #name<#(#matrices),*> }
}

/// The type of the gradient with respect to the output, or to several, for a `BatchSize`.
pub fn gradient_of_output(network: &Network<'_>) -> TokenStream {
    let (outputs, scalar) = (&network.program.outputs, network.scalar());
    if outputs.is_empty() {
        return network.matrix(network.output());
    }
    let name = &network.names.output.structure;
    let lens = outputs.iter().map(|output| network.len_argument(&output.shape));
    quote_spanned! {network.span()=> #name<#(BatchSize::Matrix<#scalar, #lens>),*> }
}

/// The type of the gradient with respect to several inputs, for a `BatchSize`.
pub fn gradient_of_inputs(network: &Network<'_>) -> Option<TokenStream> {
    let inputs = &network.program.inputs;
    let (name, scalar) = (&network.names.input_gradient.structure, network.scalar());
    let numbers = inputs.iter().filter(|input| !is_of_tokens(&input.shape));
    let lens: Vec<_> = numbers.map(|input| network.len_argument(&input.shape)).collect();
    (!lens.is_empty())
        .then(|| quote_spanned! {network.span()=> #name<#(BatchSize::Matrix<#scalar, #lens>),*> })
}

/// One of several inputs or outputs: its field, its shape, and how many values are in front of it.
type Placed<'a> = (&'a Ident, &'a Shape, TokenStream);

/// Which stand one behind the other.
fn placed<'a>(
    network: &Network<'_>,
    parts: impl Iterator<Item = (&'a Ident, &'a Shape)>,
) -> Vec<Placed<'a>> {
    let place = |offset: &mut TokenStream, (field, shape): (&'a Ident, &'a Shape)| {
        let len = network.len(shape);
        let placed = (field, shape, quote! { { #offset } });
        *offset = quote! { #offset + #len };
        Some(placed)
    };
    parts.scan(quote! { 0 }, place).collect()
}

fn is_of_tokens(shape: &Shape) -> bool {
    matches!(shape, Shape::Tokens { .. })
}

/// What several inputs or outputs are called, and how many values each has.
struct Parts<'a> {
    fields: Vec<&'a Ident>,
    types: Vec<Ident>,
    lens: Vec<TokenStream>,
    texts: Vec<String>,
    /// Of what the samples of each are made.
    elements: Vec<Ident>,
    /// The sizes of the vocabularies of each: none of numbers.
    vocabularies: Vec<TokenStream>,
    /// How many values are in front of each.
    offsets: Vec<TokenStream>,
}

impl<'a> Parts<'a> {
    fn of(network: &Network<'_>, parts: impl Iterator<Item = Placed<'a>>) -> Self {
        let parts: Vec<Placed<'a>> = parts.collect();
        let fields: Vec<&Ident> = parts.iter().map(|(field, ..)| *field).collect();
        let shapes = || parts.iter().map(|(_, shape, _)| *shape);
        Parts {
            types: type_names(network, &fields),
            lens: shapes().map(|shape| network.len_argument(shape)).collect(),
            texts: shapes().map(|shape| format!("{} of each sample.", shape.text())).collect(),
            elements: shapes().map(|shape| shape.element(network.declaration.scalar)).collect(),
            vocabularies: shapes().map(Shape::vocabulary_sizes).collect(),
            offsets: parts.iter().map(|(_, _, offset)| offset.clone()).collect(),
            fields,
        }
    }

    /// The method that looks for tokens which are none of the vocabulary, where there are tokens.
    fn check_tokens(&self, network: &Network<'_>, placed: &[Placed<'_>]) -> Option<TokenStream> {
        let (name, types) = (&network.names.input.structure, &self.types);
        let of_tokens = types.iter().zip(placed).filter(|(_, (_, shape, _))| is_of_tokens(shape));
        let checks: Vec<_> = of_tokens
            .map(|(part, (field, shape, _))| {
                let (len, vocabularies) = (network.len_argument(shape), shape.vocabulary_sizes());
                let bound = quote! { #part: ::static_net::Samples<u32, #len> };
                let check = quote_spanned! {network.span()=>
                    ::static_net::__private::check_part::<#len, _>(&self.#field, &#vocabularies)?;
                };
                (bound, check)
            })
            .collect();
        let (bounds, checks): (Vec<_>, Vec<_>) = checks.into_iter().unzip();
        (!checks.is_empty()).then(|| {
            quote_spanned! {network.span()=>
                #[allow(dead_code)]
                impl<#(#types),*> #name<#(#types),*> {
                    /// Looks for tokens that are none of the vocabulary, on which the network cannot run.
                    ///
                    /// # Errors
                    /// If there is one.
                    pub fn check_tokens(
                        &self,
                    ) -> ::core::result::Result<(), ::static_net::shape::TokenOutOfRange>
                    where
                        #(#bounds,)*
                    {
                        #(#checks)*
                        ::core::result::Result::Ok(())
                    }
                }
            }
        })
    }

    /// As documentation names them.
    fn names(&self) -> String {
        let names = self.fields.iter().map(|field| format!("`{}`", field.unraw()));
        names.collect::<Vec<_>>().join(", ")
    }

    /// A struct of matrices.
    fn owned(
        &self,
        network: &Network<'_>,
        Named { structure: name, alias }: &Named,
        all: &TokenStream,
        documentation: &str,
    ) -> TokenStream {
        let Parts { fields, types, lens, texts, offsets, .. } = self;
        let (visibility, scalar) = (&network.declaration.visibility, network.scalar());
        quote_spanned! {network.span()=>
            #[doc = #documentation]
            #[allow(dead_code)]
            #[derive(Clone, Copy, PartialEq)]
            #visibility struct #name<#(#types),*> {
                #(#[doc = #texts] pub #fields: #types,)*
            }

            #[doc = #documentation]
            #[allow(dead_code)]
            #visibility type #alias<
                #(#types = <::static_net::nalgebra::Const<1> as ::static_net::Batch>::Matrix<#scalar, #lens>),*
            > = #name<#(#types),*>;

            ::static_net::__private::outputs_struct! {
                #name #alias #scalar #all; #(#fields: #types #lens #offsets;)*
            }
        }
    }
}

/// The type parameters of a struct with these fields: each has the name of its field, or another where that cannot be one.
fn type_names(network: &Network<'_>, fields: &[&Ident]) -> Vec<Ident> {
    let names = &network.names;
    let mut taken = [&names.input, &names.input_gradient, &names.output]
        .map(|name| name.alias.to_string())
        .to_vec();
    let name = |(index, field): (usize, &&Ident)| {
        let name = camel_case(field);
        let is_free = syn::parse_str::<Ident>(&name).is_ok() && !taken.contains(&name);
        let name = if is_free { name } else { format!("{name}Part{}", index + 1) };
        let name = if name.starts_with(char::is_alphabetic) { name } else { format!("Part{name}") };
        taken.push(name.clone());
        Ident::new(&name, Span::call_site())
    };
    fields.iter().enumerate().map(name).collect()
}
