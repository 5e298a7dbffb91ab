//! Libraries in processes of their own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

use crate::cpp::Program;
use crate::serve::LIBRARIES;

/// The scripts that measure libraries of Python.
const SCRIPTS: [&str; 2] = ["pytorch.py", "onnx_runtime.py"];

/// A library that is ready to be measured.
///
/// It says `ready` and its name; then it reads lines of a workload and seconds, and answers each with nanoseconds, or with
/// `none` where it has no such workload.
pub struct Process {
    /// The library and its version.
    pub name: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// All libraries that there are, ours in front. Those that are not installed are told and left out. Programs of C++ find
    /// what they have to compute in a folder, and have one thread.
    pub fn start_all(threads: usize, programs: &[Program], references: &Path) -> Result<Vec<Self>> {
        let mut processes = Vec::new();
        for library in LIBRARIES {
            let mut command = Command::new(std::env::current_exe()?);
            command.args(["--serve", library.name]);
            let process = Self::start(&mut command, threads);
            processes.push(process.with_context(|| format!("{} does not run", library.name))?);
        }
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        for script in SCRIPTS {
            let mut command = Command::new(&python);
            command.arg(format!("{}/{script}", env!("CARGO_MANIFEST_DIR")));
            match Self::start(&mut command, threads) {
                Ok(process) => processes.push(process),
                Err(_) => println!("{script} is left out: `{python}` does not have its library"),
            }
        }
        if threads == 1 {
            for Program { path, arguments } in programs {
                let mut command = Command::new(path);
                command.args(*arguments).env("REFERENCES", references);
                let process = Self::start(&mut command, threads);
                processes
                    .push(process.with_context(|| format!("{} does not run", path.display()))?);
            }
        }
        Ok(processes)
    }

    fn start(command: &mut Command, threads: usize) -> Result<Self> {
        let threads = threads.to_string();
        let mut child = command
            .env("THREADS", &threads)
            .env("RAYON_NUM_THREADS", &threads)
            .env("OMP_NUM_THREADS", &threads)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take().context("no input")?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let name = line.trim().strip_prefix("ready ").context("it is not ready")?.to_owned();
        Ok(Process { name, child, input, output })
    }

    /// The nanoseconds of one run, where the library has the workload.
    pub fn measure(&mut self, workload: &str, seconds: f64) -> Result<Option<f64>> {
        writeln!(self.input, "{workload} {seconds}")?;
        self.input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let answer = || format!("{} answers {line:?} to {workload}", self.name);
        match line.trim() {
            "none" => Ok(None),
            time => Ok(Some(time.parse().with_context(answer)?)),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends with its input; if not, it is of no further use.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
