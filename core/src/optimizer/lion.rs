//! Lion.

use super::Optimizer;
use super::groups::{Groups, Step};
use super::settings::{check_fraction, common_settings, learning_rate_methods};
use super::state::state;
use super::update::Rule;
use crate::aligned::{Aligned, Owner, zeros};
use crate::scalar::Float;
use crate::simd::Vector;
use crate::trainable::Trainable;

/// Steps by the sign of a momentum, all of one size (Chen et al. 2023, <https://arxiv.org/abs/2302.06675>). It keeps one
/// value for each parameter, where [`Adam`](super::Adam) keeps two.
///
/// With the gradient `g`, each step does
/// ```text
/// p = p - learning_rate * (weight_decay * p + sign(beta1 * m + (1 - beta1) * g))
/// m = beta2 * m + (1 - beta2) * g
/// ```
/// Defaults: learning rate 0.0001, betas 0.9 and 0.99, no weight decay. The paper takes a rate three to ten times as small
/// as AdamW's, and a weight decay as many times as large.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut net = Net::zeros();
/// let mut gradient = Net::zeros();
/// gradient.stage1.bias[0] = 3.0;
///
/// let mut lion = Lion::new(&net).learning_rate(0.1);
/// lion.step(&mut net, &gradient);
/// assert_eq!(net.state(), [0.0, 0.0, -0.1]);
/// ```
pub struct Lion<N> {
    learning_rate: f64,
    betas: (f64, f64),
    groups: Groups,
    momentum: Aligned<N>,
}

common_settings!(Lion);

impl<N: Trainable> Lion<N> {
    /// An optimizer for a network, or for lone parameters.
    pub fn new<O: Owner<Network = N>>(network: &O) -> Self {
        let _ = network;
        Lion {
            learning_rate: 1e-4,
            betas: (0.9, 0.99),
            groups: Groups::of::<N>(0.0),
            momentum: zeros(),
        }
    }

    /// Sets how much of the momentum counts beside the gradient in a step, and how much of it is kept.
    ///
    /// # Panics
    /// If one is not in `[0, 1)`.
    #[must_use]
    #[track_caller]
    pub fn betas(mut self, beta1: f64, beta2: f64) -> Self {
        check_fraction("beta1", beta1);
        check_fraction("beta2", beta2);
        self.betas = (beta1, beta2);
        self
    }
}

state! {
    Lion { learning_rate, betas, groups, momentum }
    settings {
        learning_rate: learning_rate,
        weight_decay: groups.weight_decay,
        decay_all: groups.decays_all,
        beta1: betas.0,
        beta2: betas.1,
        steps: groups.steps,
        groups: groups.runs,
    }
    moments { momentum: momentum }
}

impl<N: Trainable> Optimizer for Lion<N> {
    type Network = N;

    fn step(&mut self, network: &mut N, gradient: &N) {
        let Self { learning_rate, betas: (beta1, beta2), .. } = *self;
        let rule = |step: Step| Sign {
            negative_rate: N::Scalar::from_f64(-learning_rate * step.rate_factor),
            share1: N::Scalar::from_f64(1.0 - beta1),
            share2: N::Scalar::from_f64(1.0 - beta2),
        };
        self.groups.update(rule, gradient, [network, &mut self.momentum]);
    }

    learning_rate_methods!();
}

struct Sign<T> {
    negative_rate: T,
    share1: T,
    share2: T,
}

impl<T: Float> Rule<T, 2> for Sign<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [p, m]: [V; 2], gradient: V, decay: V) -> [V; 2] {
        let rate = V::splat(self.negative_rate);
        let change = gradient - m;
        let direction = sign(change.mul_add(V::splat(self.share1), m));
        let decayed = (decay * rate).mul_add(p, p);
        [direction.mul_add(rate, decayed), change.mul_add(V::splat(self.share2), m)]
    }
}

/// One with the sign of a value; zero and NaN stay.
#[inline(always)]
fn sign<T: Float, V: Vector<T>>(value: V) -> V {
    let one = V::splat(T::ONE);
    let negative = V::select(V::zero().greater(value), V::zero() - one, value);
    V::select(value.greater(V::zero()), one, negative)
}
