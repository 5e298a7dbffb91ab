//! Which networks may take a sequence step by step, and the shapes of several inputs and outputs then.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Chain;
use super::network::{Named, Names};
use crate::shape::{Shape, TypedStage};
use crate::words::LayerKind;

/// Whether nothing is known that cannot stream: passes over whole sequences may go on from a state then.
pub fn may_stream(chain: &Chain<'_>) -> bool {
    let lacks = |stage: &TypedStage| stage.unstreamed.is_some();
    may_be_sequence(chain) && !chain.stages.iter().any(lacks)
}

/// Whether it is not seen at once that nothing is a sequence: an image is none, and no dense layer takes the numbers of
/// a vector one by one.
pub fn may_be_sequence(chain: &Chain<'_>) -> bool {
    let rank = |shape: &Shape| match shape {
        Shape::Dims(dims) => dims.len(),
        Shape::Tokens { .. } | Shape::Behind(_) | Shape::Computed(_) => 2,
    };
    let ranks: Vec<_> = match chain.inputs {
        [] => vec![rank(chain.input)],
        inputs => inputs.iter().map(|input| rank(&input.shape)).collect(),
    };
    match ranks.iter().max() {
        Some(1) => chain.stages.iter().all(|stage| stage.written.kind != LayerKind::Affine),
        rank => rank == Some(&2),
    }
}

/// The shape of several inputs together, where they may be taken step by step.
pub fn shape_of_inputs(chain: &Chain<'_>) -> Option<TokenStream> {
    if chain.inputs.is_empty() || !may_stream(chain) {
        return None;
    }
    let shapes: Vec<_> = chain.inputs.iter().map(|input| &input.shape).collect();
    let scalar = chain.declaration.scalar;
    Some(several(chain, &Names::of(chain.declaration).input, &shapes, chain.input, |shape, len| {
        let element = shape.element(scalar);
        quote! { [#element; #len] }
    }))
}

/// The shape of several outputs together, where they may be given step by step.
pub fn shape_of_outputs(chain: &Chain<'_>) -> Option<TokenStream> {
    if chain.outputs.is_empty() || !may_stream(chain) {
        return None;
    }
    let shapes: Vec<_> = chain.outputs.iter().map(|output| &output.shape).collect();
    let scalar = chain.scalar();
    Some(several(chain, &Names::of(chain.declaration).output, &shapes, chain.output(), |_, len| {
        quote! { ::static_net::nalgebra::SVector<#scalar, #len> }
    }))
}

/// Sequences one behind the other, of which a step is a struct with a part of each.
fn several(
    chain: &Chain<'_>,
    Named { structure: name, .. }: &Named,
    shapes: &[&Shape],
    whole: &Shape,
    part: impl Fn(&Shape, TokenStream) -> TokenStream,
) -> TokenStream {
    let whole = chain.len_argument(whole);
    let step = |time: &str| {
        let time = Ident::new(time, Span::mixed_site());
        let lens = shapes.iter().map(|shape| {
            let shape = chain.shape_type(&shape.of_numbers());
            quote! { ::static_net::layer::step_len::<#shape, ::static_net::layer::#time>() }
        });
        let lens: Vec<_> = lens.collect();
        let parts = shapes.iter().zip(&lens).map(|(shape, len)| part(shape, quote! { { #len } }));
        (quote! { #name<#(#parts),*> }, quote! { { #(#lens)+* } })
    };
    let [(row, row_len), (column, column_len)] = ["TimeFirst", "TimeLast"].map(step);
    quote_spanned! {chain.span()=>
        ::static_net::shape::Several<#row, #column, #whole, #row_len, #column_len>
    }
}
