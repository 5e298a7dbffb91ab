//! Networks of all types as one: all values come and go as `f64`.

use static_net::nalgebra::{Const, Dyn, OMatrix, SMatrix};
use static_net::network::{self, Activations};
use static_net::samples::OutputGradient;
use static_net::{Element, Float, Network, Tensor, Workspace};

/// A network that the test runs.
pub trait Subject: Send {
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
    /// The output for one sample, which goes in step by step; nothing where the network takes it at once only.
    fn stream(&self, x: &[f64]) -> Option<Vec<f64>>;
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
    /// The gradient of the input; none of tokens.
    pub d_input: Vec<f64>,
}

/// What samples are made of: numbers, or ids of tokens.
pub trait Value: Element {
    /// The nearest.
    fn of(value: f64) -> Self;
    /// The same.
    fn widened(self) -> f64;
}

macro_rules! values {
    ($($name:ident)*) => {$(
        impl Value for $name {
            fn of(value: f64) -> Self {
                value as $name
            }

            fn widened(self) -> f64 {
                f64::from(self)
            }
        }
    )*};
}
values!(f32 f64 u32);

/// The way back of a network of tokens, which has no gradient of its input: networks of numbers have a method of their own
/// of this name.
pub trait BackwardOfTokens<A, D, const OUT: usize> {
    /// Adds the gradient of the parameters.
    fn backward_to_input(&self, activations: &A, d_output: &D, gradient: &mut Self);
}

impl<N, A, D, const OUT: usize> BackwardOfTokens<A, D, OUT> for N
where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch>,
{
    fn backward_to_input(&self, activations: &A, d_output: &D, gradient: &mut N) {
        network::backward_into(self, activations, d_output, gradient, &mut Workspace::new());
    }
}

/// What the pass backward gives: a gradient of numbers, of tokens nothing.
pub trait InputGradient {
    /// Its values.
    fn values(self) -> Vec<f64>;
}

impl InputGradient for () {
    fn values(self) -> Vec<f64> {
        Vec::new()
    }
}

impl<T: Float + Value, const N: usize> InputGradient for OMatrix<T, Const<N>, Dyn> {
    fn values(self) -> Vec<f64> {
        widened(&self)
    }
}

/// Puts the steps of a sample, which have `width` values each, into a function, and what it gives together as one
/// sample. Time runs along the first axis or the last.
pub fn in_steps(
    x: &[f64],
    is_first: [bool; 2],
    width: usize,
    mut step: impl FnMut(&[f64]) -> Vec<f64>,
) -> Vec<f64> {
    let length = x.len() / width;
    let outputs: Vec<_> = (0..length)
        .map(|time| vec![step(&values_at(x, (length, is_first[0], time)).collect::<Vec<f64>>())])
        .collect();
    in_order(&outputs, is_first[1])
}

/// The values of one of so many steps, where time runs along the first axis or the last.
fn values_at(
    x: &[f64],
    (length, is_first, time): (usize, bool, usize),
) -> impl Iterator<Item = f64> + '_ {
    let width = x.len() / length;
    let place = move |i| if is_first { time * width + i } else { i * length + time };
    (0..width).map(move |i| x[place(i)])
}

/// One of so many steps.
pub fn step_of<T: Value, const N: usize>(
    x: &[f64],
    step: (usize, bool, usize),
) -> SMatrix<T, N, 1> {
    fixed(&values_at(x, step).collect::<Vec<f64>>())
}

/// What comes out for each step, be it of several outputs, as of one sample.
pub fn in_order(steps: &[Vec<Vec<f64>>], is_first: bool) -> Vec<f64> {
    let mut sample = Vec::new();
    for output in 0..steps[0].len() {
        let of_steps: Vec<&Vec<f64>> = steps.iter().map(|step| &step[output]).collect();
        match is_first {
            true => of_steps.iter().for_each(|values| sample.extend_from_slice(values)),
            false => (0..of_steps[0].len())
                .for_each(|i| sample.extend(of_steps.iter().map(|values| values[i]))),
        }
    }
    sample
}

/// Samples for a batch whose size is known when the test runs.
pub fn dynamic<T: Value, const N: usize>(values: &[f64]) -> OMatrix<T, Const<N>, Dyn> {
    OMatrix::<T, Const<N>, Dyn>::from_iterator(values.len() / N, numbers(values))
}

/// Samples for a batch whose size is known when the test is compiled.
pub fn fixed<T: Value, const N: usize, const B: usize>(values: &[f64]) -> SMatrix<T, N, B> {
    SMatrix::from_iterator(numbers(values))
}

/// The same numbers in the type of a network.
pub fn numbers<T: Value>(values: &[f64]) -> impl Iterator<Item = T> + '_ {
    values.iter().map(|&value| T::of(value))
}

/// The same numbers as `f64`.
pub fn widened<'a, T: Value>(values: impl IntoIterator<Item = &'a T>) -> Vec<f64> {
    values.into_iter().map(|value| value.widened()).collect()
}

/// The values of an input among those of all, for a batch whose size is known when the test runs: those that begin in a row.
pub fn part<T: Value, const N: usize>(
    x: &[f64],
    all: usize,
    row: usize,
) -> OMatrix<T, Const<N>, Dyn> {
    dynamic(&rows(x, all, row, N))
}

/// The same for a batch whose size is known when the test is compiled.
pub fn fixed_part<T: Value, const N: usize, const B: usize>(
    x: &[f64],
    all: usize,
    row: usize,
) -> SMatrix<T, N, B> {
    fixed(&rows(x, all, row, N))
}

fn rows(x: &[f64], all: usize, row: usize, count: usize) -> Vec<f64> {
    x.chunks_exact(all).flat_map(|sample| &sample[row..row + count]).copied().collect()
}

/// Values of several matrices, each with so many of a sample, as those of one.
pub fn joined(parts: &[(usize, Vec<f64>)], samples: usize) -> Vec<f64> {
    let sample = |sample: usize| {
        parts.iter().flat_map(move |(count, values)| &values[sample * count..][..*count]).copied()
    };
    (0..samples).flat_map(sample).collect()
}

/// Makes a [`Subject`](crate::random::subject::Subject) of a network: the new type's name, the network, its scalar, what goes in
/// and its sizes, a number of samples, its representations, and how it streams, if it does.
#[macro_export]
macro_rules! subject {
    ($name:ident, $net:ty, $scalar:ty, $element:ty, $in:literal => $out:literal, batch $batch:literal, [$($field:ident),*],
        $($time:ident $step_in:literal => $behind:ident $step_out:literal)?) => {
        $crate::subject_of! {
            $name, $net, $scalar, batch $batch, [$($field),*],
            train |x, d_output, d_input| {
                $crate::random::subject::dynamic::<$element, $in>(x),
                $crate::random::subject::dynamic::<$scalar, $out>(d_output),
                $crate::random::subject::InputGradient::values(d_input)
            },

            fn forward_one(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let x = $crate::random::subject::fixed::<$element, $in, 1>(x);
                let y: static_net::nalgebra::SVector<$scalar, $out> = self.0.forward(&x);
                $crate::random::subject::widened(&y)
            }

            fn forward_static(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let x = $crate::random::subject::fixed::<$element, $in, $batch>(x);
                let y: static_net::nalgebra::SMatrix<$scalar, $out, $batch> = self.0.forward(&x);
                $crate::random::subject::widened(&y)
            }

            fn forward(&self, x: &[f64]) -> std::vec::Vec<f64> {
                $crate::random::subject::widened(&self.0.forward(&$crate::random::subject::dynamic::<$element, $in>(x)))
            }

            fn stream(&self, x: &[f64]) -> std::option::Option<std::vec::Vec<f64>> {
                let _ = x;
                None$(.or_else(|| {
                    use $crate::random::subject::{fixed, in_steps, widened};
                    use static_net::layer::{self, TimeAxis};
                    let mut stream = static_net::Stream::<_, $step_in, $step_out>::new::<_, _, layer::$time>(&*self.0);
                    let is_first = [layer::$time::IS_FIRST, layer::$behind::IS_FIRST];
                    let step = |x: &[f64]| widened(&stream.push(&fixed::<$element, $step_in, 1>(x)));
                    Some(in_steps(x, is_first, $step_in, step))
                }))?
            }
        }
    };
}

/// The same of a graph: what goes in and comes out may be a struct of several matrices.
#[macro_export]
macro_rules! graph_subject {
    ($name:ident, $net:ty, $scalar:ty, $in:literal => $out:literal, $input:tt, $output:tt, batch $batch:literal, [$($field:ident),*],
        [$($time:ident => $behind:ident, $steps:literal steps)?]) => {
        $crate::subject_of! {
            $name, $net, $scalar, batch $batch, [$($field),*],
            train |x, d_output, d_input| {
                $crate::graph_input!($input, x, $in,),
                $crate::graph_gradient!($output, d_output, $scalar, $out),
                {
                    let samples = x.len() / $in;
                    $crate::graph_input_gradient!($input, d_input, samples)
                }
            },

            fn forward_one(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let y = self.0.forward(&$crate::graph_input!($input, x, $in, 1));
                $crate::graph_values!($output, y, 1)
            }

            fn forward_static(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let y = self.0.forward(&$crate::graph_input!($input, x, $in, $batch));
                $crate::graph_values!($output, y, $batch)
            }

            fn forward(&self, x: &[f64]) -> std::vec::Vec<f64> {
                let samples = x.len() / $in;
                let y = self.0.forward(&$crate::graph_input!($input, x, $in,));
                $crate::graph_values!($output, y, samples)
            }

            fn stream(&self, x: &[f64]) -> std::option::Option<std::vec::Vec<f64>> {
                let _ = x;
                None$(.or_else(|| {
                    use $crate::graph_step;
                    use static_net::layer::{self, TimeAxis};
                    let mut stream = static_net::Stream::<_, _, _, _, _>::new::<_, _, layer::$time>(&*self.0);
                    let is_first = [layer::$time::IS_FIRST, layer::$behind::IS_FIRST];
                    let steps = (0..$steps).map(|time| {
                        let y = stream.push(&graph_step!($input, x, ($steps, is_first[0], time)));
                        graph_step!($output, y)
                    });
                    Some(graph_step!($output, steps.collect::<std::vec::Vec<_>>(), is_first[1]))
                }))?
            }
        }
    };
}

/// What both have in common, around their passes: behind `train` stand what goes in, the gradient of what comes out, and the
/// values of the gradient of what went in.
#[doc(hidden)]
#[macro_export]
macro_rules! subject_of {
    (
        $name:ident, $net:ty, $scalar:ty, batch $batch:literal, [$($field:ident),*],
        train |$x:ident, $d_output:ident, $d_input:ident| { $input:expr, $gradient:expr, $values:expr },
        $($passes:tt)*
    ) => {
        /// A network and its state.
        pub struct $name(static_net::Aligned<$net>);

        impl Default for $name {
            fn default() -> Self {
                $name(<$net>::zeros())
            }
        }

        impl $crate::random::subject::Subject for $name {
            $($passes)*

            fn set_state(&mut self, state: &[f64]) {
                let target = self.0.state_mut();
                assert_eq!(target.len(), state.len(), "the length of the state");
                for (value, number) in target.iter_mut().zip($crate::random::subject::numbers(state)) {
                    *value = number;
                }
            }

            fn static_batch(&self) -> usize {
                $batch
            }

            fn train(&self, $x: &[f64], $d_output: &[f64], start: f64) -> $crate::random::subject::Trained {
                use $crate::random::subject::widened;
                let activations = self.0.activations(&$input);
                let mut gradient = <$net>::zeros();
                gradient.state_mut().fill(start as $scalar);
                #[allow(unused_imports)]
                use $crate::random::subject::BackwardOfTokens as _;
                let $d_input = self.0.backward_to_input(&*activations, &$gradient, &mut gradient);
                // What is visited last: of several outputs, one behind the other.
                let mut output = vec![];
                static_net::network::Activations::visit(&*activations, &mut |values| {
                    output = widened(values);
                });
                $crate::random::subject::Trained {
                    representations: vec![
                        ("input", widened(&activations.input)),
                        ("output", output),
                        $((stringify!($field), widened(&activations.$field)),)*
                    ],
                    gradient: widened(gradient.state()),
                    d_input: $values,
                }
            }

            fn tensors(&self) -> (std::vec::Vec<static_net::Tensor>, usize) {
                (<$net>::tensors(), <$net>::PARAMETERS)
            }
        }
    };
}

/// What goes into a graph: one matrix, or a struct of several. Behind it stands the number of samples, if that is known.
#[doc(hidden)]
#[macro_export]
macro_rules! graph_input {
    ((one $scalar:ident $width:literal), $x:ident, $in:literal,) => {
        $crate::random::subject::dynamic::<$scalar, $in>($x)
    };
    ((one $scalar:ident $width:literal), $x:ident, $in:literal, $batch:literal) => {
        $crate::random::subject::fixed::<$scalar, $in, $batch>($x)
    };
    (($input:ident $($label:ident $kind:ident $element:ident $len:literal $row:literal $width:literal),*), $x:ident, $in:literal,) => {
        $input { $($label: $crate::random::subject::part::<$element, $len>($x, $in, $row)),* }
    };
    (($input:ident $($label:ident $kind:ident $element:ident $len:literal $row:literal $width:literal),*), $x:ident, $in:literal, $batch:literal) => {
        $input { $($label: $crate::random::subject::fixed_part::<$element, $len, $batch>($x, $in, $row)),* }
    };
}

/// A step of what goes into a graph, the values of one that comes out, and those of all together as of one sample.
#[doc(hidden)]
#[macro_export]
macro_rules! graph_step {
    ((one $scalar:ident $width:literal), $x:ident, $step:expr) => {
        $crate::random::subject::step_of::<$scalar, $width>($x, $step)
    };
    (($input:ident $($label:ident $kind:ident $element:ident $len:literal $row:literal $width:literal),*), $x:ident, $step:expr) => {
        $input { $($label: $crate::random::subject::step_of::<$element, $width>(&$x[$row..][..$len], $step)),* }
    };
    ((one $width:literal), $y:ident) => {
        vec![$crate::random::subject::widened(&$y)]
    };
    (($output:ident $($label:ident $len:literal $row:literal $width:literal),*), $y:ident) => {
        vec![$($crate::random::subject::widened(&$y.$label)),*]
    };
    (($($output:tt)*), $steps:expr, $is_first:expr) => {
        $crate::random::subject::in_order(&$steps, $is_first)
    };
}

/// The values of what comes out of a graph.
#[doc(hidden)]
#[macro_export]
macro_rules! graph_values {
    ((one $width:literal), $y:ident, $samples:expr) => {{
        let _ = $samples;
        $crate::random::subject::widened(&$y)
    }};
    (($output:ident $($label:ident $len:literal $row:literal $width:literal),*), $y:ident, $samples:expr) => {
        $crate::random::subject::joined(&[$(($len, $crate::random::subject::widened(&$y.$label))),*], $samples)
    };
}

/// The gradient of what comes out of a graph.
#[doc(hidden)]
#[macro_export]
macro_rules! graph_gradient {
    ((one $width:literal), $d_output:ident, $scalar:ty, $out:literal) => {
        $crate::random::subject::dynamic::<$scalar, $out>($d_output)
    };
    (($output:ident $($label:ident $len:literal $row:literal $width:literal),*), $d_output:ident, $scalar:ty, $out:literal) => {
        $output { $($label: $crate::random::subject::part::<$scalar, $len>($d_output, $out, $row)),* }
    };
}

/// The values of the gradient of what goes into a graph, with zeros where there are tokens.
#[doc(hidden)]
#[macro_export]
macro_rules! graph_input_gradient {
    ((one $scalar:ident $width:literal), $d_input:ident, $samples:ident) => {{
        let _ = $samples;
        $crate::random::subject::widened(&$d_input)
    }};
    (($input:ident $($label:ident $kind:ident $element:ident $len:literal $row:literal $width:literal),*), $d_input:ident, $samples:ident) => {{
        $crate::random::subject::joined(
            &[$(($len, $crate::graph_input_gradient!($kind $d_input, $label, $len * $samples))),*],
            $samples,
        )
    }};
    (numbers $d_input:ident, $label:ident, $len:expr) => { $crate::random::subject::widened(&$d_input.$label) };
    (tokens $d_input:ident, $label:ident, $len:expr) => { vec![0.0; $len] };
}
