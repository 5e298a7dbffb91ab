//! A step of training over samples that are larger than the stack of a thread.

use std::thread;

use static_net::batch::LARGE_SAMPLE;
use static_net::prelude::*;

/// As a thread has where nothing else is asked for, in a program and in a test.
const STACK: usize = 2 << 20;
const SIDE: usize = 512;

network! {
    /// From an image to an image.
    struct Denoiser< [3, 512, 512] => relu conv(2, 3, padding: same) => dropout(0.0) => conv(3, 1) >;
    /// The same of a const.
    struct OfConst< [3, SIDE, SIDE] => tanh conv(3, 1) >;
    struct Classifier< [3, 512, 512] => avg_pool(64) => flatten => 2 >;
    struct Generator< 2 => 12 => reshape[3, 2, 2] => upsample(256) >;
}

fn values(len: usize) -> Vec<f32> {
    (0..len).map(|index| (index as f32 * 0.37).sin()).collect()
}

fn on_a_small_stack(step: fn()) {
    thread::Builder::new().stack_size(STACK).spawn(step).unwrap().join().unwrap();
}

/// Steps of training with the methods that give their results, as the README has them, and the same over a batch of one,
/// whose size is not part of its type and which is on the heap anyway.
macro_rules! step {
    ($net:ident: $x:expr, $loss:ident, $target:expr) => {
        on_a_small_stack(|| {
            let (x, target) = (values($x), values($target));
            let x: &[f32; $x] = x.as_slice().try_into().unwrap();
            let target: &[f32; $target] = target.as_slice().try_into().unwrap();
            let mut rng = StdRng::seed_from_u64(3);
            let mut net = $net::new(&mut rng);
            let mut gradient = $net::zeros();
            let mut adam = Adam::new(&net);
            let mut losses = vec![];
            for step in 0..2 {
                let activations = net.train(x, &mut rng);
                let (loss, d_output) = $loss.loss(&activations.output, target);
                gradient.fill_zero();
                let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);
                assert!(d_input.iter().any(|value| *value != 0.0));

                if step == 0 {
                    let batch = net.activations(std::slice::from_ref(x));
                    assert_eq!(activations.output.as_slice(), batch.output.as_slice());
                    let (of_batch, d_batch) =
                        $loss.loss(&batch.output, std::slice::from_ref(target));
                    assert_eq!((loss, d_output.as_slice()), (of_batch, d_batch.as_slice()));
                    let mut gradient_of_batch = $net::zeros();
                    let d_input_of_batch =
                        net.backward_to_input(&batch, &d_batch, &mut gradient_of_batch);
                    assert_eq!(d_input.as_slice(), d_input_of_batch.as_slice());
                    assert_eq!(gradient.state(), gradient_of_batch.state());
                }

                losses.push(loss);
                adam.step(&mut net, &gradient);
            }
            assert!(losses[1] < losses[0], "{losses:?}");
        });
    };
}

#[test]
fn images_to_images() {
    step!(Denoiser: 3 * 512 * 512, MeanSquaredError, 3 * 512 * 512);
    step!(OfConst: 3 * SIDE * SIDE, Huber, 3 * SIDE * SIDE);
}

#[test]
fn images_to_classes_and_back() {
    step!(Classifier: 3 * 512 * 512, MeanAbsoluteError, 2);
    step!(Generator: 2, BinaryCrossEntropy, 3 * 512 * 512);
}

/// A box says by itself that its samples are large, whatever the size.
#[test]
fn what_comes_in_a_box_goes_out_in_boxes() {
    network! {
        struct Small< 4 => tanh 3 >;
        struct OfAny< const H: usize; 4 => H >;
        struct Least< 65537 => sigmoid >;
        struct Most< 65536 => sigmoid >;
    }
    const { assert!(65536 * size_of::<f32>() == LARGE_SAMPLE) };
    let mut rng = StdRng::seed_from_u64(1);
    let (net, of_any) = (Small::new(&mut rng), OfAny::<3>::new(&mut rng));
    let x = Box::new(SVector::<f32, 4>::from([0.5, -0.25, 1.0, 0.0]));
    let (boxed, plain) = (net.activations(&x), net.activations(&*x));
    let output: Box<SVector<f32, 3>> = boxed.output.clone();
    assert_eq!(*output, plain.output);
    assert_eq!(*net.forward(&x), net.forward(&*x));
    let target = Box::new(SVector::<f32, 3>::from([0.0, 1.0, 0.0]));
    let (loss, d_output) = CrossEntropy.loss(&boxed.output, &target);
    assert_eq!((loss, *d_output), CrossEntropy.loss(&plain.output, &*target));
    let (mut gradient, mut expected) = (Small::zeros(), Small::zeros());
    let d_input: Box<SVector<f32, 4>> = net.backward_to_input(&boxed, &d_output, &mut gradient);
    assert_eq!(*d_input, net.backward_to_input(&plain, &*d_output, &mut expected));
    assert_eq!(gradient.state(), expected.state());
    let _: &SVector<f32, 3> = &of_any.activations(&*x).output;

    let (least, most) = (vec![0.0; 65537], vec![0.0; 65536]);
    let least: &[f32; 65537] = least.as_slice().try_into().unwrap();
    let most: &[f32; 65536] = most.as_slice().try_into().unwrap();
    let output = Least::zeros().activations(least).output.clone();
    let _: Box<SVector<f32, 65537>> = output;
    let _: &SVector<f32, 65536> = &Most::zeros().activations(most).output;
}
