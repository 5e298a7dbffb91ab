//! Learning rates that change with the step.

use crate::scalar::Float;

/// A learning rate for each step, counted from 0.
///
/// A schedule is a plain value: it counts nothing, so training can start again at any step.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => 1 >; }
///
/// let mut net = Net::zeros();
/// let gradient = Net::zeros();
/// let mut adam = Adam::new(&net);
/// let rates = Cosine::new(1e-3, 1e-5, 900).warm_up(100);
/// for step in 0..1000 {
///     adam.set_learning_rate(rates.at(step));
///     adam.step(&mut net, &gradient);
/// }
/// ```
pub trait Schedule {
    /// The learning rate of a step.
    fn at(&self, step: usize) -> f64;

    /// Before this schedule begins, the rate rises over so many steps in equal parts to the one it begins
    /// with (Goyal et al. 2017, <https://arxiv.org/abs/1706.02677>).
    ///
    /// ```
    /// use static_net::prelude::*;
    /// let rates = Constant(0.8).warm_up(3);
    /// assert_eq!([0, 1, 2, 3, 4].map(|step| rates.at(step)), [0.2, 0.4, 0.6000000000000001, 0.8, 0.8]);
    /// ```
    fn warm_up(self, steps: usize) -> WarmUp<Self>
    where
        Self: Sized,
    {
        WarmUp { steps, schedule: self }
    }

    /// After so many steps of this schedule another one begins.
    ///
    /// ```
    /// use static_net::prelude::*;
    /// let rates = Constant(0.1).then(2, StepDecay::new(0.01, 1, 0.5));
    /// assert_eq!([0, 1, 2, 3].map(|step| rates.at(step)), [0.1, 0.1, 0.01, 0.005]);
    /// ```
    fn then<S: Schedule>(self, steps: usize, next: S) -> Then<Self, S>
    where
        Self: Sized,
    {
        Then { first: self, steps, next }
    }
}

impl<S: Schedule + ?Sized> Schedule for &S {
    fn at(&self, step: usize) -> f64 {
        (**self).at(step)
    }
}

impl<S: Schedule + ?Sized> Schedule for alloc::boxed::Box<S> {
    fn at(&self, step: usize) -> f64 {
        (**self).at(step)
    }
}

/// The same learning rate at every step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constant(pub f64);

impl Schedule for Constant {
    fn at(&self, _: usize) -> f64 {
        self.0
    }
}

/// `rate * factor^(step / period)`, the quotient rounded down: `torch.optim.lr_scheduler.StepLR`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepDecay {
    rate: f64,
    period: usize,
    factor: f64,
}

impl StepDecay {
    /// Begins with `rate`, and multiplies it with `factor` every `period` steps.
    ///
    /// # Panics
    /// If `period` is zero.
    #[track_caller]
    pub fn new(rate: f64, period: usize, factor: f64) -> Self {
        assert!(period > 0, "a period is at least one step");
        StepDecay { rate, period, factor }
    }
}

impl Schedule for StepDecay {
    fn at(&self, step: usize) -> f64 {
        let times = i32::try_from(step / self.period).unwrap_or(i32::MAX);
        self.rate * Float::powi(self.factor, times)
    }
}

/// Half a cosine from `rate` down to `end`, which is then kept: `torch.optim.lr_scheduler.CosineAnnealingLR`
/// over its first half period (Loshchilov and Hutter 2017, <https://arxiv.org/abs/1608.03983>).
///
/// ```
/// use static_net::prelude::*;
/// let rates = Cosine::new(1.0, 0.2, 100);
/// assert_eq!([0, 100, 1000].map(|step| rates.at(step)), [1.0, 0.2, 0.2]);
/// assert!((rates.at(50) - 0.6).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine {
    rate: f64,
    end: f64,
    steps: usize,
}

impl Cosine {
    /// Begins with `rate` and reaches `end` after `steps` steps.
    pub fn new(rate: f64, end: f64, steps: usize) -> Self {
        Cosine { rate, end, steps }
    }
}

impl Schedule for Cosine {
    fn at(&self, step: usize) -> f64 {
        if step >= self.steps {
            return self.end;
        }
        let angle = core::f64::consts::PI * step as f64 / self.steps as f64;
        self.end + (self.rate - self.end) * (1.0 + Float::cos(angle)) / 2.0
    }
}

/// A schedule after a rise in equal parts: see [`Schedule::warm_up`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarmUp<S> {
    steps: usize,
    schedule: S,
}

impl<S: Schedule> Schedule for WarmUp<S> {
    fn at(&self, step: usize) -> f64 {
        match step.checked_sub(self.steps) {
            Some(step) => self.schedule.at(step),
            None => self.schedule.at(0) * (step + 1) as f64 / (self.steps + 1) as f64,
        }
    }
}

/// One schedule after another: see [`Schedule::then`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Then<First, Next> {
    first: First,
    steps: usize,
    next: Next,
}

impl<First: Schedule, Next: Schedule> Schedule for Then<First, Next> {
    fn at(&self, step: usize) -> f64 {
        match step.checked_sub(self.steps) {
            Some(step) => self.next.at(step),
            None => self.first.at(step),
        }
    }
}
