//! Random declarations, right and wrong: the language's words, numbers, brackets and arrows put together by its
//! grammar, and then changed at some tokens. No such input may make the macro panic.
//!
//! The test takes some thousands of fixed seeds; `tests/fuzz` looks for others.

mod changed;
mod stages;
#[cfg(test)]
mod tests;
mod texts;

use proc_macro2::TokenStream;

use self::texts::{NAMES, PUNCTUATION, SIZES};

/// Writes random declarations; `choose` gives a number below its argument.
pub struct Random<C> {
    choose: C,
    text: String,
    /// Whether it writes what may be right, so that some of it comes as far as the expansion.
    is_careful: bool,
}

impl<C: FnMut(usize) -> usize> Random<C> {
    /// Some declarations, as a macro gets them. None where what was written is no run of tokens.
    pub fn declarations(choose: C) -> Option<TokenStream> {
        let mut random = Random { choose, text: String::new(), is_careful: false };
        random.is_careful = random.is_one_in(2);
        random.item();
        if random.is_one_in(6) {
            random.item();
        }
        let tokens = random.text.parse::<TokenStream>().ok()?;
        if random.is_careful && !random.is_one_in(4) {
            return Some(tokens);
        }
        Some(random.changed(tokens))
    }

    fn below(&mut self, count: usize) -> usize {
        (self.choose)(count)
    }

    /// One of the texts, of which the first `right` may be right.
    fn one_in_front(&mut self, right: usize, texts: &[&'static str]) -> &'static str {
        self.one_of(&texts[..if self.is_careful { right } else { texts.len() }])
    }

    fn is_one_in(&mut self, count: usize) -> bool {
        self.below(count) + 1 == count
    }

    fn one_of(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len())]
    }

    fn write(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push(' ');
    }

    fn item(&mut self) {
        if self.is_one_in(4) {
            let attributes = [
                "/// Text.",
                "#[derive(Clone)]",
                "#[cfg(test)]",
                "#[cfg(all())] #[cfg(any())]",
                "#[repr(C)]",
                "#[",
                "# !",
                "#[doc = 3]",
            ];
            let attribute = self.one_in_front(2, &attributes);
            self.write(attribute);
            self.text.push('\n');
        }
        if !self.is_one_in(4) {
            let visibility =
                self.one_in_front(3, &["", "pub", "pub(crate)", "pub(in a::b)", "pub()"]);
            self.write(visibility);
            self.write("struct");
            let name = self.one_in_front(4, NAMES);
            self.write(name);
        }
        self.write("<");
        let parameters = [
            "",
            "",
            "",
            "f64;",
            "const N: usize;",
            "f32, const N: usize, const M: usize;",
            "const N: usize, f64;",
            "const N: u32;",
            "T;",
            "'a, T: Copy;",
            "const N: usize = 3;",
            "f16;",
            ";",
            "const r#type: usize;",
        ];
        let parameters = self.one_in_front(6, &parameters);
        self.write(parameters);
        self.input();
        for _ in 0..self.below(6) {
            self.arrow();
            self.stage(0);
        }
        if self.is_one_in(if self.is_careful { 24 } else { 8 }) {
            self.arrow();
            self.outputs();
        }
        if self.is_careful || !self.is_one_in(16) {
            self.write(">");
        }
        if self.is_careful || !self.is_one_in(8) {
            self.write(";");
        }
    }

    fn arrow(&mut self) {
        let arrow =
            if !self.is_careful && self.is_one_in(24) { self.one_of(PUNCTUATION) } else { "=>" };
        self.write(arrow);
    }

    fn size(&mut self) {
        let likely = if !self.is_careful && self.is_one_in(6) { SIZES.len() } else { 7 };
        let size = self.one_of(&SIZES[..likely]);
        self.write(size);
    }

    fn list(&mut self, most: usize) {
        self.write("[");
        let least = usize::from(self.is_careful);
        for index in 0..least + self.below(most + 1 - 2 * least) {
            if index > 0 {
                self.write(",");
            }
            self.size();
        }
        self.write("]");
    }

    /// Several inputs, or none.
    fn inputs(&mut self) {
        self.write("(");
        for index in 0..self.below(4) {
            if index > 0 {
                self.write(",");
            }
            let label = self.one_in_front(4, NAMES);
            self.write(label);
            self.write(":");
            if self.is_one_in(3) { self.list(3) } else { self.size() }
        }
        self.write(")");
    }

    fn input(&mut self) {
        match self.below(7) {
            6 if !self.is_careful || self.is_one_in(4) => self.inputs(),
            0 | 1 => self.size(),
            2 | 3 => self.list(4),
            4 => {
                self.write("tokens(");
                self.size();
                self.write(", vocab:");
                if self.is_one_in(3) {
                    self.list(4)
                } else {
                    self.size()
                }
                self.write(")");
            }
            _ => {
                let images = ["[3, 16, 16]", "[12, 8]", "[8, 12]", "tokens(4, vocab: 9)"];
                let image = self.one_of(&images);
                self.write(image);
            }
        }
    }
}
