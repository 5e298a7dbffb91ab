//! Layers of tokens: `embedding`, and `tied`, which uses its table again.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use static_net_rules::size as rules_of_sizes;
use static_net_rules::stage::{self as rules, Ending};

use super::super::check::End;
use super::super::infer::{Inference, Table};
use super::super::{Shape, Shared, literals, vocabularies_type};
use super::{Mend, PlacedLayer};
use crate::ast::{Dim, Operation, Stage, StageKind, Value};
use crate::diagnostic::{Help, Place, Reported};
use crate::words::Rule;

impl Inference<'_> {
    /// Reports a stage that computes with numbers but is given tokens.
    pub(in super::super) fn takes_numbers(
        &mut self,
        operation: Option<&Operation>,
        stage: &Stage,
    ) -> Result<(), Reported> {
        let takes_tokens = match operation {
            Some(Operation::Layer(call)) => call.word.rule == Rule::Embedding,
            Some(Operation::Type(_)) => true,
            _ => false,
        };
        if takes_tokens || !matches!(self.shape, Shape::Tokens { .. }) || self.shape.is_faulty() {
            return Ok(());
        }
        let what = "this stage computes with numbers, but the input gives tokens: they become numbers in an \
                    `embedding`";
        let written = &self.declaration.parts[stage.part].written;
        self.mended.push((stage.part, Some(format!("embedding(16) => {written}"))));
        self.faults.add(Place::at(stage.place.start), Some(stage.part), what, Help::Shapes);
        self.shape = Shape::Dims(vec![Dim::Faulty]);
        Err(Reported)
    }

    /// Tokens are numbered by `u32`.
    pub(in super::super) fn check_vocabularies(&mut self, sizes: &[Dim]) {
        for size in sizes {
            match size {
                Dim::Literal(tokens, span) => {
                    let Some(what) = rules_of_sizes::vocabulary(*tokens, &size.text()) else {
                        continue;
                    };
                    let most = rules_of_sizes::MOST_TOKENS;
                    let help = Help::Text(format!("a vocabulary of at most {most}"));
                    self.faults.add(Place::at(*span), Some(0), what.as_str(), help);
                }
                Dim::Constant { place, .. } => {
                    let (value, text) = (size.expression(), size.text());
                    self.check(*place, "vocabulary", &quote! { #value, #text });
                }
                _ => {}
            }
        }
    }

    /// Some place can have the token for padding.
    pub(in super::super) fn check_padding(&mut self, token: &Dim, of: &[Dim], place: Place) {
        if of.iter().chain([token]).any(|dim| matches!(dim, Dim::Faulty)) {
            return;
        }
        let (Dim::Literal(padding, _), Some(sizes)) = (token, literals(of)) else {
            let (token, of) = (token.expression(), of.iter().map(Dim::expression));
            return self.check(place, "padding", &quote! { #token, &[#(#of),*] });
        };
        if let Some(what) = rules_of_sizes::padding(*padding, &sizes) {
            let help = Help::Text(rules_of_sizes::PADDING_OF_THE_VOCABULARY.to_owned());
            self.faults.add(place, Some(0), what.as_str(), help);
        }
    }

    /// A layer over tokens, which are numbers among several inputs.
    pub(in super::super) fn numbered(&self, layer: TokenStream) -> TokenStream {
        match self.program.inputs.is_empty() {
            true => layer,
            false => quote! { ::static_net::layer::Numbered<#layer> },
        }
    }

    pub(super) fn embedding(&mut self, placed: &PlacedLayer<'_>) -> Result<TokenStream, Reported> {
        let Shape::Tokens { length, vocabularies, .. } = self.shape.clone() else {
            let what = format!(
                "`embedding` takes tokens, which only the input can be, but {} gives {}",
                self.from,
                self.shape.text()
            );
            let features = placed.argument("features").map_or("16", |features| &features.text);
            let help = match &self.shape {
                Shape::Dims(dims) if placed.stage.part == 1 && dims.len() == 1 => {
                    let length = dims[0].text();
                    format!(
                        "`tokens({length}, vocab: 65)` is an input of {length} tokens out of 65"
                    )
                }
                _ => format!("numbers go on to a dense layer: `{features}`"),
            };
            return Err(self.refuse(placed, placed.place(), what, Mend::Say(help)));
        };
        let features =
            self.sized(placed)?.into_iter().find_map(|sized| sized.dims.into_iter().next());
        let features = features.unwrap_or(Dim::Faulty);
        if let Dim::Constant { place, text, .. } = &features {
            let value = features.expression();
            self.check(*place, "size", &quote! { #value, #text });
        }
        let rows = rows(&vocabularies);
        let features = self.check_weights(&rows, features, placed.stage);
        let std = self.number(placed, "std");
        let scalar = self.declaration.scalar.ident();
        let layer = placed.layer("Embedding");
        let vocabularies = vocabularies_type(&vocabularies);
        let (places, count, dim) = (length.expression(), rows.expression(), features.expression());
        let layer = quote! { #layer<#scalar, #vocabularies, #places, #count, #dim, #std> };
        let layer = self.numbered(layer);
        let sizes = vec![length, features.clone()];
        if !self.check_sample(&sizes, placed.stage.part) {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return Err(Reported);
        }
        self.shape = Shape::Dims(sizes);
        let label = format_ident!("unnamed");
        self.embeddings.push(Table { label, layer: layer.clone(), rows, features });
        Ok(layer)
    }

    pub(super) fn tied(&mut self, placed: &PlacedLayer<'_>) -> Result<TokenStream, Reported> {
        let Some(Value::Word(wanted)) = placed.argument("table").map(|argument| &argument.value)
        else {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return Err(Reported);
        };
        let place = placed.place_of("table");
        let table = self.embeddings.iter().find(|table| table.label == *wanted);
        if table.is_none() && self.depth == 0 && self.hides_a_table(placed.stage) {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return Err(Reported);
        }
        let Some(table) = table.filter(|_| self.depth == 0) else {
            let known: Vec<String> =
                self.embeddings.iter().map(|table| table.label.to_string()).collect();
            let (what, mend) = match known.first() {
                _ if self.depth > 0 => (
                    "`tied` is a stage of the network itself, not of a composition".to_owned(),
                    Mend::Say("put `tied` behind the composition".to_owned()),
                ),
                Some(label) => (
                    format!("no embedding in front of it is labelled `{wanted}`"),
                    Mend::Stage(format!("{}tied({label})", placed.front())),
                ),
                None => {
                    let what = format!("no embedding in front of it is labelled `{wanted}`");
                    if let Some((part, text)) = self.unlabelled_table(placed.stage) {
                        self.mended.push((part, Some(format!("{wanted}: {text}"))));
                        self.shape = Shape::Dims(vec![Dim::Faulty]);
                        return Err(self.report(placed, place, what, Help::Shapes));
                    }
                    (what, Mend::Say(format!("give one the label: `{wanted}: embedding(16)`")))
                }
            };
            return Err(self.refuse(placed, place, what, mend));
        };
        if let Some(activation) = placed.activation {
            let (call, word) = (&placed.call.text, &placed.stage.activation);
            let what = format!(
                "no activation stands in front of `tied`: `{word}` is a stage of its own behind it"
            );
            let label = placed.front().trim_end().strip_suffix(word.as_str()).unwrap_or("");
            let mend = Mend::Stage(format!("{label}{call} => {word}"));
            return Err(self.refuse(placed, Place::at(activation.name.span()), what, mend));
        }
        let (rows, features, layer) =
            (table.rows.clone(), table.features.clone(), table.layer.clone());
        let field = table.label.clone();
        if self.shape.is_faulty() {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            return Err(Reported);
        }
        let gives = match &self.shape {
            Shape::Dims(dims) if dims.len() <= 2 => dims.clone(),
            shape => {
                let what = format!(
                    "`tied` takes a vector or [length, features], but {} gives {}",
                    self.from,
                    shape.text()
                );
                let help = format!("state the shape in front of it: [{}]", features.text());
                return Err(self.refuse(placed, placed.place(), what, Mend::Say(help)));
            }
        };
        let last = &gives[gives.len() - 1];
        if last.text() != features.text() {
            let end = End::new(placed.stage.part, Ending::Taker(&placed.stage.text));
            match (last, &features) {
                (Dim::Literal(gives, _), Dim::Literal(fits, _)) => {
                    let label = wanted.to_string();
                    let found = rules::tied(&label, *gives, *fits, end.ending(), &self.context());
                    if let Some(found) = found {
                        self.mismatch(place, Some(placed.stage.part), end.part, &found);
                        self.shape = Shape::Dims(vec![Dim::Faulty]);
                        return Err(Reported);
                    }
                }
                _ => {
                    let (gives, fits) = (last.expression(), features.expression());
                    let (label, ending) = (wanted.to_string(), end.tokens());
                    let context =
                        self.checked_context(&self.route, Some(&placed.stage.text), end.part);
                    let arguments = quote! { #label, #gives, #fits, #ending, #context };
                    self.check(place, "tied", &arguments);
                }
            }
        }
        let tied = placed.layer("Tied");
        let tied = quote! { #tied<#layer> };
        match gives.as_slice() {
            [length, _] => {
                let steps = length.expression();
                self.shares = Some(Shared { field, steps: Some(steps.clone()) });
                self.shape = Shape::Dims(vec![length.clone(), rows]);
                Ok(quote! { ::static_net::layer::TimeDistributed<#tied, #steps> })
            }
            _ => {
                self.shares = Some(Shared { field, steps: None });
                self.shape = Shape::Dims(vec![rows]);
                Ok(tied)
            }
        }
    }
}

impl Inference<'_> {
    /// The embedding in front of a stage which has no label: its part, and how it is written.
    fn unlabelled_table(&self, stage: &Stage) -> Option<(usize, String)> {
        let is_one = |front: &&Stage| {
            matches!(&front.kind, StageKind::Layer { label: None, activation: None, operation: Some(Operation::Layer(call)) }
                if call.word.rule == Rule::Embedding)
        };
        let front =
            self.siblings.iter().take_while(|front| front.part < stage.part).find(is_one)?;
        Some((front.part, self.mended_so_far(front.part)?))
    }
}

/// How many rows tables of these vocabularies have together.
fn rows(vocabularies: &[Dim]) -> Dim {
    let literal = vocabularies.iter().try_fold(0usize, |sum, size| match size {
        Dim::Literal(size, _) => sum.checked_add(*size),
        _ => None,
    });
    match (literal, vocabularies) {
        (_, [only]) => only.clone(),
        (Some(rows), _) => Dim::Literal(rows, vocabularies[0].place().start),
        _ => {
            let sizes = vocabularies.iter().map(Dim::expression);
            let texts: Vec<String> = vocabularies.iter().map(Dim::text).collect();
            Dim::Constant {
                expression: quote! { { #(#sizes)+* } },
                text: format!("{{ {} }}", texts.join(" + ")),
                place: vocabularies[0].place(),
            }
        }
    }
}
