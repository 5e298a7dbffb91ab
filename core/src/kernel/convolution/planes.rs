//! Copies between images, planes and runs.

use super::geometry::{Geometry, smaller};
use crate::scalar::Float;
use crate::simd::Vector;

/// Copies `rows` rows of `count` values.
///
/// # Safety
/// `rows` rows of `count` values can be read and written, each as far apart as its stride, and do not overlap.
#[inline(always)]
pub(super) unsafe fn copy_rows<T: Float, V: Vector<T>>(
    [rows, count]: [usize; 2],
    source: *const T,
    source_stride: usize,
    target: *mut T,
    target_stride: usize,
) {
    for row in 0..rows {
        // SAFETY: the caller promises `count` values of this row on both sides; whole vectors end with the last of
        // them.
        unsafe {
            let (source, target) =
                (source.add(row * source_stride), target.add(row * target_stride));
            let mut i = 0;
            while count - i >= V::LANES {
                V::load_pointer(source.add(i)).store_pointer(target.add(i));
                i += V::LANES;
            }
            if i < count {
                V::load_partial_pointer(source.add(i), count - i)
                    .store_partial_pointer(target.add(i), count - i);
            }
        }
    }
}

/// Copies the image of one sample into planes, whose other values stay as they are.
///
/// # Safety
/// `image` can be read and `planes` written for one sample of this geometry, and do not overlap.
#[inline(always)]
pub(super) unsafe fn fill<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    image: *const T,
    planes: *mut T,
) {
    // SAFETY: the caller promises one sample of both, and the image is only read.
    unsafe { copy::<T, V, true>(geometry, image.cast_mut(), planes) }
}

/// Copies the planes of one sample into its image, whose values that are in no plane stay as they are.
///
/// # Safety
/// `planes` can be read and `image` written for one sample of this geometry, and do not overlap.
#[inline(always)]
pub(super) unsafe fn gather<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    planes: *const T,
    image: *mut T,
) {
    // SAFETY: the caller promises one sample of both, and the planes are only read.
    unsafe { copy::<T, V, false>(geometry, image, planes.cast_mut()) }
}

/// Copies all that image and planes have in common, one way or the other.
///
/// # Safety
/// Image and planes are valid for one sample of this geometry, to be written where they are copied to and else to be
/// read, and do not overlap.
#[inline(always)]
unsafe fn copy<T: Float, V: Vector<T>, const INTO_PLANES: bool>(
    geometry: &Geometry,
    image: *mut T,
    planes: *mut T,
) {
    let ([height, width], [row_phases, column_phases]) = (geometry.plane(), geometry.phases());
    let ([rows, columns], [row_step, step]) = (geometry.image, geometry.stride);
    for row_phase in 0..row_phases {
        let (first_row, row_place) = first(row_phase, row_step, geometry.padding[0]);
        let row_count = count(rows, first_row, row_step, height, row_place);
        for column_phase in 0..column_phases {
            let (first_column, place) = first(column_phase, step, geometry.padding[1]);
            let count = count(columns, first_column, step, width, place);
            if row_count == 0 || count == 0 {
                continue;
            }
            let plane = (row_phase * column_phases + column_phase) * height + row_place;
            for channel in 0..geometry.groups * geometry.inputs {
                // SAFETY: from `first_row` and `first_column` on the image has `row_count` rows and `count` columns, a
                // stride apart, and so has the plane of these phases from its places on: `count` took what both have.
                unsafe {
                    let image = image.add((channel * rows + first_row) * columns + first_column);
                    let planes = planes.add(channel * geometry.channel() + plane * width + place);
                    let image_row = row_step * columns;
                    if step == 1 {
                        let size = [row_count, count];
                        if INTO_PLANES {
                            copy_rows::<T, V>(size, image, image_row, planes, width);
                        } else {
                            copy_rows::<T, V>(size, planes, width, image, image_row);
                        }
                        continue;
                    }
                    for row in 0..row_count {
                        let (image, planes) = (image.add(row * image_row), planes.add(row * width));
                        for i in 0..count {
                            if INTO_PLANES {
                                *planes.add(i) = *image.add(i * step);
                            } else {
                                *image.add(i * step) = *planes.add(i);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The first row or column of an image that is in the plane of a phase, and its place there.
#[inline(always)]
fn first(phase: usize, step: usize, padding: usize) -> (usize, usize) {
    let first = (phase + step - padding % step) % step;
    (first, (first + padding) / step)
}

/// How many rows or columns image and plane have in common.
#[inline(always)]
fn count(len: usize, first: usize, step: usize, plane: usize, place: usize) -> usize {
    smaller(len.saturating_sub(first).div_ceil(step), plane.saturating_sub(place))
}

/// Copies the result of one sample into runs, whose gaps become zero.
///
/// # Safety
/// `result` can be read and `runs` written for one sample of this geometry, and do not overlap.
#[inline(always)]
pub(super) unsafe fn spread<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    result: *const T,
    runs: *mut T,
) {
    let [rows, columns] = geometry.result;
    let width = geometry.plane()[1];
    for channel in 0..geometry.groups * geometry.outputs {
        // SAFETY: a run is `width` values for each row of the result but the last, of which it has `columns`, so the
        // rows lie in it, and a gap behind each but the last.
        unsafe {
            let (result, run) =
                (result.add(channel * rows * columns), runs.add(channel * geometry.run_len()));
            copy_rows::<T, V>([rows, columns], result, columns, run, width);
            for row in 1..rows {
                for gap in columns..width {
                    *run.add((row - 1) * width + gap) = T::ZERO;
                }
            }
        }
    }
}

/// Copies the runs of one sample into its result, without their gaps.
///
/// # Safety
/// `runs` can be read and `result` written for one sample of this geometry, and do not overlap.
#[inline(always)]
pub(super) unsafe fn close<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    runs: *const T,
    result: *mut T,
) {
    let [rows, columns] = geometry.result;
    let width = geometry.plane()[1];
    for channel in 0..geometry.groups * geometry.outputs {
        // SAFETY: a run is `width` values for each row of the result but the last, of which it has `columns`, so the
        // rows lie in it.
        unsafe {
            let (run, result) =
                (runs.add(channel * geometry.run_len()), result.add(channel * rows * columns));
            copy_rows::<T, V>([rows, columns], run, width, result, columns);
        }
    }
}

/// Sets values.
///
/// # Safety
/// `count` values can be written.
#[inline(always)]
pub(super) unsafe fn set<T: Float, V: Vector<T>>(target: *mut T, count: usize, value: T) {
    let mut i = 0;
    // SAFETY: the caller promises `count` values, of which `count - i` are left, less than a vector at the end.
    unsafe {
        while count - i >= V::LANES {
            V::splat(value).store_pointer(target.add(i));
            i += V::LANES;
        }
        V::splat(value).store_partial_pointer(target.add(i), count - i);
    }
}

/// Adds the values of each of `channels` runs of `len` values, of all samples, to `sums`.
///
/// # Safety
/// `samples * channels * len` values can be read, `channels` written.
#[inline(always)]
pub(super) unsafe fn add_up<T: Float, V: Vector<T>>(
    [samples, channels, len]: [usize; 3],
    values: *const T,
    sums: *mut T,
) {
    for channel in 0..channels {
        // Several sums, so that additions need not wait for each other.
        let mut partial = [V::zero(); 4];
        // SAFETY: the caller promises `len` values of each channel of each sample, of which `len - i` are left, and a
        // sum for each channel.
        unsafe {
            for sample in 0..samples {
                let values = values.add((sample * channels + channel) * len);
                let mut i = 0;
                while len - i >= 4 * V::LANES {
                    for (vector, sum) in partial.iter_mut().enumerate() {
                        *sum = *sum + V::load_pointer(values.add(i + vector * V::LANES));
                    }
                    i += 4 * V::LANES;
                }
                while i < len {
                    let count = smaller(V::LANES, len - i);
                    partial[0] = partial[0] + V::load_partial_pointer(values.add(i), count);
                    i += count;
                }
            }
            let sum = (partial[0] + partial[1]) + (partial[2] + partial[3]);
            *sums.add(channel) += sum.sum();
        }
    }
}
