//! What is written in the boxes of a drawing.

use alloc::format;
use alloc::string::String;

use super::kind::Kind;
use crate::network::LayerKind;
use crate::network::format::{cut, grouped, joined};
use crate::network::node::Node;

/// Longer texts are cut.
const LONGEST: usize = 44;

/// What is written in a box.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) kind: Kind,
    /// Whether it is an earlier value.
    pub(super) is_reference: bool,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) shape: String,
    /// What is told where one points at it.
    pub(super) about: String,
}

impl Content {
    /// The input or output of the whole.
    pub(super) fn end(name: &str, shape: &[usize]) -> Self {
        let shape = format!("{shape:?}");
        let about = format!("{name} {shape}");
        Content {
            kind: Kind::End,
            is_reference: false,
            name: String::from(name),
            text: String::new(),
            shape,
            about,
        }
    }

    /// The value that a stage goes on from, where that is not the one in front of it.
    pub(super) fn reference(label: &str) -> Self {
        let name = cut(&format!("&{label}"), LONGEST);
        let about = format!("the value of {label}");
        Content {
            kind: Kind::End,
            is_reference: true,
            name,
            text: String::new(),
            shape: String::new(),
            about,
        }
    }

    /// A layer that is not made of others.
    pub(super) fn layer(node: &Node) -> Self {
        let written = &node.stage.written;
        let text = match format!("{}", written.from("")) {
            // Only types that are written by hand hold layers that no declaration names.
            text if text.is_empty() => String::from("layer"),
            // A width alone says little beside a drawing's other numbers.
            text if written.kind == LayerKind::Affine
                && written.activation.is_empty()
                && !text.starts_with("dense") =>
            {
                format!("dense {text}")
            }
            text => text,
        };
        Content::of(written.kind, node.stage.name, &text, node)
    }

    /// The activation behind a layer that is made of others.
    pub(super) fn activation(node: &Node) -> Self {
        let shape = format!("{:?}", node.stage.shape);
        let activation = node.stage.written.activation;
        let text = cut(activation, LONGEST);
        let about = String::from(activation);
        Content {
            kind: Kind::Layer(LayerKind::Nonlinearity),
            is_reference: false,
            name: String::new(),
            text,
            shape,
            about,
        }
    }

    /// Where the outputs of branches or of a residual meet.
    pub(super) fn join(word: &str, node: &Node) -> Self {
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
            grouped(stage.description.multiply_adds)
        );
        Content {
            kind: Kind::Layer(kind),
            is_reference: false,
            name: cut(name, LONGEST),
            text: cut(text, LONGEST),
            shape: format!("{:?}", stage.shape),
            about,
        }
    }
}

/// What a frame around the stages of a network is titled.
pub(super) fn frame_title(node: &Node) -> String {
    let name = node.stage.name;
    let title = match node.stage.written.operation {
        "" => String::from(name),
        operation if name.is_empty() => String::from(operation),
        operation => format!("{name}: {operation}"),
    };
    cut(&title, LONGEST)
}

/// How wide the line is that carries so many values: each doubling adds the same.
pub(super) fn line_width(values: usize) -> f64 {
    let whole = values.max(1).ilog2();
    let fraction = values.max(1) as f64 / (1u64 << whole) as f64 - 1.0;
    (1.2 + 0.28 * (f64::from(whole) + fraction)).min(7.0)
}
