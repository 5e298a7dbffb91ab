//! Optimizers, schedules and clipping against PyTorch, step by step.

use static_net::layer::{Backward, Layer, Mode, Pass};
use static_net::prelude::*;
use static_net::shape::Rank1;
use static_net::simd::InstructionSet;
use static_net::{Kind, Tensors};
use static_net_tests::allocations::{Counting, allocations};
use static_net_tests::fixture::{assert_close, get, indices, numbers, read};

#[global_allocator]
static COUNTING: Counting = Counting;

network! {
    /// The network of the fixtures.
    pub struct Net< 5 => tanh 8 => 2 >;
    /// The same in `f64`.
    pub struct Precise< f64; 5 => tanh 8 => 2 >;
}

const STEPS: usize = 50;

fn warm_cosine() -> impl Schedule {
    Cosine::new(0.02, 0.001, 40).warm_up(10)
}

/// 50 steps agree to 1e-5 where products are fused with sums. Without that each gradient is rounded once
/// more, and RMSProp, which divides small gradients by their own size, makes 5e-5 of it.
fn single_tolerance() -> f64 {
    if static_net::simd::instruction_set_name() == "baseline" { 1e-4 } else { 1e-5 }
}

/// Defines a function that trains as PyTorch did and compares every loss and the recorded states.
macro_rules! parity {
    ($function:ident, $net:ident, $scalar:ty, $tolerance:expr) => {
        fn $function(
            name: &str,
            make: impl Fn(&$net) -> Box<dyn Optimizer<Network = $net>>,
            max_norm: Option<f64>,
            schedule: Option<&dyn Schedule>,
        ) {
            let fixture = read("optimizers.json");
            let run = get(get(&fixture, "runs"), name);
            let losses: Vec<f64> = numbers(get(run, "losses"));
            let states = get(run, "states").as_array().unwrap();
            let snapshots = indices(get(&fixture, "snapshots"));
            let x =
                OMatrix::<$scalar, Const<5>, Dyn>::from_column_slice(&numbers(get(&fixture, "x")));
            let y =
                OMatrix::<$scalar, Const<2>, Dyn>::from_column_slice(&numbers(get(&fixture, "y")));

            let mut net = $net::zeros();
            net.state_mut().copy_from_slice(&numbers::<$scalar>(get(&fixture, "start")));
            let mut gradient = $net::zeros();
            let mut optimizer = make(&net);
            let mut compared = 0;
            assert_eq!(losses.len(), STEPS);
            for step in 0..STEPS {
                let activations = net.activations(&x);
                let (loss, d_output) = MeanSquaredError.loss(&activations.output, &y);
                gradient.fill_zero();
                net.backward(&activations, &d_output, &mut gradient);
                if let Some(max) = max_norm {
                    clip_norm(&mut gradient, max);
                }
                if let Some(schedule) = schedule {
                    optimizer.set_learning_rate(schedule.at(step));
                }
                optimizer.step(&mut net, &gradient);
                let what = format!("{name} in {}, step {}", stringify!($scalar), step + 1);
                assert_close(&what, &[loss], &losses[step..=step], $tolerance);
                if let Some(snapshot) = snapshots.iter().position(|&at| at == step + 1) {
                    assert_close(&what, net.state(), &numbers(&states[snapshot]), $tolerance);
                    compared += 1;
                }
            }
            assert_eq!(compared, snapshots.len());
        }
    };
}
parity!(single, Net, f32, single_tolerance());
parity!(double, Precise, f64, 1e-9);

/// Compares one optimizer in both number types.
macro_rules! compare {
    ($name:literal, $optimizer:ident $(. $method:ident ( $($argument:expr),* ))* $(; clip $max:literal, $schedule:expr)?) => {{
        let max: Option<f64> = None $(.or(Some($max)))?;
        let schedule: Option<&dyn Schedule> = None $(.or(Some(&$schedule)))?;
        single($name, |net| Box::new($optimizer::new(net) $(.$method($($argument),*))*), max, schedule);
        double($name, |net| Box::new($optimizer::new(net) $(.$method($($argument),*))*), max, schedule);
    }};
}

#[test]
fn sgd_steps_as_pytorch() {
    compare!("sgd", Sgd.learning_rate(0.1));
    compare!("sgd_decay", Sgd.learning_rate(0.1).weight_decay(0.05));
    compare!("sgd_decay_all", Sgd.learning_rate(0.1).weight_decay(0.05).decay_all(true));
    compare!("sgd_momentum", Sgd.learning_rate(0.05).momentum(0.9));
    compare!("sgd_dampening", Sgd.learning_rate(0.05).momentum(0.9).dampening(0.4));
    compare!(
        "sgd_nesterov",
        Sgd.learning_rate(0.05).momentum(0.8).nesterov(true).weight_decay(0.02)
    );
}

#[test]
fn rms_prop_steps_as_pytorch() {
    compare!("rms_prop", RmsProp.learning_rate(0.005));
    compare!(
        "rms_prop_momentum",
        RmsProp.learning_rate(0.002).alpha(0.9).epsilon(1e-4).momentum(0.7).weight_decay(0.03)
    );
    compare!("rms_prop_centered", RmsProp.learning_rate(0.005).epsilon(1e-3).centered(true));
    compare!(
        "rms_prop_centered_momentum",
        RmsProp
            .learning_rate(0.002)
            .epsilon(1e-3)
            .centered(true)
            .momentum(0.6)
            .weight_decay(0.01)
            .decay_all(true)
    );
}

#[test]
fn adam_steps_as_pytorch() {
    compare!("adam", Adam.learning_rate(0.01));
    compare!("adam_settings", Adam.learning_rate(0.02).betas(0.8, 0.95).epsilon(1e-3));
    compare!("adam_decay", Adam.learning_rate(0.01).weight_decay(0.1));
    compare!("adam_decay_all", Adam.learning_rate(0.01).weight_decay(0.1).decay_all(true));
    compare!("adam_amsgrad", Adam.learning_rate(0.03).betas(0.9, 0.9).amsgrad(true));
}

#[test]
fn lion_steps_as_its_paper() {
    compare!("lion", Lion.learning_rate(0.003));
    compare!("lion_settings", Lion.learning_rate(0.002).betas(0.8, 0.95).weight_decay(0.5));
}

#[test]
fn adam_w_steps_as_pytorch() {
    compare!("adam_w", AdamW.learning_rate(0.01));
    compare!("adam_w_decay_all", AdamW.learning_rate(0.01).weight_decay(0.3).decay_all(true));
    compare!(
        "adam_w_amsgrad",
        AdamW.learning_rate(0.03).betas(0.9, 0.9).amsgrad(true).weight_decay(0.2)
    );
    let schedule = warm_cosine();
    compare!("adam_w_clipped_scheduled", AdamW.weight_decay(0.01); clip 0.25, schedule);
}

/// Ends what is frozen when half of the steps are over.
struct Thawing<O> {
    optimizer: O,
    thaw: fn(&mut O),
    steps: usize,
}

impl<O: Optimizer> Optimizer for Thawing<O> {
    type Network = O::Network;

    fn step(&mut self, network: &mut O::Network, gradient: &O::Network) {
        if self.steps == STEPS / 2 {
            (self.thaw)(&mut self.optimizer);
        }
        self.steps += 1;
        self.optimizer.step(network, gradient);
    }

    fn current_learning_rate(&self) -> f64 {
        self.optimizer.current_learning_rate()
    }

    fn set_learning_rate(&mut self, learning_rate: f64) {
        self.optimizer.set_learning_rate(learning_rate);
    }
}

#[test]
fn groups_of_parameters_step_as_pytorch() {
    compare!(
        "adam_w_groups",
        AdamW
            .learning_rate(0.01)
            .weight_decay(0.1)
            .learning_rate_factor(|net| &net.stage2, 3.0)
            .weight_decay_of(|net| &net.stage2, 0.5)
    );
    compare!(
        "rms_prop_groups",
        RmsProp
            .learning_rate(0.005)
            .centered(true)
            .momentum(0.5)
            .learning_rate_factor(|net| &net.stage1.bias, 0.2)
            .weight_decay_of(|net| &net.stage1.bias, 0.2)
    );
    macro_rules! compare_frozen {
        ($function:ident, $net:ident) => {
            let adam = |net: &$net| {
                let optimizer = Adam::new(net).learning_rate(0.01).freeze(|net| &net.stage1);
                let thaw = |adam: &mut Adam<$net>| adam.set_frozen(|net| &net.stage1, false);
                Box::new(Thawing { optimizer, thaw, steps: 0 })
                    as Box<dyn Optimizer<Network = $net>>
            };
            $function("adam_frozen", adam, None, None);
            let sgd = |net: &$net| {
                let optimizer = Sgd::new(net).learning_rate(0.05).momentum(0.9).dampening(0.4);
                let optimizer = optimizer.freeze(|net| &net.stage1);
                let thaw = |sgd: &mut Sgd<$net>| sgd.set_frozen(|net| &net.stage1, false);
                Box::new(Thawing { optimizer, thaw, steps: 0 })
                    as Box<dyn Optimizer<Network = $net>>
            };
            $function("sgd_frozen", sgd, None, None);
        };
    }
    compare_frozen!(single, Net);
    compare_frozen!(double, Precise);
}

/// Neither parameters nor moments of what is frozen change, nor how many steps it took.
#[test]
fn frozen_is_frozen() {
    fn check<O: Optimizer<Network = Net> + Clone>(optimizer: O, set_frozen: fn(&mut O, bool)) {
        let start = Net::new(&mut StdRng::seed_from_u64(1));
        let mut gradient = Net::new(&mut StdRng::seed_from_u64(2));
        gradient.stage1.bias.fill(0.5);
        let (mut whole, mut net) = (optimizer.clone(), start.clone());
        for _ in 0..3 {
            whole.step(&mut net, &gradient);
        }
        let (mut frozen, mut net_of_frozen) = (optimizer, start);
        for is_frozen in [false, true, true, false, true, false] {
            set_frozen(&mut frozen, is_frozen);
            let before = net_of_frozen.clone();
            frozen.step(&mut net_of_frozen, &gradient);
            assert_eq!(net_of_frozen.stage1.weight == before.stage1.weight, is_frozen);
            assert_eq!(net_of_frozen.stage1.bias == before.stage1.bias, is_frozen);
            assert_ne!(net_of_frozen.stage2.weight, before.stage2.weight);
        }
        assert_eq!(net_of_frozen.stage1.weight, net.stage1.weight);
        assert_eq!(net_of_frozen.stage1.bias, net.stage1.bias);
    }
    let net = &Net::zeros();
    let sgd = Sgd::new(net).momentum(0.9).weight_decay(0.1).dampening(0.2);
    check(sgd, |sgd, is_frozen| sgd.set_frozen(|net| &net.stage1, is_frozen));
    let rms_prop = RmsProp::new(net).centered(true).momentum(0.9).weight_decay(0.1);
    check(rms_prop, |rms_prop, is_frozen| rms_prop.set_frozen(|net| &net.stage1, is_frozen));
    let adam = Adam::new(net).amsgrad(true).weight_decay(0.1);
    check(adam, |adam, is_frozen| adam.set_frozen(|net| &net.stage1, is_frozen));
    check(Lion::new(net).learning_rate(0.1).weight_decay(0.1), |lion, is_frozen| {
        lion.set_frozen(|net| &net.stage1, is_frozen);
    });
    check(AdamW::new(net), |adam, is_frozen| adam.set_frozen(|net| &net.stage1, is_frozen));
}

#[test]
fn a_part_may_be_any_values_of_a_network() {
    let mut gradient = Net::zeros();
    gradient.state_mut().fill(1.0);
    let mut net = Net::zeros();
    let mut sgd = Sgd::new(&net)
        .learning_rate(1.0)
        .freeze(|net| &net.stage1.weight[(2, 1)])
        .freeze(|net| &net.stage1.bias.as_slice()[5..])
        .learning_rate_factor(|net| net, 0.5)
        .learning_rate_factor(|net| &net.stage2.bias, 2.0);
    sgd.step(&mut net, &gradient);
    let text = format!("{sgd:?}");
    assert!(text.contains("45..48: frozen, 48..64: rate * 0.5, 64..66: rate * 2}"), "{text}");
    let mut expected = Net::zeros();
    expected.state_mut().fill(-0.5);
    expected.stage1.weight[(2, 1)] = 0.0;
    expected.stage1.bias.as_mut_slice()[5..].fill(0.0);
    expected.stage2.bias.fill(-2.0);
    assert_eq!(net, expected);
}

#[test]
#[should_panic(expected = "what the closure gives is no part of `Net`, which it takes")]
fn what_lies_outside_of_a_network_is_no_part() {
    static OTHER: f32 = 1.0;
    let _ = Adam::new(&Net::zeros()).freeze(|_| &OTHER);
}

#[test]
fn schedules_are_those_of_pytorch() {
    let fixture = read("schedules.json");
    let schedules: [(&str, Box<dyn Schedule>); 5] = [
        ("constant", Box::new(Constant(0.02))),
        ("step_decay", Box::new(StepDecay::new(0.02, 7, 0.6))),
        ("cosine", Box::new(Cosine::new(0.02, 0.001, STEPS))),
        ("warm_cosine", Box::new(warm_cosine())),
        ("warm_constant", Box::new(Constant(0.02).warm_up(5))),
    ];
    for (name, schedule) in schedules {
        let rates: Vec<f64> = (0..STEPS).map(|step| schedule.at(step)).collect();
        assert_close(name, &rates, &numbers(get(&fixture, name)), 1e-10);
    }
}

#[test]
fn schedules_hold_beyond_their_end() {
    assert_eq!(Cosine::new(1.0, 0.1, 0).at(0), 0.1);
    assert_eq!(Cosine::new(1.0, 0.1, 5).at(usize::MAX), 0.1);
    assert_eq!(StepDecay::new(1.0, 1, 0.5).at(usize::MAX), 0.0);
    assert_eq!(Constant(0.3).warm_up(0).at(0), 0.3);
    let joined = Constant(1.0).then(3, Cosine::new(0.5, 0.25, 2)).warm_up(1);
    assert_eq!([0, 1, 3, 4, 6].map(|step| joined.at(step)), [0.5, 1.0, 1.0, 0.5, 0.25]);
}

#[test]
fn clipping_is_that_of_pytorch() {
    let fixture = read("optimizers.json");
    let clipping = get(&fixture, "clipping");
    let gradient = || {
        let mut gradient = Net::zeros();
        gradient.state_mut().copy_from_slice(&numbers::<f32>(get(clipping, "gradient")));
        gradient
    };
    let mut by_norm = gradient();
    let norm = clip_norm(&mut by_norm, 0.5);
    assert_close("norm", &[norm], &numbers(get(clipping, "norm")), 1e-6);
    assert_close("by norm", by_norm.state(), &numbers(get(clipping, "by_norm_0.5")), 1e-6);

    let mut by_value = gradient();
    clip_value(&mut by_value, 0.1);
    assert_close("by value", by_value.state(), &numbers(get(clipping, "by_value_0.1")), 1e-6);

    // A gradient that is short enough stays as it is, one of a nested network may be clipped alone.
    let mut short = gradient();
    assert_eq!(clip_norm(&mut short, 100.0), norm);
    assert_eq!(short, gradient());
    let plain: &mut Net = &mut short;
    assert_eq!(clip_norm(plain, f64::INFINITY), norm);

    let mut broken = gradient();
    broken.stage1.bias[2] = f32::NAN;
    assert!(clip_norm(&mut broken, 1.0).is_nan());
    clip_value(&mut broken, 0.01);
    assert!(broken.stage1.bias[2].is_nan() && broken.stage1.bias[1].abs() <= 0.01);
}

#[test]
fn a_step_allocates_nothing() {
    let mut net = Net::new(&mut StdRng::seed_from_u64(1));
    let mut gradient = net.clone();
    let mut optimizers: [Box<dyn Optimizer<Network = Net>>; 6] = [
        Box::new(Sgd::new(&net)),
        Box::new(Lion::new(&net)),
        Box::new(Sgd::new(&net).momentum(0.9).weight_decay(0.1)),
        Box::new(RmsProp::new(&net).centered(true).momentum(0.9)),
        Box::new(Adam::new(&net).amsgrad(true)),
        Box::new(
            AdamW::new(&net)
                .freeze(|net| &net.stage1.bias)
                .learning_rate_factor(|net| &net.stage2, 0.5),
        ),
    ];
    let before = net.clone();
    let count = allocations(|| {
        net.lerp_from(&gradient, 0.005);
        net.add(&gradient);
        net.scale(0.5 / gradient.norm());
        for optimizer in &mut optimizers {
            optimizer.set_learning_rate(warm_cosine().at(3));
            clip_norm(&mut gradient, 1.0);
            optimizer.step(&mut net, &gradient);
            gradient.fill_zero();
            gradient.stage1.weight.fill(1.0);
        }
    });
    assert_eq!(count, 0);
    assert_ne!(net, before);
}

/// Takes off a running mean, which is not trained, and adds an offset, which is.
#[derive(Debug)]
#[repr(C)]
pub struct Shift {
    mean: SVector<f32, 3>,
    offset: SVector<f32, 3>,
}

// SAFETY: six values, all described.
unsafe impl Parameters<f32> for Shift {
    const PARAMETERS: usize = 3;

    fn describe(tensors: &mut Tensors) {
        tensors.vector("mean", 3, Kind::RunningStatistic);
        tensors.vector("offset", 3, Kind::TrainedWithoutDecay);
    }
}

impl Layer<f32> for Shift {
    type Input = Rank1<3>;
    type Output = Rank1<3>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[f32; 3]],
        output: &mut [[f32; 3]],
        _: &mut Pass<'_, f32, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            *y = std::array::from_fn(|i| x[i] - self.mean[i] + self.offset[i]);
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        _: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
        unreachable!("no test asks for it")
    }
}

network! { struct Shifted< 2 => 3 => Shift => 1 >; }

#[test]
fn statistics_are_not_trained_and_biases_do_not_decay() {
    let mut gradient = Shifted::zeros();
    gradient.state_mut().fill(1.0);
    let start = || {
        let mut net = Shifted::zeros();
        net.state_mut().fill(1.0);
        net
    };
    let close =
        |values: &[f32], expected: f32| values.iter().all(|value| (value - expected).abs() < 1e-6);

    let mut net = start();
    Sgd::new(&net).learning_rate(0.1).weight_decay(0.5).step(&mut net, &gradient);
    assert!(close(net.stage1.weight.as_slice(), 0.85) && close(net.stage1.bias.as_slice(), 0.9));
    assert!(close(net.stage2.mean.as_slice(), 1.0) && close(net.stage2.offset.as_slice(), 0.9));
    assert!(close(net.stage3.weight.as_slice(), 0.85) && close(net.stage3.bias.as_slice(), 0.9));

    let mut net = start();
    let mut sgd = Sgd::new(&net).learning_rate(0.1).weight_decay(0.5).decay_all(true);
    sgd.step(&mut net, &gradient);
    assert!(close(net.stage1.weight.as_slice(), 0.85) && close(net.stage1.bias.as_slice(), 0.85));
    assert!(close(net.stage2.mean.as_slice(), 1.0) && close(net.stage2.offset.as_slice(), 0.85));

    let mut net = start();
    AdamW::new(&net).learning_rate(0.1).step(&mut net, &gradient);
    assert!(close(net.stage2.mean.as_slice(), 1.0) && close(net.stage2.offset.as_slice(), 0.9));
    assert!(close(net.stage1.weight.as_slice(), 0.899) && close(net.stage1.bias.as_slice(), 0.9));
}

#[test]
fn gradients_of_all_sizes_make_finite_steps() {
    for size in [0.0, 1e-30, 1e-10, 1.0, 1e10, 1e30, f32::MAX] {
        let mut gradient = Net::zeros();
        gradient.state_mut().fill(size);
        let mut net = Net::zeros();
        let mut adam = Adam::new(&net).learning_rate(0.1);
        let mut rms_prop = RmsProp::new(&net);
        for _ in 0..3 {
            adam.step(&mut net, &gradient);
            rms_prop.step(&mut net, &gradient);
        }
        let worst = net.state().iter().map(|value| value.abs()).reduce(f32::max).unwrap();
        assert!(net.state().iter().all(|value| value.is_finite()), "{size}");
        assert!(worst < 1.0, "gradients of {size} move by {worst}");
    }
}

#[test]
fn an_optimizer_is_made_for_a_network_or_its_owner() {
    let mut net = Net::new(&mut StdRng::seed_from_u64(1));
    let gradient = net.clone();
    let mut of_owner: Adam<Net> = Adam::new(&net);
    let mut of_network: Adam<Net> = Adam::new(&*net);
    let mut other = net.clone();
    of_owner.step(&mut net, &gradient);
    of_network.step(&mut other, &gradient);
    assert_eq!(net, other);
    of_owner.set_learning_rate(0.5);
    assert_eq!(of_owner.current_learning_rate(), 0.5);
    assert_eq!(
        format!("{of_owner:?}"),
        "Adam { network: \"Net\", learning_rate: 0.5, weight_decay: 0.0, decay_all: false, \
         beta1: 0.9, beta2: 0.999, epsilon: 1e-8, steps: 1, groups: {}, .. }"
    );
}

/// What an optimizer does with a number is what it does with each parameter of a network.
#[test]
fn lone_parameters_are_stepped_as_those_of_networks() {
    fn steps<P: static_net::Trainable<Scalar = f32>>(mut parameters: P, gradient: &P) -> Vec<f32> {
        let mut adam = AdamW::new(&parameters).learning_rate(0.1).weight_decay(0.5);
        adam.step(&mut parameters, gradient);
        let mut sgd = Sgd::new(&parameters).learning_rate(0.1).momentum(0.5);
        for _ in 0..2 {
            sgd.step(&mut parameters, gradient);
        }
        parameters.values().to_vec()
    }
    let (values, gradients) = ([1.0, -2.0, 0.5], [3.0, -0.25, 0.125]);
    let mut net = Shifted::zeros();
    net.stage2.offset = values.into();
    let mut gradient = Shifted::zeros();
    gradient.stage2.offset = gradients.into();
    let range =
        Shifted::tensors().into_iter().find(|tensor| tensor.name == "stage2.offset").unwrap().range;
    let mut adam = AdamW::new(&net).learning_rate(0.1).weight_decay(0.5);
    adam.step(&mut net, &gradient);
    let mut sgd = Sgd::new(&net).learning_rate(0.1).momentum(0.5);
    for _ in 0..2 {
        sgd.step(&mut net, &gradient);
    }
    let expected = &net.state()[range];

    let vector = steps(SVector::from(values), &SVector::from(gradients));
    assert_eq!(vector, expected);
    let numbers: Vec<f32> = values
        .iter()
        .zip(gradients)
        .flat_map(|(&value, gradient)| steps(value, &gradient))
        .collect();
    assert_eq!(numbers, expected);
    // A matrix decays: by a twentieth of each value here.
    let matrix = steps(SMatrix::<f32, 1, 3>::from(values), &SMatrix::from(gradients));
    for (index, value) in matrix.iter().enumerate() {
        assert!((value - (expected[index] - 0.05 * values[index])).abs() < 1e-6);
    }

    let mut gradient = SVector::from([3.0_f32, 4.0]);
    assert_eq!(clip_norm(&mut gradient, 1.0), 5.0);
    assert!((gradient[1] - 0.8).abs() < 1e-6);
}

/// A copy goes on as the original, and each keeps moments of its own.
#[test]
fn a_copy_of_an_optimizer_goes_on_alone() {
    fn check<O: Optimizer<Network = Net> + Clone>(new: impl Fn(&Net) -> O) {
        let mut net = Net::new(&mut StdRng::seed_from_u64(1));
        let gradients = [2, 3, 4].map(|seed| Net::new(&mut StdRng::seed_from_u64(seed)));
        let mut optimizer = new(&net);
        optimizer.step(&mut net, &gradients[0]);
        let (mut copy, mut net_of_copy) = (optimizer.clone(), net.clone());
        let (mut other, mut net_of_other) = (new(&net), net.clone());
        optimizer.step(&mut net, &gradients[1]);
        other.step(&mut net_of_other, &gradients[2]);
        let count = allocations(|| other.clone_from(&copy));
        assert_eq!(count, 0);
        net_of_other.clone_from(&net_of_copy);
        copy.step(&mut net_of_copy, &gradients[1]);
        other.step(&mut net_of_other, &gradients[1]);
        assert_eq!(net_of_copy, net);
        assert_eq!(net_of_other, net);
        copy.step(&mut net_of_copy, &gradients[2]);
        optimizer.step(&mut net, &gradients[2]);
        assert_eq!(net_of_copy, net);
    }
    check(|net| Sgd::new(net).momentum(0.9).dampening(0.5));
    check(|net| RmsProp::new(net).centered(true).momentum(0.9));
    check(|net| Adam::new(net).amsgrad(true));
    check(|net| AdamW::new(net).learning_rate(0.1));
    check(|net| Lion::new(net).learning_rate(0.1));
}

#[test]
fn large_optimizers_are_copied_on_a_small_stack() {
    network! { struct Large< 3_600 => 3_600 >; }
    let copied = std::thread::Builder::new().stack_size(256 * 1024).spawn(|| {
        let mut net = Large::zeros();
        assert!(size_of_val(&*net) > 50_000_000);
        let mut gradient = Large::zeros();
        gradient.stage1.bias.fill(1.0);
        let mut adam = Adam::new(&net).learning_rate(0.1);
        adam.clone().step(&mut net, &gradient);
        let mut copy = RmsProp::new(&net);
        copy.clone_from(&RmsProp::new(&net).clone());
        net.lerp_from(&gradient, 0.5);
        adam.step(&mut net, &gradient);
        (net.stage1.bias[3_599], net.norm())
    });
    let (last, norm) = copied.unwrap().join().unwrap();
    assert!((last - 0.35).abs() < 1e-6, "{last}");
    assert!((norm - 0.35 * 60.0).abs() < 1e-4, "{norm}");
}

#[test]
#[should_panic(expected = "a learning rate is a number of at least 0, not -0.1")]
fn learning_rates_are_checked() {
    let _ = Adam::new(&Net::zeros()).learning_rate(-0.1);
}

#[test]
#[should_panic(expected = "beta2 is in [0, 1), not 1")]
fn betas_are_checked() {
    let _ = AdamW::new(&Net::zeros()).betas(0.9, 1.0);
}
