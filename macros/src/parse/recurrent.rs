//! Arguments of recurrent layers elsewhere that say how many layers there are, and how much they give.

use proc_macro2::{Ident, TokenTree};

use super::argument::Reader;
use super::reading::{fault, undecided};
use super::text::text;

/// More layers one behind the other than this are not written out.
const MOST_LAYERS: usize = 8;

impl Reader<'_> {
    /// Reads `num_layers: 2`, which stands for as many layers.
    pub fn num_layers(&mut self, part: &[TokenTree], name: &Ident, value: &[TokenTree]) -> bool {
        if !self.word.rule.is_recurrent() || name != "num_layers" {
            return false;
        }
        let [TokenTree::Literal(layers)] = value else { return false };
        let Ok(layers @ 2..=MOST_LAYERS) = layers.to_string().parse() else { return false };
        let what =
            format!("`{}` takes no `{name}`: layers stand one behind the other", self.word.word);
        fault(&part[..1], what, self.declaration);
        self.layers = layers;
        true
    }

    /// Where Keras has `return_sequences`, the last step alone is `last: true`.
    pub fn return_sequences(&mut self, part: &[TokenTree], value: &[TokenTree]) -> Option<usize> {
        let word = self.word.word;
        let what = format!(
            "`{word}` takes no `return_sequences`: `{word}(64)` gives the output after each step, \
             `{word}(64, last: true)` that after the last"
        );
        match text(value).to_lowercase().as_str() {
            "true" => fault(&part[..1], what, self.declaration),
            "false" => {
                fault(&part[..1], what, self.declaration);
                self.is_known = false;
                if let Some(slot) = self.word.argument("last") {
                    self.given[slot] = true;
                }
                self.pieces.push((true, "last: true".to_owned()));
            }
            _ => {
                undecided(
                    &part[..1],
                    what,
                    "leave it out, or write `last: true`",
                    self.declaration,
                );
                self.keep(part);
            }
        }
        None
    }
}
