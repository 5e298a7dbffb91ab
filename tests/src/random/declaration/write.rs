//! Declarations as text, token by token, so that the place of each token is known.

use super::call::{Call, Kind};
use super::{
    Activation, Form, Given, Group, Holds, Network, Operation, Reference, Size, Stage, UserLayer,
};

/// A piece of a declaration that stands or falls as one.
#[derive(Clone, Debug)]
pub struct Token {
    /// As written.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// To which stage it belongs, counted from the input, those inside compositions too.
    pub segment: usize,
    /// In how many compositions it stands.
    pub depth: usize,
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
    /// `tokens`, how many, `vocab`, and one vocabulary or a list.
    Tokens,
    Length,
    VocabularyName,
    Vocabulary,
    Arrow,
    /// `#[tensors = "0"]`.
    Tensors,
    Label,
    Colon,
    Activation,
    Arguments,
    Width,
    Type,
    Stated,
    Composition,
    Parenthesis,
    Times,
    /// `axis:` of branches, and its number.
    AxisName,
    Axis,
    Semicolon,
    Project,
    Bar,
    CompositionEnd,
    Word,
    /// `flatten` of an image.
    Flattening,
    /// The label that `tied` names.
    Table,
    ArgumentName,
    ArgumentColon,
    ArgumentComma,
    /// The value of a layer's argument.
    Argument {
        word: &'static str,
        name: &'static str,
    },
    CallEnd,
    Close,
    End,
    /// One of several inputs: its label, and its sizes.
    InputLabel,
    InputOfSeveral,
    /// A value that a stage goes on from, or that it reads.
    Reference,
    Read,
    /// What an input of a network among the stages is given: its name and the value.
    GivenName,
    GivenValue,
    /// `repeat(W in [1, 2]; ..)`.
    TurnName,
    TurnIn,
    TurnList,
    /// Several outputs.
    Outputs,
    OutputBar,
    OutputsEnd,
}

/// All tokens of a declaration.
pub fn tokens(group: &Group, network: &Network) -> Vec<Token> {
    let mut writer =
        Writer { group, network, tokens: Vec::new(), segment: 0, segments: 0, depth: 0 };
    writer.head();
    writer.body();
    writer.tokens
}

struct Writer<'a> {
    group: &'a Group,
    network: &'a Network,
    tokens: Vec<Token>,
    segment: usize,
    /// How many stages there were so far.
    segments: usize,
    depth: usize,
}

impl Writer<'_> {
    fn put(&mut self, role: Role, text: impl Into<String>) {
        self.tokens.push(Token {
            text: text.into(),
            role,
            segment: self.segment,
            depth: self.depth,
        });
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
        match network.input.as_slice() {
            _ if !network.inputs.is_empty() => self.inputs(),
            [length] if !network.vocabularies.is_empty() => self.of_tokens(length),
            [size] if !network.input_in_brackets => self.put(Role::Input, self.size(size)),
            sizes => self.put(Role::Input, self.shape(sizes)),
        }
        for stage in &network.stages {
            self.next_segment();
            self.put(Role::Arrow, "=>");
            self.stage(stage);
        }
        if !network.outputs.is_empty() {
            self.next_segment();
            self.put(Role::Arrow, "=>");
            self.put(Role::Outputs, "(");
            for (index, output) in network.outputs.iter().enumerate() {
                if index > 0 {
                    self.put(Role::OutputBar, "|");
                }
                self.inner(output);
            }
            self.put(Role::OutputsEnd, ")");
        }
        self.put(Role::Close, ">");
        if network.is_named {
            self.put(Role::End, ";");
        }
    }

    fn inputs(&mut self) {
        self.put(Role::Parenthesis, "(");
        for (index, input) in self.network.inputs.iter().enumerate() {
            if index > 0 {
                self.put(Role::ArgumentComma, ",");
            }
            self.put(Role::InputLabel, input.label.clone());
            self.put(Role::ArgumentColon, ":");
            let sizes = match (&input.holds, input.sizes.as_slice()) {
                (Holds::Tokens(vocabulary, padding), [length]) => {
                    let (length, vocabulary) = (self.size(length), self.size(vocabulary));
                    let padding = padding.map(|token| format!(", padding: {token}"));
                    format!("tokens({length}, vocab: {vocabulary}{})", padding.unwrap_or_default())
                }
                (_, [size]) => self.size(size),
                (_, sizes) => self.shape(sizes),
            };
            self.put(Role::InputOfSeveral, sizes);
        }
        self.put(Role::CallEnd, ")");
    }

    fn of_tokens(&mut self, length: &Size) {
        self.put(Role::Tokens, "tokens");
        self.put(Role::Parenthesis, "(");
        self.put(Role::Length, self.size(length));
        self.put(Role::ArgumentComma, ",");
        self.put(Role::VocabularyName, "vocab");
        self.put(Role::ArgumentColon, ":");
        let vocabularies = match self.network.vocabularies.as_slice() {
            [one] => self.size(one),
            each => self.shape(each),
        };
        self.put(Role::Vocabulary, vocabularies);
        self.put(Role::CallEnd, ")");
    }

    fn next_segment(&mut self) {
        self.segments += 1;
        self.segment = self.segments;
    }

    fn stage(&mut self, stage: &Stage) {
        let (tensors, label, activation, operation) = match stage {
            Stage::Stated(sizes) => return self.put(Role::Stated, self.shape(sizes)),
            Stage::Reference(reference) => return self.put(Role::Reference, and(reference)),
            Stage::Layer { tensors, label, activation, operation } => {
                (tensors, label, activation, operation)
            }
        };
        if let Some(name) = tensors {
            self.put(Role::Tensors, format!("#[tensors = {name:?}]"));
        }
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
            Some(Operation::Dense(width, Form { arguments: [], .. })) => {
                self.put(Role::Width, self.size(width));
            }
            Some(Operation::Dense(width, form)) => self.dense(width, form),
            Some(Operation::Network(index, arguments, given)) => {
                let name = &self.group.networks[*index].name;
                let path = format!("{name}{}", self.arguments(arguments));
                self.put(Role::Type, path);
                self.given(given);
            }
            Some(Operation::User(layer)) => self.put(Role::Type, self.user_layer(layer)),
            Some(Operation::Residual(body, project)) => self.composition("residual", |writer| {
                writer.inner(body);
                if let Some(project) = project {
                    writer.put(Role::Semicolon, ";");
                    writer.put(Role::Project, "project:");
                    writer.inner(project);
                }
            }),
            Some(Operation::Repeat(times, body)) => self.composition("repeat", |writer| {
                writer.put(Role::Times, writer.size(times));
                writer.put(Role::Semicolon, ";");
                writer.inner(body);
            }),
            Some(Operation::Turns(name, list, bodies)) => self.composition("repeat", |writer| {
                writer.put(Role::TurnName, *name);
                writer.put(Role::TurnIn, "in");
                writer.put(Role::TurnList, writer.shape(list));
                writer.put(Role::Semicolon, ";");
                writer.inner(&bodies[0]);
            }),
            Some(Operation::Concat(axis, branches)) => self.composition("concat", |writer| {
                if let Some(axis) = axis {
                    writer.put(Role::AxisName, "axis:");
                    writer.put(Role::Axis, axis.to_string());
                    writer.put(Role::Semicolon, ";");
                }
                writer.branches(branches);
            }),
            Some(Operation::Product(branches)) => {
                self.composition("product", |writer| writer.branches(branches));
            }
            Some(Operation::Sum(branches)) => {
                self.composition("sum", |writer| writer.branches(branches));
            }
            Some(Operation::Call(call)) => self.call(call),
            Some(Operation::Pair(word, a, b)) => {
                self.put(Role::Word, *word);
                self.put(Role::Parenthesis, "(");
                self.put(Role::Read, and(a));
                self.put(Role::ArgumentComma, ",");
                self.put(Role::Read, and(b));
                self.put(Role::CallEnd, ")");
            }
            Some(Operation::Tied(label)) => {
                self.put(Role::Word, "tied");
                self.put(Role::Parenthesis, "(");
                self.put(Role::Table, label.clone());
                self.put(Role::CallEnd, ")");
            }
        }
    }

    fn given(&mut self, given: &[Given]) {
        for (index, Given { input, value }) in given.iter().enumerate() {
            let (role, text) =
                if index == 0 { (Role::Parenthesis, "(") } else { (Role::ArgumentComma, ",") };
            self.put(role, text);
            self.put(Role::GivenName, input.clone());
            self.put(Role::ArgumentColon, ":");
            self.put(Role::GivenValue, and(value));
        }
        if !given.is_empty() {
            self.put(Role::CallEnd, ")");
        }
    }

    fn dense(&mut self, width: &Size, form: &Form) {
        let word = "dense";
        self.put(Role::Word, word);
        self.put(Role::Parenthesis, "(");
        for (index, &(name, is_named, value)) in form.arguments.iter().enumerate() {
            if index > 0 {
                self.put(Role::ArgumentComma, ",");
            }
            if is_named {
                self.put(Role::ArgumentName, name);
                self.put(Role::ArgumentColon, ":");
            }
            let text = value.map_or_else(|| self.size(width), str::to_owned);
            self.put(Role::Argument { word, name }, text);
        }
        self.put(Role::CallEnd, ")");
    }

    fn composition(&mut self, word: &'static str, write: impl FnOnce(&mut Self)) {
        let segment = self.segment;
        self.put(Role::Composition, word);
        self.put(Role::Parenthesis, "(");
        self.depth += 1;
        write(self);
        self.depth -= 1;
        self.segment = segment;
        self.put(Role::CompositionEnd, ")");
    }

    fn branches(&mut self, branches: &[Vec<Stage>]) {
        let segment = self.segment;
        for (index, branch) in branches.iter().enumerate() {
            if index > 0 {
                self.segment = segment;
                self.put(Role::Bar, "|");
            }
            self.inner(branch);
        }
    }

    fn inner(&mut self, stages: &[Stage]) {
        for (index, stage) in stages.iter().enumerate() {
            self.next_segment();
            if index > 0 {
                self.put(Role::Arrow, "=>");
            }
            self.stage(stage);
        }
    }

    fn call(&mut self, call: &Call) {
        let is_flattening = matches!(call.kind, Kind::Flatten(3, _));
        self.put(if is_flattening { Role::Flattening } else { Role::Word }, call.word);
        let reads = [("memory", &call.reads.memory), ("mask", &call.reads.mask)];
        let reads = || reads.iter().filter_map(|(name, read)| Some((*name, read.as_ref()?)));
        if call.arguments.is_empty() && reads().next().is_none() {
            return;
        }
        if !call.is_bare {
            self.put(Role::Parenthesis, "(");
        }
        for (index, argument) in call.arguments.iter().enumerate() {
            if index > 0 {
                self.put(Role::ArgumentComma, ",");
            }
            if argument.is_named {
                self.put(Role::ArgumentName, argument.name);
                self.put(Role::ArgumentColon, ":");
            }
            let role = Role::Argument { word: call.word, name: argument.name };
            self.put(role, argument.text.clone());
        }
        for (index, (name, reference)) in reads().enumerate() {
            if index > 0 || !call.arguments.is_empty() {
                self.put(Role::ArgumentComma, ",");
            }
            self.put(Role::ArgumentName, name);
            self.put(Role::ArgumentColon, ":");
            self.put(Role::Read, and(reference));
        }
        if !call.is_bare {
            self.put(Role::CallEnd, ")");
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

fn and(reference: &Reference) -> String {
    format!("&{}", reference.text)
}
