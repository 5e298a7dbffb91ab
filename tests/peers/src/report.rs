//! The table.

use std::fmt::{self, Display, Formatter, Write as _};
use std::path::Path;
use std::{fs, iter};

use anyhow::Result;

use crate::chart;
use crate::measure::median;
use crate::workload::{Counted, Workload};

/// A workload as all libraries did it that have it.
pub struct Row {
    pub title: String,
    counted: &'static Counted,
    ours: Vec<f64>,
    /// Each with the nanoseconds of its turns.
    peers: Vec<(String, Vec<f64>)>,
}

impl Row {
    /// What each library took in its turns, ours in front.
    pub fn new(
        workload: &'static Workload,
        threads: usize,
        times: impl IntoIterator<Item = (String, Vec<f64>)>,
    ) -> Self {
        let mut peers: Vec<_> = times.into_iter().collect();
        let (_, ours) = peers.remove(0);
        peers.retain(|(_, times)| !times.is_empty());
        let threads = match threads {
            1 => String::new(),
            several => format!(", {several} threads"),
        };
        let title = format!("{}{threads}", workload.title);
        Row { title, counted: &workload.counted, ours, peers }
    }

    /// How many times as long as ours each took: the medians of the turns' ratios.
    pub fn ratios(&self) -> impl Iterator<Item = (&str, f64)> {
        self.peers.iter().map(|(name, times)| {
            let ratios = times.iter().zip(&self.ours).map(|(theirs, ours)| theirs / ours);
            (name.as_str(), median(&mut ratios.collect::<Vec<_>>()))
        })
    }

    fn cells(&self) -> impl Iterator<Item = String> {
        let ours = self.counted.text(median(&mut self.ours.clone()));
        let ratios = self.ratios().zip(&self.peers).map(|((name, ratio), (_, times))| {
            format!("{name}: {} ({ratio:.2})", self.counted.text(median(&mut times.clone())))
        });
        [self.title.clone(), ours].into_iter().chain(ratios)
    }
}

impl Display for Row {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.cells().try_for_each(|cell| write!(formatter, "{cell}; "))
    }
}

impl Counted {
    fn text(&self, nanoseconds: f64) -> String {
        match self {
            Counted::Time(of) => match nanoseconds / *of as f64 {
                time if time < 1e3 => format!("{time:.0} ns"),
                time if time < 1e6 => format!("{:.1} µs", time / 1e3),
                time => format!("{:.2} ms", time / 1e6),
            },
            Counted::Rate(what, in_a_run) => {
                format!("{:.1}k {what}/s", *in_a_run as f64 / nanoseconds * 1e6)
            }
        }
    }
}

/// All rows, and the machine that they are of.
pub struct Report {
    rows: Vec<Row>,
    rounds: usize,
}

impl Report {
    pub fn new(rows: Vec<Row>, rounds: usize) -> Self {
        Report { rows, rounds }
    }

    /// Writes the table as Markdown, and the chart.
    pub fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        let table = folder.join("peers.md");
        fs::write(&table, self.markdown()?)?;
        let drawing = folder.join("peers.svg");
        chart::draw(&self.rows, &drawing)?;
        println!("written: {} and {}", table.display(), drawing.display());
        Ok(())
    }

    fn markdown(&self) -> Result<String> {
        let mut text = String::new();
        let set = static_net::simd::instruction_set_name();
        writeln!(
            text,
            "{}, {set}; medians of {} turns; in brackets, how many times as long as static-net.\n",
            machine(),
            self.rounds
        )?;
        writeln!(text, "| what | static-net | others |\n| --- | --- | --- |")?;
        for row in &self.rows {
            let cells: Vec<_> = row.cells().collect();
            let others = cells[2..].join("<br>");
            writeln!(text, "| {} | {} | {others} |", cells[0], cells[1])?;
        }
        Ok(text)
    }
}

/// What the processor calls itself.
fn machine() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |line: &str| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == "model name").then(|| value.trim().to_owned())
    };
    let name = information.lines().find_map(field);
    let fallback = iter::once(std::env::consts::ARCH.to_owned());
    name.into_iter().chain(fallback).next().unwrap_or_default()
}
