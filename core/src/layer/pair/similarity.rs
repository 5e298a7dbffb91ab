//! How alike two vectors are: their dot product, or the cosine of the angle between them.

use core::marker::PhantomData;

use crate::layer::{Mode, Needs, Pass, ReadingBackward, ReadingLayer};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;

/// How alike two vectors are, by `K`: see [`Dot`] and [`Cosine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Similarity<S, O, K>(PhantomData<fn() -> (S, O, K)>);

/// The dot product of two vectors: `dot(&a, &b)` in the language, from two of `[N]` to `[1]`. Of two sequences `[L, F]` it is
/// that of each step, `[L, 1]`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Match< (user: 2, item: 2) => dot(&user, &item) >; }
///
/// let y = Match::zeros().forward(&MatchInput { user: &[1.0, 2.0], item: &[3.0, 4.0] });
/// assert_eq!(y[0], 11.0);
/// ```
pub type Dot<S, O> = Similarity<S, O, Product>;

/// The cosine of the angle between two vectors: `cosine(&a, &b)` in the language, from two of `[N]` to `[1]`, as
/// `torch.nn.CosineSimilarity` along the last axis with its `eps` of 1e-8. Of two sequences `[L, F]` it is that of each step,
/// `[L, 1]`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Match< (user: 2, item: 2) => cosine(&user, &item) >; }
///
/// let y = Match::zeros().forward(&MatchInput { user: &[3.0, 4.0], item: &[30.0, 40.0] });
/// assert!((y[0] - 1.0).abs() < 1e-6);
/// ```
pub type Cosine<S, O> = Similarity<S, O, Angle>;

/// [`Dot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {}

/// [`Cosine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Angle {}

/// A function of two vectors.
pub trait Kind: Send + Sync + 'static {
    #[doc(hidden)]
    fn value<T: Float>(a: &[T], b: &[T]) -> T;

    /// Adds to the gradients of both.
    #[doc(hidden)]
    fn backward<T: Float>(values: [&[T]; 2], d_value: T, gradients: [&mut [T]; 2]);
}

/// The least length that a vector is taken for.
const EPS: f64 = 1e-8;

impl Kind for Product {
    #[inline(always)]
    fn value<T: Float>(a: &[T], b: &[T]) -> T {
        dot(a, b)
    }

    #[inline(always)]
    fn backward<T: Float>([a, b]: [&[T]; 2], d_value: T, [d_a, d_b]: [&mut [T]; 2]) {
        add(d_a, d_value, b);
        add(d_b, d_value, a);
    }
}

impl Kind for Angle {
    #[inline(always)]
    fn value<T: Float>(a: &[T], b: &[T]) -> T {
        dot(a, b) / (length(a) * length(b))
    }

    #[inline(always)]
    fn backward<T: Float>([a, b]: [&[T]; 2], d_value: T, [d_a, d_b]: [&mut [T]; 2]) {
        let lengths = [length(a), length(b)];
        let value = dot(a, b) / (lengths[0] * lengths[1]);
        for (own, other, length, gradient) in [(a, b, lengths[0], d_a), (b, a, lengths[1], d_b)] {
            add(gradient, d_value / (lengths[0] * lengths[1]), other);
            // A length that is not the vector's own does not change with it.
            if length > T::from_f64(EPS) {
                add(gradient, -(d_value * value / (length * length)), own);
            }
        }
    }
}

/// In four sums, so that one need not wait for the other.
#[inline(always)]
fn dot<T: Float>(a: &[T], b: &[T]) -> T {
    let mut sums = [T::ZERO; 4];
    for (index, (&a, &b)) in a.iter().zip(b).enumerate() {
        sums[index % 4] += a * b;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

#[inline(always)]
fn length<T: Float>(vector: &[T]) -> T {
    let (length, least) = (dot(vector, vector).sqrt(), T::from_f64(EPS));
    // Written so that a NaN stays one.
    if length < least { least } else { length }
}

#[inline(always)]
fn add<T: Float>(sum: &mut [T], factor: T, vector: &[T]) {
    for (sum, &value) in sum.iter_mut().zip(vector) {
        *sum += factor * value;
    }
}

/// How many values a vector has.
const fn width<S: Shape>() -> usize {
    S::DIMS[S::DIMS.len() - 1]
}

impl<T: Float, S: Numbers<T>, O: Numbers<T>, K: Kind> ReadingLayer<T, 1> for Similarity<S, O, K> {
    type Input = S;
    type Output = O;

    const OTHERS: [usize; 1] = [S::LEN];
    const NEEDS: Needs = {
        assert!(O::LEN * width::<S>() == S::LEN, "one value for each vector");
        Needs::NOTHING
    };

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [other]: [&[T]; 1],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        let vectors = input.chunks_exact(width::<S>()).zip(other.chunks_exact(width::<S>()));
        for (y, (a, b)) in output.iter_mut().zip(vectors) {
            *y = K::value(a, b);
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let ([other], [d_other], width) = (step.others, step.d_others, width::<S>());
        let d_input = step.d_input.unwrap_or_default();
        d_input.fill(T::ZERO);
        let mut d_inputs = d_input.chunks_exact_mut(width);
        let vectors = step.input.chunks_exact(width).zip(other.chunks_exact(width));
        let gradients = d_other.chunks_exact_mut(width).zip(&*step.d_output);
        for ((a, b), (d_b, &d_y)) in vectors.zip(gradients) {
            let d_a = d_inputs.next().unwrap_or_default();
            K::backward([a, b], d_y, [d_a, d_b]);
        }
    }
}
