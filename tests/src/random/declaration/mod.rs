//! Networks as the language declares them, made at random.
//!
//! [`generate`] makes them, [`write`](mod@write) and [`page`] write them down, [`plan`] says what they compute. This module
//! is the data between: a network is a tree of stages. A layer that the language learns is a new
//! [`Operation`], with an arm in each of the three.
//!
//! A composition is an operation made of stages again.
//!
//! The build script compiles this module too, so it uses nothing but the standard library.

pub mod call;
pub mod generate;
pub mod page;
pub mod plan;
pub mod rng;
pub mod write;

use call::Call;

/// How many networks a seed stands for, or a few more.
pub const NETWORKS: usize = 200;

/// One module of declarations with the consts that they name.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its position among all groups; the module is called `group<index>`.
    pub index: usize,
    /// The consts of the module and of its inner module `sizes`.
    pub consts: Vec<Const>,
    /// In the order of declaration. Later ones may contain earlier ones.
    pub networks: Vec<Network>,
    /// Whether they stand in one `network!` or in one each.
    pub in_one_macro: bool,
}

/// A const that declarations name.
#[derive(Clone, Debug)]
pub struct Const {
    /// Its name.
    pub name: String,
    /// Whether it lives in the inner module `sizes`.
    pub in_module: bool,
    /// Its value.
    pub value: Value,
}

/// What a const holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A `usize`.
    Size(usize),
    /// An `f64`, for arguments of activations.
    Number(f64),
}

/// One declaration.
#[derive(Clone, Debug)]
pub struct Network {
    /// Documentation and attributes, as written.
    pub attributes: Vec<&'static str>,
    /// The visibility as written, or nothing.
    pub visibility: &'static str,
    /// The name; `Network` where the declaration gives none.
    pub name: String,
    /// False for `network!(< .. >)`.
    pub is_named: bool,
    /// What it computes in.
    pub scalar: Scalar,
    /// Whether the declaration says so. `f32` need not be said.
    pub states_scalar: bool,
    /// Its const parameters.
    pub parameters: Vec<Parameter>,
    /// The sizes of the input; of tokens how many there are, of several inputs how many values all of them have.
    pub input: Vec<Size>,
    /// Several inputs, in place of the one.
    pub inputs: Vec<Input>,
    /// The one vocabulary of an input of tokens, or one for each place; none of numbers.
    pub vocabularies: Vec<Size>,
    /// Whether a single size stands in brackets.
    pub input_in_brackets: bool,
    /// Everything behind an arrow.
    pub stages: Vec<Stage>,
    /// The stages of each of several outputs, which stand behind all others.
    pub outputs: Vec<Vec<Stage>>,
    /// Whether values are read that the stage in front does not give.
    pub is_graph: bool,
}

/// One of several inputs.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its label.
    pub label: String,
    /// What it holds.
    pub sizes: Vec<Size>,
    /// What its values are.
    pub holds: Holds,
}

/// What the values of an input are.
#[derive(Clone, Debug, PartialEq)]
pub enum Holds {
    /// Numbers.
    Numbers,
    /// Numbers, of which some are zero.
    Mask,
    /// Tokens of this vocabulary, and which of them is padding.
    Tokens(Size, Option<usize>),
}

/// `&` and a value that is read again.
#[derive(Clone, Debug)]
pub struct Reference {
    /// As written behind `&`.
    pub text: String,
    /// The values: one, or one for each turn, where it is a branch alone.
    pub values: Vec<Read>,
}

/// What an input of a network among the stages is given: `x: &h`.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name of the input.
    pub input: String,
    /// The value.
    pub value: Reference,
}

/// A value that is read: under which name the reference implementation finds it, and its shape.
#[derive(Clone, Debug)]
pub struct Read {
    /// The label of the stage that gives it, and `@0` for each turn in which that stands, from the inside.
    pub key: String,
    /// Its sizes.
    pub sizes: Vec<Size>,
}

/// The type of all values of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Compared loosely.
    F32,
    /// Also checked against differences.
    F64,
}

impl Scalar {
    /// As the language writes it.
    pub fn name(self) -> &'static str {
        match self {
            Scalar::F32 => "f32",
            Scalar::F64 => "f64",
        }
    }
}

/// A const parameter and the size that the network is tested at.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// The argument.
    pub value: usize,
    /// Whether it says how often stages repeat, and is no width.
    pub is_count: bool,
}

/// A size and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    /// Anything that does not depend on a parameter: a number, a const, a path or an expression.
    Fixed(usize, String),
    /// The const parameter with this position, in braces or not.
    Parameter(usize, bool),
}

impl Size {
    /// A size written as a plain number.
    pub fn literal(size: usize) -> Self {
        Size::Fixed(size, size.to_string())
    }

    /// The size where the parameters have these values.
    pub fn value(&self, arguments: &[usize]) -> usize {
        match self {
            Size::Fixed(value, _) => *value,
            Size::Parameter(position, _) => arguments[*position],
        }
    }
}

/// One part behind an arrow.
#[derive(Clone, Debug)]
pub enum Stage {
    /// `[16]`.
    Stated(Vec<Size>),
    /// `&label`.
    Reference(Reference),
    /// What has a place among the representations: a label, an activation and an operation, of which
    /// at least one of the last two is there.
    Layer {
        /// What its tensors are called, where that is not the label.
        tensors: Option<String>,
        /// The label.
        label: Option<String>,
        /// The activation.
        activation: Option<Activation>,
        /// What is computed before the activation.
        operation: Option<Operation>,
    },
}

/// What a stage computes before its activation.
#[derive(Clone, Debug)]
pub enum Operation {
    /// A dense layer with that many outputs.
    Dense(Size, Form),
    /// Another network of the group, at this position, with arguments for its const parameters, and what each of several
    /// inputs is given, where that is said by name.
    Network(usize, Vec<Size>, Vec<Given>),
    /// A layer from `layers.rs`.
    User(UserLayer),
    /// `residual(..)`, with the stages of `project:` if it has them.
    Residual(Vec<Stage>, Option<Vec<Stage>>),
    /// `repeat(3; ..)`.
    Repeat(Size, Vec<Stage>),
    /// `repeat(W in [1, 2]; ..)`: the name, the list, and the stages of each turn, which are written alike.
    Turns(&'static str, Vec<Size>, Vec<Vec<Stage>>),
    /// `concat(.. | ..)`, with its axis where that is written.
    Concat(Option<usize>, Vec<Vec<Stage>>),
    /// `sum(.. | ..)`.
    Sum(Vec<Vec<Stage>>),
    /// `product(.. | ..)`.
    Product(Vec<Vec<Stage>>),
    /// A layer of the language.
    Call(Box<Call>),
    /// The table of the embedding with this label, as weights of an output layer.
    Tied(String),
    /// A layer of two values: the word, what comes in and what is read besides.
    Pair(&'static str, Reference, Reference),
}

/// The branches of a composition, of which a reference to all turns is several.
pub fn branches(written: &[Vec<Stage>]) -> Vec<Vec<Stage>> {
    let of_turns = |branch: &Vec<Stage>| match branch.as_slice() {
        [Stage::Reference(Reference { text, values })] => {
            let one = |value: &Read| {
                let reference = Reference { text: text.clone(), values: vec![value.clone()] };
                vec![Stage::Reference(reference)]
            };
            values.iter().map(one).collect()
        }
        _ => vec![branch.clone()],
    };
    written.iter().flat_map(of_turns).collect()
}

/// How a dense layer is written, and whether it has a bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The arguments of `dense`: each with its name where that is written, and its value where it is not the width.
    /// None where the width stands alone.
    pub arguments: &'static [(&'static str, bool, Option<&'static str>)],
    /// Whether it has a bias.
    pub has_bias: bool,
}

impl Form {
    /// The width alone.
    pub const PLAIN: Form = Form { arguments: &[], has_bias: true };
    /// All others.
    pub const CALLS: [Form; 6] = [
        Form { arguments: &[("out", false, None)], has_bias: true },
        Form { arguments: &[("out", false, None), ("bias", true, Some("true"))], has_bias: true },
        Form { arguments: &[("out", false, None), ("bias", true, Some("false"))], has_bias: false },
        Form {
            arguments: &[("out", false, None), ("bias", false, Some("false"))],
            has_bias: false,
        },
        Form { arguments: &[("out", true, None), ("bias", true, Some("false"))], has_bias: false },
        Form { arguments: &[("bias", true, Some("false")), ("out", true, None)], has_bias: false },
    ];
}

/// A layer that a user wrote; `layers.rs` has the types.
#[derive(Clone, Debug)]
pub enum UserLayer {
    /// `Gain<T, N>`: each value times a parameter.
    Gain(Size),
    /// `Product<N, HALF>`: the product of the two halves of a vector.
    Product(usize),
    /// `Mix<T, A, B>`: a sum of the rows of a matrix, each times a parameter.
    Mix(usize, usize),
    /// `Fold<N, A, B, C>`: a vector as a volume.
    Fold(usize, usize, usize),
    /// `Unfold<A, B, C, N>`: a volume as a vector.
    Unfold(usize, usize, usize),
}

/// An activation and how it is written.
#[derive(Clone, Debug)]
pub struct Activation {
    /// Which function.
    pub function: Function,
    /// Its arguments with their parentheses, or nothing.
    pub arguments: String,
}

/// An activation function with its argument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    /// `max(0, x)`
    Relu,
    /// With the slope below zero.
    LeakyRelu(f64),
    /// With alpha.
    Elu(f64),
    /// The exact form.
    Gelu,
    /// The tanh form.
    GeluTanh,
    /// `x * sigmoid(x)`
    Silu,
    /// The hyperbolic tangent.
    Tanh,
    /// The logistic function.
    Sigmoid,
    /// With beta.
    Softplus(f64),
    /// Along an axis, where none is told the last.
    Softmax(Option<usize>),
    /// The logarithm of softmax.
    LogSoftmax(Option<usize>),
    /// `min(max(x, 0), 6)`
    Relu6,
    /// With the scale and the alpha of its paper.
    Selu,
    /// `x * tanh(softplus(x))`
    Mish,
    /// `x * min(max(x + 3, 0), 6) / 6`
    HardSwish,
    /// With both bounds.
    HardTanh(f64, f64),
    /// `min(max(x + 3, 0), 6) / 6`
    HardSigmoid,
    /// `x / (1 + |x|)`
    Softsign,
    /// With both bounds.
    Clamp(f64, f64),
    /// The exponential function.
    Exp,
    /// Nothing.
    Identity,
}

impl Function {
    /// Where its derivative jumps, or that of its derivative.
    pub fn kinks(self) -> Vec<f64> {
        match self {
            Function::Relu
            | Function::LeakyRelu(_)
            | Function::Elu(_)
            | Function::Selu
            | Function::Softsign => vec![0.0],
            Function::Relu6 => vec![0.0, 6.0],
            Function::HardSwish | Function::HardSigmoid => vec![-3.0, 3.0],
            Function::HardTanh(min, max) | Function::Clamp(min, max) => vec![min, max],
            _ => Vec::new(),
        }
    }

    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            Function::Relu => "relu",
            Function::LeakyRelu(_) => "leaky_relu",
            Function::Elu(_) => "elu",
            Function::Gelu => "gelu",
            Function::GeluTanh => "gelu_tanh",
            Function::Silu => "silu",
            Function::Tanh => "tanh",
            Function::Sigmoid => "sigmoid",
            Function::Softplus(_) => "softplus",
            Function::Softmax(_) => "softmax",
            Function::LogSoftmax(_) => "log_softmax",
            Function::Relu6 => "relu6",
            Function::Selu => "selu",
            Function::Mish => "mish",
            Function::HardSwish => "hard_swish",
            Function::HardTanh(..) => "hard_tanh",
            Function::HardSigmoid => "hard_sigmoid",
            Function::Softsign => "softsign",
            Function::Clamp(..) => "clamp",
            Function::Exp => "exp",
            Function::Identity => "identity",
        }
    }
}
