//! Runs the macro over random declarations, and over ones that are too deep or too long.

use proc_macro2::TokenStream;

use super::Random;

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
    assert!(read > 1_000 && expanded > 80, "{read} read, {expanded} expanded");
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
