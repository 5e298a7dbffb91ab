//! What checks that rustc makes are told of the declaration.

use proc_macro2::TokenStream;
use quote::quote;
use static_net_rules::stage::{Context, Ending, Mend, Mismatch};

use super::infer::Inference;
use super::route::Route;
use crate::ast::{Operation, Stage, StageKind};
use crate::diagnostic::{Help, Place};

/// How a part is written that gives another shape than it should, and which part it is.
pub struct End<'a> {
    pub part: usize,
    written: Written<'a>,
}

/// [`Ending`], with the text around a width, which is put together.
enum Written<'a> {
    Width(&'a str, [String; 2]),
    Other(Ending<'a>),
}

impl<'a> End<'a> {
    pub fn new(part: usize, ending: Ending<'a>) -> Self {
        End { part, written: Written::Other(ending) }
    }

    /// That of a stage.
    pub fn of(stage: &'a Stage) -> Self {
        let text = &stage.text;
        if let Some(around) = stage.around_width() {
            return End { part: stage.part, written: Written::Width(text, around) };
        }
        match &stage.kind {
            StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
                End::new(composition.closing, Ending::Stage(")"))
            }
            StageKind::Layer { .. }
            | StageKind::Assertion(_)
            | StageKind::Reference(_)
            | StageKind::Faulty => End::new(stage.part, Ending::Stage(text)),
        }
    }

    pub fn ending(&self) -> Ending<'_> {
        match &self.written {
            Written::Width(text, [front, behind]) => Ending::Width(text, [front, behind]),
            Written::Other(ending) => *ending,
        }
    }

    /// As an expression of type `static_net::__private::check::Ending`.
    pub fn tokens(&self) -> TokenStream {
        let ending = match self.ending() {
            Ending::Width(text, [front, behind]) => quote! { Width(#text, [#front, #behind]) },
            Ending::Stage(text) => quote! { Stage(#text) },
            Ending::Residual => quote! { Residual },
            Ending::Taker(text) => quote! { Taker(#text) },
        };
        quote! { ::static_net::__private::check::Ending::#ending }
    }
}

impl Inference<'_> {
    /// Where something is checked, as an expression of type `static_net::__private::check::Context`: the part that is checked, if
    /// it is not the last on the route, and the one that is to be written otherwise.
    pub(super) fn checked_context(
        &self,
        route: &Route,
        checked: Option<&str>,
        part: usize,
    ) -> TokenStream {
        let from = &self.from;
        let parts = route.parts(checked);
        let (front, behind) = match self.decision(part) {
            Some(decision) => (decision, String::new()),
            None => self.declaration.around(part),
        };
        quote! {
            &::static_net::__private::check::Context { from: #from, route: &[#parts], around: (#front, #behind) }
        }
    }

    /// Where something is checked here.
    pub(super) fn context(&self) -> Context<'_> {
        Context { from: &self.from, route: &[], around: ("", "") }
    }

    /// Reports two shapes that should be the same, whose sizes are known.
    pub(super) fn mismatch(
        &mut self,
        at: Place,
        route: Option<usize>,
        part: usize,
        found: &Mismatch,
    ) {
        let help = match &found.mend {
            Mend::Write(mended) => {
                self.mended.push((part, Some(mended.as_str().to_owned())));
                Help::Shapes
            }
            Mend::Say(help) => Help::Text(help.as_str().to_owned()),
        };
        self.faults.add(at, route, found.what.as_str(), help);
    }
}
