//! What there is to tell about all stages, as a table.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::ProbeScore;

/// What [`Representations::report`](super::Representations::report) tells; displays as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What the network is called.
    pub network: &'static str,
    /// How many samples it saw.
    pub samples: usize,
    /// The input and each stage, in order; of a network of tokens, each stage.
    pub stages: Vec<StageReport>,
}

/// What there is to tell about one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageReport {
    /// `input`, the stage's label, or `stage` and its position.
    pub name: String,
    /// What it computes, as the declaration says it.
    pub text: String,
    /// How many numbers it has for each sample.
    pub units: usize,
    /// How many units are zero for all samples.
    pub dead_units: usize,
    /// How many units have the same value for all samples, dead ones included.
    pub constant_units: usize,
    /// The part of the variance that the first two principal components make up together.
    pub explained_by_two: f64,
    /// Linear centred kernel alignment to the first of them, the input.
    pub alignment_to_input: f64,
    /// Linear centred kernel alignment to the last of them, the output.
    pub alignment_to_output: f64,
    /// What a linear probe reads off, where there were labels.
    pub probe: Option<ProbeScore>,
}

/// No layer's text takes more room than this.
const MOST_TEXT: usize = 36;

impl core::fmt::Display for Report {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let has_probe = self.stages.iter().any(|stage| stage.probe.is_some());
        let mut rows: Vec<Vec<String>> = Vec::new();
        let first = self.stages.first().map_or("input", |stage| &stage.name);
        let mut titles = Vec::from(
            ["stage", "layer", "units", "dead", "PCA 2", &format!("CKA {first}"), "CKA output"]
                .map(String::from),
        );
        if has_probe {
            titles.extend(["probe, train", "held out"].map(String::from));
        }
        rows.push(titles);
        rows.extend(self.stages.iter().map(|stage| stage.cells(has_probe)));
        let widths: Vec<usize> = (0..rows[0].len())
            .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect();
        let rule = "-".repeat(widths.iter().sum::<usize>() + 2 * (widths.len() - 1));
        writeln!(formatter, "{} on {} samples\n{rule}", self.network, self.samples)?;
        for (index, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                match column {
                    0 => line.push_str(&format!("{cell:<width$}")),
                    1 => line.push_str(&format!("  {cell:<width$}")),
                    _ => line.push_str(&format!("  {cell:>width$}")),
                }
            }
            writeln!(formatter, "{}", line.trim_end())?;
            if index == 0 {
                writeln!(formatter, "{rule}")?;
            }
        }
        writeln!(formatter, "{rule}")
    }
}

impl StageReport {
    fn cells(&self, has_probe: bool) -> Vec<String> {
        let percent = |part: f64| format!("{:.1} %", 100.0 * part);
        let mut cells = Vec::from([
            self.name.clone(),
            crate::network::cut(&self.text, MOST_TEXT),
            format!("{}", self.units),
            format!("{}", self.dead_units),
            percent(self.explained_by_two),
            format!("{:.3}", self.alignment_to_input),
            format!("{:.3}", self.alignment_to_output),
        ]);
        if has_probe {
            let probe = |part: fn(&ProbeScore) -> f64| {
                self.probe.as_ref().map_or(String::new(), |score| percent(part(score)))
            };
            cells.extend([probe(|score| score.train), probe(|score| score.held_out)]);
        }
        cells
    }
}
