//! Sizes that no machine can hold, and shapes that stable Rust cannot compute.

use super::infer::Inference;
use super::shape_text;
use crate::ast::{Dim, Stage};
use crate::diagnostic::Help;

impl Inference<'_> {
    /// Weights that no machine can hold.
    pub(super) fn check_weights(&mut self, inputs: &Dim, outputs: &Dim, stage: &Stage) {
        let (Dim::Literal(inputs, _), Dim::Literal(count, _)) = (inputs, outputs) else { return };
        let bytes = inputs
            .checked_mul(*count)
            .and_then(|weights| weights.checked_mul(self.declaration.scalar.bytes()));
        if bytes.is_some_and(|bytes| bytes <= isize::MAX as usize) {
            return;
        }
        let what = format!("{inputs} x {count} weights are more than a machine can address");
        self.mend_width(stage.part, outputs, "1024");
        self.faults.add(outputs.place(), Some(stage.part), what, Help::Shapes);
    }

    fn mend_width(&mut self, part: usize, width: &Dim, mended: &str) {
        let written = &self.declaration.parts[part].written;
        let front = written.strip_suffix(&width.text()).unwrap_or("");
        self.mended.push((part, Some(format!("{front}{mended}"))));
    }

    /// A sample that no machine can hold, or whose size depends on a const parameter among others.
    pub(super) fn check_sample(&mut self, dims: &[Dim], part: usize) -> bool {
        let faults_before = self.faults.len();
        let parameter = dims.iter().find(|dim| matches!(dim, Dim::Parameter(_)));
        if let Some(parameter) = parameter.filter(|_| dims.len() > 1) {
            let what = "Rust cannot yet compute with const parameters, which a shape of several \
                        sizes needs";
            let help = Help::Text("use a number or a const here".to_owned());
            self.faults.add(parameter.place(), Some(part), what, help);
        }
        let product =
            dims.iter().try_fold(self.declaration.scalar.bytes(), |product, dim| match dim {
                Dim::Literal(size, _) => product.checked_mul(*size),
                _ => Some(product),
            });
        if product.is_none_or(|bytes| bytes > isize::MAX as usize) {
            let sample = shape_text(dims);
            let what = format!("a sample of shape {sample} is more than a machine can address");
            match dims {
                [only] => self.mend_width(part, only, "1024"),
                more => {
                    let sizes = vec!["32"; more.len()].join(", ");
                    self.mended.push((part, Some(format!("[{sizes}]"))));
                }
            }
            self.faults.add(dims[0].place(), Some(part), what, Help::Shapes);
        }
        self.faults.len() == faults_before
    }
}
