//! The same for images: networks that together hold every layer and composition.

use super::*;

network! {
    struct Classifier<
        [1, 28, 28]
        => relu conv(6, 5, padding: 2) => max_pool(2)
        => relu conv(16, 5) => max_pool(2)
        => flatten => relu 120 => relu 84 => 10
    >;
    struct Residuals<
        [3, 16, 16]
        => conv(8, 3, padding: same, bias: false) => relu batch_norm
        => repeat(2; relu residual(conv(8, 3, padding: same, groups: 2) => relu batch_norm => conv(8, 3, padding: 1)))
        => relu residual(conv(16, 3, stride: 2, padding: 1) => batch_norm; project: conv(16, 1, stride: 2))
        => sum(depthwise(3, padding: 1) | conv(16, 1) | layer_norm)
        => product(identity | global_avg_pool => relu 4 => sigmoid 16 | tanh conv(1, 3, padding: same))
        => sum(identity | global_max_pool => 16) => concat(axis: 1; identity | relu conv(16, [1, 3], padding: [0, 1]))
        => dropout => concat(global_avg_pool | global_max_pool | adaptive_avg_pool([2, 1]) => flatten | adaptive_max_pool([1, 2]) => flatten) => 10
    >;
    struct Denoiser<
        [1, 16, 16]
        => relu conv(4, 3, stride: 2, padding: 1) => group_norm(2) => avg_pool(2)
        => gelu conv_transpose(4, 3, stride: 2, padding: 1, output_padding: 1) => instance_norm
        => reshape[16, 4, 4] => permute[1, 0, 2] => rms_norm(axes: 2) => reshape[4, 64] => transpose
        => reshape[4, 8, 8] => upsample(2, mode: bilinear, align_corners: true)
        => pad(1, mode: reflect) => slice(1, 17, axis: 1) => sigmoid conv(1, [3, 1], padding: [1, 0]) => slice(1, 17, axis: 2) => flatten => 10
    >;
    /// Values that are read again, from inside too.
    struct UNet<
        [1, 16, 16]
        => a: relu conv(4, 3, padding: same) => max_pool(2) => b: relu conv(6, 3, padding: same) => max_pool(2)
        => residual(m: relu conv(6, 3, padding: same) => concat(identity | &m) => conv(6, 1))
        => upsample(2) => concat(identity | &b) => relu conv(6, 3, padding: same) => upsample(2)
        => concat(identity | &a | &input => conv(2, 1)) => dropout(0.1) => c: conv(1, 1)
        => &a => conv(1, 1) => sum(identity | &c) => flatten => 10
    >;
    /// Computed by tiles, forward and backward.
    struct Tiled<
        [3, 9, 10]
        => relu conv(64, 3, padding: same) => relu conv(64, 3, padding: same) => max_pool(2)
        => softmax(axis: 0) => log_softmax(axis: 1) => normalize(axis: 0) => gelu conv(32, 3) => conv_transpose(16, 3) => relu batch_norm => global_avg_pool => 10
    >;
    /// Each of its representations is larger than the stack.
    struct Large<
        [4, 128, 128]
        => relu conv(8, 3, padding: same) => batch_norm => max_pool(2)
        => residual(gelu conv(8, 3, padding: same)) => concat(depthwise(3, padding: same) | upsample(1))
        => product(identity | sigmoid conv(1, 1) | global_avg_pool => sigmoid 16)
        => avg_pool(4) => flatten => 10
    >;
    /// So are its weights, and all that is kept of tiles.
    struct LargeTiled<
        [4, 64, 64]
        => relu conv(96, 3, padding: same) => relu conv(96, 3, padding: same) => global_avg_pool => 10
    >;
}

macro_rules! steps {
    ($name:ident, $network:ident, $inputs:literal) => {
        #[test]
        fn $name() {
            on_two_threads(|| {
                let mut rng = StdRng::seed_from_u64(1);
                let mut net = $network::new(&mut rng);
                let mut adam = AdamW::new(&net);
                let mut gradient = $network::zeros();
                let samples: Vec<[f32; $inputs]> =
                    (0..20).map(|_| std::array::from_fn(|_| rng.random())).collect();
                let classes = [3; 20];
                let mut activations = net.activations(&samples[..]);
                let (mut output, mut d_input) =
                    (net.forward(&samples[..]), activations.input.clone());
                let mut d_output = output.clone();
                let mut workspace = Workspace::new();
                let mut step = |samples: &[[f32; $inputs]]| {
                    net.train_into(samples, &mut rng, &mut activations);
                    let classes = &classes[..samples.len()];
                    CrossEntropy.loss_into(&activations.output, classes, &mut d_output);
                    gradient.fill_zero();
                    let (given, d_input) = (&activations, &mut d_input);
                    net.backward_to_input_into(
                        given,
                        &d_output,
                        &mut gradient,
                        d_input,
                        &mut workspace,
                    );
                    net.input_gradient_into(given, &d_output, d_input, &mut workspace);
                    clip_norm(&mut gradient, 1.0);
                    adam.step(&mut net, &gradient);
                    net.activations_into(samples, &mut activations);
                    net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
                    net.forward_into(samples, &mut output, &mut workspace);
                };
                step(&samples);
                for count in [20, 7, 20, 2] {
                    let allocated = allocations(|| step(&samples[..count]));
                    assert_eq!(allocated, 0, "{count} samples");
                }
                assert!(output.iter().all(|value| value.is_finite()));
            });
        }
    };
}

pub(crate) use steps;

steps!(a_training_step_of_a_classifier_allocates_nothing, Classifier, 784);
steps!(a_training_step_of_a_residual_network_allocates_nothing, Residuals, 768);
steps!(a_training_step_of_a_unet_allocates_nothing, UNet, 256);
steps!(a_training_step_of_a_denoiser_allocates_nothing, Denoiser, 256);
steps!(a_training_step_of_a_network_of_tiles_allocates_nothing, Tiled, 270);

macro_rules! large {
    ($name:ident, $network:ident, $inputs:expr) => {
        #[test]
        fn $name() {
            with_little_stack(|| {
                let mut rng = StdRng::seed_from_u64(1);
                let mut net = $network::new(&mut rng);
                let mut gradient = $network::zeros();
                let pixels = vec![0.5; 2 * $inputs];
                let images = pixels.as_chunks::<{ $inputs }>().0;
                let d_output = [[1.0; 10]; 2];
                let activations = net.train(images, &mut rng);
                let mut workspace = Workspace::new();
                net.backward_into(&activations, &d_output[..], &mut gradient, &mut workspace);
                assert!(gradient.state().iter().any(|&value| value != 0.0));
                let activations = net.activations(&images[0]);
                net.backward_into(&activations, &d_output[0], &mut gradient, &mut workspace);
                let output = net.forward(&images[0]);
                assert!((output - activations.output).amax() < 1e-4);
            });
        }
    };
}

large!(large_images_need_little_stack, Large, 4 * 128 * 128);
large!(large_tiles_need_little_stack, LargeTiled, 4 * 64 * 64);
