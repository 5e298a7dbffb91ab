//! The same values in another order or shape: `flatten`, `reshape`, `transpose`, `permute`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::infer::Inference;
use super::super::{Shape, shape_text};
use super::{Given, Mend, Site, list, literals};
use crate::ast::Dim;
use crate::diagnostic::spanned_call;

impl Inference<'_> {
    pub(super) fn arrangement(&mut self, site: &Site<'_>) -> TokenStream {
        match site.word() {
            "flatten" => self.flatten(site),
            "reshape" => self.reshape(site),
            "transpose" => self.permute(site, &[1, 0]),
            _ => {
                let axes = self.amounts(site, "axes", 0);
                let axes = literals(&axes).unwrap_or_default();
                self.permute(site, &axes)
            }
        }
    }

    fn flatten(&mut self, site: &Site<'_>) -> TokenStream {
        let input = self.shape.clone();
        // A vector stays what it is, also one of a const parameter.
        if !matches!(&input, Shape::Dims(dims) if dims.len() == 1) {
            match self.given(site) {
                Given::Faulty => return quote! { () },
                Given::Sizes(sizes) => {
                    let values = sizes.iter().product();
                    self.shape = Shape::Dims(vec![Dim::Literal(values, site.call.name.span())]);
                }
                Given::Rustc(gives) => {
                    let checked = self.checked_site(site, &gives, None);
                    let value = spanned_call(site.place(), "flatten", &checked);
                    self.shape = self.computed_shape(site, &value);
                }
            }
        }
        self.reshaped(site, &input)
    }

    fn reshape(&mut self, site: &Site<'_>) -> TokenStream {
        let input = self.shape.clone();
        let shape = self.amounts(site, "shape", 1);
        match (self.given(site), literals(&shape)) {
            (Given::Faulty, _) => return quote! { () },
            (Given::Sizes(sizes), Some(wanted)) => {
                let values = sizes.iter().product::<usize>();
                let held = wanted.iter().try_fold(1, |held: usize, size| held.checked_mul(*size));
                if held != Some(values) {
                    let held = held.map_or("too many".to_owned(), |held| held.to_string());
                    let gives = shape_text(&dims(&sizes, site));
                    let gives =
                        if sizes.len() == 1 { gives } else { format!("{gives}, {values} values") };
                    let what =
                        format!("{wanted:?} holds {held} values, but {} gives {gives}", self.from);
                    let mend = Mend::Arguments(vec![("shape", Some(fitting(&wanted, values)))]);
                    self.refuse(site, site.place_of("shape"), what, mend);
                    return quote! { () };
                }
                self.shape = Shape::Dims(shape);
            }
            _ => {
                let gives = input.dims_expression(self.declaration.scalar);
                let help = self.without_argument(site, "shape");
                let checked = self.checked_site(site, &gives, Some(help));
                let sizes = list(&shape);
                let arguments = quote! { #checked, #sizes };
                let value = spanned_call(site.place_of("shape"), "reshape", &arguments);
                self.shape = self.computed_shape(site, &value);
            }
        }
        self.reshaped(site, &input)
    }

    fn reshaped(&mut self, site: &Site<'_>, input: &Shape) -> TokenStream {
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let layer = site.layer("Reshape");
        quote! { #layer<#from, #to> }
    }

    fn permute(&mut self, site: &Site<'_>, axes: &[usize]) -> TokenStream {
        let input = self.shape.clone();
        match self.given(site) {
            Given::Faulty => return quote! { () },
            Given::Sizes(sizes) => {
                let gives = dims(&sizes, site);
                if let Some((what, mend)) = wrong_axes(site, axes, &sizes) {
                    let what = format!("{what}: {} gives {}", self.from, shape_text(&gives));
                    self.refuse(site, site.place_of("axes"), what, mend);
                    return quote! { () };
                }
                self.shape = Shape::Dims(axes.iter().map(|&axis| gives[axis].clone()).collect());
            }
            Given::Rustc(_) if let Some(permuted) = permuted(&input, axes) => self.shape = permuted,
            Given::Rustc(gives) => {
                let checked = self.checked_site(site, &gives, None);
                let arguments = quote! { #checked, &[#(#axes),*] };
                let value = spanned_call(site.place_of("axes"), "permute", &arguments);
                self.shape = self.computed_shape(site, &value);
            }
        }
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let number = |axis: usize| {
            proc_macro2::Literal::usize_unsuffixed(axes.get(axis).copied().unwrap_or(axis))
        };
        let (first, second, third) = (number(0), number(1), number(2));
        let layer = site.layer("Permute");
        quote! { #layer<#from, #to, #first, #second, #third> }
    }
}

/// Sizes that are known by their names at least in another order, where each axis is there once.
fn permuted(input: &Shape, axes: &[usize]) -> Option<Shape> {
    let Shape::Dims(dims) = input else { return None };
    let mut seen = axes.to_vec();
    seen.sort_unstable();
    (seen == Vec::from_iter(0..dims.len()))
        .then(|| Shape::Dims(axes.iter().map(|&axis| dims[axis].clone()).collect()))
}

fn dims(sizes: &[usize], site: &Site<'_>) -> Vec<Dim> {
    sizes.iter().map(|&size| Dim::Literal(size, site.call.name.span())).collect()
}

/// What is wrong with the axes of a permutation.
fn wrong_axes(site: &Site<'_>, axes: &[usize], sizes: &[usize]) -> Option<(String, Mend)> {
    let rank = sizes.len();
    if site.word() == "transpose" {
        let mend = match rank {
            3 => Mend::Replace("permute[2, 0, 1]".to_owned()),
            _ => Mend::Precede(format!("reshape[1, {}]", sizes[0])),
        };
        return (rank != 2)
            .then(|| ("`transpose` takes a matrix [rows, columns]".to_owned(), mend));
    }
    let mut seen = axes.to_vec();
    seen.sort_unstable();
    if seen == Vec::from_iter(0..rank) {
        return None;
    }
    let what = format!(
        "`permute` lists each axis once, which are {}, not {axes:?}",
        ["0", "0 and 1", "0, 1 and 2"][rank - 1]
    );
    let fits = ["[0]", "[1, 0]", "[2, 0, 1]"][rank - 1];
    Some((what, Mend::Arguments(vec![("axes", Some(fits.to_owned()))])))
}

/// A shape near to this one that holds so many values.
fn fitting(wanted: &[usize], values: usize) -> String {
    let replaced = |axis: usize| {
        let others = wanted.iter().enumerate().filter(|(other, _)| *other != axis);
        let others = others.map(|(_, size)| *size).try_fold(1usize, usize::checked_mul)?;
        let mut shape = wanted.to_vec();
        shape[axis] = values / others;
        (values.is_multiple_of(others) && shape[axis] > 0).then_some((shape, wanted[axis]))
    };
    let distance =
        |(axis, (shape, before)): &(usize, (Vec<usize>, usize))| shape[*axis].abs_diff(*before);
    let near =
        (0..wanted.len()).filter_map(|axis| Some((axis, replaced(axis)?))).min_by_key(distance);
    match near {
        Some((_, (shape, _))) => format!("{shape:?}"),
        None => format!("[{values}]"),
    }
}
