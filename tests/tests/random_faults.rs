//! Random networks broken in one token each: one error for each, with its caret on that token.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use static_net_tests::random::declaration::generate::groups;
use static_net_tests::random::declaration::page::{Page, Place};
use static_net_tests::random::declaration::rng::Rng;
use static_net_tests::random::declaration::write::{Role, tokens};
use static_net_tests::random::declaration::{Group, NETWORKS, Network, Operation, Stage};
use static_net_tests::random::faults::{Broken, Declaration, Fault, Finder, PRELUDE, all};
use static_net_tests::random::networks;
use static_net_tests::random::project::{Diagnostic, Project};

/// Where one broken declaration stands and where its caret should.
struct Case {
    fault: &'static str,
    module: std::ops::Range<usize>,
    start: Place,
    end: Place,
}

#[test]
fn faults_that_the_macro_finds() {
    check(Finder::Macro);
}

#[test]
fn faults_that_names_show() {
    check(Finder::Names);
}

#[test]
fn faults_that_types_show() {
    check(Finder::Types);
}

#[test]
fn faults_that_consts_show() {
    check(Finder::Consts);
}

/// Broken declarations that one part of the compiler finds, and what it says of them.
struct Checked {
    page: Page,
    cases: Vec<Case>,
    counts: BTreeMap<&'static str, usize>,
    diagnostics: Vec<Diagnostic>,
}

fn check(finder: Finder) {
    // All are checked in one run of cargo, on all cores.
    static CHECKED: LazyLock<Vec<(Finder, Checked)>> = LazyLock::new(all_checked);
    let (_, checked) = CHECKED.iter().find(|(of, _)| *of == finder).expect("all are checked");
    let Checked { page, cases, counts, diagnostics } = checked;
    let wrong = judge(cases, diagnostics, &page.text);
    assert!(
        wrong.is_empty(),
        "{} of {} are wrong\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n")
    );
    let never: Vec<_> = counts.iter().filter(|(_, count)| **count == 0).collect();
    assert!(never.is_empty(), "never tried: {never:?}");
}

fn all_checked() -> Vec<(Finder, Checked)> {
    // What takes longest begins first.
    const PACKAGES: [(Finder, &str); 4] = [
        (Finder::Consts, "faults-consts"),
        (Finder::Macro, "faults-macro"),
        (Finder::Names, "faults-names"),
        (Finder::Types, "faults-types"),
    ];
    let (seed, _) = networks();
    // The rare kinds look for their place in more networks than the others.
    let groups = groups(seed, 60 * NETWORKS);
    let mut checked: Vec<_> =
        PACKAGES.iter().map(|(finder, _)| (*finder, unchecked(*finder, seed, &groups))).collect();
    let layers = include_str!("../src/random/layers.rs");
    let files: Vec<_> = checked
        .iter()
        .map(|(_, checked)| [("lib.rs", checked.page.text.as_str()), ("layers.rs", layers)])
        .collect();
    let packages: Vec<_> =
        PACKAGES.iter().zip(&files).map(|((_, name), files)| (*name, &files[..])).collect();
    let project = Project::new(env!("CARGO_TARGET_TMPDIR"), "faults");
    let diagnostics = project.diagnostics(&packages);
    for ((_, checked), diagnostics) in checked.iter_mut().zip(diagnostics) {
        checked.diagnostics = diagnostics;
    }
    checked
}

/// Broken declarations for a part of the compiler.
fn unchecked(finder: Finder, seed: u64, groups: &[Group]) -> Checked {
    let mut page = Page::default();
    page.put("//! Broken declarations, one in each module. Written by a test.\n\n");
    page.put("pub mod layers;\n");
    page.put(PRELUDE);
    let mut rng = Rng::new(seed ^ finder as u64);
    let faults: Vec<&'static Fault> = all().filter(|fault| fault.finder == finder).collect();
    let mut counts: BTreeMap<&str, usize> = faults.iter().map(|fault| (fault.name, 0)).collect();
    let mut cases = Vec::new();
    let mut seen = 0;
    for group in groups {
        for index in 0..group.networks.len() {
            seen += 1;
            let most = match finder {
                _ if seen > NETWORKS => 2,
                Finder::Macro => usize::MAX,
                // The kinds that the macro finds are many; of rustc's some of each will do.
                _ => 8,
            };
            let wanted = faults.iter().copied().filter(|fault| counts[fault.name] < most);
            let wanted: Vec<&'static Fault> = wanted.collect();
            if wanted.is_empty() {
                continue;
            }
            let Some((fault, broken)) = broken(group, index, &wanted, &counts, &mut rng) else {
                continue;
            };
            *counts.get_mut(fault.name).expect("all are counted") += 1;
            let name = format!("case{}", cases.len());
            cases.push(write(&mut page, &name, group, index, fault, &broken, &mut rng));
        }
    }
    println!("seed {seed}, {} broken declarations: {counts:?}", cases.len());
    Checked { page, cases, counts, diagnostics: Vec::new() }
}

/// The network broken in the way that was used least so far, of those that have a place in it.
fn broken(
    group: &Group,
    index: usize,
    faults: &[&'static Fault],
    counts: &BTreeMap<&str, usize>,
    rng: &mut Rng,
) -> Option<(&'static Fault, Broken)> {
    let network = &group.networks[index];
    let mut order: Vec<_> =
        faults.iter().map(|fault| (counts[fault.name], rng.bits(), fault)).collect();
    order.sort_by_key(|(count, tie, _)| (*count, *tie));
    order.into_iter().find_map(|(_, _, fault)| {
        let mut declaration = Declaration { network, tokens: tokens(group, network), rng };
        Some((*fault, (fault.apply)(&mut declaration)?))
    })
}

/// Writes a module with a broken declaration and the valid ones it names.
fn write(
    page: &mut Page,
    name: &str,
    group: &Group,
    index: usize,
    fault: &'static Fault,
    broken: &Broken,
    rng: &mut Rng,
) -> Case {
    let first = page.put("").line;
    page.open_module(name, group, "layers");
    let network = &group.networks[index];
    for nested in nested(group, network) {
        page.put("    network! {\n");
        page.declaration(&tokens(group, &group.networks[nested]), rng);
        page.put("    }\n");
    }
    page.put(if network.is_named { "    network! {\n" } else { "    network!(\n" });
    let places = page.declaration(&broken.tokens, rng);
    page.put(if network.is_named { "    }\n}\n" } else { "    );\n}\n" });
    let place = places[broken.token];
    let whole = 0..broken.tokens[broken.token].text.chars().count();
    let part = broken.part.clone().unwrap_or(whole);
    let at = |offset| Place { line: place.line, column: place.column + offset };
    // What an input is given is one with its name.
    let end = match broken.tokens[broken.token].role {
        Role::GivenName => {
            let (value, place) = (&broken.tokens[broken.token + 2], places[broken.token + 2]);
            Place { line: place.line, column: place.column + value.text.chars().count() }
        }
        _ => at(part.end),
    };
    Case { fault: fault.name, module: first..page.put("").line, start: at(part.start), end }
}

/// The networks that a network contains, in order of declaration.
fn nested(group: &Group, network: &Network) -> Vec<usize> {
    let mut all = Vec::new();
    for stages in [&network.stages].into_iter().chain(&network.outputs) {
        add_nested(group, stages, &mut all);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn add_nested(group: &Group, stages: &[Stage], all: &mut Vec<usize>) {
    for stage in stages {
        let Stage::Layer { operation: Some(operation), .. } = stage else { continue };
        match operation {
            Operation::Network(index, ..) => {
                all.extend(nested(group, &group.networks[*index]));
                all.push(*index);
            }
            Operation::Residual(body, project) => {
                add_nested(group, body, all);
                project.iter().for_each(|project| add_nested(group, project, all));
            }
            Operation::Repeat(_, body) => add_nested(group, body, all),
            Operation::Turns(_, _, bodies) => add_nested(group, &bodies[0], all),
            Operation::Concat(_, branches)
            | Operation::Sum(branches)
            | Operation::Product(branches) => {
                branches.iter().for_each(|branch| add_nested(group, branch, all));
            }
            Operation::Dense(..)
            | Operation::Tied(_)
            | Operation::User(_)
            | Operation::Call(_)
            | Operation::Pair(..) => {}
        }
    }
}

/// What is wrong with what the compiler says.
fn judge(cases: &[Case], diagnostics: &[Diagnostic], source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut found: Vec<Vec<&Diagnostic>> = cases.iter().map(|_| Vec::new()).collect();
    for diagnostic in diagnostics {
        let line = diagnostic.primary.first().map(|(start, _)| start.line);
        let case = line.and_then(|line| cases.iter().position(|case| case.module.contains(&line)));
        match case {
            Some(case) => found[case].push(diagnostic),
            None => wrong.push(format!("nowhere: {}", diagnostic.rendered)),
        }
    }
    for (case, diagnostics) in cases.iter().zip(found) {
        let fits = |diagnostic: &Diagnostic| {
            diagnostic.level == "error"
                && matches!(*diagnostic.primary, [(start, end)] if start == case.start && end <= case.end)
        };
        if matches!(*diagnostics, [diagnostic] if fits(diagnostic)) {
            continue;
        }
        let lines: Vec<&str> =
            source.lines().skip(case.module.start).take(case.module.len()).collect();
        let said: Vec<&str> = diagnostics.iter().map(|d| d.rendered.as_str()).collect();
        wrong.push(format!(
            "{} at {}:{}, {} diagnostics\n{}\n{}",
            case.fault,
            case.start.line,
            case.start.column,
            diagnostics.len(),
            lines.join("\n"),
            said.join("\n")
        ));
    }
    wrong
}
