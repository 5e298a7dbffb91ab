//! Planes of another size: the means of bins, and larger planes.

use super::Windows;
use crate::scalar::Float;

/// The values that bin `index` of `bins` takes of `len`: bins overlap where they do not divide it.
#[inline(always)]
fn bin(index: usize, bins: usize, len: usize) -> core::ops::Range<usize> {
    index * len / bins..((index + 1) * len).div_ceil(bins)
}

#[inline(always)]
pub(super) fn adaptive<T: Float>(windows: &Windows, input: &[T], output: &mut [T]) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        for row in 0..rows {
            let source_rows = bin(row, rows, height);
            for column in 0..columns {
                let range = bin(column, columns, width);
                let factor = T::from_f64(1.0 / (source_rows.len() * range.len()) as f64);
                let mut sum = T::ZERO;
                for source in source_rows.clone() {
                    for &value in &plane[source * width..][range.clone()] {
                        sum += value;
                    }
                }
                result[row * columns + column] = sum * factor;
            }
        }
    }
}

#[inline(always)]
pub(super) fn adaptive_backward<T: Float>(windows: &Windows, d_output: &[T], d_input: &mut [T]) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let planes = d_input.chunks_exact_mut(windows.image_len());
    for (d_plane, d_result) in planes.zip(d_output.chunks_exact(windows.result_len())) {
        d_plane.fill(T::ZERO);
        for row in 0..rows {
            let target_rows = bin(row, rows, height);
            for column in 0..columns {
                let range = bin(column, columns, width);
                let factor = T::from_f64(1.0 / (target_rows.len() * range.len()) as f64);
                let share = d_result[row * columns + column] * factor;
                for target in target_rows.clone() {
                    for value in &mut d_plane[target * width..][range.clone()] {
                        *value += share;
                    }
                }
            }
        }
    }
}

/// Between which two values of `len` an output of `outputs` lies, and how near it is to the second.
#[inline(always)]
fn between<T: Float>(output: usize, outputs: usize, len: usize) -> (usize, usize, T) {
    let place = (output as f64 + 0.5) * (len as f64 / outputs as f64) - 0.5;
    let place = if place > 0.0 { place } else { 0.0 };
    let first = place as usize;
    let second = (first + 1).min(len - 1);
    (first, second, T::from_f64(place - first as f64))
}

#[inline(always)]
pub(super) fn upsample<T: Float>(
    windows: &Windows,
    is_linear: bool,
    input: &[T],
    output: &mut [T],
) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        for (row, result) in result.chunks_exact_mut(columns).enumerate() {
            if !is_linear {
                let source = &plane[row * height / rows * width..][..width];
                for (values, &value) in result.chunks_exact_mut(columns / width).zip(source) {
                    values.fill(value);
                }
                continue;
            }
            let (above, below, down) = between::<T>(row, rows, height);
            let (above, below) =
                (&plane[above * width..][..width], &plane[below * width..][..width]);
            for (column, value) in result.iter_mut().enumerate() {
                let (left, right, across) = between::<T>(column, columns, width);
                let upper = above[left] + (above[right] - above[left]) * across;
                let lower = below[left] + (below[right] - below[left]) * across;
                *value = upper + (lower - upper) * down;
            }
        }
    }
}

#[inline(always)]
pub(super) fn upsample_backward<T: Float>(
    windows: &Windows,
    is_linear: bool,
    d_output: &[T],
    d_input: &mut [T],
) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let planes = d_input.chunks_exact_mut(windows.image_len());
    for (d_plane, d_result) in planes.zip(d_output.chunks_exact(windows.result_len())) {
        d_plane.fill(T::ZERO);
        for (row, d_result) in d_result.chunks_exact(columns).enumerate() {
            if !is_linear {
                let target = &mut d_plane[row * height / rows * width..][..width];
                for (target, values) in
                    target.iter_mut().zip(d_result.chunks_exact(columns / width))
                {
                    for &value in values {
                        *target += value;
                    }
                }
                continue;
            }
            let (above, below, down) = between::<T>(row, rows, height);
            for (column, &value) in d_result.iter().enumerate() {
                let (left, right, across) = between::<T>(column, columns, width);
                let (upper, lower) = (value * (T::ONE - down), value * down);
                d_plane[above * width + left] += upper * (T::ONE - across);
                d_plane[above * width + right] += upper * across;
                d_plane[below * width + left] += lower * (T::ONE - across);
                d_plane[below * width + right] += lower * across;
            }
        }
    }
}
