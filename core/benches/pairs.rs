//! Two computations timed in turn, so that a drifting clock rate touches both.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The computation of this library and the one it is compared with.
pub struct Pair<Ours, Peer> {
    /// This library.
    pub ours: Ours,
    /// What it is compared with.
    pub peer: Peer,
}

const PAIRS: usize = 201;
const TARGET: Duration = Duration::from_micros(500);

/// Prints the median time of each and the median of the ratios peer / ours, with its quartiles.
pub fn ratio<A, B>(name: &str, mut pair: Pair<impl FnMut() -> A, impl FnMut() -> B>) {
    let ours_calls = calls_for(TARGET, &mut pair.ours);
    let peer_calls = calls_for(TARGET, &mut pair.peer);
    let mut ours = Vec::new();
    let mut peer = Vec::new();
    let mut ratios = Vec::new();
    for _ in 0..PAIRS {
        let a = seconds_per_call(ours_calls, &mut pair.ours);
        let b = seconds_per_call(peer_calls, &mut pair.peer);
        ours.push(a);
        peer.push(b);
        ratios.push(b / a);
    }
    for times in [&mut ours, &mut peer, &mut ratios] {
        times.sort_by(f64::total_cmp);
    }
    println!(
        "  {name}: {:.2} (quartiles {:.2} to {:.2}); static-net {:.1} ns, peer {:.1} ns",
        ratios[PAIRS / 2],
        ratios[PAIRS / 4],
        ratios[3 * PAIRS / 4],
        ours[PAIRS / 2] * 1e9,
        peer[PAIRS / 2] * 1e9,
    );
}

fn calls_for<R>(target: Duration, run: &mut impl FnMut() -> R) -> u32 {
    let mut calls = 1;
    loop {
        let seconds = seconds_per_call(calls, run) * f64::from(calls);
        if seconds >= target.as_secs_f64() {
            return calls;
        }
        calls *= 2;
    }
}

fn seconds_per_call<R>(calls: u32, run: &mut impl FnMut() -> R) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(run());
    }
    start.elapsed().as_secs_f64() / f64::from(calls)
}
