//! Outputs that stand where a stage should.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::reading::{Reading, undecided};
use super::text::{is_punct, text};

/// The parentheses around several outputs, if these tokens are that.
pub fn outputs(tokens: &[TokenTree]) -> Option<&Group> {
    let [TokenTree::Group(group)] = tokens else { return None };
    let is_bar = |token: TokenTree| is_punct(&token, '|');
    let is_outputs =
        group.delimiter() == Delimiter::Parenthesis && group.stream().into_iter().any(is_bar);
    is_outputs.then_some(group)
}

/// Says that outputs stand where a stage should.
pub fn tell_outputs(tokens: &[TokenTree], declaration: &mut Reading) {
    let what = "several outputs stand at the end of a network, not in front of a stage".to_owned();
    let help = format!("`concat{0}` joins branches, `sum{0}` adds them", text(tokens));
    undecided(tokens, what, help, declaration);
}
