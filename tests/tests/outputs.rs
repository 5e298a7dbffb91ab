//! Networks with several outputs.

use static_net::nalgebra;
use static_net::prelude::*;

const ACTIONS: usize = 6;

network! {
    pub struct ActorCritic< 17 => tanh 64 => tanh 64 => (policy: ACTIONS | tanh 32 => value: 1) >;
    /// The same, one output after the other.
    pub struct Policy< 17 => tanh 64 => tanh 64 => policy: ACTIONS >;
    pub struct Code< 8 => h: relu 16 => mean: 4 => &h => log_variance: 4 => sum(&mean | exp) => relu 16
        => (pixels: sigmoid 8 | &mean | &log_variance) >;
    pub struct Boxes<
        [3, 8, 8] => relu conv(4, 3, padding: same) => (scores: conv(2, 1) | boxes: conv(4, 1) => [4, 8, 8] | flatten => class: 5)
    >;
    pub struct Named< (_1: 2, self_: 2, a_1: 2, r#type: 2) => sum(&_1 | &self_ | &a_1 | &r#type)
        => (a1: 1 | named_output: 1 | __: 1 | out: 1) >;
    pub struct AtOnce< f64, const H: usize; 4 => relu H => (a: 2 | b: tanh 3) >;
}

fn x(batch: usize) -> OMatrix<f32, Const<17>, Dyn> {
    OMatrix::<f32, Const<17>, Dyn>::from_fn(batch, |row, column| {
        ((row * 7 + column * 3) as f32).sin()
    })
}

#[test]
fn forward_gives_each_output() {
    let mut rng = StdRng::seed_from_u64(3);
    let net = ActorCritic::new(&mut rng);
    let mut policy = Policy::zeros();
    policy.state_mut().copy_from_slice(&net.state()[..Policy::PARAMETERS]);

    let x = x(5);
    let output = net.forward(&x);
    assert!((&output.policy - policy.forward(&x)).amax() < 1e-6);
    let activations = net.activations(&x);
    assert_eq!(activations.policy, output.policy);
    assert_eq!(activations.value, output.value);
    let one: ActorCriticOutput = net.forward(&[0.25; 17]);
    let expected: SVector<f32, ACTIONS> = policy.forward(&[0.25; 17]);
    assert!((one.policy - expected).amax() < 1e-6);

    let mut held = net.forward(&self::x(9));
    net.forward_into(&x, &mut held, &mut Workspace::new());
    assert_eq!(held.policy, output.policy);
    assert_eq!(held.value, output.value);
    // Rows that do not lie one after the other are copied.
    let rows =
        OMatrix::<f32, Dyn, Dyn>::from_fn(
            20,
            5,
            |row, column| {
                if row < 17 { x[(row, column)] } else { 0.0 }
            },
        );
    let strided = net.forward(&rows.fixed_rows::<17>(0));
    assert_eq!(strided.value, output.value);
}

#[test]
fn backward_takes_the_gradient_of_each_output() {
    let mut rng = StdRng::seed_from_u64(4);
    let net = Code::new(&mut rng);
    let x = SMatrix::<f32, 8, 3>::from_fn(|row, column| ((row + 5 * column) as f32).cos());
    let loss = |net: &Code, x: &SMatrix<f32, 8, 3>| {
        let CodeOutput { pixels, mean, log_variance } = net.forward(x);
        f64::from(pixels.sum() + 2.0 * mean.norm_squared() - 3.0 * log_variance.sum())
    };
    let activations = net.activations(&x);
    let d_output = CodeOutput {
        pixels: SMatrix::<f32, 8, 3>::from_element(1.0),
        mean: 4.0 * activations.mean,
        log_variance: SMatrix::<f32, 4, 3>::from_element(-3.0),
    };
    let mut gradient = Code::zeros();
    let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);

    let step = 1e-2;
    for (row, column) in [(0, 0), (3, 1), (7, 2)] {
        let moved = |by: f32| {
            let mut x = x;
            x[(row, column)] += by;
            loss(&net, &x)
        };
        let difference = (moved(step) - moved(-step)) / f64::from(2.0 * step);
        assert!((difference - f64::from(d_input[(row, column)])).abs() < 2e-2);
    }
    for index in (0..Code::PARAMETERS).step_by(37) {
        let moved = |by: f32| {
            let mut changed = Code::zeros();
            changed.state_mut().copy_from_slice(net.state());
            changed.state_mut()[index] += by;
            loss(&changed, &x)
        };
        let difference = (moved(step) - moved(-step)) / f64::from(2.0 * step);
        assert!((difference - f64::from(gradient.state()[index])).abs() < 3e-2, "{index}");
    }
}

#[test]
fn stages_of_outputs_are_stages_of_the_network() {
    let names: Vec<_> = ActorCritic::tensors().into_iter().map(|tensor| tensor.name).collect();
    let expected = ["stage1", "stage2", "policy", "stage4", "value"];
    let expected: Vec<_> = expected
        .iter()
        .flat_map(|stage| [format!("{stage}.weight"), format!("{stage}.bias")])
        .collect();
    assert_eq!(names, expected);
    let net = Boxes::zeros();
    let output = net.forward(&[0.5; 192]);
    assert_eq!((output.scores.len(), output.boxes.len(), output.class.len()), (128, 256, 5));
    let output = AtOnce::<7>::zeros().forward(&vec![[0.0; 4]; 3]);
    assert_eq!((output.a.shape(), output.b.shape()), ((2, 3), (3, 3)));
}

#[test]
fn labels_may_be_any_names() {
    let input =
        NamedInput { _1: &[1.0, 2.0], self_: &[1.0, 2.0], a_1: &[1.0, 2.0], r#type: &[1.0, 2.0] };
    let output: NamedOutput = Named::zeros().forward(&input);
    assert_eq!(output.__, output.named_output);
}

#[test]
#[should_panic(expected = "the outputs hold 2 samples and 3")]
fn outputs_of_other_batches_are_noticed() {
    let net = AtOnce::<7>::zeros();
    let activations = net.activations(&vec![[0.0; 4]; 2]);
    let d_output = AtOnceOutput {
        a: nalgebra::OMatrix::<f64, Const<2>, Dyn>::zeros(2),
        b: nalgebra::OMatrix::<f64, Const<3>, Dyn>::zeros(3),
    };
    net.backward(&activations, &d_output, &mut AtOnce::<7>::zeros());
}
