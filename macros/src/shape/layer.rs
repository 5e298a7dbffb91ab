//! The layers of the language where they stand: their rules are those of `static_net_rules`.

mod axes;
mod found;
#[cfg(test)]
mod tests;
mod token;
mod types;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use static_net_rules::{Call, Fault, Given, Site, Text, Value as Known};

use super::infer::Inference;
use super::scope::{Read, Spot};
use super::tokens::activation_type;
use super::{Shape, literals};
use crate::ast::{AppliedActivation, Argument, Dim, LayerCall, Reference, Stage, Value};
use crate::diagnostic::{Help, Place, Reported};
use crate::words::{Gives, Kind, Omitted, Rule};

/// A layer of the language where it stands.
struct PlacedLayer<'s> {
    call: &'s LayerCall,
    activation: Option<&'s AppliedActivation>,
    stage: &'s Stage,
}

/// How a faulty layer is mended.
enum Mend {
    /// This stage stands in front of it.
    Precede(String),
    /// This stands in its place, activation and label included.
    Stage(String),
    /// A person has to decide.
    Say(String),
}

/// An argument of a layer with the sizes that it gives.
struct Sized<'s> {
    slot: usize,
    is_named: bool,
    argument: &'s Argument,
    dims: Vec<Dim>,
    /// The shape of the value that it refers to, if it does.
    shape: Option<Shape>,
}

impl Inference<'_> {
    /// Works out the shape behind a layer of the language; gives the layer's type.
    pub(super) fn layer(
        &mut self,
        call: &LayerCall,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
    ) -> Result<TokenStream, Reported> {
        let placed = PlacedLayer { call, activation, stage };
        self.reads.clear();
        if self.shape.is_faulty() {
            return Err(Reported);
        }
        self.takes_steps(&placed)?;
        self.takes_axes(&placed)?;
        if !call.is_known {
            return Err(self.lose_shape(call));
        }
        let input = self.shape.clone();
        let layer = if call.word.rule == Rule::Embedding {
            self.embedding(&placed)?
        } else if call.word.rule == Rule::Tied {
            self.tied(&placed)?
        } else {
            let found = self.found(&placed)?;
            self.layer_type(&placed, &input, &found)
        };
        self.pass_axes(&placed, &input);
        Ok(match activation {
            Some(activation) if !call.word.is_fused => {
                let activation = activation_type(Some(activation));
                quote! { ::static_net::layer::Activated<#layer, #activation> }
            }
            _ => layer,
        })
    }

    /// Goes on behind a layer whose arguments are not known, with the shape that it gives all the same, if it does.
    fn lose_shape(&mut self, call: &LayerCall) -> Reported {
        let keeps_shape = matches!(
            call.word.gives,
            Gives::Same
                | Gives::SameOfAny
                | Gives::SameOverLastAxes
                | Gives::SameByChannel(_)
                | Gives::SameSequence
        );
        if !keeps_shape {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
        }
        Reported
    }

    /// Reports a fault of a layer.
    fn refuse(
        &mut self,
        placed: &PlacedLayer<'_>,
        place: Place,
        what: String,
        mend: Mend,
    ) -> Reported {
        self.shape = Shape::Dims(vec![Dim::Faulty]);
        let mended = match mend {
            Mend::Precede(stage) => format!("{stage} => {}", placed.stage.text),
            Mend::Stage(stage) => stage,
            Mend::Say(help) => return self.report(placed, place, what, Help::Text(help)),
        };
        self.mended.push((placed.stage.part, Some(mended)));
        self.report(placed, place, what, Help::Shapes)
    }

    fn report(
        &mut self,
        placed: &PlacedLayer<'_>,
        place: Place,
        what: String,
        help: Help,
    ) -> Reported {
        self.faults.add(place, Some(placed.stage.part), what, help);
        Reported
    }

    /// Reports what a rule says is wrong with a layer.
    fn refuse_by_rule(
        &mut self,
        placed: &PlacedLayer<'_>,
        site: &Site<'_>,
        fault: &Fault,
    ) -> Reported {
        if !fault.keeps_shape {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
        }
        let mended = site.mended(&fault.mend, Text::new()).as_str().to_owned();
        self.mended.push((placed.stage.part, Some(mended)));
        // A stage that has another name here is told once.
        if fault.argument.is_none() && placed.is_renamed() {
            return Reported;
        }
        let what = fault.what.written(site, Text::new()).as_str().to_owned();
        let place = fault.argument.and_then(|slot| placed.call.arguments[slot].as_ref());
        let place = place.map_or(placed.place(), |argument| argument.place);
        let help = match fault.mend {
            static_net_rules::Mend::Say(help) => {
                Help::Text(help.written(site, Text::new()).as_str().to_owned())
            }
            _ => Help::Shapes,
        };
        self.report(placed, place, what, help)
    }

    /// The arguments in the order in which they are given. Sizes that only rustc knows get a const each.
    fn sized<'s>(&mut self, placed: &PlacedLayer<'s>) -> Result<Vec<Sized<'s>>, Reported> {
        let given = placed.call.order.iter().filter_map(|&(slot, is_named)| {
            placed.call.arguments[slot].as_ref().map(|argument| (slot, is_named, argument))
        });
        given
            .map(|(slot, is_named, argument)| {
                let (dims, shape) = match &argument.value {
                    Value::Size(dim) => (vec![dim.clone()], None),
                    Value::Sizes(dims) => (dims.clone(), None),
                    Value::Number(_) | Value::Word(_) => (Vec::new(), None),
                    Value::Reference(reference) => {
                        let shape = self.argument_shape(placed, slot, reference)?;
                        let dims = match &shape {
                            Shape::Dims(dims) => dims.clone(),
                            _ => Vec::new(),
                        };
                        (dims, Some(shape))
                    }
                };
                let dims = match &shape {
                    Some(_) => dims,
                    None => self.argument_constants(&dims, slot, placed.stage.part),
                };
                Ok(Sized { slot, is_named, argument, dims, shape })
            })
            .collect()
    }

    /// The shape of the value that an argument refers to, which the layer reads.
    fn argument_shape(
        &mut self,
        placed: &PlacedLayer<'_>,
        slot: usize,
        reference: &Reference,
    ) -> Result<Shape, Reported> {
        if slot == 0 && placed.call.word.begins_with_a_reference() {
            return Ok(self.shape.clone());
        }
        let argument = placed.call.arguments[slot].as_ref();
        let place = argument.map_or(placed.place(), |argument| argument.place);
        let at = Spot { place, ..placed.stage.into() };
        let read = match placed.call.word.arguments[slot].kind {
            Kind::Mask => self.read_mask(reference, at),
            _ => self.read(reference, at),
        };
        let value = read.ok_or_else(|| self.lose_shape(placed.call))?;
        let shape = value.shape.clone();
        self.reads.push(Read { slot, value });
        if shape.is_faulty() { Err(self.lose_shape(placed.call)) } else { Ok(shape) }
    }

    fn argument_constants(&mut self, dims: &[Dim], slot: usize, part: usize) -> Vec<Dim> {
        let constant = |(index, dim): (usize, &Dim)| match dim {
            Dim::Constant { expression, text, place } => {
                let name = self.constant("ARGUMENT", part, 3 * slot + index, *place);
                self.program.constants.push(quote_spanned! {place.start=>
                    const #name: usize = #expression;
                });
                Dim::Constant { expression: quote! { #name }, text: text.clone(), place: *place }
            }
            dim => dim.clone(),
        };
        dims.iter().enumerate().map(constant).collect()
    }
}

impl<'s> PlacedLayer<'s> {
    /// Where the word is.
    fn place(&self) -> Place {
        Place::at(self.call.name.span())
    }

    /// Whether it has been told that the layer has another name.
    fn is_renamed(&self) -> bool {
        self.call.name != self.call.word.word
    }

    fn argument(&self, name: &str) -> Option<&'s Argument> {
        let slot = self.call.word.argument(name)?;
        self.call.arguments[slot].as_ref()
    }

    /// Where an argument is, or the word where it is not given.
    fn place_of(&self, name: &str) -> Place {
        self.argument(name).map_or(self.place(), |argument| argument.place)
    }

    /// What stands in front of the word: a label, an activation.
    fn front(&self) -> &'s str {
        self.stage.text.strip_suffix(&self.call.text).unwrap_or("")
    }

    /// Whether an argument is this word, given or by default.
    fn is_word(&self, name: &str, word: &str) -> bool {
        match (self.argument(name), self.call.word.default(name)) {
            (Some(Argument { value: Value::Word(given), .. }), _) => given == word,
            (None, Some(Omitted::Word(default))) => default == word,
            (Some(_) | None, _) => false,
        }
    }

    /// `::static_net::layer::Name`, at the user's word, so that editors find the way.
    fn layer(&self, name: &str) -> TokenStream {
        let name = Ident::new(name, self.call.name.span());
        quote! { ::static_net::layer::#name }
    }
}

/// The layer as its rule takes it, with a slice of sizes for each argument.
fn call<'a>(placed: &PlacedLayer<'a>, given: &'a [Given<'a>]) -> Call<'a> {
    Call { layer: placed.call.word, given, front: placed.front() }
}

/// The arguments as a rule takes them, with the sizes of each.
fn given<'a>(
    arguments: &'a [Sized<'_>],
    sizes: &'a [Vec<usize>],
    words: &'a [String],
) -> Vec<Given<'a>> {
    let given = arguments.iter().zip(sizes).zip(words);
    given
        .map(|((argument, sizes), word)| Given {
            slot: argument.slot,
            is_named: argument.is_named,
            text: &argument.argument.text,
            value: match argument.argument.value {
                Value::Size(_) | Value::Sizes(_) | Value::Reference(_) => Known::Sizes(sizes),
                Value::Word(_) => Known::Word(word),
                Value::Number(_) => Known::Number,
            },
        })
        .collect()
}
