//! The same for sequences.

use static_net::layer::{Attention, Layer};
use static_net::simd::{InstructionSet, Kernel, dispatch};

use super::*;

network! {
    struct Language<
        [24, 16]
        => position(length: 30) => sinusoidal
        => repeat(2; residual(layer_norm => attention(heads: 4, kv_heads: 2, causal: true, dropout: 0.1, rotary: true)))
        => attention(2, bias: false) => flatten => 10
    >;
    /// Its scores alone would be 300 kB for each head.
    struct Long< [280, 32] => attention(heads: 2, causal: true, rotary: true) => attention(4) => flatten => 10 >;
}

images::steps!(a_training_step_of_a_language_model_allocates_nothing, Language, 384);

#[test]
fn long_sequences_need_little_stack() {
    with_little_stack(|| {
        let mut rng = StdRng::seed_from_u64(1);
        let mut net = Long::new(&mut rng);
        let mut gradient = Long::zeros();
        let values: Vec<f32> = (0..3 * 280 * 32).map(|_| rng.random()).collect();
        let sequences = values.as_chunks::<{ 280 * 32 }>().0;
        let d_output = [[1.0; 10]; 3];
        let activations = net.train(sequences, &mut rng);
        let mut workspace = Workspace::new();
        net.backward_into(&activations, &d_output[..], &mut gradient, None, &mut workspace);
        assert!(gradient.state().iter().any(|&value| value != 0.0));
        let activations = net.activations(&sequences[0]);
        net.backward_into(&activations, &d_output[0], &mut gradient, None, &mut workspace);
        let output = net.forward(&sequences[0]);
        assert!((output - activations.output).amax() < 1e-4);
    });
}

type Stepped = Attention<f32, 40, 64, 4, 128, 0, 0, true, true>;

/// Attention of one position after another, as generation needs it.
struct Steps<'a> {
    layer: &'a Stepped,
    cache: &'a mut [f32],
    scratch: &'a mut [f32],
}

impl Kernel for Steps<'_> {
    type Output = [f32; 64];

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> [f32; 64] {
        let (mut x, mut y) = ([0.5; 64], [0.0; 64]);
        for position in 0..40 {
            self.layer.step(instructions, &x, &mut y, self.cache, position, self.scratch);
            x = y;
        }
        y
    }
}

#[test]
fn steps_of_generation_allocate_nothing() {
    let mut layer = static_net_tests::gradient::zeros::<f32, Stepped>();
    layer.initialize(&mut StdRng::seed_from_u64(1));
    let mut cache = vec![f32::NAN; Stepped::STEP_STATE];
    let mut scratch = vec![f32::NAN; Stepped::STEP_SCRATCH];
    let mut last = [0.0; 64];
    let allocated = allocations(|| {
        let (cache, scratch) = (&mut cache[..], &mut scratch[..]);
        last = dispatch(Steps { layer: &layer, cache, scratch });
    });
    assert_eq!(allocated, 0);
    assert!(last.iter().all(|value| value.is_finite()));
}
