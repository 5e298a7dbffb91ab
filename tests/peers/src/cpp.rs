//! Libraries of C++, which are compiled with our programs where a variable of the environment names the folder of their source.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

/// A program that measures one.
struct Source {
    /// The library.
    name: &'static str,
    /// The file in `cpp`, without its ending.
    file: &'static str,
    /// With what it is started, each time for other rows.
    arguments: &'static [&'static [&'static str]],
    /// The variable that names the folder.
    variable: &'static str,
    /// What the compiler is told, for the source in that folder.
    compile: fn(&Path, &mut Command) -> Result<()>,
}

const SOURCES: &[Source] = &[
    Source {
        name: "RTNeural",
        file: "rtneural",
        arguments: &[&[]],
        variable: "RTNEURAL",
        compile: rtneural,
    },
    Source {
        name: "the core of Neural Amp Modeler",
        file: "nam_core",
        arguments: &[&[], &["approximate"]],
        variable: "NAM_CORE",
        compile: nam_core,
    },
];

/// A program, and what it is started with.
pub struct Program {
    pub path: PathBuf,
    pub arguments: &'static [&'static str],
}

/// Compiles all whose folders are named. Says which are left out.
///
/// # Errors
/// If a folder holds no source that a program can be compiled with.
pub fn programs() -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    for source in SOURCES {
        let Some(path) = source.compile()? else {
            let Source { name, variable, .. } = source;
            println!("{name} is left out: {variable} does not name the folder of its source");
            continue;
        };
        programs.extend(
            source.arguments.iter().map(|arguments| Program { path: path.clone(), arguments }),
        );
    }
    Ok(programs)
}

/// As it is fastest: single steps by its templates, with xsimd.
fn rtneural(source: &Path, compiler: &mut Command) -> Result<()> {
    let xsimd = folder("XSIMD").unwrap_or_else(|| source.join("modules/xsimd"));
    // Enough for the vectors of any machine.
    compiler.args(["-O3", "-march=native", "-ffast-math", "-DRTNEURAL_DEFAULT_ALIGNMENT=64"]);
    compiler.arg("-DRTNEURAL_USE_XSIMD=1").arg("-I").arg(source);
    compiler.arg("-I").arg(source.join("modules/json")).arg("-I").arg(xsimd.join("include"));
    Ok(())
}

fn nam_core(source: &Path, compiler: &mut Command) -> Result<()> {
    let eigen = folder("EIGEN").unwrap_or_else(|| PathBuf::from("/usr/include/eigen3"));
    compiler.args(["-Ofast", "-march=native"]).arg("-I").arg(source);
    compiler.arg("-I").arg(source.join("Dependencies/nlohmann")).arg("-isystem").arg(eigen);
    for folder in ["NAM", "NAM/wavenet"] {
        for file in fs::read_dir(source.join(folder))? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == "cpp") {
                compiler.arg(path);
            }
        }
    }
    Ok(())
}

impl Source {
    /// The program, if the folder is named.
    fn compile(&self) -> Result<Option<PathBuf>> {
        let Some(source) = folder(self.variable) else { return Ok(None) };
        println!("compiles {}", self.file);
        let program = env::current_exe()?.with_file_name(self.file);
        let compiler = env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("cpp").join(self.file);
        let mut command = Command::new(compiler);
        command.arg("-std=c++20").arg(own.with_extension("cpp"));
        (self.compile)(&source, &mut command)?;
        let output = command.arg("-o").arg(&program).output().context("there is no compiler")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{} is not compiled:\n{said}", self.file);
        Ok(Some(program))
    }
}

fn folder(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from)
}
