//! Sines and cosines of all positions, by rotation from one to the next.
//!
//! Feature pair `i` of `n` turns by `10000^(-i / n)` from one position to the next. Its sine and cosine are
//! computed by the compiler; those of a position follow from the one before by one rotation, in f64, so that no pass
//! calls into a library of functions. The rounding errors of many rotations stay below 1e-12 for
//! thousands of positions.

use super::super::lanes::{read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// How many pairs are turned at a time.
const PAIRS: usize = 8;
/// The number from whose powers the angles are made (Vaswani et al. 2017).
const LN_BASE: f64 = 9.210_340_371_976_184; // ln(10000)

/// A cosine and a sine.
pub(crate) type Turn = [f64; 2];

/// By what each of `pairs` pairs turns from one position to the next, in the first places of an array of `N`.
pub(crate) const fn turns<const N: usize>(pairs: usize) -> [Turn; N] {
    let mut turns = [[1.0, 0.0]; N];
    let mut i = 0;
    while i < pairs {
        turns[i] = cos_sin(exp(-LN_BASE * (i as f64) / (pairs as f64)));
        i += 1;
    }
    turns
}

/// `exp(x)` for `x` between -20 and 0.
const fn exp(x: f64) -> f64 {
    // x = r - halvings * ln(2), with ln(2) in two parts.
    let halvings = (-x * core::f64::consts::LOG2_E + 0.5) as u32;
    let r = (x + halvings as f64 * 0.693_147_180_369_123_8)
        + halvings as f64 * 1.908_214_929_270_587_7e-10;
    let (mut sum, mut term) = (1.0, 1.0);
    let mut n = 1;
    while n < 20 {
        sum = 1.0 + sum * r / (20 - n) as f64;
        n += 1;
    }
    let mut i = 0;
    while i < halvings {
        term *= 0.5;
        i += 1;
    }
    sum * term
}

/// Cosine and sine of an angle between 0 and 1.
const fn cos_sin(angle: f64) -> Turn {
    let square = angle * angle;
    let (mut cos, mut sin) = (1.0, 1.0);
    let mut n = 12;
    while n > 0 {
        cos = 1.0 - cos * square / ((2 * n - 1) * (2 * n)) as f64;
        sin = 1.0 - sin * square / ((2 * n) * (2 * n + 1)) as f64;
        n -= 1;
    }
    [cos, sin * angle]
}

/// One turn after another.
#[inline(always)]
fn then([cos, sin]: Turn, [next_cos, next_sin]: Turn) -> Turn {
    [cos * next_cos - sin * next_sin, sin * next_cos + cos * next_sin]
}

/// Fills a table with a row for each position, of cosines and of sines of `turns.len()` pairs: those of pair `i` are
/// at `places(i)` of the row, which is as long as both together.
///
/// # Panics
/// If the table has no whole number of rows.
#[inline(always)]
pub(crate) fn fill_table<T: Float>(
    turns: &[Turn],
    table: &mut [T],
    places: impl Fn(usize) -> [usize; 2],
) {
    let row = 2 * turns.len();
    if row == 0 {
        return;
    }
    assert!(table.len().is_multiple_of(row));
    for (chunk, turns) in turns.chunks(PAIRS).enumerate() {
        let mut step = [[1.0, 0.0]; PAIRS];
        step[..turns.len()].copy_from_slice(turns);
        let mut now = [[1.0, 0.0]; PAIRS];
        for row in table.chunks_exact_mut(row) {
            for (pair, now) in now.iter().enumerate().take(turns.len()) {
                let [cos, sin] = places(chunk * PAIRS + pair);
                row[cos] = T::from_f64(now[0]);
                row[sin] = T::from_f64(now[1]);
            }
            for (now, step) in now.iter_mut().zip(step) {
                *now = then(*now, step);
            }
        }
    }
}

/// The row of such a table for one position, by squaring.
#[inline(always)]
pub(crate) fn fill_row<T: Float>(
    turns: &[Turn],
    position: usize,
    row: &mut [T],
    places: impl Fn(usize) -> [usize; 2],
) {
    for (pair, &turn) in turns.iter().enumerate() {
        let (mut now, mut power, mut left) = ([1.0, 0.0], turn, position);
        while left > 0 {
            if left % 2 == 1 {
                now = then(now, power);
            }
            power = then(power, power);
            left /= 2;
        }
        let [cos, sin] = places(pair);
        row[cos] = T::from_f64(now[0]);
        row[sin] = T::from_f64(now[1]);
    }
}

/// Where [`rotate`] finds the cosine and sine of a pair: first all cosines, then all sines.
#[inline(always)]
pub(crate) fn halves(pairs: usize) -> impl Fn(usize) -> [usize; 2] {
    move |pair| [pair, pairs + pair]
}

/// Turns each of the heads in `features` by the angles of a table's row, or back if `forward` is false. Feature `i` of
/// the first half of a head is turned with feature `i` of the second half.
#[inline(always)]
pub(crate) fn rotate<T: Float, I: InstructionSet>(
    instructions: I,
    features: &mut [T],
    row: &[T],
    forward: bool,
) {
    Rotate { features, row, forward }.call(instructions);
}

/// [`rotate`].
struct Rotate<'a, T> {
    features: &'a mut [T],
    row: &'a [T],
    forward: bool,
}

compiled_here!(Rotate<'a, T>);

impl<T: Float> Kernel for Rotate<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { features, row, forward } = self;
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let pairs = row.len() / 2;
        for at in (0..pairs).step_by(lanes) {
            let count = lanes.min(pairs - at);
            let cos: T::Vector<I> = read(row, at, count);
            let sin: T::Vector<I> = read(row, pairs + at, count);
            let sin = if forward { sin } else { -sin };
            for head in features.chunks_exact_mut(row.len()) {
                let x: T::Vector<I> = read(head, at, count);
                let y: T::Vector<I> = read(head, pairs + at, count);
                write(x.mul_add(cos, -(y * sin)), head, at, count);
                write(y.mul_add(cos, x * sin), head, pairs + at, count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::Baseline;

    #[test]
    fn turns_are_those_of_the_functions() {
        for pairs in [1, 2, 7, 32, 500] {
            let turns = turns::<500>(pairs);
            for (i, [cos, sin]) in turns[..pairs].iter().enumerate() {
                let angle = 10_000f64.powf(-(i as f64) / pairs as f64);
                assert!((cos - angle.cos()).abs() < 3e-16, "{cos} {}", angle.cos());
                assert!((sin - angle.sin()).abs() < 3e-15 * sin, "{sin} {}", angle.sin());
            }
        }
    }

    #[test]
    fn a_table_holds_sines_and_cosines() {
        const PAIRS: usize = 11;
        const TURNS: [Turn; PAIRS] = turns(PAIRS);
        let mut table = [0.0f64; 3000 * 2 * PAIRS];
        fill_table(&TURNS, &mut table, halves(PAIRS));
        let mut one = [0.0; 2 * PAIRS];
        for (position, row) in table.chunks_exact(2 * PAIRS).enumerate() {
            fill_row(&TURNS, position, &mut one, halves(PAIRS));
            for i in 0..PAIRS {
                let angle = position as f64 * 10_000f64.powf(-(i as f64) / PAIRS as f64);
                assert!((row[i] - angle.cos()).abs() < 1e-12, "{position} {i}");
                assert!((row[PAIRS + i] - angle.sin()).abs() < 1e-12, "{position} {i}");
                assert!((row[i] - one[i]).abs() < 1e-12);
                assert!((row[PAIRS + i] - one[PAIRS + i]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn rotated_and_back() {
        const TURNS: [Turn; 2] = turns(2);
        let mut row = [0.0f64; 4];
        fill_row(&TURNS, 3, &mut row, halves(2));
        let mut x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        rotate(Baseline, &mut x, &row, true);
        let (c, s) = (3f64.cos(), 3f64.sin());
        assert!((x[0] - (c - 3.0 * s)).abs() < 1e-14 && (x[2] - (3.0 * c + s)).abs() < 1e-14);
        let (c, s) = (0.03f64.cos(), 0.03f64.sin());
        assert!((x[5] - (6.0 * c - 8.0 * s)).abs() < 1e-14);
        rotate(Baseline, &mut x, &row, false);
        for (i, x) in x.into_iter().enumerate() {
            assert!((x - (i + 1) as f64).abs() < 1e-14);
        }
    }
}
