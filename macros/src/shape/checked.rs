//! Layers whose rule rustc applies, all of a declaration together: a help mends what is wrong with any of them.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::ast::Declaration;
use crate::diagnostic::{Place, spanned_call};
use crate::parse::mentioned;

/// A layer whose rule rustc applies.
pub struct Checked {
    /// Which part of the declaration it is.
    pub part: usize,
    /// The const that holds what follows from it.
    pub name: Ident,
    /// Where it stands: the fields of a `Site` but for what is around it.
    pub site: TokenStream,
    /// Where its arguments are, and which.
    pub arguments: Vec<(Place, usize)>,
    /// Where its word is.
    pub place: Place,
}

/// The consts of all of them, each with a check at each argument and at the word, so that the caret is at the one that is
/// wrong. `others` are the consts beside them, and `declared` is that of the whole declaration.
pub fn constants(
    checked: &[Checked],
    others: &[TokenStream],
    declared: &Ident,
    declaration: &Declaration,
) -> Vec<TokenStream> {
    // Of one that follows from another rustc says nothing where that is wrong.
    let mut computed: Vec<Ident> = checked.iter().map(|layer| layer.name.clone()).collect();
    for constant in others {
        if mentioned(constant.clone(), &computed).is_some() {
            computed.extend(name_of(constant));
        }
    }
    let follows = |layer: &&Checked| mentioned(layer.site.clone(), &computed).is_some();
    let (mut others, mut alone): (Vec<&Checked>, Vec<&Checked>) = checked.iter().partition(follows);
    if alone.len() < 2 {
        others.append(&mut alone);
    }
    let mut constants: Vec<TokenStream> = (others.iter())
        .map(|layer| layer.constant(layer.inferred(declaration.around(layer.part))))
        .collect();
    if alone.is_empty() {
        return constants;
    }
    alone.sort_by_key(|layer| layer.part);
    let parts: Vec<usize> = alone.iter().map(|layer| layer.part).collect();
    let mut pieces = Vec::new();
    for (index, text) in declaration.between(&parts).iter().enumerate() {
        pieces.push(quote! { ::static_net::__private::check::Declared::Written(#text) });
        let Some(layer) = alone.get(index) else { continue };
        let found = format_ident!("{}_FOUND", layer.name);
        let inferred = layer.inferred(Default::default());
        let place = Literal::usize_unsuffixed(pieces.len());
        pieces.push(quote! { ::static_net::__private::check::Declared::Layer(&#found) });
        constants.push(quote! {
            const #found: ::static_net::__private::check::Inferred<'static> = #inferred;
        });
        let among = quote! { ::static_net::__private::check::among(#found, #declared, #place) };
        constants.push(layer.constant(among));
    }
    constants.push(quote! {
        const #declared: &[::static_net::__private::check::Declared<'static>] = &[#(#pieces),*];
    });
    constants
}

/// The name of a const.
fn name_of(constant: &TokenStream) -> Option<Ident> {
    match constant.clone().into_iter().nth(1) {
        Some(TokenTree::Ident(name)) => Some(name),
        _ => None,
    }
}

impl Checked {
    /// The rule, applied where the layer stands.
    fn inferred(&self, (front, behind): (String, String)) -> TokenStream {
        let site = &self.site;
        quote! {
            ::static_net::__private::check::infer(
                ::static_net::__private::check::Site { #site around: (#front, #behind) }
            )
        }
    }

    fn constant(&self, inferred: TokenStream) -> TokenStream {
        let mut checked = inferred;
        for (place, slot) in &self.arguments {
            let slot = Literal::usize_unsuffixed(*slot);
            checked = spanned_call(*place, "argument", &quote! { #checked, #slot });
        }
        let (name, facts) = (&self.name, spanned_call(self.place, "facts", &checked));
        quote! { const #name: ::static_net::__private::check::Facts = #facts; }
    }
}
