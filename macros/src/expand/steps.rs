//! Which networks may take a sequence step by step, and the shape of several outputs then.

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
    match chain.input {
        Shape::Dims(dims) if dims.len() == 1 => {
            chain.stages.iter().all(|stage| stage.written.kind != LayerKind::Affine)
        }
        Shape::Dims(dims) => dims.len() == 2,
        Shape::Tokens { .. } | Shape::Behind(_) | Shape::Computed(_) => true,
    }
}

/// The shape of several outputs together, where they may be given step by step.
pub fn shape_of_outputs(chain: &Chain<'_>) -> Option<TokenStream> {
    if chain.outputs.is_empty() || !may_stream(chain) {
        return None;
    }
    let Named { structure: name, .. } = Names::of(chain.declaration).output;
    let shapes: Vec<_> =
        chain.outputs.iter().map(|output| chain.shape_type(&output.shape)).collect();
    let whole = chain.len_argument(chain.output());
    let step = |time: &str| {
        let time = Ident::new(time, Span::mixed_site());
        let len = |shape| quote! { ::static_net::layer::step_len::<#shape, ::static_net::layer::#time>() };
        let lens: Vec<_> = shapes.iter().map(len).collect();
        let scalar = chain.scalar();
        let given = quote! { #name<#(::static_net::nalgebra::SVector<#scalar, { #lens }>),*> };
        (given, quote! { { #(#lens)+* } })
    };
    let [(row, row_len), (column, column_len)] = ["TimeFirst", "TimeLast"].map(step);
    Some(quote_spanned! {chain.span()=>
        ::static_net::shape::Several<#row, #column, #whole, #row_len, #column_len>
    })
}
