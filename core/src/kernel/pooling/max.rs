//! The largest value of each window.

use super::Windows;
use crate::scalar::Float;

/// Whether a window of two by two moves by two: each value then is in one window at most.
fn is_two_by_two(windows: &Windows) -> bool {
    windows.kernel == [2, 2]
        && windows.stride == [2, 2]
        && windows.padding == [0, 0]
        && windows.dilation == [1, 1]
}

/// The larger value; a NaN counts as larger than anything, as in PyTorch.
#[inline(always)]
fn larger<T: Float>(left: T, right: T) -> T {
    // Written so that it becomes a comparison and a selection.
    if right > left || right != right { right } else { left }
}

#[inline(always)]
pub(super) fn forward<T: Float>(windows: &Windows, input: &[T], output: &mut [T]) {
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        if is_two_by_two(windows) {
            forward_two_by_two(windows, plane, result);
        } else {
            forward_plane(windows, plane, result);
        }
    }
}

#[inline(always)]
fn forward_two_by_two<T: Float>(windows: &Windows, plane: &[T], result: &mut [T]) {
    let rows = plane.chunks_exact(2 * windows.image[1]);
    for (rows, result) in rows.zip(result.chunks_exact_mut(windows.result[1])) {
        let (upper, lower) = rows.split_at(windows.image[1]);
        let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        for (([a, b], [c, d]), largest) in pairs.zip(result) {
            *largest = larger(larger(larger(*a, *b), *c), *d);
        }
    }
}

#[inline(always)]
fn forward_plane<T: Float>(windows: &Windows, plane: &[T], result: &mut [T]) {
    let [width, columns] = [windows.image[1], windows.result[1]];
    result.fill(T::from_f64(f64::NEG_INFINITY));
    for y in 0..windows.kernel[0] {
        let (rows, first_row) = windows.reach(0, y);
        for x in 0..windows.kernel[1] {
            let (range, first) = windows.reach(1, x);
            for (index, row) in rows.clone().enumerate() {
                let source = &plane[(first_row + index * windows.stride[0]) * width..][..width];
                let target = &mut result[row * columns..][range.clone()];
                let stride = windows.stride[1];
                if stride == 1 {
                    for (target, &source) in target.iter_mut().zip(&source[first..]) {
                        *target = larger(*target, source);
                    }
                } else {
                    let values = source.iter().skip(first).step_by(stride);
                    for (target, &source) in target.iter_mut().zip(values) {
                        *target = larger(*target, source);
                    }
                }
            }
        }
    }
}

#[inline(always)]
pub(super) fn backward<T: Float>(
    windows: &Windows,
    input: &[T],
    output: &[T],
    d_output: &mut [T],
    d_input: &mut [T],
) {
    let (image, result) = (windows.image_len(), windows.result_len());
    let planes = input.chunks_exact(image).zip(d_input.chunks_exact_mut(image));
    let results = output.chunks_exact(result).zip(d_output.chunks_exact_mut(result));
    for ((plane, d_plane), (result, d_result)) in planes.zip(results) {
        if is_two_by_two(windows) {
            backward_two_by_two(windows, plane, result, d_result, d_plane);
        } else {
            backward_plane(windows, plane, result, d_result, d_plane);
        }
    }
}

/// Whether a value is the one that its window gave.
#[inline(always)]
fn is_it<T: Float>(value: T, largest: T) -> bool {
    value == largest || (value != value && largest != largest)
}

#[inline(always)]
fn backward_two_by_two<T: Float>(
    windows: &Windows,
    plane: &[T],
    result: &[T],
    d_result: &mut [T],
    d_plane: &mut [T],
) {
    let (width, columns) = (windows.image[1], windows.result[1]);
    for row in 0..windows.image[0] {
        let source = &plane[row * width..][..width];
        let target = &mut d_plane[row * width..][..width];
        let window_row = row / 2;
        if window_row >= windows.result[0] {
            target.fill(T::ZERO);
            continue;
        }
        let largest = &result[window_row * columns..][..columns];
        let left = &mut d_result[window_row * columns..][..columns];
        let pairs = source.as_chunks::<2>().0.iter();
        let (target_pairs, rest) = target.as_chunks_mut::<2>();
        for (((pair, target), &largest), left) in
            pairs.zip(target_pairs).zip(largest).zip(&mut *left)
        {
            let first = if is_it(pair[0], largest) { *left } else { T::ZERO };
            // What is given to one value of the window is not left for another.
            let behind = if is_it(pair[0], largest) { T::ZERO } else { *left };
            let second = if is_it(pair[1], largest) { behind } else { T::ZERO };
            *left = if is_it(pair[1], largest) { T::ZERO } else { behind };
            *target = [first, second];
        }
        rest.fill(T::ZERO);
    }
}

#[inline(always)]
fn backward_plane<T: Float>(
    windows: &Windows,
    plane: &[T],
    result: &[T],
    d_result: &mut [T],
    d_plane: &mut [T],
) {
    let [width, columns] = [windows.image[1], windows.result[1]];
    d_plane.fill(T::ZERO);
    for y in 0..windows.kernel[0] {
        let (rows, first_row) = windows.reach(0, y);
        for x in 0..windows.kernel[1] {
            let (range, first) = windows.reach(1, x);
            for (index, row) in rows.clone().enumerate() {
                let start = (first_row + index * windows.stride[0]) * width;
                let largest = &result[row * columns..][range.clone()];
                let left = &mut d_result[row * columns..][range.clone()];
                for (offset, (left, &largest)) in left.iter_mut().zip(largest).enumerate() {
                    let place = start + first + offset * windows.stride[1];
                    if is_it(plane[place], largest) {
                        d_plane[place] += *left;
                        *left = T::ZERO;
                    }
                }
            }
        }
    }
}
