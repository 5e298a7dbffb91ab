//! How far a single input reaches, and what it does to the results there.

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel::Identity;
use crate::kernel::convolution::{Geometry, Method, convolve_by};
use crate::simd::{InstructionSet, Kernel, dispatch_each};

const SIZE: usize = 8;
const INPUTS: usize = 16;
const OUTPUTS: usize = 32;
/// The place of the input, in a tile that has neighbours on each side.
const PLACE: [usize; 2] = [3, 4];

fn geometry() -> Geometry {
    Geometry {
        groups: 1,
        inputs: INPUTS,
        outputs: OUTPUTS,
        image: [SIZE; 2],
        result: [SIZE; 2],
        kernel: [3, 3],
        stride: [1, 1],
        padding: [1, 1],
        dilation: [1, 1],
    }
}

#[derive(Clone)]
struct Tiled<'a> {
    weight: &'a [f32],
    image: &'a [f32],
}

impl Kernel for Tiled<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> Vec<f32> {
        let geometry = geometry();
        let mut result = vec![f32::NAN; geometry.result_values()];
        convolve_by::<f32, I, Identity>(
            Method::Tiled,
            instructions,
            &geometry,
            self.weight,
            &[0.25; OUTPUTS],
            self.image,
            &mut result,
            None,
            &mut vec![f32::NAN; geometry.method_scratch(Method::Tiled)],
        );
        result
    }
}

/// Numbers between -1 and 1, none of them zero.
fn numbers(count: usize, factor: f64) -> Vec<f32> {
    (0..count).map(|index| ((index as f64 + 0.5) * factor).sin() as f32).collect()
}

/// Results where the input at [`PLACE`] of the first channel is 0 and where it is `value`, each with whether it is
/// reached.
fn visit(value: f32, weight: &[f32], mut check: impl FnMut(bool, f32, f32)) {
    let mut image = numbers(geometry().image_values(), 0.7);
    image[PLACE[0] * SIZE + PLACE[1]] = 0.0;
    let mut before = vec![];
    dispatch_each(Tiled { weight, image: &image }, |_, result| before.push(result));
    image[PLACE[0] * SIZE + PLACE[1]] = value;
    let mut before = before.iter();
    dispatch_each(Tiled { weight, image: &image }, |_, result| {
        let before = before.next().expect("as many instruction sets");
        for (place, (&before, &after)) in before.iter().zip(&result).enumerate() {
            let [row, column] = [place / SIZE % SIZE, place % SIZE];
            let is_reached = row.abs_diff(PLACE[0]) <= 1 && column.abs_diff(PLACE[1]) <= 1;
            check(is_reached, before, after);
        }
    });
}

#[test]
fn what_is_not_finite_reaches_its_windows_and_no_others() {
    let weight = numbers(geometry().weights(), 1.1);
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        visit(value, &weight, |is_reached, before, after| match is_reached {
            true => assert!(!after.is_finite() && (value.is_nan() <= after.is_nan())),
            false => assert_eq!(after, before),
        });
    }
}

#[test]
fn a_large_input_moves_the_results_of_its_windows_by_its_rounding_and_no_others() {
    let mut weight = numbers(geometry().weights(), 1.1);
    // No result depends on the first channel.
    weight.chunks_exact_mut(9 * INPUTS).for_each(|weight| weight[..9].fill(0.0));
    visit(1e5, &weight, |_, before, after| assert_eq!(after, before));
    // Each depends on the middle of its window only.
    weight.chunks_exact_mut(9 * INPUTS).for_each(|weight| weight[4] = 1.0);
    let mut most = 0.0_f32;
    visit(1e5, &weight, |is_reached, before, after| {
        if !is_reached {
            assert_eq!(after, before);
        } else if after < 5e4 {
            most = most.max((after - before).abs());
        }
    });
    // By the definition these results do not change.
    assert!(most < 16.0 * f32::EPSILON * 1e5, "{most}");
}
