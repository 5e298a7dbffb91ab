//! Who may use whom: the floors that CONTRIBUTING tells, and no circles of files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Visibility};

use super::crates::{Crate, Target};

const CRATES: [(&str, &str); 3] =
    [("core/rules", "static_net_rules"), ("macros", "static_net_macros"), ("core", "static_net")];

/// Files that use each other, and why they may: a crate, the beginnings of their names, the reason.
const CIRCLES: &[(&str, &[&str], &str)] = &[
    (
        "core",
        &["scalar.rs", "simd/"],
        "a scalar is the vector of one lane, and a vector is made of scalars",
    ),
    (
        "macros",
        &["parse/stage.rs", "parse/composition.rs", "parse/segments.rs"],
        "the language is recursive: a stage may be a composition, which is made of stages",
    ),
    (
        "core",
        &["activation/"],
        "still to be mended: loops that are compiled in this crate name the activations, whose trait names the loops",
    ),
];

#[test]
fn modules_use_what_stands_below_them() {
    for (folder, name) in CRATES {
        let floors = floors(folder);
        let floor = |file: &str| {
            let module = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
            floors.iter().position(|floor| floor.iter().any(|name| name == module))
        };
        let mut upward = Vec::new();
        let graph = graph(&Crate::read(folder, name));
        for (file, edges) in &graph {
            // It names the modules, and stands on none of the floors.
            if file == "lib.rs" {
                continue;
            }
            let Some(from) = floor(file) else {
                panic!("{folder}: `{file}` is on no floor of CONTRIBUTING.md")
            };
            for (other, names) in edges {
                if other != "lib.rs" && floor(other).is_none_or(|to| to > from) {
                    upward.push(format!("{folder}: {file} uses {names:?} of {other}"));
                }
            }
        }
        assert!(upward.is_empty(), "upward, against CONTRIBUTING.md:\n{}", upward.join("\n"));
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut unseen: Vec<_> = CIRCLES.iter().collect();
    let mut told = String::new();
    for (folder, name) in CRATES {
        let graph = graph(&Crate::read(folder, name));
        for circle in circles(&graph) {
            let is_allowed = |(of, files, _): &(&str, &[&str], &str)| {
                let is_in = |file: &String| files.iter().any(|part| file.starts_with(part));
                *of == folder && circle.iter().all(is_in)
            };
            if CIRCLES.iter().any(is_allowed) {
                unseen.retain(|allowed| !is_allowed(allowed));
                continue;
            }
            told += &format!("{folder}: {circle:?}\n");
            for file in &circle {
                let inner = graph[file].iter().filter(|(other, _)| circle.contains(*other));
                inner.for_each(|(other, names)| {
                    told += &format!("    {file} uses {names:?} of {other}\n")
                });
            }
        }
    }
    assert!(told.is_empty(), "files that use each other:\n{told}");
    assert!(unseen.is_empty(), "circles that are allowed and not there: {unseen:?}");
}

/// The lists of CONTRIBUTING, lowest floor first.
fn floors(folder: &str) -> Vec<Vec<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../CONTRIBUTING.md");
    let text = std::fs::read_to_string(file).expect("CONTRIBUTING.md");
    let heading = format!("From the lowest floor up, `{folder}/src`:");
    let (_, behind) = text.split_once(&heading).unwrap_or_else(|| panic!("no list `{heading}`"));
    let lines = behind.lines().skip_while(|line| line.is_empty());
    let lines = lines.take_while(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    let names = |line: &str| line.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let floors: Vec<_> = lines.map(names).collect();
    assert!(floors.len() > 1, "the list of {folder} has floors");
    floors
}

/// Which files use which, each edge with the names that are used.
type Graph = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Handing on what a module holds is no use of it.
fn is_handed_on(item: &Item) -> bool {
    matches!(item, Item::Use(item) if !matches!(item.vis, Visibility::Inherited))
}

/// All uses of files of a crate among each other.
fn graph(source: &Crate) -> Graph {
    let mut graph = Graph::new();
    for (index, module) in source.modules.iter().enumerate() {
        let file = source.file(index);
        let mut paths = BTreeSet::new();
        let private = |visibility: &Visibility| matches!(visibility, Visibility::Inherited);
        for import in module.imports.iter().filter(|import| private(&import.visibility)) {
            if import.name.is_some() {
                paths.insert(import.path.clone());
            }
        }
        for item in module.items.iter().filter(|item| !is_handed_on(item)) {
            if !matches!(item, Item::Mod(_) | Item::Use(_)) {
                collect(item.to_token_stream(), &mut paths);
            }
        }
        let edges = graph.entry(file.clone()).or_default();
        for path in paths {
            let Some(target) = source.resolve(index, &path) else { continue };
            let (of, name) = match target {
                // A module is used where something in it is.
                Target::Module(_) => continue,
                Target::Item(of, name) => (source.file(of), name),
            };
            if of != file {
                edges.entry(of).or_default().insert(name);
            }
        }
    }
    graph
}

/// All paths among tokens, and all names that stand alone: what is imported as a whole is used by them.
fn collect(tokens: TokenStream, paths: &mut BTreeSet<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let mut index = 0;
    while index < tokens.len() {
        match &tokens[index] {
            TokenTree::Group(group) => collect(group.stream(), paths),
            TokenTree::Ident(ident) => {
                let mut path = vec![ident.to_string()];
                let is_behind = index > 0 && is_colon(tokens.get(index - 1));
                while is_colon(tokens.get(index + 1)) && is_colon(tokens.get(index + 2)) {
                    let Some(TokenTree::Ident(ident)) = tokens.get(index + 3) else { break };
                    path.push(ident.to_string());
                    index += 3;
                }
                if path.len() > 1 && !is_behind {
                    paths.insert(path);
                }
            }
            _ => {}
        }
        index += 1;
    }
}

/// Sets of files that use each other, directly or not.
fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = open.pop() {
            for next in graph.get(&file).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        graph.keys().map(|file| (file, reached(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, behind) in &reached {
        if behind.contains(*file) {
            let back = |other: &&String| reached.get(other).is_some_and(|set| set.contains(*file));
            circles.insert(behind.iter().filter(back).cloned().collect::<BTreeSet<_>>());
        }
    }
    circles.into_iter().collect()
}
