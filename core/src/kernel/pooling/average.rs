//! The mean of each window.

use super::Windows;
use crate::scalar::Float;

/// How many values of a plane the windows of an output at `(row, column)` hold, and by what they are divided.
struct Divisor<'a> {
    windows: &'a Windows,
    includes_padding: bool,
}

impl Divisor<'_> {
    /// How many places of the window with this number count, along an axis: those inside the plane, or inside the
    /// plane and its padding.
    #[inline(always)]
    fn counted(&self, axis: usize, output: usize) -> usize {
        let windows = self.windows;
        let start = output * windows.stride[axis];
        let (from, to) = (windows.padding[axis], windows.padding[axis] + windows.image[axis]);
        let (from, to) = if self.includes_padding { (0, to + from) } else { (from, to) };
        (start + windows.kernel[axis]).min(to) - start.max(from)
    }

    /// Whether all places of all windows count. Those of the last may lie behind the padding.
    #[inline(always)]
    fn is_same(&self) -> bool {
        let is_full = |axis: usize| {
            self.counted(axis, self.windows.result[axis] - 1) == self.windows.kernel[axis]
        };
        self.includes_padding && is_full(0) && is_full(1)
    }

    /// Divides the value of each window by how many count.
    #[inline(always)]
    fn divide<T: Float>(&self, result: &mut [T]) {
        if self.is_same() {
            let factor =
                T::from_f64(1.0 / (self.windows.kernel[0] * self.windows.kernel[1]) as f64);
            for value in result {
                *value *= factor;
            }
            return;
        }
        for (row, result) in result.chunks_exact_mut(self.windows.result[1]).enumerate() {
            let height = self.counted(0, row);
            for (column, value) in result.iter_mut().enumerate() {
                *value *= T::from_f64(1.0 / (height * self.counted(1, column)) as f64);
            }
        }
    }
}

#[inline(always)]
pub(super) fn forward<T: Float>(
    windows: &Windows,
    includes_padding: bool,
    input: &[T],
    output: &mut [T],
) {
    let [width, columns] = [windows.image[1], windows.result[1]];
    let divisor = Divisor { windows, includes_padding };
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        result.fill(T::ZERO);
        for y in 0..windows.kernel[0] {
            let (rows, first_row) = windows.reach(0, y);
            for x in 0..windows.kernel[1] {
                let (range, first) = windows.reach(1, x);
                for (index, row) in rows.clone().enumerate() {
                    let start = (first_row + index * windows.stride[0]) * width;
                    let values = plane[start..start + width].iter().skip(first);
                    let target = &mut result[row * columns..][range.clone()];
                    for (target, &value) in target.iter_mut().zip(values.step_by(windows.stride[1]))
                    {
                        *target += value;
                    }
                }
            }
        }
        divisor.divide(result);
    }
}

#[inline(always)]
pub(super) fn backward<T: Float>(
    windows: &Windows,
    includes_padding: bool,
    d_output: &mut [T],
    d_input: &mut [T],
) {
    let [width, columns] = [windows.image[1], windows.result[1]];
    let divisor = Divisor { windows, includes_padding };
    let planes = d_input.chunks_exact_mut(windows.image_len());
    for (d_plane, d_result) in planes.zip(d_output.chunks_exact_mut(windows.result_len())) {
        d_plane.fill(T::ZERO);
        divisor.divide(d_result);
        for y in 0..windows.kernel[0] {
            let (rows, first_row) = windows.reach(0, y);
            for x in 0..windows.kernel[1] {
                let (range, first) = windows.reach(1, x);
                for (index, row) in rows.clone().enumerate() {
                    let start = (first_row + index * windows.stride[0]) * width;
                    let targets = d_plane[start..start + width].iter_mut().skip(first);
                    let source = &d_result[row * columns..][range.clone()];
                    for (target, &value) in targets.step_by(windows.stride[1]).zip(source) {
                        *target += value;
                    }
                }
            }
        }
    }
}
