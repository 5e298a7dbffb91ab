//! The same for networks with several inputs and outputs.

use static_net::layer::Layer;

use super::*;

network! {
    struct Critic<
        (image: [1, 12, 12], action: 6) => &image => relu conv(4, 3) => flatten => seen: relu 40
        => &action => acted: relu 40 => concat(&seen | &acted) => low: repeat(W in [40, 24]; z: tanh W => 64) => high: repeat(2; tanh 64)
        => concat(&low[..].z | &high[..]) => (value: 1 | map: 12 => [12] | &seen)
    >;
}

#[test]
fn a_training_step_of_several_inputs_and_outputs_allocates_nothing() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut net = Critic::new(&mut rng);
    let mut adam = AdamW::new(&net);
    let mut gradient = Critic::zeros();
    let images: Vec<[f32; 144]> = (0..20).map(|_| std::array::from_fn(|_| rng.random())).collect();
    let actions: Vec<[f32; 6]> = (0..20).map(|_| std::array::from_fn(|_| rng.random())).collect();
    let all = CriticInput { image: &images[..], action: &actions[..] };
    let mut activations = net.activations(&all);
    let mut output = net.forward(&all);
    let mut d_input = net.backward_to_input(&activations, &output, &mut gradient);
    let mut workspace = Workspace::new();
    let mut step = |count: usize| {
        let input = CriticInput { image: &images[..count], action: &actions[..count] };
        net.train_into(&input, &mut rng, &mut activations);
        net.forward_into(&input, &mut output, &mut workspace);
        let d_output =
            CriticOutput { value: &output.value, map: &output.map, seen: &activations.seen };
        gradient.fill_zero();
        let (given, gradient) = (&activations, &mut gradient);
        net.backward_to_input_into(given, &d_output, gradient, &mut d_input, &mut workspace);
        net.input_gradient_into(given, &d_output, &mut d_input, &mut workspace);
        net.backward_into(given, &d_output, gradient, &mut workspace);
        adam.step(&mut net, gradient);
    };
    step(20);
    for count in [20, 7, 20, 1] {
        assert_eq!(allocations(|| step(count)), 0, "{count} samples");
    }
    assert!(output.value.iter().all(|value| value.is_finite()));
}

network! {
    struct Once< 64 => a: tanh 64 => tanh 64 => sum(identity | &a) => 64 >;
    /// The values that are read again do so one after the other.
    struct Often<
        64 => a: tanh 64 => tanh 64 => sum(identity | &a) => b: tanh 48 => tanh 64 => concat(identity | &b)
        => c: tanh 64 => 64 => sum(identity | &c) => 64
    >;
    /// The first value is read at the very end.
    struct Long< 64 => a: tanh 64 => tanh 64 => b: tanh 32 => tanh 32 => sum(identity | &b) => concat(identity | &a) => 64 >;
}

#[test]
fn a_value_is_kept_until_its_last_reader() {
    let forward =
        [<Once as Layer<f32>>::NEEDS, <Often as Layer<f32>>::NEEDS, <Long as Layer<f32>>::NEEDS]
            .map(|needs| needs.forward.per_sample);
    // In two what is read once takes turns; in one, the widest of the compositions puts a branch.
    let others =
        [[64, 64, 64], [112, 64, 64], [32, 96, 96]].map(|sizes| sizes.iter().sum::<usize>());
    assert_eq!(forward, [others[0] + 64, others[1] + 64, others[2] + 64 + 32]);
}
