//! The route of a check that rustc makes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Shape;
use crate::ast::{Dim, Scalar};
use crate::parse::mentioned;

/// The parts passed so far, and the shapes that their texts do not show.
#[derive(Clone, Default)]
pub struct Route(Vec<(String, Option<TokenStream>)>);

impl Route {
    /// Adds a part which gives `shape`, whose sizes were `written` as they are.
    pub fn pass(&mut self, text: &str, shape: &Shape, written: &[Dim], scalar: Scalar) {
        let is_evident =
            !written.is_empty() && written.iter().all(|dim| matches!(dim, Dim::Literal(..)));
        let gives = (!is_evident).then(|| shape.dims_expression(scalar));
        self.0.push((text.to_owned(), gives));
    }

    /// Adds a stated shape.
    pub fn state(&mut self, text: &str) {
        self.0.push((text.to_owned(), None));
    }

    /// The route with the part that is checked, and the declaration in front of and behind a size that
    /// would fit, as a `static_net::check::Route`.
    pub fn tokens(&self, checked: &str, help: Option<(String, String)>) -> TokenStream {
        self.with(Some(checked), help)
    }

    /// The route for a const outside the network, which cannot name its const parameters.
    pub fn outside(&self, parameters: &[Ident]) -> Route {
        let known = |gives: &TokenStream| mentioned(gives.clone(), parameters).is_none();
        let parts = self.0.iter().cloned();
        Route(parts.map(|(text, gives)| (text, gives.filter(known))).collect())
    }

    /// The route up to here.
    pub fn so_far(&self) -> TokenStream {
        self.with(None, None)
    }

    fn with(&self, checked: Option<&str>, help: Option<(String, String)>) -> TokenStream {
        let checked = checked.map(|checked| quote! { (#checked, &[]) });
        let parts = self.0.iter().map(|(text, gives)| match gives {
            Some(gives) => quote! { (#text, #gives) },
            None => quote! { (#text, &[]) },
        });
        let (front, behind) = help.unwrap_or_default();
        quote! {
            &::static_net::check::Route {
                parts: &[#(#parts,)* #checked],
                help: (#front, #behind),
            }
        }
    }
}
