//! A library of another language that is measured beside this one.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A script of this folder, which measures when it is told to.
pub struct Peer {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    pub version: String,
}

impl Peer {
    /// Starts it; an error says why there is none.
    pub fn start(script: &str) -> Result<Self, String> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches");
        let mut process = Command::new(&python)
            .arg(format!("{folder}/{script}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("`{python}` does not start: {error}"))?;
        let input = process.stdin.take().expect("piped");
        let mut output = BufReader::new(process.stdout.take().expect("piped"));
        let mut line = String::new();
        output.read_line(&mut line).map_err(|error| error.to_string())?;
        match line.trim().strip_prefix("ready ") {
            Some(version) => Ok(Peer { process, input, output, version: version.to_owned() }),
            None => Err(format!("`{python}` has no torch; `pip install torch`")),
        }
    }

    /// The numbers that it answers with.
    pub fn measure<const N: usize>(&mut self) -> [f64; N] {
        self.input.write_all(b"go\n").expect("the script reads");
        self.input.flush().expect("the script reads");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the script answers");
        let numbers = line.split_whitespace().map(|number| number.parse().expect("a number"));
        numbers.collect::<Vec<f64>>().try_into().expect("so many numbers")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends with its input; if not, it is of no further use.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The middle of them.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
