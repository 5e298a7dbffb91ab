//! Copies between images, planes and runs.

use super::geometry::{Geometry, smaller};
use crate::scalar::Float;
use crate::simd::Vector;

/// Copies `rows` rows of `count` values.
///
/// # Safety
/// The rows can be read and written, and do not overlap.
#[inline(always)]
pub(super) unsafe fn copy_rows<T: Float, V: Vector<T>>(
    [rows, count]: [usize; 2],
    source: *const T,
    source_stride: usize,
    target: *mut T,
    target_stride: usize,
) {
    for row in 0..rows {
        // SAFETY: the caller promises the rows.
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
/// The pointers are valid for the sizes and do not overlap.
#[inline(always)]
pub(super) unsafe fn fill<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    image: *const T,
    planes: *mut T,
) {
    // SAFETY: the caller promises it; the image is only read.
    unsafe { copy::<T, V, true>(geometry, image.cast_mut(), planes) }
}

/// Copies the planes of one sample into its image, whose values that are in no plane stay as they are.
///
/// # Safety
/// The pointers are valid for the sizes and do not overlap.
#[inline(always)]
pub(super) unsafe fn gather<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    planes: *const T,
    image: *mut T,
) {
    // SAFETY: the caller promises it; the planes are only read.
    unsafe { copy::<T, V, false>(geometry, image, planes.cast_mut()) }
}

/// Copies all that image and planes have in common, one way or the other.
///
/// # Safety
/// The pointers are valid for the sizes and do not overlap; what is not written may be a `const`.
#[inline(always)]
unsafe fn copy<T: Float, V: Vector<T>, const INTO_PLANES: bool>(
    geometry: &Geometry,
    image: *mut T,
    planes: *mut T,
) {
    let ([height, width], [row_phases, column_phases]) = (geometry.plane(), geometry.phases());
    let ([rows, columns], [row_step, step]) = (geometry.image, geometry.stride);
    let padding = geometry.padding[1];
    for channel in 0..geometry.groups * geometry.inputs {
        for y in 0..rows {
            let padded = y + geometry.padding[0];
            let (row_phase, row) = (padded % row_step, padded / row_step);
            if row_phase >= row_phases || row >= height {
                continue;
            }
            for column_phase in 0..column_phases {
                // The first column of the image that has a place in this plane.
                let first = (column_phase + step - padding % step) % step;
                let place = (first + padding) / step;
                if first >= columns || place >= width {
                    continue;
                }
                let count = smaller((columns - first).div_ceil(step), width - place);
                let phase = row_phase * column_phases + column_phase;
                // SAFETY: `first` and `place` are inside of a row, and so are `count` values from there.
                unsafe {
                    let image = image.add((channel * rows + y) * columns + first);
                    let planes = planes
                        .add(channel * geometry.channel() + (phase * height + row) * width + place);
                    match (INTO_PLANES, step) {
                        (true, 1) => copy_rows::<T, V>([1, count], image, 0, planes, 0),
                        (false, 1) => copy_rows::<T, V>([1, count], planes, 0, image, 0),
                        (true, _) => {
                            for i in 0..count {
                                *planes.add(i) = *image.add(i * step);
                            }
                        }
                        (false, _) => {
                            for i in 0..count {
                                *image.add(i * step) = *planes.add(i);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Copies the result of one sample into runs, whose gaps become zero.
///
/// # Safety
/// The pointers are valid for the sizes and do not overlap.
#[inline(always)]
pub(super) unsafe fn spread<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    result: *const T,
    runs: *mut T,
) {
    let [rows, columns] = geometry.result;
    let width = geometry.plane()[1];
    for channel in 0..geometry.groups * geometry.outputs {
        // SAFETY: the rows lie in the run, and the gaps between them.
        unsafe {
            let (result, run) =
                (result.add(channel * rows * columns), runs.add(channel * geometry.run()));
            copy_rows::<T, V>([rows, columns], result, columns, run, width);
            for row in 1..rows {
                for gap in columns..width {
                    *run.add((row - 1) * width + gap) = T::ZERO;
                }
            }
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
    // SAFETY: the caller promises it.
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
        let mut sum = V::zero();
        // SAFETY: the caller promises it.
        unsafe {
            for sample in 0..samples {
                let values = values.add((sample * channels + channel) * len);
                let mut i = 0;
                while len - i >= V::LANES {
                    sum = sum + V::load_pointer(values.add(i));
                    i += V::LANES;
                }
                if i < len {
                    sum = sum + V::load_partial_pointer(values.add(i), len - i);
                }
            }
            *sums.add(channel) += sum.sum();
        }
    }
}
