//! Changes to the tokens of a declaration, so that some are where the grammar has none.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use super::Random;
use super::texts::NAMES;

impl<C: FnMut(usize) -> usize> Random<C> {
    /// The same with some tokens left out, doubled, put in a group, or in the place of others.
    pub(super) fn changed(&mut self, tokens: TokenStream) -> TokenStream {
        let mut changed: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let token = match token {
                TokenTree::Group(group) => {
                    let inner = self.changed(group.stream());
                    Group::new(group.delimiter(), inner).into()
                }
                token => token,
            };
            if !self.is_one_in(48) {
                changed.push(token);
                continue;
            }
            match self.below(6) {
                0 => {}
                1 => changed.extend([token.clone(), token]),
                2 => {
                    let inner = TokenStream::from(token);
                    let delimiters = [
                        Delimiter::None,
                        Delimiter::Parenthesis,
                        Delimiter::Bracket,
                        Delimiter::Brace,
                    ];
                    let delimiter = delimiters[self.below(delimiters.len())];
                    changed.push(Group::new(delimiter, inner).into());
                }
                3 => changed.extend([token, self.token()]),
                4 => changed.extend([self.token(), token]),
                _ => changed.push(self.token()),
            }
        }
        changed.into_iter().collect()
    }

    fn token(&mut self) -> TokenTree {
        match self.below(4) {
            0 => {
                let characters = ['=', '>', '<', '|', ';', ',', ':', '-', '&', '#', '.', '*'];
                let spacing = if self.is_one_in(2) { Spacing::Joint } else { Spacing::Alone };
                Punct::new(characters[self.below(characters.len())], spacing).into()
            }
            1 => Literal::usize_unsuffixed(self.below(40)).into(),
            2 => {
                let words = ["relu", "conv", "residual", "tokens", "struct", "N", "a", "same"];
                Ident::new(self.one_of(&words), Span::call_site()).into()
            }
            _ => {
                let name = self.one_of(NAMES);
                match name.strip_prefix("r#") {
                    Some(name) => Ident::new_raw(name, Span::call_site()).into(),
                    None => Ident::new(name, Span::call_site()).into(),
                }
            }
        }
    }
}
