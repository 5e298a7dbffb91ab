//! Heap memory that starts on a cache line and is kept between calls.

use alloc::vec::Vec;

use crate::capacity;
use crate::scalar::Float;

const LINE_BYTES: usize = 64;

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; LINE_BYTES]);

/// A run of values on the heap that starts on a 64-byte boundary.
///
/// [`at_least`](Buffer::at_least) grows it and never shrinks it, so a training loop allocates on its
/// first step only.
pub struct Buffer<T> {
    lines: Vec<Line>,
    values: core::marker::PhantomData<T>,
}

impl<T: Float> Buffer<T> {
    /// An empty buffer. Allocates nothing.
    pub const fn new() -> Self {
        Buffer { lines: Vec::new(), values: core::marker::PhantomData }
    }

    /// The first `len` values, to be changed; grows the buffer where it is shorter. What they hold is
    /// left from earlier use, or zero.
    ///
    /// # Panics
    /// If no allocation can hold as many.
    #[track_caller]
    pub fn at_least(&mut self, len: usize) -> &mut [T] {
        let len = capacity::allocation::<T>(1, len, "a buffer");
        let lines = (len * size_of::<T>()).div_ceil(LINE_BYTES);
        if lines > self.lines.len() {
            self.lines.resize(lines, Line([0; LINE_BYTES]));
        }
        // SAFETY: `len` values are no more bytes than an allocation has, so `lines` whole lines hold them; they are
        // initialised bytes, every bit pattern of which is a value of f32 or f64 (`Float` is sealed), aligned to
        // 64 bytes.
        unsafe { core::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), len) }
    }

    /// The first `len` values, to be changed; grows nothing.
    ///
    /// # Panics
    /// If the buffer is shorter.
    #[inline]
    #[track_caller]
    pub(crate) fn first_mut(&mut self, len: usize) -> &mut [T] {
        let held = self.lines.len() * (LINE_BYTES / size_of::<T>());
        assert!(len <= held, "the buffer is too short: it holds {held} values, not {len}");
        // SAFETY: as in `at_least`; the length has just been checked.
        unsafe { core::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), len) }
    }

    /// The first `len` values.
    ///
    /// # Panics
    /// If the buffer is shorter.
    #[track_caller]
    pub fn first(&self, len: usize) -> &[T] {
        let held = self.lines.len() * LINE_BYTES / size_of::<T>();
        assert!(len <= held, "the buffer is too short: it holds {held} values, not {len}");
        // SAFETY: as in `at_least`; the length has just been checked.
        unsafe { core::slice::from_raw_parts(self.lines.as_ptr().cast(), len) }
    }
}

impl<T: Float> Default for Buffer<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Float> Clone for Buffer<T> {
    fn clone(&self) -> Self {
        Buffer { lines: self.lines.clone(), values: core::marker::PhantomData }
    }
}

impl<T> core::fmt::Debug for Buffer<T> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "Buffer({} bytes)", self.lines.len() * LINE_BYTES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_keeps() {
        let mut buffer = Buffer::<f32>::new();
        let values = buffer.at_least(20);
        assert_eq!(values, [0.0; 20]);
        assert_eq!(values.as_ptr() as usize % LINE_BYTES, 0);
        values[19] = 3.0;
        let start = values.as_ptr();
        assert_eq!(buffer.at_least(3).as_ptr(), start);
        assert_eq!(buffer.at_least(32)[19], 3.0);
        assert_eq!(buffer.first(20)[19], 3.0);
    }

    #[test]
    #[should_panic(expected = "too short")]
    fn reading_past_the_end_is_refused() {
        Buffer::<f64>::new().first(1);
    }

    #[test]
    #[should_panic(expected = "too short: it holds 16 values, not 4611686018427387905")]
    fn a_length_in_bytes_that_wraps_is_refused() {
        let mut buffer = Buffer::<f32>::new();
        buffer.at_least(1);
        buffer.first((1 << 62) + 1);
    }
}
