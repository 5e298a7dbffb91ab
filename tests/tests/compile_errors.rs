//! The rules of the language: what does not compile, and that it says so well.
//!
//! Messages are made with `MESSAGES=overwrite cargo test --test compile_errors`, and then read: the caret
//! is on the smallest wrong token, each fault is told once, and what it says would help.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;
use static_net_tests::compiler::{self, Make};

/// Each case fails with the message beside it. Its neighbour in `compile_pass` builds and runs in
/// `tests/neighbours.rs`.
#[test]
fn faults_are_reported() {
    let overwrites = env::var("MESSAGES").is_ok_and(|value| value == "overwrite");
    let cases: Vec<String> = cases("compile_fail", "rs").into_iter().collect();
    let messages = compiler::side_by_side(&cases, |case| message(case));
    let mut wrong = Vec::new();
    for (case, found) in cases.iter().zip(messages) {
        let Some(found) = found else {
            wrong.push(format!("{case} compiles"));
            continue;
        };
        let path = Path::new(FOLDER).join("compile_fail").join(case).with_extension("stderr");
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if without_margin(&found) == without_margin(&expected) {
            continue;
        }
        if overwrites {
            fs::write(path, found).expect("a message can be written");
        } else {
            wrong.push(format!("{case}, expected:\n{expected}\nfound:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases say something else\n{}", wrong.len(), wrong.join("\n"));
}

/// What a case says; nothing if it compiles.
fn message(case: &str) -> Option<String> {
    let file = format!("tests/compile_fail/{case}.rs");
    let object = Path::new(env!("CARGO_TARGET_TMPDIR")).join(case).with_extension("o");
    let is_error = |diagnostic: &Value| diagnostic["level"] == "error";
    let mut said = compiler::diagnostics(&file, Make::Metadata, &object);
    if !said.iter().any(is_error) {
        // What depends on a const parameter or on a generic method is computed for a program that uses it.
        said = compiler::diagnostics(&file, Make::Program, &object);
    }
    said.iter().find(|diagnostic| is_error(diagnostic))?;
    let of_source = said.iter().filter(|diagnostic| diagnostic["level"] != "failure-note");
    let texts = of_source.filter_map(|diagnostic| diagnostic["rendered"].as_str());
    let texts = texts.filter(|text| !text.starts_with("error: aborting due to "));
    let texts: Vec<String> = texts.map(|text| anywhere(text, &file)).collect();
    Some(texts.join("\n"))
}

/// A diagnostic without the numbers of lines in other files, which change with the library.
fn anywhere(text: &str, case: &str) -> String {
    let mut is_of_case = true;
    let mut lines = String::new();
    for line in text.lines() {
        let rest = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        let (margin, _) = line.split_at(line.len() - rest.len());
        let arrow = ["--> ", "::: "].into_iter().find(|arrow| rest.starts_with(arrow));
        let line = if let Some(arrow) = arrow {
            let place = &rest[arrow.len()..];
            is_of_case = place.starts_with(case);
            format!(
                "{margin}{arrow}{}",
                if is_of_case { in_package(place) } else { elsewhere(place) }
            )
        } else if !is_of_case && rest.starts_with('|') {
            format!("{:1$}{rest}", "", margin.len())
        } else {
            line.trim_end().to_owned()
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    lines.truncate(lines.trim_end().len() + 1);
    lines
}

fn in_package(place: &str) -> String {
    place.replacen("tests/", "", 1)
}

fn elsewhere(place: &str) -> String {
    let file = place.split(':').next().expect("a path");
    match file.split_once("/library/") {
        Some((_, file)) => format!("$RUST/{file}"),
        None => format!("$WORKSPACE/{file}"),
    }
}

/// A message without what differs with the digits of line numbers.
fn without_margin(message: &str) -> Vec<&str> {
    message.lines().map(|line| line.trim_start_matches([' ', '.'])).collect()
}

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

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
