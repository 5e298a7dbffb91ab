//! Packages in cargo's target folder that are checked to see what the compiler says, as trybuild does it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::declaration::page::Place;

/// Packages that name this crate only.
pub struct Project {
    folder: PathBuf,
    target: PathBuf,
}

/// A package: its name, and its source files, of which `lib.rs` is the first.
pub type Package<'a> = (&'a str, &'a [(&'a str, &'a str)]);

/// What trybuild hands to rustc. With other flags the crate is built once more.
pub const TRYBUILDS_FLAGS: &[&str] =
    &["--cfg", "trybuild", "--verbose", "-A", "dead_code", "--diagnostic-width=140"];

/// What the compiler says at one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// `error` or `warning`.
    pub level: String,
    /// The first line.
    pub message: String,
    /// Where each caret of the first kind starts and ends, in the package's file; nothing if it is not there.
    pub primary: Vec<(Place, Place)>,
    /// As a person sees it.
    pub rendered: String,
}

impl Project {
    /// A project of that name. `tmp` is cargo's folder for integration tests, `CARGO_TARGET_TMPDIR`; all projects share
    /// one build of the crate in a folder beside it, that of trybuild, so that later runs are quick.
    pub fn new(tmp: &str, name: &str) -> Self {
        let tests = Path::new(tmp).with_file_name("tests");
        Project { folder: tests.join("random").join(name), target: tests.join("trybuild") }
    }

    /// Writes packages and checks them, side by side. Gives what is said of each.
    ///
    /// # Panics
    /// If the folder cannot be written to, or if cargo does not come to the packages.
    pub fn diagnostics(&self, packages: &[Package<'_>]) -> Vec<Vec<Diagnostic>> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = here.parent().expect("the workspace is one folder up");
        let core = workspace.join("core");
        let names: Vec<&str> = packages.iter().map(|(name, _)| *name).collect();
        fs::create_dir_all(&self.folder).expect("a folder for the packages");
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n");
        fs::write(self.folder.join("Cargo.toml"), manifest).expect("a manifest");
        fs::copy(workspace.join("Cargo.lock"), self.folder.join("Cargo.lock"))
            .expect("the versions that the workspace uses");
        for (name, files) in packages {
            let folder = self.folder.join(name);
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nstatic-net = {{ path = {core:?} }}\n"
            );
            fs::create_dir_all(folder.join("src")).expect("a folder for the package");
            fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
            for (name, text) in *files {
                fs::write(folder.join("src").join(name), text).expect("a source file");
            }
        }
        let flags = format!("target.{}.rustflags = {TRYBUILDS_FLAGS:?}", env!("TARGET"));
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(&self.folder)
            .args(["check", "--workspace", "--keep-going", "--offline", "--quiet"])
            .args(["--message-format=json", "--target", env!("TARGET"), "--config", &flags])
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs");
        let messages: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        assert!(
            messages.iter().any(|message| message["reason"] == "compiler-artifact"),
            "cargo built nothing: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let of = |name: &str| {
            let said = messages.iter().filter(|message| {
                message["reason"] == "compiler-message"
                    && message["target"]["name"] == name.replace('-', "_")
            });
            said.map(|message| diagnostic(name, &message["message"]))
                // Notes belong to what comes before them, and the last error only counts the others.
                .filter(|diagnostic| matches!(diagnostic.level.as_str(), "error" | "warning"))
                .filter(|diagnostic| !diagnostic.message.starts_with("aborting due to"))
                .collect()
        };
        names.into_iter().map(of).collect()
    }
}

fn diagnostic(package: &str, message: &serde_json::Value) -> Diagnostic {
    let file = Path::new(package).join("src").join("lib.rs");
    let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
    let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
    let place = |span: &serde_json::Value, end: &str| {
        let number = |key: String| span[key].as_u64().unwrap_or_default() as usize;
        Place { line: number(format!("line_{end}")), column: number(format!("column_{end}")) }
    };
    let mut primary: Vec<(Place, Place)> = spans
        .iter()
        .filter(|span| {
            span["is_primary"] == true && span["file_name"].as_str().map(Path::new) == Some(&file)
        })
        .map(|span| (place(span, "start"), place(span, "end")))
        .collect();
    // Two labels under one token are one caret.
    primary.dedup();
    Diagnostic {
        level: text("level"),
        message: text("message"),
        primary,
        rendered: text("rendered"),
    }
}
