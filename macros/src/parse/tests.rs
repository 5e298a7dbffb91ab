//! What is read, and that no fault leaves the mended declaration faulty.

use proc_macro2::TokenStream;

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
        "< [3, 8, 8] => relu conv(4, [3, 5], stride: 2, padding: [1, 2]) => reshape[8, 8] => permute([1, 0]) => flatten >",
        "< 4 => leaky_relu(-1.0) N => self::Gain::<3> => [3] >",
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
                let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
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
        ("< 8 => residual(a: 8 => a: 8) => a: 2 >", 1),
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
