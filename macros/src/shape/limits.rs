//! Sizes that no machine can hold, and shapes that stable Rust cannot compute.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use static_net_rules::size;

use super::infer::Inference;
use super::shape_text;
use crate::ast::{Dim, Stage};
use crate::diagnostic::{Help, Place, spanned_call};
use crate::parse::{mentioned, not_computed};

/// Stages that are repeated so often are not asked for their size.
const MOST_TIMES: usize = 1 << 16;

/// What stands for a size that is too large beside others.
const FEWER: &str = "32";

impl Inference<'_> {
    /// Weights that no machine can hold. Gives the number of outputs, which is one that rustc has checked where
    /// only rustc knows it.
    pub(super) fn check_weights(&mut self, inputs: &Dim, outputs: Dim, stage: &Stage) -> Dim {
        match (inputs, &outputs) {
            (Dim::Literal(..), Dim::Literal(..)) => self.check_number(inputs, &outputs, stage),
            (Dim::Literal(..) | Dim::Constant { .. }, Dim::Constant { text, place, .. }) => {
                let (text, place) = (text.clone(), *place);
                let (inputs, count) = (inputs.expression(), outputs.expression());
                let bytes = self.declaration.scalar.bytes();
                let name = self.constant("WIDTH", stage.part, 0, place);
                let arguments = quote! { #inputs, #count, #bytes };
                let width = spanned_call(place, "width", &arguments);
                self.check(place, "weights", &quote! { #arguments, #text });
                self.program
                    .constants
                    .push(quote_spanned! {place.start=> const #name: usize = #width; });
                return Dim::Constant { expression: quote! { #name }, text, place };
            }
            _ => {}
        }
        outputs
    }

    /// How often stages are repeated; their parameters are those of the layer.
    pub(super) fn check_times(&mut self, times: Dim, layer: &TokenStream, part: usize) -> Dim {
        // So few are told by the layers themselves.
        if matches!(times, Dim::Literal(0..=MOST_TIMES, _) | Dim::Faulty) {
            return times;
        }
        let (place, text, count) = (times.place(), times.text(), times.expression());
        let arguments = quote! { #count, ::core::mem::size_of::<#layer>() };
        self.check(place, "repeated", &quote! { #arguments, #text });
        if mentioned(arguments.clone(), &self.declaration.const_parameters).is_some() {
            return times;
        }
        let name = self.constant("TIMES", part, 0, place);
        let held = spanned_call(place, "times", &arguments);
        self.program.constants.push(quote_spanned! {place.start=> const #name: usize = #held; });
        Dim::Constant { expression: quote! { #name }, text, place }
    }

    fn check_number(&mut self, inputs: &Dim, outputs: &Dim, stage: &Stage) {
        let (Dim::Literal(inputs, _), Dim::Literal(count, _)) = (inputs, outputs) else { return };
        let Some(what) = size::weights(*inputs, *count, self.declaration.scalar.bytes()) else {
            return;
        };
        self.mend_width(stage.part, outputs, "1024");
        self.faults.add(outputs.place(), Some(stage.part), what.as_str(), Help::Shapes);
    }

    fn mend_width(&mut self, part: usize, width: &Dim, mended: &str) {
        let written = &self.declaration.parts[part].written;
        let stage = self.siblings.iter().find(|stage| stage.part == part);
        let [front, behind] = stage.and_then(Stage::around_width).unwrap_or_else(|| {
            let front = written.strip_suffix(&width.text()).unwrap_or("");
            [front.to_owned(), String::new()]
        });
        self.mended.push((part, Some(format!("{front}{mended}{behind}"))));
    }

    /// A sample that no machine can hold, or whose size depends on a const parameter among others.
    pub(super) fn check_sample(&mut self, dims: &[Dim], part: usize) -> bool {
        let faults_before = self.faults.len();
        let parameter = dims.iter().find(|dim| matches!(dim, Dim::Parameter(_)));
        if let Some(Dim::Parameter(name)) = parameter.filter(|_| dims.len() > 1) {
            let [what, help] = not_computed(name, "a shape of several sizes");
            self.faults.add(Place::at(name.span()), Some(part), what, Help::Text(help));
        }
        let product =
            dims.iter().try_fold(self.declaration.scalar.bytes(), |product, dim| match dim {
                Dim::Literal(size, _) => product.checked_mul(*size),
                _ => Some(product),
            });
        if product.is_none_or(|bytes| bytes > isize::MAX as usize) {
            let sample = shape_text(dims);
            let what = format!("a sample of shape {sample} is more than a machine can address");
            let written = &self.declaration.parts[part].written;
            let stage = self.siblings.iter().find(|stage| stage.part == part);
            let help = match dims {
                [only] => {
                    self.mend_width(part, only, "1024");
                    Help::Shapes
                }
                [.., features] if stage.is_some_and(|stage| stage.around_width().is_some()) => {
                    self.mend_width(part, features, FEWER);
                    Help::Shapes
                }
                sizes if written.starts_with('[') => {
                    let fewer = format!("[{}]", self.fewer(sizes).join(", "));
                    self.mended.push((part, Some(fewer)));
                    Help::Shapes
                }
                _ => Help::Text("let it give fewer values".to_owned()),
            };
            self.faults.add(dims[0].place(), Some(part), what, help);
        }
        self.faults.len() == faults_before
    }

    /// The sizes, with as many of the largest changed as are too many together.
    fn fewer(&self, dims: &[Dim]) -> Vec<String> {
        let mut sizes: Vec<Option<usize>> = dims.iter().map(Dim::number).collect();
        let bytes = self.declaration.scalar.bytes();
        let product = |sizes: &[Option<usize>]| {
            let mut sizes = sizes.iter().flatten();
            sizes.try_fold(bytes, |product, size| product.checked_mul(*size))
        };
        let mut texts: Vec<String> = dims.iter().map(Dim::text).collect();
        while product(&sizes).is_none_or(|bytes| bytes > isize::MAX as usize)
            && let Some(axis) = (0..sizes.len()).max_by_key(|&axis| sizes[axis])
        {
            sizes[axis] = None;
            texts[axis] = FEWER.to_owned();
        }
        texts
    }
}
