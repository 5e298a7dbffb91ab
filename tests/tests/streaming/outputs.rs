//! Streams of networks with several outputs give a step of each.

use static_net::layer::TimeFirst;

use super::*;

network! {
    /// A policy with a memory, and what it thinks that its state is worth.
    struct Agent< [23, 17] => memory: gru(32) => (policy: 6 | tanh 32 => value: 1) >;
    /// Channels, with values of stages further in front, and one output as wide as the sequence is long.
    struct Signal<
        f64;
        [2, 23]
        => h: tanh conv(5, 3, padding: causal)
        => residual(conv(5, 2, padding: causal, dilation: 4))
        => (wet: conv(23, 1) | &h | &input => dry: conv(1, 4, padding: causal) | last: relu)
    >;
    /// Rows behind columns, and what is as wide as it is long.
    struct Square<
        [6, 6] => a: conv(6, 2, padding: causal) => transpose => b: lstm(6) => (c: softmax | &b | &a => transpose => d: 6)
    >;
    /// Numbers one by one, and tokens.
    struct Numbers< [23] => a: relu => (b: tanh | c: sigmoid | &a) >;
    struct Words< tokens(23, vocab: 9) => embedding(4) => position => (next: 9 | residual(attention(2, causal: true)) => mood: 2) >;
    /// Sizes that are consts and a const parameter.
    struct Computed< const H: usize; [23, FEATURES] => repeat(H; residual(gru(FEATURES))) => (a: FEATURES | b: { FEATURES + 1 }) >;
    struct Rows< [23, 3] => (a: relu | b: tanh) >;
}

/// The step at a time of a sequence that is given row by row, or channel by channel.
pub fn step<T: Float, const N: usize>(values: &[T], is_row: bool, time: usize) -> SVector<T, N> {
    let length = values.len() / N;
    SVector::from_fn(|feature, _| {
        values[if is_row { time * N + feature } else { feature * length + time }]
    })
}

pub fn close<T: Float, const N: usize>(given: &SVector<T, N>, expected: &SVector<T, N>) {
    let tolerance = if size_of::<T>() == 4 { 1e-5 } else { 1e-12 };
    for (given, expected) in given.iter().zip(expected) {
        let (given, expected) = (given.to_f64(), expected.to_f64());
        assert!((given - expected).abs() < tolerance, "{given}, {expected}");
    }
}

pub fn drawn<N: Network>() -> Aligned<N> {
    let mut rng = StdRng::seed_from_u64(7);
    let mut net = Aligned::<N>::new(&mut rng);
    for value in net.state_mut() {
        *value = N::Scalar::from_f64(value.to_f64() + rng.random_range(-0.1..0.1));
    }
    net
}

#[test]
fn each_output_is_that_of_the_whole_sequence() {
    let net = drawn::<Agent>();
    let x = SVector::<f32, 391>::from_fn(|index, _| ((index * index) as f32).sin());
    let whole = net.forward(&x);
    let mut stream = net.stream();
    for time in 0..23 {
        let row: SVector<f32, 17> = step(x.as_slice(), true, time);
        let AgentOutput { policy, value } = stream.push(&row);
        close(&policy, &step::<f32, 6>(whole.policy.as_slice(), true, time));
        close(&value, &step::<f32, 1>(whole.value.as_slice(), true, time));
    }
    assert_eq!(stream.state().values().len(), 32);
    assert_eq!(stream.state().tensors()[0].name, "memory.h_0");
}

#[test]
fn outputs_of_channels_are_columns() {
    let net = drawn::<Signal>();
    let x = SVector::<f64, 46>::from_fn(|index, _| (index as f64 / 3.0).sin());
    let whole = net.forward(&x);
    let mut stream = net.stream();
    for time in 0..23 {
        let column: SVector<f64, 2> = step(x.as_slice(), false, time);
        let given = stream.push(&column);
        close(&given.wet, &step::<f64, 23>(whole.wet.as_slice(), false, time));
        close(&given.h, &step::<f64, 5>(whole.h.as_slice(), false, time));
        close(&given.dry, &step::<f64, 1>(whole.dry.as_slice(), false, time));
        close(&given.last, &step::<f64, 5>(whole.last.as_slice(), false, time));
    }
}

#[test]
fn outputs_behind_transposes() {
    let net = drawn::<Square>();
    let x = SVector::<f32, 36>::from_fn(|index, _| (index as f32 / 3.0).sin());
    let whole = net.forward(&x);
    let mut stream = net.stream();
    for time in 0..6 {
        let given = stream.push(&step::<f32, 6>(x.as_slice(), false, time));
        close(&given.c, &step::<f32, 6>(whole.c.as_slice(), true, time));
        close(&given.b, &step::<f32, 6>(whole.b.as_slice(), true, time));
        close(&given.d, &step::<f32, 6>(whole.d.as_slice(), true, time));
    }
}

#[test]
fn outputs_of_numbers_and_of_tokens() {
    let net = Numbers::zeros();
    let x = SVector::<f32, 23>::from_fn(|index, _| (index as f32 / 3.0).sin());
    let whole = net.forward(&x);
    let mut stream = net.stream::<TimeFirst, _, _, _>();
    for time in 0..23 {
        let given = stream.push(&[x[time]]);
        let given = [given.a, given.b, given.c].map(|value| value[0]);
        assert_eq!(given, [whole.a[time], whole.b[time], whole.c[time]]);
    }
    let net = drawn::<Words>();
    let words: [u32; 23] = core::array::from_fn(|index| (index * index % 9) as u32);
    let whole = net.forward(&words);
    let mut stream = net.stream();
    for (time, &word) in words.iter().enumerate() {
        let WordsOutput { next, mood } = stream.push(&[word]);
        close(&next, &step::<f32, 9>(whole.next.as_slice(), true, time));
        close(&mood, &step::<f32, 2>(whole.mood.as_slice(), true, time));
    }
    assert_eq!(
        stream.try_push(&[0]).err(),
        Some(StreamError::Full { network: "Words", steps: 23 })
    );
    assert!(net.stream().try_push(&[9]).is_err());
    let given = Rows::zeros().stream::<TimeFirst, 3, 6, _>().push(&[1.0, -1.0, 0.0]);
    assert_eq!((given.a.as_slice(), given.b[2]), (&[1.0, 0.0, 0.0][..], 0.0));
}

const FEATURES: usize = 3;

#[test]
fn outputs_of_computed_sizes() {
    let net = drawn::<Computed<5>>();
    let x = SVector::<f32, 69>::from_fn(|index, _| (index as f32 / 3.0).sin());
    let whole = net.forward(&x);
    let mut stream = net.stream();
    for time in 0..23 {
        let ComputedOutput { a, b } = stream.push(&step::<f32, 3>(x.as_slice(), true, time));
        close(&a, &step::<f32, 3>(whole.a.as_slice(), true, time));
        close(&b, &step::<f32, 4>(whole.b.as_slice(), true, time));
    }
}

/// A stream that owns its network, as the field of a struct.
struct Owner {
    stream: Stream<Aligned<Agent>, 17, 7, AgentOutput<SVector<f32, 6>, SVector<f32, 1>>>,
}

#[test]
fn states_go_on_where_there_are_several_outputs() {
    let net = drawn::<Agent>();
    let x = SMatrix::<f32, 17, 23>::from_fn(|row, column| ((row * 7 + column) as f32).sin());
    let mut owner = Owner { stream: Stream::new(drawn::<Agent>()) };
    let mut stream = net.stream();
    let mut states = vec![StreamState::<Agent>::new(); 2];
    for (time, row) in x.column_iter().enumerate() {
        let expected = stream.push(&row);
        assert!(stream.push_for(&mut states[1], &row) == expected);
        if time < 20 {
            assert!(owner.stream.push(&row) == expected);
        }
    }
    assert_eq!(&states[1], stream.state());
    assert_eq!((owner.stream.position(), states[0].position()), (20, 0));

    let mut held = stream.push(&[0.5; 17]);
    owner.stream.set_state(stream.state());
    stream.push_into(&[0.25; 17], &mut held);
    assert!(owner.stream.clone().try_push(&[0.25; 17]) == Ok(held));
}

#[test]
fn sequences_of_several_outputs_go_on_from_states() {
    let mut net = drawn::<Agent>();
    let x = OMatrix::<f32, Const<391>, Dyn>::from_fn(3, |row, sample| {
        ((row + 5 * sample) as f32).sin()
    });
    let mut states = vec![StreamState::<Agent>::new(); 3];
    let mut stream = net.stream();
    let mut expected = states.clone();
    let first: AgentOutput<_, _> = net.forward_from(&x, &mut states);
    assert!((&first.policy - &net.forward(&x).policy).amax() < 1e-6);
    let mut second = net.forward(&x);
    let mut begun = states.clone();
    net.forward_from_into(&x, &mut states, &mut second, &mut Workspace::new());
    for (sample, state) in expected.iter_mut().enumerate() {
        for time in 0..46 {
            let row: SVector<f32, 17> = step(x.column(sample).as_slice(), true, time % 23);
            let given = stream.push_for(state, &row);
            if let Some(time) = time.checked_sub(23) {
                let whole = second.policy.column(sample);
                close(&given.policy, &step::<f32, 6>(whole.as_slice(), true, time));
                assert!((given.value[0] - second.value[(time, sample)]).abs() < 1e-5);
            }
        }
        for (given, expected) in state.values().iter().zip(states[sample].values()) {
            assert!((given - expected).abs() < 1e-5);
        }
    }
    let trained = net.train_from(&x, &mut begun, &mut StdRng::seed_from_u64(1));
    assert_eq!((&trained.policy, &trained.value), (&second.policy, &second.value));
    let d_output = AgentOutput { policy: &second.policy, value: &second.value };
    let mut gradient = Agent::zeros();
    net.backward(&trained, &d_output, &mut gradient);
    assert!(gradient.state().iter().any(|&value| value != 0.0));
}
