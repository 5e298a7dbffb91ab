//! What silence costs behind sound, against sound: values that decay must not become subnormal for good, with which some
//! machines compute a hundred times as slowly.
//!
//!     cargo bench -p static-net-tests --bench silence
//!
//! prints for each case the nanoseconds of a step with sound and of one long behind it, and their ratio. Both run in
//! turns, and the fastest of many short times counts. What a subnormal number costs differs from machine to machine, so
//! on x86-64 it also says what does not: whether a step of silence computed with any, or gave any. One that did
//! neither costs the same on all.

use std::hint::black_box;
use std::time::{Duration, Instant};

use static_net::prelude::*;

const TURNS: usize = 40;
const MOMENT: Duration = Duration::from_millis(5);
/// Enough for all that decays here to be as small as it will be.
const SILENCE: usize = 200_000;
/// What is left of a sound behind a filter: many hosts and drivers hand on such values as silence.
const REST_OF_A_SOUND: f32 = 1e-39;

network! {
    struct Leaky< [64, 1] => memory: rnn(32, nonlinearity: relu, bias: false) => dense(1, bias: false) >;
    struct Gru32< [64, 1] => memory: gru(32) => dense(1, bias: false) >;
    struct Lstm32< [64, 1] => memory: lstm(32) => dense(1, bias: false) >;
    struct TanhConvs<
        [1, 64]
        => tanh conv(8, 3, padding: causal, bias: false)
        => tanh conv(8, 3, padding: causal, dilation: 2, bias: false)
        => tanh conv(8, 3, padding: causal, dilation: 4, bias: false)
        => tanh conv(8, 3, padding: causal, dilation: 8, bias: false)
        => conv(1, 1, bias: false)
    >;
    struct LeakyConvs<
        [1, 64]
        => leaky_relu conv(8, 3, padding: causal, bias: false)
        => leaky_relu conv(8, 3, padding: causal, dilation: 2, bias: false)
        => leaky_relu conv(8, 3, padding: causal, dilation: 4, bias: false)
        => leaky_relu conv(8, 3, padding: causal, dilation: 8, bias: false)
        => conv(1, 1, bias: false)
    >;
    struct Dense< 64 => hidden: relu 64 => 10 >;
    struct Sequences< [64, 8] => gru(32, last: true, bias: false) => 4 >;
}

/// Steps of a stream: of a sound, and of what is left of it.
macro_rules! stream {
    ($name:literal, $net:expr, $rest:expr) => {{
        let net = $net;
        let (mut loud, mut silent) = (net.stream(), net.stream());
        let mut time = 0u32;
        let mut sound = move || {
            time = time.wrapping_add(1);
            [1.1 + (time as f32 * 0.1).sin()]
        };
        for _ in 0..1000 {
            silent.push(&sound());
        }
        for _ in 0..SILENCE {
            silent.push(&[$rest]);
        }
        let sounds: [[f32; 1]; 256] = std::array::from_fn(|_| sound());
        report(
            $name,
            || sounds.iter().for_each(|x| _ = black_box(loud.push(black_box(x)))),
            || sounds.iter().for_each(|_| _ = black_box(silent.push(black_box(&[$rest])))),
            sounds.len(),
        );
    }};
}
fn main() {
    let set = static_net::simd::instruction_set_name();
    println!("silence behind sound, one thread, {set}; the fastest of {TURNS} turns");
    println!("{:<44} {:>12} {:>12} {:>7}  subnormal", "", "sound", "silence", "ratio");

    // Each forgets a twentieth of its memory in a step, and has no other bias.
    let mut leaky = Leaky::new(&mut rng());
    leaky.memory.weight_hh_l0.fill_with_identity();
    leaky.memory.weight_hh_l0 *= 0.95;
    leaky.memory.weight_ih_l0.fill(0.5);
    let mut gru = Gru32::new(&mut rng());
    gru.memory.bias_ih_l0.fill(0.0);
    gru.memory.bias_hh_l0.fill(0.0);
    gru.memory.bias_ih_l0.rows_mut(32, 32).fill(3.0);
    let mut lstm = Lstm32::new(&mut rng());
    lstm.memory.bias_ih_l0.fill(0.0);
    lstm.memory.bias_hh_l0.fill(0.0);
    lstm.memory.bias_ih_l0.rows_mut(32, 32).fill(3.0);
    lstm.memory.weight_hh_l0 *= 0.2;
    stream!("a step of a leaky rnn", leaky.clone(), 0.0);
    stream!("a step of gru(32)", gru.clone(), 0.0);
    stream!("a step of lstm(32)", lstm.clone(), 0.0);
    stream!("a step of four tanh convs", TanhConvs::new(&mut rng()), 0.0);
    stream!("a step of four leaky_relu convs", LeakyConvs::new(&mut rng()), 0.0);
    stream!("a step of a leaky rnn, of 1e-39", leaky, REST_OF_A_SOUND);
    stream!("a step of gru(32), of 1e-39", gru, REST_OF_A_SOUND);
    stream!("a step of lstm(32), of 1e-39", lstm, REST_OF_A_SOUND);
    stream!("a step of four tanh convs, of 1e-39", TanhConvs::new(&mut rng()), REST_OF_A_SOUND);
    stream!(
        "a step of four leaky_relu convs, of 1e-39",
        LeakyConvs::new(&mut rng()),
        REST_OF_A_SOUND
    );

    forgetting();
    dead_units();
    optimizer("Adam, with gradients of zero", Adam::new);
    optimizer("RMSProp with momentum, with gradients of zero", |net| {
        RmsProp::new(net).momentum(0.9)
    });
    optimizer("SGD with momentum, with gradients of zero", |net| Sgd::new(net).momentum(0.9));
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(1)
}

/// Back-propagation through sequences of which only the last steps matter.
fn forgetting() {
    let mut net = Sequences::new(&mut rng());
    let lasting = net.clone();
    // The gradient shrinks by more than ten at each step back: it is nothing long before the first.
    net.stage1.weight_hh_l0 *= 0.01;
    net.stage1.weight_ih_l0.rows_mut(32, 32).fill(-3.0);
    let x = SMatrix::<f32, { 64 * 8 }, 8>::from_fn(|i, j| ((i + j) as f32 * 0.7).sin().abs() + 0.1);
    let d_output = SMatrix::<f32, 4, 8>::repeat(0.1);
    let step = |net: &Aligned<Sequences>| {
        let activations = net.activations(&x);
        let (net, mut gradient) = (net.clone(), Sequences::zeros());
        move || {
            gradient.fill_zero();
            net.backward(&activations, &d_output, &mut gradient);
            black_box(&gradient);
        }
    };
    report("backward through a gru(32) that forgets", step(&lasting), step(&net), 1);
}

/// A training step of a network whose hidden units are dead, so that their gradient is zero.
fn dead_units() {
    let x = SMatrix::<f32, 64, 8>::from_fn(|i, j| ((i * 8 + j) as f32 * 0.7).sin());
    let targets = SMatrix::<f32, 10, 8>::from_fn(|i, j| ((i + j) as f32 * 0.3).cos());
    let training = || {
        let mut net = Dense::new(&mut rng());
        let (mut gradient, mut adam) = (Dense::zeros(), Adam::new(&net).learning_rate(1e-5));
        move |is_dead: bool, steps: usize| {
            if is_dead {
                net.hidden.bias.fill(-100.0);
            }
            for _ in 0..steps {
                let activations = net.activations(&x);
                let (_, d_output) = MeanSquaredError.loss(&activations.output, &targets);
                gradient.fill_zero();
                net.backward(&activations, &d_output, &mut gradient);
                adam.step(&mut net, &gradient);
            }
            black_box(&net);
        }
    };
    let (mut live, mut dead) = (training(), training());
    dead(false, 100);
    dead(true, SILENCE);
    report("training with Adam, of dead units", || live(false, 10), || dead(true, 10), 10);
}

fn optimizer<O: Optimizer<Network = Dense>>(name: &str, new: impl Fn(&Aligned<Dense>) -> O) {
    let step = |steps: usize| {
        let mut net = Dense::new(&mut rng());
        let (mut gradient, mut optimizer) = (Dense::zeros(), new(&net));
        optimizer.set_learning_rate(1e-5);
        gradient.state_mut().iter_mut().enumerate().for_each(|(i, g)| *g = (i as f32).sin());
        optimizer.step(&mut net, &gradient);
        if steps > 0 {
            gradient.fill_zero();
        }
        for _ in 0..steps {
            optimizer.step(&mut net, &gradient);
        }
        move || {
            optimizer.step(&mut net, &gradient);
            black_box(&net);
        }
    };
    report(name, step(0), step(SILENCE), 1);
}

/// Runs both in turns, and prints what one of `steps` takes.
fn report(name: &str, mut sound: impl FnMut(), mut silence: impl FnMut(), steps: usize) {
    let mut best = [f64::INFINITY; 2];
    for _ in 0..TURNS {
        best[0] = best[0].min(fastest(&mut sound));
        best[1] = best[1].min(fastest(&mut silence));
    }
    let [sound, silence_takes] = best.map(|time| time / steps as f64);
    println!(
        "{name:<44} {sound:>9.1} ns {silence_takes:>9.1} ns {:>7.2}  {}",
        silence_takes / sound,
        subnormal_numbers(silence),
    );
}

/// Whether a run computes with subnormal numbers or gives some: the flags that the machine has for it.
#[cfg(target_arch = "x86_64")]
fn subnormal_numbers(mut run: impl FnMut()) -> &'static str {
    use std::arch::asm;
    const OPERAND: u32 = 1 << 1;
    const RESULT: u32 = 1 << 4;
    let mut register = 0u32;
    // SAFETY: `stmxcsr` writes the register to the four bytes that it is given, `ldmxcsr` reads it from there. Only flags
    // that tell of computations before are cleared; how numbers are rounded and what faults do stays as it is.
    unsafe {
        asm!("stmxcsr [{}]", in(reg) &mut register, options(nostack));
        register &= !(OPERAND | RESULT);
        asm!("ldmxcsr [{}]", in(reg) &register, options(nostack));
    }
    run();
    // SAFETY: as above.
    unsafe { asm!("stmxcsr [{}]", in(reg) &mut register, options(nostack)) };
    match (register & OPERAND != 0, register & RESULT != 0) {
        (false, false) => "none",
        (true, false) => "operands",
        (false, true) => "results",
        (true, true) => "operands, results",
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn subnormal_numbers(_: impl FnMut()) -> &'static str {
    "not told"
}

/// The shortest of the runs in a moment, in nanoseconds: other programs only ever make them longer.
fn fastest(run: &mut impl FnMut()) -> f64 {
    let (start, mut best) = (Instant::now(), f64::INFINITY);
    while start.elapsed() < MOMENT {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64() * 1e9);
    }
    best
}
