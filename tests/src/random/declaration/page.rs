//! A Rust source with the declarations in it, which knows where everything stands.

use super::plan::stream::Stream;
use super::rng::Rng;
use super::write::{Role, Token, tokens};
use super::{Group, Network, Scalar, Value};

/// A place in a text, both counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Text that knows where it ends.
#[derive(Clone, Debug)]
pub struct Page {
    /// What has been written.
    pub text: String,
    end: Place,
}

impl Default for Page {
    fn default() -> Self {
        Page { text: String::new(), end: Place { line: 1, column: 1 } }
    }
}

impl Page {
    /// Adds text; gives the place where it starts.
    pub fn put(&mut self, text: &str) -> Place {
        let start = self.end;
        for character in text.chars() {
            if character == '\n' {
                self.end = Place { line: self.end.line + 1, column: 1 };
            } else {
                self.end.column += 1;
            }
        }
        self.text.push_str(text);
        start
    }

    /// Adds a declaration with random space between its tokens; gives the place of each token.
    pub fn declaration(&mut self, tokens: &[Token], rng: &mut Rng) -> Vec<Place> {
        let style = rng.below(4);
        let mut places = Vec::new();
        self.put("        ");
        for (index, token) in tokens.iter().enumerate() {
            places.push(self.put(&token.text));
            let Some(next) = tokens.get(index + 1) else { break };
            self.put(match (token.role, next.role) {
                (Role::Attribute, _) => "\n        ",
                (Role::Activation, Role::Arguments) | (_, Role::Colon | Role::Comma) => "",
                (_, Role::End | Role::HeadEnd | Role::Open | Role::ParameterColon) => "",
                (Role::Parenthesis, _) | (_, Role::Parenthesis | Role::Semicolon) => "",
                (_, Role::CompositionEnd | Role::CallEnd) => "",
                (_, Role::ArgumentColon | Role::ArgumentComma) => "",
                (Role::Arrow, _) if style == 1 => "",
                (_, Role::Arrow) if style == 1 => "",
                (_, Role::Arrow) if style == 2 => "\n            ",
                _ if style == 3 => {
                    rng.word(&[" ", " ", "  ", "\n          ", " /* => 3 */ ", " // >;\n "])
                }
                _ => " ",
            });
        }
        self.put("\n");
        places
    }

    /// Opens the module of a group, with all that its declarations name.
    pub fn open_module(&mut self, name: &str, group: &Group, layers: &str) {
        self.put(&format!("pub mod {name} {{\n    #[allow(unused_imports)]\n"));
        self.put(&format!("    use {{super::*, static_net::network, {layers}}};\n"));
        let consts = |in_module: bool| {
            group.consts.iter().filter(move |c| c.in_module == in_module).map(|c| match c.value {
                Value::Size(value) => {
                    format!("    #[allow(dead_code)]\n    pub const {}: usize = {value};\n", c.name)
                }
                Value::Number(value) => {
                    format!("    #[allow(dead_code)]\n    pub const {}: f64 = {value:?};\n", c.name)
                }
            })
        };
        self.put("    #[allow(dead_code)]\n    const fn twice(n: usize) -> usize {\n        2 * n\n    }\n");
        self.put(&consts(false).collect::<String>());
        self.put("    mod sizes {\n");
        self.put(&consts(true).collect::<String>());
        self.put("    }\n");
    }
}

/// All networks as a Rust source with one module for each group, and with the function `subjects`, which gives
/// them in order to the test that runs them.
pub fn source(groups: &[Group], rng: &mut Rng) -> String {
    let mut page = Page::default();
    let mut subjects = String::new();
    for group in groups {
        page.open_module(
            &format!("group{}", group.index),
            group,
            "static_net_tests::random::layers",
        );
        let mut is_open = false;
        for (index, network) in group.networks.iter().enumerate() {
            if !is_open {
                page.put(if network.is_named { "    network! {\n" } else { "    network!(\n" });
            }
            page.declaration(&tokens(group, network), rng);
            is_open = group.in_one_macro && index + 1 < group.networks.len();
            if !is_open {
                page.put(if network.is_named { "    }\n" } else { "    );\n" });
            }
        }
        for (index, network) in group.networks.iter().enumerate() {
            page.put(&subject(index, group, network, rng));
            let path = format!("group{}::Subject{index}", group.index);
            subjects.push_str(&format!("        Box::new({path}::default()),\n"));
        }
        page.put("}\n");
    }
    page.put("/// All networks, in order.\n");
    page.put("pub fn subjects() -> Vec<Box<dyn Subject>> {\n    vec![\n");
    page.put(&subjects);
    page.put("    ]\n}\n");
    page.text
}

/// The call of `subject!` that makes a network one that the test can run.
fn subject(index: usize, group: &Group, network: &Network, rng: &mut Rng) -> String {
    let arguments: Vec<usize> = network.parameters.iter().map(|p| p.value).collect();
    let plan = super::plan::Plan::of(group, network, &arguments);
    let path = match arguments.as_slice() {
        [] => network.name.clone(),
        _ => format!("{}<{}>", network.name, numbers(&arguments)),
    };
    let fields: Vec<&str> = plan.fields().collect();
    if plan.is_graph {
        return graph(index, network, &plan, rng);
    }
    let stream = plan.stream().map_or_else(String::new, |stream| {
        let (time, behind) = (stream.input.name(), stream.output.name());
        format!("{time} {} => {behind} {}", stream.inputs[0], stream.outputs[0])
    });
    let element = if plan.vocabularies.is_empty() { network.scalar.name() } else { "u32" };
    format!(
        "    subject!(Subject{index}, {path}, {}, {element}, {} => {}, batch {}, [{}], {stream});\n",
        network.scalar.name(),
        plan.inputs(),
        plan.outputs(),
        static_batch(rng),
        fields.join(", "),
    )
}

/// How many samples a batch of a known size has: often one, whose pass is compiled already.
fn static_batch(rng: &mut Rng) -> usize {
    if rng.percent(60) { 1 } else { rng.between(2, 9) }
}

/// The same of a graph: what each input and output is called, how many values it has and where they begin.
fn graph(index: usize, network: &Network, plan: &super::plan::Plan, rng: &mut Rng) -> String {
    let (name, scalar) = (&network.name, network.scalar.name());
    let (inputs, outputs) = (plan.inputs(), plan.outputs());
    let stream = plan.stream();
    // Of those which do not stream it is not asked.
    let width = |of: fn(&Stream) -> &[usize], index: usize| {
        stream.as_ref().map_or(0, |stream| of(stream)[index])
    };
    let (taken, given) = (
        |index| width(|stream| &stream.inputs, index),
        |index| width(|stream| &stream.outputs, index),
    );
    let parts = plan.parts.iter().enumerate().map(|(index, part)| {
        let is_of_tokens = matches!(part.holds, super::plan::Held::Tokens(..));
        let (element, kind) = if is_of_tokens { ("u32", "tokens") } else { (scalar, "numbers") };
        let (len, row) = (part.rows.len(), part.rows.start);
        format!("{} {kind} {element} {len} {row} {}", part.label, taken(index))
    });
    let parts: Vec<String> = parts.collect();
    let input = match parts.as_slice() {
        [] => format!("one {scalar} {}", taken(0)),
        parts => format!("{name}Input {}", parts.join(", ")),
    };
    let mut start = 0;
    let mut ends = Vec::new();
    for (index, end) in plan.several().iter().enumerate() {
        let len: usize = end.shape.iter().product();
        ends.push(format!("{} {len} {start} {}", end.key, given(index)));
        start += len;
    }
    let output = match ends.as_slice() {
        [] => format!("one {}", given(0)),
        ends => format!("{name}Output {}", ends.join(", ")),
    };
    let stream = stream.as_ref().map_or_else(String::new, |stream| {
        format!("{} => {}, {} steps", stream.input.name(), stream.output.name(), stream.length)
    });
    let (batch, fields) = (static_batch(rng), plan.fields().collect::<Vec<_>>().join(", "));
    format!(
        "    graph_subject!(Subject{index}, {name}, {scalar}, {inputs} => {outputs}, ({input}), ({output}), batch {batch}, [{fields}], [{stream}]);\n"
    )
}

fn numbers(values: &[usize]) -> String {
    values.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

impl Scalar {
    /// The relative difference from exact arithmetic that passes of a network may show.
    pub fn tolerance(self) -> f64 {
        match self {
            Scalar::F32 => 1e-4,
            Scalar::F64 => 1e-10,
        }
    }
}
