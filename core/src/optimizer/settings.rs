//! What users set, and its checks.

/// Panics at the caller unless the value is a finite number of at least zero.
#[track_caller]
pub(super) fn check_not_negative(name: &str, value: f64) {
    assert!(value >= 0.0 && value.is_finite(), "{name} is a number of at least 0, not {value}");
}

/// Panics at the caller unless the value is in `[0, 1)`.
#[track_caller]
pub(super) fn check_fraction(name: &str, value: f64) {
    assert!((0.0..1.0).contains(&value), "{name} is in [0, 1), not {value}");
}

/// The methods that all optimizers have; each has the fields `learning_rate` and `groups`.
macro_rules! common_settings {
    ($name:ident) => {
        impl<N: Trainable> $name<N> {
            /// Sets the learning rate.
            ///
            /// # Panics
            /// If it is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn learning_rate(mut self, learning_rate: f64) -> Self {
                crate::optimizer::settings::check_not_negative("a learning rate", learning_rate);
                self.learning_rate = learning_rate;
                self
            }

            /// Sets the weight decay, which draws weights towards zero.
            ///
            /// # Panics
            /// If it is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn weight_decay(mut self, weight_decay: f64) -> Self {
                crate::optimizer::settings::check_not_negative("a weight decay", weight_decay);
                self.groups.weight_decay = weight_decay;
                self
            }

            /// Whether weight decay draws on every trained parameter, as PyTorch's does on a single group of
            /// parameters. Without it, decay spares biases and the gains of normalisations, that is
            /// [`Kind::TrainedWithoutDecay`](crate::Kind::TrainedWithoutDecay).
            #[must_use]
            pub fn decay_all(mut self, decays_all: bool) -> Self {
                self.groups.decays_all = decays_all;
                self
            }

            /// Leaves a part of the network as it is: no step, no decay, no momentum, its moments stay. Once
            /// [`set_frozen`](Self::set_frozen) ends that, it goes on with the moments that it had. For running statistics, which
            /// no optimizer changes, see [`Training::freeze`](crate::Training::freeze).
            ///
            /// The closure gives a part of the network that it takes: a stage, a tensor, some of its values.
            ///
            /// # Panics
            /// If it gives something else.
            #[must_use]
            #[track_caller]
            pub fn freeze<Q: ?Sized>(mut self, part: impl FnOnce(&N) -> &Q) -> Self {
                self.set_frozen(part, true);
                self
            }

            /// Whether a part of the network is left as it is from now on, as by [`freeze`](Self::freeze).
            ///
            /// # Panics
            /// As `freeze`.
            #[track_caller]
            pub fn set_frozen<Q: ?Sized>(&mut self, part: impl FnOnce(&N) -> &Q, is_frozen: bool) {
                let part = crate::part::range_of(part);
                self.groups.runs.change(&part, |group| group.is_frozen = is_frozen);
            }

            /// Multiplies the learning rate of a part of the network: a factor, so that schedules and
            /// [`set_learning_rate`](Optimizer::set_learning_rate), which set the common rate, hold for the part too. A
            /// factor that was set before is replaced.
            ///
            /// # Panics
            /// As [`freeze`](Self::freeze), and if the factor is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn learning_rate_factor<Q: ?Sized>(
                mut self,
                part: impl FnOnce(&N) -> &Q,
                factor: f64,
            ) -> Self {
                crate::optimizer::settings::check_not_negative("a factor", factor);
                let part = crate::part::range_of(part);
                self.groups.runs.change(&part, |group| group.rate_factor = factor);
                self
            }

            /// Sets the weight decay of a part of the network, in place of the common one. Biases and the gains of
            /// normalisations in it are spared as elsewhere, unless there is nothing else in it.
            ///
            /// # Panics
            /// As [`freeze`](Self::freeze), and if the weight decay is negative or not finite.
            #[must_use]
            #[track_caller]
            pub fn weight_decay_of<Q: ?Sized>(
                mut self,
                part: impl FnOnce(&N) -> &Q,
                weight_decay: f64,
            ) -> Self {
                crate::optimizer::settings::check_not_negative("a weight decay", weight_decay);
                let part = crate::part::range_of(part);
                self.groups.set_weight_decay_of(&part, weight_decay);
                self
            }
        }
    };
}
pub(super) use common_settings;

/// The methods of [`Optimizer`](super::Optimizer) that are the same for all.
macro_rules! learning_rate_methods {
    () => {
        fn current_learning_rate(&self) -> f64 {
            self.learning_rate
        }

        #[track_caller]
        fn set_learning_rate(&mut self, learning_rate: f64) {
            crate::optimizer::settings::check_not_negative("a learning rate", learning_rate);
            self.learning_rate = learning_rate;
        }
    };
}
pub(super) use learning_rate_methods;
