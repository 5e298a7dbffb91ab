//! Networks of tokens on every instruction set of the machine, and their gradients against central differences. There
//! is no gradient of tokens.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use static_net::Float;
use static_net::layer::{Backward, Layer, Pass, Record, Tape};
use static_net::rand;
use static_net::shape::{Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch_pass, dispatch_pass_each};

use crate::gradient::{close, parameters, parameters_mut, random, zeros};

/// Half the distance between the two points of a difference.
const STEP: f64 = 1e-5;
/// How far a gradient may be off, relative to its size, or to this.
const TOLERANCE: f64 = 1e-6;
const SMALLEST: f64 = 1e-2;

type Id<T, L> = <<L as Layer<T>>::Input as Shape>::Element<T>;

/// What a network of tokens does to a batch, forward and backward.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<T> {
    /// What comes out.
    pub forward: Vec<T>,
    /// The same, recorded for backward.
    pub recorded: Vec<T>,
    /// The gradient with respect to the parameters.
    pub gradient: Vec<T>,
}

/// Runs a network of tokens on every instruction set of this machine, with memory that is filled with NaN first.
pub fn run_each<T: Float, L: Layer<T>>(
    layer: &L,
    tokens: &[Id<T, L>],
    d_output: &[T],
) -> Vec<(&'static str, Run<T>)> {
    let mut runs = Vec::new();
    dispatch_pass_each(Both { layer, tokens, d_output }, |name, run| runs.push((name, run)));
    runs
}

struct Both<'a, T: Float, L: Layer<T>> {
    layer: &'a L,
    tokens: &'a [Id<T, L>],
    d_output: &'a [T],
}

impl<T: Float, L: Layer<T>> Clone for Both<'_, T, L> {
    fn clone(&self) -> Self {
        Both { ..*self }
    }
}

impl<T: Float, L: Layer<T>> Kernel for Both<'_, T, L> {
    type Output = Run<T>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> Run<T> {
        let input = samples::<L::Input, T>(self.tokens);
        let count = input.len();
        let values = count * <L::Output as Shape>::LEN;
        let (mut forward, mut recorded) = (nan(values), nan(values));
        let mut scratch = nan(L::NEEDS.forward.values(count));
        let pass = &mut Pass::evaluate(instructions, &mut scratch);
        self.layer.forward(input, samples_mut::<L::Output, T>(&mut forward), pass);
        let mut tape = nan(L::NEEDS.tape.values(count));
        let output = samples_mut::<L::Output, T>(&mut recorded);
        let mut record = Record::new(&mut tape);
        let pass = &mut Pass::new(instructions, &mut scratch, &mut record);
        self.layer.forward(input, output, pass);
        let mut scratch = nan(L::NEEDS.backward.values(count));
        let mut d_output = self.d_output.to_vec();
        let mut gradient = zeros::<T, L>();
        let step = Backward {
            input,
            output: samples::<L::Output, T>(&recorded),
            tape: Tape::new(&tape, false),
            d_output: samples_mut::<L::Output, T>(&mut d_output),
            d_input: None,
        };
        self.layer.backward(
            step,
            Some(&mut *gradient),
            &mut Pass::evaluate(instructions, &mut scratch),
        );
        Run { forward, recorded, gradient: parameters(&*gradient).to_vec() }
    }
}

struct Forward<'a, T: Float, L: Layer<T>> {
    layer: &'a L,
    tokens: &'a [Id<T, L>],
}

impl<T: Float, L: Layer<T>> Kernel for Forward<'_, T, L> {
    type Output = Vec<T>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> Vec<T> {
        let input = samples::<L::Input, T>(self.tokens);
        let mut output = nan(input.len() * <L::Output as Shape>::LEN);
        let mut scratch = nan(L::NEEDS.forward.values(input.len()));
        let pass = &mut Pass::evaluate(instructions, &mut scratch);
        self.layer.forward(input, samples_mut::<L::Output, T>(&mut output), pass);
        output
    }
}

/// Checks a network of tokens with random parameters on a random batch: the gradients of all parameters are those of
/// central differences, `record` and `forward` agree, and so do all instruction sets.
///
/// # Panics
/// If one of that does not hold.
pub fn check<L>(count: usize, seed: u64)
where
    L: Layer<f64, Input: Shape<Element<f64> = u32>>,
{
    let rng = &mut StdRng::seed_from_u64(seed);
    let mut layer = zeros::<f64, L>();
    layer.initialize(rng);
    // Biases and gains start alike; drawn numbers tell them apart.
    for value in parameters_mut::<f64, L>(&mut layer) {
        *value += 0.4 * (rng.random::<f64>() - 0.5);
    }
    let vocabularies = <L::Input as Shape>::VOCABULARIES;
    let length = <L::Input as Shape>::LEN;
    let tokens: Vec<u32> = (0..count * length)
        .map(|place| vocabularies[place % length % vocabularies.len()])
        .map(|size| rng.random_range(0..size as u32))
        .collect();
    let d_output = random(count * <L::Output as Shape>::LEN, 1.0, rng);
    let runs = run_each::<f64, L>(&layer, &tokens, &d_output);
    let (first, one) = &runs[0];
    for (name, run) in &runs {
        let what =
            format!("{} of {count} samples on {name} and {first}", core::any::type_name::<L>());
        close(&run.recorded, &run.forward, 1e-12, &format!("{what}: record and forward"));
        close(&run.forward, &one.forward, 1e-12, &format!("{what}: output"));
        close(&run.gradient, &one.gradient, 1e-12, &format!("{what}: gradient"));
    }
    for index in 0..one.gradient.len() {
        let value = parameters::<f64, L>(&layer)[index];
        let mut at = |offset: f64| {
            parameters_mut::<f64, L>(&mut layer)[index] = value + offset;
            dispatch_pass(Forward { layer: &*layer, tokens: &tokens })
        };
        let (below, above) = (at(-STEP), at(STEP));
        at(0.0);
        // Differences of outputs are summed, and not sums subtracted: less is lost to rounding.
        let rise = above.iter().zip(&below).zip(&d_output).map(|((y, x), d)| (y - x) * d);
        let wanted = rise.sum::<f64>() / (2.0 * STEP);
        let given = one.gradient[index];
        let error = (given - wanted).abs() / given.abs().max(wanted.abs()).max(SMALLEST);
        // Written so that a NaN fails.
        assert!(
            error <= TOLERANCE,
            "{}, {count} samples: parameter gradient {index} is {given:e}, differences say {wanted:e}",
            core::any::type_name::<L>(),
        );
    }
}

fn nan<T: Float>(len: usize) -> Vec<T> {
    vec![T::from_f64(f64::NAN); len]
}
