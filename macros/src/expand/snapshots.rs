//! What networks become, as files that a person can read: `macros/expansions/*.rs`. One holds a whole network, the
//! others the parts that differ from it.
//!
//! `EXPANSIONS=overwrite cargo test -p static-net-macros` writes them anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file of `macros/expansions`.
struct Snapshot {
    name: &'static str,
    shows: &'static str,
    source: &'static str,
    /// What of the expansion is kept, in the order of the expansion: an item by its name, a field or an associated
    /// item as `Name::field`. Everything, where there are none.
    parts: &'static [&'static str],
}

const PERCEPTRON: &str = "/// Learns two hidden representations of a 10-dimensional input.
    pub struct Net< 10 => relu 32 => latent: relu 16 => 2 >;";

const BRANCHES: &str = "pub struct Inception< [CHANNELS, 16, 16]
    => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))
    => batch_norm => global_avg_pool => dropout(0.2) => 10 >;";

const SNAPSHOTS: &[Snapshot] = &[
    Snapshot {
        name: "multilayer_perceptron",
        shows: "All of a network of three stages.",
        source: PERCEPTRON,
        parts: &[],
    },
    Snapshot {
        name: "autoencoder",
        shows: "Sizes that only rustc knows, and a stage that is another network: their consts, the checks of them, and
            those that wait for the const parameter.",
        source: "pub struct Autoencoder< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE
            => decoder: Decoder<CODE> => [PIXELS] => sigmoid >;",
        parts: &[
            "AUTOENCODER_VALUE0",
            "AUTOENCODER_SIZE0",
            "AUTOENCODER_STAGE3",
            "AUTOENCODER_KIND3",
            "Autoencoder",
            "_",
            "Autoencoder::Input",
            "Autoencoder::NEEDS",
            "Autoencoder::CHECKS",
        ],
    },
    Snapshot {
        name: "residual",
        shows: "Stages inside of others: a struct of their own, which derives what the network does, the type of what
            they are in, and how it was written.",
        source: "#[derive(Clone, Debug)]
            pub struct Residual< 8 => gelu 16 => blocks: repeat(3; residual(up: gelu 32 => down: 16)) => 4 >;",
        parts: &["ResidualBlocksStage1", "Residual::blocks", "Residual::STAGES"],
    },
    Snapshot {
        name: "convolutional",
        shows: "Images: the shapes and the windows in the types of the layers, and the lengths in the activations.",
        source: "pub struct LeNet< [1, 28, 28] => relu conv(6, 5, padding: 2) => max_pool(2)
            => relu conv(16, 5) => max_pool(2) => flatten => relu 120 => relu 84 => 10 >;",
        parts: &[
            "LeNet::stage1",
            "LeNet::stage2",
            "LeNet::stage5",
            "LeNet::stage6",
            "LeNet::Input",
            "ActivationsOfLeNet::input",
            "ActivationsOfLeNet::stage1",
            "ActivationsOfLeNet::stage5",
        ],
    },
    Snapshot {
        name: "branches",
        shows: "Branches that are joined: the type of the stage, the forward pass of the branch of two stages and that
            of the network, and its activations, whose lengths are computed from a const.",
        source: BRANCHES,
        parts: &[
            "InceptionStage1Branch2::forward",
            "Inception::stage1",
            "Inception::forward",
            "ActivationsOfInception",
        ],
    },
    Snapshot {
        name: "references",
        shows: "Values that are read again: both passes of a network, and the type of a branch that begins with one.",
        source: "pub struct Code< 8 => h: relu 16 => mean: 4 => &h => log_variance: 4 => concat(identity | &mean) => 2 >;",
        parts: &["Code::stage4", "Code::NEEDS", "Code::forward", "Code::backward", "Code::REFERENCED"],
    },
    Snapshot {
        name: "turns",
        shows: "Stages once for each size of a list, and a value inside of each that a later stage reads: the chain of turns, how the
            stages of one give the value and take its gradient, and the network that keeps room for it.",
        source: "pub struct Net< 8 => low: repeat(W in [4, 6]; z: tanh W => 8) => concat(&low[..].z) => 2 >;",
        parts: &[
            "NetLow",
            "NetLowTurn1::forward",
            "NetLowTurn1::backward",
            "Net::low",
            "Net::forward",
            "Net::backward",
            "Net::REFERENCED",
        ],
    },
    Snapshot {
        name: "computed_shapes",
        shows: "Shapes that are computed from a const: the rule of a layer, what branches give together, and a layer
            behind them.",
        source: BRANCHES,
        parts: &["INCEPTION_LAYER2", "INCEPTION_SHAPE1", "INCEPTION_SHAPE7", "Inception::stage2"],
    },
];

#[test]
fn expansions_are_as_kept() {
    let overwrite = std::env::var("EXPANSIONS").is_ok_and(|value| value == "overwrite");
    for snapshot in SNAPSHOTS {
        let file = only(expansion(snapshot.source), snapshot.parts);
        let [shows, source] = [snapshot.shows, snapshot.source].map(comment);
        let given = format!("{shows}//\n{source}\n{}", prettyplease::unparse(&file));
        let path = path(snapshot.name);
        if overwrite {
            std::fs::write(&path, &given).expect("the snapshot can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == given, "{} becomes something else than {path:?} says", snapshot.name);
        // What a person reads in a minute or two.
        let lines = given.lines().count();
        assert!(lines <= 180, "{} has {lines} lines", snapshot.name);
    }
    let folder = path("any").parent().expect("a folder").read_dir().expect("it can be read");
    let kept: BTreeSet<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(kept, SNAPSHOTS.iter().map(|snapshot| path(snapshot.name)).collect());
}

#[test]
fn expansions_are_short() {
    for (source, most) in [(PERCEPTRON, 350), (BRANCHES, 900)] {
        let lines = prettyplease::unparse(&expansion(source)).lines().count();
        assert!(lines <= most, "{lines} lines, more than {most}: {source}");
    }
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("// {}\n", line.trim())).collect()
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions").join(name).with_extension("rs")
}

fn expansion(source: &str) -> syn::File {
    let tokens = source.parse().expect("tokens");
    let mut items = proc_macro2::TokenStream::new();
    for (declaration, faults) in crate::parse::declarations(tokens) {
        let told: Vec<_> = faults.iter().map(|fault| &fault.what).collect();
        assert!(told.is_empty(), "{source}: {told:?}");
        items.extend(super::declaration(declaration, faults));
    }
    syn::parse2(items).expect("the expansion is items of Rust")
}

/// These parts of the items, all of which there are.
fn only(mut file: syn::File, parts: &[&str]) -> syn::File {
    if parts.is_empty() {
        return file;
    }
    let mut found = BTreeSet::new();
    let mut is_kept = |part: String| {
        let is_kept = parts.contains(&part.as_str());
        found.extend(is_kept.then_some(part));
        is_kept
    };
    file.items.retain_mut(|item| match item {
        syn::Item::Const(item) => is_kept(item.ident.to_string()),
        syn::Item::Struct(item) => {
            let name = item.ident.to_string();
            if is_kept(name.clone()) {
                return true;
            }
            let syn::Fields::Named(fields) = &mut item.fields else { return false };
            let kept = fields.named.iter().filter(|field| {
                let field = field.ident.as_ref().expect("it has a name");
                is_kept(format!("{name}::{field}"))
            });
            fields.named = kept.cloned().collect();
            !fields.named.is_empty()
        }
        syn::Item::Impl(item) => {
            let syn::Type::Path(of) = &*item.self_ty else { return false };
            let name = &of.path.segments.last().expect("a name").ident;
            item.items.retain(|item| {
                let item = match item {
                    syn::ImplItem::Const(item) => &item.ident,
                    syn::ImplItem::Fn(item) => &item.sig.ident,
                    syn::ImplItem::Type(item) => &item.ident,
                    _ => return false,
                };
                is_kept(format!("{name}::{item}"))
            });
            !item.items.is_empty()
        }
        _ => false,
    });
    assert_eq!(found, parts.iter().map(|&part| part.to_owned()).collect());
    file
}
