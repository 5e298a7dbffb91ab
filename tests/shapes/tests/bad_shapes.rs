//! Shapes that do not fit are refused where a user's cargo builds them.
//!
//! trybuild builds a package around each of these. All other messages are those of `tests/compile_fail`, of which
//! `tests/tests/compile_errors.rs` asks rustc.

#[test]
fn bad_shapes_are_refused() {
    trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
}
