//! Faults of a declaration and how they are shown.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

use crate::ast::{Declaration, Role};
use crate::parse;
use crate::shape::infer;

/// How often a mended declaration is mended anew.
const MOST_ROUNDS: usize = 8;

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

/// One fault: where, what, and how to mend it.
pub struct Fault {
    pub place: Place,
    pub what: String,
    /// The part between arrows that it stands in, for the route.
    pub part: Option<usize>,
    pub help: Help,
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
        self.0.push(Fault { place, what: what.into(), part, help });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds all of another.
    pub fn append(&mut self, mut more: Faults) {
        self.0.append(&mut more.0);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

impl Declaration {
    /// What is wrong, how the shape came to be up to there, and what would compile.
    ///
    /// `settled` is the declaration as it should be, from [`Declaration::settled`].
    pub fn message(&self, fault: &Fault, settled: &str) -> String {
        let mut message = fault.what.clone();
        if let Some(part) = fault.part.filter(|&part| part > 0) {
            message.push_str("\nroute: ");
            for part in &self.parts[..=part] {
                for word in [&part.arrow, &part.written] {
                    let is_tight =
                        message.ends_with([' ', '(']) || word.starts_with([')', ';', ',']);
                    if !word.is_empty() && !is_tight {
                        message.push(' ');
                    }
                    message.push_str(word);
                }
            }
        }
        message.push_str("\nhelp: ");
        match &fault.help {
            Help::Shapes => message.push_str(settled),
            Help::Item => {
                let visibility = self.visibility.to_token_stream();
                let space = if visibility.is_empty() { "" } else { " " };
                let name = &self.name;
                message.push_str(&format!("{visibility}{space}struct {name}{settled};"));
            }
            Help::Text(text) => message.push_str(text),
        }
        message
    }

    /// The declaration without its faults, nor any that mending them brought: a width that was put in
    /// for a faulty one may not fit what follows.
    pub fn settled(&self) -> String {
        let mut mended = self.mended();
        for _ in 0..MOST_ROUNDS {
            let Ok(tokens) = mended.parse::<TokenStream>() else { break };
            let Some(mut again) = parse::declarations(tokens).pop() else { break };
            infer(&mut again);
            if again.faults.is_empty() {
                break;
            }
            mended = again.mended();
        }
        mended
    }

    /// The declaration with each of its faults mended.
    pub fn mended(&self) -> String {
        self.mended_with(usize::MAX, &Change::Replace(None))
    }

    /// The declaration without its faults and with one part changed.
    pub fn mended_with(&self, changed: usize, change: &Change) -> String {
        let mut shapes = Shapes::default();
        for (index, part) in self.parts.iter().enumerate() {
            let mended = match change {
                Change::Replace(mended) if index == changed => mended.as_deref(),
                Change::Precede(stage) if index == changed => {
                    shapes.push(Role::Stage, stage);
                    part.mended.as_deref()
                }
                _ => part.mended.as_deref(),
            };
            if let Some(mended) = mended {
                shapes.push(part.role, mended);
            }
        }
        let parameters = match self.parameters.as_slice() {
            [] => String::new(),
            parameters => format!("{}; ", parameters.join(", ")),
        };
        format!("< {parameters}{} >", shapes.complete())
    }
}

/// How a part differs from what should have been written there.
pub enum Change {
    /// It is this, or nothing.
    Replace(Option<String>),
    /// This stage stands in front of it.
    Precede(String),
}

/// Input and stages, joined as they should be written.
#[derive(Default)]
struct Shapes {
    text: String,
    stages: usize,
    depth: usize,
    last: Option<Role>,
}

impl Shapes {
    fn push(&mut self, role: Role, text: &str) {
        let joint = match (self.last, role) {
            (None, _) => "",
            (Some(Role::Opening), _) if self.text.ends_with('(') => "",
            (_, Role::Closing) => "",
            (_, Role::Separator) if text.starts_with(';') => "",
            (Some(Role::Opening | Role::Separator), _) | (_, Role::Separator) => " ",
            (Some(Role::Stage | Role::Closing), Role::Stage | Role::Opening) => " => ",
        };
        self.text.push_str(joint);
        self.text.push_str(text);
        self.stages += usize::from(self.depth == 0);
        match role {
            Role::Opening => self.depth += 1,
            Role::Closing => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.last = Some(role);
    }

    /// With an input and a stage at least.
    fn complete(mut self) -> String {
        if self.stages == 0 {
            self.push(Role::Stage, "10");
        }
        if self.stages == 1 {
            self.push(Role::Stage, "relu 32");
            self.push(Role::Stage, "2");
        }
        self.text
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

/// `::static_net::check::name(arguments)`, spread over the tokens it checks, so that rustc puts its caret
/// there.
pub fn spanned_call(place: Place, name: &str, arguments: &TokenStream) -> TokenStream {
    let name = Ident::new(name, place.start);
    let mut group = Group::new(Delimiter::Parenthesis, arguments.clone());
    group.set_span(place.end);
    let path = quote_spanned! {place.start=> ::static_net::check::#name };
    quote! { #path #group }
}

/// The candidate nearest to a mistyped word, if one is near.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Edit distance in which swapping two neighbours is one edit (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let substitution = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                let mut least = substitution.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                let swapped =
                    i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if swapped {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("relu", "relu"), 0);
        assert_eq!(distance("rleu", "relu"), 1);
        assert_eq!(distance("rellu", "relu"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("ReLU", "relu"), 0);
    }

    #[test]
    fn only_near_words_are_suggested() {
        let words = ["relu", "silu", "sigmoid"];
        assert_eq!(nearest("rellu", words.into_iter()), Some("relu"));
        assert_eq!(nearest("segmoid", words.into_iter()), Some("sigmoid"));
        assert_eq!(nearest("banana", words.into_iter()), None);
    }
}
