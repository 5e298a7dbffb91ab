//! How long one run of something takes.

use std::time::{Duration, Instant};

/// Runs are timed in groups that take as long at least, so that reading the clock does not count.
const GROUP: Duration = Duration::from_micros(50);

/// The median nanoseconds of a run, over groups of runs that fill so many seconds.
pub fn nanoseconds(run: &mut dyn FnMut(), seconds: f64) -> f64 {
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut runs = 1;
    while time(run, runs) < GROUP {
        runs *= 2;
    }
    let mut times = Vec::new();
    while times.is_empty() || Instant::now() < end {
        times.push(time(run, runs).as_nanos() as f64 / runs as f64);
    }
    median(&mut times)
}

fn time(run: &mut dyn FnMut(), runs: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..runs {
        run();
    }
    start.elapsed()
}

/// The middle one, or the upper of the two in the middle.
///
/// # Panics
/// If there is none.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
