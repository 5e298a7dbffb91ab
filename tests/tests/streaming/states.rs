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
    state.set_values(position, values).expect("they fit");
    assert_eq!(&state, stream.state());
    let bytes = state.to_bytes();
    assert_eq!(bytes.len(), 8 + 4 * values.len());
    let mut other = StreamState::<Voice>::new();
    other.set_bytes(&bytes).expect("they fit");
    assert_eq!(other, state);
}

#[test]
fn what_is_no_state_of_the_network_is_refused() {
    let mut state = StreamState::<Voice>::new();
    state.values_mut().fill(0.5);
    let before = state.clone();
    let values = vec![0.0; state.values().len()];
    let error = state.set_values(1, &values[1..]).unwrap_err();
    let expected = StateError::Values { network: "Voice", expected: 166, found: 165 };
    assert_eq!(error, expected);
    assert_eq!(error.to_string(), "a state of `Voice` has 166 values, not 165");
    let error = state.set_values(17, &values).unwrap_err();
    assert_eq!(error, StateError::Position { network: "Voice", steps: 16, position: 17 });
    assert_eq!(
        error.to_string(),
        "a stream of `Voice` takes 16 steps, as many as its declaration says: there is no state behind 17"
    );
    let mut bytes = state.to_bytes();
    let error = state.set_bytes(&bytes[1..]).unwrap_err();
    assert_eq!(error.to_string(), "a state of `Voice` takes 672 bytes, not 671");
    assert!(state.set_bytes(&[]).is_err());
    bytes[..8].fill(u8::MAX);
    assert!(matches!(state.set_bytes(&bytes), Err(StateError::Position { .. })));
    assert_eq!(state, before);
    assert!(state.set_values(16, &values).is_ok());
    assert!(Voice::zeros().stream().with_state(&state).try_push(&[0.0; 4]).is_err());
}

network! {
    struct Parts<
        [9, 3]
        => a: tanh lstm(2)
        => residual(b: gru(4) => 2)
        => repeat(2; residual(rnn(2)))
        => residual(gru(5); project: rnn(5))
        => d: sum(lstm(3) | relu => rnn(3) => [9, 3] | &a => gru(3))
        => inner: Deepest
        => transpose => conv(2, 4, padding: causal) => transpose
        => attention(heads: 1, causal: true)
    >;
    struct Deepest< [9, 3] => position => e: lstm(1) >;
}

#[test]
fn what_each_stage_keeps_has_a_name() {
    let tensors = StreamState::<Parts>::new().tensors();
    let given: Vec<_> = tensors
        .iter()
        .map(|tensor| (tensor.name.as_str(), tensor.shape.as_slice(), tensor.range.clone()))
        .collect();
    let expected: [(&str, &[usize], _); 15] = [
        ("a.h_0", &[1, 2], 0..2),
        ("a.c_0", &[1, 2], 2..4),
        ("b.h_0", &[1, 4], 4..8),
        ("stage3.0.h_0", &[1, 2], 8..10),
        ("stage3.1.h_0", &[1, 2], 10..12),
        ("stage4.project.h_0", &[1, 5], 12..17),
        ("stage4.h_0", &[1, 5], 17..22),
        ("d.branch1.h_0", &[1, 3], 22..25),
        ("d.branch1.c_0", &[1, 3], 25..28),
        ("d.branch2.stage2.h_0", &[1, 3], 28..31),
        ("d.branch3.h_0", &[1, 3], 31..34),
        ("inner.e.h_0", &[1, 1], 34..35),
        ("inner.e.c_0", &[1, 1], 35..36),
        ("stage8.past", &[3, 1], 36..39),
        ("stage10.cache", &[9, 4], 39..75),
    ];
    assert_eq!(given, expected);
}

#[test]
fn what_recurrences_keep_has_a_type() {
    let net = Parts::new(&mut StdRng::seed_from_u64(1));
    let mut state = StreamState::<Parts>::new();
    for (index, value) in state.values_mut().iter_mut().enumerate() {
        *value = index as f32;
    }
    assert_eq!(state.part(&net, |net| &net.a).cell.as_slice(), [2.0, 3.0]);
    assert_eq!(state.part(&net, |net| &net.stage2.b).hidden.as_slice(), [4.0, 5.0, 6.0, 7.0]);
    assert_eq!(state.part(&net, |net| &net.stage3[1]).hidden.as_slice(), [10.0, 11.0]);
    assert_eq!(state.part(&net, |net| &net.stage4.project).hidden[0], 12.0);
    assert_eq!(state.part(&net, |net| &net.stage4.body).hidden[0], 17.0);
    assert_eq!(state.part(&net, |net| &net.d.branch1).cell[2], 27.0);
    assert_eq!(state.part(&net, |net| &net.d.branch2.stage2).hidden[2], 30.0);
    assert_eq!(state.part(&net, |net| &net.d.branch3).hidden[1], 32.0);
    state.part_mut(&net, |net| &net.inner.e).cell[0] = -1.0;
    assert_eq!(state.values()[34..37], [34.0, -1.0, 36.0]);

    let mut stream = net.stream();
    stream.push(&[0.1, 0.2, 0.3]);
    let hidden = stream.part(|net| &net.a).hidden;
    assert!(hidden.amax() > 0.0);
    assert_eq!(hidden.as_slice(), &stream.state().values()[..2]);
}

#[test]
#[should_panic(expected = "the layer is 0 stages of `Parts` that keep a state")]
fn a_layer_of_another_network_has_no_part() {
    let other: &'static Aligned<Parts> = Box::leak(Box::new(Parts::zeros()));
    StreamState::<Parts>::new().part(&Parts::zeros(), |_| &other.a);
}

network! {
    struct Numbered< [9, 3] => #[tensors = "0"] a: lstm(2) => residual(#[tensors = "rnn"] gru(2)) >;
}

#[test]
fn parts_are_called_as_the_tensors_of_their_stage() {
    let state = StreamState::<Numbered>::new();
    let names: Vec<_> = state.tensors().into_iter().map(|tensor| tensor.name).collect();
    let [begins, residual] = ["0.weight_ih_l0", "rnn."];
    assert_eq!(Numbered::tensors()[0].name, begins);
    let gru = Numbered::tensors()[4].name.replace("weight_ih_l0", "h_0");
    assert!(gru.starts_with(residual), "{gru}");
    assert_eq!(names, ["0.h_0", "0.c_0", &gru]);
}

#[test]
fn a_state_goes_through_a_file() {
    let net = Parts::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    for time in 0..3 {
        stream.push(&[0.5, time as f32, -1.0]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state.safetensors");
    stream.state().save(&path).expect("it can be written");
    let mut state = StreamState::<Parts>::new();
    state.restore(&path).expect("it fits");
    assert_eq!(&state, stream.state());
    assert_eq!(std::fs::read(&path).expect("a file"), state.to_safetensors());

    let file = static_net::file::StateDict::open(&path).expect("a file");
    let (before, text) = (state.clone(), |error: static_net::file::LoadError| error.to_string());
    let lacking = file.clone().without("a.").expect("there is one").restore_state(&mut state);
    let lacking = text(lacking.unwrap_err());
    assert!(lacking.contains("a.h_0") && lacking.contains("Parts"), "{lacking}");
    let other = text(StreamState::<Numbered>::new().restore(&path).unwrap_err());
    assert!(other.contains("`0.h_0`") && other.contains("`a.c_0`"), "{other}");
    let mut late = StreamState::<Parts>::new().to_safetensors();
    let header = 8 + u64::from_le_bytes(*late.first_chunk().expect("a length")) as usize;
    late[header..header + 8].copy_from_slice(&10_i64.to_le_bytes());
    let late = text(state.restore_from(&late).unwrap_err());
    assert!(late.ends_with("there is no state behind 10"), "{late}");
    assert_eq!(state, before);
}
