//! The same for networks of tokens, and whole networks for sequences.

use super::*;

network! {
    struct Gpt<
        tokens(8, vocab: 11) => embedding(8) => position
        => repeat(2;
            residual(norm1: layer_norm => attn: attention(heads: 2, causal: true, dropout: 0.1))
            => residual(norm2: layer_norm => up: gelu 16 => down: 8 => dropout(0.1)))
        => layer_norm => 11
    >;
    struct Tied<
        tokens(8, vocab: 11) => table: embedding(8) => repeat(2; residual(rms_norm => silu 24 => 8)) => tied(table)
    >;
    struct Tagger<
        tokens(12, vocab: 30) => embedding(10) => gru(9, bidirectional: true) => tanh 8 => log_softmax 5
    >;
    struct Columns< tokens(3, vocab: [40, 60, 20]) => embedding(6) => flatten => relu 16 => 5 >;
    struct Classifier< [10, 5] => layer_norm => lstm(12) => lstm(9, last: true) => dropout(0.2) => 10 >;
    /// 12000 * 512 weights of four bytes at either end.
    struct Large<
        tokens(24, vocab: 12_000) => embedding(512) => position
        => residual(layer_norm => attention(heads: 8, causal: true))
        => residual(layer_norm => gelu 1024 => 512)
        => layer_norm => 12_000
    >;
}

super::images::steps!(
    a_training_step_of_a_classifier_of_sequences_allocates_nothing,
    Classifier,
    50
);

/// A whole step of training, at each step of a sequence, on memory that is held.
macro_rules! steps {
    ($($name:ident: $network:ident, $length:literal tokens of $vocabulary:literal, $steps:literal of $classes:literal;)*) => {$(
        #[test]
        fn $name() {
            let mut rng = StdRng::seed_from_u64(1);
            let mut net = $network::new(&mut rng);
            let mut adam = AdamW::new(&net);
            let mut gradient = $network::zeros();
            let samples: Vec<[u32; $length]> =
                (0..20).map(|_| std::array::from_fn(|_| rng.random_range(0..$vocabulary))).collect();
            let targets: Vec<[u32; $steps]> =
                (0..20).map(|_| std::array::from_fn(|_| rng.random_range(0..$classes))).collect();
            let loss = CrossEntropy.each_step::<$classes>();
            let mut activations = net.activations(&samples[..]);
            let mut output = net.forward(&samples[..]);
            let mut d_output = output.clone();
            let mut workspace = Workspace::new();
            let mut step = |count: usize| {
                let (samples, targets) = (&samples[..count], &targets[..count]);
                assert_eq!($network::check_tokens(samples), Ok(()));
                net.train_into(samples, &mut rng, &mut activations);
                loss.loss_into(&activations.output, targets, &mut d_output);
                gradient.fill_zero();
                net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
                clip_norm(&mut gradient, 1.0);
                adam.step(&mut net, &gradient);
                net.activations_into(samples, &mut activations);
                net.forward_into(samples, &mut output, &mut workspace);
            };
            step(20);
            for count in [20, 7, 20, 1] {
                assert_eq!(allocations(|| step(count)), 0, "{count} samples");
            }
            assert!(output.iter().all(|value| value.is_finite()));
        }
    )*};
}

steps! {
    a_training_step_of_a_gpt_allocates_nothing: Gpt, 8 tokens of 11, 8 of 11;
    a_training_step_of_tied_tables_allocates_nothing: Tied, 8 tokens of 11, 8 of 11;
    a_training_step_of_a_tagger_allocates_nothing: Tagger, 12 tokens of 30, 12 of 5;
    a_training_step_of_columns_allocates_nothing: Columns, 3 tokens of 20, 1 of 5;
}

#[test]
fn a_language_model_of_over_50_megabytes_needs_little_stack() {
    assert!(size_of::<Large>() > 50_000_000);
    with_little_stack(|| {
        let mut rng = StdRng::seed_from_u64(1);
        let mut net = Large::new(&mut rng);
        let mut gradient = Large::zeros();
        let tokens: Vec<[u32; 24]> =
            (0..2).map(|_| std::array::from_fn(|_| rng.random_range(0..12_000))).collect();
        let activations = net.train(&tokens[..], &mut rng);
        let (loss, d_output) =
            CrossEntropy.each_step::<12_000>().loss(&activations.output, &tokens[..]);
        assert!(loss.is_finite());
        net.backward(&activations, &d_output, &mut gradient);
        assert!(gradient.stage1.weight.amax() > 0.0);
        let mut adam = Adam::new(&net);
        adam.step(&mut net, &gradient);
        let activations = net.activations(&tokens[0]);
        let output = net.forward(&tokens[..]);
        // A difference of the two would be a matrix on the stack.
        for (one, first) in activations.output.iter().zip(&output) {
            assert!((one - first).abs() < 1e-3);
        }
    });
}
