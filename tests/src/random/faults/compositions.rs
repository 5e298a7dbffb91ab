//! Layers made of stages, broken.

use super::super::declaration::write::{Role, Token};
use super::graphs::{is_read, reads_a_value};
use super::{Broken, Declaration, Fault, Finder, is, is_known, is_of_turn};

/// All ways to break a composition.
pub const FAULTS: &[Fault] = faults! {
    Macro "composition without parentheses" => |d| {
        let index = d.find(is(Role::Composition))?;
        let end = d.closing(index)?;
        if d.tokens[index..end].iter().any(|token| token.role == Role::Project || is_of_turn(token)) { return None; }
        // What was read in it would be read no more.
        let is_named = |at: usize| d.tokens[at].role == Role::Label && is_read(&d.tokens, at);
        if d.tokens[index..end].iter().any(reads_a_value) || (index..end).any(is_named) { return None; }
        d.tokens.drain(index + 1..=end);
        d.broken(index)
    },
    Macro "composition of nothing" => |d| {
        let index = d.find(opens("residual"))?;
        let end = d.closing(index)?;
        // With other stages than those of a residual alone, another shape would come out.
        if d.tokens[index..end].iter().any(|token| token.role == Role::Project || is_of_turn(token)) { return None; }
        d.tokens.drain(index + 2..end);
        d.broken(index + 2)
    },
    Macro "empty branch" => |d| {
        let index = d.insert_before(is(Role::Bar), Role::Bar, &["|"])?.token;
        d.broken(index + 1)
    },
    Macro "one branch" => |d| {
        // The other may read what nobody else does.
        if d.network.is_graph { return None; }
        let index = d.find(is(Role::Bar))?;
        let start = d.opening(index)?;
        let end = d.closing(start)?;
        if d.all(is(Role::Bar)).iter().any(|&bar| {
            bar != index && (start..end).contains(&bar) && d.tokens[bar].depth == d.tokens[index].depth
        }) {
            return None;
        }
        if d.tokens[index..end].iter().any(is_of_turn) { return None; }
        d.tokens.drain(index..end);
        d.broken(start)
    },
    Macro "repeat without a number" => |d| {
        if d.network.is_graph {
            // Which turns there are is then not known.
            return None;
        }
        let index = d.find(is(Role::Times))?;
        d.tokens.drain(index..index + 2);
        d.broken(index - 2)
    },
    Macro "axis that there is not" => |d| {
        let index = d.find(is(Role::Axis)).filter(|&index| is_known(d, index))?;
        d.tokens[index].text = d.rng.word(&["3", "7"]).into();
        d.broken(index)
    },
    Macro "axis counted otherwise" => |d| d.replace(is(Role::Axis), &["-1", "1.5", "last", "\"1\""]),
    Macro "axis of another name" => |d| {
        let index = d.find(is(Role::AxisName))?;
        let axis: usize = d.tokens[index + 1].text.parse().ok()?;
        d.tokens[index].text = format!("dim: {}", axis + 1);
        d.tokens.remove(index + 1);
        d.broken(index)
    },
    Macro "axis of a sum" => |d| {
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Parenthesis && matches!(&*tokens[index - 1].text, "sum" | "product")
                && tokens[index - 1].role == Role::Composition
        })?;
        d.insert(index + 1, Role::Axis, "axis: 0;");
        d.broken(index + 1)
    },
    Macro "repeat zero times" => |d| {
        // Of how many turns a value is read, a number says.
        if d.network.is_graph { return None; }
        d.replace(is(Role::Times), &["0"])
    },
    Macro "repeat some times" => |d| d.replace(is(Role::Times), &["2.5", "-1", "\"3\"", "3u8"]),
    Macro "misspelt project" => |d| {
        // A stated shape takes no label, which the wrong word would be.
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Project && tokens[index + 1].role != Role::Stated
        })?;
        d.tokens[index].text = d.rng.word(&["projct:", "projection:", ""]).into();
        d.broken(index - 1)
    },
    Macro "arrow in front inside" => |d| {
        let index = d.find(|tokens, index| {
            index > 0 && tokens[index - 1].role == Role::Parenthesis && tokens[index].depth > 0
                && !matches!(tokens[index].role, Role::Times | Role::AxisName | Role::TurnName | Role::Argument { .. } | Role::ArgumentName)
        })?;
        d.insert(index, Role::Arrow, "=>");
        d.broken(index)
    },
    Macro "dangling arrow inside" => |d| {
        let index = d.find(|tokens, index| {
            matches!(tokens[index].role, Role::Bar | Role::CompositionEnd)
        })?;
        d.insert(index, Role::Arrow, "=>");
        d.broken(index)
    },
    Macro "stray sign inside" => |d| {
        d.insert_before(|tokens, index| {
            matches!(tokens[index].role, Role::Bar | Role::CompositionEnd)
        }, Role::Comma, &["@", "!", "?", "&", "%", "$", ",", ";"])
    },
    Macro "residual of another width" => |d| wrong_width(d, true, is_end_of("residual", false)),
    Macro "repeat of another width" => |d| wrong_width(d, true, is_end_of("repeat", false)),
    Macro "project of another width" => |d| wrong_width(d, true, is_end_of("residual", true)),
    Macro "product of other widths" => |d| wrong_width(d, true, is_end_of("product", true)),
    Macro "sum of other widths" => |d| wrong_width(d, true, is_end_of("sum", true)),
    Consts "residual of another width" => |d| wrong_width(d, false, is_end_of("residual", false)),
    Consts "repeat of another width" => |d| wrong_width(d, false, is_end_of("repeat", false)),
    Consts "project of another width" => |d| wrong_width(d, false, is_end_of("residual", true)),
    Consts "product of other widths" => |d| wrong_width(d, false, is_end_of("product", true)),
    Consts "sum of other widths" => |d| wrong_width(d, false, is_end_of("sum", true)),
    Consts "repeat zero times" => |d| {
        // Of how many turns a value is read, a number says.
        if !d.network.parameters.is_empty() || d.network.is_graph { return None; }
        d.replace(is(Role::Times), &["ZERO", "super::ZERO", "{ ZERO }", "{ 4 - 4 }"])
    },
};

fn opens(word: &'static str) -> impl Fn(&[Token], usize) -> bool {
    move |tokens, index| tokens[index].role == Role::Composition && tokens[index].text == word
}

/// A width that is the last of the stages in a composition; `is_second` of those behind `project:` or `|`.
fn is_end_of(word: &'static str, is_second: bool) -> impl Fn(&[Token], usize) -> bool {
    move |tokens, index| {
        if tokens[index].role != Role::Width || tokens[index].text.parse::<usize>().is_err() {
            return false;
        }
        let depth = tokens[index].depth;
        let own = |token: &Token| token.depth == depth;
        let ends = match tokens[index + 1].role {
            Role::CompositionEnd => true,
            Role::Bar => tokens[index + 1].depth == depth,
            _ => false,
        };
        let front = tokens[..index].iter().rposition(|token| token.depth < depth);
        // In front of the parenthesis.
        let start = front.filter(|&start| start > 0).map(|start| start - 1);
        let is_of_word = start.is_some_and(|start| {
            tokens[start].role == Role::Composition && tokens[start].text == word
        });
        let separators = |role: Role| {
            start.is_some_and(|start| {
                tokens[start..index].iter().any(|token| own(token) && token.role == role)
            })
        };
        ends && is_of_word && (separators(Role::Bar) || separators(Role::Project)) == is_second
    }
}

/// A last width that is one too large.
fn wrong_width(
    d: &mut Declaration<'_>,
    is_literal: bool,
    is_wanted: impl Fn(&[Token], usize) -> bool,
) -> Option<Broken> {
    let index = d.find(is_wanted)?;
    if !is_known(d, index) {
        return None;
    }
    // So would who reads it by a label.
    let label = d
        .tokens
        .iter()
        .position(|token| token.role == Role::Label && token.segment == d.tokens[index].segment);
    if label.is_some_and(|label| is_read(&d.tokens, label)) {
        return None;
    }
    // What comes behind would be told of it too.
    if d.tokens[index..].iter().any(|token| token.role == Role::Type) {
        return None;
    }
    let size: usize = d.tokens[index].text.parse().ok()?;
    // Instead of one gate for all features it could be as many as there are.
    if size == 1 {
        return None;
    }
    d.tokens[index].text =
        if is_literal { (size + 1).to_string() } else { format!("{{ {size} + 1 }}") };
    d.broken(index)
}
