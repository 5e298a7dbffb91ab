//! Pools and what undoes them: `max_pool`, `avg_pool`, `global_avg_pool`, .., `upsample`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::infer::Inference;
use super::super::{Shape, shape_text};
use super::sliding::{Sliding, computed_window, window_type};
use super::{Given, Mend, Site, list, literals};
use crate::diagnostic::spanned_call;

impl Inference<'_> {
    pub(super) fn pooling(&mut self, site: &Site<'_>) -> TokenStream {
        let given = self.given(site);
        match site.word() {
            "max_pool" | "avg_pool" => self.pool(site, &given),
            "global_avg_pool" | "global_max_pool" => self.global_pool(site, &given),
            "adaptive_avg_pool" => self.adaptive_pool(site, &given),
            _ => self.upsample(site, &given),
        }
    }

    fn pool(&mut self, site: &Site<'_>, given: &Given) -> TokenStream {
        let sliding = self.sliding(site, true);
        let input = self.shape.clone();
        let found = match (given, sliding.literal()) {
            (Given::Faulty, _) => None,
            (Given::Sizes(sizes), Some(())) => self.literal_pool(site, sizes, &sliding),
            _ => {
                let gives = input.dims_expression(self.declaration.scalar);
                let bytes = self.declaration.scalar.bytes();
                let layer = self.checked_sliding(site, &gives, &sliding);
                let (front, behind) = self.without_argument(site, "kernel");
                let arguments = quote! { #layer, (#front, #behind), #bytes };
                let value = spanned_call(site.place_of("kernel"), "slide", &arguments);
                let slid = self.computed(site, "LAYER", "Slid", &value);
                let output = self.computed_shape(site, &quote! { #slid.output });
                Some((output, computed_window(&slid, sliding.fill)))
            }
        };
        let Some((output, window)) = found else { return quote! { () } };
        self.shape = output;
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        if site.word() == "max_pool" {
            let layer = site.layer("MaxPool");
            return quote! { #layer<#from, #to, #window> };
        }
        let counts = site.is_word("count_include_pad", "true", true);
        let layer = site.layer("AvgPool");
        quote! { #layer<#from, #to, #window, #counts> }
    }

    fn literal_pool(
        &mut self,
        site: &Site<'_>,
        sizes: &[usize],
        sliding: &Sliding,
    ) -> Option<(Shape, TokenStream)> {
        let layout = self.layout(site, sizes)?;
        let window = self.window(site, &layout, sliding)?;
        let places = self.slid(site, &layout, &window)?;
        let sizes = layout.with(layout.channels as u128, places);
        let output =
            self.output(site, &sizes, "padding", Mend::Arguments(vec![("padding", None)]))?;
        Some((output, window_type(&window)))
    }

    fn global_pool(&mut self, site: &Site<'_>, given: &Given) -> TokenStream {
        let input = self.shape.clone();
        match given {
            Given::Faulty => return quote! { () },
            Given::Sizes(sizes) => {
                let Some(layout) = self.layout(site, sizes) else { return quote! { () } };
                self.shape = Shape::Dims(vec![layout.dims[0].clone()]);
            }
            Given::Rustc(gives) => {
                let layer = self.checked_layout(site, gives);
                let value = spanned_call(site.place(), "global", &layer);
                self.shape = self.computed_shape(site, &value);
            }
        }
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let name = if site.word() == "global_avg_pool" { "GlobalAvgPool" } else { "GlobalMaxPool" };
        let layer = site.layer(name);
        quote! { #layer<#from, #to> }
    }

    fn adaptive_pool(&mut self, site: &Site<'_>, given: &Given) -> TokenStream {
        let input = self.shape.clone();
        let size = self.amounts(site, "size", 1);
        match (given, literals(&size)) {
            (Given::Faulty, _) => return quote! { () },
            (Given::Sizes(sizes), Some(_)) => {
                let Some(layout) = self.layout(site, sizes) else { return quote! { () } };
                let Some(size) = self.along(site, &layout, "size", &size, 1) else {
                    return quote! { () };
                };
                let sizes = layout.with(layout.channels as u128, size.map(|size| size as u128));
                let smaller = Mend::Arguments(vec![("size", Some("4".to_owned()))]);
                let Some(output) = self.output(site, &sizes, "size", smaller) else {
                    return quote! { () };
                };
                self.shape = output;
            }
            _ => {
                let gives = input.dims_expression(self.declaration.scalar);
                let bytes = self.declaration.scalar.bytes();
                let layer = self.checked_layout(site, &gives);
                let size = list(&size);
                let arguments = quote! { #layer, #size, #bytes };
                let value = spanned_call(site.place_of("size"), "adaptive", &arguments);
                self.shape = self.computed_shape(site, &value);
            }
        }
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let layer = site.layer("AdaptiveAvgPool");
        quote! { #layer<#from, #to> }
    }

    fn upsample(&mut self, site: &Site<'_>, given: &Given) -> TokenStream {
        let input = self.shape.clone();
        let factor = self.amounts(site, "factor", 1);
        match (given, literals(&factor)) {
            (Given::Faulty, _) => return quote! { () },
            (Given::Sizes(sizes), Some(_)) => {
                let Some(layout) = self.layout(site, sizes) else { return quote! { () } };
                let Some(factor) = self.along(site, &layout, "factor", &factor, 1) else {
                    return quote! { () };
                };
                let takes = if layout.rank() == 2 { "linear" } else { "bilinear" };
                let other = if layout.rank() == 2 { "bilinear" } else { "linear" };
                if site.is_word("mode", other, false) {
                    let kind = if layout.rank() == 2 { "a signal" } else { "an image" };
                    let what = format!(
                        "{other} is not for {kind}, but {} gives {}",
                        self.from,
                        shape_text(&layout.dims)
                    );
                    let mend = Mend::Arguments(vec![("mode", Some(takes.to_owned()))]);
                    self.refuse(site, site.place_of("mode"), what, mend);
                    return quote! { () };
                }
                let sizes = [0, 1].map(|axis| layout.sizes[axis] as u128 * factor[axis] as u128);
                let sizes = layout.with(layout.channels as u128, sizes);
                let smaller = Mend::Arguments(vec![("factor", Some("2".to_owned()))]);
                let Some(output) = self.output(site, &sizes, "factor", smaller) else {
                    return quote! { () };
                };
                self.shape = output;
            }
            _ => {
                let gives = input.dims_expression(self.declaration.scalar);
                let bytes = self.declaration.scalar.bytes();
                let mut layer = self.checked_layout(site, &gives);
                for (word, is_bilinear) in [("bilinear", true), ("linear", false)] {
                    if site.is_word("mode", word, false) {
                        let arguments = quote! { #layer, #is_bilinear };
                        layer = spanned_call(site.place_of("mode"), "mode", &arguments);
                    }
                }
                let factor = list(&factor);
                let arguments = quote! { #layer, #factor, #bytes };
                let value = spanned_call(site.place_of("factor"), "upsample", &arguments);
                self.shape = self.computed_shape(site, &value);
            }
        }
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let mode = if site.is_word("mode", "nearest", true) {
            quote! { ::static_net::layer::Nearest }
        } else {
            quote! { ::static_net::layer::Bilinear }
        };
        let layer = site.layer("Upsample");
        quote! { #layer<#from, #to, #mode> }
    }
}
