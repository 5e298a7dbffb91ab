//! What a declaration says.

mod mended;
mod reference;
mod turn;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::diagnostic::Place;
use crate::words;

pub use mended::mentions;
pub use reference::{Reference, Step};
pub use turn::replaced;

/// One network as declared. Where a part is faulty, a stand-in takes its place.
pub struct Declaration {
    pub attributes: Vec<syn::Attribute>,
    pub visibility: syn::Visibility,
    pub name: Ident,
    /// Whether another network of the same call has this name.
    pub is_repeated: bool,
    /// False for `network!(< .. >)`, which names no struct.
    pub is_named: bool,
    pub scalar: Scalar,
    pub const_parameters: Vec<Ident>,
    /// Parameters of another kind than a network has, which uses of its name may go on giving.
    pub foreign_parameters: Vec<Ident>,
    pub input: Vec<Dim>,
    /// The inputs, where there are several; [`input`](Declaration::input) is how many values all of them have.
    pub inputs: Vec<NamedInput>,
    /// Of an input of tokens how many there are, at all places or at each; empty where the input is numbers.
    pub vocabularies: Vec<Dim>,
    /// The labels so far, each as it should have been written.
    pub labels: Vec<String>,
    pub stages: Vec<Stage>,
    /// The outputs, where there are several.
    pub outputs: Option<Outputs>,
    /// The parameters as text, each as it should have been written.
    pub parameters: Vec<String>,
    /// The text of each part between arrows, input first, for messages.
    pub parts: Vec<Part>,
}

/// The text between two arrows; of a composition, the text that opens, separates and closes it.
pub struct Part {
    /// The arrow in front of it as written; nothing in front of the input or where it is missing.
    pub arrow: String,
    pub written: String,
    /// What should have been written. `None` where the part should not be there.
    pub mended: Option<String>,
    pub role: Role,
    /// Whether it has been reported that there is no arrow in front of it.
    pub lacks_arrow: bool,
}

/// How a part stands to those around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A stage or the input: `=>` stands between two of them.
    Stage,
    /// Opens a composition: `residual(`.
    Opening,
    /// Stands between the parts of a composition: `|`, `; project:`.
    Separator,
    /// Closes a composition: `)`.
    Closing,
}

impl Declaration {
    /// The `#[cfg(..)]` among the attributes.
    pub fn conditions(&self) -> impl Iterator<Item = &syn::Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
    }
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

    pub fn bytes(self) -> usize {
        match self {
            Scalar::F32 => 4,
            Scalar::F64 => 8,
        }
    }

    pub fn ident(self) -> Ident {
        Ident::new(self.name(), Span::mixed_site())
    }
}

/// One of several inputs: `state: 17`.
pub struct NamedInput {
    pub label: Ident,
    pub dims: Vec<Dim>,
    /// As those of [`Declaration`].
    pub vocabularies: Vec<Dim>,
    /// The token that stands where there is none.
    pub padding: Option<(Dim, Place)>,
    /// All of it as written.
    pub text: String,
}

/// Several outputs: `(policy: 6 | tanh 32 => value: 1)`.
pub struct Outputs {
    /// The stages of each, which are stages of the network and go on from what stands in front of all.
    pub branches: Vec<Vec<Stage>>,
    /// Which of [`Declaration::parts`] closes them.
    pub closing: usize,
}

/// One stage behind an arrow.
#[derive(Clone)]
pub struct Stage {
    pub place: Place,
    /// Which of [`Declaration::parts`] it is, or begins with.
    pub part: usize,
    /// All of it as written.
    pub text: String,
    /// Its activation as written, or nothing.
    pub activation: String,
    /// What it computes before its activation, as written, or nothing.
    pub operation: String,
    /// What its tensors are called where that is not its label.
    pub tensors: Option<TensorName>,
    pub kind: StageKind,
}

/// `#[tensors = "0"]`
#[derive(Clone)]
pub struct TensorName {
    /// What the names of the tensors begin with.
    pub name: String,
    pub place: Place,
}

impl Stage {
    /// Which part it is, where it has no label and can have one.
    pub fn unlabelled(&self) -> Option<usize> {
        matches!(self.kind, StageKind::Layer { label: None, .. }).then_some(self.part)
    }

    /// Whether it is a dense layer whose width is written as zero.
    pub fn is_zero_wide(&self) -> bool {
        let is_faulty = matches!(&self.kind, StageKind::Layer { operation: Some(Operation::Dense(dense)), .. }
            if matches!(dense.width, Dim::Faulty));
        is_faulty && self.operation.split(|c: char| !c.is_alphanumeric()).any(|word| word == "0")
    }

    /// What stands in front of the width and behind it, where the stage is a dense layer.
    pub fn around_width(&self) -> Option<[String; 2]> {
        let StageKind::Layer { operation: Some(Operation::Dense(dense)), .. } = &self.kind else {
            return None;
        };
        let front = self.text.strip_suffix(&self.operation).unwrap_or("");
        Some(match dense.call.as_deref() {
            None => [front.to_owned(), String::new()],
            Some(DenseCall { around: [opening, closing], .. }) => {
                [format!("{front}{opening}"), closing.clone()]
            }
        })
    }
}

#[derive(Clone)]
pub enum StageKind {
    /// `[16]`: states the shape, builds nothing.
    Assertion(Vec<Dim>),
    /// `&latent`: goes on from an earlier value, builds nothing.
    Reference(Reference),
    /// Everything that has a place among the representations.
    Layer {
        label: Option<Ident>,
        activation: Option<AppliedActivation>,
        operation: Option<Operation>,
    },
    /// A faulty stage, already reported.
    Faulty,
}

/// What a stage computes before its activation.
#[derive(Clone)]
pub enum Operation {
    /// A width: a dense layer.
    Dense(Dense),
    /// Another network or a user's own layer.
    Type(NamedType),
    /// A layer of the language.
    Layer(Box<LayerCall>),
    /// Layers made of stages.
    Composition(Box<Composition>),
}

/// Another network or a user's own layer: `Encoder`, `Block(x: &h, condition: &input)`.
#[derive(Clone)]
pub struct NamedType {
    pub path: TokenStream,
    pub place: Place,
    /// The values that its inputs are given by name; nothing where it takes what the stage in front of it gives.
    pub inputs: Vec<GivenInput>,
}

/// The value of one of several inputs.
#[derive(Clone)]
pub struct GivenInput {
    pub name: Ident,
    pub value: Reference,
    pub place: Place,
}

/// A dense layer: `32`, or `dense(32, bias: false)`.
#[derive(Clone)]
pub struct Dense {
    /// How many outputs it has.
    pub width: Dim,
    pub has_bias: bool,
    /// How it is written where it is more than its width.
    pub call: Option<Box<DenseCall>>,
}

/// A dense layer that is written as a layer with arguments.
#[derive(Clone)]
pub struct DenseCall {
    /// The word: the user's token.
    pub name: Ident,
    /// What stands in front of the width and behind it: `dense(` and `, bias: false)`.
    pub around: [String; 2],
}

impl Dense {
    /// Where the layer is: the word, or the width where that is all.
    pub fn place(&self) -> Place {
        self.call.as_ref().map_or_else(|| self.width.place(), |call| Place::at(call.name.span()))
    }
}

impl From<Dim> for Dense {
    fn from(width: Dim) -> Self {
        Dense { width, has_bias: true, call: None }
    }
}

/// Layers made of stages: `residual(relu 32 => 32)`.
#[derive(Clone)]
pub struct Composition {
    /// The word: the user's token.
    pub name: Ident,
    pub kind: CompositionKind,
    /// Which of [`Declaration::parts`] closes it.
    pub closing: usize,
}

impl Declaration {
    /// All references, wherever they stand.
    pub fn references(&self) -> Vec<&Reference> {
        let mut references = Vec::new();
        let outputs = self.outputs.iter().flat_map(|outputs| &outputs.branches);
        for stage in outputs.flatten().chain(&self.stages) {
            stage.references(&mut references);
        }
        references
    }
}

impl Stage {
    /// Adds the references in it.
    fn references<'a>(&'a self, references: &mut Vec<&'a Reference>) {
        match &self.kind {
            StageKind::Reference(reference) => references.push(reference),
            StageKind::Layer { operation: Some(operation), .. } => match operation {
                Operation::Dense(_) => {}
                Operation::Type(of) => {
                    references.extend(of.inputs.iter().map(|input| &input.value))
                }
                Operation::Layer(call) => {
                    let values = call.arguments.iter().flatten().map(|argument| &argument.value);
                    references.extend(values.filter_map(|value| match value {
                        Value::Reference(reference) => Some(reference),
                        _ => None,
                    }));
                }
                Operation::Composition(composition) => {
                    for stage in composition.parts().into_iter().flatten() {
                        stage.references(references);
                    }
                }
            },
            _ => {}
        }
    }
}

impl Composition {
    /// The stages inside, each run of them.
    pub fn parts(&self) -> Vec<&[Stage]> {
        match &self.kind {
            CompositionKind::Residual { body, project: None }
            | CompositionKind::Repeat { body, .. } => vec![body],
            CompositionKind::Residual { body, project: Some(project) } => vec![body, project],
            CompositionKind::Turns(Turns { bodies: branches, .. })
            | CompositionKind::Joined { branches, .. } => {
                branches.iter().map(Vec::as_slice).collect()
            }
        }
    }
}

#[derive(Clone)]
pub enum CompositionKind {
    /// `residual(.. ; project: ..)`
    Residual { body: Vec<Stage>, project: Option<Vec<Stage>> },
    /// `repeat(N; ..)`
    Repeat { times: Dim, body: Vec<Stage> },
    /// `repeat(D in [1, 2, 4]; ..)`
    Turns(Turns),
    /// `concat(.. | ..)`, `sum(.. | ..)`, `product(.. | ..)`
    Joined { joint: Joint, branches: Vec<Vec<Stage>> },
}

/// How branches become one.
#[derive(Clone)]
pub enum Joint {
    /// One behind the other, along this axis, or else along the first.
    Concat(Option<Dim>),
    /// Added.
    Sum,
    /// Multiplied.
    Product,
}

/// Stages that are repeated once for each size of a list.
#[derive(Clone)]
pub struct Turns {
    /// What stands for the size.
    pub name: Ident,
    pub sizes: Vec<Dim>,
    /// The stages of each turn, in which the name has become its size. What is written keeps it.
    pub bodies: Vec<Vec<Stage>>,
}

/// A layer of the language with its arguments: `conv(16, [3, 5], padding: 2)`.
#[derive(Clone)]
pub struct LayerCall {
    /// Its row in the table of words.
    pub word: &'static words::Layer,
    /// The word: the user's token.
    pub name: Ident,
    /// All of it as written.
    pub text: String,
    /// One for each argument that the word has, `None` where it is not given.
    pub arguments: Vec<Option<Argument>>,
    /// The arguments in the order in which they are given: which, and whether by name.
    pub order: Vec<(usize, bool)>,
    /// Whether all of them are read as they were meant. Else a fault has been reported.
    pub is_known: bool,
}

/// An argument of a layer.
#[derive(Clone)]
pub struct Argument {
    pub place: Place,
    /// As written, for messages.
    pub text: String,
    pub value: Value,
}

/// What can be given to a layer.
#[derive(Clone)]
pub enum Value {
    /// A size.
    Size(Dim),
    /// `[height, width]`, or another list of sizes in brackets.
    Sizes(Vec<Dim>),
    /// A const expression of type f64.
    Number(TokenStream),
    /// A word such as `same`, `bilinear`, `true`.
    Word(Ident),
    /// An earlier value: `&mask`.
    Reference(Reference),
}

/// An activation with its arguments.
#[derive(Clone)]
pub struct AppliedActivation {
    /// The word: the user's token, so that editors find the way from it.
    pub name: Ident,
    /// Const expressions of type f64, one for each given argument.
    pub arguments: Vec<TokenStream>,
    /// The axis that it is told to go along.
    pub axis: Option<Box<Dim>>,
}

/// One size.
#[derive(Clone)]
pub enum Dim {
    /// A number.
    Literal(usize, Span),
    /// A const or `{ expression }`, which rustc knows: the expression, and its text for messages.
    Constant { expression: TokenStream, text: String, place: Place },
    /// A const parameter of the network.
    Parameter(Ident),
    /// A faulty size, already reported.
    Faulty,
}

impl Dim {
    /// The text of a size that has no name: no other is the same.
    pub const UNKNOWN: &str = "_";

    pub fn place(&self) -> Place {
        match self {
            Dim::Literal(_, span) => Place::at(*span),
            Dim::Constant { place, .. } => *place,
            Dim::Parameter(name) => Place::at(name.span()),
            Dim::Faulty => Place::at(Span::call_site()),
        }
    }

    /// As an expression.
    pub fn expression(&self) -> TokenStream {
        match self {
            Dim::Literal(size, span) => {
                let mut literal = proc_macro2::Literal::usize_unsuffixed(*size);
                literal.set_span(*span);
                quote! { #literal }
            }
            Dim::Constant { expression, .. } => expression.clone(),
            Dim::Parameter(name) => quote! { #name },
            Dim::Faulty => quote! { 1 },
        }
    }

    /// The size as a person reads it in a message.
    pub fn text(&self) -> String {
        match self {
            Dim::Literal(value, _) => value.to_string(),
            Dim::Constant { text, .. } => text.clone(),
            Dim::Parameter(name) => name.to_string(),
            Dim::Faulty => "?".to_owned(),
        }
    }
}
