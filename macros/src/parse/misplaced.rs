//! Outputs that stand where a stage should.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::reading::{Reading, undecided};
use super::text::{is_punct, named, text};

/// The parentheses around several outputs, if these tokens are that.
pub fn outputs(tokens: &[TokenTree]) -> Option<&Group> {
    let [TokenTree::Group(group)] = tokens else { return None };
    let inner = Vec::from_iter(group.stream());
    let is_bar = |token: &TokenTree| is_punct(token, '|');
    let has_label = |part: &[TokenTree]| named(part).is_some();
    let is_outputs =
        inner.iter().any(is_bar) || inner.split(|token| is_punct(token, ',')).any(has_label);
    (group.delimiter() == Delimiter::Parenthesis && is_outputs).then_some(group)
}

/// Says that outputs stand where a stage should.
pub fn tell_outputs(tokens: &[TokenTree], declaration: &mut Reading) {
    let what = "several outputs stand at the end of a network, not in front of a stage".to_owned();
    let help = format!("`concat{0}` joins branches, `sum{0}` adds them", text(tokens));
    undecided(tokens, what, help, declaration);
}
