//! The types of layers, from the facts that their rules give.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use static_net_rules::{Facts, Fill};

use super::super::Shape;
use super::super::infer::Inference;
use super::super::tokens::activation_type;
use super::PlacedLayer;
use super::found::Found;
use crate::ast::{Argument, Scalar, Value};
use crate::words::{Omitted, Rule};

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
            Found::Rustc(facts) => quote! { { #facts.#path } },
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
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let name = scalar.ident();
        let eps = || self.number(placed, "eps");
        let of_shapes = |word: &str| {
            let layer = placed.layer(word);
            quote! { #layer<#from, #to> }
        };
        match placed.call.word.rule {
            Rule::Conv | Rule::Depthwise => self.convolution(placed, "Conv", &from, &to, found),
            Rule::ConvTranspose => self.convolution(placed, "ConvTranspose", &from, &to, found),
            Rule::MaxPool => {
                let (layer, window) = (placed.layer("MaxPool"), window(placed, found));
                quote! { #layer<#from, #to, #window> }
            }
            Rule::AvgPool => {
                let (layer, window) = (placed.layer("AvgPool"), window(placed, found));
                let counts = placed.is_word("count_include_pad", "true");
                quote! { #layer<#from, #to, #window, #counts> }
            }
            Rule::GlobalAvgPool => of_shapes("GlobalAvgPool"),
            Rule::GlobalMaxPool => of_shapes("GlobalMaxPool"),
            Rule::AdaptiveAvgPool => of_shapes("AdaptiveAvgPool"),
            Rule::Upsample => {
                let layer = placed.layer("Upsample");
                let mode = match placed.is_word("mode", "nearest") {
                    true => quote! { ::static_net::layer::Nearest },
                    false => quote! { ::static_net::layer::Bilinear },
                };
                quote! { #layer<#from, #to, #mode> }
            }
            Rule::Flatten | Rule::Reshape => of_shapes("Reshape"),
            Rule::Transpose => permute(placed, &from, &to, &[1, 0]),
            Rule::Permute => {
                let axes = match placed.argument("axes").map(|argument| &argument.value) {
                    Some(Value::Sizes(dims)) => super::literals(dims).unwrap_or_default(),
                    _ => Vec::new(),
                };
                permute(placed, &from, &to, &axes)
            }
            Rule::BatchNorm => {
                let channels = match found {
                    Found::Any(_) => axis(input, 0, scalar),
                    Found::Numbers(_) | Found::Rustc(_) => fact!(found, count),
                };
                let (layer, eps) = (placed.layer("BatchNorm"), eps());
                let momentum = self.number(placed, "momentum");
                quote! { #layer<#name, #from, #channels, #eps, #momentum> }
            }
            Rule::LayerNorm => self.over_last_axes(placed, "LayerNorm", &from, found),
            Rule::RmsNorm => self.over_last_axes(placed, "RmsNorm", &from, found),
            Rule::GroupNorm => {
                let (layer, eps) = (placed.layer("GroupNorm"), eps());
                let (channels, groups) = (axis(input, 0, scalar), fact!(found, count));
                quote! { #layer<#name, #from, #channels, #groups, #eps> }
            }
            Rule::InstanceNorm => {
                let (layer, eps, channels) =
                    (placed.layer("InstanceNorm"), eps(), fact!(found, count));
                let affine = match placed.is_word("affine", "true") {
                    true => channels.clone(),
                    false => quote! { 0 },
                };
                quote! { #layer<#name, #from, #channels, #affine, #eps> }
            }
            Rule::Dropout => {
                let (layer, p) = (placed.layer("Dropout"), self.number(placed, "p"));
                quote! { #layer<#from, #p> }
            }
            Rule::Rnn => {
                let cell = placed.layer("Rnn");
                let nonlinearity = match placed.is_word("nonlinearity", "relu") {
                    true => quote! { ::static_net::activation::relu },
                    false => quote! { ::static_net::activation::tanh },
                };
                self.recurrent(placed, &quote! { #cell<#nonlinearity> }, &from, &to, found)
            }
            Rule::Lstm => self.recurrent(placed, &placed.layer("Lstm"), &from, &to, found),
            Rule::Gru => self.recurrent(placed, &placed.layer("Gru"), &from, &to, found),
            Rule::TakeLast => of_shapes("TakeLast"),
            Rule::MeanOverTime => of_shapes("MeanOverTime"),
            Rule::Attention => self.self_attention(placed, found),
            Rule::Position => {
                let layer = placed.layer("Position");
                let [length, features] = self.length_and_features();
                let table = fact!(found, count);
                quote! { #layer<#name, #length, #features, #table> }
            }
            Rule::Sinusoidal => {
                let layer = placed.layer("Sinusoidal");
                let [length, _] = self.length_and_features();
                let features = fact!(found, output.size(1));
                quote! { #layer<#length, #features> }
            }
            // Those of tokens are written where their tables are known.
            Rule::Tokens | Rule::Embedding | Rule::Tied => TokenStream::new(),
        }
    }

    fn convolution(
        &self,
        placed: &PlacedLayer<'_>,
        name: &str,
        from: &TokenStream,
        to: &TokenStream,
        found: &Found,
    ) -> TokenStream {
        let scalar = self.declaration.scalar.ident();
        let (layer, window) = (placed.layer(name), window(placed, found));
        let (outer, inner) = (fact!(found, weight[0]), fact!(found, weight[1]));
        let bias = match placed.is_word("bias", "true") {
            true => fact!(found, count),
            false => quote! { 0 },
        };
        let activation = placed.activation.map(|activation| {
            let activation = activation_type(Some(activation));
            quote! { , #activation }
        });
        quote! { #layer<#scalar, #from, #to, #window, #outer, #inner, #bias #activation> }
    }

    fn over_last_axes(
        &self,
        placed: &PlacedLayer<'_>,
        name: &str,
        shape: &TokenStream,
        found: &Found,
    ) -> TokenStream {
        let scalar = self.declaration.scalar.ident();
        let (layer, eps, values) =
            (placed.layer(name), self.number(placed, "eps"), fact!(found, count));
        let axes = match found {
            Found::Any(_) => quote! { 1 },
            Found::Numbers(_) | Found::Rustc(_) => fact!(found, weight[0]),
        };
        quote! { #layer<#scalar, #shape, #values, #eps, #axes> }
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
        let (rows, features) = (fact!(found, weight[0]), fact!(found, weight[1]));
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

    fn self_attention(&self, placed: &PlacedLayer<'_>, found: &Found) -> TokenStream {
        let scalar = self.declaration.scalar.ident();
        let [length, features] = self.length_and_features();
        let (heads, projected) = (fact!(found, count), fact!(found, weight[0]));
        let [bias, out_bias] = match placed.is_word("bias", "true") {
            true => [projected.clone(), features.clone()],
            false => [quote! { 0 }, quote! { 0 }],
        };
        let is_causal = placed.is_word("causal", "true");
        let is_rotary = placed.is_word("rotary", "true");
        let dropout = self.number(placed, "dropout");
        let layer = placed.layer("Attention");
        quote! {
            #layer<#scalar, #length, #features, #heads, #projected, #bias, #out_bias, #is_causal, #is_rotary, #dropout>
        }
    }

    /// Length and features of a sequence as const arguments.
    fn length_and_features(&self) -> [TokenStream; 2] {
        [0, 1].map(|number| axis(&self.shape, number, self.declaration.scalar))
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
        Shape::Tokens { .. } | Shape::Behind(_) | Shape::Computed(_) => {
            let sizes = shape.dims_expression(scalar);
            quote! { { #sizes[#axis] } }
        }
    }
}

fn permute(
    placed: &PlacedLayer<'_>,
    from: &TokenStream,
    to: &TokenStream,
    axes: &[usize],
) -> TokenStream {
    let number = |axis: usize| Literal::usize_unsuffixed(axes.get(axis).copied().unwrap_or(axis));
    let (first, second, third) = (number(0), number(1), number(2));
    let layer = placed.layer("Permute");
    quote! { #layer<#from, #to, #first, #second, #third> }
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
