//! What networks become, as files that a person can read: `macros/expansions/*.rs`.
//!
//! `EXPANSIONS=overwrite cargo test -p static-net-macros` writes them anew.

use std::path::Path;

const NETWORKS: &[(&str, &str)] = &[
    (
        "multilayer_perceptron",
        "/// Learns two hidden representations of a 10-dimensional input.
        pub struct Net< 10 => relu 32 => latent: relu 16 => 2 >;",
    ),
    (
        "autoencoder",
        "pub struct Autoencoder< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE
            => decoder: Decoder<CODE> => [PIXELS] => sigmoid >;",
    ),
    (
        "residual",

        "#[derive(Clone, Debug)]
        pub struct Residual< 8 => gelu 16 => blocks: repeat(3; residual(up: gelu 32 => down: 16)) => 4 >;",
    ),
    (
        "convolutional",
        "pub struct LeNet< [1, 28, 28] => relu conv(6, 5, padding: 2) => max_pool(2)
            => relu conv(16, 5) => max_pool(2) => flatten => relu 120 => relu 84 => 10 >;",
    ),
    (
        "branches",
        "pub struct Inception< [CHANNELS, 16, 16]
            => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))
            => batch_norm => global_avg_pool => dropout(0.2) => 10 >;",
    ),
];

#[test]
fn expansions_are_as_kept() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let overwrite = std::env::var("EXPANSIONS").is_ok_and(|value| value == "overwrite");
    for (name, source) in NETWORKS {
        let tokens = source.parse().expect("tokens");
        let mut items = proc_macro2::TokenStream::new();
        for (declaration, faults) in crate::parse::declarations(tokens) {
            let told: Vec<_> = faults.iter().map(|fault| &fault.what).collect();
            assert!(told.is_empty(), "{name}: {told:?}");
            items.extend(super::declaration(declaration, faults));
        }
        let file = syn::parse2(items).expect("the expansion is items of Rust");
        let lines: Vec<&str> = source.lines().map(str::trim).collect();
        let header = lines.join("\n// ");
        let given = format!("// {header}\n\n{}", prettyplease::unparse(&file));
        let path = directory.join(format!("{name}.rs"));
        if overwrite {
            std::fs::write(&path, &given).expect("the snapshot can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == given, "{name} becomes something else than {} says", path.display());
    }
}
