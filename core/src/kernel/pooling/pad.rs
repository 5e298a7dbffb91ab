//! Values around planes.

use super::Windows;
use crate::scalar::Float;

/// What stands around a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Zeros.
    Zeros,
    /// The values of the plane as a mirror at its edge shows them, without those at the edge.
    Reflect,
    /// The nearest value of the plane.
    Replicate,
}

/// Which value of a plane stands at a place of the larger one along an axis. `None` for zero.
#[inline(always)]
fn source(windows: &Windows, border: Border, axis: usize, place: usize) -> Option<usize> {
    let (before, len) = (windows.padding[axis], windows.image[axis]);
    match (place.checked_sub(before), border) {
        (Some(inside), _) if inside < len => Some(inside),
        (_, Border::Zeros) => None,
        (None, Border::Reflect) => Some(before - place),
        (Some(behind), Border::Reflect) => Some(2 * (len - 1) - behind),
        (None, Border::Replicate) => Some(0),
        (Some(_), Border::Replicate) => Some(len - 1),
    }
}

#[inline(always)]
pub(super) fn forward<T: Float>(windows: &Windows, border: Border, input: &[T], output: &mut [T]) {
    let ([_, width], [_, columns], [_, before]) = (windows.image, windows.result, windows.padding);
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        for (row, result) in result.chunks_exact_mut(columns).enumerate() {
            let Some(row) = source(windows, border, 0, row) else {
                result.fill(T::ZERO);
                continue;
            };
            let values = &plane[row * width..][..width];
            let value =
                |column| source(windows, border, 1, column).map_or(T::ZERO, |at| values[at]);
            let (front, rest) = result.split_at_mut(before);
            let (middle, behind) = rest.split_at_mut(width);
            for (column, result) in front.iter_mut().enumerate() {
                *result = value(column);
            }
            middle.copy_from_slice(values);
            for (column, result) in behind.iter_mut().enumerate() {
                *result = value(before + width + column);
            }
        }
    }
}

#[inline(always)]
pub(super) fn backward<T: Float>(
    windows: &Windows,
    border: Border,
    d_output: &[T],
    d_input: &mut [T],
) {
    let ([_, width], [_, columns], [_, before]) = (windows.image, windows.result, windows.padding);
    let planes = d_input.chunks_exact_mut(windows.image_len());
    for (d_plane, d_result) in planes.zip(d_output.chunks_exact(windows.result_len())) {
        d_plane.fill(T::ZERO);
        for (row, d_result) in d_result.chunks_exact(columns).enumerate() {
            let Some(row) = source(windows, border, 0, row) else { continue };
            let d_values = &mut d_plane[row * width..][..width];
            for (sum, &value) in d_values.iter_mut().zip(&d_result[before..]) {
                *sum += value;
            }
            if border == Border::Zeros {
                continue;
            }
            for column in (0..before).chain(before + width..columns) {
                if let Some(at) = source(windows, border, 1, column) {
                    d_values[at] += d_result[column];
                }
            }
        }
    }
}
