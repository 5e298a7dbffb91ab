//! Values of arguments: sizes, lists of sizes, words and numbers.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use static_net_rules::size::zero;

use super::argument::Reader;
use super::function::{literal_value, number};
use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use super::told::{is_a_size, not_computed};
use super::{dimension, reference};
use crate::ast::{Dim, Value};
use crate::diagnostic::{Unshaped, nearest};
use crate::words::{Example, Kind, LayerArgument, Omitted, Rule};

/// More vocabularies than this have no type.
const MOST_VOCABULARIES: usize = 8;

impl Reader<'_> {
    /// A value of the kind that the argument takes, and as it should have been written.
    pub fn value(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
    ) -> (Option<Value>, String) {
        match argument.kind {
            Kind::Size => self.one_size(argument, tokens, 1),
            Kind::Window => self.sizes(argument, tokens, 1, 2),
            Kind::Amount => self.sizes(argument, tokens, 0, 2),
            Kind::Shape => self.sizes(argument, tokens, 1, 3),
            Kind::Axes => self.sizes(argument, tokens, 0, 3),
            Kind::Sizes => self.sizes(argument, tokens, 1, MOST_VOCABULARIES),
            Kind::Place => self.place(argument, tokens),
            // Read before its value is, since it may be counted otherwise.
            Kind::Axis => self.one_size(argument, tokens, 0),
            Kind::Label => self.label(argument, tokens),
            Kind::Reference | Kind::Mask => self.reference(argument, tokens),
            Kind::Padding => match tokens {
                [TokenTree::Ident(word)] if word == "same" || word == "causal" => {
                    (Some(Value::Word(word.clone())), word.to_string())
                }
                // What torch calls the padding of 0.
                [TokenTree::Ident(word)] if word == "valid" => {
                    (Some(Value::Size(Dim::Literal(0, word.span()))), word.to_string())
                }
                [TokenTree::Ident(_)] if !starts_size(tokens, self.declaration) => {
                    self.word_of(argument, tokens, &["same", "causal", "valid"])
                }
                [TokenTree::Literal(text)] if text.to_string().starts_with('"') => {
                    self.word_of(argument, tokens, &["same", "causal", "valid"])
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

    /// The number of a place or an axis. What is counted from behind, or is a range, stays as it is written.
    fn place(&mut self, argument: &LayerArgument, tokens: &[TokenTree]) -> (Option<Value>, String) {
        let (word, name, written) = (self.word.word, argument.name, text(tokens));
        let is_range = tokens.windows(2).any(|pair| pair.iter().all(|token| is_punct(token, '.')));
        let (what, help) = if is_range {
            // It says both.
            if let Some(end) = self.word.argument("end") {
                self.given[end] = true;
            }
            let what = format!("`{name}` is one number, not `{written}`");
            (what, format!("a range stands as two arguments: `{word}(2, 5)`"))
        } else if tokens.first().is_some_and(|first| is_punct(first, '-')) {
            let what = format!("`{name}` is counted from the front, not `{written}`");
            (what, "the first one is 0".to_owned())
        } else {
            return self.one_size(argument, tokens, 0);
        };
        undecided(tokens, what, help, self.declaration);
        if let [sign, TokenTree::Literal(count)] = tokens
            && is_punct(sign, '-')
            && let Ok(count) = count.to_string().parse()
        {
            let is_axis = name == "axis";
            let written = written.clone();
            let unshaped = Unshaped::FromBehind { written, front: "", count, is_axis };
            self.declaration.faults.leave_to_shape(unshaped);
        }
        (None, written)
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
        let is_long = read.len() > most || read.is_empty();
        if is_long && argument.kind == Kind::Axes {
            return self.axes_of_torch(argument, tokens, &mended);
        }
        if is_long && read.len() == 4 && self.word.rule == Rule::Pad {
            let what = format!(
                "`{}` takes one size or `[height, width]`, not `{}`",
                argument.name,
                text(tokens)
            );
            let help = "what stands in front and behind are two arguments: \
                        `pad([top, left], after: [bottom, right])`";
            undecided(tokens, what, help, self.declaration);
            return (None, text(tokens));
        }
        if group.delimiter() == Delimiter::Parenthesis && !is_long {
            let what = format!("a list stands in brackets: `[{}]`", mended.join(", "));
            fault(tokens, what, self.declaration);
        }
        if is_long {
            let takes = match argument.kind {
                Kind::Shape | Kind::Axes => "one to three sizes".to_owned(),
                Kind::Sizes => format!("one size or a list of up to {MOST_VOCABULARIES}"),
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
        let dims = dims.filter(|_| !is_long);
        (dims.map(Value::Sizes), mended)
    }

    /// More axes than a sample has, which count the batch as the first.
    fn axes_of_torch(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
        axes: &[&str],
    ) -> (Option<Value>, String) {
        let (word, written) = (self.word.word, format!("[{}]", axes.join(", ")));
        let what = format!("`{word}` lists each axis of a sample once, not {written}");
        let behind: Option<Vec<usize>> = match axes {
            ["0", behind @ ..] if behind.len() == 3 => {
                behind.iter().map(|axis| axis.parse().ok()).collect()
            }
            _ => None,
        };
        let is_order = |behind: &Vec<usize>| (1..=3).all(|axis| behind.contains(&axis));
        let Some(behind) = behind.filter(is_order) else {
            let help = format!(
                "the axes of an image are 0, 1 and 2, as in `{word}{}`",
                argument.example()
            );
            undecided(tokens, what, help, self.declaration);
            return (None, written);
        };
        let what = format!("{what}: the batch is not counted");
        fault(tokens, what, self.declaration);
        let axes: Vec<String> = behind.iter().map(|axis| (axis - 1).to_string()).collect();
        (None, format!("[{}]", axes.join(", ")))
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
            && is_zero(literal)
        {
            if least == 0 {
                return (Some(Dim::Literal(0, span)), "0".to_owned());
            }
            let of = if argument.kind == Kind::Shape { "0" } else { argument.name };
            fault(tokens, zero(of).as_str().to_owned(), self.declaration);
            return (None, example);
        }
        let faults_before = self.declaration.faults.len();
        let found = dimension::read(tokens, self.declaration);
        let is_reported = self.declaration.faults.len() > faults_before;
        match found {
            Some((_, mended, [])) if is_reported => (None, mended),
            // The width of a dense layer is no more than that, and nothing is computed from it.
            Some((Dim::Parameter(parameter), mended, [])) if self.word.rule == Rule::Dense => {
                (Some(Dim::Parameter(parameter)), mended)
            }
            Some((Dim::Parameter(parameter), ..)) => {
                let needs = format!("`{}` of `{}`", argument.name, self.word.word);
                let [what, mut help] = not_computed(&parameter, &needs);
                if let Omitted::Size(omitted) = argument.omitted {
                    help.push_str(&format!("; left out, `{}` is {omitted}", argument.name));
                }
                undecided(tokens, what, help, self.declaration);
                (None, text(tokens))
            }
            Some((dim, mended, [])) => {
                let is_axis = matches!(argument.kind, Kind::Axes);
                if is_axis && !matches!(dim, Dim::Literal(..)) {
                    let what = format!("an axis is a number, not `{}`", text(tokens));
                    undecided(tokens, what, "write the number of the axis", self.declaration);
                    return (None, text(tokens));
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
                    [TokenTree::Ident(word)]
                        if !["true", "false", "same", "causal", "valid"]
                            .contains(&word.to_string().as_str()) =>
                    {
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

    /// The label of another stage. Whether there is one is seen where shapes are worked out.
    fn label(&mut self, argument: &LayerArgument, tokens: &[TokenTree]) -> (Option<Value>, String) {
        match tokens {
            [TokenTree::Ident(label)] => (Some(Value::Word(label.clone())), label.to_string()),
            _ => {
                let what = format!(
                    "`{}` takes the label of a stage, not `{}`",
                    self.word.word,
                    text(tokens)
                );
                fault(tokens, what, self.declaration);
                (None, argument.example())
            }
        }
    }

    fn reference(
        &mut self,
        argument: &LayerArgument,
        tokens: &[TokenTree],
    ) -> (Option<Value>, String) {
        let subject = format!("`{}` of `{}`", argument.name, self.word.word);
        let example = argument.example();
        let (read, mended) = reference::value(tokens, &subject, &example, self.declaration);
        (read.map(Value::Reference), mended)
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
        let listed = match quoted.as_slice() {
            [front @ .., last] if front.len() > 1 => format!("{} or {last}", front.join(", ")),
            quoted => quoted.join(" or "),
        };
        if meant.is_none() && tokens.len() == 1 && !matches!(argument.kind, Kind::Flag) {
            let what = format!(
                "`{}` is {}{listed}, not `{written}`",
                argument.name,
                match argument.kind {
                    Kind::Padding => "a size, ",
                    _ => "",
                }
            );
            undecided(tokens, what, "write one of these", self.declaration);
            return (None, written);
        }
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
            fault(tokens, is_a_size(name, &size), self.declaration);
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
        let is_above = |value: f64| if excludes_most { value >= most } else { value > most };
        if let Some(size) = literal.and_then(literal_value) {
            let value = if is_negative { -size } else { size };
            if value < least || is_above(value) {
                let below = if excludes_most { "less than" } else { "at most" };
                let hint = match name {
                    "eps" if is_above(value) => ": the channels follow from the shape",
                    "std" if is_above(value) => ": the vocabulary stands in `tokens`",
                    _ => "",
                };
                let what = format!(
                    "`{name}` is at least {least} and {below} {most}, not {}{hint}",
                    text(tokens)
                );
                fault(tokens, what, self.declaration);
                let is_sign_alone = is_negative && size >= least && !is_above(size);
                let mended = if is_sign_alone { text(&tokens[1..]) } else { argument.example() };
                return (None, mended);
            }
        }
        (Some(Value::Number(number)), text(tokens))
    }
}

/// Whether a literal is zero, however it is written: `0`, `0x0`.
pub fn is_zero(literal: &Literal) -> bool {
    match syn::parse2::<syn::Lit>(TokenTree::from(literal.clone()).into()) {
        Ok(syn::Lit::Int(integer)) => {
            integer.suffix().is_empty()
                && integer.base10_parse::<usize>().is_ok_and(|size| size == 0)
        }
        _ => false,
    }
}

fn starts_size(tokens: &[TokenTree], declaration: &Reading) -> bool {
    matches!(tokens.first(), Some(TokenTree::Ident(name))
        if declaration.const_parameters.contains(name) || dimension::names_a_const(name))
}
