//! Arguments of layers: by place, then by `name: value`.

use proc_macro2::{Ident, TokenTree};

use super::reading::{Reading, fault};
use super::text::{is_punct, text};
use crate::ast::Argument;
use crate::diagnostic::{Place, nearest};
use crate::words::{
    Example, FOLLOW_FROM_SHAPE, FollowsFromShape, Kind, Layer, Omitted, argument_elsewhere,
    in_place_of,
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
    given: Vec<bool>,
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
            [TokenTree::Ident(name), rest @ ..] => {
                word.argument(&name.to_string()).is_some()
                    && rest.first().is_none_or(|sign| is_punct(sign, '='))
            }
            _ => false,
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
                    "`{}` takes one argument by place, `{}`: the size of what comes in follows from the shape",
                    self.word.word, self.word.arguments[0].name
                );
                fault(removed, what, self.declaration);
            }
        }
        let mut place = 0;
        for part in parts {
            if self.is_bare_flag(part) {
                continue;
            }
            let slot = match named(part).or_else(|| self.equated(part)) {
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
        self.pieces.push((true, piece));
        true
    }

    /// Reports `name = value`, and reads it as `name: value`.
    fn equated<'t>(&mut self, part: &'t [TokenTree]) -> Option<(&'t Ident, &'t [TokenTree])> {
        let [TokenTree::Ident(name), sign, value @ ..] = part else { return None };
        if !is_punct(sign, '=') || value.is_empty() {
            return None;
        }
        let what = format!("a name stands in front of `:`, not `=`: `{name}: {}`", text(value));
        fault(&part[1..2], what, self.declaration);
        Some((name, value))
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
        let what = if elsewhere.is_none() && FOLLOW_FROM_SHAPE.contains(&written.as_str()) {
            fault(
                &part[..1],
                format!("`{word}` takes no `{written}`: that follows from the shape"),
                self.declaration,
            );
            return None;
        } else if let Some(instead) = in_place_of(self.word, &written) {
            let what = format!("`{word}` takes no `{written}`: {instead}");
            fault(&part[..1], what, self.declaration);
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
            // A name that is none has been reported.
            let is_misspelt = is_named
                && !matches!(part.first(), Some(TokenTree::Ident(name)) if name == argument.name);
            if !is_misspelt {
                let what = format!("`{}` of `{}` is given twice", argument.name, self.word.word);
                fault(part, what, self.declaration);
            }
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
}

/// Whether an argument is evidently no size: `true`, `false`, or a number with a point or an exponent.
fn is_no_size(part: Option<&&[TokenTree]>) -> bool {
    match part {
        Some([TokenTree::Ident(word)]) => word == "true" || word == "false",
        Some([TokenTree::Literal(number)]) => number.to_string().contains(['.', 'e']),
        _ => false,
    }
}

/// `name: value`, where it is that.
pub(super) fn named(part: &[TokenTree]) -> Option<(&Ident, &[TokenTree])> {
    match part {
        [TokenTree::Ident(name), colon, value @ ..]
            if is_punct(colon, ':') && !value.first().is_some_and(|first| is_punct(first, ':')) =>
        {
            Some((name, value))
        }
        _ => None,
    }
}
