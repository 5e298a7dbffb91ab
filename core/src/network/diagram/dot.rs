//! A network in the language of Graphviz.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::content::{Content, frame_title, line_width};
use crate::network::node::{Inside, Node};

/// The text of a DOT file.
pub(super) fn render(name: &str, stages: &[Node], input: &[usize]) -> String {
    let mut graph = Graph::default();
    let start = graph.node(&Content::end("input", input), input.iter().product());
    graph.named.push(("input", start));
    let end = graph.sequence(stages, start);
    let output = stages.last().map_or(input, |stage| stage.stage.shape);
    let last = graph.node(&Content::end("output", output), end.values);
    graph.edge(end, last);
    format!(
        "digraph {} {{\n  rankdir=TB;\n  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", \
         fontsize=12, margin=\"0.16,0.08\"];\n  edge [color=\"#8a94a1\", arrowsize=0.7];\n{}{}}}\n",
        quoted(name),
        graph.nodes,
        graph.edges
    )
}

/// A box, and how many values flow out of it.
#[derive(Clone, Copy)]
struct Vertex {
    index: usize,
    values: usize,
}

#[derive(Default)]
struct Graph {
    /// The values that stages may go on from.
    named: Vec<(&'static str, Vertex)>,
    nodes: String,
    edges: String,
    vertices: usize,
    clusters: usize,
    /// How many clusters are open.
    depth: usize,
}

impl Graph {
    fn line(&mut self, text: &str) {
        self.nodes += &format!("{}{text}\n", "  ".repeat(self.depth + 1));
    }

    fn node(&mut self, content: &Content, values: usize) -> Vertex {
        let index = self.vertices;
        self.vertices += 1;
        let lines = [&content.name, &content.text, &content.shape];
        let mut label = String::new();
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            label += line;
            label.push('\n');
        }
        let [fill, border] = content.kind.look().light;
        self.line(&format!(
            "n{index} [label={}, fillcolor=\"{fill}\", color=\"{border}\"];",
            quoted(label.trim_end())
        ));
        Vertex { index, values }
    }

    fn edge(&mut self, from: Vertex, to: Vertex) {
        let width = line_width(from.values);
        self.edges += &format!("  n{} -> n{} [penwidth={width:.1}];\n", from.index, to.index);
    }

    /// Stages that follow one another; gives the last.
    fn sequence(&mut self, stages: &[Node], from: Vertex) -> Vertex {
        let outer = self.named.len();
        let last = stages.iter().fold(from, |from, stage| {
            let vertex = self.stage(stage, from);
            self.named.push((stage.stage.name, vertex));
            vertex
        });
        self.named.truncate(outer);
        last
    }

    /// What a stage goes on from: the stage in front, or the value that it refers to.
    fn source(&self, node: &Node, before: Vertex) -> Vertex {
        let label = node.stage.written.from;
        if label.is_empty() { before } else { self.value(label).unwrap_or(before) }
    }

    fn value(&self, label: &str) -> Option<Vertex> {
        self.named.iter().rev().find(|(name, _)| *name == label).map(|&(_, vertex)| vertex)
    }

    fn stage(&mut self, node: &Node, from: Vertex) -> Vertex {
        let values = node.stage.len();
        let from = self.source(node, from);
        let last = match &node.inside {
            Inside::Nothing if node.is_reference() => return from,
            Inside::Nothing => {
                let layer = self.node(&Content::layer(node), values);
                self.edge(from, layer);
                for label in node.stage.written.reads {
                    if let Some(value) = self.value(label) {
                        self.edge(value, layer);
                    }
                }
                return layer;
            }
            Inside::Chain(stages) => self.cluster(&frame_title(node), "solid", stages, from),
            Inside::Repeat { times, body } => {
                let name = match node.is_written_out() {
                    true => String::from(node.stage.name),
                    false => frame_title(node),
                };
                let title = format!("{name} × {times}");
                self.cluster(title.trim_start(), "dashed", body, from)
            }
            Inside::Residual { body, project } => {
                let body = self.sequence(body, from);
                let shortcut = match project {
                    Some(project) => self.sequence(project, from),
                    None => from,
                };
                let sum = self.node(&Content::join("+", node), values);
                self.edge(body, sum);
                self.edge(shortcut, sum);
                sum
            }
            Inside::Joined { word, branches } => self.join(word, branches, node, from),
        };
        if node.stage.written.activation.is_empty() {
            return last;
        }
        let activation = self.node(&Content::activation(node), values);
        self.edge(last, activation);
        activation
    }

    fn cluster(&mut self, title: &str, style: &str, stages: &[Node], from: Vertex) -> Vertex {
        let index = self.clusters;
        self.clusters += 1;
        self.line(&format!("subgraph cluster{index} {{"));
        self.depth += 1;
        self.line(&format!(
            "label={}; labeljust=l; style=\"rounded,{style}\"; color=\"#8a94a1\"; \
             fontname=\"Helvetica\"; fontsize=12;",
            quoted(title)
        ));
        let last = self.sequence(stages, from);
        self.depth -= 1;
        self.line("}");
        last
    }

    fn join(&mut self, word: &str, branches: &[Vec<Node>], node: &Node, from: Vertex) -> Vertex {
        let ends: Vec<_> = branches.iter().map(|branch| self.sequence(branch, from)).collect();
        let join = self.node(&Content::join(word, node), node.stage.len());
        for end in ends {
            self.edge(end, join);
        }
        join
    }
}

/// A string of DOT.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}
