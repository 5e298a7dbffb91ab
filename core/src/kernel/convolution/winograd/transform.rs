//! The transforms of weights, images and results, with a channel in each lane.

use super::super::broadcast::{transpose, transpose_back};
use super::super::geometry::{Geometry, smaller};
use super::sizes::{CHANNELS_AT_ONCE, PLACES, Tiles};
use crate::kernel::product::pack::pack_transposed;
use crate::scalar::Float;
use crate::simd::{MOST_LANES, Vector};

/// The place of a tile whose product is added to all four values with factor one.
pub(super) const BIASED: usize = 5;

/// Writes `G w G^T` of all windows, in panels.
///
/// # Safety
/// `weight` can be read for all weights of this geometry, which can be tiled, and `tiles` was made for it.
#[inline(always)]
pub(super) unsafe fn transform_weights<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    weight: *const T,
    tiles: Tiles<T>,
) {
    let &Geometry { inputs, outputs, .. } = geometry;
    let panel = 2 * V::LANES;
    let mut output = 0;
    while output < outputs {
        let rows = smaller(panel, outputs - output);
        let mut input = 0;
        while input < inputs {
            let count = smaller(CHANNELS_AT_ONCE, inputs - input);
            // SAFETY: `rows` outputs and `count` inputs are left. `tiles.windows` has room for a panel of the widest
            // vectors and as many inputs, `tiles.weights` for whole panels of outputs at each place.
            unsafe {
                pack_transposed::<T, V>(
                    rows,
                    count * 9,
                    weight.add((output * inputs + input) * 9),
                    inputs * 9,
                    tiles.windows,
                );
                let target = tiles.weights.add(output * inputs + input * panel);
                for i in 0..count {
                    // Of a last panel there may be one vector.
                    for half in (0..rows).step_by(V::LANES) {
                        let source = tiles.windows.add(i * 9 * panel + half);
                        let target = target.add(i * panel + half);
                        window::<T, V>(source, panel, target, geometry.tiled_weights());
                    }
                }
            }
            input += count;
        }
        output += panel;
    }
}

/// `G w G^T` of one window, whose values lie `step` apart, column by column.
///
/// # Safety
/// Nine vectors can be read, `step` apart, and sixteen written, `place_step` apart.
#[inline(always)]
unsafe fn window<T: Float, V: Vector<T>>(
    source: *const T,
    step: usize,
    target: *mut T,
    place_step: usize,
) {
    let half = V::splat(T::from_f64(0.5));
    let apply = |[a, b, c]: [V; 3]| {
        let outer = (a + c) * half;
        let inner = b * half;
        [a, outer + inner, outer - inner, c]
    };
    let mut columns = [[V::zero(); 4]; 3];
    for (x, column) in columns.iter_mut().enumerate() {
        let mut values = [V::zero(); 3];
        for (y, value) in values.iter_mut().enumerate() {
            // SAFETY: `x * 3 + y` is less than the nine vectors that the caller promises.
            *value = unsafe { V::load_pointer(source.add((x * 3 + y) * step)) };
        }
        *column = apply(values);
    }
    let [left, middle, right] = columns;
    for y in 0..4 {
        for (x, value) in apply([left[y], middle[y], right[y]]).into_iter().enumerate() {
            // SAFETY: `y * 4 + x` is less than the sixteen vectors that the caller promises.
            unsafe { value.store_pointer(target.add((y * 4 + x) * place_step)) };
        }
    }
}

/// Writes the image of one sample into the plane, whose border stays as it is.
///
/// # Safety
/// `image` can be read for one sample of this geometry, which can be tiled, and `plane` is that of its tiles.
#[inline(always)]
pub(super) unsafe fn fill<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    image: *const T,
    plane: *mut T,
) {
    let ([height, width], [top, left]) = (geometry.tiled_extent(), geometry.padding);
    let rows = smaller(geometry.image[0], height.saturating_sub(top));
    let columns = smaller(geometry.image[1], width.saturating_sub(left));
    let stride = geometry.padded_inputs();
    for row in 0..rows {
        // SAFETY: `row` and all columns before `columns` are in the image, and behind the padding in the plane, which
        // has whole vectors of channels at each place.
        unsafe {
            transpose::<T, V>(
                [geometry.inputs, columns],
                image.add(row * geometry.image[1]),
                geometry.image_len(),
                plane.add(((top + row) * width + left) * stride),
                stride,
            );
        }
    }
}

/// Writes `B^T d B` of the tiles of some rows, from tile `first` on.
///
/// # Safety
/// The geometry has `rows` rows of tiles from `row` on, and `tiles` was made for it, with room from tile `first` on for
/// all of them.
#[inline(always)]
pub(super) unsafe fn transform_inputs<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    tiles: Tiles<T>,
    [row, rows]: [usize; 2],
    first: usize,
) {
    let columns = geometry.tile_counts()[1];
    let stride = geometry.padded_inputs();
    let line = geometry.tiled_extent()[1] * stride;
    let place_step = geometry.tiled_inputs();
    let apply = |[a, b, c, d]: [V; 4]| [a - c, b + c, c - b, b - d];
    for tile_row in 0..rows {
        let mut channel = 0;
        while channel < geometry.inputs {
            // SAFETY: a tile is four by four values of the plane, from twice its row and column on; the plane has two
            // rows and columns more than twice those of tiles. Both it and the transform have whole vectors of
            // channels.
            unsafe {
                let plane = tiles.plane.add(2 * (row + tile_row) * line + channel);
                let column = |x: usize| {
                    let source = plane.add(x * stride);
                    apply([
                        V::load_pointer(source),
                        V::load_pointer(source.add(line)),
                        V::load_pointer(source.add(2 * line)),
                        V::load_pointer(source.add(3 * line)),
                    ])
                };
                let mut target = tiles.inputs.add((first + tile_row * columns) * stride + channel);
                // Neighbouring tiles have two columns in common.
                let (mut a, mut b) = (column(0), column(1));
                for tile in 0..columns {
                    let (c, d) = (column(2 * tile + 2), column(2 * tile + 3));
                    for y in 0..4 {
                        for (x, value) in apply([a[y], b[y], c[y], d[y]]).into_iter().enumerate() {
                            value.store_pointer(target.add((y * 4 + x) * place_step));
                        }
                    }
                    (a, b) = (c, d);
                    target = target.wrapping_add(stride);
                }
            }
            channel += V::LANES;
        }
    }
}

/// Writes `A^T m A` of the tiles of some rows, of which the first is tile `first`, into the columns.
///
/// # Safety
/// The geometry has `rows` rows of tiles from `row` on, and `tiles` was made for it, with products from tile `first` on
/// of all of them.
#[inline(always)]
pub(super) unsafe fn transform_outputs<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    tiles: Tiles<T>,
    [row, rows]: [usize; 2],
    first: usize,
) {
    let columns = geometry.tile_counts()[1];
    let [height, width] = geometry.result;
    let stride = geometry.padded_outputs(MOST_LANES);
    let place_step = geometry.tiled_outputs();
    let apply = |[a, b, c, d]: [V; 4]| [a + b + c, b - c - d];
    for tile_row in 0..rows {
        let y = 2 * (row + tile_row);
        for tile in 0..columns {
            let x = 2 * tile;
            let source = (first + tile_row * columns + tile) * geometry.outputs;
            let mut channel = 0;
            while channel < geometry.outputs {
                // SAFETY: products are read up to a vector behind those of the last tile, for which each place has
                // room. Of the four values of a tile only those are written that the result has, and `tiles.columns`
                // has whole vectors of channels for each.
                unsafe {
                    let source = tiles.outputs.add(source + channel);
                    let mut lines = [[V::zero(); 2]; 4];
                    for (line, sums) in lines.iter_mut().enumerate() {
                        let at = |place: usize| {
                            V::load_pointer(source.add((line * 4 + place) * place_step))
                        };
                        *sums = apply([at(0), at(1), at(2), at(3)]);
                    }
                    let target = tiles.columns.add((y * width + x) * stride + channel);
                    for right in 0..smaller(2, width - x) {
                        let [upper, lower] = apply(lines.map(|line| line[right]));
                        upper.store_pointer(target.add(right * stride));
                        if y + 1 < height {
                            lower.store_pointer(target.add((width + right) * stride));
                        }
                    }
                }
                channel += V::LANES;
            }
        }
    }
}

/// Writes the result of one sample.
///
/// # Safety
/// `columns` is that of tiles of this geometry, and `result` can be written for one sample and does not overlap with
/// it.
#[inline(always)]
pub(super) unsafe fn unload<T: Float, V: Vector<T>>(
    geometry: &Geometry,
    columns: *const T,
    result: *mut T,
) {
    let len = geometry.result_len();
    let stride = geometry.padded_outputs(MOST_LANES);
    // SAFETY: columns of tiles have `stride` channels, of which `outputs` are read, for each of `len` values, as the
    // caller promises; a sample of the result has `outputs` times `len`.
    unsafe {
        transpose_back::<T, V, false>([geometry.outputs, len], columns, stride, result, len);
    }
}

const _: () = assert!(PLACES == 4 * 4);
