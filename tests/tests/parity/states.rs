//! Sequences that go on from a state, against `states.py` and `nam.py`.

use super::*;

network! {
    struct Net<
        f64;
        [4, 3]
        => transpose
        => conv: gelu conv(4, 3, padding: causal, dilation: 2)
        => transpose
        => a: lstm(5)
        => b: gru(4)
        => c: rnn(4)
        => head: 2
    >;
    /// A sequence of Neural Amp Modeler goes on for ever: its length is none of the values.
    struct Amp< [1, 1] => lstm: lstm(3) => head: 1 >;
}

/// The parameters of a network, by their names in PyTorch.
fn set(net: &mut Net, values: &Value) {
    for tensor in Net::tensors() {
        let values = numbers::<f64>(get(values, &tensor.name));
        for (place, value) in places(&tensor).into_iter().zip(values) {
            net.state_mut()[place] = value;
        }
    }
}

const TOLERANCE: f64 = 1e-12;

fn assert_close(what: &str, got: &[f64], expected: &Value) {
    static_net_tests::fixture::assert_close(what, got, &numbers::<f64>(expected), TOLERANCE);
}

#[test]
fn truncated_back_propagation_through_time() {
    let fixture = read("states.json");
    let mut net = Net::zeros();
    set(&mut net, get(&fixture, "parameters"));
    let mut states = vec![StreamState::<Net>::new(); 3];
    let begins = get(&fixture, "state");
    let hidden = |name: &str| numbers::<f64>(get(begins, name));
    for (sample, state) in states.iter_mut().enumerate() {
        let of = |name: &str, size: usize| hidden(name)[sample * size..][..size].to_vec();
        state.part_mut(&net, |net| &net.a).hidden.copy_from_slice(&of("h_a", 5));
        state.part_mut(&net, |net| &net.a).cell.copy_from_slice(&of("c_a", 5));
        state.part_mut(&net, |net| &net.b).hidden.copy_from_slice(&of("h_b", 4));
        state.part_mut(&net, |net| &net.c).hidden.copy_from_slice(&of("h_c", 4));
    }
    for chunk in get(&fixture, "chunks").as_array().expect("chunks") {
        let of = |name: &str| numbers::<f64>(get(chunk, name));
        let x = SMatrix::<f64, 12, 3>::from_column_slice(&of("input"));
        let d_output = SMatrix::<f64, 8, 3>::from_column_slice(&of("d_output"));
        let forward = net.forward_from(&x, &mut states.clone());
        let activations = net.activations_from(&x, &mut states);
        assert_close("forward", forward.as_slice(), get(chunk, "output"));
        assert_close("output", activations.output.as_slice(), get(chunk, "output"));
        let mut gradient = Net::zeros();
        let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);
        assert_close("d_input", d_input.as_slice(), get(chunk, "d_input"));
        for tensor in Net::tensors() {
            let got: Vec<f64> =
                places(&tensor).into_iter().map(|place| gradient.state()[place]).collect();
            assert_close(&tensor.name, &got, get(get(chunk, "gradients"), &tensor.name));
        }
        let kept = |part: &dyn Fn(&StreamState<Net>) -> Vec<f64>| -> Vec<f64> {
            states.iter().flat_map(part).collect()
        };
        let behind = get(chunk, "state");
        let h_a = kept(&|state| state.part(&net, |net| &net.a).hidden.as_slice().to_vec());
        assert_close("h_a", &h_a, get(behind, "h_a"));
        let c_a = kept(&|state| state.part(&net, |net| &net.a).cell.as_slice().to_vec());
        assert_close("c_a", &c_a, get(behind, "c_a"));
        let h_b = kept(&|state| state.part(&net, |net| &net.b).hidden.as_slice().to_vec());
        assert_close("h_b", &h_b, get(behind, "h_b"));
        let h_c = kept(&|state| state.part(&net, |net| &net.c).hidden.as_slice().to_vec());
        assert_close("h_c", &h_c, get(behind, "h_c"));
    }
}

#[test]
fn an_amplifier_begins_with_a_stored_state() {
    let fixture = read("nam_lstm.json");
    let weights = numbers::<f32>(get(&fixture, "weights"));
    let mut weights = weights.iter().copied();
    let mut net = Amp::zeros();
    for row in 0..12 {
        net.lstm.weight_ih_l0[row] = weights.next().expect("a weight");
        for column in 0..3 {
            net.lstm.weight_hh_l0[(row, column)] = weights.next().expect("a weight");
        }
    }
    // One bias is the sum of both.
    net.lstm.bias_ih_l0.iter_mut().zip(weights.by_ref()).for_each(|(bias, value)| *bias = value);
    let mut state = StreamState::<Amp>::new();
    let initial = state.part_mut(&net, |net| &net.lstm);
    initial.hidden.iter_mut().zip(weights.by_ref()).for_each(|(h, value)| *h = value);
    initial.cell.iter_mut().zip(weights.by_ref()).for_each(|(c, value)| *c = value);
    net.head.weight.iter_mut().zip(weights.by_ref()).for_each(|(weight, value)| *weight = value);
    net.head.bias[0] = weights.next().expect("a bias");
    assert!(weights.next().is_none());

    let mut stream = net.stream().with_state(&state);
    for _ in 0..get(&fixture, "silence").as_u64().expect("a number of samples") {
        stream.push(&[0.0]);
    }
    let input = numbers::<f32>(get(&fixture, "input"));
    let output: Vec<f32> = input.iter().map(|&x| stream.push(&[x])[0]).collect();
    let expected = numbers::<f64>(get(&fixture, "output"));
    static_net_tests::fixture::assert_close("output", &output, &expected, 1e-5);

    // The stored state is one from which there is less to settle than from zeros.
    let settles = |mut stream: Stream<&Amp, 1, 1>| {
        let first = stream.push(&[0.0]);
        for _ in 0..24_000 {
            stream.push(&[0.0]);
        }
        (first - stream.push(&[0.0])).amax()
    };
    let from = [settles(net.stream().with_state(&state)), settles(net.stream())];
    assert!(from[0] < from[1], "{from:?}");
}
