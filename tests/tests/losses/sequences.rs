//! Labels of sequences whose places are not known, and losses of each of several outputs.

use static_net::loss::{Ctc, OutputLoss, Padded};

use super::weighted::compare;
use super::*;

/// The lists of labels of all samples.
fn labels(value: &Value) -> Vec<Vec<u32>> {
    let lists = value.as_array().expect("a list").iter();
    lists.map(|list| indices(list).into_iter().map(|label| label as u32).collect()).collect()
}

fn ctc_matches<T: Float, const N: usize, const CLASSES: usize>(case: usize, tolerance: f64) {
    let fixture = &read("ctc.json")[case];
    let output: Batch<T, N> = batch(&numbers(get(fixture, "output")));
    let labels = labels(get(fixture, "labels"));
    let lengths = &indices(get(fixture, "lengths"))[..];
    let blank = numbers::<f64>(get(fixture, "blank"))[0] as usize;
    let loss = Ctc::<CLASSES>::new().blank(blank).skip_impossible();
    let check = |name: &str, given| compare(fixture, name, given, tolerance);
    check("padded", loss.loss(&output, &Padded { targets: &labels, lengths }));
    check("whole", loss.loss(&output, &labels));
    let slices: Vec<&[u32]> = labels.iter().map(Vec::as_slice).collect();
    check("whole", loss.loss(&output, &slices));
}

#[test]
fn labels_without_places_are_those_of_pytorch() {
    ctc_matches::<f32, 28, 4>(0, 4e-6);
    ctc_matches::<f32, 420, 21>(1, 4e-6);
    ctc_matches::<f32, 12, 3>(2, 4e-6);
    ctc_matches::<f64, 28, 4>(0, 1e-9);
    ctc_matches::<f64, 420, 21>(1, 1e-9);
    ctc_matches::<f64, 12, 3>(2, 1e-9);
}

#[test]
fn gradients_of_labels_are_those_of_central_differences() {
    let loss = Ctc::<4>::new();
    let lists: [&[usize]; 3] = [&[1, 2, 2], &[3], &[]];
    check_gradient::<_, _, 24>("ctc", &loss, 3, &lists);
    let padded = Padded { targets: &lists, lengths: &[4, 2, 6] };
    check_gradient::<_, _, 24>("padded ctc", &loss, 3, &padded);
    check_gradient::<_, _, 24>("scaled ctc", &(2.5 * loss), 3, &lists);
}

/// All ways to spell labels are as many as there are, one by one.
#[test]
fn the_probability_of_labels_is_that_of_all_ways_to_spell_them() {
    let output = random::<f64, 15>(1, 7);
    let chances = |step: usize| {
        let logits: [f64; 3] = std::array::from_fn(|class| output[step * 3 + class].exp());
        logits.map(|logit| logit / logits.iter().sum::<f64>())
    };
    let mut sum = 0.0;
    for code in 0..3usize.pow(5) {
        let path: [usize; 5] = std::array::from_fn(|step| code / 3usize.pow(step as u32) % 3);
        let mut spelled = path.to_vec();
        spelled.dedup();
        spelled.retain(|&class| class != 0);
        if spelled == [1, 1] {
            sum +=
                path.iter().enumerate().map(|(step, &class)| chances(step)[class]).product::<f64>();
        }
    }
    let (loss, _) = Ctc::<3>::new().loss(&output, &[[1u8, 1]]);
    assert!((loss + sum.ln() / 2.0).abs() < 1e-12);
    // Lists that end early.
    let (ended, _) = Ctc::<3>::new().loss(&output, &[[Some(1), Some(1), None, Some(2)]]);
    assert_eq!(ended, loss);
}

#[test]
fn labels_that_do_not_fit_are_typed_errors() {
    let output = random::<f32, 12>(2, 1);
    let loss = Ctc::<3>::new();
    let error = loss.try_loss(&output, &[[1, 1, 1], [2, 1, 2]]).unwrap_err();
    assert_eq!(error, LossError::TooFewSteps { sample: 0, steps: 4, needed: 5 });
    assert_eq!(error.to_string(), "the labels of sample 0 take 5 steps, but it has 4");
    let error = loss.try_loss(&output, &[vec![1], vec![2, 0]]).unwrap_err();
    assert_eq!(error, LossError::LabelIsBlank { sample: 1, label: 1, blank: 0 });
    assert_eq!(error.to_string(), "label 1 of sample 1 is 0, which is the blank and no label");
    let error = loss.try_loss(&output, &[vec![1], vec![2, 3]]).unwrap_err();
    assert_eq!(error, LossError::StepClassOutOfRange { sample: 1, step: 1, class: 3, classes: 3 });
    let error = loss.try_loss(&output, &[[1]]).unwrap_err();
    assert_eq!(error, LossError::SampleCount { output: 2, targets: 1 });
    let padded = Padded { targets: &[[1], [2]], lengths: &[5, 1] };
    let error = loss.try_loss(&output, &padded).unwrap_err();
    assert_eq!(error, LossError::LengthOutOfRange { sample: 0, length: 5, steps: 4 });
    let padded = Padded { targets: &[[1], [2]], lengths: &[1] };
    let error = loss.try_loss(&output, &padded).unwrap_err();
    assert_eq!(error, LossError::SampleCount { output: 2, targets: 1 });
}

network! {
    struct Heads< 3 => tanh 5 => (class: 4 | number: tanh 2 | unused: 3) >;
    struct Speech< [6, 4] => gru(5) => 3 >;
}

fn heads(samples: usize) -> (Vec<[f32; 3]>, Vec<u32>, Vec<[f32; 2]>) {
    let x: Batch<f32, 3> = random(samples, 1);
    let y: Batch<f32, 2> = random(samples, 2);
    let classes = classes(samples, 4).into_iter().map(|class| class as u32).collect();
    (x.as_slice().as_chunks().0.to_vec(), classes, y.as_slice().as_chunks().0.to_vec())
}

#[test]
fn a_struct_of_losses_is_their_sum() {
    let net = Heads::new(&mut StdRng::seed_from_u64(1));
    let (mut training, mut other) = (net.training(), net.training());
    let (x, classes, numbers) = heads(6);
    let loss = HeadsOutput { class: CrossEntropy.ignoring(2), number: 0.25 * Huber, unused: () };
    training.forward(&net, &x);
    let targets = HeadsOutput { class: &classes, number: &numbers, unused: () };
    let given = training.backward(&net, loss, &targets);

    other.forward(&net, &x);
    let expected = other.backward_with(&net, |activations, d_output| {
        let class = CrossEntropy.ignoring(2);
        let class = class.loss_into(&activations.class, &classes, &mut d_output.class);
        let number = Huber.loss_into(&activations.number, &numbers, &mut d_output.number);
        d_output.number *= 0.25;
        d_output.unused.fill(0.0);
        class + 0.25 * number
    });
    assert_eq!(given, expected);
    assert_eq!(training.gradient().state(), other.gradient().state());
    assert!(training.gradient().state().iter().any(|&value| value != 0.0));
    assert_eq!(training.gradient().unused.weight.amax(), 0.0);
}

#[test]
#[should_panic(expected = "of `number`, the output holds 6 samples, the targets are for 5")]
fn a_refusal_names_the_output() {
    let net = Heads::zeros();
    let (mut training, (x, classes, numbers)) = (net.training(), heads(6));
    training.forward(&net, &x);
    let loss = HeadsOutput { class: CrossEntropy, number: MeanSquaredError, unused: () };
    let targets = HeadsOutput { class: &classes, number: &numbers[..5], unused: () };
    training.backward(&net, loss, &targets);
}

/// Code for any network and its loss.
fn train_one_step<N, L, Y, const OUT: usize>(
    net: &N,
    training: &mut Training<N>,
    loss: L,
    targets: &Y,
) -> N::Scalar
where
    N: static_net::Network,
    static_net::training::OutputGradient<N, Dyn>: static_net::network::Outputs<N::Scalar, OUT>,
    L: OutputLoss<static_net::training::OutputGradient<N, Dyn>, N::Scalar, OUT, Y>,
{
    training.backward(net, loss, targets)
}

#[test]
fn steps_with_several_losses_allocate_nothing() {
    let net = Heads::new(&mut StdRng::seed_from_u64(1));
    let mut training = net.training();
    let (x, classes, numbers) = heads(6);
    let mut step = |count: usize| {
        let loss = HeadsOutput { class: CrossEntropy.focal(2.0), number: 0.25 * Huber, unused: () };
        let targets =
            HeadsOutput { class: &classes[..count], number: &numbers[..count], unused: () };
        training.forward(&net, &x[..count]);
        train_one_step(&*net, &mut training, loss, &targets)
    };
    step(6);
    for count in [6, 2, 6] {
        assert_eq!(allocations(|| assert!(step(count) > 0.0)), 0, "{count} samples");
    }

    let net = Speech::new(&mut StdRng::seed_from_u64(1));
    let mut training = net.training();
    let x = random::<f32, 24>(3, 1);
    let labels = [vec![1, 2, 1], vec![2], vec![]];
    let mut step = || {
        training.forward(&net, &x);
        training.backward(&net, Ctc::<3>::new(), &labels)
    };
    step();
    assert_eq!(allocations(|| assert!(step() > 0.0)), 0);
}
