//! The types of layers, from the facts that their rules give.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use static_net_rules::words::TypeArgument;
use static_net_rules::{Facts, Fill};

use super::super::Shape;
use super::super::infer::Inference;
use super::super::scope::{Read, Start};
use super::super::tokens::activation_type;
use super::PlacedLayer;
use super::found::Found;
use crate::ast::{Argument, Scalar, Value};
use crate::words::{LayerType, Omitted};

/// A number of a layer's type: which of its [`Facts`] it is, as a value and as an expression.
macro_rules! fact {
    ($found:expr, $($path:tt)*) => {
        $found.argument(|facts: &Facts| facts.$($path)*, &quote! { $($path)* })
    };
}

impl Found {
    /// A number as a const argument.
    fn argument(&self, value: impl Fn(&Facts) -> usize, path: &TokenStream) -> TokenStream {
        match self {
            Found::Numbers(facts) => {
                let number = Literal::usize_unsuffixed(value(facts));
                quote! { #number }
            }
            Found::Rustc(facts) => quote! { { #facts.facts.#path } },
            Found::Any(last) => last.clone(),
        }
    }
}

impl Inference<'_> {
    /// The type of a layer between these shapes.
    pub(super) fn layer_type(
        &self,
        placed: &PlacedLayer<'_>,
        input: &Shape,
        found: &Found,
    ) -> TokenStream {
        let named = |name: &str, arguments: &[TypeArgument]| {
            let layer = placed.layer(name);
            let argument =
                |argument: &TypeArgument| self.type_argument(placed, input, found, argument);
            match arguments {
                [] => layer,
                _ => {
                    let arguments = arguments.iter().filter_map(argument);
                    quote! { #layer<#(#arguments),*> }
                }
            }
        };
        let made = match placed.call.word.made {
            LayerType::WithOrWithout(name, with, _) if placed.argument(name).is_some() => *with,
            LayerType::WithOrWithout(_, _, without) => *without,
            made => made,
        };
        let layer = match made {
            LayerType::Named(name, arguments) => named(name, arguments),
            LayerType::Recurrent(cell, arguments) => {
                let scalar = self.declaration.scalar;
                let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
                self.recurrent(placed, &named(cell, arguments), &from, &to, found)
            }
            // They are written where their tables are known.
            LayerType::OfTokens | LayerType::OfWidth | LayerType::WithOrWithout(..) => {
                TokenStream::new()
            }
        };
        let layer = self.reading(layer);
        match found {
            Found::Rustc(found) => {
                // Located at the word, so that rustc shows it where a trait to be derived is missing.
                let site = Span::mixed_site().located_at(placed.place().start);
                quote_spanned! {site=> ::static_net::__private::stage::Checked<#layer, { #found.check }> }
            }
            Found::Numbers(_) | Found::Any(_) => layer,
        }
    }

    /// The layer where it reads other values.
    fn reading(&self, layer: TokenStream) -> TokenStream {
        if self.reads.is_empty() {
            return layer;
        }
        let count = Literal::usize_unsuffixed(self.reads.len());
        let places =
            self.reads.iter().flat_map(|Read { value: Start { level, index, .. }, .. }| {
                [*level, *index].map(Literal::usize_unsuffixed)
            });
        quote! { ::static_net::layer::Reading<#layer, #count #(, #places)*> }
    }

    /// An argument of a layer's type; `None` where it is left to its default.
    fn type_argument(
        &self,
        placed: &PlacedLayer<'_>,
        input: &Shape,
        found: &Found,
        argument: &TypeArgument,
    ) -> Option<TokenStream> {
        let scalar = self.declaration.scalar;
        let is_of_any = matches!(found, Found::Any(_));
        Some(match *argument {
            TypeArgument::Scalar => {
                let scalar = scalar.ident();
                quote! { #scalar }
            }
            TypeArgument::Input => input.type_tokens(scalar),
            TypeArgument::Output => self.shape.type_tokens(scalar),
            TypeArgument::InputSize(number) => axis(input, number, scalar),
            TypeArgument::OutputSize(number) => axis(&self.shape, number, scalar),
            TypeArgument::SizeOf(name, number) => {
                let slot = placed.call.word.argument(name);
                let read = self.reads.iter().find(|read| Some(read.slot) == slot)?;
                axis(&read.value.shape, number, scalar)
            }
            TypeArgument::Window => window(placed, found),
            TypeArgument::Padding(0) => fact!(found, window.padding[0]),
            TypeArgument::Padding(_) => fact!(found, window.padding[1]),
            TypeArgument::Weight(place) => weight(found, place),
            TypeArgument::Channels if is_of_any => axis(input, 0, scalar),
            TypeArgument::CountOrOne if is_of_any => quote! { 1 },
            TypeArgument::Channels | TypeArgument::Count | TypeArgument::CountOrOne => {
                fact!(found, count)
            }
            TypeArgument::Features => fact!(found, output.size(1)),
            TypeArgument::LastAxes if is_of_any => quote! { 1 },
            TypeArgument::LastAxes => weight(found, 0),
            TypeArgument::If(name, argument) if placed.is_word(name, "true") => {
                return self.type_argument(placed, input, found, argument);
            }
            TypeArgument::If(..) => quote! { 0 },
            TypeArgument::Bits(name) => self.number(placed, name),
            TypeArgument::Flag(name) => {
                let is_set = placed.is_word(name, "true");
                quote! { #is_set }
            }
            TypeArgument::Literal(number) => literal(number),
            TypeArgument::Listed(name, place) => {
                let list = match placed.argument(name).map(|argument| &argument.value) {
                    Some(Value::Sizes(dims)) => super::literals(dims).unwrap_or_default(),
                    _ => Vec::new(),
                };
                literal(list.get(place).copied().unwrap_or(place))
            }
            TypeArgument::Either(name, word, [first, second]) => {
                let (module, name) = if placed.is_word(name, word) { first } else { second };
                let [module, name] =
                    [module, name].map(|part| Ident::new(part, proc_macro2::Span::call_site()));
                quote! { ::static_net::#module::#name }
            }
            TypeArgument::Chosen(name, types) => {
                let is_chosen = |(word, _): &&(&str, &str)| placed.is_word(name, word);
                let (_, chosen) = types.iter().find(is_chosen)?;
                let chosen = Ident::new(chosen, proc_macro2::Span::call_site());
                quote! { ::static_net::layer::#chosen }
            }
            TypeArgument::Axis(name) => match placed.argument(name).map(|argument| &argument.value)
            {
                None => quote! { { ::static_net::activation::LAST_AXIS } },
                // Where rustc refuses it, nothing more is said of the type.
                Some(_) if matches!(found, Found::Rustc(_)) => weight(found, 0),
                Some(Value::Size(axis)) => axis.expression(),
                Some(_) => return None,
            },
            TypeArgument::Activation => {
                let activation = placed.activation?;
                activation_type(Some(activation))
            }
        })
    }

    fn recurrent(
        &self,
        placed: &PlacedLayer<'_>,
        kind: &TokenStream,
        from: &TokenStream,
        to: &TokenStream,
        found: &Found,
    ) -> TokenStream {
        let scalar = self.declaration.scalar.ident();
        let (rows, features) = (weight(found, 0), weight(found, 1));
        let hidden = fact!(found, count);
        let biases = match placed.is_word("bias", "true") {
            true => rows.clone(),
            false => quote! { 0 },
        };
        let cell = quote! {
            ::static_net::layer::RecurrentCell<#scalar, #kind, #features, #hidden, #rows, #biases>
        };
        match placed.is_word("bidirectional", "true") {
            true => quote! { ::static_net::layer::Bidirectional<#cell, #from, #to> },
            false => quote! { ::static_net::layer::Recurrent<#cell, #from, #to> },
        }
    }

    /// A number as a const argument: the bits of an `f64`.
    pub(super) fn number(&self, placed: &PlacedLayer<'_>, name: &str) -> TokenStream {
        let default = match (placed.call.word.default(name), self.declaration.scalar) {
            (Some(Omitted::Number(number)), _) => number,
            (Some(Omitted::Epsilon), Scalar::F32) => f64::from(f32::EPSILON),
            (Some(Omitted::Epsilon), Scalar::F64) => f64::EPSILON,
            (
                Some(
                    Omitted::Required(_)
                    | Omitted::Size(_)
                    | Omitted::Word(_)
                    | Omitted::Derived(_),
                ),
                _,
            )
            | (None, _) => 0.0,
        };
        let value = match placed.argument(name) {
            Some(Argument { value: Value::Number(number), .. }) => number.clone(),
            Some(_) | None => {
                let number = Literal::f64_unsuffixed(default);
                quote! { #number }
            }
        };
        quote! { { ::core::primitive::f64::to_bits(#value) } }
    }
}

/// A size of a shape as a const argument.
fn axis(shape: &Shape, axis: usize, scalar: Scalar) -> TokenStream {
    match shape {
        Shape::Dims(dims) => dims[axis].expression(),
        Shape::Computed(dims) => quote! { { #dims.size(#axis) } },
        Shape::Tokens { .. } | Shape::Behind(_) => {
            let sizes = shape.dims_expression(scalar);
            quote! { { #sizes[#axis] } }
        }
    }
}

/// `weight` of a layer's facts.
fn weight(found: &Found, place: usize) -> TokenStream {
    let number = Literal::usize_unsuffixed(place);
    found.argument(|facts| facts.weight[place], &quote! { weight[#number] })
}

fn literal(number: usize) -> TokenStream {
    let number = Literal::usize_unsuffixed(number);
    quote! { #number }
}

/// `static_net::layer::Window<..>`
fn window(placed: &PlacedLayer<'_>, found: &Found) -> TokenStream {
    let part = |name: &str, values: [TokenStream; 2]| {
        let name = Ident::new(name, proc_macro2::Span::mixed_site());
        let [height, width] = values;
        quote! { ::static_net::layer::#name<#height, #width> }
    };
    let kernel =
        part("KernelSize", [fact!(found, window.kernel[0]), fact!(found, window.kernel[1])]);
    let stride = part("Stride", [fact!(found, window.stride[0]), fact!(found, window.stride[1])]);
    let dilation =
        part("Dilation", [fact!(found, window.dilation[0]), fact!(found, window.dilation[1])]);
    let padding = match fill(placed) {
        Fill::Causal => quote! { ::static_net::layer::Causal },
        Fill::Padding | Fill::Same => {
            part("Padding", [fact!(found, window.padding[0]), fact!(found, window.padding[1])])
        }
    };
    quote! { ::static_net::layer::Window<#kernel, #stride, #padding, #dilation> }
}

fn fill(placed: &PlacedLayer<'_>) -> Fill {
    match () {
        () if placed.is_word("padding", "same") => Fill::Same,
        () if placed.is_word("padding", "causal") => Fill::Causal,
        () => Fill::Padding,
    }
}
