//! Adam, and Adam with decoupled weight decay.

use super::Optimizer;
use super::groups::{Groups, Step};
use super::settings::{check_fraction, check_not_negative, common_settings, learning_rate_methods};
use super::state::{clone_fields, state};
use super::update::{Rule, ratio};
use crate::aligned::{Aligned, Owner, zeros};
use crate::scalar::Float;
use crate::simd::Vector;
use crate::trainable::Trainable;

/// Steps of a size that adapts to each parameter: `torch.optim.Adam` (Kingma and Ba 2015,
/// <https://arxiv.org/abs/1412.6980>).
///
/// With the gradient `g`, to which weight decay adds `weight_decay * p`, step number `t` does
/// ```text
/// m = beta1 * m + (1 - beta1) * g
/// v = beta2 * v + (1 - beta2) * g^2
/// p = p - learning_rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
/// ```
/// Defaults: learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-8, no weight decay, no AMSGrad.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut net = Net::zeros();
/// let mut gradient = Net::zeros();
/// gradient.state_mut().fill(3.0);
///
/// let mut adam = Adam::new(&net).learning_rate(0.1);
/// adam.step(&mut net, &gradient);
/// assert!((net.stage1.bias[0] - -0.1).abs() < 1e-6);
/// ```
pub struct Adam<N> {
    learning_rate: f64,
    groups: Groups,
    moments: Moments<N>,
}

/// [`Adam`] with weight decay that does not pass through the moments: `torch.optim.AdamW` (Loshchilov and
/// Hutter 2019, <https://arxiv.org/abs/1711.05101>).
///
/// Each step first does `p = p - learning_rate * weight_decay * p`, then what Adam without weight decay does.
/// Defaults: as Adam's, with a weight decay of 0.01.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut net = Net::zeros();
/// net.state_mut().fill(1.0);
/// let gradient = Net::zeros();
///
/// let mut adam = AdamW::new(&net).learning_rate(0.1).weight_decay(0.5);
/// adam.step(&mut net, &gradient);
/// assert!((net.stage1.weight[0] - 0.95).abs() < 1e-6);
/// assert_eq!(net.stage1.bias[0], 1.0);
/// ```
pub struct AdamW<N> {
    learning_rate: f64,
    groups: Groups,
    moments: Moments<N>,
}

common_settings!(Adam);
common_settings!(AdamW);

/// What both keep from step to step.
struct Moments<N> {
    betas: (f64, f64),
    epsilon: f64,
    mean: Aligned<N>,
    mean_square: Aligned<N>,
    /// There is one with AMSGrad.
    largest: Option<Aligned<N>>,
}

clone_fields!(Moments<N> { betas, epsilon, mean, mean_square, largest });

impl<N: Trainable> Moments<N> {
    fn new() -> Self {
        Moments {
            betas: (0.9, 0.999),
            epsilon: 1e-8,
            mean: zeros(),
            mean_square: zeros(),
            largest: None,
        }
    }

    fn step<const DECOUPLED: bool>(
        &mut self,
        learning_rate: f64,
        groups: &mut Groups,
        network: &mut N,
        gradient: &N,
    ) {
        let Self { betas: (beta1, beta2), epsilon, ref mut mean, ref mut mean_square, .. } = *self;
        let rule = |step: Step| {
            let rate = learning_rate * step.rate_factor;
            let number = i32::try_from(step.number).unwrap_or(i32::MAX);
            let correction1 = 1.0 - Float::powi(beta1, number);
            let correction2 = 1.0 - Float::powi(beta2, number);
            AdamRule::<_, DECOUPLED> {
                negative_rate: N::Scalar::from_f64(-rate),
                negative_size: N::Scalar::from_f64(-rate / correction1),
                share1: N::Scalar::from_f64(1.0 - beta1),
                beta2: N::Scalar::from_f64(beta2),
                share2: N::Scalar::from_f64(1.0 - beta2),
                root_factor: N::Scalar::from_f64(1.0 / Float::sqrt(correction2)),
                epsilon: N::Scalar::from_f64(epsilon),
            }
        };
        match &mut self.largest {
            None => groups.update(rule, gradient, [network, mean, mean_square]),
            Some(largest) => groups.update(rule, gradient, [network, mean, mean_square, largest]),
        }
    }
}

/// The parts that Adam and AdamW have in common.
macro_rules! adam {
    ($name:ident, decoupled: $decoupled:literal, weight_decay: $weight_decay:literal) => {
        impl<N: Trainable> $name<N> {
            /// An optimizer for a network, or for lone parameters.
            pub fn new<O: Owner<Network = N>>(network: &O) -> Self {
                let _ = network;
                $name {
                    learning_rate: 1e-3,
                    groups: Groups::of::<N>($weight_decay),
                    moments: Moments::new(),
                }
            }

            /// Sets how much of the mean gradient and of the mean squared gradient is kept from step to step.
            ///
            /// # Panics
            /// If one is not in `[0, 1)`.
            #[must_use]
            #[track_caller]
            pub fn betas(mut self, beta1: f64, beta2: f64) -> Self {
                check_fraction("beta1", beta1);
                check_fraction("beta2", beta2);
                self.moments.betas = (beta1, beta2);
                self
            }

            /// Sets what is added to the root, so that nothing is divided by zero.
            ///
            /// # Panics
            /// If it is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn epsilon(mut self, epsilon: f64) -> Self {
                check_not_negative("epsilon", epsilon);
                self.moments.epsilon = epsilon;
                self
            }

            /// Whether the largest mean square so far is taken in place of the present one (AMSGrad: Reddi
            /// et al. 2018, <https://arxiv.org/abs/1904.09237>).
            #[must_use]
            pub fn amsgrad(mut self, amsgrad: bool) -> Self {
                self.moments.largest = amsgrad.then(zeros);
                self
            }
        }

        state! {
            $name { learning_rate, groups, moments }
            settings {
                learning_rate: learning_rate,
                weight_decay: groups.weight_decay,
                decay_all: groups.decays_all,
                beta1: moments.betas.0,
                beta2: moments.betas.1,
                epsilon: moments.epsilon,
                steps: groups.steps,
                groups: groups.runs,
            }
            moments { mean: moments.mean, mean_square: moments.mean_square, largest: moments.largest }
        }

        impl<N: Trainable> Optimizer for $name<N> {
            type Network = N;

            fn step(&mut self, network: &mut N, gradient: &N) {
                let Self { learning_rate, groups, moments } = self;
                moments.step::<$decoupled>(*learning_rate, groups, network, gradient);
            }

            learning_rate_methods!();
        }
    };
}
adam!(Adam, decoupled: false, weight_decay: 0.0);
adam!(AdamW, decoupled: true, weight_decay: 0.01);

struct AdamRule<T, const DECOUPLED: bool> {
    negative_rate: T,
    /// The rate, divided by the first correction.
    negative_size: T,
    share1: T,
    beta2: T,
    share2: T,
    /// One over the root of the second correction.
    root_factor: T,
    epsilon: T,
}

impl<T: Float, const DECOUPLED: bool> AdamRule<T, DECOUPLED> {
    /// The decayed parameter, and the new moments.
    #[inline(always)]
    fn moments<V: Vector<T>>(&self, p: V, gradient: V, m: V, v: V, decay: V) -> [V; 3] {
        let (p, gradient) = if DECOUPLED {
            ((decay * V::splat(self.negative_rate)).mul_add(p, p), gradient)
        } else {
            (p, decay.mul_add(p, gradient))
        };
        let m = (gradient - m).mul_add(V::splat(self.share1), m);
        let v = v.mul_add(V::splat(self.beta2), gradient * gradient * V::splat(self.share2));
        [p, m, v]
    }

    #[inline(always)]
    fn moved<V: Vector<T>>(&self, p: V, m: V, v: V) -> V {
        let root = v.sqrt().mul_add(V::splat(self.root_factor), V::splat(self.epsilon));
        p + ratio(m * V::splat(self.negative_size), root)
    }
}

impl<T: Float, const DECOUPLED: bool> Rule<T, 3> for AdamRule<T, DECOUPLED> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [p, m, v]: [V; 3], gradient: V, decay: V) -> [V; 3] {
        let [p, m, v] = self.moments(p, gradient, m, v, decay);
        [self.moved(p, m, v), m, v]
    }
}

/// AMSGrad.
impl<T: Float, const DECOUPLED: bool> Rule<T, 4> for AdamRule<T, DECOUPLED> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [p, m, v, largest]: [V; 4], gradient: V, decay: V) -> [V; 4] {
        let [p, m, v] = self.moments(p, gradient, m, v, decay);
        let largest = largest.max(v);
        [self.moved(p, m, largest), m, v, largest]
    }
}
