//! The kernels on every instruction set, against the formulas in `f64`.

use alloc::vec;
use alloc::vec::Vec;

use super::cosine_embedding::Cosines;
use super::ctc::{Labels, Spelling};
use super::dice::Overlap;
use super::focal::Focal;
use super::info_nce::{Contrast, scratch};
use super::mixed::{Mixed, OneHot};
use super::pointwise::{Mean, Pointwise};
use super::softmax::{OfClasses, OfProbabilities};
use super::targets::Contiguous;
use super::terms::{Classes, Length, Rows};
use super::triplet_margin::Triplets;
use super::{BinaryCrossEntropy, CrossEntropy, Huber, MeanAbsoluteError, MeanSquaredError};
use crate::simd::{InstructionSet, Kernel, dispatch_each};

/// Numbers without a pattern in [-3, 3).
fn values(len: usize, seed: usize) -> Vec<f32> {
    (0..len).map(|i| ((i * 7919 + seed * 104_729) % 1013) as f32 / 1013.0 * 6.0 - 3.0).collect()
}

fn assert_close(what: &str, got: &[f32], expected: &[f64]) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        assert!((f64::from(*got) - expected).abs() < 2e-6, "{what}: {got}, not {expected}");
    }
}

#[derive(Clone)]
struct CrossEntropyCase<const N: usize> {
    output: Vec<f32>,
    classes: Vec<usize>,
    probabilities: Option<Vec<f32>>,
    smoothing: f32,
}

impl<const N: usize> Kernel for CrossEntropyCase<N> {
    type Output = (f32, Vec<f32>);

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, instructions: I) -> (f32, Vec<f32>) {
        let values = self.output.as_chunks_mut::<N>().0;
        let smoothing = self.smoothing;
        let terms = CrossEntropy::DEFAULT.terms::<f32, N>();
        let loss = match &self.probabilities {
            None => {
                let (classes, total) = Classes::new(&self.classes, &terms, Length::One).unwrap();
                OfClasses { values, classes, smoothing, total }.run(instructions)
            }
            Some(targets) => {
                let rows = Rows::new(&terms, values.len(), Length::One).unwrap();
                let (targets, total) = (Contiguous(targets.as_slice()), values.len() as f32);
                let targets = Mixed { targets, smoothing, class_weights: None, rows };
                OfProbabilities { values, targets, total }.run(instructions)
            }
        };
        (loss, self.output)
    }
}

/// The loss and its gradient, from the definition.
fn cross_entropy(output: &[f32], targets: &[f64], classes: usize) -> (f64, Vec<f64>) {
    let samples = (output.len() / classes) as f64;
    let (mut loss, mut gradient) = (0.0, vec![]);
    for (output, target) in output.chunks(classes).zip(targets.chunks(classes)) {
        let total: f64 = output.iter().map(|&x| f64::from(x).exp()).sum();
        let weight: f64 = target.iter().sum();
        for (&x, target) in output.iter().zip(target) {
            loss += target * (total.ln() - f64::from(x)) / samples;
            gradient.push((f64::from(x).exp() / total * weight - target) / samples);
        }
    }
    (loss, gradient)
}

fn check_cross_entropy<const N: usize>(samples: usize, smoothing: f32) {
    let output = values(samples * N, 1);
    let classes: Vec<usize> = (0..samples).map(|sample| (3 * sample + 1) % N).collect();
    let probabilities: Vec<f32> = values(samples * N, 2).iter().map(|x| x * x / 9.0).collect();
    let smooth = |target: f64| {
        let smoothing = f64::from(smoothing);
        target * (1.0 - smoothing) + smoothing / N as f64
    };
    let mut hot = vec![smooth(0.0); samples * N];
    for (sample, class) in classes.iter().enumerate() {
        hot[sample * N + class] = smooth(1.0);
    }
    let soft: Vec<f64> = probabilities.iter().map(|&target| smooth(target.into())).collect();
    for (probabilities, targets) in [(None, hot), (Some(probabilities), soft)] {
        let expected = cross_entropy(&output, &targets, N);
        let (output, classes) = (output.clone(), classes.clone());
        let case = CrossEntropyCase::<N> { output, classes, probabilities, smoothing };
        dispatch_each(case, |name, (loss, gradient)| {
            let error = (f64::from(loss) - expected.0).abs();
            assert!(error < 2e-6 * expected.0.max(1.0), "{name}: {loss}, not {}", expected.0);
            assert_close(name, &gradient, &expected.1);
        });
    }
}

#[test]
fn cross_entropy_is_the_same_on_every_instruction_set() {
    for smoothing in [0.0, 0.2] {
        for samples in [1, 5, 16, 33] {
            check_cross_entropy::<1>(samples, smoothing);
            check_cross_entropy::<2>(samples, smoothing);
            check_cross_entropy::<4>(samples, smoothing);
            check_cross_entropy::<10>(samples, smoothing);
            check_cross_entropy::<16>(samples, smoothing);
            check_cross_entropy::<37>(samples, smoothing);
        }
    }
}

#[derive(Clone)]
struct PointwiseCase<F> {
    function: F,
    output: Vec<f32>,
    targets: Vec<f32>,
}

impl<F: Pointwise<f32>> Kernel for PointwiseCase<F> {
    type Output = (f32, Vec<f32>);

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, instructions: I) -> (f32, Vec<f32>) {
        let targets = Contiguous(self.targets.as_slice());
        let values = [&mut *self.output];
        let mean = Mean { function: &self.function, values, targets, weights: None };
        (mean.run(instructions), self.output)
    }
}

/// Compares with a function that gives loss and slope.
fn check_pointwise<F>(function: F, exact: impl Fn(f64, f64) -> (f64, f64))
where
    F: Pointwise<f32> + Clone,
{
    for len in [1, 3, 4, 15, 16, 17, 100] {
        let output = values(len, 3);
        let targets: Vec<f32> = values(len, 4).iter().map(|x| x / 6.0 + 0.5).collect();
        let (mut expected, mut slopes) = (0.0, vec![]);
        for (&output, &target) in output.iter().zip(&targets) {
            let (loss, slope) = exact(output.into(), target.into());
            expected += loss / len as f64;
            slopes.push(slope / len as f64);
        }
        let case = PointwiseCase { function: function.clone(), output, targets };
        dispatch_each(case, |name, (loss, gradient)| {
            assert!((f64::from(loss) - expected).abs() < 3e-6, "{name}: {loss}, not {expected}");
            assert_close(name, &gradient, &slopes);
        });
    }
}

#[test]
fn pointwise_losses_are_the_same_on_every_instruction_set() {
    check_pointwise(MeanSquaredError, |x, t| ((x - t) * (x - t), 2.0 * (x - t)));
    check_pointwise(MeanAbsoluteError, |x, t| ((x - t).abs(), (x - t).signum()));
    check_pointwise(Huber.delta(0.7), |x, t| {
        let d = x - t;
        let loss = if d.abs() <= 0.7 { d * d / 2.0 } else { 0.7 * (d.abs() - 0.35) };
        (loss, d.clamp(-0.7, 0.7))
    });
    check_pointwise(BinaryCrossEntropy, |x, t| {
        let sigmoid = 1.0 / (1.0 + (-x).exp());
        (-t * sigmoid.ln() - (1.0 - t) * (1.0 - sigmoid).ln(), sigmoid - t)
    });
}

#[derive(Clone)]
struct ContrastCase {
    views: [Vec<f32>; 2],
    width: usize,
}

impl Kernel for ContrastCase {
    type Output = (f32, [Vec<f32>; 2]);

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, instructions: I) -> (f32, [Vec<f32>; 2]) {
        let [first, second] = &mut self.views;
        let samples = first.len() / self.width;
        let loss = Contrast {
            first,
            second,
            width: self.width,
            samples,
            temperature: 0.4,
            across_views: false,
            memory: &mut vec![f32::NAN; scratch(self.width, samples)],
        }
        .run(instructions);
        (loss, self.views)
    }
}

/// The loss from the definition, with similarities in `f64`.
fn contrast(views: &[Vec<f32>; 2], width: usize) -> f64 {
    let views: Vec<&[f32]> = views.iter().flat_map(|side| side.chunks(width)).collect();
    let dot = |left: usize, right: usize| -> f64 {
        let products = views[left].iter().zip(views[right]);
        products.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum()
    };
    let alike = |left, right| dot(left, right) / (dot(left, left) * dot(right, right)).sqrt();
    let count = views.len();
    let of = |anchor: usize| {
        let others = (0..count).filter(|&other| other != anchor);
        let total: f64 = others.map(|other| (alike(anchor, other) / 0.4).exp()).sum();
        total.ln() - alike(anchor, (anchor + count / 2) % count) / 0.4
    };
    (0..count).map(of).sum::<f64>() / count as f64
}

#[test]
fn the_contrast_is_the_same_on_every_instruction_set() {
    for (width, samples) in [(2, 1), (3, 5), (16, 4), (19, 11), (32, 33)] {
        let views = [values(width * samples, 5), values(width * samples, 6)];
        let expected = contrast(&views, width);
        let mut gradients: Vec<f64> = vec![];
        dispatch_each(ContrastCase { views, width }, |name, (loss, views)| {
            assert!((f64::from(loss) - expected).abs() < 3e-6, "{name}: {loss}, not {expected}");
            let given = views.concat();
            if gradients.is_empty() {
                gradients = given.iter().map(|&value| value.into()).collect();
            }
            assert_close(name, &given, &gradients);
        });
    }
}

/// A kernel of one or more outputs, which are made anew each time.
#[derive(Clone)]
struct OutputsCase<F> {
    outputs: Vec<f32>,
    run: F,
}

/// What computes with outputs on an instruction set; gradients take their place.
trait OfOutputs: Clone {
    fn run<I: InstructionSet>(&self, outputs: &mut [[f32; 19]], instructions: I) -> f32;
}

impl<F: OfOutputs> Kernel for OutputsCase<F> {
    type Output = (f32, Vec<f32>);

    #[inline(always)]
    fn run<I: InstructionSet>(mut self, instructions: I) -> (f32, Vec<f32>) {
        let loss = self.run.run(self.outputs.as_chunks_mut().0, instructions);
        (loss, self.outputs)
    }
}

/// Runs it on six samples of 19 values. What it gives is compared with PyTorch on the best of the instruction sets, in
/// `tests/tests/losses/`.
fn check_outputs(name: &str, run: impl OfOutputs) {
    let mut first: Option<(f32, Vec<f64>)> = None;
    dispatch_each(OutputsCase { outputs: values(6 * 19, 7), run }, |level, (loss, gradient)| {
        let exact = gradient.iter().map(|&value| value.into()).collect();
        let (expected, gradients) = first.get_or_insert((loss, exact));
        assert!((loss - *expected).abs() < 2e-6 * expected.abs(), "{name}, {level}: {loss}");
        assert!(loss > 0.0 && gradient.iter().any(|&value| value != 0.0));
        assert_close(name, &gradient, gradients);
    });
}

macro_rules! of_outputs {
    ($($name:ident: |$outputs:ident, $instructions:ident| $run:expr;)*) => {$(
        #[derive(Clone)]
        struct $name;

        impl OfOutputs for $name {
            #[inline(always)]
            fn run<I: InstructionSet>(&self, $outputs: &mut [[f32; 19]], $instructions: I) -> f32 {
                $run
            }
        }
    )*};
}
of_outputs! {
    FocalCase: |values, instructions| {
        let terms = CrossEntropy::DEFAULT.terms::<f32, 19>();
        let rows = Rows::new(&terms, 6, Length::One).unwrap();
        let (classes, total) = Classes::new(&[3, 18, 0, 7, 16, 9], &terms, Length::One).unwrap();
        let targets = Mixed { targets: OneHot::<_, _, 19>(classes), smoothing: 0.1, class_weights: None, rows };
        Focal { values, targets, total, gamma: 1.5 }.run(instructions)
    };
    DiceCase: |values, instructions| {
        let targets: Vec<f32> = self::values(6 * 19, 8).iter().map(|&x| f32::from(x > 0.0)).collect();
        Overlap { values, targets: Contiguous(&targets), weights: None, smooth: 1.0 }.run(instructions)
    };
    CosineCase: |values, instructions| {
        let (first, second) = values.split_at_mut(3);
        let are_alike = &[true, false, false];
        Cosines { first, second, are_alike, margin: -0.5 }.run(instructions)
    };
    TripletCase: |values, instructions| {
        let [first, second, third] = values.as_chunks_mut::<2>().0 else { panic!("six samples") };
        Triplets { values: [first, second, third], margin: 9.0, swaps: false }.run(instructions)
    };
    SpellingCase: |steps, instructions| {
        let labels = Labels::new(0, &[4u32, 18, 18], 0, 19).unwrap();
        let memory = &mut vec![f32::NAN; labels.memory(6)];
        Spelling { steps, labels, share: 0.5, memory }.run(instructions)
    };
}

#[test]
fn losses_of_whole_samples_are_the_same_on_every_instruction_set() {
    check_outputs("focal", FocalCase);
    check_outputs("dice", DiceCase);
    check_outputs("cosine", CosineCase);
    check_outputs("triplet", TripletCase);
    check_outputs("labels", SpellingCase);
}
