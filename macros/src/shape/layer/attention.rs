//! Layers over sequences `[length, features]`: `attention`, `position`, `sinusoidal`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::Shape;
use super::super::infer::Inference;
use super::{Given, Mend, Site, literals};
use crate::ast::{Dim, Value};
use crate::diagnostic::spanned_call;

impl Inference<'_> {
    pub(super) fn attention(&mut self, site: &Site<'_>) -> TokenStream {
        if !self.is_sequence(site) {
            return quote! { () };
        }
        match site.word() {
            "attention" => self.self_attention(site),
            "position" => self.position(site),
            _ => self.sinusoidal(site),
        }
    }

    /// Whether the shape is that of a sequence; one that is not is reported.
    fn is_sequence(&mut self, site: &Site<'_>) -> bool {
        if matches!(&self.shape, Shape::Dims(dims) if dims.len() == 2) {
            return true;
        }
        // Heads divide the features, and what turns or counts pairs takes an even number of them.
        let per_head = if site.is_word("rotary", "true", false) { 2usize } else { 1 };
        let heads = match site.argument("heads").map(|argument| &argument.value) {
            Some(Value::Size(heads)) => heads.clone(),
            _ => {
                Dim::Literal(if site.word() == "sinusoidal" { 2 } else { 1 }, site.call.name.span())
            }
        };
        match self.given(site) {
            Given::Faulty => false,
            Given::Sizes(sizes) => {
                let heads = literals(std::slice::from_ref(&heads)).map_or(1, |heads| heads[0]);
                let multiple = heads.saturating_mul(per_head).max(1);
                self.sequence_sizes(site, &sizes, multiple).is_some()
            }
            Given::Rustc(gives) => {
                let mut multiple = heads.expression();
                if per_head > 1 {
                    multiple = quote! { usize::saturating_mul(#multiple, #per_head) };
                }
                let sequence = self.checked_sequence(site, &gives, &multiple);
                let value = spanned_call(site.place(), "sequence", &sequence);
                self.shape = self.computed_shape(site, &value);
                true
            }
        }
    }

    /// Length and features as const arguments.
    fn length_and_features(&self) -> [TokenStream; 2] {
        match &self.shape {
            Shape::Dims(dims) => [0, 1].map(|axis: usize| dims[axis].expression()),
            shape => {
                let sizes = shape.dims_expression(self.declaration.scalar);
                [quote! { { #sizes[0] } }, quote! { { #sizes[1] } }]
            }
        }
    }

    /// The features, where they are a number.
    fn features(&self) -> Option<usize> {
        match &self.shape {
            Shape::Dims(dims) => literals(&dims[1..]).map(|sizes| sizes[0]),
            _ => None,
        }
    }

    fn self_attention(&mut self, site: &Site<'_>) -> TokenStream {
        let heads = self.amount(site, "heads", 1);
        let kv_heads = site.argument("kv_heads").map(|_| self.amount(site, "kv_heads", 1));
        let is_rotary = site.is_word("rotary", "true", false);
        let known: Vec<Dim> = [&heads].into_iter().chain(&kv_heads).cloned().collect();
        let projected = match (self.features(), literals(&known)) {
            (Some(features), Some(known)) => {
                let (heads, kv_heads) = (known[0], *known.last().unwrap_or(&known[0]));
                self.check_heads(site, features, heads, kv_heads, is_rotary);
                let width = features / heads;
                let projected = Literal::usize_unsuffixed(
                    kv_heads.saturating_mul(2 * width).saturating_add(features),
                );
                quote! { #projected }
            }
            _ => self.checked_heads(site, &heads, kv_heads.as_ref(), is_rotary),
        };
        let [length, features] = self.length_and_features();
        let heads = heads.expression();
        let [bias, out_bias] = match site.is_word("bias", "true", true) {
            true => [projected.clone(), features.clone()],
            false => [quote! { 0 }, quote! { 0 }],
        };
        let is_causal = site.is_word("causal", "true", false);
        let dropout = site.number("dropout", 0.0);
        let scalar = self.declaration.scalar.ident();
        let layer = site.layer("Attention");
        quote! {
            #layer<#scalar, #length, #features, #heads, #projected, #bias, #out_bias, #is_causal, #is_rotary, #dropout>
        }
    }

    /// Whether heads divide the features, heads of keys those of queries, and heads into pairs.
    fn check_heads(
        &mut self,
        site: &Site<'_>,
        features: usize,
        heads: usize,
        kv_heads: usize,
        is_rotary: bool,
    ) {
        let divides = |count: &usize| features.is_multiple_of(*count);
        let pairs = |count: &usize| divides(count) && (features / count).is_multiple_of(2);
        if !divides(&heads) {
            let what = format!(
                "the {features} features do not divide into {heads} heads: {} gives {}",
                self.from,
                self.shape.text()
            );
            let fits = match is_rotary {
                true => nearest(heads, features, pairs),
                false => None,
            };
            let fits = fits.or_else(|| nearest(heads, features, divides)).unwrap_or(1);
            let mut changes = vec![("heads", Some(fits.to_string()))];
            if site.argument("kv_heads").is_some() {
                let divides = |count: &usize| fits.is_multiple_of(*count);
                let kv_heads = nearest(kv_heads, fits, divides).unwrap_or(1);
                changes.push(("kv_heads", Some(kv_heads.to_string())));
            }
            if is_rotary && !pairs(&fits) {
                changes.push(("rotary", None));
            }
            return self.keep(site, "heads", what, Mend::Arguments(changes));
        }
        if !heads.is_multiple_of(kv_heads) {
            let what = format!(
                "the {heads} heads of queries do not divide into {kv_heads} groups, one for each of `kv_heads`"
            );
            let divides = |count: &usize| heads.is_multiple_of(*count);
            let fits = nearest(kv_heads, heads, divides).unwrap_or(1);
            let mend = Mend::Arguments(vec![("kv_heads", Some(fits.to_string()))]);
            return self.keep(site, "kv_heads", what, mend);
        }
        if is_rotary && !pairs(&heads) {
            let what = format!(
                "rotary embedding turns pairs of features, but a head has {}: {features} features in {heads} heads",
                features / heads
            );
            let is_grouped = site.argument("kv_heads").is_some();
            let fits =
                |count: &usize| pairs(count) && (!is_grouped || count.is_multiple_of(kv_heads));
            let mend = match nearest(heads, features, fits) {
                Some(fits) => ("heads", Some(fits.to_string())),
                None => ("rotary", None),
            };
            self.keep(site, "rotary", what, Mend::Arguments(vec![mend]));
        }
    }

    /// The same where rustc knows the numbers; gives how many features queries, keys and values have.
    fn checked_heads(
        &mut self,
        site: &Site<'_>,
        heads: &Dim,
        kv_heads: Option<&Dim>,
        is_rotary: bool,
    ) -> TokenStream {
        if matches!(self.given(site), Given::Faulty) {
            return quote! { 1 };
        }
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let help = self.without_argument(site, "heads");
        let checked = self.checked_site(site, &gives, Some(help));
        let heads = heads.expression();
        let arguments = quote! { #checked, #heads };
        let mut value = spanned_call(site.place_of("heads"), "heads", &arguments);
        if is_rotary {
            let checked = self.checked_site(site, &gives, None);
            let arguments = quote! { #checked, #value };
            value = spanned_call(site.place_of("rotary"), "rotary", &arguments);
        }
        let help = self.without_argument(site, "kv_heads");
        let checked = self.checked_site(site, &gives, Some(help));
        let kv_heads = match kv_heads {
            Some(kv_heads) => kv_heads.expression(),
            None => heads,
        };
        let arguments = quote! { #checked, #value, #kv_heads };
        let value = spanned_call(site.place_of("kv_heads"), "projected", &arguments);
        let projected = self.computed(site, "LAYER", "usize", &value);
        quote! { #projected }
    }

    fn position(&mut self, site: &Site<'_>) -> TokenStream {
        let table = site.argument("length").map(|_| self.amount(site, "length", 1));
        let [length, features] = self.length_and_features();
        let table = match table {
            None => length.clone(),
            Some(table) => self.table(site, &table),
        };
        let scalar = self.declaration.scalar.ident();
        let layer = site.layer("Position");
        quote! { #layer<#scalar, #length, #features, #table> }
    }

    /// How many positions a table has, as a const argument: at least as many as the sequence.
    fn table(&mut self, site: &Site<'_>, table: &Dim) -> TokenStream {
        let length = match &self.shape {
            Shape::Dims(dims) => literals(&dims[..1]),
            _ => None,
        };
        match (length.as_deref(), literals(std::slice::from_ref(table)).as_deref()) {
            (Some(&[length]), Some(&[given])) => {
                if given < length {
                    let what = format!(
                        "a table of {given} positions for a sequence of {length}: {} gives {}",
                        self.from,
                        self.shape.text()
                    );
                    let mend = Mend::Arguments(vec![("length", Some(length.to_string()))]);
                    self.keep(site, "length", what, mend);
                }
                table.expression()
            }
            _ => {
                if matches!(self.given(site), Given::Faulty) {
                    return quote! { 1 };
                }
                let gives = self.shape.dims_expression(self.declaration.scalar);
                let help = self.without_argument(site, "length");
                let checked = self.checked_site(site, &gives, Some(help));
                let table = table.expression();
                let arguments = quote! { #checked, #table };
                let value = spanned_call(site.place_of("length"), "positions", &arguments);
                let table = self.computed(site, "LAYER", "usize", &value);
                quote! { #table }
            }
        }
    }

    fn sinusoidal(&mut self, site: &Site<'_>) -> TokenStream {
        let [length, features] = self.length_and_features();
        let layer = site.layer("Sinusoidal");
        let features = match self.features() {
            Some(even) if even.is_multiple_of(2) => features,
            Some(odd) => {
                let what = format!(
                    "`sinusoidal` adds sines and cosines to pairs of features, but {} gives {odd} of them: {}",
                    self.from,
                    self.shape.text()
                );
                self.keep(site, "", what, Mend::Replace("position".to_owned()));
                features
            }
            None => {
                if matches!(self.given(site), Given::Faulty) {
                    return quote! { () };
                }
                let gives = self.shape.dims_expression(self.declaration.scalar);
                let checked = self.checked_site(site, &gives, None);
                let value = spanned_call(site.place(), "pairs", &checked);
                let features = self.computed(site, "LAYER", "usize", &value);
                quote! { #features }
            }
        };
        quote! { #layer<#length, #features> }
    }
}

/// The number from 1 to `most` that fits and is nearest to the one given; of two, the smaller.
fn nearest(given: usize, most: usize, fits: impl Fn(&usize) -> bool) -> Option<usize> {
    (1..=most).filter(|count| fits(count)).min_by_key(|count| count.abs_diff(given))
}
