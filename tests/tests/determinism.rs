//! The same seed gives the same network and the same trained weights, bit for bit.

use static_net::prelude::*;

network! {
    struct Net< 12 => gelu 33 => latent: relu 17 => 3 >;
}

/// Trains on three kinds of batches; memory is reused or not.
fn trained(seed: u64, is_reusing: bool) -> Aligned<Net> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut net = Net::new(&mut rng);
    let mut adam = Adam::new(&net).learning_rate(0.01);
    let mut gradient = Net::zeros();
    let mut activations = net.activations([[0.0; 12]; 1].as_slice());
    let mut workspace = Workspace::new();
    let mut d_output = OMatrix::<f32, Const<3>, Dyn>::zeros(0);
    for _ in 0..30 {
        gradient.state_mut().fill(0.0);
        let x: [[f32; 12]; 21] = rng.random();
        let classes: [usize; 21] = std::array::from_fn(|_| rng.random_range(0..3));
        for (x, classes) in [(&x[..16], &classes[..16]), (&x[16..], &classes[16..])] {
            if !is_reusing {
                activations = net.activations(x);
                workspace = Workspace::new();
            }
            net.activations_into(x, &mut activations);
            CrossEntropy.loss_into(&activations.output, classes, &mut d_output);
            net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
        }
        let activations = net.activations(&x[0]);
        let (_, d_output) = CrossEntropy.loss(&activations.output, &classes[..1]);
        net.backward(&activations, &d_output, &mut gradient);
        clip_norm(&mut *gradient, 1.0);
        adam.step(&mut net, &gradient);
    }
    net
}

/// Bits, since zeros of both signs compare equal and a NaN with nothing.
fn bits(net: &Net) -> Vec<u32> {
    net.state().iter().map(|value| value.to_bits()).collect()
}

#[test]
fn the_same_seed_gives_the_same_network() {
    let [one, same, other] = [7, 7, 8].map(|seed| Net::new(&mut StdRng::seed_from_u64(seed)));
    assert_eq!(bits(&one), bits(&same));
    assert_ne!(bits(&one), bits(&other));
}

#[test]
fn the_same_seed_gives_the_same_trained_weights() {
    let net = trained(7, true);
    assert!(net.state().iter().all(|value| value.is_finite()));
    assert_ne!(bits(&net), bits(&Net::new(&mut StdRng::seed_from_u64(7))));
    assert_eq!(bits(&net), bits(&trained(7, true)));
    // What memory held before has no part in it, nor has where it lies.
    assert_eq!(bits(&net), bits(&trained(7, false)));
    assert_ne!(bits(&net), bits(&trained(8, true)));
}

#[test]
fn another_thread_computes_the_same() {
    let other = std::thread::spawn(|| bits(&trained(7, false))).join().expect("it ends");
    assert_eq!(bits(&trained(7, true)), other);
}

network! {
    struct Net64< f64; 12 => gelu 33 => latent: relu 17 => 3 >;
}

/// Draws are the same whatever the number type, so an experiment can be repeated in another precision.
#[test]
fn networks_of_both_number_types_start_alike() {
    let single = Net::new(&mut StdRng::seed_from_u64(7));
    let double = Net64::new(&mut StdRng::seed_from_u64(7));
    let rounded: Vec<u32> = double.state().iter().map(|&value| (value as f32).to_bits()).collect();
    assert_eq!(bits(&single), rounded);
}
