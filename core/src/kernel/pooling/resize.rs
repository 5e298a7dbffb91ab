//! Larger planes.

use super::Windows;
use crate::scalar::Float;

/// Where outputs lie among the values of a plane, along an axis.
#[derive(Clone, Copy)]
struct Scale {
    len: usize,
    /// How far outputs are apart.
    step: f64,
    /// How far what is aligned at the corners, values or the edges of their pixels, lies in front of the first value.
    front: f64,
}

impl Scale {
    #[inline(always)]
    fn new(outputs: usize, len: usize, aligns_corners: bool) -> Self {
        let (step, front) = match aligns_corners {
            // One output lies on the first value.
            true => ((len - 1) as f64 / (outputs - 1).max(1) as f64, 0.0),
            false => (len as f64 / outputs as f64, 0.5),
        };
        Scale { len, step, front }
    }

    /// Between which two values an output lies, and how near it is to the second.
    #[inline(always)]
    fn between<T: Float>(&self, output: usize) -> (usize, usize, T) {
        let place = (output as f64 + self.front) * self.step - self.front;
        let place = if place > 0.0 { place } else { 0.0 };
        let first = (place as usize).min(self.len - 1);
        let second = (first + 1).min(self.len - 1);
        (first, second, T::from_f64(place - first as f64))
    }
}

#[inline(always)]
pub(super) fn upsample<T: Float>(
    windows: &Windows,
    is_linear: bool,
    aligns_corners: bool,
    input: &[T],
    output: &mut [T],
) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let [down_rows, across_columns] =
        [0, 1].map(|axis| Scale::new(windows.result[axis], windows.image[axis], aligns_corners));
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
            let (above, below, down) = down_rows.between::<T>(row);
            let (above, below) =
                (&plane[above * width..][..width], &plane[below * width..][..width]);
            for (column, value) in result.iter_mut().enumerate() {
                let (left, right, across) = across_columns.between::<T>(column);
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
    aligns_corners: bool,
    d_output: &[T],
    d_input: &mut [T],
) {
    let ([height, width], [rows, columns]) = (windows.image, windows.result);
    let [down_rows, across_columns] =
        [0, 1].map(|axis| Scale::new(windows.result[axis], windows.image[axis], aligns_corners));
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
            let (above, below, down) = down_rows.between::<T>(row);
            for (column, &value) in d_result.iter().enumerate() {
                let (left, right, across) = across_columns.between::<T>(column);
                let (upper, lower) = (value * (T::ONE - down), value * down);
                d_plane[above * width + left] += upper * (T::ONE - across);
                d_plane[above * width + right] += upper * across;
                d_plane[below * width + left] += lower * (T::ONE - across);
                d_plane[below * width + right] += lower * across;
            }
        }
    }
}
