//! Vectors of which only the first lanes hold values, as they are at the end of a run of values.

use crate::scalar::Float;
pub(crate) use crate::simd::MOST_LANES;
use crate::simd::Vector;

/// So many values at most are read and written as pairs and single ones.
const FEW: usize = 4;

/// The `count` values from `start` on; the other lanes are zero.
#[inline(always)]
pub(crate) fn read<T: Float, V: Vector<T>>(values: &[T], start: usize, count: usize) -> V {
    assert!(count <= V::LANES);
    let values = &values[start..][..count];
    // SAFETY: there are so many values, which are `LANES` at most.
    unsafe { read_pointer(values.as_ptr(), count) }
}

/// The same of a pointer.
///
/// # Safety
/// `count` values can be read from `source`, and are `LANES` at most.
#[inline(always)]
pub(crate) unsafe fn read_pointer<T: Float, V: Vector<T>>(source: *const T, count: usize) -> V {
    // SAFETY: the caller promises as many values as each of them reads.
    unsafe {
        if count == V::LANES {
            V::load_pointer(source)
        } else if count <= FEW && FEW <= V::LANES {
            V::load_few_pointer(source, count)
        } else {
            V::load_partial_pointer(source, count)
        }
    }
}

/// Writes the first `count` lanes to the values from `start` on.
#[inline(always)]
pub(crate) fn write<T: Float, V: Vector<T>>(
    vector: V,
    values: &mut [T],
    start: usize,
    count: usize,
) {
    if count == V::LANES {
        vector.store(&mut values[start..]);
    } else if count <= FEW && FEW <= V::LANES {
        let values = &mut values[start..][..count];
        // SAFETY: there is room for so many values.
        unsafe { vector.store_few_pointer(values.as_mut_ptr(), count) };
    } else {
        vector.store_partial(&mut values[start..], count);
    }
}

/// Fewer values than this are not worth a vector.
pub(crate) const SHORTEST_VECTOR: usize = 4;

/// The sum of products of as many values.
#[inline(always)]
pub(crate) fn dot<T: Float, V: Vector<T>>(left: &[T], right: &[T]) -> T {
    if left.len() < SHORTEST_VECTOR {
        return left.iter().zip(right).fold(T::ZERO, |sum, (&left, &right)| sum + left * right);
    }
    let mut sum = V::zero();
    for start in (0..left.len()).step_by(V::LANES) {
        let count = V::LANES.min(left.len() - start);
        sum = read::<T, V>(left, start, count).mul_add(read(right, start, count), sum);
    }
    sum.sum()
}

/// The vector in the first `count` lanes, zero in the others.
#[inline(always)]
pub(crate) fn only_first<T: Float, V: Vector<T>>(count: usize, vector: V) -> V {
    if count == V::LANES { vector } else { V::select(first::<T, V>(count), vector, V::zero()) }
}

/// True in the first `count` lanes.
#[inline(always)]
pub(crate) fn first<T: Float, V: Vector<T>>(count: usize) -> V::Mask {
    V::splat(T::from_usize(count)).greater(V::load(&indices()))
}

/// The number of each lane.
#[inline(always)]
pub(crate) fn indices<T: Float>() -> [T; MOST_LANES] {
    let mut indices = [T::ZERO; MOST_LANES];
    let mut i = 0;
    while i < MOST_LANES {
        indices[i] = T::from_usize(i);
        i += 1;
    }
    indices
}
