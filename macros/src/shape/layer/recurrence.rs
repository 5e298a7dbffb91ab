//! Layers along sequences `[length, features]`: `rnn`, `lstm`, `gru`, `take_last`, `mean_over_time`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::Shape;
use super::super::infer::Inference;
use super::{Given, Mend, Site, literals};
use crate::ast::Dim;
use crate::diagnostic::spanned_call;

impl Inference<'_> {
    pub(super) fn recurrence(&mut self, site: &Site<'_>) -> TokenStream {
        match site.word() {
            "take_last" => self.one_step(site, "TakeLast"),
            "mean_over_time" => self.one_step(site, "MeanOverTime"),
            _ => self.recurrent(site),
        }
    }

    /// A layer that makes one vector of features of a sequence.
    fn one_step(&mut self, site: &Site<'_>, name: &str) -> TokenStream {
        let input = self.shape.clone();
        match self.given(site) {
            Given::Faulty => return quote! { () },
            Given::Sizes(sizes) => {
                let Some([_, features]) = self.sequence_sizes(site, &sizes, 1) else {
                    return quote! { () };
                };
                self.shape = Shape::Dims(vec![Dim::Literal(features, site.call.name.span())]);
            }
            Given::Rustc(gives) => {
                self.shape = match &input {
                    Shape::Dims(dims) if dims.len() == 2 => Shape::Dims(vec![dims[1].clone()]),
                    _ => {
                        let sequence = self.checked_sequence(site, &gives, &quote! { 1 });
                        let value = spanned_call(site.place(), "features", &sequence);
                        self.computed_shape(site, &value)
                    }
                };
            }
        }
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let layer = site.layer(name);
        quote! { #layer<#from, #to> }
    }

    fn recurrent(&mut self, site: &Site<'_>) -> TokenStream {
        let input = self.shape.clone();
        let hidden = self.amount(site, "hidden", 1);
        let found = match (self.given(site), literals(std::slice::from_ref(&hidden))) {
            (Given::Faulty, _) => None,
            (Given::Sizes(sizes), Some(hidden)) => {
                self.literal_recurrent(site, &sizes, hidden[0] as u128)
            }
            _ => {
                let gives = input.dims_expression(self.declaration.scalar);
                Some(self.checked_recurrent(site, &gives, &hidden))
            }
        };
        let Some(Sizes { features, hidden, rows }) = found else { return quote! { () } };
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let scalar = scalar.ident();
        let kind = match site.word() {
            "lstm" => site.layer("Lstm"),
            "gru" => site.layer("Gru"),
            _ => {
                let kind = site.layer("Rnn");
                match site.is_word("nonlinearity", "relu", false) {
                    true => quote! { #kind<::static_net::activation::relu> },
                    false => quote! { #kind<::static_net::activation::tanh> },
                }
            }
        };
        let biases = if site.is_word("bias", "true", true) {
            rows.clone()
        } else {
            quote! { 0 }
        };
        let cell = quote! {
            ::static_net::layer::RecurrentCell<#scalar, #kind, #features, #hidden, #rows, #biases>
        };
        match is_bidirectional(site) {
            true => quote! { ::static_net::layer::Bidirectional<#cell, #from, #to> },
            false => quote! { ::static_net::layer::Recurrent<#cell, #from, #to> },
        }
    }

    fn literal_recurrent(
        &mut self,
        site: &Site<'_>,
        sizes: &[usize],
        hidden: u128,
    ) -> Option<Sizes> {
        let [length, features] = self.sequence_sizes(site, sizes, 1)?;
        let fewer = || Mend::Arguments(vec![("hidden", Some("64".to_owned()))]);
        let rows = gates(site) as u128 * hidden;
        let weights = rows.checked_mul(features as u128 + hidden);
        let bytes =
            weights.and_then(|count| count.checked_mul(self.declaration.scalar.bytes() as u128));
        if bytes.is_none_or(|bytes| bytes > isize::MAX as u128) {
            let what = format!(
                "{rows} x {} weights are more than a machine can address",
                features as u128 + hidden
            );
            self.refuse(site, site.place_of("hidden"), what, fewer());
            return None;
        }
        let width = if is_bidirectional(site) { 2 * hidden } else { hidden };
        let output = match site.is_word("last", "true", false) {
            true => vec![width],
            false => vec![length as u128, width],
        };
        self.shape = self.output(site, &output, "hidden", fewer())?;
        let number = |number: u128| {
            let literal = proc_macro2::Literal::usize_unsuffixed(number as usize);
            quote! { #literal }
        };
        Some(Sizes {
            features: number(features as u128),
            hidden: number(hidden),
            rows: number(rows),
        })
    }

    /// The same, where only rustc knows the sizes.
    fn checked_recurrent(&mut self, site: &Site<'_>, gives: &TokenStream, hidden: &Dim) -> Sizes {
        let sequence = self.checked_sequence(site, gives, &quote! { 1 });
        let (size, written) = (hidden.expression(), hidden.text());
        let gates = gates(site);
        let directions = if is_bidirectional(site) { 2usize } else { 1 };
        let is_last = site.is_word("last", "true", false);
        let bytes = self.declaration.scalar.bytes();
        let arguments =
            quote! { #sequence, (#size, #written), #gates, #directions, #is_last, #bytes };
        let value = spanned_call(site.place_of("hidden"), "recurrent", &arguments);
        let recurred = self.computed(site, "LAYER", "Recurred", &value);
        self.shape = match &self.shape {
            Shape::Dims(dims) if dims.len() == 2 => {
                let (text, axis) = match directions {
                    1 => (written, usize::from(!is_last)),
                    _ => (format!("{{ 2 * {written} }}"), usize::from(!is_last)),
                };
                let width = match hidden {
                    Dim::Literal(hidden, span) if *hidden <= usize::MAX / 2 => {
                        Dim::Literal(directions * hidden, *span)
                    }
                    _ => Dim::Constant {
                        expression: quote! { { #recurred.output.size(#axis) } },
                        text,
                        place: site.place_of("hidden"),
                    },
                };
                let length = (!is_last).then(|| dims[0].clone());
                Shape::Dims(length.into_iter().chain([width]).collect())
            }
            _ => self.computed_shape(site, &quote! { #recurred.output }),
        };
        Sizes {
            features: quote! { { #recurred.features } },
            hidden: quote! { { #recurred.hidden } },
            rows: quote! { { #recurred.rows } },
        }
    }
}

/// Sizes of a recurrent layer, as const arguments.
struct Sizes {
    features: TokenStream,
    hidden: TokenStream,
    rows: TokenStream,
}

fn is_bidirectional(site: &Site<'_>) -> bool {
    site.is_word("bidirectional", "true", false)
}

/// How many rows of weights each hidden unit has.
fn gates(site: &Site<'_>) -> usize {
    match site.word() {
        "lstm" => 4,
        "gru" => 3,
        _ => 1,
    }
}
