//! The shapes that the layers of the language take and give, and their types.

mod arrangement;
mod attention;
mod axes;
mod convolution;
mod normalization;
mod pooling;
mod recurrence;
mod sequence;
mod sliding;
#[cfg(test)]
mod tests;
mod token;
mod window;

pub(super) use axes::Axes;
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::infer::Inference;
use super::tokens::activation_type;
use super::{Shape, shape_text};
use crate::ast::{AppliedActivation, Argument, Dim, LayerCall, Stage, Value};
use crate::diagnostic::{Change, Help, Place};
use crate::parse::{call_text, mentioned};
use crate::words::Family;

/// Stands for what should be written in a mended declaration.
const HOLE: &str = "\u{0}";

/// A layer of the language where it stands.
struct Site<'s> {
    call: &'s LayerCall,
    activation: Option<&'s AppliedActivation>,
    stage: &'s Stage,
}

/// What comes into a layer.
enum Given {
    Sizes(Vec<usize>),
    /// The sizes as an expression of type `&[usize]`.
    Rustc(TokenStream),
    /// Faulty, already reported.
    Faulty,
}

/// How a faulty layer is mended.
enum Mend {
    /// These arguments are as given here, or are left out.
    Arguments(Vec<(&'static str, Option<String>)>),
    /// This stage stands in front of it.
    Precede(String),
    /// This stands in its place.
    Replace(String),
    /// A person has to decide.
    Say(String),
}

impl Inference<'_> {
    /// Works out the shape behind a layer of the language; gives the layer's type.
    pub(super) fn layer(
        &mut self,
        call: &LayerCall,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
        _position: usize,
    ) -> TokenStream {
        let site = Site { call, activation, stage };
        if self.shape.is_faulty() || !self.takes_axes(&site) {
            return quote! { () };
        }
        let input = self.shape.clone();
        let layer = match call.word.family {
            Family::Convolution => self.convolution(&site),
            Family::Pooling => self.pooling(&site),
            Family::Arrangement => self.arrangement(&site),
            Family::Normalization => self.normalization(&site),
            Family::Recurrence => self.recurrence(&site),
            Family::Token => self.token(&site),
            Family::Attention => self.attention(&site),
        };
        self.pass_axes(&site, &input);
        match activation {
            // A convolution computes the activation in its own loops.
            Some(activation) if call.word.family != Family::Convolution => {
                let activation = activation_type(Some(activation));
                quote! { ::static_net::layer::Activated<#layer, #activation> }
            }
            _ => layer,
        }
    }

    /// The sizes that come in. With const parameters among them, stable Rust cannot compute what comes out.
    fn given(&mut self, site: &Site<'_>) -> Given {
        if let Some(sizes) = self.shape.literal_sizes() {
            return Given::Sizes(sizes);
        }
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let Some(parameter) = mentioned(gives.clone(), &self.declaration.const_parameters) else {
            return Given::Rustc(gives);
        };
        let what = format!(
            "Rust cannot yet compute with const parameters, which the output of `{}` needs: {} depends on \
             `{parameter}`",
            site.word(),
            self.from
        );
        let help = Mend::Say(format!("use a number or a const instead of `{parameter}`"));
        self.refuse(site, site.place(), what, help);
        Given::Faulty
    }

    /// Reports a fault of a layer.
    fn refuse(&mut self, site: &Site<'_>, place: Place, what: String, mend: Mend) {
        let help = self.mend(site, mend);
        self.faults.add(place, Some(site.stage.part), what, help);
    }

    /// Mends a layer whose fault is reported elsewhere, and says what helps. What comes out of it is not known then.
    fn mend(&mut self, site: &Site<'_>, mend: Mend) -> Help {
        self.shape = Shape::Dims(vec![Dim::Faulty]);
        let front = site.stage.text.strip_suffix(&site.call.text).unwrap_or("");
        let mended = match mend {
            Mend::Arguments(changes) => format!("{front}{}", site.changed(&changes)),
            Mend::Precede(stage) => format!("{stage} => {}", site.stage.text),
            Mend::Replace(stage) => format!("{front}{stage}"),
            Mend::Say(help) => return Help::Text(help),
        };
        self.mended.push((site.stage.part, Some(mended)));
        Help::Shapes
    }

    /// A shape of so many sizes, if a machine can address a sample of it.
    fn output(&mut self, site: &Site<'_>, sizes: &[u128], name: &str, mend: Mend) -> Option<Shape> {
        let bytes =
            sizes.iter().try_fold(self.declaration.scalar.bytes() as u128, |bytes, size| {
                bytes.checked_mul(*size)
            });
        let span = site.call.name.span();
        if bytes.is_none_or(|bytes| bytes > isize::MAX as u128) {
            let text: Vec<String> = sizes.iter().map(u128::to_string).collect();
            let what = format!(
                "a sample of shape [{}] is more than a machine can address",
                text.join(", ")
            );
            self.refuse(site, site.place_of(name), what, mend);
            return None;
        }
        let dims = sizes.iter().map(|&size| Dim::Literal(size as usize, span));
        Some(Shape::Dims(dims.collect()))
    }

    /// The sizes that an argument gives, `default` where it is not given. Those that only rustc knows get a
    /// const each.
    fn amounts(&mut self, site: &Site<'_>, name: &str, default: usize) -> Vec<Dim> {
        let dims = match site.argument(name).map(|argument| &argument.value) {
            Some(Value::Size(dim)) => vec![dim.clone()],
            Some(Value::Sizes(dims)) => dims.clone(),
            _ => return vec![Dim::Literal(default, site.call.name.span())],
        };
        let slot = site.call.word.argument(name).unwrap_or(0);
        let part = site.stage.part;
        let constant = |(index, dim): (usize, Dim)| match dim {
            Dim::Constant { expression, text, place } => {
                let name = self.constant("ARGUMENT", part, 3 * slot + index, place);
                self.program.constants.push(quote_spanned! {place.start=>
                    const #name: usize = #expression;
                });
                Dim::Constant { expression: quote! { #name }, text, place }
            }
            dim => dim,
        };
        dims.into_iter().enumerate().map(constant).collect()
    }

    /// One size that an argument gives.
    fn amount(&mut self, site: &Site<'_>, name: &str, default: usize) -> Dim {
        self.amounts(site, name, default).remove(0)
    }

    /// A const of the expansion that a check of `static_net::check` computes.
    fn computed(&mut self, site: &Site<'_>, kind: &str, of: &str, value: &TokenStream) -> Ident {
        // rustc notes every place that stands on a faulty one. At the network's name it is one place.
        let place = Place::at(self.declaration.name.span());
        let name = self.constant(kind, site.stage.part, 0, place);
        let of = match of {
            "usize" => quote! { usize },
            "Dims" => quote! { ::static_net::shape::Dims },
            "Recurred" => quote! { ::static_net::check::Recurred },
            _ => quote! { ::static_net::check::Slid },
        };
        self.program.constants.push(quote! { const #name: #of = #value; });
        name
    }

    /// The shape that a check of `static_net::check` computes.
    fn computed_shape(&mut self, site: &Site<'_>, value: &TokenStream) -> Shape {
        Shape::Computed(self.computed(site, "SHAPE", "Dims", value))
    }

    /// The declaration in front of and behind the value that an argument should have.
    fn without_argument(&self, site: &Site<'_>, name: &'static str) -> (String, String) {
        let front = site.stage.text.strip_suffix(&site.call.text).unwrap_or("");
        let stage = format!("{front}{}", site.changed(&[(name, Some(HOLE.to_owned()))]));
        self.around_hole(site, &Change::Replace(Some(stage)))
    }

    /// The declaration in front of and behind a hole that a change of the stage makes.
    fn around_hole(&self, site: &Site<'_>, change: &Change) -> (String, String) {
        let whole = self.declaration.mended_with(site.stage.part, change);
        let (front, behind) = whole.split_once(HOLE).unwrap_or((&whole, ""));
        (front.to_owned(), behind.to_owned())
    }

    /// What checks of `static_net::check` are told about a layer: an expression of type `Site`.
    fn checked_site(
        &self,
        site: &Site<'_>,
        gives: &TokenStream,
        help: Option<(String, String)>,
    ) -> TokenStream {
        let word = site.word();
        let from = &self.from;
        let route = self.route.outside(&self.declaration.const_parameters);
        let route = route.tokens(&site.stage.text, help);
        quote! {
            ::static_net::check::Site { name: #word, gives: #gives, from: #from, route: #route }
        }
    }
}

impl<'s> Site<'s> {
    fn word(&self) -> &'static str {
        self.call.word.word
    }

    /// Where the word is.
    fn place(&self) -> Place {
        Place::at(self.call.name.span())
    }

    fn argument(&self, name: &str) -> Option<&'s Argument> {
        let slot = self.call.word.argument(name)?;
        self.call.arguments[slot].as_ref()
    }

    /// Where an argument is, or the word where it is not given.
    fn place_of(&self, name: &str) -> Place {
        self.argument(name).map_or(self.place(), |argument| argument.place)
    }

    /// Whether an argument is this word; `default` where it is not given.
    fn is_word(&self, name: &str, word: &str, default: bool) -> bool {
        match self.argument(name).map(|argument| &argument.value) {
            Some(Value::Word(given)) => given == word,
            Some(_) => false,
            None => default,
        }
    }

    /// A number as a const argument.
    fn number(&self, name: &str, default: f64) -> TokenStream {
        let value = match self.argument(name).map(|argument| &argument.value) {
            Some(Value::Number(number)) => number.clone(),
            _ => {
                let number = proc_macro2::Literal::f64_unsuffixed(default);
                quote! { #number }
            }
        };
        quote! { { ::core::primitive::f64::to_bits(#value) } }
    }

    /// `::static_net::layer::Name`, at the user's word, so that editors find the way.
    fn layer(&self, name: &str) -> TokenStream {
        let name = Ident::new(name, self.call.name.span());
        quote! { ::static_net::layer::#name }
    }

    /// The call with some arguments changed or left out.
    fn changed(&self, changes: &[(&'static str, Option<String>)]) -> String {
        let word = self.call.word;
        let change = |slot: usize| {
            let name = word.arguments[slot].name;
            changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| value)
        };
        let mut pieces = Vec::new();
        let mut is_place_open = true;
        for &(slot, is_named) in &self.call.order {
            let written = self.call.arguments[slot].as_ref().map(|argument| argument.text.clone());
            let value = change(slot).cloned().unwrap_or(written);
            match value {
                Some(value) if is_named || !is_place_open => {
                    pieces.push(format!("{}: {value}", word.arguments[slot].name));
                }
                Some(value) => pieces.push(value),
                // What follows has moved to another place.
                None => is_place_open = false,
            }
        }
        for (slot, argument) in word.arguments.iter().enumerate() {
            if self.call.order.iter().all(|(given, _)| *given != slot)
                && let Some(Some(value)) = change(slot)
            {
                pieces.push(format!("{}: {value}", argument.name));
            }
        }
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        call_text(word, &pieces)
    }
}

/// `[height, width, channels]`, as other libraries have it.
fn looks_like_channels_last(sizes: &[usize]) -> bool {
    matches!(sizes, [height, _, 1 | 3 | 4] if *height > 8)
}

/// Says that an image looks like `[height, width, channels]`, where it does.
fn channels_last_hint(sizes: &[usize]) -> String {
    if !looks_like_channels_last(sizes) {
        return String::new();
    }
    format!(
        "; {sizes:?} looks like [height, width, channels], but an image is [channels, height, width]"
    )
}

/// The sizes as numbers, where all are.
fn literals(dims: &[Dim]) -> Option<Vec<usize>> {
    dims.iter()
        .map(|dim| if let Dim::Literal(size, _) = dim { Some(*size) } else { None })
        .collect()
}

/// The sizes as a list of expressions, and as they are in the declaration.
fn list(dims: &[Dim]) -> TokenStream {
    let sizes = dims.iter().map(Dim::expression);
    let written = match dims {
        [only] => only.text(),
        more => shape_text(more),
    };
    quote! { &[#(#sizes),*], #written }
}
