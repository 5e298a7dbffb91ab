//! Valid declarations broken in one token, and where that token is.
//!
//! A fault is a function from the tokens of a declaration to those of a broken one, or nothing where the
//! declaration has no place for it. A new rule of the language is a new line in one of the lists.

use super::declaration::Network;
use super::declaration::rng::Rng;
use super::declaration::write::{Role, Token};

/// A declaration with one fault.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The declaration.
    pub tokens: Vec<Token>,
    /// The token that is wrong.
    pub token: usize,
    /// Which characters of it, where it is not all of them.
    pub part: Option<std::ops::Range<usize>>,
}

/// Who finds a fault. What an earlier one finds hides what a later one would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finder {
    /// The macro.
    Macro,
    /// rustc, when it looks up names.
    Names,
    /// rustc, when it checks types.
    Types,
    /// rustc, when it computes consts.
    Consts,
}

/// A way to break a declaration.
#[derive(Clone, Copy)]
pub struct Fault {
    /// What it does.
    pub name: &'static str,
    /// Who finds it.
    pub finder: Finder,
    /// Does it.
    pub apply: fn(&mut Declaration<'_>) -> Option<Broken>,
}

/// The declaration to break.
pub struct Declaration<'a> {
    /// What it declares.
    pub network: &'a Network,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Which of many places.
    pub rng: &'a mut Rng,
}

/// What the source of broken declarations declares in front of them.
pub const PRELUDE: &str = "\
#[allow(dead_code)]
pub const ZERO: usize = 0;
#[allow(dead_code)]
pub const TEXT: &str = \"\";
#[allow(dead_code)]
pub const SMALL: u8 = 3;
";

macro_rules! faults {
    ($($finder:ident $name:literal => $apply:expr,)*) => {
        &[$(Fault { name: $name, finder: Finder::$finder, apply: $apply }),*]
    };
}

mod compositions;
mod graphs;
mod layers;
mod named;
mod tokens;

/// All ways to break a declaration.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    let others = compositions::FAULTS.iter().chain(layers::FAULTS).chain(tokens::FAULTS);
    FAULTS.iter().chain(others).chain(graphs::FAULTS).chain(named::FAULTS)
}

/// What can be wrong with stages of any kind and with what stands around them.
const FAULTS: &[Fault] = faults! {
    Macro "zero" => |d| d.replace(is_size, &["0"]),
    Macro "negative" => |d| d.replace(is_size, &["-3", "-1", "- 2", "-0"]),
    Macro "fraction" => |d| d.replace(is_size, &["2.5", "0.75"]),
    Macro "point" => |d| d.odd_size(&[".0", "."]),
    Macro "suffix" => |d| d.odd_size(&["_u32", "usize", "f32"]),
    Macro "overflow" => |d| d.replace(is_size, &["99999999999999999999", "0xffff_ffff_ffff_ffff_f"]),
    Macro "more than memory" => |d| d.replace(is_size, &["18446744073709551615"]),
    Macro "no number" => |d| d.replace(is_size, &["\"3\"", "'3'", "b\"3\""]),
    Macro "empty expression" => |d| d.replace(is_size, &["{}", "{ }"]),
    Macro "unknown word" => |d| d.replace(is(Role::Activation), &["banana", "foo", "quux_"]),
    Macro "misspelt activation" => misspelt,
    Macro "capital activation" => |d| d.replace(is_activation_of_width, &["ReLU", "Tanh", "Sigmoid"]),
    Macro "number for a word" => |d| {
        let token = d.replace(is_activation_of_width, &["3"])?.token;
        d.broken(token + 1)
    },
    Macro "argument that is no number" => argument,
    Macro "argument too many" => argument_too_many,
    Macro "unknown argument" => unknown_argument,
    Macro "missing arrow" => missing_arrow,
    Macro "doubled arrow" => |d| d.insert_before(is(Role::Arrow), Role::Arrow, &["=>"]),
    Macro "dangling arrow" => |d| d.insert_before(is(Role::Close), Role::Arrow, &["=>"]),
    Macro "mistyped arrow" => |d| {
        d.replace(is(Role::Arrow), &["->", "-->", "==>", "~>", "|>", ">=", "=", "<=", "<-", ">"])
    },
    Macro "wrong shape" => |d| wrong_shape(d, true),
    Macro "shape of zero" => |d| d.part(is(Role::Stated), "[0]", 1..2),
    Macro "shape of nothing" => |d| d.replace(is(Role::Stated), &["[]", "[ ]"]),
    Macro "shape of too many sizes" => |d| d.replace(is(Role::Stated), &["[1, 2, 3, 4]"]),
    Macro "labelled shape" => |d| {
        let index = d.find(is(Role::Stated))?;
        d.insert(index, Role::Label, "shape");
        d.insert(index + 1, Role::Colon, ":");
        d.broken(index)
    },
    Macro "labelled input" => |d| {
        let index = d.find(is(Role::Input))?;
        d.insert(index, Role::Label, "start");
        d.insert(index + 1, Role::Colon, ":");
        d.broken(index)
    },
    Macro "another attribute" => |d| {
        d.replace(is(Role::Tensors), &["#[cfg(all())]", "#[doc = \"0\"]", "#[inline]", "#[serde(rename = \"0\")]"])
    },
    Macro "attribute of nothing" => |d| {
        let index = d.find(is(Role::Stated))?;
        d.insert(index, Role::Tensors, "#[tensors = \"shape\"]");
        d.broken(index)
    },
    Macro "tensors called nothing" => |d| d.part(is(Role::Tensors), "#[tensors = \"\"]", 12..14),
    Macro "tensors called by a number" => |d| d.part(is(Role::Tensors), "#[tensors = 12]", 12..14),
    Macro "duplicate label" => duplicate_label,
    Macro "duplicate label inside" => |d| {
        let labels = d.all(is_own_label);
        let depth = |index: usize| d.tokens[index].depth;
        let twice = labels.windows(2).find(|pair| {
            depth(pair[0]) > 0
                && d.tokens[pair[0]..pair[1]].iter().all(|token| {
                    token.depth >= depth(pair[0]) && !matches!(token.role, Role::Bar | Role::Project)
                })
                && depth(pair[0]) == depth(pair[1])
        })?;
        let (first, second) = (twice[0], twice[1]);
        d.tokens[second].text = d.tokens[first].text.clone();
        d.broken(second)
    },
    Macro "keyword as label" => |d| d.label(&["type", "fn", "struct", "self", "match", "pub", "true"]),
    Macro "taken label" => |d| d.label(&["stage1", "stage12"]),
    Macro "label that is no name" => |d| d.label(&["3", "\"latent\""]),
    Macro "label without stage" => label_without_stage,
    Macro "missing stage" => missing_stages,
    Macro "missing input" => |d| {
        let index = d.find(is(Role::Input))?;
        d.tokens.remove(index);
        let open = d.find(is(Role::Open))?;
        // Behind parameters the place between `;` and the arrow is as good as `<`.
        if d.tokens[open + 1].role != Role::Arrow { return None; }
        d.broken(open + 1)
    },
    Macro "unknown scalar" => |d| d.replace(is(Role::Scalar), &["f16", "i32", "F64", "float"]),
    Macro "comma behind scalar" => |d| {
        let index = d.find(is(Role::HeadEnd))?;
        if d.tokens[index - 1].role != Role::Scalar { return None; }
        d.tokens[index].text = ",".into();
        d.broken(index)
    },
    Macro "parameter of another type" => |d| d.replace(is(Role::ParameterKind), &["u32", "bool", "f32"]),
    Macro "parameter twice" => |d| {
        let names: Vec<usize> = d.all(is(Role::ParameterName));
        let &[first, second] = names.as_slice() else { return None };
        d.tokens[second].text = d.tokens[first].text.clone();
        d.broken(second)
    },
    Macro "computing with a parameter" => |d| {
        let name = d.network.parameters.first()?.name;
        d.part(is_size, &format!("{{ 2 * {name} }}"), 6..6 + name.len())
    },
    Macro "stray sign" => |d| d.insert_before(ends_stage, Role::Comma, &["@", "!", "?", "&", "%", "$"]),
    Macro "stray size" => |d| d.insert_before(ends_sized_stage, Role::Width, &["3", "WIDTH"]),
    Macro "stray comma" => |d| d.insert_before(ends_stage, Role::Comma, &[","]),
    Macro "matrix into dense" => |d| {
        // What else reads the input would be told of it too.
        if d.network.is_graph { return None; }
        let input = d.find(is(Role::Input))?;
        let next = d.tokens.iter().skip(input).find(|token| token.segment == 1 && token.role != Role::Arrow
            && token.role != Role::Label && token.role != Role::Colon && token.role != Role::Activation
            && token.role != Role::Tensors
            && token.role != Role::Arguments)?;
        if next.role != Role::Width { return None; }
        d.tokens[input].text = "[3, 4, 2]".into();
        let index = d.tokens.iter().position(|token| token.role == Role::Width)?;
        d.broken(index)
    },
    Names "unknown const" => |d| d.replace(is_size, &["MISSING"]),
    Names "unknown path" => |d| d.part(is_size, "sizes::MISSING", 7..14),
    Names "unknown type" => |d| d.replace(is(Role::Type), &["Encodr", "Missing"]),
    Types "text for a size" => |d| d.constant(&["TEXT", "super::TEXT"]),
    Types "small integer for a size" => |d| d.constant(&["SMALL", "super::SMALL"]),
    Types "no layer" => |d| {
        // Behind a type the macro wants the shape in front of a tied layer stated.
        if d.tokens.iter().any(|token| token.role == Role::Table) { return None; }
        let broken = d.constant(&["String"])?;
        // Behind it a width gives a vector, unless a sequence is stated.
        let is_layer = |token: &Token| token.role == Role::Word && token.text != "dense";
        if d.tokens[broken.token..].iter().any(is_layer) { return None; }
        Some(broken)
    },
    Consts "const of zero" => |d| d.constant(&["ZERO", "super::ZERO", "{ ZERO }", "{ 4 - 4 }", "{ 0 }"]),
    Consts "underflow" => |d| {
        let index = d.constant(&["{ 1 - 2 }"])?.token;
        Some(Broken { tokens: d.tokens.clone(), token: index, part: Some(2..7) })
    },
    Consts "wrong shape" => |d| wrong_shape(d, false),
    Consts "wrong input of a nested network or layer" => wrong_input,
};

fn is(role: Role) -> impl Fn(&[Token], usize) -> bool {
    move |tokens, index| tokens[index].role == role
}

fn is_size(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    if is_of_turn(token) {
        return false;
    }
    token.role == Role::Width || token.role == Role::Input && !token.text.starts_with('[')
}

/// The size of a turn: without it no stage would read that.
fn is_of_turn(token: &Token) -> bool {
    let text = token.text.strip_suffix(" }").unwrap_or(&token.text);
    let names = ["W", "E", "SPAN"].iter().any(|name| text.ends_with(name));
    names && matches!(token.role, Role::Width | Role::Argument { .. })
}

/// A label that no reference names.
fn is_own_label(tokens: &[Token], index: usize) -> bool {
    tokens[index].role == Role::Label && !graphs::is_read(tokens, index)
}

fn is_activation_of_width(tokens: &[Token], index: usize) -> bool {
    tokens[index].role == Role::Activation && tokens[index + 1].role == Role::Width
}

/// Behind a whole stage stands an arrow or the end.
fn ends_stage(tokens: &[Token], index: usize) -> bool {
    matches!(tokens[index].role, Role::Arrow | Role::Close) && tokens[index - 1].role != Role::Input
}

/// Behind an activation alone a size would be its layer's.
fn ends_sized_stage(tokens: &[Token], index: usize) -> bool {
    // Behind a layer of the language an image may stand, which a dense layer does not take.
    let is_sized = |before: &Token| {
        !matches!(before.role, Role::Activation | Role::Arguments)
            && tokens.iter().all(|token| {
                token.role != Role::Word
                    && !(matches!(token.role, Role::Input | Role::Stated)
                        && token.text.contains(','))
            })
    };
    // A type with a parameter lacks its stated shape where anything comes between: a second fault.
    let is_stated = tokens.get(index + 1).is_some_and(|behind| behind.role == Role::Stated);
    // So would one whose stages give a shape that is joined with another.
    let is_joined = tokens[index..].iter().any(|behind| behind.role == Role::Composition);
    let is_outside = tokens[index].depth == 0 && !is_joined;
    // Nothing but an embedding takes tokens.
    let is_stage = || tokens[index - 1].segment > 0;
    ends_stage(tokens, index)
        && is_stage()
        && is_outside
        && is_sized(&tokens[index - 1])
        && !is_stated
}

/// How many tokens of a stage stand in front of its layer.
fn prefix(stage: &[Token]) -> usize {
    let is_prefix = |token: &&Token| {
        matches!(
            token.role,
            Role::Tensors | Role::Label | Role::Colon | Role::Activation | Role::Arguments
        )
    };
    stage.iter().take_while(is_prefix).count()
}

/// Whether the macro knows all shapes in front of a token: numbers, and layers of the language.
fn is_known(d: &Declaration<'_>, token: usize) -> bool {
    let is_number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || b"[], ".contains(&byte));
    let is_plain = |token: &Token| match token.role {
        Role::Type => false,
        Role::Input
        | Role::InputOfSeveral
        | Role::TurnList
        | Role::Length
        | Role::Vocabulary
        | Role::Width
        | Role::Stated
        | Role::Times => is_number(&token.text),
        Role::Argument { name, .. } => {
            NO_SIZES.contains(&name)
                || ["same", "causal"].contains(&token.text.as_str())
                || is_number(&token.text)
        }
        _ => true,
    };
    let own = d.tokens[token..]
        .iter()
        .take_while(|token| !matches!(token.role, Role::Arrow | Role::Close | Role::CallEnd));
    d.network.parameters.is_empty() && d.tokens[..token].iter().chain(own).all(is_plain)
}

/// Arguments that shapes do not depend on.
const NO_SIZES: &[&str] = &[
    "eps",
    "p",
    "momentum",
    "mode",
    "bias",
    "affine",
    "elementwise_affine",
    "num_parameters",
    "init",
    "count_include_pad",
    "ceil_mode",
    "align_corners",
    "causal",
    "rotary",
    "dropout",
    "std",
];

impl Declaration<'_> {
    /// Where the composition ends that a token opens.
    fn closing(&self, opening: usize) -> Option<usize> {
        let depth = self.tokens[opening].depth;
        let is_end = |token: &Token| token.role == Role::CompositionEnd && token.depth == depth;
        Some(opening + self.tokens[opening..].iter().position(is_end)?)
    }

    /// Where the composition starts in which a token stands.
    fn opening(&self, inner: usize) -> Option<usize> {
        let depth = self.tokens[inner].depth.checked_sub(1)?;
        let is_start = |token: &Token| token.role == Role::Composition && token.depth == depth;
        self.tokens[..inner].iter().rposition(is_start)
    }

    /// Where the arguments of a layer end.
    fn call_end(&self, inner: usize) -> Option<usize> {
        let is_end = |token: &Token| token.role == Role::CallEnd;
        Some(inner + self.tokens[inner..].iter().position(is_end)?)
    }

    fn all(&self, is_wanted: impl Fn(&[Token], usize) -> bool) -> Vec<usize> {
        (0..self.tokens.len()).filter(|&index| is_wanted(&self.tokens, index)).collect()
    }

    /// One of the tokens that are so.
    fn find(&mut self, is_wanted: impl Fn(&[Token], usize) -> bool) -> Option<usize> {
        let all = self.all(is_wanted);
        (!all.is_empty()).then(|| *self.rng.pick(&all))
    }

    fn broken(&self, token: usize) -> Option<Broken> {
        Some(Broken { tokens: self.tokens.clone(), token, part: None })
    }

    fn insert(&mut self, index: usize, role: Role, text: &str) {
        let Token { segment, depth, .. } = self.tokens[index];
        self.tokens.insert(index, Token { text: text.into(), role, segment, depth });
    }

    fn replace(
        &mut self,
        is_wanted: impl Fn(&[Token], usize) -> bool,
        texts: &[&'static str],
    ) -> Option<Broken> {
        let index = self.find(is_wanted)?;
        self.tokens[index].text = self.rng.word(texts).into();
        self.broken(index)
    }

    fn insert_before(
        &mut self,
        is_wanted: impl Fn(&[Token], usize) -> bool,
        role: Role,
        texts: &[&'static str],
    ) -> Option<Broken> {
        let index = self.find(is_wanted)?;
        let text = self.rng.word(texts);
        self.insert(index, role, text);
        self.broken(index)
    }

    /// As `replace`, where only some characters are wrong.
    fn part(
        &mut self,
        is_wanted: impl Fn(&[Token], usize) -> bool,
        text: &str,
        part: std::ops::Range<usize>,
    ) -> Option<Broken> {
        let index = self.find(is_wanted)?;
        self.tokens[index].text = text.into();
        Some(Broken { tokens: self.tokens.clone(), token: index, part: Some(part) })
    }

    /// Puts something behind a number, which leaves no doubt about its value.
    fn odd_size(&mut self, texts: &[&'static str]) -> Option<Broken> {
        let index = self.find(|tokens, index| {
            is_size(tokens, index) && tokens[index].text.bytes().all(|byte| byte.is_ascii_digit())
        })?;
        self.tokens[index].text += self.rng.word(texts);
        self.broken(index)
    }

    /// Replaces a label, or adds one to a stage that may have one.
    fn label(&mut self, texts: &[&'static str]) -> Option<Broken> {
        let text = self.rng.word(texts);
        if let Some(index) = self.find(is_own_label) {
            self.tokens[index].text = text.into();
            return self.broken(index);
        }
        let index = self.find(|tokens, index| {
            tokens[index].role == Role::Arrow
                && !matches!(
                    tokens[index + 1].role,
                    Role::Stated | Role::Tensors | Role::Label | Role::Reference | Role::Outputs
                )
        })?;
        self.insert(index + 1, Role::Label, text);
        self.insert(index + 2, Role::Colon, ":");
        self.broken(index + 1)
    }

    /// Replaces a width in a network whose checks are made at once.
    fn constant(&mut self, texts: &[&'static str]) -> Option<Broken> {
        let is_width = |tokens: &[Token], index: usize| {
            tokens[index].role == Role::Width && is_size(tokens, index)
        };
        if self.network.parameters.is_empty() { self.replace(is_width, texts) } else { None }
    }
}

fn misspelt(d: &mut Declaration<'_>) -> Option<Broken> {
    let index = d.find(is(Role::Activation))?;
    let word: Vec<char> = d.tokens[index].text.chars().collect();
    let place = d.rng.below(word.len() - 1);
    let mut wrong = word.clone();
    match d.rng.below(3) {
        0 => drop(wrong.remove(place)),
        1 => wrong.insert(place, word[place]),
        _ => wrong.swap(place, place + 1),
    }
    let wrong: String = wrong.into_iter().collect();
    let is_word = ["elu", "relu", "gelu", "silu", "tanh"].contains(&wrong.as_str());
    if is_word || wrong == d.tokens[index].text {
        return None;
    }
    d.tokens[index].text = wrong;
    d.broken(index)
}

/// An activation that takes an argument, with a wrong one.
fn with_argument(d: &mut Declaration<'_>, text: &str) -> Option<usize> {
    let index = d.find(|tokens, index| {
        let word = tokens[index].text.as_str();
        tokens[index].role == Role::Activation && matches!(word, "elu" | "leaky_relu" | "softplus")
    })?;
    if d.tokens[index + 1].role == Role::Arguments {
        d.tokens[index + 1].text = text.into();
    } else {
        d.insert(index + 1, Role::Arguments, text);
    }
    Some(index + 1)
}

fn argument(d: &mut Declaration<'_>) -> Option<Broken> {
    let text = d.rng.word(&["(\"0.5\")", "('x')", "(=)", "(true)"]);
    let token = with_argument(d, text)?;
    Some(Broken { tokens: d.tokens.clone(), token, part: Some(1..text.len() - 1) })
}

fn argument_too_many(d: &mut Declaration<'_>) -> Option<Broken> {
    let token = with_argument(d, "(0.5, 0.25)")?;
    Some(Broken { tokens: d.tokens.clone(), token, part: Some(6..10) })
}

fn unknown_argument(d: &mut Declaration<'_>) -> Option<Broken> {
    let token = with_argument(d, "(gamma: 0.25)")?;
    Some(Broken { tokens: d.tokens.clone(), token, part: Some(1..6) })
}

fn missing_arrow(d: &mut Declaration<'_>) -> Option<Broken> {
    let index = d.find(|tokens, index| {
        if tokens[index].role != Role::Arrow {
            return false;
        }
        let (before, behind) = (tokens[index - 1].role, tokens[index + 1].role);
        // An activation alone would take what follows as its layer.
        let learns = tokens[..index].iter().rev().take_while(|token| token.role != Role::Arrow);
        let learns = learns.into_iter().any(|token| token.text == "prelu");
        let joins = (learns || matches!(before, Role::Activation | Role::Arguments))
            && matches!(
                behind,
                Role::Width | Role::Type | Role::Word | Role::Flattening | Role::Composition
            );
        !joins
    })?;
    d.tokens.remove(index);
    d.broken(index)
}

/// A stated shape that is one too large, where the macro knows the true one or where only rustc does.
fn wrong_shape(d: &mut Declaration<'_>, is_known: bool) -> Option<Broken> {
    let has_parameters = !d.network.parameters.is_empty();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let index = d.find(|tokens, index| {
        if tokens[index].role != Role::Stated {
            return false;
        }
        // At its end a composition says so itself.
        if matches!(tokens[index + 1].role, Role::CompositionEnd | Role::Bar | Role::Semicolon) {
            return false;
        }
        // Behind the arrow, so that nothing is stated between.
        let layer = &tokens[index - 2];
        let is_layer = matches!(layer.role, Role::Width | Role::Type);
        // What rustc checks behind it would fail too, and what stages of a composition give the macro checks before.
        let is_checked =
            |token: &Token| matches!(token.role, Role::Stated | Role::Type | Role::Composition);
        let is_looked_at = tokens[index + 1..].iter().any(is_checked);
        is_layer
            && is_number(tokens[index].text.trim_matches(['[', ']']))
            && is_number(&layer.text) == is_known
            && (is_known || !has_parameters && !is_looked_at)
    })?;
    let size: usize = d.tokens[index].text.trim_matches(['[', ']']).parse().ok()?;
    d.tokens[index].text = format!("[{}]", size + 1);
    d.broken(index)
}

fn duplicate_label(d: &mut Declaration<'_>) -> Option<Broken> {
    // Those inside a composition are names of another struct.
    let is_outside = |tokens: &[Token], index: usize| tokens[index].depth == 0;
    let labels = d.all(|tokens, index| is_own_label(tokens, index) && is_outside(tokens, index));
    let [first, .., last] = labels.as_slice() else { return None };
    d.tokens[*last].text = d.tokens[*first].text.clone();
    d.broken(*last)
}

fn label_without_stage(d: &mut Declaration<'_>) -> Option<Broken> {
    let index = d.find(is_own_label)?;
    let segment = d.tokens[index].segment;
    let is_own = |token: &Token| token.segment == segment && token.role == Role::Composition;
    if d.tokens.iter().any(is_own) {
        return None;
    }
    let is_stage = |token: &Token| {
        token.segment == segment
            && !matches!(
                token.role,
                Role::Arrow
                    | Role::Tensors
                    | Role::Label
                    | Role::Colon
                    | Role::CompositionEnd
                    | Role::Bar
                    | Role::Semicolon
                    | Role::Project
                    | Role::Close
                    | Role::End
            )
    };
    d.tokens.retain(|token| !is_stage(token));
    d.broken(index)
}

fn missing_stages(d: &mut Declaration<'_>) -> Option<Broken> {
    d.tokens.retain(|token| token.segment == 0 || matches!(token.role, Role::Close | Role::End));
    let index = d.find(is(Role::Input))?;
    d.broken(index)
}

/// What stands in front of a network or layer, made one wider.
fn wrong_input(d: &mut Declaration<'_>) -> Option<Broken> {
    if !d.network.parameters.is_empty() {
        return None;
    }
    let index = d.find(|tokens, index| {
        let Some(before) = index.checked_sub(1).map(|index| &tokens[index]) else { return false };
        let front = tokens[..index].iter().rfind(|token| token.segment < tokens[index].segment);
        tokens[index].role == Role::Type
            && before.role != Role::Type
            && front.is_some_and(|front| {
                matches!(front.role, Role::Width | Role::Input)
                    && front.text.parse::<usize>().is_ok()
            })
    })?;
    let segment = d.tokens[index].segment;
    let front = d.tokens[..index].iter().rposition(|token| token.segment < segment)?;
    // So would who reads it by a label, and of several inputs the one is at fault.
    let is_given = d.tokens[index + 1].role == Role::Parenthesis;
    let label = d
        .tokens
        .iter()
        .position(|token| token.role == Role::Label && token.segment == d.tokens[front].segment);
    if is_given || label.is_some_and(|label| graphs::is_read(&d.tokens, label)) {
        return None;
    }
    let size: usize = d.tokens[front].text.parse().ok()?;
    d.tokens[front].text = (size + 1).to_string();
    d.broken(index)
}
