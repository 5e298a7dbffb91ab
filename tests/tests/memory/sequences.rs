//! The same for sequences.

use static_net::layer::{Gru, Lstm, RecurrentCell};
use static_net::simd::{InstructionSet, Kernel, dispatch_pass};

use super::images::steps;
use super::*;

network! {
    struct Ways<
        [9, 20]
        => both: lstm(12, bidirectional: true) => relu gru(16, bias: false) => rnn(8, nonlinearity: relu)
        => sum(take_last | mean_over_time | max_over_time | gru(8, last: true) | lstm(4, last: true, bidirectional: true))
        => 10
    >;
    /// Its weights are copied before they are multiplied.
    struct Many< [3, 130] => lstm(129) => gru(150, last: true, bidirectional: true) => 10 >;
    /// Each of its representations is larger than the stack.
    struct Long<
        [2000, 40]
        => lstm(40, bidirectional: true) => tanh gru(40, bias: false) => rnn(40)
        => concat(take_last | mean_over_time | max_over_time | lstm(8, last: true)) => 10
    >;
}

steps!(a_training_step_of_recurrent_layers_allocates_nothing, Ways, 180);
steps!(a_training_step_of_many_hidden_units_allocates_nothing, Many, 390);

#[test]
fn long_sequences_need_little_stack() {
    with_little_stack(|| {
        let mut rng = StdRng::seed_from_u64(1);
        let net = Long::new(&mut rng);
        let mut gradient = Long::zeros();
        let values = vec![0.5; 2 * 2000 * 40];
        let sequences = values.as_chunks::<{ 2000 * 40 }>().0;
        let d_output = [[1.0; 10]; 2];
        let activations = net.activations(sequences);
        let mut workspace = Workspace::new();
        net.backward_into(&activations, &d_output[..], &mut gradient, &mut workspace);
        assert!(gradient.state().iter().any(|&value| value != 0.0));
        let activations = net.activations(&sequences[0]);
        net.backward_into(&activations, &d_output[0], &mut gradient, &mut workspace);
        let output = net.forward(&sequences[0]);
        assert!((output - activations.output).amax() < 1e-4);
    });
}

/// Steps of a stream, each with the state that the one before left.
struct Stream<'a, K, const H: usize, const G: usize, const B: usize> {
    cell: &'a RecurrentCell<f32, K, 20, H, G, B>,
    sequence: &'a [[f32; 20]; 9],
    state: &'a mut [f32],
    scratch: &'a mut [f32],
    outputs: &'a mut [f32],
}

impl<K, const H: usize, const G: usize, const B: usize> Kernel for Stream<'_, K, H, G, B>
where
    K: static_net::layer::Gates,
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        for (input, output) in self.sequence.iter().zip(self.outputs.chunks_exact_mut(H)) {
            self.cell.step(instructions, input, self.state, self.scratch);
            output.copy_from_slice(&self.state[..H]);
        }
    }
}

network! {
    struct OfLstm< [9, 20] => cell: lstm(17) >;
    struct OfGru< [9, 20] => cell: gru(8, bias: false) >;
}

/// Step by step comes what comes of the whole sequence, and nothing is allocated.
macro_rules! streams {
    ($($name:ident: $network:ident, $kind:ident, $hidden:literal, $rows:literal, $biases:literal;)*) => {$(
        #[test]
        fn $name() {
            type Cell = RecurrentCell<f32, $kind, 20, $hidden, $rows, $biases>;
            let mut rng = StdRng::seed_from_u64(1);
            let net = $network::new(&mut rng);
            let sequence: [[f32; 20]; 9] =
                std::array::from_fn(|_| std::array::from_fn(|_| rng.random()));
            let (mut state, mut scratch) = ([0.0; Cell::STATE], [f32::NAN; Cell::STEP_SCRATCH]);
            let mut outputs = [0.0; 9 * $hidden];
            let allocated = allocations(|| {
                dispatch_pass(Stream::<$kind, $hidden, $rows, $biases> {
                    cell: &net.cell,
                    sequence: &sequence,
                    state: &mut state,
                    scratch: &mut scratch,
                    outputs: &mut outputs,
                });
            });
            assert_eq!(allocated, 0);
            let whole = net.forward(sequence.as_flattened().as_array::<180>().expect("all"));
            assert!((whole - SVector::from(outputs)).amax() < 1e-5);
            assert!(whole.amax() > 0.01);
        }
    )*};
}

streams! {
    steps_of_a_long_short_term_memory: OfLstm, Lstm, 17, 68, 68;
    steps_of_gated_units: OfGru, Gru, 8, 24, 0;
}
