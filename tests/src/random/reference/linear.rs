//! Layers whose outputs are sums of products with the input: each is a list of these products.

use static_net::nalgebra::DMatrix;

use super::super::declaration::call::{Between, Border, Kind, Window, planes};
use super::super::declaration::plan::{Factor, Layer, Term};

pub(super) fn forward(layer: &Layer, own: &[f64], x: &DMatrix<f64>) -> DMatrix<f64> {
    let outputs = layer.output.iter().product();
    let mut y = DMatrix::zeros(outputs, x.ncols());
    for sample in 0..x.ncols() {
        visit(layer, x.column(sample).as_slice(), |term| {
            let value = term.input.map_or(1.0, |input| x[(input, sample)]);
            y[(term.output, sample)] += term.factor.value(own) * value;
        });
    }
    y
}

pub(super) fn backward(
    layer: &Layer,
    own: &[f64],
    x: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    let mut gradient = vec![0.0; own.len()];
    let mut d_x = DMatrix::zeros(x.nrows(), x.ncols());
    for sample in 0..x.ncols() {
        visit(layer, x.column(sample).as_slice(), |term| {
            let d = d_y[(term.output, sample)];
            if let Factor::Parameter(position) = term.factor {
                gradient[position] += d * term.input.map_or(1.0, |input| x[(input, sample)]);
            }
            if let Some(input) = term.input {
                d_x[(input, sample)] += d * term.factor.value(own);
            }
        });
    }
    (gradient, d_x)
}

/// Which input is the largest of each window, where a layer chooses.
pub(super) fn largest(layer: &Layer, x: &DMatrix<f64>) -> Vec<usize> {
    let mut places = Vec::new();
    let chooses = matches!(
        layer.kind,
        Kind::MaxPool(_) | Kind::GlobalMaxPool | Kind::AdaptiveMaxPool(_) | Kind::MaxOverTime
    );
    if chooses {
        for sample in x.column_iter() {
            visit(layer, sample.as_slice(), |term| places.extend(term.input));
        }
    }
    places
}

impl Factor {
    fn value(self, own: &[f64]) -> f64 {
        match self {
            Factor::Number(number) => number,
            Factor::Parameter(position) => own[position],
        }
    }
}

fn visit(layer: &Layer, x: &[f64], mut with: impl FnMut(Term)) {
    match &layer.kind {
        Kind::MaxPool(window) => max_pool(layer, *window, x, &mut with),
        Kind::GlobalMaxPool => {
            let [_, height, width] = planes(&layer.input);
            let kernel = [height, width];
            let window = Window {
                kernel,
                stride: [1, 1],
                padding: [0, 0],
                dilation: [1, 1],
                rounds_up: false,
            };
            max_pool(layer, window, x, &mut with);
        }
        Kind::AdaptiveMaxPool(_) => {
            let (input, output) = (planes(&layer.input), planes(&layer.output));
            each(output, |to, at| {
                let [rows, columns] = [1, 2].map(|axis| bin(at[axis], output[axis], input[axis]));
                let places = rows.flat_map(|row| {
                    columns.clone().map(move |column| position(input, [at[0], row, column]))
                });
                with(largest_of(places, x, to));
            });
        }
        Kind::MaxOverTime => {
            let [length, features] = [layer.input[0], layer.input[1]];
            for to in 0..features {
                with(largest_of((0..length).map(|step| step * features + to), x, to));
            }
        }
        _ => layer.sum.get_or_init(|| sum(layer)).iter().for_each(|term| with(*term)),
    }
}

/// The sizes of a shape with planes, of which `[channels]` has one value each.
fn sizes(shape: &[usize]) -> [usize; 3] {
    if let [channels] = shape { [*channels, 1, 1] } else { planes(shape) }
}

/// Calls a function with each channel, row and column, and their position.
fn each(shape: [usize; 3], mut with: impl FnMut(usize, [usize; 3])) {
    let [channels, height, width] = shape;
    for channel in 0..channels {
        for row in 0..height {
            for column in 0..width {
                let at = [channel, row, column];
                with(position(shape, at), at);
            }
        }
    }
}

fn position([_, height, width]: [usize; 3], [channel, row, column]: [usize; 3]) -> usize {
    (channel * height + row) * width + column
}

/// Where a place of a window lies, unless that is in the padding.
fn inside(
    window: &Window,
    [_, height, width]: [usize; 3],
    [row, column]: [usize; 2],
    [y, x]: [usize; 2],
) -> Option<[usize; 2]> {
    let row = (row * window.stride[0] + y * window.dilation[0]).checked_sub(window.padding[0])?;
    let column =
        (column * window.stride[1] + x * window.dilation[1]).checked_sub(window.padding[1])?;
    (row < height && column < width).then_some([row, column])
}

fn max_pool(layer: &Layer, window: Window, values: &[f64], with: &mut impl FnMut(Term)) {
    let input = planes(&layer.input);
    each(sizes(&layer.output), |output, [channel, row, column]| {
        let mut largest: Option<usize> = None;
        for y in 0..window.kernel[0] {
            for x in 0..window.kernel[1] {
                let Some([row, column]) = inside(&window, input, [row, column], [y, x]) else {
                    continue;
                };
                let found = position(input, [channel, row, column]);
                if largest.is_none_or(|largest| values[found] > values[largest]) {
                    largest = Some(found);
                }
            }
        }
        with(Term { output, input: largest, factor: Factor::Number(1.0) });
    });
}

/// The first largest of values at these places.
fn largest_of(places: impl Iterator<Item = usize>, values: &[f64], output: usize) -> Term {
    let largest = places.reduce(|largest, place| match values[place] > values[largest] {
        true => place,
        false => largest,
    });
    Term { output, input: largest, factor: Factor::Number(1.0) }
}

/// Which values of so many are in a bin.
fn bin(index: usize, bins: usize, size: usize) -> std::ops::Range<usize> {
    index * size / bins..((index + 1) * size).div_ceil(bins)
}

/// All products of a layer.
fn sum(layer: &Layer) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut add = |output, input, factor| terms.push(Term { output, input, factor });
    match &layer.kind {
        Kind::Conv { out, window, groups, bias, .. } => {
            let (input, output) = (planes(&layer.input), planes(&layer.output));
            let [height, width] = window.kernel;
            let (ins, outs) = (input[0] / groups, out / groups);
            each(output, |position_out, [channel, row, column]| {
                for i in 0..ins {
                    each([1, height, width], |_, [_, y, x]| {
                        let Some(at) = inside(window, input, [row, column], [y, x]) else { return };
                        let from = position(input, [channel / outs * ins + i, at[0], at[1]]);
                        let weight = ((channel * ins + i) * width + x) * height + y;
                        add(position_out, Some(from), Factor::Parameter(weight));
                    });
                }
                if *bias {
                    let weights = out * ins * height * width;
                    add(position_out, None, Factor::Parameter(weights + channel));
                }
            });
        }
        Kind::ConvTranspose { out, window, groups, bias, .. } => {
            let (input, output) = (planes(&layer.input), planes(&layer.output));
            let [height, width] = window.kernel;
            let (ins, outs) = (input[0] / groups, out / groups);
            each(input, |from, [channel, row, column]| {
                for o in 0..outs {
                    each([1, height, width], |_, [_, y, x]| {
                        let Some(at) = inside(window, output, [row, column], [y, x]) else {
                            return;
                        };
                        let to = position(output, [channel / ins * outs + o, at[0], at[1]]);
                        let weight = ((channel * outs + o) * width + x) * height + y;
                        add(to, Some(from), Factor::Parameter(weight));
                    });
                }
            });
            if *bias {
                let weights = input[0] * outs * height * width;
                each(output, |to, [channel, ..]| {
                    add(to, None, Factor::Parameter(weights + channel));
                });
            }
        }
        Kind::AvgPool(window, counts_padding) => {
            let input = planes(&layer.input);
            let [height, width] = window.kernel;
            each(planes(&layer.output), |to, [channel, row, column]| {
                let mut found = Vec::new();
                each([1, height, width], |_, [_, y, x]| {
                    found.extend(inside(window, input, [row, column], [y, x]));
                });
                let count = match *counts_padding {
                    // What lies behind the padding does not count.
                    true => [0, 1]
                        .map(|axis| {
                            let start = [row, column][axis] * window.stride[axis];
                            let end = input[axis + 1] + 2 * window.padding[axis];
                            (start + window.kernel[axis]).min(end) - start
                        })
                        .iter()
                        .product(),
                    false => found.len(),
                };
                for [row, column] in found {
                    let from = position(input, [channel, row, column]);
                    add(to, Some(from), Factor::Number(1.0 / count as f64));
                }
            });
        }
        Kind::GlobalAvgPool | Kind::AdaptiveAvgPool(_) => {
            let (input, output) = (planes(&layer.input), sizes(&layer.output));
            each(output, |to, at| {
                let bins = [1, 2].map(|axis| bin(at[axis], output[axis], input[axis]));
                let count = (bins[0].len() * bins[1].len()) as f64;
                for row in bins[0].clone() {
                    for column in bins[1].clone() {
                        let from = position(input, [at[0], row, column]);
                        add(to, Some(from), Factor::Number(1.0 / count));
                    }
                }
            });
        }
        Kind::Upsample(factor, how) => {
            let input = planes(&layer.input);
            each(planes(&layer.output), |to, at| {
                let [rows, columns] = [0, 1].map(|axis| {
                    let (size, place) = (input[axis + 1], at[axis + 1]);
                    match how {
                        Between::Nearest => vec![(place / factor[axis], 1.0)],
                        _ => between(place, factor[axis], size, *how == Between::Corners),
                    }
                });
                for (row, part) in rows {
                    for (column, share) in &columns {
                        let from = position(input, [at[0], row, *column]);
                        add(to, Some(from), Factor::Number(part * share));
                    }
                }
            });
        }
        Kind::Pad(before, _, border) => {
            let input = planes(&layer.input);
            each(planes(&layer.output), |to, at| {
                let places = [0, 1].map(|axis| {
                    let (place, size) = (at[axis + 1] as isize, input[axis + 1] as isize);
                    let place = place - before[axis] as isize;
                    let place = match border {
                        Border::Zeros => place,
                        Border::Reflect if place < 0 => -place,
                        Border::Reflect if place >= size => 2 * size - 2 - place,
                        Border::Reflect => place,
                        Border::Replicate => place.clamp(0, size - 1),
                    };
                    (0..size).contains(&place).then_some(place as usize)
                });
                if let [Some(row), Some(column)] = places {
                    let from = position(input, [at[0], row, column]);
                    add(to, Some(from), Factor::Number(1.0));
                }
            });
        }
        Kind::Slice { start, axis, .. } => {
            let mut input = [1; 3];
            input[..layer.input.len()].copy_from_slice(&layer.input);
            let mut output = [1; 3];
            output[..layer.output.len()].copy_from_slice(&layer.output);
            each(output, |to, mut at| {
                at[*axis] += start;
                add(to, Some(position(input, at)), Factor::Number(1.0));
            });
        }
        Kind::Permute(axes) => {
            // Padded in front with axes of one value.
            let pad = 3 - axes.len();
            let mut input = [1; 3];
            input[pad..].copy_from_slice(&layer.input);
            let mut output = [1; 3];
            output[pad..].copy_from_slice(&layer.output);
            each(output, |to, at| {
                let mut from = [0; 3];
                for (axis, &source) in axes.iter().enumerate() {
                    from[pad + source] = at[pad + axis];
                }
                add(to, Some(position(input, from)), Factor::Number(1.0));
            });
        }
        Kind::TakeLast => {
            let [length, features] = [layer.input[0], layer.input[1]];
            for to in 0..features {
                add(to, Some((length - 1) * features + to), Factor::Number(1.0));
            }
        }
        Kind::MeanOverTime => {
            let [length, features] = [layer.input[0], layer.input[1]];
            for from in 0..length * features {
                add(from % features, Some(from), Factor::Number(1.0 / length as f64));
            }
        }
        kind => unreachable!("{kind:?} is no sum of products"),
    }
    terms
}

/// Which values an interpolated one lies between, and their shares. Values stand in the middle of their pixels, or the
/// first and the last where those of the larger plane stand.
fn between(place: usize, factor: usize, size: usize, is_aligned: bool) -> Vec<(usize, f64)> {
    let source = match (is_aligned, factor * size) {
        (true, 1) => 0.0,
        (true, outputs) => (place * (size - 1)) as f64 / (outputs - 1) as f64,
        (false, _) => ((place as f64 + 0.5) / factor as f64 - 0.5).max(0.0),
    };
    let first = source.floor() as usize;
    let share = source - first as f64;
    vec![(first, 1.0 - share), ((first + 1).min(size - 1), share)]
}
