//! The compiler of the language without its entry as a macro: the root of the fuzz target `declarations` of
//! `tests/fuzz`, which looks for declarations that make it panic.

#![no_main]
#![allow(dead_code, reason = "the target uses what `network!` does")]

mod ast;
mod diagnostic;
mod expand;
mod message;
mod parse;
mod random;
mod shape;
mod words;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = Unstructured::new(data);
    // Where the bytes end, it is the first of each choice.
    let choose = |count: usize| bytes.choose_index(count).unwrap_or(0);
    if let Some(tokens) = random::Random::declarations(choose) {
        expand::network(tokens);
    }
});
