//! Faults of a declaration and how they are shown.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use static_net_rules::distance;

/// Where a run of tokens stands in the user's code.
#[derive(Clone, Copy)]
pub struct Place {
    pub start: Span,
    pub end: Span,
}

impl Place {
    pub fn at(span: Span) -> Self {
        Place { start: span, end: span }
    }

    /// From the first to the last of these tokens; `fallback` where there are none.
    pub fn of(tokens: &[TokenTree], fallback: Span) -> Self {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Place { start: first.span(), end: last.span() },
            _ => Place::at(fallback),
        }
    }
}

/// All faults found in one declaration.
#[derive(Default)]
pub struct Faults(Vec<Fault>);

/// What has been reported: a fault of the declaration, behind which nothing is known.
#[derive(Clone, Copy, Debug)]
pub struct Reported;

/// One fault: where, what, and how to mend it.
pub struct Fault {
    pub place: Place,
    pub what: String,
    /// The part between arrows that it stands in, for the route.
    pub part: Option<usize>,
    pub help: Help,
    pub unshaped: Option<Unshaped>,
}

/// What was read of a fault that the shape which comes in says more of.
pub enum Unshaped {
    /// An axis or a place along one, as it is written, counted from behind.
    FromBehind { written: String, front: &'static str, count: usize, is_axis: bool },
    /// So many values at each place, which follow from the shape.
    Incoming(usize),
}

/// The `help:` line of a message.
pub enum Help {
    /// The shapes as they should have been declared: `< 10 => relu 32 => 2 >`.
    Shapes,
    /// The whole item: `struct Net< 10 => relu 32 => 2 >;`.
    Item,
    /// A sentence.
    Text(String),
}

impl Faults {
    pub fn add(&mut self, place: Place, part: Option<usize>, what: impl Into<String>, help: Help) {
        self.0.push(Fault { place, what: what.into(), part, help, unshaped: None });
    }

    /// Says of the fault told last what the shape will say more of.
    pub fn leave_to_shape(&mut self, unshaped: Unshaped) {
        if let Some(last) = self.0.last_mut() {
            last.unshaped = Some(unshaped);
        }
    }

    /// Those of a part that the shape says more of.
    pub fn unshaped(&mut self, part: usize) -> impl Iterator<Item = &mut Fault> {
        self.0.iter_mut().filter(move |fault| fault.part == Some(part) && fault.unshaped.is_some())
    }

    /// Says of all but the first so many where they are found: here `D` is 4.
    pub fn found_where(&mut self, len: usize, here: &str) {
        for fault in &mut self.0[len..] {
            let joint = if fault.what.contains("; here `") { ", " } else { "; here " };
            fault.what += joint;
            fault.what += here;
        }
    }

    /// Says of the faults of a part that a person has to decide how it is mended.
    pub fn leave_to_a_person(&mut self, part: usize, help: &str) {
        let of_part =
            |fault: &&mut Fault| fault.part == Some(part) && matches!(fault.help, Help::Shapes);
        let faults = self.0.iter_mut().filter(of_part);
        faults.for_each(|fault| fault.help = Help::Text(help.to_owned()));
    }

    /// Takes back all but the first so many.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

/// `::core::compile_error!("..")`, spread over the faulty tokens.
pub fn compile_error(place: Place, message: &str) -> TokenStream {
    let Place { start, end } = place;
    let colon = |spacing| {
        let mut punct = Punct::new(':', spacing);
        punct.set_span(start);
        TokenTree::from(punct)
    };
    let mut bang = Punct::new('!', Spacing::Alone);
    bang.set_span(start);
    let mut group = Group::new(Delimiter::Parenthesis, quote_spanned! {end=> #message });
    group.set_span(end);
    let tokens: [TokenTree; 8] = [
        colon(Spacing::Joint),
        colon(Spacing::Alone),
        Ident::new("core", start).into(),
        colon(Spacing::Joint),
        colon(Spacing::Alone),
        Ident::new("compile_error", start).into(),
        bang.into(),
        group.into(),
    ];
    tokens.into_iter().collect()
}

/// `::static_net::__private::check::name(arguments)`, spread over the tokens it checks, so that rustc puts its caret
/// there.
pub fn spanned_call(place: Place, name: &str, arguments: &TokenStream) -> TokenStream {
    let name = Ident::new(name, place.start);
    let mut group = Group::new(Delimiter::Parenthesis, arguments.clone());
    group.set_span(place.end);
    let path = quote_spanned! {place.start=> ::static_net::__private::check::#name };
    quote! { #path #group }
}

/// The candidate nearest to a mistyped word, if one is near: one typing error, or two in a long word.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    };
    let word = word.to_lowercase();
    candidates
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_words_are_suggested() {
        let words = ["relu", "silu", "sigmoid"];
        assert_eq!(nearest("rellu", words.into_iter()), Some("relu"));
        assert_eq!(nearest("ReLU", words.into_iter()), Some("relu"));
        assert_eq!(nearest("segmoid", words.into_iter()), Some("sigmoid"));
        assert_eq!(nearest("banana", words.into_iter()), None);
    }
}
