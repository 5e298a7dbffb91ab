//! Bins over planes, as many as there are outputs: their means and their largest values.

use super::Windows;
use super::max::{is_it, larger};
use crate::scalar::Float;

/// The values that bin `index` of `bins` takes of `len`: bins overlap where they do not divide it.
#[inline(always)]
fn bin(index: usize, bins: usize, len: usize) -> core::ops::Range<usize> {
    index * len / bins..((index + 1) * len).div_ceil(bins)
}

#[inline(always)]
pub(super) fn mean<T: Float>(windows: &Windows, input: &[T], output: &mut [T]) {
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
pub(super) fn mean_backward<T: Float>(windows: &Windows, d_output: &[T], d_input: &mut [T]) {
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

#[inline(always)]
pub(super) fn max<T: Float>(windows: &Windows, input: &[T], output: &mut [T]) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        for row in 0..rows {
            let source_rows = bin(row, rows, height);
            for column in 0..columns {
                let range = bin(column, columns, width);
                let mut largest = T::from_f64(f64::NEG_INFINITY);
                for source in source_rows.clone() {
                    for &value in &plane[source * width..][range.clone()] {
                        largest = larger(largest, value);
                    }
                }
                result[row * columns + column] = largest;
            }
        }
    }
}

#[inline(always)]
pub(super) fn max_backward<T: Float>(
    windows: &Windows,
    input: &[T],
    output: &[T],
    d_output: &[T],
    d_input: &mut [T],
) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let (image, result) = (windows.image_len(), windows.result_len());
    let planes = input.chunks_exact(image).zip(d_input.chunks_exact_mut(image));
    let results = output.chunks_exact(result).zip(d_output.chunks_exact(result));
    for ((plane, d_plane), (result, d_result)) in planes.zip(results) {
        d_plane.fill(T::ZERO);
        for row in 0..rows {
            let source_rows = bin(row, rows, height);
            for column in 0..columns {
                let range = bin(column, columns, width);
                let at = row * columns + column;
                let mut places = source_rows
                    .clone()
                    .flat_map(|source| range.clone().map(move |place| source * width + place));
                if let Some(place) = places.find(|&place| is_it(plane[place], result[at])) {
                    d_plane[place] += d_result[at];
                }
            }
        }
    }
}
