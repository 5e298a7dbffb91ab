//! Convolutions of drawn sizes against the definition, on every instruction set of this machine.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::*;
use crate::kernel::Identity;
use crate::simd::{Baseline, dispatch_each};

/// Sizes that fit together, and a description of them.
fn draw(rng: &mut StdRng) -> Geometry {
    loop {
        let groups = [1, 1, 1, 2, 5][rng.random_range(0..5)];
        let channels = [1, 2, 3, 4, 7, 8, 13, 16, 17, 33];
        let is_signal = rng.random_range(0..4) == 0;
        let mut geometry = Geometry {
            groups,
            inputs: channels[rng.random_range(0..if groups > 1 { 3 } else { 8 })],
            outputs: channels[rng.random_range(0..if groups > 1 { 3 } else { 10 })],
            image: [rng.random_range(1..11), rng.random_range(1..20)],
            result: [1, 1],
            kernel: [rng.random_range(1..5), rng.random_range(1..6)],
            stride: [rng.random_range(1..4), rng.random_range(1..4)],
            padding: [rng.random_range(0..4), rng.random_range(0..4)],
            dilation: [rng.random_range(1..3), rng.random_range(1..3)],
        };
        if rng.random::<bool>() {
            geometry.stride = [1, 1];
        }
        if rng.random_range(0..4) == 0 {
            geometry.padding = [0, 0];
        }
        if is_signal {
            (geometry.image[0], geometry.kernel[0]) = (1, 1);
            (geometry.stride[0], geometry.padding[0]) = (1, 0);
        }
        let mut fits = true;
        for axis in 0..2 {
            let extent = (geometry.kernel[axis] - 1) * geometry.dilation[axis] + 1;
            // Behind the image there may be other padding than before it.
            let behind = if is_signal && axis == 0 {
                0
            } else {
                rng.random_range(0..=geometry.padding[axis].max(extent - 1))
            };
            let padded = geometry.image[axis] + geometry.padding[axis] + behind;
            fits &= padded >= extent;
            geometry.result[axis] = padded.saturating_sub(extent) / geometry.stride[axis] + 1;
        }
        if fits {
            geometry.check(true);
            return geometry;
        }
    }
}

/// Sizes that can be computed by tiles, with more channels.
fn draw_tiled(rng: &mut StdRng) -> Geometry {
    let channels = [1, 3, 16, 17, 31, 33, 64, 70];
    let padding = [rng.random_range(0..4), rng.random_range(0..4)];
    let image: [usize; 2] = [rng.random_range(1..12), rng.random_range(1..20)];
    let padded: [usize; 2] = core::array::from_fn(|axis| {
        let behind = rng.random_range(0..=padding[axis].max(2));
        (image[axis] + padding[axis] + behind).max(3)
    });
    let geometry = Geometry {
        groups: 1,
        inputs: channels[rng.random_range(0..8)],
        outputs: channels[rng.random_range(0..8)],
        image,
        result: padded.map(|padded| padded - 2),
        kernel: [3, 3],
        stride: [1, 1],
        padding,
        dilation: [1, 1],
    };
    geometry.check(true);
    geometry
}

/// Calls `visit` for each product that a convolution sums up, with the places of result, weight and image.
fn each_product(geometry: &Geometry, mut visit: impl FnMut(usize, usize, usize)) {
    let &Geometry { groups, inputs, outputs, image, result, kernel, .. } = geometry;
    let place = |axis: usize, position: usize, tap: usize| {
        (position * geometry.stride[axis] + tap * geometry.dilation[axis])
            .checked_sub(geometry.padding[axis])
            .filter(|&place| place < image[axis])
    };
    for (output, input) in (0..groups * outputs).flat_map(|o| (0..inputs).map(move |i| (o, i))) {
        let channel = output / outputs * inputs + input;
        for (row, column) in (0..result[0]).flat_map(|y| (0..result[1]).map(move |x| (y, x))) {
            for (ky, kx) in (0..kernel[0]).flat_map(|y| (0..kernel[1]).map(move |x| (y, x))) {
                if let (Some(y), Some(x)) = (place(0, row, ky), place(1, column, kx)) {
                    visit(
                        (output * result[0] + row) * result[1] + column,
                        ((output * inputs + input) * kernel[1] + kx) * kernel[0] + ky,
                        (channel * image[0] + y) * image[1] + x,
                    );
                }
            }
        }
    }
}

/// All kernels on one batch.
struct Everything<'a, T> {
    geometry: &'a Geometry,
    weight: &'a [T],
    bias: &'a [T],
    image: &'a [T],
    result: &'a [T],
}

impl<T> Clone for Everything<'_, T> {
    fn clone(&self) -> Self {
        Everything { ..*self }
    }
}

impl<T: Float> Kernel for Everything<'_, T> {
    type Output = [Vec<T>; 5];
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> [Vec<T>; 5] {
        let Self { geometry, weight, bias, image, result } = self;
        // What is read without having been written shows.
        let nan = |len: usize| vec![T::from_f64(f64::NAN); len];
        let outputs = geometry.groups * geometry.outputs;
        let convolved_by = |method| {
            let (mut convolved, mut pre) = (nan(result.len()), nan(result.len()));
            convolve_by::<T, I, Identity>(
                method,
                instructions,
                geometry,
                weight,
                &bias[..outputs],
                image,
                &mut convolved,
                Some(&mut pre),
                &mut nan(geometry.method_scratch(method)),
            );
            assert!(convolved == pre);
            convolved
        };
        let convolved = convolved_by(Method::Direct);
        let tiled = convolved_by(match geometry.can_be_tiled() {
            true => Method::Tiled,
            false => geometry.method(),
        });
        let mut transposed = nan(image.len());
        convolve_transposed::<T, I, Identity>(
            instructions,
            geometry,
            weight,
            &bias[..geometry.groups * geometry.inputs],
            result,
            &mut transposed,
            None,
            &mut nan(geometry.transposed_scratch()),
        );
        let mut gradient = weight.to_vec();
        let scratch = if image.len() > geometry.image_values() {
            geometry.gradient_batch_scratch()
        } else {
            geometry.gradient_scratch()
        };
        let scratch = &mut nan(scratch);
        weight_gradient(instructions, geometry, image, result, &mut gradient, scratch);
        let mut bias = bias[..outputs].to_vec();
        bias_gradient(instructions, geometry.result_len(), result, &mut bias);
        [convolved, tiled, transposed, gradient, bias]
    }
}

fn compare<T: Float>(geometry: &Geometry, batch: usize, rng: &mut StdRng) {
    let mut numbers = |len: usize| -> Vec<T> {
        (0..len).map(|_| T::from_f64(rng.random::<f64>() - 0.5)).collect()
    };
    let (images, results) = (geometry.image_values(), geometry.result_values());
    let weight = numbers(geometry.weights());
    let bias = numbers(geometry.groups * (geometry.inputs + geometry.outputs));
    let (image, result) = (numbers(batch * images), numbers(batch * results));

    let mut wanted: [Vec<f64>; 4] = [
        (0..batch * results).map(|i| bias[i % results / geometry.result_len()].to_f64()).collect(),
        (0..batch * images).map(|i| bias[i % images / geometry.image_len()].to_f64()).collect(),
        weight.iter().map(|value| value.to_f64()).collect(),
        bias[..geometry.groups * geometry.outputs].iter().map(|value| value.to_f64()).collect(),
    ];
    for sample in 0..batch {
        each_product(geometry, |r, w, i| {
            let (r, i) = (sample * results + r, sample * images + i);
            wanted[0][r] += weight[w].to_f64() * image[i].to_f64();
            wanted[1][i] += weight[w].to_f64() * result[r].to_f64();
            wanted[2][w] += image[i].to_f64() * result[r].to_f64();
        });
    }
    for (i, value) in result.iter().enumerate() {
        wanted[3][i % results / geometry.result_len()] += value.to_f64();
    }

    let (weight, bias, image, result) = (&weight, &bias, &image, &result);
    dispatch_each(Everything { geometry, weight, bias, image, result }, |name, given| {
        let names = ["result", "result by tiles", "transposed", "weight gradient", "bias gradient"];
        let wanted = [&wanted[0], &wanted[0], &wanted[1], &wanted[2], &wanted[3]];
        for ((what, given), wanted) in names.into_iter().zip(&given).zip(wanted) {
            let scale = wanted.iter().fold(1.0, |scale: f64, value| scale.max(value.abs()));
            let tolerance = 40.0 * T::EPSILON.to_f64() * scale;
            assert_eq!(given.len(), wanted.len());
            for (i, (given, wanted)) in given.iter().zip(wanted).enumerate() {
                // Written so that a NaN fails.
                assert!(
                    (given.to_f64() - wanted).abs() <= tolerance,
                    "{what} {i} of {batch} samples on {name} is {given}, not {wanted}: {geometry:?}"
                );
            }
        }
    });
}

/// Which ways a convolution goes, with vectors of so many lanes.
fn ways(geometry: &Geometry, lanes: usize) -> [String; 5] {
    [
        format!("plane {}", geometry.is_plane()),
        format!("run {}", geometry.is_run()),
        format!("by channel {}", geometry.is_by_channel(lanes)),
        format!("gradient by channel {}", geometry.is_gradient_by_channel(lanes)),
        format!("adjoint {}", geometry.is_by_adjoint()),
    ]
}

#[test]
fn drawn_sizes() {
    let rng = &mut StdRng::seed_from_u64(3);
    let mut gone = Vec::new();
    for round in 0..150 {
        let geometry = draw(rng);
        let batch = [0, 1, 2, 3, 9][round % 5];
        compare::<f32>(&geometry, batch, rng);
        compare::<f64>(&geometry, batch, rng);
        gone.extend([4, 8].into_iter().flat_map(|lanes| ways(&geometry, lanes)));
    }
    gone.sort();
    gone.dedup();
    assert_eq!(gone.len(), 10, "not every way was gone: {gone:?}");
}

#[test]
fn drawn_sizes_by_tiles() {
    let rng = &mut StdRng::seed_from_u64(5);
    let mut methods = Vec::new();
    for round in 0..40 {
        let geometry = draw_tiled(rng);
        let batch = [0, 1, 2, 3, 4, 5][round % 6];
        compare::<f32>(&geometry, batch, rng);
        compare::<f64>(&geometry, batch, rng);
        methods.push(geometry.method());
    }
    for method in [Method::Direct, Method::Tiled] {
        assert!(methods.contains(&method), "{method:?} is chosen for none");
    }
}

/// Tiles of some rows at a time, and of several samples.
#[test]
fn many_tiles() {
    let rng = &mut StdRng::seed_from_u64(6);
    for (image, batch) in [([21, 19], 2), ([3, 140], 1), ([5, 5], 9)] {
        let [inputs, outputs] = [16, 32];
        let geometry = Geometry { inputs, outputs, image, result: image, ..same_of_three() };
        compare::<f32>(&geometry, batch, rng);
        compare::<f64>(&geometry, batch, rng);
    }
}

/// A window of three by three that keeps the size of an image.
fn same_of_three() -> Geometry {
    Geometry {
        groups: 1,
        inputs: 64,
        outputs: 64,
        image: [14, 14],
        result: [14, 14],
        kernel: [3, 3],
        stride: [1, 1],
        padding: [1, 1],
        dilation: [1, 1],
    }
}

#[test]
fn methods() {
    let many = same_of_three();
    assert_eq!(many.method(), Method::Tiled);
    assert_eq!(many.adjoint().method(), Method::Tiled);
    assert_eq!(Geometry { inputs: 16, outputs: 32, ..many }.method(), Method::Tiled);
    for geometry in [
        Geometry { inputs: 16, outputs: 16, ..many },
        Geometry { inputs: 3, ..many },
        Geometry { groups: 2, inputs: 32, outputs: 32, ..many },
        Geometry { kernel: [1, 3], padding: [0, 1], ..many },
        Geometry { result: [7, 7], stride: [2, 2], ..many },
        Geometry { padding: [2, 2], dilation: [2, 2], ..many },
        Geometry { image: [1, 14], result: [1, 14], ..many },
    ] {
        geometry.check(true);
        assert_eq!(geometry.method(), Method::Direct, "{geometry:?}");
    }
}

#[test]
#[should_panic(expected = "the output is too large")]
fn a_result_that_is_too_large() {
    let geometry = draw(&mut StdRng::seed_from_u64(4));
    Geometry { result: [40, 40], ..geometry }.check(true);
}

#[test]
#[should_panic(expected = "the output is too small")]
fn a_result_that_is_too_small() {
    let geometry = draw(&mut StdRng::seed_from_u64(4));
    Geometry { image: [40, 40], result: [1, 1], ..geometry }.check(true);
}

#[test]
#[should_panic(expected = "more values than memory holds")]
fn sizes_that_wrap_round() {
    // Twice half of all numbers is none.
    let window = Sliding { kernel: [1; 2], stride: [1; 2], padding: [0; 2], dilation: [1; 2] };
    Geometry::new(1, [1, 1], [[usize::MAX / 2 + 1; 2]; 2], window, true);
}

#[test]
#[should_panic(expected = "more values than memory holds")]
fn a_window_that_wraps_round() {
    let far = usize::MAX / 2 + 1;
    let window = Sliding { kernel: [1, 3], stride: [1; 2], padding: [0; 2], dilation: [1, far] };
    Geometry::new(1, [1, 1], [[1, 8], [1, 8]], window, true);
}

#[test]
#[should_panic(expected = "more values than memory holds")]
fn channels_that_wrap_round() {
    let many = usize::MAX / 16 + 1;
    let window = Sliding { kernel: [1; 2], stride: [1; 2], padding: [0; 2], dilation: [1; 2] };
    Geometry::new(1, [many, 16], [[1, 1]; 2], window, true);
}

#[test]
#[should_panic(expected = "a convolution has channels")]
fn no_channels() {
    let window = Sliding { kernel: [1; 2], stride: [1; 2], padding: [0; 2], dilation: [1; 2] };
    Geometry::new(1, [0, 1], [[1, 1]; 2], window, true);
}

#[test]
#[should_panic(expected = "a sample of more values than memory holds")]
fn a_length_of_which_the_product_would_wrap_round_is_refused() {
    // Twice the length is 2 modulo 2^64: as many values as there are.
    bias_gradient(Baseline, usize::MAX / 2 + 2, &[0.0f32; 2], &mut [0.0; 2]);
}
