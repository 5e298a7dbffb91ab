//! Source files that a test writes, and what the compiler says of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::declaration::page::Place;
use crate::compiler::{self, Make};

/// A folder of cargo's for libraries that use static-net.
pub struct Project {
    folder: PathBuf,
}

/// A library: its name, and its source files, of which `lib.rs` is the first.
pub type Package<'a> = (&'a str, &'a [(&'a str, &'a str)]);

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
    /// A project of that name. `tmp` is cargo's folder for integration tests, `CARGO_TARGET_TMPDIR`.
    pub fn new(tmp: &str, name: &str) -> Self {
        Project { folder: Path::new(tmp).join(name) }
    }

    /// Writes libraries and checks them, side by side. Gives what is said of each.
    ///
    /// # Panics
    /// If the folder cannot be written to.
    pub fn diagnostics(&self, packages: &[Package<'_>]) -> Vec<Vec<Diagnostic>> {
        for (name, files) in packages {
            let folder = self.folder.join(name);
            fs::create_dir_all(&folder).expect("a folder for the library");
            for (name, text) in *files {
                fs::write(folder.join(name), text).expect("a source file");
            }
        }
        compiler::side_by_side(packages, |(name, _)| {
            let folder = self.folder.join(name);
            let file = folder.join("lib.rs");
            let file = file.to_str().expect("a path in UTF-8");
            let said = compiler::diagnostics(file, Make::Metadata, &folder.join("lib.rmeta"));
            let said = said.iter().map(|message| diagnostic(file, message));
            // Notes belong to what comes before them, and the last error only counts the others.
            said.filter(|diagnostic| matches!(diagnostic.level.as_str(), "error" | "warning"))
                .filter(|diagnostic| !diagnostic.message.starts_with("aborting due to"))
                .collect()
        })
    }
}

fn diagnostic(file: &str, message: &serde_json::Value) -> Diagnostic {
    let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
    let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
    let place = |span: &serde_json::Value, end: &str| {
        let number = |key: String| span[key].as_u64().unwrap_or_default() as usize;
        Place { line: number(format!("line_{end}")), column: number(format!("column_{end}")) }
    };
    let mut primary: Vec<(Place, Place)> = spans
        .iter()
        .filter(|span| span["is_primary"] == true && span["file_name"] == file)
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
