//! The shape behind each stage, and whether it fits.

mod activation;
mod along;
mod branches;
mod check;
mod checked;
mod composition;
mod faulty;
mod infer;
mod inner;
mod inputs;
mod layer;
mod level;
mod limits;
mod named_type;
mod names;
mod operation;
mod outputs;
mod reach;
mod reference;
mod route;
mod scope;
mod streaming;
mod tokens;
mod turns;
mod unread;
mod unshaped;
mod within;
mod written;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

pub use branches::wide_branches;
pub use infer::{camel_case, infer};
pub use level::Naming;
pub use streaming::{Along, GoesAlong, TAKES_EACH_STEP};
pub use written::{Inside, Written};

use crate::ast::{Dim, Scalar, TensorName};
use crate::diagnostic::Place;
use crate::parse::path_text;

/// The shape of a sample at some point of a network.
#[derive(Clone)]
pub enum Shape {
    /// Sizes that the declaration gives.
    Dims(Vec<Dim>),
    /// So many tokens, of one vocabulary or of one for each place, and which of them stands where there is none.
    Tokens { length: Dim, vocabularies: Vec<Dim>, padding: Option<Dim> },
    /// What comes out of a network or layer of this type.
    Behind(TokenStream),
    /// What a const of the expansion says, a `static_net::__private::Dims`: sizes that only rustc can compute.
    Computed(Ident),
}

/// A network whose shapes are all known, to the macro or to rustc.
pub struct Program {
    pub input: Shape,
    pub stages: Vec<TypedStage>,
    /// The inputs, where there are several: the first stages.
    pub inputs: Vec<Part>,
    /// The values that stages refer to.
    pub references: Vec<Referenced>,
    /// The outputs, where there are several.
    pub outputs: Vec<Output>,
    /// Stages that stand together inside a composition and become a struct of their own.
    pub blocks: Vec<Block>,
    /// How many layers stand side by side where they are more than the library has a type for.
    pub wide_branches: BTreeSet<usize>,
    /// Items that what follows stands on. None of them fails where something does not fit, which is told by `checks`:
    /// rustc would note each place that names it. They are zeros then, of which nothing more is said.
    pub constants: Vec<TokenStream>,
    /// Checks that only rustc can make and that need no const parameter: one expression each.
    pub checks: Vec<TokenStream>,
    /// Those that depend on the network's const parameters.
    pub generic_checks: Vec<TokenStream>,
}

/// Stages inside a composition: `relu 32 => 32` of `residual(relu 32 => 32)`.
pub struct Block {
    /// The struct that they become.
    pub name: Ident,
    /// What the user wrote.
    pub text: String,
    pub input: Shape,
    pub stages: Vec<TypedStage>,
    /// The values that stages refer to.
    pub references: Vec<Referenced>,
    /// In how many compositions they stand.
    pub level: usize,
    /// The values that stages further out refer to.
    pub given: Vec<Given>,
    /// The stages inside of which there are such values.
    pub passes: Vec<Ident>,
    /// Whether they are one layer, whose fields and methods are theirs too.
    pub is_its_stage: bool,
}

/// One of several inputs.
pub struct Part {
    pub field: Ident,
    pub shape: Shape,
    pub place: Place,
}

/// One of several outputs.
pub struct Output {
    /// The stage that gives it.
    pub field: Ident,
    pub shape: Shape,
    /// Which of the values that are referred to it is.
    pub index: usize,
    pub place: Place,
}

/// A value that more than the next stage reads.
pub struct Referenced {
    /// The stage that gives it, or `input`.
    pub field: Ident,
    pub shape: Shape,
    pub is_input: bool,
    /// The stage inside of which it is given, where that is not the stage that gives it.
    pub inside: Option<Ident>,
}

/// A value that a stage gives to stages further out.
pub struct Given {
    /// The stage that gives it.
    pub field: Ident,
    /// In how many compositions those stand that refer to it.
    pub level: usize,
    /// Which of the values that they refer to it is, in the first turn.
    pub index: usize,
}

/// One stage that has a place among the representations.
pub struct TypedStage {
    /// The field: the label, or `stage` and the position.
    pub field: Ident,
    /// Which turn of a repetition over a list it is, by which it is called then.
    pub number: Option<usize>,
    pub is_labelled: bool,
    /// Whether it takes a value out of others, which no user has written as a stage.
    pub is_hidden: bool,
    /// What its tensors are called, where that is not the field.
    pub tensors: Option<TensorName>,
    /// What the user wrote.
    pub text: String,
    /// Which names stand in front of those of its tensors.
    pub naming: Naming,
    /// The same, as summaries and diagrams show it.
    pub written: Written,
    /// The type of the layer.
    pub layer: TokenStream,
    /// The field whose parameters it shares, where it has none of its own.
    pub shares: Option<Shared>,
    /// The width or the type.
    pub place: Place,
    pub output: Shape,
    /// Which of the values that are referred to it goes on from, where that is not the one in front of it.
    pub goes_on_from: Option<usize>,
    pub refers: Refers,
    /// Why it cannot stream, where that is known.
    pub unstreamed: Option<(&'static str, Place)>,
    /// What goes along an axis in it.
    pub along: Vec<Along>,
    /// Whether a stage that streams has time along the same axis behind it as in front of it.
    pub keeps_time: bool,
}

/// What stages inside a stage refer to.
#[derive(Default)]
pub struct Refers {
    /// Values of the chain that the stage is part of: which of those that are referred to.
    pub to: Vec<usize>,
    /// Whether they refer to values around that.
    pub outside: bool,
}

/// Parameters of another stage, seen as a layer of their own.
pub struct Shared {
    /// The stage.
    pub field: Ident,
    /// At how many steps the layer stands, where it stands at each step of a sequence.
    pub steps: Option<TokenStream>,
}

impl TypedStage {
    /// The layer in a network `of` which it is a stage.
    pub fn borrowed(&self, of: &TokenStream) -> TokenStream {
        let Some(Shared { field, steps }) = &self.shares else {
            let field = &self.field;
            return quote! { &#of.#field };
        };
        match steps {
            None => quote! { #of.#field.tied() },
            Some(steps) => {
                quote! { ::static_net::layer::TimeDistributed::<_, #steps>::of(#of.#field.tied()) }
            }
        }
    }

    /// The layer in a network `of` which it is a stage, to be changed.
    pub fn borrowed_mut(&self, of: &TokenStream) -> TokenStream {
        let Some(Shared { field, steps }) = &self.shares else {
            let field = &self.field;
            return quote! { &mut #of.#field };
        };
        match steps {
            None => quote! { #of.#field.tied_mut() },
            Some(steps) => {
                quote! { ::static_net::layer::TimeDistributed::<_, #steps>::of_mut(#of.#field.tied_mut()) }
            }
        }
    }

    /// What its tensors are named by.
    pub fn name(&self) -> String {
        self.number.map_or_else(|| self.field.unraw().to_string(), |number| number.to_string())
    }

    /// What the names of its tensors begin with.
    pub fn tensor_name(&self) -> String {
        self.tensors.as_ref().map_or_else(|| self.name(), |tensors| tensors.name.clone())
    }
}

/// `[1, 28, 28]`, or the one size of a vector in brackets.
pub fn shape_text(dims: &[Dim]) -> String {
    let sizes: Vec<String> = dims.iter().map(Dim::text).collect();
    format!("[{}]", sizes.join(", "))
}

/// The sizes as numbers, where all are.
fn literals(dims: &[Dim]) -> Option<Vec<usize>> {
    dims.iter().map(Dim::number).collect()
}

/// The type that stands for one vocabulary or for several.
pub fn vocabularies_type(vocabularies: &[Dim]) -> TokenStream {
    let each = vocabularies.iter().map(|size| {
        let size = size.expression();
        quote! { ::static_net::shape::Vocabulary<#size> }
    });
    match vocabularies {
        [_] => quote! { #(#each)* },
        _ => quote! { (#(#each,)*) },
    }
}

impl Dim {
    /// The number that it is, where it is one.
    fn number(&self) -> Option<usize> {
        if let Dim::Literal(size, _) = self { Some(*size) } else { None }
    }
}

impl Shape {
    /// The type that stands for this shape.
    pub fn type_tokens(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) => {
                let rank = format_ident!("Rank{}", dims.len(), span = Span::mixed_site());
                let sizes = dims.iter().map(Dim::expression);
                quote! { ::static_net::shape::#rank<#(#sizes),*> }
            }
            Shape::Tokens { length, vocabularies, .. } => {
                let (length, vocabularies) = (length.expression(), vocabularies_type(vocabularies));
                quote! { ::static_net::shape::Tokens<#length, #vocabularies> }
            }
            Shape::Behind(path) => {
                let scalar = scalar.ident();
                quote! { <#path as ::static_net::layer::Layer<#scalar>>::Output }
            }
            Shape::Computed(dims) => quote! {
                ::static_net::__private::Computed<{ #dims.rank() }, { #dims.size(0) }, { #dims.size(1) }, { #dims.size(2) }>
            },
        }
    }

    /// The same as numbers, which tokens are among several inputs.
    pub fn of_numbers(&self) -> Shape {
        match self {
            Shape::Tokens { length, .. } => Shape::Dims(vec![length.clone()]),
            shape => shape.clone(),
        }
    }

    /// What a sample is made of.
    pub fn element(&self, scalar: Scalar) -> Ident {
        match self {
            Shape::Tokens { .. } => Ident::new("u32", Span::mixed_site()),
            _ => scalar.ident(),
        }
    }

    /// The sizes of the vocabularies of tokens, as an expression of type `&[usize]`; none of numbers.
    pub fn vocabularies_expression(&self) -> TokenStream {
        let sizes = self.vocabulary_sizes();
        quote! { &#sizes }
    }

    /// The same, as an array.
    pub fn vocabulary_sizes(&self) -> TokenStream {
        let sizes = match self {
            Shape::Tokens { vocabularies, .. } => vocabularies.as_slice(),
            _ => &[],
        };
        let sizes = sizes.iter().map(Dim::expression);
        quote! { [#(#sizes),*] }
    }

    /// What a network is told of it that has several inputs or outputs: a `NamedShape` of that name.
    pub fn named_shape(&self, name: &str, scalar: Scalar) -> TokenStream {
        let (dims, vocabularies) = (self.dims_expression(scalar), self.vocabularies_expression());
        let padding = match self {
            Shape::Tokens { padding: Some(token), .. } => {
                let token = token.expression();
                quote! { ::core::option::Option::Some(#token) }
            }
            _ => quote! { ::core::option::Option::None },
        };
        quote! {
            ::static_net::network::NamedShape {
                name: #name, dims: #dims, vocabularies: #vocabularies, padding: #padding,
            }
        }
    }

    /// The number of values of a sample, as an expression.
    pub fn len_expression(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) if dims.len() == 1 => dims[0].expression(),
            Shape::Tokens { length, .. } => length.expression(),
            Shape::Dims(dims) => match self.literal_sizes() {
                // A sample that no machine can hold has been reported.
                Some(sizes) => {
                    let len = sizes.iter().fold(1usize, |len, size| len.saturating_mul(*size));
                    proc_macro2::Literal::usize_unsuffixed(len).into_token_stream()
                }
                None => {
                    let sizes = dims.iter().map(Dim::expression);
                    quote! { (1 #(* #sizes)*) }
                }
            },
            Shape::Behind(path) => {
                let scalar = scalar.ident();
                quote! { ::static_net::__private::stage::outputs::<#scalar, #path>() }
            }
            Shape::Computed(dims) => quote! { #dims.len() },
        }
    }

    /// The number of values of a sample, as a const argument of a type.
    pub fn len_argument(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) if dims.len() == 1 => dims[0].expression(),
            Shape::Tokens { length, .. } => length.expression(),
            _ if self.literal_sizes().is_some() => self.len_expression(scalar),
            _ => {
                let len = self.len_expression(scalar);
                quote! { { #len } }
            }
        }
    }

    /// The sizes, as an expression of type `&[usize]`.
    pub fn dims_expression(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) => {
                let sizes = dims.iter().map(Dim::expression);
                quote! { &[#(#sizes),*] }
            }
            Shape::Tokens { length, .. } => {
                let length = length.expression();
                quote! { &[#length] }
            }
            Shape::Behind(path) => {
                let scalar = scalar.ident();
                quote! { <<#path as ::static_net::layer::Layer<#scalar>>::Output as ::static_net::shape::Shape>::DIMS }
            }
            Shape::Computed(dims) => quote! { #dims.sizes() },
        }
    }

    /// As a person reads it in documentation.
    pub fn text(&self) -> String {
        match self {
            Shape::Dims(dims) => shape_text(dims),
            Shape::Tokens { length, .. } => format!("{} tokens", length.text()),
            Shape::Behind(path) => {
                let path = path_text(path);
                // `Checked<Encoder, NET_KIND1>`: the user wrote what it holds.
                let inner = path.split_once("Checked<").map(|(_, inner)| inner);
                let written = inner.and_then(|inner| inner.rsplit_once(", "));
                let written = written.map_or(path.as_str(), |(written, _)| written);
                format!("the output of `{written}`")
            }
            Shape::Computed(_) => "a shape computed from consts".to_owned(),
        }
    }
}
