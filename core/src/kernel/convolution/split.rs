//! A large convolution over several threads: some of the samples each, or some of the channels of a single one.

use super::finish::Finish;
use super::geometry::Geometry;
use super::{Convolve, ConvolveTransposed, samples};
use crate::scalar::Float;
use crate::simd::InstructionSet;
use crate::threads::{self, Halves, join, with_scratch};

impl<T: Float> Convolve<'_, T> {
    /// Into how many parts it is split.
    pub(super) fn parts(&self) -> usize {
        let &Geometry { groups, outputs, .. } = self.geometry;
        let samples = samples(self.geometry, self.image, self.result);
        let channels = if samples == 1 && groups == 1 { outputs } else { 1 };
        threads::parts(multiply_adds(self.geometry, samples), samples.max(channels))
    }

    /// Computes so many parts side by side.
    pub(super) fn run_in_parts<I: InstructionSet>(self, instructions: I, parts: usize) {
        let each = self.geometry.method_scratch(self.method);
        with_scratch(parts * each, |scratch| {
            Convolve { scratch, ..self }.split(instructions, parts);
        });
    }

    /// The same with working memory for all parts.
    fn split<I: InstructionSet>(self, instructions: I, parts: usize) {
        if parts == 1 {
            return self.call(instructions);
        }
        let Self { method, geometry, weight, bias, image, result, finish, scratch } = self;
        let samples = samples(geometry, image, result);
        let is_by_sample = samples > 1;
        let halves = Halves::of(parts, if is_by_sample { samples } else { geometry.outputs });
        let [image, image_behind] = if is_by_sample { halves.samples(image) } else { [image; 2] };
        let (mut front, mut behind) = (*geometry, *geometry);
        let ([weight, weight_behind], [bias, bias_behind]) = if is_by_sample {
            ([weight; 2], [bias; 2])
        } else {
            [front.outputs, behind.outputs] = halves.samples;
            (halves.samples(weight), halves.samples(bias))
        };
        let [result, result_behind] = halves.samples(result);
        let [pre, pre_behind] = halves.samples(finish.pre);
        let [scratch, scratch_behind] = halves.parts(scratch);
        let front = Convolve {
            method,
            geometry: &front,
            weight,
            bias,
            image,
            result,
            finish: Finish { pre, ..finish },
            scratch,
        };
        let behind = Convolve {
            method,
            geometry: &behind,
            weight: weight_behind,
            bias: bias_behind,
            image: image_behind,
            result: result_behind,
            finish: Finish { pre: pre_behind, ..finish },
            scratch: scratch_behind,
        };
        let [parts, parts_behind] = halves.parts;
        join(|| front.split(instructions, parts), || behind.split(instructions, parts_behind));
    }
}

impl<T: Float> ConvolveTransposed<'_, T> {
    /// Into how many parts it is split: of some samples each.
    pub(super) fn parts(&self) -> usize {
        let samples = samples(self.geometry, self.image, self.result);
        threads::parts(multiply_adds(self.geometry, samples), samples)
    }

    /// Computes so many parts side by side.
    pub(super) fn run_in_parts<I: InstructionSet>(self, instructions: I, parts: usize) {
        let each = self.geometry.transposed_scratch();
        with_scratch(parts * each, |scratch| {
            ConvolveTransposed { scratch, ..self }.split(instructions, parts);
        });
    }

    /// The same with working memory for all parts.
    fn split<I: InstructionSet>(self, instructions: I, parts: usize) {
        if parts == 1 {
            return self.call(instructions);
        }
        let Self { geometry, weight, bias, result, image, finish, scratch } = self;
        let halves = Halves::of(parts, samples(geometry, image, result));
        let [result, result_behind] = halves.samples(result);
        let [image, image_behind] = halves.samples(image);
        let [pre, pre_behind] = halves.samples(finish.pre);
        let [scratch, scratch_behind] = halves.parts(scratch);
        let front = ConvolveTransposed {
            geometry,
            weight,
            bias,
            result,
            image,
            finish: Finish { pre, ..finish },
            scratch,
        };
        let behind = ConvolveTransposed {
            geometry,
            weight,
            bias,
            result: result_behind,
            image: image_behind,
            finish: Finish { pre: pre_behind, ..finish },
            scratch: scratch_behind,
        };
        let [parts, parts_behind] = halves.parts;
        join(|| front.split(instructions, parts), || behind.split(instructions, parts_behind));
    }
}

fn multiply_adds(geometry: &Geometry, samples: usize) -> usize {
    samples.saturating_mul(geometry.result_len()).saturating_mul(geometry.weights())
}
