//! A network as a table.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::format::{cut, grouped, joined};
use super::node::{Inside, Node, nodes};
use super::{Network, multiply_adds};
use crate::layer::Chain;
use crate::scalar::Float;
use crate::shape::Shape;

/// No line is longer than this; what a layer is called is cut to fit.
const WIDTH: usize = 100;
/// The least room for what a layer is called.
const LEAST: usize = 16;
const TITLES: Row = ["stage", "layer", "output shape", "parameters", "multiply-adds", "bytes kept"];

type Row<S = &'static str> = [S; 6];

/// A table of a network's stages: the shapes they give, how many values they train, how many pairs of values
/// they multiply and add for one sample, and the bytes of each sample that they keep for the way back.
///
/// What a stage is made of stands indented below it; the numbers of the stage are the sums. Stages that are
/// repeated are shown once, with the numbers of one copy.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 8 => relu 16 => blocks: repeat(3; residual(gelu 32 => 16)) => 4 >; }
///
/// assert_eq!(
///     Net::summary(),
///     "\
/// Net
/// -------------------------------------------------------------------------
/// stage       layer     output shape  parameters  multiply-adds  bytes kept
/// -------------------------------------------------------------------------
/// input                 [8]                                              32
/// stage1      relu 16   [16]                 144            128          64
/// blocks      3 x       [16]               3,216          3,072         960
///   -         residual  [16]               1,072          1,024         320
///     stage1  gelu 32   [32]                 544            512         256
///     stage2  16        [16]                 528            512           0
/// stage3      4         [4]                   68             64          16
/// -------------------------------------------------------------------------
/// 3,428 trained parameters, 13,712 bytes of f32
/// 3,264 multiply-adds for a sample
/// 1,072 bytes of activations kept of a sample in training
/// "
/// );
/// ```
pub fn summary<N: Network>() -> String {
    let mut table = Table { bytes: size_of::<N::Scalar>(), rows: Vec::new() };
    let inputs = <N::Input as Shape>::LEN;
    table.rows.push([
        String::from("input"),
        String::new(),
        format!("{:?}", <N::Input as Shape>::DIMS),
        String::new(),
        String::new(),
        grouped(inputs * table.bytes),
    ]);
    table.sequence(&nodes(N::STAGES), 0);

    let Chain { stages, inner, .. } = Chain::of(N::STAGES);
    let statistics = size_of::<N>() / table.bytes - N::PARAMETERS;
    let statistics = match statistics {
        0 => String::new(),
        _ => format!(", {} running statistics", grouped(statistics)),
    };
    let kept = inputs + inner + <N::Output as Shape>::LEN + stages.tape.per_sample;
    let per_batch = match stages.tape.fixed {
        0 => String::new(),
        values => format!(" and {} of a batch", grouped(values * table.bytes)),
    };
    let (rule, rows) = table.lines();
    format!(
        "{}\n{rule}\n{rows}{rule}\n\
         {} trained parameters{statistics}, {} bytes of {}\n\
         {} multiply-adds for a sample\n\
         {} bytes of activations kept of a sample{per_batch} in training\n",
        N::NAME,
        grouped(N::PARAMETERS),
        grouped(size_of::<N>()),
        N::Scalar::NAME,
        grouped(multiply_adds(N::STAGES)),
        grouped(kept * table.bytes),
    )
}

struct Table {
    /// Of one value.
    bytes: usize,
    rows: Vec<Row<String>>,
}

impl Table {
    fn sequence(&mut self, nodes: &[Node], depth: usize) {
        for node in nodes {
            let layer = match &node.inside {
                Inside::Nothing | Inside::Chain(_) => String::from(node.stage.written.operation),
                inside => called(node, inside),
            };
            let from = node.stage.written.from;
            let layer = match joined(node.stage.written.activation, &layer) {
                _ if node.is_reference() => format!("&{from}"),
                // Only types that are written by hand hold layers that no text names.
                layer if layer.is_empty() => String::from("layer"),
                layer if !from.is_empty() => format!("&{from} => {layer}"),
                layer => layer,
            };
            let name = if node.stage.name.is_empty() { "-" } else { node.stage.name };
            self.row(name, &layer, node, depth);
            match &node.inside {
                Inside::Nothing => {}
                Inside::Chain(body) | Inside::Repeat { body, .. } => {
                    self.sequence(body, depth + 1);
                }
                Inside::Residual { body, project } => {
                    self.sequence(body, depth + 1);
                    if let Some(project) = project {
                        self.part("project", project, depth + 1);
                    }
                }
                Inside::Joined { branches, .. } => {
                    for (index, branch) in branches.iter().enumerate() {
                        self.part(&format!("branch{}", index + 1), branch, depth + 1);
                    }
                }
            }
        }
    }

    /// A part of a composition that has a name of its own.
    fn part(&mut self, name: &str, nodes: &[Node], depth: usize) {
        match nodes {
            [node] if node.stage.name.is_empty() => {
                let first = self.rows.len();
                self.sequence(nodes, depth);
                self.rows[first][0] = indented(name, depth);
            }
            _ => {
                let row = [&*indented(name, depth), "", "", "", "", ""].map(String::from);
                self.rows.push(row);
                self.sequence(nodes, depth + 1);
            }
        }
    }

    fn row(&mut self, name: &str, layer: &str, node: &Node, depth: usize) {
        self.rows.push([
            indented(name, depth),
            String::from(layer),
            format!("{:?}", node.stage.shape),
            grouped(node.stage.parameters),
            grouped(node.stage.description.multiply_adds),
            grouped(node.kept() * self.bytes),
        ]);
    }

    /// The rule between the parts of the table, and all lines below the first rule.
    fn lines(&mut self) -> (String, String) {
        let titles = TITLES.map(String::from);
        let widths: Row<usize> = core::array::from_fn(|column| {
            let cells = self.rows.iter().chain([&titles]).map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        });
        let others = widths.iter().sum::<usize>() - widths[1] + 2 * (widths.len() - 1);
        let layer = widths[1].min(WIDTH.saturating_sub(others).max(LEAST));
        let rule = "-".repeat(others + layer);
        let mut lines = line(&titles, widths, layer);
        lines.push_str(&rule);
        lines.push('\n');
        for row in &self.rows {
            lines.push_str(&line(row, widths, layer));
        }
        (rule, lines)
    }
}

fn line(row: &Row<String>, widths: Row<usize>, layer: usize) -> String {
    let [a, _, c, d, e, f] = widths;
    let [stage, called, shape, parameters, multiply_adds, memory] = row;
    let called = cut(called, layer);
    let line = format!(
        "{stage:<a$}  {called:<layer$}  {shape:<c$}  {parameters:>d$}  {multiply_adds:>e$}  {memory:>f$}"
    );
    format!("{}\n", line.trim_end())
}

/// What a composition is called: by its word, or by the name of its type and the word.
fn called(node: &Node, inside: &Inside) -> String {
    let word = match inside {
        Inside::Residual { .. } => String::from("residual"),
        Inside::Repeat { times, .. } => format!("{times} x"),
        Inside::Joined { word, .. } => String::from(*word),
        Inside::Nothing | Inside::Chain(_) => String::new(),
    };
    match node.stage.written.operation {
        "" => word,
        _ if node.is_written_out() => word,
        name => format!("{name}: {word}"),
    }
}

fn indented(name: &str, depth: usize) -> String {
    format!("{}{name}", "  ".repeat(depth))
}
