//! A network as a drawing.

mod content;
mod dot;
mod kind;
mod layout;
mod line;
mod measure;
mod methods;
mod svg;

use alloc::format;
use alloc::string::String;

use super::format::grouped;
use super::node::nodes;
use super::{Network, multiply_adds};
use crate::shape::Shape;

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
    let numbers = format!(
        "{} parameters · {} multiply-adds",
        grouped(N::PARAMETERS),
        grouped(multiply_adds(N::STAGES))
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
