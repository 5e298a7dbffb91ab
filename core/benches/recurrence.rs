//! Recurrent layers of 64 hidden units over 64 features: a step, a step of a network's stream, and training.
//!
//! `cargo bench -p static-net --bench recurrence` prints for each kind the nanoseconds that one step of one sample
//! takes, by itself and by `net.stream().push`; what a pass over a sequence of 32 steps takes for each step, of one sample and of 16, forward, and in
//! training forward and backward, with the GFLOP/s; and the most that this machine can. Only products that a textbook
//! counts are counted, three times in training.

mod peak;

use std::hint::black_box;
use std::time::Instant;

use static_net::layer::Gates;
use static_net::layer::{
    Backward, Bidirectional, Gru, Layer, Lstm, Pass, Record as RecordMode, Recurrent,
    RecurrentCell, Rnn, Tape,
};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank2, Shape, samples, samples_mut};
use static_net::simd::{InstructionSet, Kernel, dispatch};

const FEATURES: usize = 64;
const HIDDEN: usize = 64;
const LENGTH: usize = 32;

type Cell<K, const G: usize> = RecurrentCell<f32, K, FEATURES, HIDDEN, G, G>;
type Along<K, const G: usize> =
    Recurrent<Cell<K, G>, Rank2<LENGTH, FEATURES>, Rank2<LENGTH, HIDDEN>>;
type Both<K, const G: usize> =
    Bidirectional<Cell<K, G>, Rank2<LENGTH, FEATURES>, Rank2<LENGTH, { 2 * HIDDEN }>>;

network! {
    struct RnnNet< [LENGTH, FEATURES] => rnn(HIDDEN) >;
    struct GruNet< [LENGTH, FEATURES] => gru(HIDDEN) >;
    struct LstmNet< [LENGTH, FEATURES] => lstm(HIDDEN) >;
}

/// A layer with all memory that it needs.
struct Bench<L> {
    layer: Box<L>,
    gradient: Box<L>,
    input: Vec<f32>,
    output: Vec<f32>,
    tape: Vec<f32>,
    d_output: Vec<f32>,
    d_input: Vec<f32>,
    forward_scratch: Vec<f32>,
    backward_scratch: Vec<f32>,
}

impl<L: Layer<f32, Input: Numbers<f32>>> Bench<L> {
    fn new(batch: usize) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        // SAFETY: a layer is values of `f32` and nothing else (`Parameters`), and zero bytes are zeros.
        let zeros = || unsafe { Box::<L>::new_zeroed().assume_init() };
        let mut layer = zeros();
        layer.initialize(rng);
        let mut random = |len| (0..len).map(|_| rng.random::<f32>() - 0.5).collect::<Vec<_>>();
        Bench {
            layer,
            gradient: zeros(),
            input: random(batch * L::Input::LEN),
            output: random(batch * L::Output::LEN),
            tape: random(L::NEEDS.tape.values(batch)),
            d_output: random(batch * L::Output::LEN),
            d_input: random(batch * L::Input::LEN),
            forward_scratch: random(L::NEEDS.forward.values(batch)),
            backward_scratch: random(L::NEEDS.backward.values(batch)),
        }
    }
}

struct Forward<'a, L>(&'a mut Bench<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Forward<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.0.layer.forward(
            samples::<L::Input, f32>(&self.0.input),
            samples_mut::<L::Output, f32>(&mut self.0.output),
            &mut Pass::evaluate(instructions, &mut self.0.forward_scratch),
        );
    }
}

struct Record<'a, L>(&'a mut Bench<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Record<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let mut record = RecordMode::new(&mut self.0.tape);
        self.0.layer.forward(
            samples::<L::Input, f32>(&self.0.input),
            samples_mut::<L::Output, f32>(&mut self.0.output),
            &mut Pass::new(instructions, &mut self.0.forward_scratch, &mut record),
        );
    }
}

struct Back<'a, L>(&'a mut Bench<L>);

impl<L: Layer<f32, Input: Numbers<f32>>> Kernel for Back<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let bench = self.0;
        let step = Backward {
            input: samples::<L::Input, f32>(&bench.input),
            output: samples::<L::Output, f32>(&bench.output),
            tape: Tape::new(&bench.tape, false),
            d_output: samples_mut::<L::Output, f32>(&mut bench.d_output),
            d_input: Some(samples_mut::<L::Input, f32>(&mut bench.d_input)),
        };
        let pass = &mut Pass::evaluate(instructions, &mut bench.backward_scratch);
        bench.layer.backward(step, Some(&mut bench.gradient), pass);
    }
}

/// One step of one sample.
struct Step<'a, K, const G: usize> {
    cell: &'a Cell<K, G>,
    input: &'a [f32; FEATURES],
    state: &'a mut [f32],
    scratch: &'a mut [f32],
}

impl<K: Gates, const G: usize> Kernel for Step<'_, K, G> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.cell.step(instructions, self.input, self.state, self.scratch);
    }
}

/// The shortest of many times, in seconds: other programs only ever make it longer.
fn seconds(calls: usize, mut run: impl FnMut()) -> f64 {
    let mut shortest = f64::INFINITY;
    let start = Instant::now();
    while start.elapsed().as_secs_f64() < 0.3 {
        let start = Instant::now();
        for _ in 0..calls {
            run();
        }
        shortest = shortest.min(start.elapsed().as_secs_f64() / calls as f64);
    }
    shortest
}

fn step<K: Gates, const G: usize>() -> f64 {
    let bench = Bench::<Along<K, G>>::new(1);
    let input = bench.input[..FEATURES].try_into().expect("features of a step");
    let mut state = [0.0; 2 * HIDDEN];
    let mut scratch = vec![0.0; Cell::<K, G>::STEP_SCRATCH];
    seconds(64, || {
        dispatch(Step::<K, G> {
            cell: black_box(&bench.layer),
            input: black_box(&input),
            state: &mut state,
            scratch: &mut scratch,
        });
    })
}

/// The nanoseconds of a step of a network's stream.
macro_rules! pushed {
    ($net:ty) => {{
        let net = <$net>::new(&mut StdRng::seed_from_u64(1));
        let mut stream = net.stream();
        let input = SVector::<f32, FEATURES>::from_fn(|feature, _| (feature as f32).sin());
        seconds(64, || {
            black_box(stream.push(black_box(&input)));
        }) * 1e9
    }};
}

fn along<L: Layer<f32, Input: Numbers<f32>>>(name: &str) {
    for batch in [1, 16] {
        let mut bench = Bench::<L>::new(batch);
        let forward = seconds(1, || dispatch(Forward(black_box(&mut bench))));
        let record = seconds(1, || dispatch(Record(black_box(&mut bench))));
        let back = seconds(1, || dispatch(Back(black_box(&mut bench))));
        let operations = (2 * batch * L::DESCRIPTION.multiply_adds) as f64;
        println!(
            "  {name:<20} {batch:>5} {:10.0} {:8.1} {:10.0} {:8.1} {:10.0} {:8.1}",
            forward * 1e9 / (batch * LENGTH) as f64,
            operations / forward / 1e9,
            back * 1e9 / (batch * LENGTH) as f64,
            2.0 * operations / back / 1e9,
            (record + back) * 1e9 / (batch * LENGTH) as f64,
            3.0 * operations / (record + back) / 1e9,
        );
    }
}

fn main() {
    let set = static_net::simd::instruction_set_name();
    println!("{set}; {HIDDEN} hidden units, {FEATURES} features");
    println!("one step of one sample, ns:");
    let stepped =
        [step::<Rnn, HIDDEN>(), step::<Gru, { 3 * HIDDEN }>(), step::<Lstm, { 4 * HIDDEN }>()];
    let pushed = [pushed!(RnnNet), pushed!(GruNet), pushed!(LstmNet)];
    for (name, (stepped, pushed)) in ["rnn", "gru", "lstm"].iter().zip(stepped.iter().zip(pushed)) {
        println!("  {name:<4} {:6.0}, through a stream {pushed:6.0}", stepped * 1e9);
    }
    println!("along {LENGTH} steps, ns for each step of each sample, and GFLOP/s:");
    println!("  {:<20} {:>5} {:>19} {:>19} {:>19}", "", "batch", "forward", "backward", "training");
    along::<Along<Rnn, HIDDEN>>("rnn");
    along::<Along<Gru, { 3 * HIDDEN }>>("gru");
    along::<Along<Lstm, { 4 * HIDDEN }>>("lstm");
    along::<Both<Lstm, { 4 * HIDDEN }>>("lstm, both ways");
    println!("the most that this machine can: {:.0} GFLOP/s", peak::measured() / 1e9);
}
