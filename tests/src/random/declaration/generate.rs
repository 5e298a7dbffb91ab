//! Valid networks, drawn from a seed so that all of the language comes up.

mod attention;
mod axes;
mod calls;
mod compositions;
mod constants;
mod graph;
mod levels;
mod named;
mod normalization;
mod planes;
mod read;
mod readers;
mod sequences;
mod stages;
mod streams;
mod tokens;

use super::plan::stream::Time;
use super::rng::Rng;
use super::{
    Activation, Const, Function, Group, Network, Parameter, Scalar, Size, Stage, Value as Number,
};
use graph::Graph;
use read::{Known, Value};

/// Groups of together at least that many networks.
pub fn groups(seed: u64, networks: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut made = 0;
    while made < networks {
        // One stream for each group: a change inside one leaves the others as they are.
        let mut rng = Rng::new(seed ^ Rng::new(groups.len() as u64).bits());
        let group = Generator::group(&mut rng, groups.len());
        made += group.networks.len();
        groups.push(group);
    }
    groups
}

/// Labels, among them the names of variables, fields and methods in the emitted code.
const LABELS: &[&str] = &[
    "latent",
    "hidden",
    "features",
    "embedded",
    "x",
    "h1",
    "logits",
    "code",
    "samples",
    "front",
    "back",
    "tape",
    "pass",
    "gradient",
    "scratch",
    "network",
    "place",
    "batch",
    "instructions",
    "activation",
    "d_input",
    "d_output",
    "d_stage1",
    "layer",
    "step",
    "tensors_",
    "names",
    "value",
    "empty",
    "record",
    "describe",
    "initialize",
    "dense",
    "r#type",
    "größe",
    "_private",
    "body",
    "branch1",
    "branches",
    "shortcut",
];
/// Names of networks, among them those of types that the emitted code works with.
const NAMES: &[&str] = &[
    "Net", "Encoder", "Policy", "Network", "Layer", "Box", "Option", "Vec", "Shape", "Batch",
    "Dense", "Stage", "Aligned", "Float",
];
/// Consts of one letter, among them the names of type parameters in the emitted code.
const LETTERS: &[&str] = &["K", "B", "X", "I", "R", "D", "T", "A"];
/// Const parameters.
const PARAMETERS: &[&str] = &["H", "N", "OUT", "WIDTH", "M2", "B", "X", "R", "L"];
/// Const parameters that say how often stages repeat.
const COUNTS: &[&str] = &["DEPTH", "TIMES"];

struct Generator<'a> {
    rng: &'a mut Rng,
    group: Group,
    /// Of all networks of the group: none may be seen further than what it nests.
    visibility: &'static str,
    /// Whether all sizes are plain numbers.
    is_plain: bool,
    /// Of the network at hand.
    scalar: Scalar,
    /// Of the network at hand.
    parameters: Vec<Parameter>,
    /// What is known of the values of the network at hand, if it is a graph.
    known: Option<Known>,
    /// Along which axis time runs in what is at hand, where all stages are to look back only.
    time: Option<Time>,
}

/// What a network is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Of several inputs or outputs, for another one to speak of by name.
    Block,
    /// With such a one among its stages.
    Whole,
    /// All else.
    Any,
}

/// The stages of a network or inside a composition, so far.
struct Body {
    stages: Vec<Stage>,
    /// What the last of them gives.
    shape: Vec<Size>,
    /// Whether the macro knows the shape in front of them as sizes.
    is_evident: bool,
    /// The labels of these stages, which are names of one struct.
    labels: Vec<&'static str>,
    /// In how many compositions they stand.
    depth: usize,
    /// The values that stages behind them may read.
    values: Vec<Value>,
}

impl Generator<'_> {
    fn group(rng: &mut Rng, index: usize) -> Group {
        let in_one_macro = rng.percent(60);
        let group = Group { index, consts: Vec::new(), networks: Vec::new(), in_one_macro };
        let visibility =
            rng.word(&["", "pub", "pub(crate)", "pub(super)", "pub(in crate)", "pub(self)"]);
        let scalar = if rng.percent(70) { Scalar::F64 } else { Scalar::F32 };
        let parameters = Vec::new();
        let is_plain = rng.percent(35);
        let (known, time) = (None, None);
        let mut generator =
            Generator { rng, group, visibility, is_plain, scalar, parameters, known, time };
        let is_nameless = generator.rng.percent(8);
        let has_block = !is_nameless && generator.rng.percent(20);
        let count = match (is_nameless, has_block) {
            (true, _) => 1,
            (_, true) => *generator.rng.pick(&[2, 2, 3]),
            _ => *generator.rng.pick(&[1, 1, 2, 2, 3, 4]),
        };
        for index in 0..count {
            let part = match (has_block, index) {
                (true, 0) => Part::Block,
                (true, 1) => Part::Whole,
                _ => Part::Any,
            };
            let network = generator.network(is_nameless, part);
            generator.group.networks.push(network);
        }
        generator.group
    }

    fn network(&mut self, is_nameless: bool, part: Part) -> Network {
        let position = self.group.networks.len();
        let name = self.rng.word(NAMES);
        let is_taken = self.group.networks.iter().any(|network| network.name == name);
        let name = match () {
            () if is_nameless => "Network".to_owned(),
            () if is_taken || self.rng.percent(50) => format!("{name}{position}"),
            () => name.to_owned(),
        };
        self.parameters = self.parameters();
        let mut vocabularies = Vec::new();
        let mut graph = None;
        let input = match self.rng.below(100) {
            kind if part != Part::Any || (26..46).contains(&kind) => {
                self.parameters.clear();
                let new = self.graph(part);
                let input = new.input.clone();
                graph = Some(new);
                input
            }
            0..16 => {
                let (input, sizes) = self.tokens();
                vocabularies = sizes;
                input
            }
            16..26 => {
                let (input, time) = self.timed();
                self.time = Some(time);
                input
            }
            _ => self.input(),
        };
        let is_graph = graph.is_some();
        let Graph { inputs, mut stages, mut outputs, front, .. } = match graph {
            Some(graph) => graph,
            None => {
                let (stages, shape, labels) = (Vec::new(), input.clone(), Vec::new());
                let values = Vec::new();
                let mut body = Body { stages, shape, is_evident: true, labels, depth: 0, values };
                match self.time {
                    Some(_) => self.fill_looking_back(&mut body),
                    None if vocabularies.is_empty() => self.fill(&mut body),
                    None => self.behind_tokens(&vocabularies, &mut body),
                }
                levels::separate(&mut body.stages);
                Graph::chain(body.stages)
            }
        };
        self.time = None;
        self.replace_constants(&mut stages, &input);
        for output in &mut outputs {
            self.replace_constants(output, &front);
        }
        let scalar = self.scalar;
        Network {
            attributes: if is_nameless { Vec::new() } else { self.attributes() },
            visibility: if is_nameless { "" } else { self.visibility },
            name,
            is_named: !is_nameless,
            scalar,
            states_scalar: scalar == Scalar::F64 || self.rng.percent(20),
            parameters: self.parameters.clone(),
            input,
            inputs,
            vocabularies,
            input_in_brackets: self.rng.percent(10),
            stages,
            outputs,
            is_graph,
        }
    }

    fn input(&mut self) -> Vec<Size> {
        if self.rng.percent(62) {
            return vec![self.size()];
        }
        let sizes = self.image_shape();
        sizes.into_iter().map(|size| self.fixed(size)).collect()
    }

    fn fill(&mut self, body: &mut Body) {
        let stages = match self.rng.below(100) {
            0..25 => 1,
            25..80 => self.rng.between(2, 4),
            _ => self.rng.between(5, 7),
        };
        while body.stages.len() < stages || !body.stages.iter().any(is_layer) {
            self.stage(body);
        }
    }

    fn attributes(&mut self) -> Vec<&'static str> {
        let all = [
            "/// Learns to tell one thing from another: `10 => relu 32`.",
            "/// A second line, with `struct` and `>` in it.",
            "#[doc = \"Not <a> comment; an attribute\"]",
            "#[allow(dead_code)]",
            "#[must_use]",
            "/** A block. */",
        ];
        all.into_iter().filter(|_| self.rng.percent(12)).collect()
    }

    fn parameters(&mut self) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        if self.rng.percent(25) {
            for _ in 0..self.rng.between(1, 2) {
                let name = self.rng.word(PARAMETERS);
                // A const of that name would be hidden: a group has the one or the other.
                let is_const = self.group.index.is_multiple_of(2) && LETTERS.contains(&name);
                if !is_const && parameters.iter().all(|earlier| earlier.name != name) {
                    // What goes over one value, as `layer_norm` does, is refused.
                    let value = self.width().max(2);
                    parameters.push(Parameter { name, value, is_count: false });
                }
            }
        }
        if self.rng.percent(6) {
            let (name, value) = (self.rng.word(COUNTS), self.rng.between(1, 3));
            parameters.push(Parameter { name, value, is_count: true });
        }
        parameters
    }

    fn width(&mut self) -> usize {
        match self.rng.below(100) {
            0..12 => 1,
            12..60 => self.rng.between(2, 9),
            60..88 => self.rng.between(10, 24),
            88..98 => self.rng.between(25, 40),
            _ => self.rng.between(60, 70),
        }
    }

    /// A size in one of the ways to write it; with a parameter at times, whatever its value.
    fn size(&mut self) -> Size {
        let is_count = false;
        if let Some(position) = self.parameter(is_count)
            && self.rng.percent(45)
        {
            return Size::Parameter(position, self.rng.percent(20));
        }
        let value = self.width();
        self.fixed(value)
    }

    /// How often stages repeat.
    fn count(&mut self) -> Size {
        let is_count = true;
        if let Some(position) = self.parameter(is_count) {
            return Size::Parameter(position, self.rng.percent(20));
        }
        let value = *self.rng.pick(&[1, 2, 2, 3]);
        self.fixed(value)
    }

    /// One of the parameters that are widths, or of those that are counts.
    fn parameter(&mut self, is_count: bool) -> Option<usize> {
        let positions = 0..self.parameters.len();
        let all: Vec<usize> =
            positions.filter(|&index| self.parameters[index].is_count == is_count).collect();
        (!all.is_empty()).then(|| *self.rng.pick(&all))
    }

    fn fixed(&mut self, value: usize) -> Size {
        Size::Fixed(value, self.written(value))
    }

    fn written(&mut self, value: usize) -> String {
        if self.is_plain {
            return value.to_string();
        }
        match self.rng.below(100) {
            0..60 => value.to_string(),
            60..62 => format!("{value:#x}"),
            62..64 => format!("{value}_"),
            64..74 => self.constant(Number::Size(value), false),
            74..84 => self.constant(Number::Size(value), true),
            84..88 => format!("{{ {} * 2 + {} }}", value / 2, value % 2),
            88..91 => format!("{{ twice({}) + {} }}", value / 2, value % 2),
            91..94 => format!("{{ {} - 1 }}", self.constant(Number::Size(value + 1), true)),
            94..97 => format!("{{{}}}", self.constant(Number::Size(value), false)),
            _ => format!("{{ {value} }}"),
        }
    }

    /// A const of the module, or of its inner module, with this value: an old one or a new one.
    fn constant(&mut self, value: Number, in_module: bool) -> String {
        let found = self.group.consts.iter().find(|c| c.value == value && c.in_module == in_module);
        let name = match found {
            Some(found) => found.name.clone(),
            None => {
                let letter = self.rng.word(LETTERS);
                let is_parameter =
                    !self.group.index.is_multiple_of(2) && PARAMETERS.contains(&letter);
                let is_free = !is_parameter && self.group.consts.iter().all(|c| c.name != letter);
                let is_letter = is_free && !in_module && self.rng.percent(40);
                let number = self.group.consts.len();
                let name = if is_letter { letter.to_owned() } else { format!("SIZE_{number}") };
                self.group.consts.push(Const { name: name.clone(), in_module, value });
                name
            }
        };
        match in_module {
            true => format!("{}{name}", self.rng.word(&["sizes::", "sizes::", "self::sizes::"])),
            false => name,
        }
    }

    fn volume(&mut self) -> (usize, usize, usize) {
        (self.rng.between(1, 3), self.rng.between(1, 4), self.rng.between(1, 4))
    }

    fn activation(&mut self) -> Activation {
        let takes_argument = self.rng.percent(60);
        let function = match self.rng.below(23) {
            0 | 1 => Function::Relu,
            2 => Function::LeakyRelu(0.01),
            3 => Function::Elu(1.0),
            4 => Function::Gelu,
            5 => Function::GeluTanh,
            6 => Function::Silu,
            7 | 8 => Function::Tanh,
            9 => Function::Sigmoid,
            10 => Function::Softplus(1.0),
            11 => Function::Softmax(None),
            12 => Function::LogSoftmax(None),
            13 => Function::Relu6,
            14 => Function::Selu,
            15 => Function::Mish,
            16 => Function::HardSwish,
            17 => Function::HardTanh(-1.0, 1.0),
            18 => Function::HardSigmoid,
            19 => Function::Softsign,
            20 => Function::Clamp(-1.5, 0.75),
            21 => Function::Exp,
            _ => Function::Identity,
        };
        let (function, arguments) = match function {
            Function::LeakyRelu(_) if takes_argument => {
                let slope = *self.rng.pick(&[0.2, 0.5, 0.0, -0.25, 1.0]);
                (Function::LeakyRelu(slope), self.argument("negative_slope", slope))
            }
            Function::Elu(_) if takes_argument => {
                let alpha = *self.rng.pick(&[0.5, 2.0, 0.0, -0.5]);
                (Function::Elu(alpha), self.argument("alpha", alpha))
            }
            Function::Softplus(_) if takes_argument => {
                let beta = *self.rng.pick(&[0.5, 2.0, 3.0]);
                (Function::Softplus(beta), self.argument("beta", beta))
            }
            Function::HardTanh(..) if takes_argument => {
                let (min, max) = *self.rng.pick(&[(-2.0, 2.0), (-0.5, 1.5), (0.0, 6.0)]);
                let arguments = self.bounds(["min_val", "max_val"], [min, max]);
                (Function::HardTanh(min, max), arguments)
            }
            Function::Clamp(min, max) => {
                let arguments = self.bounds(["min", "max"], [min, max]);
                (Function::Clamp(min, max), arguments)
            }
            other if self.rng.percent(3) => (other, "()".to_owned()),
            other => (other, String::new()),
        };
        Activation { function, arguments }
    }

    /// The same along an axis that a sample of so many has, at times.
    fn along(&mut self, activation: Activation, rank: usize) -> Activation {
        let told: fn(Option<usize>) -> Function = match activation.function {
            Function::Softmax(None) => Function::Softmax,
            Function::LogSoftmax(None) => Function::LogSoftmax,
            _ => return activation,
        };
        if self.rng.percent(30) && self.time != Some(Time::Last) {
            return activation;
        }
        let axis = match self.time {
            Some(time) => time.across(),
            None => self.rng.below(rank),
        };
        let arguments = format!("(axis: {})", self.written(axis));
        Activation { function: told(Some(axis)), arguments }
    }

    fn bounds(&mut self, names: [&str; 2], values: [f64; 2]) -> String {
        let [min, max] = values.map(|value| self.number(value));
        match self.rng.below(3) {
            0 => format!("({}: {min}, {}: {max})", names[0], names[1]),
            1 => format!("({}: {max}, {}: {min})", names[1], names[0]),
            _ => format!("({min}, {max})"),
        }
    }

    fn argument(&mut self, name: &str, value: f64) -> String {
        let number = self.number(value);
        match self.rng.below(6) {
            0 | 1 => format!("({name}: {number})"),
            2 => format!("( {number}, )"),
            _ => format!("({number})"),
        }
    }

    fn number(&mut self, value: f64) -> String {
        match self.rng.below(10) {
            0 => format!("{{ {value:?} }}"),
            1 => format!("{{ {:?} / 2.0 }}", 2.0 * value),
            2 => self.constant(Number::Number(value), false),
            3 => self.constant(Number::Number(value), true),
            4 => format!("{value:e}"),
            // A whole number is a number too.
            5 => format!("{value}"),
            _ => format!("{value:?}"),
        }
    }
}

fn is_layer(stage: &Stage) -> bool {
    matches!(stage, Stage::Layer { .. })
}

/// Whether two shapes are the same whatever the parameters are.
fn same(left: &[Size], right: &[Size]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|pair| match pair {
            (Size::Fixed(left, _), Size::Fixed(right, _)) => left == right,
            (Size::Parameter(left, _), Size::Parameter(right, _)) => left == right,
            _ => false,
        })
}
