//! Several outputs: `(policy: 6 | tanh 32 => value: 1)`.

use proc_macro2::{Group, Span, TokenTree};

use super::composition::{MOST_BRANCHES, part};
use super::misplaced::outputs;
use super::reading::{Reading, fault};
use super::segments;
use super::text::{is_punct, text};
use super::told::{NO_LAST_STAGE, no_meaning};
use crate::ast::{Outputs, Part, Role, Stage};
use crate::diagnostic::{Help, Place};

/// Takes the outputs off the end of a declaration, if it has several.
pub fn split<'a>(
    body: &'a [TokenTree],
    declaration: &mut Reading,
) -> (&'a [TokenTree], Option<&'a Group>) {
    let (whole, stray) = match body {
        [whole @ .., equals, arrow] if is_punct(equals, '=') && is_punct(arrow, '>') => {
            (whole, &body[whole.len()..])
        }
        [whole @ .., TokenTree::Punct(sign)] if !"=>".contains(sign.as_char()) => {
            (whole, &body[whole.len()..])
        }
        _ => (body, &[][..]),
    };
    let Some((last, front)) = whole.split_last() else { return (body, None) };
    let group = outputs(std::slice::from_ref(last));
    let (front, label) = match front {
        [front @ .., label @ TokenTree::Ident(_), colon] if is_punct(colon, ':') => {
            (front, Some(label))
        }
        _ => (front, None),
    };
    let [front @ .., equals, arrow] = front else { return (body, None) };
    if group.is_none() || !is_punct(equals, '=') || !is_punct(arrow, '>') {
        return (body, None);
    }
    if let Some(label) = label {
        let what = "several outputs take no label: together they are `output`".to_owned();
        fault(std::slice::from_ref(label), what, declaration);
    }
    if !stray.is_empty() {
        let what = match text(stray).as_str() {
            "=>" => NO_LAST_STAGE.to_owned(),
            sign => no_meaning(sign),
        };
        fault(stray, what, declaration);
    }
    declaration.outputs = Some(Outputs { branches: Vec::new(), closing: 0 });
    (front, group)
}

/// Reads the outputs of a network, behind all other stages.
pub fn read(group: &Group, declaration: &mut Reading) {
    declaration.parts.push(Part { arrow: "=>".to_owned(), ..part("(", Role::Opening) });
    let opening = declaration.parts.len() - 1;
    let inner = Vec::from_iter(group.stream());
    let has_bars = inner.iter().any(|token| is_punct(token, '|'));
    let separates = |token: &TokenTree| is_punct(token, if has_bars { '|' } else { ',' });
    if let Some(comma) = inner.iter().position(separates).filter(|_| !has_bars) {
        let what = "`|` stands between outputs, not `,`".to_owned();
        fault(&inner[comma..=comma], what, declaration);
    }
    let mut branches = Vec::new();
    let bars = inner.iter().filter(|token| separates(token)).map(TokenTree::span);
    let mut ends = bars.chain([group.span_close()]);
    for (index, tokens) in inner.split(separates).enumerate() {
        if index > 0 {
            declaration.parts.push(part("|", Role::Separator));
        }
        let end = ends.next().unwrap_or(group.span_close());
        branches.push(output(tokens, end, declaration));
    }
    declaration.parts.push(part(")", Role::Closing));
    let closing = declaration.parts.len() - 1;
    if branches.len() == 1 {
        // Without them, what stands in them is the end of the network.
        declaration.parts[opening].mended = None;
        declaration.parts[closing].mended = None;
        let what = "one output stands without parentheses".to_owned();
        declaration.faults.add(Place::at(group.span()), Some(closing), what, Help::Shapes);
    }
    if branches.len() > MOST_BRANCHES {
        let what = format!("a network has up to {MOST_BRANCHES} outputs");
        let help = Help::Text("join some of them by `concat(.. | ..)`".to_owned());
        declaration.faults.add(Place::at(group.span()), Some(closing), what, help);
    }
    declaration.outputs = Some(Outputs { branches, closing });
}

/// Reads the stages of one output, behind which `end` stands. They are stages of the network.
fn output(tokens: &[TokenTree], end: Span, declaration: &mut Reading) -> Vec<Stage> {
    if tokens.is_empty() {
        let mut empty = part("value: 1", Role::Stage);
        empty.written = String::new();
        declaration.parts.push(empty);
        let part = declaration.part();
        let what = "an output holds no stage";
        let help = Help::Text("write the stages of the output, or leave out its `|`".to_owned());
        declaration.faults.add(Place::at(end), part, what, help);
        return Vec::new();
    }
    let outer = std::mem::take(&mut declaration.stages);
    segments::run(tokens, end, declaration);
    std::mem::replace(&mut declaration.stages, outer)
}
