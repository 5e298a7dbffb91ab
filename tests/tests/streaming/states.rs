//! What a stream remembers is a value.

use static_net::stream::StateError;

use super::*;

network! {
    /// All that a stream keeps something for.
    struct Voice<
        [16, 4]
        => lstm(4)
        => repeat(2; residual(gru(3) => 4))
        => h: attention(heads: 2, causal: true)
        => transpose
        => concat(conv(2, 3, padding: causal) | Filter)
        => transpose
        => sum(rnn(4) | &h)
    >;
    struct Filter< [4, 16] => conv(2, 2, padding: causal, dilation: 3) >;
}

fn step(voice: usize, time: usize) -> [f32; 4] {
    core::array::from_fn(|feature| ((7 * voice + 3 * time + feature) as f32).sin())
}

#[test]
fn one_stream_serves_many_sequences() {
    let net = Voice::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    stream.push(&[1.0; 4]);
    let own = stream.state().clone();
    let mut states = vec![StreamState::<Voice>::new(); 3];
    let mut alone: Vec<_> = states.iter().map(|_| net.stream()).collect();
    for time in 0..10 {
        for (voice, (state, alone)) in states.iter_mut().zip(&mut alone).enumerate() {
            assert_eq!(stream.push_for(state, &step(voice, time)), alone.push(&step(voice, time)));
        }
        if time == 5 {
            states[1].reset();
            alone[1].reset();
        }
    }
    assert_eq!(stream.state(), &own);
    assert_eq!(states[1].position(), 4);
    assert!(states.iter().zip(&alone).all(|(state, alone)| state == alone.state()));
}

#[test]
fn a_stream_goes_on_from_a_state() {
    let net = Voice::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    for time in 0..5 {
        stream.push(&step(0, time));
    }
    let state = stream.state().clone();
    let next = stream.push(&step(0, 5));
    assert_ne!(stream.state(), &state);
    let mut other = net.stream().with_state(&state);
    assert_eq!((other.position(), other.push(&step(0, 5))), (5, next));
    assert_eq!(other.state(), stream.state());
    other.set_state(&state);
    assert_eq!(other.push(&step(0, 5)), next);
    assert_eq!(format!("{:?}", StreamState::<Filter>::new()).lines().count(), 1);
}

#[test]
fn a_state_goes_through_numbers_and_bytes() {
    let net = Voice::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    for time in 0..5 {
        stream.push(&step(0, time));
    }
    let (position, values) = (stream.position(), stream.state().values());
    // h and c; h of each turn; keys and values; steps for the convolutions; h.
    assert_eq!(values.len(), 2 * 4 + 2 * 3 + 16 * 8 + 2 * 4 + 3 * 4 + 4);
    let mut state = StreamState::<Voice>::new();
    state.restore(position, values).expect("they fit");
    assert_eq!(&state, stream.state());
    let bytes = state.to_bytes();
    assert_eq!(bytes.len(), 8 + 4 * values.len());
    let mut other = StreamState::<Voice>::new();
    other.restore_bytes(&bytes).expect("they fit");
    assert_eq!(other, state);
}

#[test]
fn what_is_no_state_of_the_network_is_refused() {
    let mut state = StreamState::<Voice>::new();
    state.values_mut().fill(0.5);
    let before = state.clone();
    let values = vec![0.0; state.values().len()];
    let error = state.restore(1, &values[1..]).unwrap_err();
    let expected = StateError::Values { network: "Voice", expected: 166, found: 165 };
    assert_eq!(error, expected);
    assert_eq!(error.to_string(), "a state of `Voice` has 166 values, not 165");
    let error = state.restore(17, &values).unwrap_err();
    assert_eq!(error, StateError::Position { network: "Voice", steps: 16, position: 17 });
    assert_eq!(
        error.to_string(),
        "a stream of `Voice` takes 16 steps, as many as its declaration says: there is no state behind 17"
    );
    let mut bytes = state.to_bytes();
    let error = state.restore_bytes(&bytes[1..]).unwrap_err();
    assert_eq!(error.to_string(), "a state of `Voice` takes 672 bytes, not 671");
    assert!(state.restore_bytes(&[]).is_err());
    bytes[..8].fill(u8::MAX);
    assert!(matches!(state.restore_bytes(&bytes), Err(StateError::Position { .. })));
    assert_eq!(state, before);
    assert!(state.restore(16, &values).is_ok());
    assert!(Voice::zeros().stream().with_state(&state).try_push(&[0.0; 4]).is_err());
}
