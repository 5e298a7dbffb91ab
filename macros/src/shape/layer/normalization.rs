//! Layers that keep the shape: normalizations and `dropout`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::infer::Inference;
use super::super::{Shape, shape_text};
use super::{Given, Mend, Site, channels_last_hint, literals};
use crate::ast::{Dim, Scalar};
use crate::diagnostic::spanned_call;

impl Inference<'_> {
    pub(super) fn normalization(&mut self, site: &Site<'_>) -> TokenStream {
        let shape = self.shape.type_tokens(self.declaration.scalar);
        let scalar = self.declaration.scalar.ident();
        match site.word() {
            "batch_norm" => {
                let channels = self.channels();
                let (eps, momentum) = (site.number("eps", 1e-5), site.number("momentum", 0.1));
                let layer = site.layer("BatchNorm");
                quote! { #layer<#scalar, #shape, #channels, #eps, #momentum> }
            }
            "layer_norm" | "rms_norm" => {
                let given = site.argument("axes").map(|_| self.amount(site, "axes", 1));
                let axes = self.axes(given.as_ref());
                let values = self.normalized(site, given.as_ref());
                let (name, eps) = match (site.word(), self.declaration.scalar) {
                    ("layer_norm", _) => ("LayerNorm", 1e-5),
                    (_, Scalar::F32) => ("RmsNorm", 1.1920929e-7),
                    (_, Scalar::F64) => ("RmsNorm", f64::EPSILON),
                };
                let eps = site.number("eps", eps);
                let layer = site.layer(name);
                quote! { #layer<#scalar, #shape, #values, #eps, #axes> }
            }
            "group_norm" => {
                let groups = self.groups(site);
                let channels = self.channels();
                let eps = site.number("eps", 1e-5);
                let layer = site.layer("GroupNorm");
                quote! { #layer<#scalar, #shape, #channels, #groups, #eps> }
            }
            "instance_norm" => {
                let channels = self.instances(site);
                let affine = match site.is_word("affine", "true", false) {
                    true => channels.clone(),
                    false => quote! { 0 },
                };
                let eps = site.number("eps", 1e-5);
                let layer = site.layer("InstanceNorm");
                quote! { #layer<#scalar, #shape, #channels, #affine, #eps> }
            }
            _ => {
                let probability = site.number("p", 0.5);
                let layer = site.layer("Dropout");
                quote! { #layer<#shape, #probability> }
            }
        }
    }

    /// The first size, as a const argument.
    fn channels(&self) -> TokenStream {
        match &self.shape {
            Shape::Dims(dims) => dims[0].expression(),
            shape => {
                let sizes = shape.dims_expression(self.declaration.scalar);
                quote! { { #sizes[0] } }
            }
        }
    }

    /// Over how many of the last axes a normalization goes, as a const argument.
    fn axes(&self, given: Option<&Dim>) -> TokenStream {
        if let Some(axes) = given {
            return axes.expression();
        }
        match &self.shape {
            Shape::Dims(dims) if dims.len() == 3 => quote! { 3 },
            Shape::Dims(_) => quote! { 1 },
            shape => {
                let sizes = shape.dims_expression(self.declaration.scalar);
                quote! { { if #sizes.len() == 3 { 3 } else { 1 } } }
            }
        }
    }

    /// How many values are normalized together over the last axes, as a const argument.
    fn normalized(&mut self, site: &Site<'_>, axes: Option<&Dim>) -> TokenStream {
        let axes_literal = match axes {
            None => None,
            Some(Dim::Literal(axes, _)) => Some(*axes),
            Some(_) => return self.checked_normalized(site, axes),
        };
        let Shape::Dims(dims) = &self.shape else {
            return self.checked_normalized(site, axes);
        };
        let dims = dims.clone();
        let count = axes_literal.unwrap_or(if dims.len() == 3 { 3 } else { 1 });
        if count > dims.len() {
            let what = format!(
                "`{}` over {count} axes, but {} gives {}",
                site.word(),
                self.from,
                shape_text(&dims)
            );
            let mend = Mend::Arguments(vec![("axes", Some(dims.len().to_string()))]);
            self.refuse(site, site.place_of("axes"), what, mend);
            return quote! { 1 };
        }
        let normalized = &dims[dims.len() - count..];
        match (normalized, literals(normalized)) {
            ([only], _) => only.expression(),
            (_, Some(sizes)) => {
                let values = sizes.iter().product();
                let values = proc_macro2::Literal::usize_unsuffixed(values);
                quote! { #values }
            }
            _ => self.checked_normalized(site, axes),
        }
    }

    fn checked_normalized(&mut self, site: &Site<'_>, axes: Option<&Dim>) -> TokenStream {
        if matches!(self.given(site), Given::Faulty) {
            return quote! { 1 };
        }
        let gives = self.shape.dims_expression(self.declaration.scalar);
        let help = self.without_argument(site, "axes");
        let checked = self.checked_site(site, &gives, Some(help));
        let is_usual = axes.is_none();
        let axes = axes.map_or(quote! { 1 }, Dim::expression);
        let arguments = quote! { #checked, #axes, #is_usual };
        let value = spanned_call(site.place_of("axes"), "normalized", &arguments);
        let values = self.computed(site, "LAYER", "usize", &value);
        quote! { #values }
    }

    /// The number of groups, as a const argument.
    fn groups(&mut self, site: &Site<'_>) -> TokenStream {
        let groups = self.amount(site, "groups", 1);
        match (self.given(site), literals(std::slice::from_ref(&groups))) {
            (Given::Faulty, _) => quote! { 1 },
            (Given::Sizes(sizes), Some(count)) => {
                let (channels, count) = (sizes[0], count[0]);
                if channels % count != 0 {
                    let what = format!(
                        "the {channels} channels in do not divide into {count} groups: {} gives {sizes:?}{}",
                        self.from,
                        channels_last_hint(&sizes)
                    );
                    let divides = |count: &usize| channels.is_multiple_of(*count);
                    let fits = (1..=count.min(channels)).rev().find(divides).unwrap_or(1);
                    let mend = Mend::Arguments(vec![("groups", Some(fits.to_string()))]);
                    self.keep(site, "groups", what, mend);
                }
                groups.expression()
            }
            _ => {
                let gives = self.shape.dims_expression(self.declaration.scalar);
                let help = self.without_argument(site, "groups");
                let checked = self.checked_site(site, &gives, Some(help));
                let groups = groups.expression();
                let arguments = quote! { #checked, #groups };
                let value = spanned_call(site.place_of("groups"), "groups_of", &arguments);
                let groups = self.computed(site, "LAYER", "usize", &value);
                quote! { #groups }
            }
        }
    }

    /// Instances are signals or images of more than one value.
    fn instances(&mut self, site: &Site<'_>) -> TokenStream {
        let sizes = match self.given(site) {
            Given::Faulty => return quote! { 1 },
            Given::Sizes(sizes) => sizes,
            Given::Rustc(gives) => {
                let checked = self.checked_site(site, &gives, None);
                let value = spanned_call(site.place(), "instances", &checked);
                let channels = self.computed(site, "LAYER", "usize", &value);
                return quote! { #channels };
            }
        };
        let what = match sizes.as_slice() {
            [_] => format!(
                "`instance_norm` takes an image [channels, height, width] or a signal [channels, length], but \
                 {} gives {sizes:?}",
                self.from
            ),
            [_, values @ ..] if values.iter().product::<usize>() == 1 => format!(
                "`instance_norm` needs more than one value for each channel, but {} gives {sizes:?}",
                self.from
            ),
            _ => return self.channels(),
        };
        let mend = Mend::Replace("layer_norm".to_owned());
        self.keep(site, "", what, mend);
        self.channels()
    }

    /// Refuses a layer that keeps the shape also where it is faulty.
    pub(super) fn keep(&mut self, site: &Site<'_>, name: &str, what: String, mend: Mend) {
        let shape = self.shape.clone();
        self.refuse(site, site.place_of(name), what, mend);
        self.shape = shape;
    }
}
