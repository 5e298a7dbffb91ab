//! Random declarations, right and wrong: the language's words, numbers, brackets and arrows put together by its
//! grammar, and then changed at some tokens. No such input may make the macro panic.
//!
//! The test takes some thousands of fixed seeds; `tests/fuzz` looks for others.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::words::{ACTIVATIONS, COMPOSITIONS, Example, LAYERS};

/// In how many compositions stages stand at most.
const MOST_DEPTH: usize = 4;

const SIZES: &[&str] = &[
    "8",
    "1",
    "2",
    "3",
    "4",
    "10",
    "32",
    "N",
    "M",
    "SIZE",
    "sizes::WIDTH",
    "{ 2 * SIZE }",
    "{ N }",
    "{ N + 1 }",
    "{ }",
    "{ { 3 } }",
    "0",
    "-3",
    "+4",
    "2.5",
    "1e3",
    "3_u32",
    "0x1f",
    "1_000",
    "4294967296",
    "9223372036854775808",
    "18446744073709551615",
    "340282366920938463463374607431768211456",
    "1e308",
    "1e999",
    "\"3\"",
    "\"\"",
    "'c'",
    "b\"x\"",
    "c\"x\"",
    "true",
    "(3)",
    "(N, M)",
    "[2]",
    "N * 2",
    "größe",
    "Größe",
    "尺寸",
    "r#type",
    "r#N",
    "_",
    "'a",
    "",
];

const NAMES: &[&str] = &[
    "Net", "Encoder", "latent", "a", "stage1", "input", "output", "type", "r#type", "r#match",
    "größe", "Größe", "尺寸", "_", "__", "N", "self", "Self", "crate", "forward", "project",
    "ReLU", "rellu", "LSTM", "Conv2d", "dense", "Linear", "eps", "f32", "pub", "struct", "const",
    "usize", "vocab", "tokens",
];

const WORDS: &[&str] =
    &["same", "causal", "valid", "true", "false", "linear", "bilinear", "nearest", "tanh"];

const PUNCTUATION: &[&str] = &[
    "=>", "->", "=", ">", "<", ">>", "<=", ">=", "==>", "|>", "|", "||", ";", ",", ":", "::", ".",
    "..", "-", "+", "*", "/", "&", "#", "!", "?", "$", "@", "%", "^", "~", "'",
];

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

    fn input(&mut self) {
        match self.below(6) {
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

    fn stages(&mut self, depth: usize) {
        let least = usize::from(self.is_careful);
        for index in 0..least + self.below(4 - least) {
            if index > 0 {
                self.arrow();
            }
            self.stage(depth);
        }
    }

    fn stage(&mut self, depth: usize) {
        if self.is_one_in(6) {
            let label = self.one_in_front(4, NAMES);
            self.write(label);
            self.write(":");
        }
        if self.is_one_in(3) {
            self.activation();
        }
        match self.below(if self.is_careful { 6 } else { 10 }) {
            0 | 1 => self.size(),
            2 => self.activation(),
            3 => self.list(4),
            4 if self.is_careful && depth < MOST_DEPTH => self.composition(depth + 1),
            4..=7 => self.layer(),
            8 if depth < MOST_DEPTH => self.composition(depth + 1),
            _ => {
                let name = self.one_in_front(2, NAMES);
                self.write(name);
                let generics = ["", "", "<4>", "<4, { N }>", "::<3>", "<", "<<4>>", "(3)", "{ }"];
                let generics = self.one_in_front(3, &generics);
                self.write(generics);
            }
        }
    }

    fn activation(&mut self) {
        let activation = self.below(ACTIVATIONS.len());
        let activation = &ACTIVATIONS[activation];
        self.write(activation.word);
        if !self.is_careful && self.is_one_in(4) {
            self.write("(");
            if let Some(argument) = activation.arguments.first()
                && self.is_one_in(2)
            {
                self.write(argument.name);
                self.write(":");
            }
            self.value();
            self.write(")");
        }
    }

    fn value(&mut self) {
        match self.below(8) {
            0..=3 => self.size(),
            4 | 5 => self.list(3),
            6 => {
                let word = self.one_of(WORDS);
                self.write(word);
            }
            _ => {
                let name = self.one_of(NAMES);
                self.write(name);
            }
        }
    }

    fn layer(&mut self) {
        let layer = self.below(LAYERS.len());
        let layer = &LAYERS[layer];
        if self.is_careful {
            return self.write(&layer.example());
        }
        self.write(layer.word);
        if self.is_one_in(8) {
            return self.list(3);
        }
        self.write("(");
        for (index, argument) in layer.arguments.iter().enumerate() {
            if self.is_one_in(3) {
                continue;
            }
            if self.is_one_in(3) {
                self.write(argument.name);
                self.write(":");
            }
            if self.is_one_in(3) {
                self.value();
            } else {
                self.write(&argument.example());
            }
            if index + 1 < layer.arguments.len() {
                self.write(",");
            }
        }
        self.write(")");
    }

    fn composition(&mut self, depth: usize) {
        let words: Vec<&str> = COMPOSITIONS.iter().map(|row| row.word).collect();
        let word = self.one_of(&words);
        self.write(word);
        self.write("(");
        match word {
            "residual" => {
                self.stages(depth);
                if self.is_one_in(3) {
                    let project = self.one_of(&["; project:", ";", "; projct:", "; project"]);
                    self.write(project);
                    self.stages(depth);
                }
            }
            "repeat" => {
                self.size();
                self.write(";");
                self.stages(depth);
            }
            _ => {
                let least = if self.is_careful { 2 } else { 0 };
                for index in 0..least + self.below(4 - least) {
                    if index > 0 {
                        self.write("|");
                    }
                    self.stages(depth);
                }
            }
        }
        self.write(")");
    }

    /// The same with some tokens left out, doubled, put in a group, or in the place of others.
    fn changed(&mut self, tokens: TokenStream) -> TokenStream {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// SplitMix64.
    fn random(mut state: u64) -> impl FnMut(usize) -> usize {
        move |count| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut x = state;
            x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            (x ^ x >> 31) as usize % count
        }
    }

    /// Whether a declaration was without a fault.
    fn has_network(file: &syn::File) -> bool {
        file.items.iter().any(|item| matches!(item, syn::Item::Impl(_)))
    }

    #[test]
    fn no_declaration_makes_the_macro_panic() {
        let (mut read, mut expanded) = (0, 0);
        for seed in 0..2_000 {
            let Some(tokens) = Random::declarations(random(seed)) else { continue };
            read += 1;
            let source = tokens.to_string();
            let run = std::panic::catch_unwind(|| crate::expand::network(tokens));
            let Ok(expansion) = run else { panic!("seed {seed} panics: {source}") };
            match syn::parse2::<syn::File>(expansion) {
                Ok(file) => expanded += usize::from(has_network(&file)),
                Err(error) => panic!("seed {seed} gives no items: {source}\n{error}"),
            }
        }
        // Neither only nonsense nor only what is right.
        assert!(read > 1_000 && expanded > 100, "{read} read, {expanded} expanded");
    }

    /// Runs on as much stack as rustc has; gives how many messages there are.
    fn messages(source: String) -> usize {
        let run = || {
            let tokens: TokenStream = source.parse().expect("the source is made of tokens");
            crate::expand::network(tokens).to_string().matches("compile_error").count()
        };
        std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().stack_size(8 << 20);
            builder.spawn_scoped(scope, run).unwrap().join().expect("no panic")
        })
    }

    #[test]
    fn what_is_nested_too_deep_is_told() {
        for (open, close) in [
            ("residual(", ")"),
            ("repeat(2; ", ")"),
            ("sum(8 | ", ")"),
            ("conv(", ")"),
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
        ] {
            let nested = |depth| format!("< 8 => {}8{} >", open.repeat(depth), close.repeat(depth));
            assert_eq!(messages(nested(5_000)), 1, "{open}");
        }
        let fits = format!("< 8 => {}8{} >", "residual(".repeat(60), ")".repeat(60));
        assert_eq!(messages(fits), 0);
    }

    #[test]
    fn long_runs_are_told_in_short() {
        for run in ["relu ", "8 ", "; ", "| ", "-> 8 ", "A::", "A<", "a: "] {
            let found = messages(format!("< 8 => {} >", run.repeat(3_000)));
            assert!((1..=100).contains(&found), "{run}: {found}");
        }
        assert_eq!(messages(format!("< 8 => {{ {}8 }} >", "-".repeat(20_000))), 1);
        assert_eq!(messages(format!("< 8 {} >", "=> 8 ".repeat(3_000))), 0);
    }
}
