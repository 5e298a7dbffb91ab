//! Networks that are given their inputs by name, and outputs that are read by name, broken.

use super::super::declaration::write::{Role, Token};
use super::super::declaration::{Holds, Input};
use super::graphs::{is_label, label_of, reads_a_value};
use super::{Broken, Declaration, Fault, Finder, is};

/// All ways to break them.
pub const FAULTS: &[Fault] = faults! {
    Macro "input given twice" => |d| {
        let last = d.find(|tokens, index| {
            is(Role::GivenName)(tokens, index) && tokens[index - 1].role == Role::ArgumentComma
        })?;
        let value = d.tokens[last + 2].text.clone();
        let name = d.tokens[last - 4].text.clone();
        // What it was given would not be read.
        if readers(d, &value) < 2 { return None; }
        d.tokens[last].text = name;
        d.broken(last)
    },
    Macro "input given a value without a sign" => |d| {
        let name = d.find(|tokens, index| {
            is(Role::GivenName)(tokens, index) && is_label(&tokens[index + 2].text)
        })?;
        d.tokens[name + 2].text.remove(0);
        d.broken(name + 2)
    },
    Macro "input given a number" => |d| {
        let name = d.find(is(Role::GivenName))?;
        if readers(d, &d.tokens[name + 2].text) < 2 { return None; }
        d.tokens[name + 2].text = d.rng.word(&["8", "2.5", "SIZE_0"]).into();
        d.broken(name + 2)
    },
    Macro "input given nothing that there is" => |d| {
        let name = d.find(is(Role::GivenName))?;
        d.tokens[name + 2].text = d.rng.word(&["&quetzalcoatl", "&quetzalcoatl[0].x", "&x1y2z3.latent"]).into();
        d.broken(name)
    },
    Macro "value of no input" => |d| {
        let name = d.find(is(Role::GivenName))?;
        d.tokens.drain(name..name + 2);
        d.broken(name)
    },
    Macro "input with another sign" => |d| {
        let name = d.find(is(Role::GivenName))?;
        d.tokens[name + 1].text = "=".into();
        d.broken(name + 1)
    },
    Consts "input that there is not" => |d| {
        let name = d.find(is(Role::GivenName))?;
        d.tokens[name].text = d.rng.word(&["quetzalcoatl", "inputs_", "x1y2z3"]).into();
        d.broken(name)
    },
    Consts "input that is given nothing" => |d| {
        let last = d.find(|tokens, index| {
            is(Role::GivenName)(tokens, index) && tokens[index - 1].role == Role::ArgumentComma
        })?;
        let value = d.tokens[last + 2].text.clone();
        let network = d.tokens[..last].iter().rposition(|token| token.role == Role::Type)?;
        if readers(d, &value) < 2 { return None; }
        d.tokens.drain(last - 1..last + 3);
        d.broken(network)
    },
    Consts "input of another shape" => |d| {
        let name = d.find(is(Role::GivenName))?;
        let value = d.tokens[name + 2].text.clone();
        let is_number = |input: &&Input| input.holds == Holds::Numbers;
        let inputs = d.network.inputs.iter().filter(is_number);
        let own = inputs.clone().find(|input| value[1..] == input.label)?;
        let sizes = |input: &Input| input.sizes.iter().map(|size| size.value(&[])).collect::<Vec<_>>();
        let others: Vec<String> = inputs.filter(|input| sizes(input) != sizes(own))
            .map(|input| format!("&{}", input.label))
            .collect();
        if readers(d, &value) < 2 || others.is_empty() { return None; }
        d.tokens[name + 2].text = d.rng.pick(&others).clone();
        d.broken(name)
    },
    Consts "output that there is not" => |d| {
        let index = d.find(is_output)?;
        let text = d.tokens[index].text.clone();
        let (front, name) = text.rsplit_once('.')?;
        let start = front.chars().count() + 1;
        let wrong = format!("{name}_x1");
        d.tokens[index].text = format!("{front}.{wrong}");
        Some(Broken { tokens: d.tokens.clone(), token: index, part: Some(start..start + wrong.chars().count()) })
    },
};

/// How many tokens read a value, or something inside of what gives it.
fn readers(d: &Declaration<'_>, value: &str) -> usize {
    let reads = |token: &&Token| reads_a_value(token) && label_of(&token.text) == label_of(value);
    d.tokens.iter().filter(reads).count()
}

/// Whether a token refers to one output of a network, by its name.
pub(super) fn is_output(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    let is_reader = reads_a_value(token);
    let Some((front, _)) = token.text.rsplit_once('.').filter(|_| is_reader) else { return false };
    let label = front.rsplit('.').next().unwrap_or(front).trim_start_matches('&');
    let is_it = |token: &Token| token.role == Role::Label && token.text == label;
    let Some(place) = tokens.iter().position(is_it) else { return false };
    let is_prefix =
        |token: &&Token| matches!(token.role, Role::Colon | Role::Activation | Role::Arguments);
    let behind = tokens[place + 1..].iter().find(|token| !is_prefix(token));
    behind.is_some_and(|token| token.role == Role::Type)
}
