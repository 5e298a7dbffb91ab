//! What is read, and that no fault leaves the mended declaration faulty.

use proc_macro2::{Delimiter, Group, TokenStream};

use super::*;
use crate::message::settled;
use crate::shape::infer;

fn read(source: &str) -> (Declaration, Faults) {
    let tokens: TokenStream = source.parse().expect("the source is made of tokens");
    let mut declarations = declarations(tokens);
    assert_eq!(declarations.len(), 1, "{source}");
    let (mut declaration, mut faults) = declarations.remove(0);
    infer(&mut declaration, &mut faults);
    (declaration, faults)
}

#[test]
fn text_is_as_written() {
    for source in [
        "< 10 => relu 32 => latent: tanh 16 => 2 >",
        "< f64, const H: usize; [1, 28, H] => elu(alpha: 0.5) { 2 * N - 1 } => crate::nets::Encoder<16, { N + 1 }> >",
        "< 8 => relu residual(norm: tanh 4 => 8) => a: repeat(3; sum(8 | tanh)) => concat(2 | relu 3 => 4) >",
        "< 8 => residual(relu 4; project: 4) => repeat(N; identity) >",
        "< [2, 8] => concat(axis: 1; axis: tanh 2 | identity) => product(identity | a: concat(axis: N; 4 | 4)) >",
        "< [3, 8, 8] => relu conv(4, [3, 5], stride: 2, padding: [1, 2]) => reshape[8, 8] => permute([1, 0]) => flatten >",
        "< 4 => leaky_relu(-1.0) N => self::Gain::<3> => [3] >",
        "< 4 => #[tensors = \"0\"] relu 3 => #[tensors = \"a.b\"] b: repeat(2; #[tensors = \"c\"] 3) => 2 >",
    ] {
        assert_eq!(read(source).0.mended(), source);
    }
}

#[test]
fn a_mended_declaration_has_no_faults() {
    let pieces = [
        "10",
        "0",
        "relu",
        "rellu 3",
        "-2.5",
        "label:",
        "type: 3",
        "[4, 0]",
        "[]",
        "{ 1 + }",
        "=>",
        "->",
        "=",
        ">",
        "32 relu",
        "elu(2, 3) 4",
        "#[tensors = \"0\"]",
        "#[tensors = 0] 4",
        "#[tensors]",
        "tanh(x: 1)",
        "dense(7)",
        "ReLU 8",
        "Encoder<4>",
        ";",
        ",",
        "* 2",
        "width",
        "\"3\"",
        "(3)",
        "1e3",
        "'c'",
        "residual(relu 10)",
        "residual(relu 32)",
        "residual(relu 32; 5)",
        "repeat(2; 8 => 4)",
        "concat(3 | relu)",
        "sum(3)",
        "sum()",
        "repeat",
        "conv(16, 3)",
        "Conv2d(1, 16, 3)",
        "conv 16",
        "relu flaten",
        "reshape[2, 5]",
        "max_pool(0, strid: 2.5)",
    ];
    let mut left = Vec::new();
    for first in pieces {
        for second in pieces {
            for third in ["", "=> input: 4", "5 6"] {
                let source = format!("< 10 => {first} {second} {third} >");
                let mended = settled(&read(&source).0);
                let (_, faults) = read(&mended);
                // What a person has to decide stays.
                let faults = faults.iter().filter(|fault| !matches!(fault.help, Help::Text(_)));
                let faults: Vec<&str> = faults.map(|fault| fault.what.as_str()).collect();
                if !faults.is_empty() {
                    left.push(format!("{source} was mended to {mended}: {}", faults.join(", ")));
                }
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn faults_are_told_once() {
    for (source, count) in [
        ("< 10 => relu 32 => 2 >", 0),
        ("< >", 1),
        ("< => 2 >", 1),
        ("< 0 >", 2),
        ("< 10 => relu 32 16 => 2 >", 1),
        ("< 10 => rellu 0 => -3 >", 3),
        ("< f16, T; 10 -> relu 32 -> 2 >", 4),
        ("struct Net< 10 => 2 >", 1),
        ("pub Net< 10 => 2 >;", 1),
        ("< 10 => relu 32, => 2 >", 1),
        ("< 10 => relu 32; 2 >", 1),
        ("struct Net;", 1),
        ("< 8 => residual(relu 8 => 3) => 2 >", 1),
        ("< 8 => residual => 2 >", 1),
        ("< [2, 8] => depthwise(3, Kernel: 1) >", 1),
        ("< 8 => repeat(18446744073709551615; relu 8) => 2 >", 0),
        ("< 8 => residual() => 2 >", 1),
        ("< 8 => residual(4; 4) => 2 >", 1),
        ("< 8 => residual(rellu 4 => 0) => 2 >", 2),
        ("< 8 => repeat(relu 8) => 2 >", 1),
        ("< 8 => repeat(0; relu 8) => 2 >", 1),
        ("< 8 => repeat(2; relu 7) => 2 >", 1),
        ("< 8 => sum(4) => 2 >", 1),
        ("< 8 => sum(4 | relu 5) => 2 >", 1),
        ("< 8 => concat(4 | => 2 | 3) => 2 >", 1),
        ("< 8 => residual([8]) => 2 >", 1),
        ("< 8 => residual([8] => [8]) => 2 >", 1),
        ("< 8 => [8] >", 1),
        ("< [1, 2, 3] => [1, 2, 3] => [1, 2, 3] >", 1),
        ("< tokens(4, vocab: 9) => [4] >", 1),
        ("< const N: usize; N => [N] >", 1),
        ("< 8 => [9] >", 2),
        ("< 8 => residual(a: 8 => a: 8) => a: 2 >", 2),
        // A mended stage has a shape, by which what follows is checked.
        ("< [8, 9, 9] => linear(32) >", 2),
        ("< 10 => rellu 11 => [12] => 3 >", 2),
        ("< 10 => Linear(10, 11) => [12] => 3 >", 2),
        ("< [1, 8, 8] => Conv2d(1, 4, 3) => [3] => flatten => 3 >", 2),
        ("< [1, 8, 8] => Conv2d(1, 4, 3) => [4, 6, 6] => flatten => 3 >", 1),
        ("< 8 => 32u8 => [33] => 3.0 => [4] => 3 >", 4),
        ("< 8 => dropout(2.0) => [9] => 3 >", 2),
        ("< 8 => banana 32 => [31] => 3 >", 2),
        ("< 8 => banana => [31] => 3 >", 1),
        ("< 8 => 0 => [31] => 3 >", 1),
        ("< 28 * 28 => [31] => 3 >", 1),
        // One fault is one error.
        ("< 8 => concat(a, b) => 2 >", 1),
        ("< 8 => concat(relu 3, tanh 4) => 2 >", 1),
        ("< 8 => repeat(3, relu 8) => 2 >", 1),
        ("< 8 => residual(a, project: b) => 2 >", 1),
        ("< 8 => residual(relu 4, project: 4) => 2 >", 1),
        ("< 8 => residual 32 => 2 >", 1),
        ("< 8 => residual { relu 8 } => 2 >", 1),
        ("< 8 => repeat 3 => 2 >", 1),
        ("< [1, 8, 8] => conv 16 3 => flatten => 2 >", 1),
        ("< 8 => dropout 0.5 => 2 >", 1),
        ("< 8 => leaky_relu 0.2 => 2 >", 1),
        ("< 8 => fc1 = 32 => 2 >", 1),
        ("< 8 => fc-1: 32 => 2 >", 1),
        ("< 8 => gen: 32 => 2 >", 1),
        ("< 28 x 28 => 2 >", 1),
        ("< 8 => 28 x 28 => 2 >", 1),
        ("< 28 * 28 => 2 >", 1),
        ("< const N: usize; 8 => 2 * N => 2 >", 1),
        ("< 8 => mac!() => 2 >", 1),
        ("struct Net< 8 => 2 > where T: Copy;", 1),
        ("< (1, 28, 28) => flatten => 2 >", 1),
        ("< 8 => (32) => 2 >", 1),
        ("< 8 => nn::ReLU() => 2 >", 1),
        ("< 8 => F::relu(32) => 2 >", 1),
        ("< 8 => Sequential(relu 32, 2) => 2 >", 1),
        ("< 8 => Encoder(3) => 2 >", 1),
        ("< H; 8 => relu H => 2 >", 1),
    ] {
        assert_eq!(read(source).1.len(), count, "{source}");
    }
}

#[test]
fn a_second_network_is_found_behind_a_faulty_one() {
    for source in [
        "struct A< 1 => 2 >; pub struct B< 1 => 2 >;",
        "struct A< 1 => 2 > struct B< 1 => 2 >;",
        "struct A< 1 => 2; struct B< 1 => 2 >;",
        "struct A; #[doc = \"B\"] struct B< 1 => 2 >;",
    ] {
        let tokens: TokenStream = source.parse().expect("tokens");
        let names: Vec<String> =
            declarations(tokens).iter().map(|(found, _)| found.name.to_string()).collect();
        assert_eq!(names, ["A", "B"], "{source}");
    }
}

/// The help behind a stage is what is meant, or says what to decide.
#[test]
fn help_keeps_what_is_written() {
    for (source, mended) in [
        ("< 10 => rellu 11 => [12] => 3 >", "< 10 => relu 11 => [11] => 3 >"),
        ("< 28*28 => 10 >", "< { 28 * 28 } => 10 >"),
        ("< 10 => dropout 0.5 => 2 >", "< 10 => dropout(0.5) => 2 >"),
        ("< 10 => relu(32) => 2 >", "< 10 => relu 32 => 2 >"),
        ("< [1, 28, 28] => conv(1, 32, 3) >", "< [1, 28, 28] => conv(32, 3) >"),
        ("< [1, 28, 28] => conv(1, 32, 3, 1, 1) >", "< [1, 28, 28] => conv(32, 3, 1, 1) >"),
        ("< (1, 28, 28) => flatten >", "< [1, 28, 28] => flatten >"),
        ("< [1, 8, 8] => conv(4, 3, padding: 9999999999) >", "< [1, 8, 8] => conv(4, 3) >"),
        ("< 784 => Linear(784, 256) => 10 >", "< 784 => 256 => 10 >"),
        ("< 784 => Dense(256, activation: relu) => 10 >", "< 784 => relu 256 => 10 >"),
        ("< 8 => nn::ReLU() => 10 >", "< 8 => relu => 10 >"),
        ("< H; 8 => relu H => 2 >", "< const H: usize; 8 => relu H => 2 >"),
        ("< 8 => repeat(3, relu 8) => 2 >", "< 8 => repeat(3; relu 8) => 2 >"),
        (
            "< [2, 8] => concat(axis: 1, relu | tanh) => sum(axis: 1; relu | tanh) => 2 >",
            "< [2, 8] => concat(axis: 1; relu | tanh) => sum(relu | tanh) => 2 >",
        ),
        ("< 8 => concat(axis: 3, tanh 4) => 2 >", "< 8 => concat(axis: 3 | tanh 4) => 2 >"),
        ("< 8 => concat(relu 3, tanh 4) => 2 >", "< 8 => concat(relu 3 | tanh 4) => 2 >"),
        (
            "< 8 => residual(relu 4, project: 4) => 2 >",
            "< 8 => residual(relu 4; project: 4) => 2 >",
        ),
        ("< 8 => type: 3 => 2 >", "< 8 => r#type: 3 => 2 >"),
        (
            "< 8 => a: relu 3 => concat(a | identity) => 2 >",
            "< 8 => a: relu 3 => concat(&a | identity) => 2 >",
        ),
    ] {
        assert_eq!(settled(&read(source).0), mended, "{source}");
    }
    let deep = "residual(".repeat(20);
    let (declaration, _) = read(&format!("< 8 => {deep}relu 8 => 4{} >", ")".repeat(20)));
    assert!(read(&settled(&declaration)).1.is_empty());
}

/// Labels may be words, names of methods, and of the last stage `output`.
#[test]
fn labels_may_be_any_name() {
    let names = "relu dropout rnn conv tokens residual train new project forward zeros state load save summary to_safetensors working_memory x fc1";
    for name in names.split(' ') {
        let source = format!(
            "< 8 => {name}: relu 8 => inner: residual({name}: 8 => input: 8) => output: 2 >"
        );
        let faults = read(&source).1;
        assert!(
            faults.is_empty(),
            "{source}: {:?}",
            faults.iter().map(|fault| &fault.what).collect::<Vec<_>>()
        );
    }
    for (name, mended) in [
        ("type", "r#type"),
        ("match", "r#match"),
        ("gen", "r#gen"),
        ("self", "self_layer"),
        ("input", "input_layer"),
        ("output", "output_layer"),
        ("stage2", "hidden_layer"),
    ] {
        let (declaration, faults) = read(&format!("< 8 => {name}: relu 8 => 2 >"));
        assert_eq!(faults.len(), 1, "{name}");
        assert_eq!(settled(&declaration), format!("< 8 => {mended}: relu 8 => 2 >"));
    }
}

/// What a `macro_rules!` hands on arrives in groups without delimiters.
#[test]
fn groups_without_delimiters_are_opened() {
    let none = |source: &str| {
        let inner: TokenStream = source.parse().expect("tokens");
        TokenTree::from(Group::new(Delimiter::None, inner))
    };
    for (pieces, mended) in [
        (
            vec!["[", "1", ", 8, 8] =>", "relu conv(3, 3)", "=>", "flatten", "=> ", "10"],
            "< [1, 8, 8] => relu conv(3, 3) => flatten => 10 >",
        ),
        (
            vec![
                "",
                "10",
                "=> relu",
                "3 + 4",
                "=>",
                "my::Encoder<4>",
                "=> [",
                "4",
                "] => ",
                "H",
                "",
            ],
            "< 10 => relu { 3 + 4 } => my::Encoder<4> => [4] => H >",
        ),
        (
            vec![
                "",
                "10",
                "=> leaky_relu(",
                "-1.0",
                ") =>",
                "(3)",
                "=>",
                "{ 3 }",
                "=>",
                "f(3)",
                "",
            ],
            "< 10 => leaky_relu(-1.0) => { (3) } => { 3 } => { f(3) } >",
        ),
    ] {
        // Each second piece is in a group; brackets are closed by the third.
        let mut tokens = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            tokens.push_str(&if index % 2 == 1 {
                format!(" NONE{{ {piece} }} ")
            } else {
                (*piece).to_owned()
            });
        }
        let source: TokenStream = format!("< {tokens} >").parse().expect("tokens");
        let source = grouped(source, &none);
        let (mut declaration, mut faults) = declarations(source).remove(0);
        infer(&mut declaration, &mut faults);
        assert!(
            faults.is_empty(),
            "{mended}: {:?}",
            faults.iter().map(|fault| &fault.what).collect::<Vec<_>>()
        );
        assert_eq!(declaration.mended(), mended);
    }
}

/// Each `NONE { .. }` as a group without delimiters.
fn grouped(tokens: TokenStream, none: &dyn Fn(&str) -> TokenTree) -> TokenStream {
    let mut after = Vec::new();
    for token in tokens {
        match (after.last(), token) {
            (Some(TokenTree::Ident(word)), TokenTree::Group(group)) if word == "NONE" => {
                after.pop();
                after.push(none(&group.stream().to_string()));
            }
            (_, TokenTree::Group(group)) => {
                let inner = grouped(group.stream(), none);
                after.push(Group::new(group.delimiter(), inner).into());
            }
            (_, token) => after.push(token),
        }
    }
    after.into_iter().collect()
}

#[test]
fn a_name_with_generics_is_a_type() {
    for source in
        ["< 4 => T<3> => 2 >", "< 4 => relu NET<3, { N }> => 2 >", "< 4 => T::<3> => [3] => 2 >"]
    {
        let (declaration, faults) = read(source);
        assert!(faults.is_empty(), "{source}");
        assert_eq!(declaration.mended(), source);
    }
}
