//! Declarations as text, token by token, so that the place of each token is known.

use super::rng::Rng;
use super::{Activation, Group, Network, Operation, Scalar, Size, Stage, UserLayer, Value};

/// A piece of a declaration that stands or falls as one.
#[derive(Clone, Debug)]
pub struct Token {
    /// As written.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Behind how many arrows it stands.
    pub segment: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Role {
    Attribute,
    Visibility,
    Struct,
    Name,
    Open,
    Scalar,
    ParameterConst,
    ParameterName,
    ParameterColon,
    ParameterKind,
    Comma,
    HeadEnd,
    Input,
    Arrow,
    Label,
    Colon,
    Activation,
    Arguments,
    Width,
    Type,
    Stated,
    Close,
    End,
}

/// All tokens of a declaration.
pub fn tokens(group: &Group, network: &Network) -> Vec<Token> {
    let mut writer = Writer { group, network, tokens: Vec::new(), segment: 0 };
    writer.head();
    writer.body();
    writer.tokens
}

struct Writer<'a> {
    group: &'a Group,
    network: &'a Network,
    tokens: Vec<Token>,
    segment: usize,
}

impl Writer<'_> {
    fn put(&mut self, role: Role, text: impl Into<String>) {
        self.tokens.push(Token { text: text.into(), role, segment: self.segment });
    }

    fn head(&mut self) {
        let network = self.network;
        for attribute in &network.attributes {
            self.put(Role::Attribute, *attribute);
        }
        if network.is_named {
            if !network.visibility.is_empty() {
                self.put(Role::Visibility, network.visibility);
            }
            self.put(Role::Struct, "struct");
            self.put(Role::Name, network.name.clone());
        }
        self.put(Role::Open, "<");
        if network.states_scalar {
            self.put(Role::Scalar, network.scalar.name());
        }
        for (index, parameter) in network.parameters.iter().enumerate() {
            if network.states_scalar || index > 0 {
                self.put(Role::Comma, ",");
            }
            self.put(Role::ParameterConst, "const");
            self.put(Role::ParameterName, parameter.name);
            self.put(Role::ParameterColon, ":");
            self.put(Role::ParameterKind, "usize");
        }
        if network.states_scalar || !network.parameters.is_empty() {
            self.put(Role::HeadEnd, ";");
        }
    }

    fn body(&mut self) {
        let network = self.network;
        let input = match network.input.as_slice() {
            [size] if !network.input_in_brackets => self.size(size),
            sizes => self.shape(sizes),
        };
        self.put(Role::Input, input);
        for stage in &network.stages {
            self.segment += 1;
            self.put(Role::Arrow, "=>");
            match stage {
                Stage::Stated(sizes) => self.put(Role::Stated, self.shape(sizes)),
                Stage::Layer { label, activation, operation } => {
                    if let Some(label) = label {
                        self.put(Role::Label, label.clone());
                        self.put(Role::Colon, ":");
                    }
                    if let Some(Activation { function, arguments }) = activation {
                        self.put(Role::Activation, function.word());
                        if !arguments.is_empty() {
                            self.put(Role::Arguments, arguments.clone());
                        }
                    }
                    match operation {
                        None => {}
                        Some(Operation::Dense(width)) => self.put(Role::Width, self.size(width)),
                        Some(Operation::Network(index, arguments)) => {
                            let name = &self.group.networks[*index].name;
                            let path = format!("{name}{}", self.arguments(arguments));
                            self.put(Role::Type, path);
                        }
                        Some(Operation::User(layer)) => {
                            self.put(Role::Type, self.user_layer(layer));
                        }
                    }
                }
            }
        }
        self.put(Role::Close, ">");
        if network.is_named {
            self.put(Role::End, ";");
        }
    }

    fn size(&self, size: &Size) -> String {
        match size {
            Size::Fixed(_, text) => text.clone(),
            Size::Parameter(position, in_braces) => {
                let name = self.network.parameters[*position].name;
                if *in_braces { format!("{{ {name} }}") } else { name.to_owned() }
            }
        }
    }

    fn shape(&self, sizes: &[Size]) -> String {
        let sizes: Vec<String> = sizes.iter().map(|size| self.size(size)).collect();
        format!("[{}]", sizes.join(", "))
    }

    fn arguments(&self, sizes: &[Size]) -> String {
        if sizes.is_empty() {
            return String::new();
        }
        let sizes: Vec<String> = sizes.iter().map(|size| self.argument(size)).collect();
        format!("<{}>", sizes.join(", "))
    }

    /// Rust wants braces around a generic argument, except around a number or a name alone, where it
    /// calls them unnecessary.
    fn argument(&self, size: &Size) -> String {
        let text = self.size(size);
        let inner = text.trim_matches(['{', '}', ' ']);
        if inner.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return inner.to_owned();
        }
        if text.contains("::") && !text.starts_with('{') { format!("{{ {text} }}") } else { text }
    }

    fn user_layer(&self, layer: &UserLayer) -> String {
        let scalar = self.network.scalar.name();
        match layer {
            UserLayer::Gain(size) => format!("layers::Gain<{scalar}, {}>", self.argument(size)),
            UserLayer::Product(half) => format!("layers::Product<{}, {half}>", 2 * half),
            UserLayer::Mix(a, b) => format!("layers::Mix<{scalar}, {a}, {b}>"),
            UserLayer::Fold(a, b, c) => format!("layers::Fold<{}, {a}, {b}, {c}>", a * b * c),
            UserLayer::Unfold(a, b, c) => format!("layers::Unfold<{a}, {b}, {c}, {}>", a * b * c),
        }
    }
}

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
                Value::Number(value) => format!("    pub const {}: f64 = {value:?};\n", c.name),
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
    let fields: Vec<&str> = plan.steps.iter().map(|step| step.field.as_str()).collect();
    format!(
        "    subject!(Subject{index}, {path}, {}, {} => {}, batch {}, [{}]);\n",
        network.scalar.name(),
        plan.inputs(),
        plan.outputs(),
        rng.between(1, 9),
        fields.join(", "),
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
