//! The way to a stage, as a message tells it.

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

    /// The route for a const outside the network, which cannot name its const parameters.
    pub fn outside(&self, parameters: &[Ident]) -> Route {
        let known = |gives: &TokenStream| mentioned(gives.clone(), parameters).is_none();
        let parts = self.0.iter().cloned();
        Route(parts.map(|(text, gives)| (text, gives.filter(known))).collect())
    }

    /// The parts so far, and the one that is checked, as expressions of type `static_net::__private::check::Part`.
    pub fn parts(&self, checked: Option<&str>) -> TokenStream {
        let checked = checked.map(|checked| quote! { (#checked, &[]) });
        let parts = self.0.iter().map(|(text, gives)| match gives {
            Some(gives) => quote! { (#text, #gives) },
            None => quote! { (#text, &[]) },
        });
        quote! { #(#parts,)* #checked }
    }
}
