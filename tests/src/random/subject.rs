//! Networks of all types as one: all values come and go as `f64`.

use static_net::nalgebra::{Const, Dyn, OMatrix, SMatrix};
use static_net::{Float, Tensor};

/// A network that the test runs.
pub trait Subject {
    /// Sets all parameters.
    fn set_state(&mut self, state: &[f64]);
    /// The output for one sample.
    fn forward_one(&self, x: &[f64]) -> Vec<f64>;
    /// How many samples [`forward_static`](Subject::forward_static) takes.
    fn static_batch(&self) -> usize;
    /// The output for a batch whose size the compiler knows.
    fn forward_static(&self, x: &[f64]) -> Vec<f64>;
    /// The output for a batch whose size it does not know.
    fn forward(&self, x: &[f64]) -> Vec<f64>;
    /// All representations, and what backward makes of the gradient of the output. The gradient of
    /// the parameters starts with `start` in each place.
    fn train(&self, x: &[f64], d_output: &[f64], start: f64) -> Trained;
    /// `Net::tensors()` and `Net::PARAMETERS`.
    fn tensors(&self) -> (Vec<Tensor>, usize);
}

/// The results of a pass forward and backward.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    /// Each field of the activations, `input` and `output` first.
    pub representations: Vec<(&'static str, Vec<f64>)>,
    /// The gradient of the parameters.
    pub gradient: Vec<f64>,
    /// The gradient of the input.
    pub d_input: Vec<f64>,
}

/// Samples for a batch whose size is known when the test runs.
pub fn dynamic<T: Float, const N: usize>(values: &[f64]) -> OMatrix<T, Const<N>, Dyn> {
    OMatrix::<T, Const<N>, Dyn>::from_iterator(values.len() / N, numbers(values))
}

/// Samples for a batch whose size is known when the test is compiled.
pub fn fixed<T: Float, const N: usize, const B: usize>(values: &[f64]) -> SMatrix<T, N, B> {
    SMatrix::from_iterator(numbers(values))
}

/// The same numbers in the type of a network.
pub fn numbers<T: Float>(values: &[f64]) -> impl Iterator<Item = T> + '_ {
    values.iter().map(|&value| T::from_f64(value))
}

/// The same numbers as `f64`.
pub fn widened<'a, T: Float>(values: impl IntoIterator<Item = &'a T>) -> Vec<f64> {
    values.into_iter().map(|value| value.to_f64()).collect()
}

/// Makes a [`Subject`](crate::random::subject::Subject) of a network: the new type's name, the network, its scalar, its sizes, a
/// number of samples, and its representations.
#[macro_export]
macro_rules! subject {
    ($name:ident, $net:ty, $scalar:ty, $in:literal => $out:literal, batch $batch:literal, [$($field:ident),*]) => {
        /// A network and its state.
        pub struct $name(static_net::Aligned<$net>);

        impl Default for $name {
            fn default() -> Self {
                $name(<$net>::zeros())
            }
        }

        impl $crate::random::subject::Subject for $name {
            fn set_state(&mut self, state: &[f64]) {
                let target = self.0.state_mut();
                assert_eq!(target.len(), state.len(), "the length of the state");
                for (value, number) in target.iter_mut().zip($crate::random::subject::numbers(state)) {
                    *value = number;
                }
            }

            fn forward_one(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let x = $crate::random::subject::fixed::<$scalar, $in, 1>(x);
                let y: static_net::nalgebra::SVector<$scalar, $out> = self.0.forward(&x);
                $crate::random::subject::widened(&y)
            }

            fn static_batch(&self) -> usize {
                $batch
            }

            fn forward_static(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let x = $crate::random::subject::fixed::<$scalar, $in, $batch>(x);
                let y: static_net::nalgebra::SMatrix<$scalar, $out, $batch> = self.0.forward(&x);
                $crate::random::subject::widened(&y)
            }

            fn forward(&self, x: &[f64]) -> std::vec::Vec<f64> {
                $crate::random::subject::widened(&self.0.forward(&$crate::random::subject::dynamic::<$scalar, $in>(x)))
            }

            fn train(&self, x: &[f64], d_output: &[f64], start: f64) -> $crate::random::subject::Trained {
                use $crate::random::subject::{dynamic, widened};
                let activations = self.0.activations(&dynamic::<$scalar, $in>(x));
                let mut gradient = <$net>::zeros();
                gradient.state_mut().fill(start as $scalar);
                let d_output = dynamic::<$scalar, $out>(d_output);
                let d_input = self.0.backward(&activations, &d_output, &mut gradient);
                $crate::random::subject::Trained {
                    representations: vec![
                        ("input", widened(&activations.input)),
                        ("output", widened(&activations.output)),
                        $((stringify!($field), widened(&activations.$field)),)*
                    ],
                    gradient: widened(gradient.state()),
                    d_input: widened(&d_input),
                }
            }

            fn tensors(&self) -> (std::vec::Vec<static_net::Tensor>, usize) {
                (<$net>::tensors(), <$net>::PARAMETERS)
            }
        }
    };
}
