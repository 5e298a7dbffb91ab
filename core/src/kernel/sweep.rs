//! The loop of all that is computed value by value: one pass over slices that reads some, changes others and adds up
//! as it goes.

use super::lanes::{first, read, read_pointer, write};
use crate::scalar::Float;
use crate::simd::Vector;

/// How many vectors are under way at a time, so that a sum need not wait for the one before it.
pub(crate) const CHAINS: usize = 4;

/// What a pass does with a vector of each slice.
///
/// A trait, since a closure is not sure to be compiled for the kernel's instruction set.
pub(crate) trait Sweep<T: Float, const SOURCES: usize, const TARGETS: usize, const SUMS: usize> {
    /// Whether several vectors are computed at a time, as sums and short functions want it. Else one by one, so that a
    /// long function stands in the code only twice.
    const IS_CHAINED: bool = true;

    /// The new values of the targets, and the sums with what these values add to them.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(
        &self,
        sources: [V; SOURCES],
        targets: [V; TARGETS],
        sums: [V; SUMS],
    ) -> ([V; TARGETS], [V; SUMS]);
}

/// Partial sums of a pass: one for each lane of each chain.
pub(crate) type Partial<V, const SUMS: usize> = [[V; SUMS]; CHAINS];

/// Sums of nothing.
#[inline(always)]
pub(crate) fn nothing<T: Float, V: Vector<T>, const SUMS: usize>() -> Partial<V, SUMS> {
    [[V::zero(); SUMS]; CHAINS]
}

/// The sums over all lanes and chains.
#[inline(always)]
pub(crate) fn total<T: Float, V: Vector<T>, const SUMS: usize>(
    partial: Partial<V, SUMS>,
) -> [T; SUMS] {
    let mut totals = [T::ZERO; SUMS];
    for (i, total) in totals.iter_mut().enumerate() {
        *total = ((partial[0][i] + partial[1][i]) + (partial[2][i] + partial[3][i])).sum();
    }
    totals
}

/// Runs a pass over slices of `len` values.
///
/// # Panics
/// If a slice has another length.
#[inline(always)]
pub(crate) fn sweep<T, V, F, const SOURCES: usize, const TARGETS: usize, const SUMS: usize>(
    function: &F,
    len: usize,
    sources: [&[T]; SOURCES],
    mut targets: [&mut [T]; TARGETS],
    partial: &mut Partial<V, SUMS>,
) where
    T: Float,
    V: Vector<T>,
    F: Sweep<T, SOURCES, TARGETS, SUMS>,
{
    for source in &sources {
        assert!(source.len() == len);
    }
    for target in &targets {
        assert!(target.len() == len);
    }
    let sources = sources.map(<[T]>::as_ptr);
    let pointers = targets.each_mut().map(|target| target.as_mut_ptr());
    let mut i = 0;
    if const { !F::IS_CHAINED } {
        while i + V::LANES <= len {
            // SAFETY: all slices hold a vector from `i` on.
            unsafe { step(function, i, sources, pointers, &mut partial[0]) };
            i += V::LANES;
        }
    }
    while const { F::IS_CHAINED } && i + CHAINS * V::LANES <= len {
        for (chain, sums) in partial.iter_mut().enumerate() {
            // SAFETY: all slices hold the `CHAINS` vectors from `i` on.
            unsafe { step(function, i + chain * V::LANES, sources, pointers, sums) };
        }
        i += CHAINS * V::LANES;
    }
    // Rows are often a whole number of rounds, and short: what follows would look four times whether there is more.
    if i == len {
        return;
    }
    // Each in a chain of its own: short rows end here.
    for sums in partial.iter_mut().take(if const { F::IS_CHAINED } { CHAINS - 1 } else { 0 }) {
        if i + V::LANES <= len {
            // SAFETY: all slices hold a vector from `i` on.
            unsafe { step(function, i, sources, pointers, sums) };
            i += V::LANES;
        }
    }
    let count = len - i;
    if count > 0 {
        let mut values = [V::zero(); SOURCES];
        for (value, source) in values.iter_mut().zip(sources) {
            // SAFETY: all slices hold `count` values from `i` on, fewer than a vector.
            *value = unsafe { read_pointer(source.add(i), count) };
        }
        let mut old = [V::zero(); TARGETS];
        for (old, target) in old.iter_mut().zip(&targets) {
            *old = read(target, i, count);
        }
        let (new, sums) = function.apply(values, old, partial[CHAINS - 1]);
        for (new, target) in new.into_iter().zip(&mut targets) {
            write(new, target, i, count);
        }
        for (sum, new) in partial[CHAINS - 1].iter_mut().zip(sums) {
            *sum = V::select(first::<T, V>(count), new, *sum);
        }
    }
}

/// # Safety
/// A vector can be read from each source, and read from and written to each target, `i` values on.
#[inline(always)]
unsafe fn step<T, V, F, const SOURCES: usize, const TARGETS: usize, const SUMS: usize>(
    function: &F,
    i: usize,
    sources: [*const T; SOURCES],
    targets: [*mut T; TARGETS],
    sums: &mut [V; SUMS],
) where
    T: Float,
    V: Vector<T>,
    F: Sweep<T, SOURCES, TARGETS, SUMS>,
{
    let mut values = [V::zero(); SOURCES];
    let mut old = [V::zero(); TARGETS];
    // SAFETY: as the caller promises.
    unsafe {
        for (value, source) in values.iter_mut().zip(sources) {
            *value = V::load_pointer(source.add(i));
        }
        for (old, target) in old.iter_mut().zip(targets) {
            *old = V::load_pointer(target.add(i));
        }
        let (new, added) = function.apply(values, old, *sums);
        for (new, target) in new.into_iter().zip(targets) {
            new.store_pointer(target.add(i));
        }
        *sums = added;
    }
}
