//! Streams of networks with several inputs take a step of each, and their stages may be networks of several inputs.

use static_net::layer::TimeFirst;

use super::outputs::{close, drawn, step};
use super::*;

network! {
    /// A sequence and what gates it, as rows.
    struct Gated< (x: [23, 4], gate: [23, 3])
        => &gate => g: sigmoid gru(5) => &x => lstm(5) => product(identity | &g) => (y: 2 | &x => z: gru(3)) >;
    /// Channels, with one output, in the other precision.
    struct Driven< f64; (signal: [1, 23], knobs: [2, 23])
        => concat(&signal | &knobs) => tanh conv(4, 3, padding: causal) => residual(conv(4, 2, padding: causal, dilation: 3)) => conv(1, 1) >;
    /// Tokens, numbers and rows.
    struct Mixed< (word: tokens(23, vocab: 7), loud: [23, 1], features: [23, 3])
        => &word => embedding(3) => product(identity | &features) => sum(identity | &loud => 3) => gru(4) >;
    /// Which steps are both.
    struct Both< (a: [23], b: [23]) => sum(&a | &b) >;
    struct Rows< (a: [23, 2], b: [23, 2]) => product(&a | &b) >;
    /// Networks of several inputs and outputs as stages, and a Gaussian.
    struct Block< (x: [23, 4], condition: [23, 3]) => &condition => c: 4 => &x => sum(gru(4) | &c) => (next: tanh 4 | skip: 2) >;
    struct Nested< [23, 3] => h: 4 => one: Block(x: &h, condition: &input) => two: Block(condition: &input, x: &one.next)
        => &two.next => mean: gru(3) => &h => log_variance: 3 => gaussian(&mean, &log_variance)
        => z: residual(Inner(gain: &mean, x: &h)) => concat(axis: 1; &one.skip | &z | &two.skip) >;
    /// A network at two places of one axis of time.
    struct Twice< [23, 3] => h: 4 => a: Plain => &h => b: Plain => sum(identity | &a) >;
    struct Plain< [23, 4] => gru(2) >;
    struct Heads< [23, 3] => h: 4 => one: Block(x: &h, condition: &input)
        => &h => other: Block(x: &h, condition: &input) => sum(&one.skip | &other.skip) >;
    struct Inner< (x: [23, 4], gain: [23, 3]) => &x => 3 => product(rnn(3) | &gain) >;
    struct Wave< (x: [4, 23], condition: [1, 23])
        => z: product(tanh sum(&x => conv(4, 3, padding: causal) | &condition => conv(4, 1)) | &condition => sigmoid conv(1, 2, padding: causal))
        => (next: sum(conv(4, 1) | &x) | &z => skip: conv(2, 1)) >;
    struct WaveNet< [1, 23] => h: conv(4, 1) => a: Wave(x: &h, condition: &input) => b: Wave(x: &a.next, condition: &input)
        => sum(&a.skip | &b.skip) => conv(1, 1) >;
}

#[test]
fn a_step_of_each_input() {
    let net = drawn::<Gated>();
    let x = SVector::<f32, 92>::from_fn(|index, _| ((index * index) as f32).sin());
    let gate = SVector::<f32, 69>::from_fn(|index, _| (index as f32).cos());
    let whole = net.forward(&GatedInput { x: &x, gate: &gate });
    let mut stream = net.stream();
    let mut state = StreamState::<Gated>::new();
    for time in 0..23 {
        let (x, gate): (SVector<f32, 4>, [f32; 3]) =
            (step(x.as_slice(), true, time), step::<f32, 3>(gate.as_slice(), true, time).into());
        let given = stream.push(&GatedInput { x: &x, gate });
        close(&given.y, &step::<f32, 2>(whole.y.as_slice(), true, time));
        close(&given.z, &step::<f32, 3>(whole.z.as_slice(), true, time));
        assert!(stream.push_for(&mut state, &GatedInput { x, gate: &gate }) == given);
    }
    assert_eq!(&state, stream.state());
    // A pass over the whole goes on where the steps ended.
    let mut other = state.clone();
    let next = net.forward_from(&GatedInput { x: &x, gate: &gate }, &mut state);
    assert_eq!((state.position(), other.position()), (46, 23));
    let first = GatedInput {
        x: step::<f32, 4>(x.as_slice(), true, 0),
        gate: [1.0, 1f32.cos(), 2f32.cos()],
    };
    close(&stream.push_for(&mut other, &first).y, &step::<f32, 2>(next.y.as_slice(), true, 0));
}

/// A stream that owns its network.
struct Owner {
    stream: Stream<Aligned<Driven>, 3, 1, SVector<f64, 1>, DrivenInput<[f64; 1], [f64; 2]>>,
}

#[test]
fn columns_of_each_input() {
    let net = drawn::<Driven>();
    let signal = SVector::<f64, 23>::from_fn(|index, _| (index as f64 / 3.0).sin());
    let knobs = SVector::<f64, 46>::from_fn(|index, _| (index as f64 / 7.0).cos());
    let whole = net.forward(&DrivenInput { signal: &signal, knobs: &knobs });
    let mut stream = net.stream();
    let mut owner = Owner { stream: Stream::new(drawn::<Driven>()) };
    for time in 0..23 {
        let knobs: SVector<f64, 2> = step(knobs.as_slice(), false, time);
        let input = DrivenInput { signal: [signal[time]], knobs: &knobs };
        let given = stream.push(&input);
        close(&given, &step::<f64, 1>(whole.as_slice(), false, time));
        assert_eq!(owner.stream.push(&input), given);
    }
}

#[test]
fn tokens_among_the_inputs() {
    let net = drawn::<Mixed>();
    let words: [u32; 23] = core::array::from_fn(|index| (index * index % 7) as u32);
    let loud: [f32; 23] = core::array::from_fn(|index| (index as f32).sin());
    let features = SVector::<f32, 69>::from_fn(|index, _| (index as f32).cos());
    let whole = net.forward(&MixedInput { word: &words, loud: &loud, features: &features });
    let mut stream = net.stream();
    for time in 0..23 {
        let features: SVector<f32, 3> = step(features.as_slice(), true, time);
        let input = MixedInput { word: &[words[time]], loud: &[loud[time]], features: &features };
        close(&stream.push(&input), &step::<f32, 4>(whole.as_slice(), true, time));
    }
    let before = stream.state().clone();
    let unknown = MixedInput { word: [7], loud: [0.0], features: [0.0; 3] };
    let error = stream.try_push(&unknown).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Mixed` cannot run: sample 0 has token 7 at position 23, but the vocabulary has 7 tokens, counted from 0"
    );
    assert_eq!(stream.state(), &before);
    let given = Both::zeros()
        .stream::<TimeFirst, _, _, _>()
        .push(&BothInput { a: [1.0], b: SVector::<f32, 1>::new(3.0) });
    assert_eq!(given[0], 4.0);
    let input = RowsInput { a: [1.0, 2.0], b: [3.0, 4.0] };
    assert_eq!(Rows::zeros().stream::<TimeFirst, _, _, _>().push(&input).as_slice(), [3.0, 8.0]);
}

#[test]
fn networks_of_several_inputs_and_outputs_as_stages() {
    agrees::<Twice, TimeFirst, 3, 2>(1e-5);
    agrees::<Heads, TimeFirst, 3, 2>(1e-5);
    agrees::<Nested, TimeFirst, 3, 7>(1e-5);
    agrees::<WaveNet, static_net::layer::TimeLast, 1, 1>(1e-5);
    let names: Vec<_> =
        StreamState::<Nested>::new().tensors().into_iter().map(|tensor| tensor.name).collect();
    assert_eq!(names[..2], ["one.stage2.branch1.h_0", "two.stage2.branch1.h_0"]);
}
