//! What is fused with a convolution.

use core::marker::PhantomData;

use super::geometry::smaller;
use crate::kernel::Epilogue;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// Applies the epilogue to rows of values and stores them without gaps.
pub(super) struct Finish<T, E> {
    /// Channels, rows and columns.
    pub(super) sizes: [usize; 3],
    pub(super) source: *const T,
    /// From one channel to the next.
    pub(super) channel: usize,
    /// From one row to the next.
    pub(super) row: usize,
    /// The source itself, or memory that does not overlap with it.
    pub(super) target: *mut T,
    /// Gets the values before the epilogue; or null.
    pub(super) pre: *mut T,
    pub(super) epilogue: PhantomData<E>,
}

impl<T: Float, E: Epilogue<T>> Finish<T, E> {
    /// Values that lie where they belong, without gaps.
    pub(super) fn in_place(values: &mut [T], pre: *mut T) -> Self {
        Finish {
            sizes: [1, 1, values.len()],
            source: values.as_ptr(),
            channel: 0,
            row: 0,
            target: values.as_mut_ptr(),
            pre,
            epilogue: PhantomData,
        }
    }

    /// # Safety
    /// The pointers are valid for the sizes.
    #[inline(always)]
    pub(super) unsafe fn run<I: InstructionSet>(self, instructions: I) {
        let is_there = core::ptr::eq(self.source, self.target);
        if !(is_there && E::IS_IDENTITY && self.pre.is_null()) {
            instructions.outline(Rows(self));
        }
    }
}

/// Only [`Finish::run`] makes it, whose caller promises that the pointers are valid.
struct Rows<T, E>(Finish<T, E>);

impl<T: Float, E: Epilogue<T>> Kernel for Rows<T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Finish { sizes: [channels, rows, columns], source, target, pre, .. } = self.0;
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let mut place = 0;
        for channel in 0..channels {
            for row in 0..rows {
                let mut column = 0;
                while column < columns {
                    let count = smaller(lanes, columns - column);
                    // SAFETY: see `Rows`.
                    unsafe {
                        let source =
                            source.add(channel * self.0.channel + row * self.0.row + column);
                        let value = load::<T, T::Vector<I>>(source, count);
                        if !pre.is_null() {
                            store(value, pre.add(place), count);
                        }
                        store(E::apply(value), target.add(place), count);
                    }
                    column += count;
                    place += count;
                }
            }
        }
    }
}

/// # Safety
/// `count` values can be read.
#[inline(always)]
unsafe fn load<T: Float, V: Vector<T>>(source: *const T, count: usize) -> V {
    // SAFETY: the caller promises it.
    unsafe {
        if count == V::LANES {
            V::load_pointer(source)
        } else {
            V::load_partial_pointer(source, count)
        }
    }
}

/// # Safety
/// `count` values can be written.
#[inline(always)]
unsafe fn store<T: Float, V: Vector<T>>(value: V, target: *mut T, count: usize) {
    // SAFETY: the caller promises it.
    unsafe {
        if count == V::LANES {
            value.store_pointer(target);
        } else {
            value.store_partial_pointer(target, count);
        }
    }
}
