//! The same for sequences.

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
    struct Stepped< [40, 64] => attention(heads: 4, kv_heads: 2, causal: true, rotary: true, bias: false) >;
    /// Its working memory is little enough for the stack.
    struct Small< [8, 8] => attention(heads: 2) => flatten => 4 >;
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
        net.backward_into(&activations, &d_output[..], &mut gradient, &mut workspace);
        assert!(gradient.state().iter().any(|&value| value != 0.0));
        let activations = net.activations(&sequences[0]);
        net.backward_into(&activations, &d_output[0], &mut gradient, &mut workspace);
        let output = net.forward(&sequences[0]);
        assert!((output - activations.output).amax() < 1e-4);
    });
}

#[test]
fn steps_of_generation_allocate_nothing() {
    let net = Stepped::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let mut last = SVector::from_element(0.5);
    let allocated = allocations(|| {
        for _ in 0..40 {
            last = stream.push(&last);
        }
    });
    assert_eq!(allocated, 0);
    assert!(last.iter().all(|value| value.is_finite()) && last.amax() > 0.0);
}

#[test]
fn the_first_pass_of_a_small_network_allocates_nothing() {
    let net = Small::new(&mut StdRng::seed_from_u64(1));
    let x = SVector::<f32, 64>::from_element(0.5);
    let mut y = SVector::zeros();
    assert_eq!(allocations(|| y = net.forward(&x)), 0);
    assert!(y.amax() > 0.0);
}
