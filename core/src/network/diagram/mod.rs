//! A network as a drawing.

mod dot;
mod kind;
mod layout;
mod line;
mod measure;
mod methods;
mod svg;

use alloc::format;
use alloc::string::String;

use super::format::{cut, grouped, joined};
use super::node::{Node, nodes};
use super::{LayerKind, Network, Totals};
use crate::shape::Shape;
use kind::Kind;

/// Longer texts are cut.
const LONGEST: usize = 44;

/// A drawing of a network as SVG: a box for each stage with its name, what it computes and the shape it gives,
/// coloured by the kind of layer; lines are the wider the more values they carry.
///
/// A residual is an arc around its stages to a plus, branches stand side by side, stages that are repeated and
/// nested networks stand in a frame. The drawing is as large as what it shows, needs nothing else to be shown,
/// follows the colours that its reader prefers, light or dark, and tells the parameters of a box one points at.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 8 => relu 16 => blocks: repeat(3; residual(gelu 32 => 16)) => 4 >; }
///
/// # fn main() -> std::io::Result<()> {
/// let path = std::env::temp_dir().join("static_net_diagram.svg");
/// std::fs::write(&path, Net::diagram())?;
/// # std::fs::remove_file(path)
/// # }
/// ```
pub fn diagram<N: Network>() -> String {
    let stages = nodes(N::STAGES);
    let totals = Totals::of(N::STAGES);
    let numbers = format!(
        "{} parameters · {} multiply-adds",
        grouped(totals.parameters),
        grouped(totals.multiply_adds)
    );
    let title = [String::from(N::NAME), numbers];
    svg::render(&layout::layout(title, &stages, <N::Input as Shape>::DIMS))
}

/// A network as a graph in the language of Graphviz: `dot -Tsvg` draws it.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 8 => relu 16 => 4 >; }
///
/// assert!(Net::diagram_dot().contains("stage1"));
/// ```
pub fn diagram_dot<N: Network>() -> String {
    dot::render(N::NAME, &nodes(N::STAGES), <N::Input as Shape>::DIMS)
}

/// What is written in a box.
#[derive(Clone, Debug)]
struct Content {
    kind: Kind,
    name: String,
    text: String,
    shape: String,
    /// What is told where one points at it.
    about: String,
}

impl Content {
    /// The input or output of the whole.
    fn end(name: &str, shape: &[usize]) -> Self {
        let shape = format!("{shape:?}");
        let about = format!("{name} {shape}");
        Content { kind: Kind::End, name: String::from(name), text: String::new(), shape, about }
    }

    /// A layer that is not made of others.
    fn layer(node: &Node) -> Self {
        let written = &node.stage.written;
        let text = match format!("{written}") {
            // Only types that are written by hand hold layers that no declaration names.
            text if text.is_empty() => String::from("layer"),
            // A width alone says little beside a drawing's other numbers.
            text if written.kind == LayerKind::Affine && written.activation.is_empty() => {
                format!("dense {text}")
            }
            text => text,
        };
        Content::of(written.kind, node.stage.name, &text, node)
    }

    /// The activation behind a layer that is made of others.
    fn activation(node: &Node) -> Self {
        let shape = format!("{:?}", node.stage.shape);
        let activation = node.stage.written.activation;
        let text = cut(activation, LONGEST);
        let about = String::from(activation);
        Content {
            kind: Kind::Layer(LayerKind::Nonlinearity),
            name: String::new(),
            text,
            shape,
            about,
        }
    }

    /// Where the outputs of branches or of a residual meet.
    fn join(word: &str, node: &Node) -> Self {
        let text = if node.is_written_out() {
            String::from(word)
        } else {
            joined(node.stage.written.operation, &format!("({word})"))
        };
        Content::of(LayerKind::Composition, node.stage.name, &text, node)
    }

    fn of(kind: LayerKind, name: &str, text: &str, node: &Node) -> Self {
        let stage = &node.stage;
        let label = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let about = format!(
            "{label}{text}\n{:?} to {:?}\n{} parameters\n{} multiply-adds",
            stage.input,
            stage.shape,
            grouped(stage.parameters),
            grouped(stage.multiply_adds)
        );
        Content {
            kind: Kind::Layer(kind),
            name: cut(name, LONGEST),
            text: cut(text, LONGEST),
            shape: format!("{:?}", stage.shape),
            about,
        }
    }
}

/// What a frame around the stages of a network is titled.
fn frame_title(node: &Node) -> String {
    let name = node.stage.name;
    let title = match node.stage.written.operation {
        "" => String::from(name),
        operation if name.is_empty() => String::from(operation),
        operation => format!("{name}: {operation}"),
    };
    cut(&title, LONGEST)
}

/// How wide the line is that carries so many values: each doubling adds the same.
fn line_width(values: usize) -> f64 {
    let whole = values.max(1).ilog2();
    let fraction = values.max(1) as f64 / (1u64 << whole) as f64 - 1.0;
    (1.2 + 0.28 * (f64::from(whole) + fraction)).min(7.0)
}
