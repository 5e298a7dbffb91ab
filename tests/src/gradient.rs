//! Gradients checked against central differences, on every instruction set of the machine.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use static_net::layer::{Backward, Layer, Pass, Record, Statistics, Tape, Train};
use static_net::rand;
use static_net::shape::{Numbers, Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch_pass, dispatch_pass_each};
use static_net::{Float, Kind, Tensor, Tensors};

/// Half the distance between the two points of a difference.
const STEP: f64 = 1e-5;
/// How far a gradient may be off, relative to its size.
const TOLERANCE: f64 = 1e-6;
/// Gradients smaller than this are compared as if they were this large: rounding hides them.
const SMALLEST: f64 = 1e-2;
/// Of a layer with more parameters or inputs than this, so many are drawn.
const MOST_CHECKED: usize = 32;

/// What a layer does to a batch, forward and backward.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<T> {
    /// What comes out, recorded for backward.
    pub output: Vec<T>,
    /// The gradient with respect to what went in.
    pub d_input: Vec<T>,
    /// The gradient with respect to the parameters.
    pub gradient: Vec<T>,
}

/// Runs a layer on every instruction set of this machine.
///
/// Memory is filled with NaN first: a layer that reads what it was not given, or leaves out a value,
/// shows it.
pub fn run_each<T: Float, L: Layer<T, Input: Numbers<T>>>(
    layer: &L,
    input: &[T],
    d_output: &[T],
) -> Vec<(&'static str, Run<T>)> {
    let mut runs = Vec::new();
    dispatch_pass_each(Both { layer, input, d_output }, |name, run| runs.push((name, run)));
    runs
}

struct Both<'a, T, L> {
    layer: &'a L,
    input: &'a [T],
    d_output: &'a [T],
}

impl<T, L> Clone for Both<'_, T, L> {
    fn clone(&self) -> Self {
        Both { ..*self }
    }
}

impl<T: Float, L: Layer<T, Input: Numbers<T>>> Kernel for Both<'_, T, L> {
    type Output = Run<T>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> Run<T> {
        let input = samples::<L::Input, T>(self.input);
        let count = input.len();
        let mut output = nan(count * <L::Output as Shape>::LEN);
        let mut tape = nan(L::NEEDS.tape.values(count));
        let mut scratch = nan(L::NEEDS.forward.values(count));
        self.layer.forward(
            input,
            samples_mut::<L::Output, T>(&mut output),
            &mut Pass::new(instructions, &mut scratch, &mut Record::new(&mut tape)),
        );
        let tape = Tape::new(&tape, false);
        backward(self.layer, self.input, output, tape, self.d_output, instructions)
    }
}

/// Runs a layer backward over what it gave and kept: for both gradients, and for each alone, which changes neither.
///
/// # Panics
/// If it does.
#[inline(always)]
fn backward<T: Float, L: Layer<T, Input: Numbers<T>>, I: InstructionSet>(
    layer: &L,
    input: &[T],
    output: Vec<T>,
    tape: Tape<'_, T>,
    d_output: &[T],
    instructions: I,
) -> Run<T> {
    let count = samples::<L::Input, T>(input).len();
    let [both, of_input, of_parameters] = [[true; 2], [true, false], [false, true]].map(|wanted| {
        let [mut of_input, mut of_parameters] = [nan(input.len()), Vec::new()];
        let mut scratch = nan(L::NEEDS.backward.values(count));
        let mut d_output = d_output.to_vec();
        let mut gradient = zeros::<T, L>();
        let step = Backward {
            input: samples::<L::Input, T>(input),
            output: samples::<L::Output, T>(&output),
            tape,
            d_output: samples_mut::<L::Output, T>(&mut d_output),
            d_input: wanted[0].then(|| samples_mut::<L::Input, T>(&mut of_input)),
        };
        let pass = &mut Pass::evaluate(instructions, &mut scratch);
        layer.backward(step, wanted[1].then_some(&mut *gradient), pass);
        of_parameters.extend_from_slice(parameters(&*gradient));
        (of_input, of_parameters)
    });
    let what = core::any::type_name::<L>();
    assert_eq!(bits(&of_input.0), bits(&both.0), "{what}: the input's gradient alone");
    assert_eq!(bits(&of_parameters.1), bits(&both.1), "{what}: the parameters' gradient alone");
    Run { output, d_input: both.0, gradient: both.1 }
}

/// Values as they are compared where they are the same to the last bit.
fn bits<T: Float>(values: &[T]) -> Vec<u64> {
    values.iter().map(|value| value.to_f64().to_bits()).collect()
}

/// Runs a layer in training on every instruction set of this machine, each time from the same values and
/// the same random numbers; gives with each run all values of the layer after it, running statistics
/// among them.
pub fn train_each<T: Float, L: Layer<T, Input: Numbers<T>>>(
    layer: &L,
    input: &[T],
    d_output: &[T],
    seed: u64,
) -> Vec<(&'static str, Run<T>, Vec<T>)> {
    let mut runs = Vec::new();
    dispatch_pass_each(Trained { layer, input, d_output, seed }, |name, (run, after)| {
        runs.push((name, run, after));
    });
    runs
}

struct Trained<'a, T, L> {
    layer: &'a L,
    input: &'a [T],
    d_output: &'a [T],
    seed: u64,
}

impl<T, L> Clone for Trained<'_, T, L> {
    fn clone(&self) -> Self {
        Trained { ..*self }
    }
}

impl<T: Float, L: Layer<T, Input: Numbers<T>>> Kernel for Trained<'_, T, L> {
    type Output = (Run<T>, Vec<T>);

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> (Run<T>, Vec<T>) {
        let input = samples::<L::Input, T>(self.input);
        let count = input.len();
        let mut layer = zeros::<T, L>();
        parameters_mut::<T, L>(&mut layer).copy_from_slice(parameters(self.layer));
        let mut output = nan(count * <L::Output as Shape>::LEN);
        let mut tape = nan(L::NEEDS.tape.values(count));
        let mut scratch = nan(L::NEEDS.forward.values(count));
        let mut rng = StdRng::seed_from_u64(self.seed);
        let mut statistics = Statistics::new();
        statistics.begin(parameters(&*layer));
        layer.forward(
            input,
            samples_mut::<L::Output, T>(&mut output),
            &mut Pass::new(
                instructions,
                &mut scratch,
                &mut Train::new(&mut tape, &mut rng, &mut statistics),
            ),
        );
        statistics.finish(parameters_mut::<T, L>(&mut layer));
        let tape = Tape::new(&tape, true);
        let run = backward(&*layer, self.input, output, tape, self.d_output, instructions);
        (run, parameters(&*layer).to_vec())
    }
}

/// The outputs of [`Layer::forward`] on every instruction set of this machine.
pub fn forward_each<T: Float, L: Layer<T, Input: Numbers<T>>>(
    layer: &L,
    input: &[T],
) -> Vec<(&'static str, Vec<T>)> {
    let mut outputs = Vec::new();
    dispatch_pass_each(Forward { layer, input }, |name, output| outputs.push((name, output)));
    outputs
}

struct Forward<'a, T, L> {
    layer: &'a L,
    input: &'a [T],
}

impl<T, L> Clone for Forward<'_, T, L> {
    fn clone(&self) -> Self {
        Forward { ..*self }
    }
}

impl<T: Float, L: Layer<T, Input: Numbers<T>>> Kernel for Forward<'_, T, L> {
    type Output = Vec<T>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> Vec<T> {
        let input = samples::<L::Input, T>(self.input);
        let mut output = nan(input.len() * <L::Output as Shape>::LEN);
        let mut scratch = nan(L::NEEDS.forward.values(input.len()));
        self.layer.forward(
            input,
            samples_mut::<L::Output, T>(&mut output),
            &mut Pass::evaluate(instructions, &mut scratch),
        );
        output
    }
}

/// A layer of zeros.
pub fn zeros<T: Float, L: Layer<T>>() -> Box<L> {
    // SAFETY: a layer is values of `T` and nothing else (`Parameters`), and zero bytes are zeros.
    unsafe { Box::<L>::new_zeroed().assume_init() }
}

/// All parameters of a layer.
pub fn parameters<T: Float, L: Layer<T>>(layer: &L) -> &[T] {
    if size_of::<L>() == 0 {
        return &[];
    }
    // SAFETY: a layer that is not empty is values of `T` and nothing else, as `Parameters` promises.
    unsafe {
        core::slice::from_raw_parts((&raw const *layer).cast(), size_of::<L>() / size_of::<T>())
    }
}

/// All parameters of a layer, to be changed.
pub fn parameters_mut<T: Float, L: Layer<T>>(layer: &mut L) -> &mut [T] {
    if size_of::<L>() == 0 {
        return &mut [];
    }
    // SAFETY: as above; any values make a valid layer.
    unsafe {
        core::slice::from_raw_parts_mut((&raw mut *layer).cast(), size_of::<L>() / size_of::<T>())
    }
}

/// Random numbers between `-scale` and `scale`.
pub fn random(len: usize, scale: f64, rng: &mut StdRng) -> Vec<f64> {
    (0..len).map(|_| scale * (2.0 * rng.random::<f64>() - 1.0)).collect()
}

/// Checks a layer with random parameters on a random batch: its gradients are those of central
/// differences on every instruction set, `record` and `forward` agree, and so do a batch and its samples
/// one by one.
///
/// # Panics
/// If one of that does not hold.
pub fn check<L: Layer<f64, Input: Numbers<f64>>>(count: usize, seed: u64) {
    check_scaled::<L>(count, seed, 1.5);
}

/// As [`check`], with inputs up to `scale`.
pub fn check_scaled<L: Layer<f64, Input: Numbers<f64>>>(count: usize, seed: u64, scale: f64) {
    let rng = &mut StdRng::seed_from_u64(seed);
    let (mut layer, input, d_output) = drawn_case::<L>(count, scale, rng);
    let what = core::any::type_name::<L>();

    let runs = run_each::<f64, L>(&layer, &input, &d_output);
    for ((name, run), (_, output)) in runs.iter().zip(forward_each::<f64, L>(&layer, &input)) {
        close(&run.output, &output, 1e-12, &format!("{what} on {name}: record and forward"));
    }
    for (name, run) in &runs[1..] {
        let (first, all) = (runs[0].0, &runs[0].1);
        let what = format!("{what} on {name} and {first}");
        close(&run.output, &all.output, 1e-12, &format!("{what}: output"));
        close(&run.d_input, &all.d_input, 1e-12, &format!("{what}: input gradient"));
        close(&run.gradient, &all.gradient, 1e-12, &format!("{what}: gradient"));
    }
    for (name, run) in &runs {
        one_by_one(&*layer, &input, &d_output, name, run);
    }
    against_differences(&mut *layer, input, &d_output, &runs[0].1, rng, &outputs::<L>);
}

/// As [`check`], in training: the gradients of the training pass are those of its central differences, with the
/// same random numbers at each point, and all instruction sets agree, in the running statistics too.
///
/// # Panics
/// If one of that does not hold.
pub fn check_training<L: Layer<f64, Input: Numbers<f64>>>(count: usize, seed: u64) {
    assert!(
        count == 0 || count >= L::NEEDS.training_samples,
        "{count} samples are too few to train on"
    );
    let rng = &mut StdRng::seed_from_u64(seed);
    let (mut layer, input, d_output) = drawn_case::<L>(count, 1.5, rng);
    let what = core::any::type_name::<L>();
    let runs = train_each::<f64, L>(&layer, &input, &d_output, seed);
    let (first, one, after) = &runs[0];
    for (name, run, other) in &runs[1..] {
        let what = format!("{what} in training on {name} and {first}");
        close(&run.output, &one.output, 1e-12, &format!("{what}: output"));
        // What a normalisation over two values leaves of a gradient is nothing but rounding.
        let d_input = format!("{what}: input gradient");
        close_above(&run.d_input, &one.d_input, 1e-12, SMALLEST, &d_input);
        close_above(&run.gradient, &one.gradient, 1e-12, SMALLEST, &format!("{what}: gradient"));
        close(other, after, 1e-12, &format!("{what}: running statistics"));
    }
    for range in Tensors::of::<f64, L>().into_iter().filter(is_statistic).map(|tensor| tensor.range)
    {
        assert!(
            one.gradient[range].iter().all(|&value| value == 0.0),
            "{what}: a gradient of a statistic"
        );
    }
    let trained = |layer: &L, input: &[f64]| {
        dispatch_pass(Trained { layer, input, d_output: &d_output, seed }).0.output
    };
    against_differences(&mut *layer, input, &d_output, one, rng, &trained);
}

/// A layer with drawn values, an input and a gradient of the output.
fn drawn_case<L: Layer<f64, Input: Numbers<f64>>>(
    count: usize,
    scale: f64,
    rng: &mut StdRng,
) -> (Box<L>, Vec<f64>, Vec<f64>) {
    let mut layer = zeros::<f64, L>();
    layer.initialize(rng);
    // Biases and gains start alike; drawn numbers tell them apart.
    for value in parameters_mut::<f64, L>(&mut layer) {
        *value += 0.4 * (rng.random::<f64>() - 0.5);
    }
    for tensor in Tensors::of::<f64, L>().into_iter().filter(is_statistic) {
        if tensor.name.ends_with("running_var") {
            for value in &mut parameters_mut::<f64, L>(&mut layer)[tensor.range] {
                *value = value.abs().max(0.1);
            }
        }
    }
    let input = random(count * <L::Input as Shape>::LEN, scale, rng);
    let d_output = random(count * <L::Output as Shape>::LEN, 1.0, rng);
    (layer, input, d_output)
}

fn is_statistic(tensor: &Tensor) -> bool {
    tensor.kind == Kind::RunningStatistic
}

/// A batch is its samples one by one, and their gradients add up.
fn one_by_one<L: Layer<f64, Input: Numbers<f64>>>(
    layer: &L,
    input: &[f64],
    d_output: &[f64],
    name: &str,
    batch: &Run<f64>,
) {
    let mut sum = vec![0.0; batch.gradient.len()];
    let mut output = Vec::new();
    let mut d_input = Vec::new();
    for (x, d_y) in input
        .chunks_exact(<L::Input as Shape>::LEN)
        .zip(d_output.chunks_exact(<L::Output as Shape>::LEN))
    {
        let runs = run_each::<f64, L>(layer, x, d_y);
        let (_, run) = runs.iter().find(|(other, _)| other == &name).expect("each set runs");
        output.extend_from_slice(&run.output);
        d_input.extend_from_slice(&run.d_input);
        for (sum, value) in sum.iter_mut().zip(&run.gradient) {
            *sum += value;
        }
    }
    let what = format!("{} on {name}: a batch and its samples", core::any::type_name::<L>());
    close(&batch.output, &output, 1e-12, &format!("{what}: output"));
    close(&batch.d_input, &d_input, 1e-12, &format!("{what}: input gradient"));
    close(&batch.gradient, &sum, 1e-12, &format!("{what}: gradient"));
}

/// The gradients in `run` are those of `sum(d_output * output)`, where `outputs` gives the output.
fn against_differences<L: Layer<f64, Input: Numbers<f64>>>(
    layer: &mut L,
    mut input: Vec<f64>,
    d_output: &[f64],
    run: &Run<f64>,
    rng: &mut StdRng,
    outputs: &dyn Fn(&L, &[f64]) -> Vec<f64>,
) {
    let (mut checked, mut kinks) = (0, 0);
    let mut compare = |kind: &str,
                       index: usize,
                       given: f64,
                       output: &mut dyn FnMut(f64) -> Vec<f64>| {
        checked += 1;
        let mut slope = |step: f64| {
            let (below, above) = (output(-step), output(step));
            // Differences of outputs are summed, and not sums subtracted: less is lost to rounding.
            let rise = above
                .iter()
                .zip(&below)
                .zip(d_output)
                .map(|((above, below), d)| (above - below) * d);
            rise.sum::<f64>() / (2.0 * step)
        };
        let differ = |left: f64, right: f64| {
            let error = (left - right).abs() / left.abs().max(right.abs()).max(SMALLEST);
            // A NaN differs from everything.
            error >= TOLERANCE || error.is_nan()
        };
        let wanted = slope(STEP);
        if differ(given, wanted) {
            // Where a rectifier bends between the two points, differences depend on the distance.
            let closer = slope(STEP / 2.0);
            assert!(
                differ(wanted, closer) && !given.is_nan() && !closer.is_nan(),
                "{}, {} samples: {kind} gradient {index} is {given:e}, differences say {wanted:e}",
                core::any::type_name::<L>(),
                run.d_input.len() / <L::Input as Shape>::LEN,
            );
            kinks += 1;
        }
    };
    for index in drawn(input.len(), rng) {
        let value = input[index];
        compare("input", index, run.d_input[index], &mut |offset| {
            input[index] = value + offset;
            outputs(layer, &input)
        });
        input[index] = value;
    }
    let trained: Vec<usize> = Tensors::of::<f64, L>()
        .into_iter()
        .filter(|tensor| !is_statistic(tensor))
        .flat_map(|tensor| tensor.range)
        .collect();
    for index in drawn(trained.len(), rng) {
        let index = trained[index];
        let value = parameters::<f64, L>(layer)[index];
        compare("parameter", index, run.gradient[index], &mut |offset| {
            parameters_mut::<f64, L>(layer)[index] = value + offset;
            outputs(layer, &input)
        });
        parameters_mut::<f64, L>(layer)[index] = value;
    }
    assert!(kinks <= 2 + checked / 20, "{kinks} of {checked} differences have a kink in between");
}

fn outputs<L: Layer<f64, Input: Numbers<f64>>>(layer: &L, input: &[f64]) -> Vec<f64> {
    dispatch_pass(Forward { layer, input })
}

/// All indices below `len`, or some of them where they are many.
fn drawn(len: usize, rng: &mut StdRng) -> Vec<usize> {
    if len <= MOST_CHECKED {
        (0..len).collect()
    } else {
        (0..MOST_CHECKED).map(|_| rng.random_range(0..len)).collect()
    }
}

fn nan<T: Float>(len: usize) -> Vec<T> {
    vec![T::from_f64(f64::NAN); len]
}

/// Two runs of values agree, relative to the largest of them.
///
/// # Panics
/// If they do not, or one is NaN.
pub fn close<T: Float>(given: &[T], wanted: &[T], tolerance: f64, what: &str) {
    close_above(given, wanted, tolerance, 0.0, what);
}

/// As [`close`], relative to `smallest` where the largest of them is smaller.
fn close_above<T: Float>(given: &[T], wanted: &[T], tolerance: f64, smallest: f64, what: &str) {
    assert_eq!(given.len(), wanted.len(), "{what}: lengths");
    let scale = wanted.iter().map(|value| value.to_f64().abs()).fold(smallest, f64::max);
    for (index, (given, wanted)) in given.iter().zip(wanted).enumerate() {
        let error = (given.to_f64() - wanted.to_f64()).abs();
        // Written so that a NaN fails.
        assert!(
            error <= tolerance * scale,
            "{what}: value {index} is {given}, wanted {wanted} (largest {scale:e})"
        );
    }
}
