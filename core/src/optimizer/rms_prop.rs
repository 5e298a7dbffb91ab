//! RMSProp.

use super::Optimizer;
use super::groups::{Groups, Step};
use super::settings::{check_fraction, check_not_negative, common_settings, learning_rate_methods};
use super::state::state;
use super::update::{Rule, ratio};
use crate::aligned::{Aligned, Owner, zeros};
use crate::scalar::Float;
use crate::simd::Vector;
use crate::trainable::Trainable;

/// Divides the gradient by a running root mean square of it: `torch.optim.RMSprop` (Hinton 2012,
/// <https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf>).
///
/// With the gradient `g`, to which weight decay adds `weight_decay * p`, each step does
/// ```text
/// s = alpha * s + (1 - alpha) * g^2
/// a = alpha * a + (1 - alpha) * g                          (centered only, else a = 0)
/// v = momentum * v + g / (sqrt(s - a^2) + epsilon)
/// p = p - learning_rate * v
/// ```
/// Defaults: learning rate 0.01, alpha 0.99, epsilon 1e-8, no momentum, not centered, no weight decay.
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
/// let mut rms_prop = RmsProp::new(&net).learning_rate(0.1).alpha(0.75);
/// rms_prop.step(&mut net, &gradient);
/// assert!((net.stage1.bias[0] - -0.2).abs() < 1e-6);
/// ```
pub struct RmsProp<N> {
    learning_rate: f64,
    alpha: f64,
    epsilon: f64,
    momentum: f64,
    groups: Groups,
    mean_square: Aligned<N>,
    /// There is one if the mean of the gradient is taken off.
    mean: Option<Aligned<N>>,
    /// There is none without momentum.
    velocity: Option<Aligned<N>>,
}

common_settings!(RmsProp);

impl<N: Trainable> RmsProp<N> {
    /// An optimizer for a network, or for lone parameters.
    pub fn new<O: Owner<Network = N>>(network: &O) -> Self {
        let _ = network;
        RmsProp {
            learning_rate: 1e-2,
            alpha: 0.99,
            epsilon: 1e-8,
            momentum: 0.0,
            groups: Groups::of::<N>(0.0),
            mean_square: zeros(),
            mean: None,
            velocity: None,
        }
    }

    /// Sets how much of the mean square is kept from step to step.
    ///
    /// # Panics
    /// If it is not in `[0, 1)`.
    #[must_use]
    #[track_caller]
    pub fn alpha(mut self, alpha: f64) -> Self {
        check_fraction("alpha", alpha);
        self.alpha = alpha;
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
        self.epsilon = epsilon;
        self
    }

    /// Sets how much of the velocity is kept from step to step.
    ///
    /// # Panics
    /// If it is not in `[0, 1)`.
    #[must_use]
    #[track_caller]
    pub fn momentum(mut self, momentum: f64) -> Self {
        check_fraction("a momentum", momentum);
        self.momentum = momentum;
        self.velocity = (momentum > 0.0).then(zeros);
        self
    }

    /// Whether the variance is taken in place of the mean square (Graves 2013,
    /// <https://arxiv.org/abs/1308.0850>).
    #[must_use]
    pub fn centered(mut self, centered: bool) -> Self {
        self.mean = centered.then(zeros);
        self
    }
}

state! {
    RmsProp { learning_rate, alpha, epsilon, momentum, groups, mean_square, mean, velocity }
    settings {
        learning_rate: learning_rate,
        weight_decay: groups.weight_decay,
        decay_all: groups.decays_all,
        alpha: alpha,
        epsilon: epsilon,
        momentum: momentum,
        steps: groups.steps,
        groups: groups.runs,
    }
    moments { mean_square: mean_square, mean: mean, velocity: velocity }
}

impl<N: Trainable> Optimizer for RmsProp<N> {
    type Network = N;

    fn step(&mut self, network: &mut N, gradient: &N) {
        let Self { learning_rate, alpha, epsilon, momentum, .. } = *self;
        let rule = |step: Step| RootMeanSquare {
            negative_rate: N::Scalar::from_f64(-learning_rate * step.rate_factor),
            alpha: N::Scalar::from_f64(alpha),
            share: N::Scalar::from_f64(1.0 - alpha),
            epsilon: N::Scalar::from_f64(epsilon),
            momentum: N::Scalar::from_f64(momentum),
        };
        let Self { groups, mean_square, mean, velocity, .. } = self;
        match (mean, velocity) {
            (None, None) => {
                groups.update(|step| Usual(rule(step)), gradient, [network, mean_square]);
            }
            (None, Some(velocity)) => {
                let values = [network, mean_square, velocity];
                groups.update(|step| WithMomentum(rule(step)), gradient, values);
            }
            (Some(mean), None) => {
                let values = [network, mean_square, mean];
                groups.update(|step| Centered(rule(step)), gradient, values);
            }
            (Some(mean), Some(velocity)) => {
                let values = [network, mean_square, mean, velocity];
                groups.update(|step| CenteredWithMomentum(rule(step)), gradient, values);
            }
        }
    }

    learning_rate_methods!();
}

/// The parts of the step, as all variants share them.
struct RootMeanSquare<T> {
    negative_rate: T,
    alpha: T,
    share: T,
    epsilon: T,
    momentum: T,
}

impl<T: Float> RootMeanSquare<T> {
    #[inline(always)]
    fn mean<V: Vector<T>>(&self, mean: V, value: V) -> V {
        mean.mul_add(V::splat(self.alpha), value * V::splat(self.share))
    }

    #[inline(always)]
    fn direction<V: Vector<T>>(&self, gradient: V, variance: V) -> V {
        ratio(gradient, variance.sqrt() + V::splat(self.epsilon))
    }

    #[inline(always)]
    fn velocity<V: Vector<T>>(&self, velocity: V, direction: V) -> V {
        velocity.mul_add(V::splat(self.momentum), direction)
    }

    #[inline(always)]
    fn moved<V: Vector<T>>(&self, parameter: V, direction: V) -> V {
        direction.mul_add(V::splat(self.negative_rate), parameter)
    }
}

struct Usual<T>(RootMeanSquare<T>);

impl<T: Float> Rule<T, 2> for Usual<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [parameter, s]: [V; 2], gradient: V, decay: V) -> [V; 2] {
        let gradient = decay.mul_add(parameter, gradient);
        let s = self.0.mean(s, gradient * gradient);
        [self.0.moved(parameter, self.0.direction(gradient, s)), s]
    }
}

struct WithMomentum<T>(RootMeanSquare<T>);

impl<T: Float> Rule<T, 3> for WithMomentum<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [parameter, s, v]: [V; 3], gradient: V, decay: V) -> [V; 3] {
        let gradient = decay.mul_add(parameter, gradient);
        let s = self.0.mean(s, gradient * gradient);
        let v = self.0.velocity(v, self.0.direction(gradient, s));
        [self.0.moved(parameter, v), s, v]
    }
}

struct Centered<T>(RootMeanSquare<T>);

impl<T: Float> Rule<T, 3> for Centered<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [parameter, s, a]: [V; 3], gradient: V, decay: V) -> [V; 3] {
        let gradient = decay.mul_add(parameter, gradient);
        let s = self.0.mean(s, gradient * gradient);
        let a = self.0.mean(a, gradient);
        [self.0.moved(parameter, self.0.direction(gradient, s - a * a)), s, a]
    }
}

struct CenteredWithMomentum<T>(RootMeanSquare<T>);

impl<T: Float> Rule<T, 4> for CenteredWithMomentum<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [parameter, s, a, v]: [V; 4], gradient: V, decay: V) -> [V; 4] {
        let gradient = decay.mul_add(parameter, gradient);
        let s = self.0.mean(s, gradient * gradient);
        let a = self.0.mean(a, gradient);
        let v = self.0.velocity(v, self.0.direction(gradient, s - a * a));
        [self.0.moved(parameter, v), s, a, v]
    }
}
