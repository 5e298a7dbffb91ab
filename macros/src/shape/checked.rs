//! Layers whose rule rustc applies, all of a declaration together: a help mends what is wrong with any of them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::ast::Declaration;
use crate::diagnostic::{Place, spanned_call};

/// A layer whose rule rustc applies.
pub struct Checked {
    /// Which part of the declaration it is.
    pub part: usize,
    /// What a person has to decide where it does not fit: a number in the place of a name would change other turns.
    pub decision: Option<String>,
    /// The const that holds what follows from it.
    pub name: Ident,
    /// Where it stands: the fields of a `Site` but for what is around it.
    pub site: TokenStream,
    /// Where its arguments are, and which.
    pub arguments: Vec<(Place, usize)>,
    /// Where its word is.
    pub place: Place,
}

/// The consts of all of them, and for each a check at each argument and at the word, so that the caret is at the one that
/// is wrong. `declared` is the const of the whole declaration.
///
/// Of a layer that stands in several turns, only the first is among the others.
pub fn constants(
    checked: Vec<Checked>,
    declared: &Ident,
    declaration: &Declaration,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (mut constants, mut checks, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
    let mut alone = |layer: &Checked, earlier: &[Ident]| {
        let name = &layer.name;
        let around = match &layer.decision {
            Some(decision) => (decision.clone(), String::new()),
            None => declaration.around(layer.part),
        };
        constants.push(layer.constant(around));
        let inferred = earlier.iter().rev().fold(quote! { #name }, |inferred, earlier| {
            quote! { ::static_net::__private::check::behind(&#earlier, #inferred) }
        });
        checks.push(layer.check(inferred));
    };
    let (mut together, mut parts) = (Vec::new(), Vec::new());
    let mut turns: Vec<(usize, Ident)> = Vec::new();
    for layer in checked {
        let earlier = turns.iter().filter(|(part, _)| *part == layer.part);
        let earlier: Vec<Ident> = earlier.map(|(_, name)| name.clone()).collect();
        turns.push((layer.part, layer.name.clone()));
        if layer.decision.is_some() || !earlier.is_empty() {
            alone(&layer, &earlier);
        } else {
            parts.push(layer.part);
            together.push(layer);
        }
    }
    if let [layer] = together.as_slice() {
        alone(layer, &[]);
        return (constants, checks);
    }
    together.sort_by_key(|layer| layer.part);
    parts.sort_unstable();
    for (index, text) in declaration.between(&parts).iter().enumerate() {
        pieces.push(quote! { ::static_net::__private::check::Declared::Written(#text) });
        let Some(layer) = together.get(index) else { continue };
        let (name, place) = (&layer.name, Literal::usize_unsuffixed(pieces.len()));
        pieces.push(quote! { ::static_net::__private::check::Declared::Layer(&#name) });
        constants.push(layer.constant(Default::default()));
        let among = quote! { ::static_net::__private::check::among(#name, #declared, #place) };
        checks.push(layer.check(among));
    }
    if !together.is_empty() {
        constants.push(quote! {
            const #declared: &[::static_net::__private::check::Declared<'static>] = &[#(#pieces),*];
        });
    }
    (constants, checks)
}

impl Checked {
    /// The rule, applied where the layer stands.
    fn constant(&self, (front, behind): (String, String)) -> TokenStream {
        let (name, site) = (&self.name, &self.site);
        quote! {
            const #name: ::static_net::__private::check::Inferred<'static> = ::static_net::__private::check::infer(
                ::static_net::__private::check::Site { #site around: (#front, #behind) }
            );
        }
    }

    fn check(&self, inferred: TokenStream) -> TokenStream {
        let mut checked = inferred;
        for (place, slot) in &self.arguments {
            let slot = Literal::usize_unsuffixed(*slot);
            checked = spanned_call(*place, "argument", &quote! { #checked, #slot });
        }
        spanned_call(self.place, "fits", &checked)
    }
}
