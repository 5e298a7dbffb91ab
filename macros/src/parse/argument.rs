//! Arguments of layers: by place, then by `name: value`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::activation::{literal_value, number};
use super::stage::fault;
use super::{dimension, is_punct, text};
use crate::ast::{Argument, Declaration, Dim, Value};
use crate::diagnostic::{Place, nearest};
use crate::words::{FOLLOW_FROM_SHAPE, Kind, Layer, LayerArgument, Omitted, argument_elsewhere};

/// Reads the arguments of one layer.
pub struct Reader<'a> {
    word: &'static Layer,
    name: &'a Ident,
    /// The place of an argument that other libraries have here, and how many there are then.
    follows_from_shape: Option<(usize, usize)>,
    pub declaration: &'a mut Declaration,
    pub arguments: Vec<Option<Argument>>,
    pub order: Vec<(usize, bool)>,
    /// Whether each argument is named, and how it should have been written.
    pub pieces: Vec<(bool, String)>,
    given: Vec<bool>,
}

impl<'a> Reader<'a> {
    pub fn new(
        word: &'static Layer,
        name: &'a Ident,
        follows_from_shape: Option<(usize, usize)>,
        declaration: &'a mut Declaration,
    ) -> Self {
        Reader {
            word,
            name,
            follows_from_shape,
            declaration,
            arguments: word.arguments.iter().map(|_| None).collect(),
            order: Vec::new(),
            pieces: Vec::new(),
            given: vec![false; word.arguments.len()],
        }
    }

    /// Reads what stands in the parentheses.
    pub fn read(&mut self, inner: &[TokenTree]) {
        let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
        let mut parts: Vec<&[TokenTree]> = parts.collect();
        let positional = parts.iter().filter(|part| named(part).is_none()).count();
        if let Some((place, least)) = self.follows_from_shape
            && positional >= least
        {
            parts.remove(place);
        }
        let mut place = 0;
        for part in parts {
            let slot = match named(part) {
                Some((name, value)) => self.by_name(part, name).map(|slot| (slot, value, true)),
                None => {
                    place += 1;
                    match self.by_place(part, place - 1) {
                        Ok(slot) => slot.map(|(slot, is_named)| (slot, part, is_named)),
                        Err(()) => return,
                    }
                }
            };
            if let Some((slot, value, is_named)) = slot {
                self.argument(slot, part, value, is_named);
            }
        }
    }

    /// Which argument is meant by a name.
    fn by_name(&mut self, part: &[TokenTree], name: &Ident) -> Option<usize> {
        let word = self.word.word;
        let written = name.to_string();
        if let Some(slot) = self.word.argument(&written) {
            return Some(slot);
        }
        let names = self.word.arguments.iter().map(|argument| argument.name);
        let elsewhere = argument_elsewhere(self.word, &written);
        let near = elsewhere.or_else(|| nearest(&written, names.clone()));
        let what = if FOLLOW_FROM_SHAPE.contains(&written.as_str()) {
            fault(
                &part[..1],
                format!("`{word}` takes no `{written}`: that follows from the shape"),
                self.declaration,
            );
            return None;
        } else if let Some(name) = elsewhere {
            format!("`{word}` has no argument `{written}`, it is called `{name}`")
        } else if let Some(name) = near {
            format!("`{word}` has no argument `{written}`, did you mean `{name}`?")
        } else if self.word.arguments.is_empty() {
            format!("`{word}` takes no argument")
        } else {
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            format!("`{word}` has no argument `{written}`, it takes {}", names.join(", "))
        };
        fault(&part[..1], what, self.declaration);
        near.and_then(|name| self.word.argument(name))
    }

    /// Which argument stands at a place, and whether it should be named; an error if there is no such place.
    fn by_place(&mut self, part: &[TokenTree], place: usize) -> Result<Option<(usize, bool)>, ()> {
        let word = self.word;
        if place >= word.arguments.len() {
            let takes = match word.arguments {
                [] => "takes no argument".to_owned(),
                [only] => format!("takes one argument, `{}`", only.name),
                more => format!("takes up to {} arguments", more.len()),
            };
            fault(part, format!("`{}` {takes}", word.word), self.declaration);
            return Err(());
        }
        if self.pieces.iter().all(|(is_named, _)| !is_named) {
            return Ok(Some((place, false)));
        }
        let is_wanted = |slot: &usize| {
            matches!(word.arguments[*slot].omitted, Omitted::Required(_)) && !self.given[*slot]
        };
        let free = (0..word.arguments.len()).find(is_wanted);
        let slot = free.or_else(|| self.given.iter().position(|given| !given));
        let what = match slot {
            Some(slot) => format!(
                "an argument behind a named one is named too: `{}: {}`",
                word.arguments[slot].name,
                text(part)
            ),
            None => format!("all arguments of `{}` are given already", word.word),
        };
        fault(part, what, self.declaration);
        Ok(slot.map(|slot| (slot, true)))
    }

    fn argument(&mut self, slot: usize, part: &[TokenTree], value: &[TokenTree], is_named: bool) {
        let argument = &self.word.arguments[slot];
        if std::mem::replace(&mut self.given[slot], true) {
            let what = format!("`{}` of `{}` is given twice", argument.name, self.word.word);
            fault(part, what, self.declaration);
            return;
        }
        let (read, piece) = if value.is_empty() {
            let what = format!("`{}` of `{}` has no value", argument.name, self.word.word);
            fault(part, what, self.declaration);
            (None, argument.example())
        } else {
            self.value(argument, value)
        };
        let place = Place::of(value, self.name.span());
        self.arguments[slot] = read.map(|value| Argument { place, text: piece.clone(), value });
        self.order.push((slot, is_named));
        let piece = if is_named { format!("{}: {piece}", argument.name) } else { piece };
        self.pieces.push((is_named, piece));
    }

    /// Says which arguments are missing, unless the call `is_reported` anyway, and puts them in.
    pub fn complete(&mut self, is_reported: bool) {
        let mut missing = Vec::new();
        for (slot, argument) in self.word.arguments.iter().enumerate() {
            let Omitted::Required(example) = argument.omitted else { continue };
            if self.given[slot] {
                continue;
            }
            missing.push(format!("`{}`", argument.name));
            let placed = self.pieces.iter().filter(|(is_named, _)| !is_named).count();
            if placed == slot {
                self.pieces.insert(placed, (false, example.to_owned()));
            } else {
                self.pieces.push((true, format!("{}: {example}", argument.name)));
            }
        }
        if !missing.is_empty() && !is_reported {
            let (word, example) = (self.word.word, self.word.example());
            let what = format!("`{word}` needs {}: `{example}`", missing.join(" and "));
            fault(&[TokenTree::from(self.name.clone())], what, self.declaration);
        }
    }

    /// A value of the kind that the argument takes, and as it should have been written.
    fn value(&mut self, argument: &LayerArgument, tokens: &[TokenTree]) -> (Option<Value>, String) {
        match argument.kind {
            Kind::Size => self.one_size(argument, tokens, 1),
            Kind::Window => self.sizes(argument, tokens, 1, 2),
            Kind::Amount => self.sizes(argument, tokens, 0, 2),
            Kind::Shape => self.sizes(argument, tokens, 1, 3),
            Kind::Axes => self.sizes(argument, tokens, 0, 3),
            Kind::Padding => match tokens {
                [TokenTree::Ident(word)] if word == "same" => {
                    (Some(Value::Word(word.clone())), word.to_string())
                }
                // What torch calls the padding of 0.
                [TokenTree::Ident(word)] if word == "valid" => {
                    (Some(Value::Size(Dim::Literal(0, word.span()))), word.to_string())
                }
                [TokenTree::Ident(_)] if !starts_size(tokens, self.declaration) => {
                    self.word_of(argument, tokens, &["same", "valid"])
                }
                _ => self.sizes(argument, tokens, 0, 2),
            },
            Kind::Flag => self.word_of(argument, tokens, &["true", "false"]),
            Kind::Word(words) => self.word_of(argument, tokens, words),
            Kind::Number { least, most, excludes_most } => {
                self.number(argument, tokens, (least, most, excludes_most))
            }
        }
    }

    fn one_size(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
        least: usize,
    ) -> (Option<Value>, String) {
        if let [TokenTree::Group(group)] = tokens
            && group.delimiter() == Delimiter::Bracket
        {
            let what = format!("`{}` is one size, not `{}`", argument.name, text(tokens));
            fault(tokens, what, self.declaration);
            return (None, argument.example());
        }
        let (dim, mended) = self.size(argument, tokens, least);
        (dim.map(Value::Size), mended)
    }

    /// A size, or a list of up to `most` in brackets.
    fn sizes(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
        least: usize,
        most: usize,
    ) -> (Option<Value>, String) {
        let is_list = matches!(argument.kind, Kind::Shape | Kind::Axes);
        let group = match tokens {
            [TokenTree::Group(group)]
                if matches!(group.delimiter(), Delimiter::Bracket | Delimiter::Parenthesis) =>
            {
                group
            }
            _ if is_list => {
                let example = argument.example();
                let what = format!(
                    "`{}` takes a list in brackets: `{}{example}`",
                    self.word.word, self.word.word
                );
                fault(tokens, what, self.declaration);
                return (None, example);
            }
            _ => return self.one_size(argument, tokens, least),
        };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
        let read: Vec<(Option<Dim>, String)> =
            parts.map(|part| self.size(argument, part, least)).collect();
        let mended: Vec<&str> = read.iter().map(|(_, mended)| mended.as_str()).collect();
        if group.delimiter() == Delimiter::Parenthesis {
            let what = format!("a list stands in brackets: `[{}]`", mended.join(", "));
            fault(tokens, what, self.declaration);
        }
        let is_long = read.len() > most || read.is_empty();
        if is_long {
            let takes = match argument.kind {
                Kind::Shape | Kind::Axes => "one to three sizes".to_owned(),
                _ => "one size or `[height, width]`".to_owned(),
            };
            let what = format!("`{}` takes {takes}, not `{}`", argument.name, text(tokens));
            fault(tokens, what, self.declaration);
        }
        let mended = match mended.as_slice() {
            [] => argument.example(),
            [first, ..] if is_long && !is_list => (*first).to_owned(),
            [first, ..] if is_long => format!("[{first}]"),
            mended => format!("[{}]", mended.join(", ")),
        };
        let dims: Option<Vec<Dim>> = read.into_iter().map(|(dim, _)| dim).collect();
        (dims.map(Value::Sizes), mended)
    }

    fn size(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
        least: usize,
    ) -> (Option<Dim>, String) {
        let span = tokens.first().map_or(self.name.span(), TokenTree::span);
        // In a list, one that is wrong is replaced alone.
        let example = match argument.kind {
            Kind::Shape | Kind::Axes => "1".to_owned(),
            _ => argument.example(),
        };
        if let [TokenTree::Literal(literal)] = tokens
            && literal.to_string().parse() == Ok(0usize)
        {
            if least == 0 {
                return (Some(Dim::Literal(0, span)), "0".to_owned());
            }
            let article =
                if argument.name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            let what = match argument.kind {
                Kind::Shape => "a size of zero: `0`".to_owned(),
                Kind::Window => format!("{article} {} of zero", argument.name),
                _ => format!("`{}` of zero: it is at least 1", argument.name),
            };
            fault(tokens, what, self.declaration);
            return (None, example);
        }
        let faults_before = self.declaration.faults.len();
        let found = dimension::read(tokens, self.declaration);
        let is_reported = self.declaration.faults.len() > faults_before;
        match found {
            Some((_, mended, [])) if is_reported => (None, mended),
            Some((Dim::Parameter(parameter), ..)) => {
                let what = format!(
                    "Rust cannot yet compute with const parameters, which `{}` of `{}` would need: use a \
                     number or a const instead of `{parameter}`",
                    argument.name, self.word.word
                );
                fault(tokens, what, self.declaration);
                (None, example)
            }
            Some((dim, mended, [])) => {
                let is_axis = matches!(argument.kind, Kind::Axes);
                if is_axis && !matches!(dim, Dim::Literal(..)) {
                    let what = format!("an axis is a number, not `{}`", text(tokens));
                    fault(tokens, what, self.declaration);
                    return (None, example);
                }
                (Some(dim), mended)
            }
            _ if is_reported => (None, example),
            _ => {
                let is_arithmetic = dimension::is_expression(tokens, self.declaration)
                    && tokens.iter().any(|token| matches!(token, TokenTree::Punct(_)))
                    && tokens.iter().any(|token| matches!(token, TokenTree::Literal(_)));
                if is_arithmetic {
                    fault(tokens, "a computed size stands in braces".to_owned(), self.declaration);
                    return (None, format!("{{ {} }}", text(tokens)));
                }
                let hint = match tokens {
                    [TokenTree::Ident(word)] if word != "true" && word != "false" => {
                        ": a const is in capitals or in braces"
                    }
                    _ => "",
                };
                let what =
                    format!("`{}` takes a size, not `{}`{hint}", argument.name, text(tokens));
                fault(tokens, what, self.declaration);
                (None, example)
            }
        }
    }

    fn word_of(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
        words: &[&str],
    ) -> (Option<Value>, String) {
        let written = text(tokens);
        if let [TokenTree::Ident(word)] = tokens
            && words.contains(&written.as_str())
        {
            return (Some(Value::Word(word.clone())), written);
        }
        let plain = written.trim_matches(['"', '\'']).to_lowercase();
        let meant = match plain.as_str() {
            "0" | "no" if matches!(argument.kind, Kind::Flag) => Some("false"),
            "1" | "yes" if matches!(argument.kind, Kind::Flag) => Some("true"),
            plain => nearest(plain, words.iter().copied()),
        };
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let listed = quoted.join(" or ");
        let what = match meant {
            Some(meant) if meant != plain && matches!(argument.kind, Kind::Word(_)) => {
                format!("`{}` is {listed}, not `{written}`; did you mean `{meant}`?", argument.name)
            }
            _ if matches!(argument.kind, Kind::Padding) => {
                format!("`{}` is a size, {listed}, not `{written}`", argument.name)
            }
            _ => format!("`{}` is {listed}, not `{written}`", argument.name),
        };
        fault(tokens, what, self.declaration);
        (None, meant.map_or_else(|| argument.example(), str::to_owned))
    }

    fn number(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
        (least, most, excludes_most): (f64, f64, bool),
    ) -> (Option<Value>, String) {
        let stream: TokenStream = tokens.iter().cloned().collect();
        let name = argument.name;
        if let Some(size) = dimension::mentioned(stream, &self.declaration.const_parameters) {
            let what = format!(
                "`{name}` is a number of its own and cannot be the const parameter `{size}`, a size"
            );
            fault(tokens, what, self.declaration);
            return (None, argument.example());
        }
        let Some(number) = number(tokens) else {
            let what = format!("`{name}` takes a number, not `{}`", text(tokens));
            fault(tokens, what, self.declaration);
            return (None, argument.example());
        };
        let (is_negative, literal) = match tokens {
            [minus, literal] if is_punct(minus, '-') => (true, Some(literal)),
            [literal] => (false, Some(literal)),
            _ => (false, None),
        };
        if let Some(value) = literal.and_then(literal_value) {
            let value = if is_negative { -value } else { value };
            let is_above = if excludes_most { value >= most } else { value > most };
            if value < least || is_above {
                let below = if excludes_most { "less than" } else { "at most" };
                let hint = if name == "eps" && is_above {
                    ": the channels follow from the shape"
                } else {
                    ""
                };
                let what = format!(
                    "`{name}` is at least {least} and {below} {most}, not {}{hint}",
                    text(tokens)
                );
                fault(tokens, what, self.declaration);
                return (None, argument.example());
            }
        }
        (Some(Value::Number(number)), text(tokens))
    }
}

/// `name: value`, where it is that.
fn named(part: &[TokenTree]) -> Option<(&Ident, &[TokenTree])> {
    match part {
        [TokenTree::Ident(name), colon, value @ ..]
            if is_punct(colon, ':') && !value.first().is_some_and(|first| is_punct(first, ':')) =>
        {
            Some((name, value))
        }
        _ => None,
    }
}

fn starts_size(tokens: &[TokenTree], declaration: &Declaration) -> bool {
    matches!(tokens.first(), Some(TokenTree::Ident(name))
        if declaration.const_parameters.contains(name) || dimension::names_a_const(name))
}
