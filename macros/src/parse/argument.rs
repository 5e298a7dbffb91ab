//! Arguments of layers: by place, then by `name: value`.

use proc_macro2::{Ident, TokenTree};

use super::axis::{self, Axis};
use super::dimension::names_a_const;
use super::reading::{Reading, fault};
use super::text::{call_text, equated, is_punct, named, text};
use super::told::{tell_equals, tell_missing, tell_twice, tell_unknown};
use crate::ast::{Argument, Dim, Value};
use crate::diagnostic::{Place, Unshaped, nearest};
use crate::words::{
    self, Example, FOLLOW_FROM_SHAPE, FollowsFromShape, Kind, Layer, LayerArgument, Omitted, Rule,
    argument_elsewhere,
};

/// Reads the arguments of one layer.
pub struct Reader<'a> {
    pub word: &'static Layer,
    pub name: &'a Ident,
    follows_from_shape: Option<FollowsFromShape>,
    pub declaration: &'a mut Reading,
    pub arguments: Vec<Option<Argument>>,
    pub order: Vec<(usize, bool)>,
    /// Whether each argument is named, and how it should have been written.
    pub pieces: Vec<(bool, String)>,
    pub given: Vec<bool>,
    /// Whether all that is given is read as it was meant, so that a shape follows from it.
    pub is_known: bool,
    /// An activation that is given as an argument.
    pub activation: Option<String>,
    /// How many such layers stand one behind the other.
    pub layers: usize,
}

impl<'a> Reader<'a> {
    pub fn new(
        word: &'static Layer,
        name: &'a Ident,
        follows_from_shape: Option<FollowsFromShape>,
        declaration: &'a mut Reading,
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
            is_known: true,
            activation: None,
            layers: 1,
        }
    }

    /// Reads what stands in the parentheses.
    pub fn read(&mut self, inner: &[TokenTree]) {
        let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
        let mut parts: Vec<&[TokenTree]> = parts.collect();
        // What other libraries have behind it may be named.
        let may_be_named = ["kernel", "kernel_size", "hidden", "hidden_size"];
        let word = self.word;
        // `last` and `last = true` are reported as what they stand for.
        let is_named_otherwise = |part: &[TokenTree]| match part {
            [TokenTree::Ident(name)] => word.argument(&name.to_string()).is_some(),
            _ => equated(part).is_some(),
        };
        let counts = |part: &&&[TokenTree]| {
            !is_named_otherwise(part)
                && named(part).is_none_or(|(name, _)| may_be_named.iter().any(|word| name == word))
        };
        let positional = parts.iter().filter(counts).count();
        let stands = |place: usize| parts.get(place).is_some_and(|part| named(part).is_none());
        if let Some(FollowsFromShape { place, least }) = self.follows_from_shape
            && positional >= least
            && stands(place)
            && !is_no_size(parts.get(place + 1))
        {
            let removed = parts.remove(place);
            // Under another library's name it is no further fault.
            if self.name == self.word.word {
                let what = format!(
                    "`{}` takes one argument by place, `{}`: the size of what comes in follows from {}",
                    self.word.word,
                    self.word.arguments[0].name,
                    self.known_from()
                );
                fault(removed, what, self.declaration);
                if let [TokenTree::Literal(size)] = removed
                    && let Ok(size) = size.to_string().parse()
                {
                    self.declaration.faults.leave_to_shape(Unshaped::Incoming(size));
                }
            }
        }
        let mut place = 0;
        for part in parts {
            if self.is_bare_flag(part) {
                continue;
            }
            if self.is_axis(part) {
                continue;
            }
            let slot = match named(part).or_else(|| self.equated(part)) {
                Some((name, value)) => {
                    self.by_name(part, name, value).map(|slot| (slot, value, true))
                }
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

    /// Reads an argument that is an axis, if it is one.
    fn is_axis(&mut self, part: &[TokenTree]) -> bool {
        let of_axis = |argument: &LayerArgument| argument.kind == Kind::Axis;
        let Some(slot) = self.word.arguments.iter().position(of_axis) else { return false };
        let Some(axis) = axis::read_part(self.word.word, self.name, part, self.declaration) else {
            return false;
        };
        if std::mem::replace(&mut self.given[slot], true) {
            let value = match &axis {
                Axis::Known(dim, _) => dim.text(),
                Axis::Last | Axis::Open => text(part),
            };
            self.is_twice(slot, part, &value, false);
            return true;
        }
        match axis {
            Axis::Known(dim, piece) => {
                let (place, text) = (dim.place(), dim.text());
                self.arguments[slot] = Some(Argument { place, text, value: Value::Size(dim) });
                self.order.push((slot, true));
                self.pieces.push((true, piece));
            }
            Axis::Last => self.is_known = false,
            Axis::Open => self.keep(part),
        }
        true
    }

    /// Reads an argument once more, which may have been reported for its name.
    fn is_twice(&mut self, slot: usize, part: &[TokenTree], value: &str, is_reported: bool) {
        self.is_known = false;
        let name = self.word.arguments[slot].name;
        let first = self.arguments[slot].as_ref().map_or("", |argument| argument.text.as_str());
        let differs = match is_reported {
            true => first != value,
            false => tell_twice(self.word.word, name, part, [first, value], self.declaration),
        };
        if differs {
            self.pieces.push((true, format!("{name}: {value}")));
        }
    }

    /// Reports `causal` alone, which stands for `causal: true` elsewhere.
    fn is_bare_flag(&mut self, part: &[TokenTree]) -> bool {
        let [TokenTree::Ident(name)] = part else { return false };
        let Some(slot) = self.word.argument(&name.to_string()) else { return false };
        if self.word.arguments[slot].kind != Kind::Flag || self.given[slot] {
            return false;
        }
        let piece = format!("{name}: true");
        let what = format!("`{name}` of `{}` has no value: `{piece}`", self.word.word);
        fault(part, what, self.declaration);
        self.given[slot] = true;
        self.is_known = false;
        self.pieces.push((true, piece));
        true
    }

    /// Reports `name = value`, and reads it as `name: value`.
    fn equated<'t>(&mut self, part: &'t [TokenTree]) -> Option<(&'t Ident, &'t [TokenTree])> {
        let (name, value) = equated(part).filter(|(_, value)| !value.is_empty())?;
        // Another name, or another library's call, is one fault with it.
        if self.word.argument(&name.to_string()).is_some() && self.name == self.word.word {
            tell_equals(part, value, self.declaration);
        }
        Some((name, value))
    }

    /// Which argument is meant by a name.
    fn by_name(&mut self, part: &[TokenTree], name: &Ident, value: &[TokenTree]) -> Option<usize> {
        let word = self.word.word;
        let written = name.to_string();
        if let Some(slot) = self.word.argument(&written) {
            return Some(slot);
        }
        if let Some(known) = argument_elsewhere(self.word, &written) {
            let what = format!("`{word}` has no argument `{written}`, it is called `{known}`");
            fault(&part[..1], what, self.declaration);
            return self.word.argument(known);
        }
        if FOLLOW_FROM_SHAPE.contains(&written.as_str()) {
            let what =
                format!("`{word}` takes no `{written}`: that follows from {}", self.known_from());
            fault(&part[..1], what, self.declaration);
            return None;
        }
        if self.word.rule.is_recurrent() && written == "return_sequences" {
            return self.return_sequences(part, value);
        }
        if self.num_layers(part, name, value) {
            return None;
        }
        if let Some(missing) = words::missing_argument(word, &written) {
            if !tell_missing(word, part, value, missing, self.declaration) {
                self.keep(part);
            }
            return None;
        }
        if let ("activation", [TokenTree::Ident(activation)]) = (written.as_str(), value) {
            let activation = activation.to_string();
            let known = words::activation(&activation).map(|row| row.word);
            if let Some(known) = known.or_else(|| words::activation_called(&activation)) {
                let what = format!("an activation stands in front: `{known} {word}(..)`");
                fault(&part[..1], what, self.declaration);
                self.activation = Some(known.to_owned());
                return None;
            }
        }
        let names = self.word.arguments.iter().map(|argument| argument.name);
        if let Some(known) = nearest(&written, names.clone()) {
            let what = format!("`{word}` has no argument `{written}`, did you mean `{known}`?");
            fault(&part[..1], what, self.declaration);
            return self.word.argument(known);
        }
        tell_unknown(word, part, value, names, self.declaration);
        self.keep(part);
        None
    }

    /// What says the size of what comes in.
    fn known_from(&self) -> String {
        let input = self.declaration.parts.first().map_or("", |part| part.written.as_str());
        match (self.word.rule, input.starts_with("tokens(")) {
            (Rule::Embedding, true) => format!("`{input}`"),
            (Rule::Embedding, false) => "`tokens(..)`".to_owned(),
            _ => "the shape".to_owned(),
        }
    }

    /// An argument that is no argument here stays as it is written.
    pub fn keep(&mut self, part: &[TokenTree]) {
        self.is_known = false;
        self.pieces.push((true, text(part)));
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
            let what = format!("`{}` {takes}", word.word);
            fault(part, what, self.declaration);
            return Err(());
        }
        if let Some(slot) = self.slot_of_word(part)
            && slot != place
        {
            let name = word.arguments[slot].name;
            let what = format!("`{0}` stands under its name: `{name}: {0}`", text(part));
            fault(part, what, self.declaration);
            return Ok(Some((slot, true)));
        }
        if self.pieces.iter().all(|(is_named, _)| !is_named) {
            return Ok(Some(self.number_out_of_place(part, place).unwrap_or((place, false))));
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

    /// Which argument that is not given yet is meant by a word alone, which has a place of its own.
    fn slot_of_word(&self, part: &[TokenTree]) -> Option<usize> {
        let [TokenTree::Ident(written)] = part else { return None };
        self.word.arguments.iter().enumerate().position(|(slot, argument)| {
            matches!(argument.kind, Kind::Word(words) if words.iter().any(|word| written == word))
                && !self.given[slot]
        })
    }

    /// Where a number with a fraction stands in the place of a size that may be left out, the argument that is meant: the
    /// first behind it that is a number.
    fn number_out_of_place(&mut self, part: &[TokenTree], place: usize) -> Option<(usize, bool)> {
        let arguments = self.word.arguments;
        let is_left_out = !matches!(arguments[place].omitted, Omitted::Required(_));
        let [TokenTree::Literal(literal)] = part else { return None };
        if arguments[place].kind != Kind::Size
            || !is_left_out
            || literal.to_string().parse::<usize>().is_ok()
        {
            return None;
        }
        literal.to_string().parse::<f64>().ok()?;
        let is_number =
            |argument: &words::LayerArgument| matches!(argument.kind, Kind::Number { .. });
        let slot = place + arguments[place..].iter().position(is_number)?;
        let what = format!(
            "`{}` takes a size, not `{literal}`; did you mean `{}: {literal}`?",
            arguments[place].name, arguments[slot].name
        );
        fault(part, what, self.declaration);
        Some((slot, true))
    }

    fn argument(&mut self, slot: usize, part: &[TokenTree], value: &[TokenTree], is_named: bool) {
        let argument = &self.word.arguments[slot];
        if std::mem::replace(&mut self.given[slot], true) {
            // A name that is none has been reported.
            let is_misspelt = is_named
                && !matches!(part.first(), Some(TokenTree::Ident(name)) if name == argument.name);
            return self.is_twice(slot, part, &text(value), is_misspelt);
        }
        let (read, piece) = if value.is_empty() {
            let what = format!("`{}` of `{}` has no value", argument.name, self.word.word);
            fault(part, what, self.declaration);
            (None, argument.example())
        } else {
            self.value(argument, value)
        };
        self.is_known &= read.is_some();
        let place = Place::of(value, self.name.span());
        self.arguments[slot] = read.map(|value| Argument { place, text: piece.clone(), value });
        self.order.push((slot, is_named));
        let name = self.name.to_string();
        let piece = words::value_elsewhere(&name, argument.name, &piece).unwrap_or(piece);
        let piece = if is_named { format!("{}: {piece}", argument.name) } else { piece };
        self.pieces.push((is_named, piece));
    }

    /// Puts in what a layer of another library computes with by default, where nothing else is given.
    pub fn complete_elsewhere(&mut self) {
        for (argument, value) in words::given_elsewhere(&self.name.to_string()) {
            let is_open = |slot: &usize| !self.given[*slot];
            if self.word.argument(argument).as_ref().is_some_and(is_open) {
                self.pieces.push((true, format!("{argument}: {value}")));
            }
        }
    }

    /// Says which arguments are missing, unless the call `is_reported` anyway, and puts them in.
    pub fn complete(&mut self, is_reported: bool) {
        let mut missing = Vec::new();
        for (slot, argument) in self.word.arguments.iter().enumerate() {
            let Omitted::Required(example) = argument.omitted else { continue };
            if self.given[slot] {
                continue;
            }
            // A place behind the one that is given.
            let behind = match self.arguments.first() {
                Some(Some(Argument { value: Value::Size(Dim::Literal(start, _)), .. }))
                    if argument.kind == Kind::Place && slot == 1 =>
                {
                    start.checked_add(1).map(|end| end.to_string())
                }
                // Behind one that is not known no place is.
                Some(None) if argument.kind == Kind::Place && self.given[0] => {
                    self.is_known = false;
                    continue;
                }
                _ => None,
            };
            let example = behind.as_deref().unwrap_or(example);
            missing.push(format!("`{}`", argument.name));
            self.is_known = false;
            let placed = self.pieces.iter().filter(|(is_named, _)| !is_named).count();
            if placed == slot && !argument.is_named() {
                self.pieces.insert(placed, (false, example.to_owned()));
            } else {
                self.pieces.push((true, format!("{}: {example}", argument.name)));
            }
        }
        if !missing.is_empty() && !is_reported {
            let pieces = self.pieces.iter().map(|(_, piece)| piece.as_str()).collect::<Vec<_>>();
            let (word, example) = (self.word.word, call_text(self.word, &pieces));
            let what = format!("`{word}` needs {}", missing.join(" and "));
            // Which shape fits depends on what comes in.
            let is_shape = self.word.arguments.iter().any(|argument| argument.kind == Kind::Shape);
            let what = if is_shape { what } else { format!("{what}: `{example}`") };
            fault(&[TokenTree::from(self.name.clone())], what, self.declaration);
        }
    }
}

/// Whether an argument is evidently no size: a word such as `true`, or a number with a point or an exponent.
fn is_no_size(part: Option<&&[TokenTree]>) -> bool {
    match part {
        Some([TokenTree::Ident(word)]) => !names_a_const(word),
        Some([TokenTree::Literal(number)]) => number.to_string().contains(['.', 'e']),
        _ => false,
    }
}
