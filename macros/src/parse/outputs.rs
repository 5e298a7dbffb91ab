//! Several outputs: `(policy: 6 | tanh 32 => value: 1)`.

use proc_macro2::{Group, TokenTree};

use super::composition::part;
use super::misplaced::outputs;
use super::reading::Reading;
use super::segments;
use super::text::is_punct;
use crate::ast::{Outputs, Part, Role, Stage};
use crate::diagnostic::{Help, Place};

/// As many outputs as there are types to join them.
const MOST_OUTPUTS: usize = 8;

/// Takes the outputs off the end of a declaration, if it has several.
pub fn split<'a>(
    body: &'a [TokenTree],
    declaration: &mut Reading,
) -> (&'a [TokenTree], Option<&'a Group>) {
    let [front @ .., equals, arrow, last] = body else { return (body, None) };
    let group = outputs(std::slice::from_ref(last));
    if group.is_none() || !is_punct(equals, '=') || !is_punct(arrow, '>') {
        return (body, None);
    }
    declaration.outputs = Some(Outputs { branches: Vec::new(), closing: 0 });
    (front, group)
}

/// Reads the outputs of a network, behind all other stages.
pub fn read(group: &Group, declaration: &mut Reading) {
    declaration.parts.push(Part { arrow: "=>".to_owned(), ..part("(", Role::Opening) });
    let inner = Vec::from_iter(group.stream());
    let mut branches = Vec::new();
    for (index, tokens) in inner.split(|token| is_punct(token, '|')).enumerate() {
        if index > 0 {
            declaration.parts.push(part("|", Role::Separator));
        }
        branches.push(output(tokens, group, declaration));
    }
    declaration.parts.push(part(")", Role::Closing));
    let closing = declaration.parts.len() - 1;
    if branches.len() > MOST_OUTPUTS {
        let what = format!("a network has up to {MOST_OUTPUTS} outputs");
        let help = Help::Text("join some of them by `concat(.. | ..)`".to_owned());
        declaration.faults.add(Place::at(group.span()), Some(closing), what, help);
    }
    declaration.outputs = Some(Outputs { branches, closing });
}

/// Reads the stages of one output. They are stages of the network.
fn output(tokens: &[TokenTree], group: &Group, declaration: &mut Reading) -> Vec<Stage> {
    if tokens.is_empty() {
        let mut empty = part("value: 1", Role::Stage);
        empty.written = String::new();
        declaration.parts.push(empty);
        let part = declaration.part();
        let what = "an output holds no stage";
        let help = Help::Text("write the stages of the output, or leave out its `|`".to_owned());
        declaration.faults.add(Place::at(group.span_close()), part, what, help);
        return Vec::new();
    }
    let outer = std::mem::take(&mut declaration.stages);
    segments::run(tokens, group.span_close(), declaration);
    std::mem::replace(&mut declaration.stages, outer)
}
