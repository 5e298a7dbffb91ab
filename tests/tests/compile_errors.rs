//! The rules of the language: what does not compile, and that it says so well.

/// Each case fails with the message beside it, its neighbour in `compile_pass` builds and runs.
#[test]
fn faults_are_reported_and_neighbours_run() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("compile_fail/*.rs");
    // Among the passing cases the failing ones are built and not only checked, which is when rustc
    // computes what depends on const parameters.
    cases.pass("compile_pass/*.rs");
}
