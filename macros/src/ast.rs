//! What a declaration says.

use proc_macro2::{Ident, Span, TokenStream};

use crate::diagnostic::{Faults, Place};

/// One network as declared. Where a part is faulty, `faults` says so and a stand-in takes its place.
pub struct Declaration {
    pub attributes: Vec<syn::Attribute>,
    pub visibility: syn::Visibility,
    pub name: Ident,
    /// False for `network!(< .. >)`, which names no struct.
    pub is_named: bool,
    pub scalar: Scalar,
    pub const_parameters: Vec<Ident>,
    pub input: Vec<Dim>,
    pub stages: Vec<Stage>,
    /// The text of each part between arrows, input first, for messages.
    pub segments: Vec<String>,
    /// The text before the input, such as `f64;`, or nothing.
    pub parameter_text: String,
    pub faults: Faults,
}

/// The type of all values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    F32,
    F64,
}

impl Scalar {
    pub fn name(self) -> &'static str {
        match self {
            Scalar::F32 => "f32",
            Scalar::F64 => "f64",
        }
    }
}

/// One part behind an arrow.
pub struct Stage {
    pub place: Place,
    /// Which of [`Declaration::segments`] it is.
    pub segment: usize,
    pub kind: StageKind,
}

pub enum StageKind {
    /// `[16]`: states the shape, builds nothing.
    Assertion(Vec<Dim>),
    /// Everything that has a place among the representations.
    Layer {
        label: Option<Ident>,
        activation: Option<AppliedActivation>,
        operation: Option<Operation>,
    },
    /// A faulty part, already reported.
    Faulty,
}

/// What a stage computes before its activation.
pub enum Operation {
    /// A width: a dense layer.
    Dense(Dim),
    /// Another network or a user's own layer.
    Type(TokenStream, Place),
}

/// An activation with its arguments.
pub struct AppliedActivation {
    /// The word: the user's token, so that editors find the way from it.
    pub name: Ident,
    /// Const expressions of type f64, one for each given argument.
    pub arguments: Vec<TokenStream>,
}

/// One size.
#[derive(Clone)]
pub enum Dim {
    /// A number.
    Literal(usize, Span),
    /// A const or `{ expression }`: rustc knows it.
    Constant(TokenStream, Place),
    /// A const parameter of the network.
    Parameter(Ident),
    /// A faulty size, already reported.
    Faulty,
}

impl Dim {
    pub fn place(&self) -> Place {
        match self {
            Dim::Literal(_, span) => Place::at(*span),
            Dim::Constant(_, place) => *place,
            Dim::Parameter(name) => Place::at(name.span()),
            Dim::Faulty => Place::at(Span::call_site()),
        }
    }

    /// The size as a person reads it in a message.
    pub fn text(&self) -> String {
        match self {
            Dim::Literal(value, _) => value.to_string(),
            Dim::Constant(tokens, _) => tokens.to_string(),
            Dim::Parameter(name) => name.to_string(),
            Dim::Faulty => "?".to_owned(),
        }
    }
}
