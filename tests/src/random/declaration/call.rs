//! Layers of the language with their arguments.

use super::Reference;

/// A layer as a declaration calls it.
#[derive(Clone, Debug)]
pub struct Call {
    /// The word.
    pub word: &'static str,
    /// What it computes.
    pub kind: Kind,
    /// The arguments in the order in which they are written.
    pub arguments: Vec<Argument>,
    /// Whether the one argument is a list that stands without parentheses: `reshape[3, 4]`.
    pub is_bare: bool,
    /// What it reads besides what comes in.
    pub reads: Reads,
}

/// What a layer reads besides what comes in.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// What attention looks at.
    pub memory: Option<Reference>,
    /// What hides positions.
    pub mask: Option<Reference>,
}

/// An argument as it is written.
#[derive(Clone, Debug)]
pub struct Argument {
    /// What it is called.
    pub name: &'static str,
    /// Whether the name is written.
    pub is_named: bool,
    /// Its value.
    pub text: String,
}

/// What a layer computes, with everything that it leaves out filled in. Pairs are height and width; a signal
/// is one high.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `conv` and `depthwise`.
    Conv {
        /// Channels that come out.
        out: usize,
        /// How it slides.
        window: Window,
        /// Whether the output is as large as the input.
        is_same: bool,
        /// Into so many parts the channels are divided.
        groups: usize,
        /// Whether it has a bias.
        bias: bool,
    },
    /// `conv_transpose`.
    ConvTranspose {
        /// Channels that come out.
        out: usize,
        /// How it slides over the output.
        window: Window,
        /// What the output has more.
        output_padding: [usize; 2],
        /// Into so many parts the channels are divided.
        groups: usize,
        /// Whether it has a bias.
        bias: bool,
    },
    /// The largest of each window.
    MaxPool(Window),
    /// The mean of each window, with the padding's zeros or without.
    AvgPool(Window, bool),
    /// The mean of each channel.
    GlobalAvgPool,
    /// The largest of each channel.
    GlobalMaxPool,
    /// The means of so many bins.
    AdaptiveAvgPool([usize; 2]),
    /// The largest values of so many bins.
    AdaptiveMaxPool([usize; 2]),
    /// So many times larger.
    Upsample([usize; 2], Between),
    /// Values around: in front, behind, and which.
    Pad([usize; 2], [usize; 2], Border),
    /// The places from one up to another along an axis.
    Slice {
        /// The first.
        start: usize,
        /// Behind the last.
        end: usize,
        /// The axis.
        axis: usize,
    },
    /// A vector for each token, of one vocabulary or of one for each place.
    Embedding {
        /// How many tokens each has.
        vocabularies: Vec<usize>,
        /// How long the vectors are.
        features: usize,
    },
    /// `flatten` of so many sizes, into so many values.
    Flatten(usize, usize),
    /// `reshape`.
    Reshape(Vec<usize>),
    /// `flatten` of a vector, and `dropout` in evaluation.
    Same,
    /// `permute` and `transpose`.
    Permute(Vec<usize>),
    /// By the running statistics, with epsilon; with weights and biases or without.
    BatchNorm(f64, bool),
    /// Over so many of the last axes, with weights or without, with biases or without.
    LayerNorm(usize, f64, [bool; 2]),
    /// Over so many of the last axes, with weights or without.
    RmsNorm(usize, f64, bool),
    /// By the norm along an axis.
    Normalize(usize, f64),
    /// Over so many groups of channels, with weights and biases or without.
    GroupNorm(usize, f64, bool),
    /// Over each channel, with weights and biases or without.
    InstanceNorm(bool, f64),
    /// `prelu`, with so many slopes.
    PRelu(usize),
    /// `attention`, whose dropout does nothing in evaluation.
    Attention {
        /// Of queries.
        heads: usize,
        /// Of keys and values.
        kv_heads: usize,
        /// Whether a position sees only those before it, and itself.
        is_causal: bool,
        /// Whether queries and keys are turned.
        is_rotary: bool,
        /// Whether it has biases.
        has_bias: bool,
    },
    /// A learned table of so many positions is added.
    Position(usize),
    /// Sines and cosines of positions are added.
    Sinusoidal,
    /// `rnn`, `lstm` and `gru`.
    Recurrent {
        /// What a step computes.
        cell: Cell,
        /// How many hidden units there are.
        hidden: usize,
        /// Whether only the output after the last step comes out.
        is_last: bool,
        /// Whether there is a cell for each direction.
        is_both: bool,
        /// Whether there are biases.
        bias: bool,
    },
    /// The last row.
    TakeLast,
    /// The mean of all rows.
    MeanOverTime,
    /// The largest of each column.
    MaxOverTime,
}

/// What stands around a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Zeros.
    Zeros,
    /// What a mirror on the value at the edge shows.
    Reflect,
    /// The value at the edge.
    Replicate,
}

/// What stands between two values of a plane that is made larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// The nearer one.
    Nearest,
    /// What lies between them; the edges of pixels at the corners stay.
    Edges,
    /// The same; the values at the corners stay.
    Corners,
}

/// What one step of a recurrent layer computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// With the hyperbolic tangent.
    Tanh,
    /// With `max(0, x)`.
    Relu,
    /// Long short-term memory.
    Lstm,
    /// Gated recurrent units.
    Gru,
}

impl Cell {
    /// How many rows of weights each hidden unit has.
    pub fn gates(self) -> usize {
        match self {
            Cell::Tanh | Cell::Relu => 1,
            Cell::Lstm => 4,
            Cell::Gru => 3,
        }
    }
}

/// How a window slides. Pairs are height and width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its size.
    pub kernel: [usize; 2],
    /// How far it moves.
    pub stride: [usize; 2],
    /// How many zeros stand in front.
    pub padding: [usize; 2],
    /// How far its places are apart.
    pub dilation: [usize; 2],
    /// Whether the last may reach over the edge.
    pub rounds_up: bool,
}

impl Window {
    /// Over how many values it reaches.
    pub fn span(&self, axis: usize) -> usize {
        self.dilation[axis] * (self.kernel[axis] - 1) + 1
    }

    /// Whether it holds a value at each of its places, and not zeros alone.
    pub fn sees_values(&self, axis: usize, size: usize) -> bool {
        (0..self.places(axis, size)).all(|place| {
            (0..self.kernel[axis]).any(|tap| {
                let position = place * self.stride[axis] + tap * self.dilation[axis];
                (self.padding[axis]..self.padding[axis] + size).contains(&position)
            })
        })
    }

    /// At how many places it stands; none if it does not fit.
    pub fn places(&self, axis: usize, size: usize) -> usize {
        let (padding, stride) = (self.padding[axis], self.stride[axis]);
        let over = if self.rounds_up { stride - 1 } else { 0 };
        match (size + 2 * padding + over).checked_sub(self.span(axis)) {
            // The last starts inside the plane or in front of it.
            Some(room) if self.rounds_up && room / stride * stride >= size + padding => {
                room / stride
            }
            Some(room) => room / stride + 1,
            None => 0,
        }
    }
}

/// Channels, height and width of a signal or an image.
pub fn planes(shape: &[usize]) -> [usize; 3] {
    match shape {
        [channels, length] => [*channels, 1, *length],
        [channels, height, width] => [*channels, *height, *width],
        _ => panic!("{shape:?} is neither a signal nor an image"),
    }
}

impl Kind {
    /// The shape that comes out.
    pub fn output(&self, input: &[usize]) -> Vec<usize> {
        let like = |channels: usize, plane: [usize; 2]| match input.len() {
            2 => vec![channels, plane[1]],
            _ => vec![channels, plane[0], plane[1]],
        };
        let plane = |axis: usize| planes(input)[axis + 1];
        match self {
            Kind::Conv { out, is_same: true, .. } => like(*out, [plane(0), plane(1)]),
            Kind::Conv { out, window, .. } => {
                like(*out, [0, 1].map(|axis| window.places(axis, plane(axis))))
            }
            Kind::ConvTranspose { out, window, output_padding, .. } => like(
                *out,
                [0, 1].map(|axis| {
                    ((plane(axis) - 1) * window.stride[axis]
                        + window.span(axis)
                        + output_padding[axis])
                        .saturating_sub(2 * window.padding[axis])
                }),
            ),
            Kind::MaxPool(window) | Kind::AvgPool(window, _) => {
                like(input[0], [0, 1].map(|axis| window.places(axis, plane(axis))))
            }
            Kind::GlobalAvgPool | Kind::GlobalMaxPool => vec![input[0]],
            Kind::AdaptiveAvgPool(size) | Kind::AdaptiveMaxPool(size) => like(input[0], *size),
            Kind::Upsample(factor, _) => {
                like(input[0], [0, 1].map(|axis| factor[axis] * plane(axis)))
            }
            Kind::Pad(before, after, _) => {
                like(input[0], [0, 1].map(|axis| before[axis] + plane(axis) + after[axis]))
            }
            Kind::Slice { start, end, axis } => {
                let mut sizes = input.to_vec();
                sizes[*axis] = end - start;
                sizes
            }
            Kind::Embedding { features, .. } => vec![input[0], *features],
            Kind::Flatten(_, values) => vec![*values],
            Kind::Reshape(shape) => shape.clone(),
            Kind::Permute(axes) => axes.iter().map(|&axis| input[axis]).collect(),
            Kind::Recurrent { hidden, is_last, is_both, .. } => {
                let width = if *is_both { 2 * hidden } else { *hidden };
                if *is_last { vec![width] } else { vec![input[0], width] }
            }
            Kind::TakeLast | Kind::MeanOverTime | Kind::MaxOverTime => vec![input[1]],
            Kind::Same
            | Kind::BatchNorm(..)
            | Kind::LayerNorm(..)
            | Kind::RmsNorm(..)
            | Kind::Normalize(..)
            | Kind::GroupNorm(..)
            | Kind::InstanceNorm(..)
            | Kind::PRelu(_)
            | Kind::Attention { .. }
            | Kind::Position(_)
            | Kind::Sinusoidal => input.to_vec(),
        }
    }
}
