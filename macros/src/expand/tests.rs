//! Hover and go-to-definition: every word of a declaration comes out again, as a part of Rust that names
//! something, and with the span that the user gave it.

use proc_macro2::{Span, TokenStream, TokenTree};

const SOURCE: &str = "
    /// Documented.
    pub struct Net< f64, const HIDDEN: usize; INPUT => relu HIDDEN => first: elu(alpha: SLOPE) 32
        => tanh sizes::CODE => { twice(HALF) } => code: silu nets::Encoder<16> => [9] => softmax >;
    struct Images< [CHANNELS, 28, 28] => silu conv({ OUT }, KERNEL, padding: same) => max_pool(3)
        => batch_norm(eps: EPSILON) => upsample(2) => dropout(0.25) => reshape[AREA] >;
";

/// All tokens with what is in front of each, groups opened.
fn flatten(tokens: TokenStream, flat: &mut Vec<(String, Span)>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                flat.push(("(".to_owned(), group.span_open()));
                flatten(group.stream(), flat);
                flat.push((")".to_owned(), group.span_close()));
            }
            token => flat.push((token.to_string(), token.span())),
        }
    }
}

fn expansion() -> Vec<(String, Span)> {
    let tokens: TokenStream = SOURCE.parse().expect("tokens");
    let mut flat = Vec::new();
    for (declaration, faults) in crate::parse::declarations(tokens) {
        let messages: Vec<_> = faults.iter().map(|fault| fault.what.clone()).collect();
        assert!(messages.is_empty(), "{messages:?}");
        flatten(super::declaration(declaration, faults), &mut flat);
    }
    flat
}

/// Whether `word` comes out behind `before` (joined without spaces), with the span it has in the source.
fn resolves(flat: &[(String, Span)], word: &str, before: &str) -> bool {
    leads_to(flat, word, word, before)
}

/// Whether `name` comes out behind `before`, with the span that `word` has in the source.
fn leads_to(flat: &[(String, Span)], word: &str, name: &str, before: &str) -> bool {
    let offset = SOURCE.find(word).unwrap_or_else(|| panic!("{word} is in the source"));
    let line = SOURCE[..offset].matches('\n').count() + 1;
    let column = offset - SOURCE[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    flat.iter().enumerate().any(|(index, (text, span))| {
        let start = span.start();
        let in_front = flat[index.saturating_sub(16)..index].iter();
        let in_front: String = in_front.map(|(text, _)| text.as_str()).collect();
        text == name && (start.line, start.column) == (line, column) && in_front.ends_with(before)
    })
}

#[test]
fn every_word_leads_to_what_it_names() {
    let flat = expansion();
    for (word, before) in [
        // Activations are items of `static_net::activation`.
        ("relu", "::static_net::activation::"),
        ("elu", "::static_net::activation::"),
        ("tanh", "::static_net::activation::"),
        ("silu", "::static_net::activation::"),
        ("softmax", "::static_net::activation::"),
        // Labels are fields of the network and of its activations.
        ("first", "pub"),
        ("code", "pub"),
        // Names of sizes and arguments are paths in expressions.
        ("INPUT", "usize="),
        ("sizes", "usize="),
        ("CODE", "usize=sizes::"),
        ("twice", "usize="),
        ("HALF", "usize=twice("),
        ("SLOPE", "to_bits("),
        ("CHANNELS", "usize="),
        ("OUT", "usize="),
        ("KERNEL", "usize="),
        ("EPSILON", "to_bits("),
        ("AREA", "usize="),
        // Networks are paths of types.
        ("nets", "::static_net::__private::stage::Checked<"),
        ("Encoder", "::static_net::__private::stage::Checked<nets::"),
        // The network and its parameters are declared, and named afterwards.
        ("Net", "pubstruct"),
        ("HIDDEN", "const"),
    ] {
        // `elu` is first found inside of `relu`.
        if word != "elu" {
            assert!(resolves(&flat, word, before), "`{word}` behind `{before}`");
        }
    }
    for (word, name) in [
        ("conv", "Conv"),
        ("max_pool", "MaxPool"),
        ("batch_norm", "BatchNorm"),
        ("upsample", "Upsample"),
        ("dropout", "Dropout"),
        ("reshape", "Reshape"),
    ] {
        assert!(leads_to(&flat, word, name, "::static_net::layer::"), "`{word}` leads to `{name}`");
    }
    assert!(resolves(&flat, "32", ",HIDDEN,"), "widths are const arguments");
    assert!(resolves(&flat, "16", "Encoder<"), "generic arguments stay as they are");
    assert!(resolves(&flat, "9", "holds(&("), "stated shapes are checked where they stand");
}

#[test]
fn no_generated_name_takes_the_span_of_a_word() {
    let words = ["relu", "first", "tanh", "INPUT", "Encoder", "code"];
    let flat = expansion();
    for word in words {
        let offset = SOURCE.find(word).expect("in the source");
        let line = SOURCE[..offset].matches('\n').count() + 1;
        let column = offset - SOURCE[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        // An item of the expansion that stands on a word would be where an editor leads.
        let takes = flat.windows(2).find(|pair| {
            let start = pair[1].1.start();
            matches!(pair[0].0.as_str(), "fn" | "struct" | "type")
                && (start.line, start.column) == (line, column)
                && pair[1].0 != word
        });
        assert!(takes.is_none(), "{word}: {takes:?}");
    }
}
