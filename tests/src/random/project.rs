//! A package in cargo's target folder that is checked to see what the compiler says, as trybuild does it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::declaration::page::Place;

/// A package of source files that name this crate only.
pub struct Project {
    folder: PathBuf,
    target: PathBuf,
}

/// What trybuild hands to rustc. With other flags the crate is built once more.
const TRYBUILDS_FLAGS: &[&str] =
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
    /// The package of that name. `tmp` is cargo's folder for integration tests, `CARGO_TARGET_TMPDIR`; all
    /// packages share one build of the crate in a folder beside it, that of trybuild, so that later runs are quick.
    pub fn new(tmp: &str, name: &str) -> Self {
        let tests = Path::new(tmp).with_file_name("tests");
        Project { folder: tests.join("random").join(name), target: tests.join("trybuild") }
    }

    /// Writes the package's files, of which `lib.rs` is the first, and checks it.
    ///
    /// # Panics
    /// If the folder cannot be written to, or if cargo does not come to the package.
    pub fn diagnostics(&self, files: &[(&str, &str)]) -> Vec<Diagnostic> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = here.parent().expect("the workspace is one folder up");
        let name = self.folder.file_name().expect("a package has a name").display();
        // An empty workspace of its own keeps cargo from looking for one further up.
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nstatic-net = {{ path = {:?} }}\n\n[workspace]\n",
            workspace.join("core")
        );
        fs::create_dir_all(self.folder.join("src")).expect("a folder for the package");
        fs::write(self.folder.join("Cargo.toml"), manifest).expect("a manifest");
        for (name, text) in files {
            fs::write(self.folder.join("src").join(name), text).expect("a source file");
        }
        fs::copy(workspace.join("Cargo.lock"), self.folder.join("Cargo.lock"))
            .expect("the versions that the workspace uses");
        let flags = format!("target.{}.rustflags = {TRYBUILDS_FLAGS:?}", env!("TARGET"));
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(&self.folder)
            .args(["check", "--offline", "--quiet", "--message-format=json"])
            .args(["--target", env!("TARGET"), "--config", &flags])
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
        messages
            .iter()
            .filter(|message| message["reason"] == "compiler-message")
            .map(|message| diagnostic(&message["message"]))
            // Notes belong to what comes before them, and the last error only counts the others.
            .filter(|diagnostic| matches!(diagnostic.level.as_str(), "error" | "warning"))
            .filter(|diagnostic| !diagnostic.message.starts_with("aborting due to"))
            .collect()
    }
}

fn diagnostic(message: &serde_json::Value) -> Diagnostic {
    let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
    let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
    let place = |span: &serde_json::Value, end: &str| {
        let number = |key: String| span[key].as_u64().unwrap_or_default() as usize;
        Place { line: number(format!("line_{end}")), column: number(format!("column_{end}")) }
    };
    let mut primary: Vec<(Place, Place)> = spans
        .iter()
        .filter(|span| span["is_primary"] == true && span["file_name"] == "src/lib.rs")
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
