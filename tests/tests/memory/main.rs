//! Nothing that grows with a network or a batch is on the stack, and a training step allocates nothing.

mod attention;
mod images;
mod language;
mod large;
mod sequences;
mod several;
mod streams;
mod training;

use static_net::batch::BatchMatrix;
use static_net::prelude::*;
use static_net_tests::allocations::{Counting, allocations, on_two_threads};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const STACK: usize = 256 * 1024;

/// Runs `work` in a thread whose stack is smaller than any of the matrices here.
fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    thread.join().expect("the work ends");
}

/// A static matrix of zeros that is made on the heap.
fn boxed<const N: usize, const B: usize>() -> Box<SMatrix<f32, N, B>> {
    let mut place = Box::new_uninit();
    BatchMatrix::zeros_in_place(&mut place, Const::<B>);
    // SAFETY: just written.
    unsafe { place.assume_init() }
}

network! {
    /// 2048 * 4096 + 4096 * 1024 + .. weights of four bytes.
    struct Wide< 2048 => relu 4096 => hidden: gelu 1024 => log_softmax 10 >;
    /// Small, but with much to keep for each sample.
    struct Tall< 700 => silu 900 => softmax 300 >;
    struct Deep<
        40 => relu 41 => gelu 42 => silu 43 => tanh 44 => softplus 45 => elu 46 => leaky_relu 47
        => sigmoid 48 => gelu_tanh 49 => softmax 50 => relu 51 => gelu 52 => silu 53 => tanh 54
        => softplus 55 => elu 56 => leaky_relu 57 => sigmoid 58 => gelu_tanh 59 => log_softmax 60
    >;
    struct Precise< f64; 700 => silu 900 => softmax 300 >;
    struct Inner< 600 => gelu 500 => 400 >;
    struct Nested< 600 => relu Inner => inner: Inner2 => 600 >;
    struct Inner2< 400 => inner: Inner3 => softplus 300 >;
    struct Inner3< 400 => gelu 400 >;
}

#[test]
fn a_network_of_over_50_megabytes_needs_little_stack() {
    assert!(size_of::<Wide>() > 50_000_000);
    with_little_stack(|| {
        let mut net = Wide::new(&mut StdRng::seed_from_u64(1));
        let mut copy = Wide::zeros();
        let x = vec![[0.5; 2048]; 2];
        let d_output = vec![[1.0; 10]; 2];

        copy.clone_from(&net);
        assert_eq!(copy, net);
        drop(copy);
        let copy = net.clone();

        // One sample, then a batch.
        let mut gradient = Wide::zeros();
        let activations = net.activations(&x[0]);
        net.backward(&activations, &d_output[0], &mut gradient);
        let one = net.forward(&x[0]);
        assert_eq!(activations.output, one);
        let y = net.forward(x.as_slice());
        assert!((y.column(1) - one).amax() < 1e-4);
        let activations = net.activations(x.as_slice());
        net.backward(&activations, d_output.as_slice(), &mut gradient);
        assert!(gradient.hidden.weight.amax() > 0.0);

        let mut adam = Adam::new(&net);
        adam.step(&mut net, &gradient);
        assert_ne!(copy, net);
        Sgd::new(&net).step(&mut net, &gradient);
    });
}

/// Passes over a static batch whose matrices are far larger than the stack.
macro_rules! static_batch {
    ($name:ident, $network:ident, $inputs:literal => $outputs:literal, $batch:literal) => {
        #[test]
        fn $name() {
            with_little_stack(|| {
                let net = $network::new(&mut StdRng::seed_from_u64(1));
                let mut x = boxed::<$inputs, $batch>();
                x.fill(0.5);
                let mut y = boxed::<$outputs, $batch>();
                let mut workspace = Workspace::new();
                net.forward_into(&*x, &mut *y, &mut workspace);
                let one = net.forward(&x.column($batch - 1));
                assert!((y.column($batch - 1) - one).amax() < 1e-4);

                let mut activations = net.activations(&*x);
                net.activations_into(&*x, &mut activations);
                assert!((activations.output.column(0) - one).amax() < 1e-4);
                let mut d_output = boxed::<$outputs, $batch>();
                d_output.column_mut(0)[0] = 1.0;
                let mut d_input = boxed::<$inputs, $batch>();
                let mut gradient = $network::zeros();
                net.backward_to_input_into(
                    &activations,
                    &*d_output,
                    &mut gradient,
                    &mut *d_input,
                    &mut workspace,
                );
                assert!(d_input.column(0).amax() > 0.0);
                assert_eq!(d_input.column(1).amax(), 0.0);
                assert!(gradient.state().iter().any(|&value| value != 0.0));

                // Views with gaps between their samples.
                let every_second = x.columns_with_step(0, $batch / 2, 1);
                let mut y = OMatrix::<f32, Const<$outputs>, Dyn>::zeros(1);
                net.forward_into(&every_second, &mut y, &mut workspace);
                assert!((y.column($batch / 2 - 1) - one).amax() < 1e-4);
                net.activations(&every_second);
            });
        }
    };
}

static_batch!(a_static_batch_needs_little_stack, Tall, 700 => 300, 150);
static_batch!(a_static_batch_of_a_deep_network_needs_little_stack, Deep, 40 => 60, 1500);
static_batch!(a_static_batch_of_nested_networks_needs_little_stack, Nested, 600 => 600, 150);

#[test]
fn single_samples_and_f64_need_little_stack() {
    with_little_stack(|| {
        let net = Precise::new(&mut StdRng::seed_from_u64(1));
        let x = vec![[0.5; 700]; 100];
        let activations = net.activations(x.as_slice());
        let y = net.forward(x.as_slice());
        assert_eq!(activations.output.column(0), y.column(0));
        let mut gradient = Precise::zeros();
        net.backward(&activations, &y, &mut gradient);
        let activations = net.activations(&x[0]);
        net.backward(&activations, &net.forward(&x[0]), &mut gradient);

        let net = Deep::new(&mut StdRng::seed_from_u64(1));
        let activations = net.activations(&[0.5; 40]);
        net.backward(&activations, &net.forward(&[0.5; 40]), &mut Deep::zeros());
        let net = Nested::new(&mut StdRng::seed_from_u64(1));
        let activations = net.activations(&[0.5; 600]);
        net.backward(&activations, &net.forward(&[0.5; 600]), &mut Nested::zeros());
    });
}

network! {
    struct Small< 10 => relu 32 => latent: gelu 16 => 2 >;
    /// Its second layer copies its weights before it multiplies a batch with them.
    struct Middle< 64 => relu 400 => tanh 200 => inner: Head => 10 >;
    struct Head< 200 => silu 30 => softmax 20 >;
}

/// A training step on memory that is held, for one kind of batch.
macro_rules! step {
    ($net:ident, $adam:ident, $x:expr, $targets:expr, $held:ident) => {
        allocations(|| {
            let (activations, gradient, d_output, d_input, workspace) = &mut $held;
            gradient.state_mut().fill(0.0);
            $net.activations_into($x, activations);
            let loss = MeanSquaredError.loss_into(&activations.output, $targets, d_output);
            assert!(loss > 0.0);
            $net.input_gradient_into(activations, d_output, d_input, workspace);
            $net.backward_into(activations, d_output, gradient, workspace);
            $net.backward_to_input_into(activations, d_output, gradient, d_input, workspace);
            clip_norm(&mut **gradient, 1.0);
            $adam.step(&mut $net, gradient);
        })
    };
}

macro_rules! training_steps {
    ($name:ident, $network:ident, $inputs:literal => $outputs:literal) => {
        #[test]
        fn $name() {
            let mut net = $network::new(&mut StdRng::seed_from_u64(1));
            let mut adam = Adam::new(&net);
            let all = vec![[0.5f32; $inputs]; 33];
            let targets = vec![[0.1f32; $outputs]; 33];

            let mut held = (
                net.activations(&all[0]),
                $network::zeros(),
                SVector::zeros(),
                SVector::zeros(),
                Workspace::new(),
            );
            assert!(step!(net, adam, &all[0], &targets[0], held) > 0, "the first one does");
            for (x, targets) in all.iter().zip(&targets) {
                assert_eq!(step!(net, adam, x, targets, held), 0, "one sample");
            }

            let x = SMatrix::<f32, $inputs, 33>::from_column_slice(all.as_flattened());
            let y = SMatrix::<f32, $outputs, 33>::from_column_slice(targets.as_flattened());
            let mut held = (
                net.activations(&x),
                $network::zeros(),
                SMatrix::zeros(),
                SMatrix::zeros(),
                Workspace::new(),
            );
            step!(net, adam, &x, &y, held);
            for _ in 0..3 {
                assert_eq!(step!(net, adam, &x, &y, held), 0, "static batch");
            }

            let mut held = (
                net.activations(&all[..20]),
                $network::zeros(),
                OMatrix::<f32, Const<$outputs>, Dyn>::zeros(0),
                OMatrix::<f32, Const<$inputs>, Dyn>::zeros(0),
                Workspace::new(),
            );
            step!(net, adam, &all[..20], &targets[..20], held);
            for _ in 0..2 {
                // The last batch is short, and the first of the next epoch is not.
                for (x, targets) in all.chunks(20).zip(targets.chunks(20)) {
                    assert_eq!(step!(net, adam, x, targets, held), 0, "dynamic batch");
                }
                // Views with gaps between their samples.
                let x = x.columns_with_step(0, 5, 1);
                let y = y.columns_with_step(3, 5, 1);
                assert_eq!(step!(net, adam, &x, &y, held), 0, "views");
            }
        }
    };
}

training_steps!(a_training_step_of_a_small_network_allocates_nothing, Small, 10 => 2);
training_steps!(a_training_step_of_a_middle_sized_network_allocates_nothing, Middle, 64 => 10);

#[test]
fn a_step_of_classification_allocates_nothing() {
    let mut net = Small::new(&mut StdRng::seed_from_u64(1));
    let mut sgd = Sgd::new(&net).momentum(0.9);
    let mut gradient = Small::zeros();
    let x = [[0.5; 10]; 20];
    let classes = [1; 20];
    let mut activations = net.activations(x.as_slice());
    let mut d_output = activations.output.clone();
    let mut workspace = Workspace::new();
    let mut step = |samples: usize| {
        gradient.state_mut().fill(0.0);
        net.activations_into(&x[..samples], &mut activations);
        CrossEntropy.loss_into(&activations.output, &classes[..samples], &mut d_output);
        net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
        sgd.step(&mut net, &gradient);
    };
    step(20);
    for samples in [20, 7, 20] {
        assert_eq!(allocations(|| step(samples)), 0, "{samples} samples");
    }
}

#[test]
fn forward_allocates_nothing_where_it_need_not() {
    let net = Small::new(&mut StdRng::seed_from_u64(1));
    let middle = Middle::new(&mut StdRng::seed_from_u64(1));
    let x = SMatrix::<f32, 12, 20>::repeat(0.5);
    let samples = x.fixed_rows::<10>(1).into_owned();
    let mut y = SVector::zeros();
    assert_eq!(allocations(|| y = net.forward(&samples.column(3))), 0, "one sample");
    assert_eq!(allocations(|| y = net.forward(&x.fixed_view::<10, 1>(0, 3))), 0, "a view of one");
    assert_eq!(allocations(|| y = net.forward(&[0.5; 10])), 0, "an array");
    let mut batch = SMatrix::zeros();
    assert_eq!(allocations(|| batch = net.forward(&samples)), 0, "a static batch");
    assert_eq!(allocations(|| batch = net.forward(&x.fixed_rows::<10>(1))), 0, "a view of one");
    assert_eq!(allocations(|| assert_eq!(middle.forward(&[0.5; 64]).len(), 10)), 0, "one sample");
    assert!((batch.column(4) - y).amax() < 1e-5);

    // A dynamic output has to live somewhere, unless the caller holds it.
    let dynamic = samples.columns(0, 15);
    assert_eq!(allocations(|| drop(net.forward(&dynamic))), 1);
    let (mut y, mut workspace) = (net.forward(&dynamic), Workspace::new());
    net.forward_into(&dynamic, &mut y, &mut workspace);
    for columns in [15, 7, 15] {
        let x = samples.columns(0, columns);
        assert_eq!(allocations(|| net.forward_into(&x, &mut y, &mut workspace)), 0);
    }
    let strided = x.fixed_rows::<10>(1);
    let strided = strided.columns(0, 15);
    net.forward_into(&strided, &mut y, &mut workspace);
    assert_eq!(allocations(|| net.forward_into(&strided, &mut y, &mut workspace)), 0);
}
