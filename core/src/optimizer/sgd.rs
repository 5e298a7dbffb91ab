//! Stochastic gradient descent, with and without momentum.

use super::Optimizer;
use super::groups::{Groups, Step};
use super::settings::{check_fraction, check_not_negative, common_settings, learning_rate_methods};
use super::state::state;
use super::update::Rule;
use crate::aligned::{Aligned, Owner, zeros};
use crate::scalar::Float;
use crate::simd::Vector;
use crate::trainable::Trainable;

/// Stochastic gradient descent: `torch.optim.SGD`.
///
/// With the gradient `g`, to which weight decay adds `weight_decay * p`, each step does
/// ```text
/// v = momentum * v + (1 - dampening) * g      (in the first step v = g)
/// p = p - learning_rate * v                   (with Nesterov's momentum g + momentum * v instead of v)
/// ```
/// (Sutskever et al. 2013, <https://proceedings.mlr.press/v28/sutskever13.html>.) Defaults: learning rate
/// 0.001, no momentum, no weight decay.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut net = Net::zeros();
/// let mut gradient = Net::zeros();
/// gradient.state_mut().fill(1.0);
///
/// let mut sgd = Sgd::new(&net).learning_rate(0.1).momentum(0.5);
/// sgd.step(&mut net, &gradient);
/// sgd.step(&mut net, &gradient);
/// assert!((net.stage1.bias[0] - (-0.1 - 0.15)).abs() < 1e-6);
/// ```
pub struct Sgd<N> {
    learning_rate: f64,
    momentum: f64,
    dampening: f64,
    nesterov: bool,
    groups: Groups,
    /// There is none without momentum.
    velocity: Option<Aligned<N>>,
}

common_settings!(Sgd);

impl<N: Trainable> Sgd<N> {
    /// An optimizer for a network, or for lone parameters.
    pub fn new<O: Owner<Network = N>>(network: &O) -> Self {
        let _ = network;
        Sgd {
            learning_rate: 1e-3,
            momentum: 0.0,
            dampening: 0.0,
            nesterov: false,
            groups: Groups::of::<N>(0.0),
            velocity: None,
        }
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
        if momentum > 0.0 && self.velocity.is_none() {
            self.velocity = Some(zeros());
        }
        self
    }

    /// Sets by how much less than in full the gradient enters the velocity.
    ///
    /// # Panics
    /// If it is negative or not finite.
    #[must_use]
    #[track_caller]
    pub fn dampening(mut self, dampening: f64) -> Self {
        check_not_negative("a dampening", dampening);
        self.dampening = dampening;
        self
    }

    /// Whether the momentum is Nesterov's, which looks one step ahead. Without momentum it does nothing.
    #[must_use]
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.nesterov = nesterov;
        self
    }
}

state! {
    Sgd { learning_rate, momentum, dampening, nesterov, groups, velocity }
    settings {
        learning_rate: learning_rate,
        weight_decay: groups.weight_decay,
        decay_all: groups.decays_all,
        momentum: momentum,
        dampening: dampening,
        nesterov: nesterov,
        steps: groups.steps,
        groups: groups.runs,
    }
    moments { velocity: velocity }
}

impl<N: Trainable> Optimizer for Sgd<N> {
    type Network = N;

    fn step(&mut self, network: &mut N, gradient: &N) {
        let Self { learning_rate, momentum, dampening, .. } = *self;
        let negative_rate = |step: Step| N::Scalar::from_f64(-learning_rate * step.rate_factor);
        let Some(velocity) = self.velocity.as_mut().filter(|_| momentum > 0.0) else {
            let rule = |step| Plain { negative_rate: negative_rate(step) };
            return self.groups.update(rule, gradient, [network]);
        };
        let rule = |step: Step| Momentum::<_, false> {
            negative_rate: negative_rate(step),
            momentum: N::Scalar::from_f64(momentum),
            share: N::Scalar::from_f64(if step.number > 1 { 1.0 - dampening } else { 1.0 }),
        };
        if self.nesterov {
            let rule = |step| rule(step).looking_ahead();
            self.groups.update(rule, gradient, [network, velocity]);
        } else {
            self.groups.update(rule, gradient, [network, velocity]);
        }
    }

    learning_rate_methods!();
}

struct Plain<T> {
    negative_rate: T,
}

impl<T: Float> Rule<T, 1> for Plain<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [parameter]: [V; 1], gradient: V, decay: V) -> [V; 1] {
        let gradient = decay.mul_add(parameter, gradient);
        [gradient.mul_add(V::splat(self.negative_rate), parameter)]
    }
}

struct Momentum<T, const NESTEROV: bool> {
    negative_rate: T,
    momentum: T,
    share: T,
}

impl<T> Momentum<T, false> {
    fn looking_ahead(self) -> Momentum<T, true> {
        let Momentum { negative_rate, momentum, share } = self;
        Momentum { negative_rate, momentum, share }
    }
}

impl<T: Float, const NESTEROV: bool> Rule<T, 2> for Momentum<T, NESTEROV> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [parameter, velocity]: [V; 2], gradient: V, decay: V) -> [V; 2] {
        let momentum = V::splat(self.momentum);
        let gradient = decay.mul_add(parameter, gradient);
        let velocity = velocity.mul_add(momentum, gradient * V::splat(self.share));
        let direction = if NESTEROV { velocity.mul_add(momentum, gradient) } else { velocity };
        [direction.mul_add(V::splat(self.negative_rate), parameter), velocity]
    }
}
