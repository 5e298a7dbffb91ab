//! A network as a table.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Network, Stage};
use crate::scalar::Float;
use crate::shape::Shape;

/// A table of a network's stages, the shapes they give and how many values they train.
pub fn summary<N: Network>() -> String {
    let mut rows = Vec::from([[
        String::from("stage"),
        String::from("layer"),
        String::from("output"),
        String::from("parameters"),
    ]]);
    rows.push([
        "input".into(),
        String::new(),
        format!("{:?}", <N::Input as Shape>::DIMS),
        String::new(),
    ]);
    for stage in N::STAGES {
        rows.push([
            stage.name.into(),
            without_label(stage).into(),
            format!("{:?}", stage.shape),
            grouped(stage.parameters),
        ]);
    }
    let widths: [usize; 4] = core::array::from_fn(|column| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    });
    let rule = "-".repeat(widths.iter().sum::<usize>() + 6);
    let mut table = format!("{}\n{rule}\n", N::NAME);
    for [stage, layer, output, parameters] in &rows {
        let [a, b, c, d] = widths;
        let row = format!("{stage:<a$}  {layer:<b$}  {output:<c$}  {parameters:>d$}");
        table.push_str(row.trim_end());
        table.push('\n');
        if stage == "stage" && layer == "layer" {
            table.push_str(&format!("{rule}\n"));
        }
    }
    table.push_str(&format!(
        "{rule}\n{} trained parameters, {} bytes of {}\n",
        grouped(N::PARAMETERS),
        grouped(size_of::<N>()),
        N::Scalar::NAME
    ));
    table
}

/// What a stage computes: its label is in the column before.
fn without_label(stage: &Stage) -> &str {
    stage
        .text
        .strip_prefix(stage.name)
        .and_then(|rest| rest.trim_start().strip_prefix(':'))
        .map_or(stage.text, str::trim_start)
}

/// `1234567` as `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = format!("{number}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
