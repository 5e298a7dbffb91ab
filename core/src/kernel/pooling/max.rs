//! The largest value of each window.

use super::Windows;
use crate::scalar::Float;
use crate::simd::MOST_LANES;

/// Whether a window of two by two moves by two inside the plane: each value then is in one window at most.
fn is_two_by_two(windows: &Windows) -> bool {
    windows.kernel == [2, 2]
        && windows.stride == [2, 2]
        && windows.padding == [0, 0]
        && windows.dilation == [1, 1]
        && windows.image[0] >= 2 * windows.result[0]
        && windows.image[1] >= 2 * windows.result[1]
}

/// Whether the window is the whole plane, so that there is one output.
fn is_whole(windows: &Windows) -> bool {
    windows.kernel == windows.image && windows.padding == [0, 0] && windows.dilation == [1, 1]
}

/// The larger value; a NaN counts as larger than anything, as in PyTorch.
#[inline(always)]
pub(super) fn larger<T: Float>(left: T, right: T) -> T {
    // Without `||`, which would be a branch that random values mispredict.
    if (right > left) | right.is_nan() { right } else { left }
}

#[inline(always)]
pub(super) fn forward<T: Float>(windows: &Windows, input: &[T], output: &mut [T]) {
    let planes = input.chunks_exact(windows.image_len());
    for (plane, result) in planes.zip(output.chunks_exact_mut(windows.result_len())) {
        if is_two_by_two(windows) {
            forward_two_by_two(windows, plane, result);
        } else if is_whole(windows) {
            result[0] = largest(plane);
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

/// The largest of all values, in lanes that do not wait for each other.
#[inline(always)]
fn largest<T: Float>(plane: &[T]) -> T {
    let mut lanes = [T::from_f64(f64::NEG_INFINITY); MOST_LANES];
    let (chunks, rest) = plane.as_chunks::<MOST_LANES>();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = larger(*lane, value);
        }
    }
    rest.iter().chain(&lanes).fold(lanes[0], |left, &right| larger(left, right))
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
        } else if is_whole(windows) {
            d_plane.fill(T::ZERO);
            if let Some(place) = plane.iter().position(|&value| is_it(value, result[0])) {
                d_plane[place] = d_result[0];
            }
        } else {
            backward_plane(windows, plane, result, d_result, d_plane);
        }
    }
}

/// Whether a value is the one that its window gave.
#[inline(always)]
pub(super) fn is_it<T: Float>(value: T, largest: T) -> bool {
    (value == largest) | (value.is_nan() & largest.is_nan())
}

#[inline(always)]
fn backward_two_by_two<T: Float>(
    windows: &Windows,
    plane: &[T],
    result: &[T],
    d_result: &[T],
    d_plane: &mut [T],
) {
    let (width, columns) = (windows.image[1], windows.result[1]);
    let (covered, below) = d_plane.split_at_mut(2 * windows.result[0] * width);
    below.fill(T::ZERO);
    let rows = plane.chunks_exact(2 * width).zip(covered.chunks_exact_mut(2 * width));
    let results = result.chunks_exact(columns).zip(d_result.chunks_exact(columns));
    for ((rows, d_rows), (largest, d_largest)) in rows.zip(results) {
        let (upper, lower) = rows.split_at(width);
        let (d_upper, d_lower) = d_rows.split_at_mut(width);
        let (d_upper, right) = d_upper.as_chunks_mut::<2>();
        right.fill(T::ZERO);
        let (d_lower, right) = d_lower.as_chunks_mut::<2>();
        right.fill(T::ZERO);
        let values = [upper.as_chunks::<2>().0, lower.as_chunks::<2>().0];
        match columns {
            8.. => give::<T, 8>(values, largest, d_largest, d_upper, d_lower),
            4.. => give::<T, 4>(values, largest, d_largest, d_upper, d_lower),
            _ => give::<T, 1>(values, largest, d_largest, d_upper, d_lower),
        }
    }
}

/// Gives the gradient of each window in a row of windows to the first of its values that is the largest.
///
/// Rows of small images are too short for the loops that the compiler makes of plain ones; blocks of a
/// fixed size are not. The last block goes back over windows that are done, which writes the same again.
#[inline(always)]
fn give<T: Float, const BLOCK: usize>(
    [upper, lower]: [&[[T; 2]]; 2],
    largest: &[T],
    d_largest: &[T],
    d_upper: &mut [[T; 2]],
    d_lower: &mut [[T; 2]],
) {
    let mut next = 0;
    while next < largest.len() {
        let start = next.min(largest.len() - BLOCK);
        let block = start..start + BLOCK;
        let (upper, lower) = (&upper[block.clone()], &lower[block.clone()]);
        let (largest, d_largest) = (&largest[block.clone()], &d_largest[block.clone()]);
        let (mut first_row, mut second_row) = ([[T::ZERO; 2]; BLOCK], [[T::ZERO; 2]; BLOCK]);
        for window in 0..BLOCK {
            let ([a, b], [c, _], largest) = (upper[window], lower[window], largest[window]);
            // What is given to one value of the window is not left for another.
            let left = d_largest[window];
            let (to_a, left) = if is_it(a, largest) { (left, T::ZERO) } else { (T::ZERO, left) };
            let (to_b, left) = if is_it(b, largest) { (left, T::ZERO) } else { (T::ZERO, left) };
            let (to_c, to_d) = if is_it(c, largest) { (left, T::ZERO) } else { (T::ZERO, left) };
            first_row[window] = [to_a, to_b];
            second_row[window] = [to_c, to_d];
        }
        d_upper[block.clone()].copy_from_slice(&first_row);
        d_lower[block].copy_from_slice(&second_row);
        next += BLOCK;
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
                let (values, targets) = (&plane[start + first..], &mut d_plane[start + first..]);
                let results = left.iter_mut().zip(largest);
                if windows.stride[1] == 1 {
                    for ((left, &largest), (&value, target)) in
                        results.zip(values.iter().zip(targets))
                    {
                        take(value, largest, left, target);
                    }
                } else {
                    for (column, (left, &largest)) in results.enumerate() {
                        let place = column * windows.stride[1];
                        take(values[place], largest, left, &mut targets[place]);
                    }
                }
            }
        }
    }
}

/// Takes what is left of a window's gradient, where the value is the one that the window gave.
#[inline(always)]
fn take<T: Float>(value: T, largest: T, left: &mut T, target: &mut T) {
    let (taken, rest) = if is_it(value, largest) { (*left, T::ZERO) } else { (T::ZERO, *left) };
    *target += taken;
    *left = rest;
}
