//! PyTorch beside us in the same run: scripts in `benches/` that measure when they are told to.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A script that says `ready` with PyTorch's version, and then a number for each line that it reads.
pub struct Peer {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// PyTorch's version.
    pub version: String,
}

impl Peer {
    /// Starts a script of `benches/`. `PYTHON=path` names another interpreter than `python3`.
    ///
    /// # Errors
    /// If there is no interpreter, or it has no PyTorch.
    pub fn start(script: &str) -> Result<Self, String> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let script = format!("{}/benches/{script}", env!("CARGO_MANIFEST_DIR"));
        let mut process = Command::new(&python)
            .arg(script)
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

    /// One measurement: what the script answers.
    ///
    /// # Panics
    /// If the script has ended.
    pub fn measure(&mut self) -> f64 {
        self.input.write_all(b"go\n").expect("the script reads");
        self.input.flush().expect("the script reads");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the script answers");
        line.trim().parse().expect("a number")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends with its input; if not, it is of no further use.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The numbers that each turn gave, ours and, where PyTorch is installed, its own.
pub struct Turns<const N: usize> {
    /// Ours, one array for each turn.
    pub ours: Vec<[f64; N]>,
    /// PyTorch's version, and its numbers.
    pub theirs: Option<(String, Vec<[f64; N]>)>,
}

impl<const N: usize> Turns<N> {
    /// Takes so many turns with a script of `benches/`, so that both see the same machine. Says why where there
    /// is no PyTorch.
    ///
    /// # Panics
    /// If the script ends before its time.
    pub fn take(script: &str, turns: usize, mut measure: impl FnMut() -> [f64; N]) -> Self {
        let mut peer = Peer::start(script);
        if let Err(reason) = &peer {
            println!("PyTorch is not measured: {reason}");
        }
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..turns {
            ours.push(measure());
            if let Ok(peer) = &mut peer {
                theirs.push([(); N].map(|()| peer.measure()));
            }
        }
        Turns { ours, theirs: peer.ok().map(|peer| (peer.version.clone(), theirs)) }
    }

    /// Writes a line for each of both, as `line` has it, and gives the medians of the turns' ratios where
    /// there are two.
    ///
    /// # Panics
    /// If no turn was taken.
    pub fn report(&self, line: impl Fn(&str, [f64; N])) -> Option<[f64; N]> {
        line("static-net", medians(&self.ours));
        let (version, theirs) = self.theirs.as_ref()?;
        line(&format!("PyTorch {version}"), medians(theirs));
        let ratio = |index: usize| {
            let ratios =
                self.ours.iter().zip(theirs).map(|(ours, theirs)| ours[index] / theirs[index]);
            median(&mut ratios.collect::<Vec<_>>())
        };
        Some(std::array::from_fn(ratio))
    }
}

/// Of each number the median over all turns.
fn medians<const N: usize>(turns: &[[f64; N]]) -> [f64; N] {
    std::array::from_fn(|index| {
        median(&mut turns.iter().map(|turn| turn[index]).collect::<Vec<_>>())
    })
}

/// The middle one, or the upper of the two in the middle.
///
/// # Panics
/// If there is none.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
