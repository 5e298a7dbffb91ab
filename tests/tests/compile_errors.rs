//! The rules of the language: what does not compile, and that it says so well.
//!
//! Messages are made with `TRYBUILD=overwrite cargo test --test compile_errors`, and then read: the caret
//! is on the smallest wrong token, each fault is told once, and what it says would help.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use static_net_tests::random::project::TRYBUILDS_FLAGS;

/// Each case fails with the message beside it. Its neighbour in `compile_pass` builds and runs in
/// `tests/neighbours.rs`.
///
/// With none that passes among them, all are checked in one run of cargo, on all cores.
#[test]
fn faults_are_reported() {
    if !has_flags("faults_are_reported") {
        return;
    }
    let cases_to_check = trybuild::TestCases::new();
    for case in cases("compile_fail", "rs") {
        if !BUILT.contains(&case.as_str()) {
            cases_to_check.compile_fail(format!("compile_fail/{case}.rs"));
        }
    }
}

/// The same where rustc only finds the fault when it builds. Among cases that pass, those that fail are built too.
#[test]
fn faults_of_what_is_built_are_reported() {
    if !has_flags("faults_of_what_is_built_are_reported") {
        return;
    }
    let cases = trybuild::TestCases::new();
    for case in BUILT {
        cases.compile_fail(format!("compile_fail/{case}.rs"));
    }
    cases.pass("compile_pass/parameter_zero.rs");
}

/// Whether cargo hands all that trybuild does to rustc, or else has a program of its own run the test so.
///
/// trybuild builds what cases depend on with some of its flags, then the cases with all of them, for which all is
/// built once more.
fn has_flags(test: &str) -> bool {
    const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";
    if env::var_os(FLAGS).is_some() {
        return true;
    }
    let filters = env::args().filter(|argument| argument.starts_with("trybuild="));
    let program = env::current_exe().expect("a test is a program");
    let status = Command::new(program)
        .args([test, "--exact", "--nocapture"])
        .args(filters)
        .env(FLAGS, TRYBUILDS_FLAGS.join("\x1f"))
        .status()
        .expect("it runs again");
    assert!(status.success(), "cases say something else");
    false
}

/// Cases whose fault depends on a const parameter or on a generic method, which rustc computes for a program that uses
/// it.
const BUILT: &[&str] = &[
    "dense_behind_a_sequence_of_a_parameter",
    "each_step_of_another_size",
    "layer_around_a_layer",
    "layout_changed_by_cfg_attr_const",
    "nested_mismatch_parameter",
    "one_value_parameter",
    "parameter_zero",
    "product_of_a_parameter",
    "residual_changes_the_shape_parameter",
    "stated_shape_wrong_parameter",
];

/// Cases of consts whose `help:` is no declaration: the value of the const is wrong, not what is declared, or a person
/// has to decide.
const WITHOUT_DECLARATION: &[&str] = &[
    "concat_axis_of_other_lengths_const",
    "concat_of_other_resolutions_const",
    "gaussian_of_other_widths_const",
    "attention_memory_of_other_features_const",
    "attention_on_a_vector_const",
    "const_not_declared",
    "const_of_the_wrong_type",
    "const_zero",
    "layout_changed_by_cfg_attr_const",
    "gru_mask_of_another_length_const",
    "more_than_memory_const",
    "named_input_const",
    "norm_of_one_value_const",
    "repeat_zero_const",
    "sinusoidal_of_odd_features_const",
    "softmax_of_one_value_const",
    "tokens_const_parameter",
    "tokens_without_number_const",
    "turn_of_a_const_too_wide",
    "turns_of_a_const",
    "turns_of_a_layer_of_consts",
];

/// What a `help:` line says is, word for word, in the neighbour of its case, which compiles.
#[test]
fn help_compiles() {
    let mut checked = 0;
    for case in cases("compile_fail", "stderr") {
        let message = read("compile_fail", &case, "stderr");
        let neighbour = compact(&read("compile_pass", &case, "rs"));
        for help in message.lines().filter_map(|line| line.trim_start().strip_prefix("help: ")) {
            if help.starts_with('<') || help.contains("struct ") {
                let declaration = compact(help);
                assert!(
                    neighbour.contains(&declaration),
                    "{case}: the neighbour does not contain `{help}`"
                );
                checked += 1;
            } else if case.contains("const") {
                assert!(WITHOUT_DECLARATION.contains(&case.as_str()), "{case}: `{help}`");
            }
        }
    }
    assert!(checked > 60, "only {checked} lines were found");
}

/// Each failing case has its message and its neighbour; no message tells where it was made.
#[test]
fn cases_are_complete() {
    let failing = cases("compile_fail", "rs");
    assert!(failing.len() >= 200);
    assert_eq!(failing, cases("compile_fail", "stderr"));
    let passing = cases("compile_pass", "rs");
    for case in &failing {
        assert!(passing.contains(case), "{case} has no neighbour");
        assert!(
            read("compile_fail", case, "rs").starts_with("//! "),
            "{case} does not say what it shows"
        );
        let message = read("compile_fail", case, "stderr");
        for line in message.lines().filter(|line| line.trim_start().starts_with("--> ")) {
            assert!(!line.contains("--> /"), "{case}: {line}");
        }
    }
}

fn cases(folder: &str, extension: &str) -> BTreeSet<String> {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

fn read(folder: &str, case: &str, extension: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(folder).join(case).with_extension(extension);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}
