//! Layers as users write them, which the random networks contain: with and without parameters, tape and
//! working memory, over vectors, matrices and volumes.

use static_net::layer::{Backward, BufferLayout, BufferSize, Layer, Mode, Needs, Pass};
use static_net::nalgebra::SVector;
use static_net::rand::Rng;
use static_net::shape::{Rank1, Rank2, Rank3, values, values_mut};
use static_net::simd::InstructionSet;
use static_net::{Float, Parameters};

/// Each value times a parameter.
#[derive(Debug, Parameters)]
#[repr(C)]
pub struct Gain<T: Float, const N: usize> {
    /// The parameters.
    pub gain: SVector<T, N>,
}

impl<T: Float, const N: usize> Layer<T> for Gain<T, N> {
    type Input = Rank1<N>;
    type Output = Rank1<N>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.gain.fill(T::ONE);
    }

    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; N]],
        output: &mut [[T; N]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            for feature in 0..N {
                y[feature] = self.gain[feature] * x[feature];
            }
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        if let Some(gradient) = gradient {
            for (x, d_y) in step.input.iter().zip(&*step.d_output) {
                for feature in 0..N {
                    gradient.gain[feature] += x[feature] * d_y[feature];
                }
            }
        }
        for (d_x, d_y) in step.d_input.into_iter().flatten().zip(&*step.d_output) {
            for feature in 0..N {
                d_x[feature] = self.gain[feature] * d_y[feature];
            }
        }
    }
}

/// The products of the values of a vector's two halves. It keeps the input on the tape and reads it
/// nowhere else.
#[derive(Debug, Parameters)]
#[repr(C)]
pub struct Product<const N: usize, const HALF: usize>;

impl<T: Float, const N: usize, const HALF: usize> Layer<T> for Product<N, HALF> {
    type Input = Rank1<N>;
    type Output = Rank1<HALF>;

    const NEEDS: Needs = Needs { tape: input_of(N).size(), ..Needs::NOTHING };

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; N]],
        output: &mut [[T; HALF]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        if let Some([kept]) = pass.keep(&input_of(N), input.len()) {
            kept.copy_from_slice(input.as_flattened());
        }
        for (x, y) in input.iter().zip(output) {
            for feature in 0..HALF {
                y[feature] = x[feature] * x[HALF + feature];
            }
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let [kept] = step.tape.take(&input_of(N), step.input.len());
        let samples = kept.chunks_exact(N).zip(&*step.d_output);
        for (d_x, (x, d_y)) in step.d_input.into_iter().flatten().zip(samples) {
            for feature in 0..HALF {
                d_x[feature] = x[HALF + feature] * d_y[feature];
                d_x[HALF + feature] = x[feature] * d_y[feature];
            }
        }
    }
}

/// The input of a [`Product`].
const fn input_of(values: usize) -> BufferLayout<1> {
    BufferLayout::new([BufferSize::per_sample(values)])
}

/// The sum of a matrix's rows, each times a parameter. It does its sums in working memory.
#[derive(Debug, Parameters)]
#[repr(C)]
pub struct Mix<T: Float, const A: usize, const B: usize> {
    /// The parameters.
    pub weight: SVector<T, A>,
}

impl<T: Float, const A: usize, const B: usize> Layer<T> for Mix<T, A, B> {
    type Input = Rank2<A, B>;
    type Output = Rank1<B>;

    const NEEDS: Needs = Needs {
        forward: BufferSize { per_sample: 1, fixed: B, batch: 0 },
        backward: BufferSize::fixed(A),
        ..Needs::OUTPUT
    };

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.weight.fill(T::ONE);
    }

    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; B]; A]],
        output: &mut [[T; B]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let (sums, rest) = pass.scratch().split_at_mut(B);
        // What working memory holds is unspecified; more of it than asked for is not promised.
        rest[..input.len()].fill(T::INFINITY);
        for (x, y) in input.iter().zip(output) {
            sums.fill(T::ZERO);
            for (weight, row) in self.weight.iter().zip(x) {
                for (sum, &value) in sums.iter_mut().zip(row) {
                    *sum += *weight * value;
                }
            }
            y.copy_from_slice(sums);
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        if let Some(gradient) = gradient {
            let sums = &mut pass.scratch()[..A];
            sums.fill(T::ZERO);
            for (x, d_y) in step.input.iter().zip(&*step.d_output) {
                for (sum, row) in sums.iter_mut().zip(x) {
                    *sum += row.iter().zip(d_y).map(|(&x, &d_y)| x * d_y).sum::<T>();
                }
            }
            for (d_weight, &sum) in gradient.weight.iter_mut().zip(&*sums) {
                *d_weight += sum;
            }
        }
        for (d_x, d_y) in step.d_input.into_iter().flatten().zip(&*step.d_output) {
            for (weight, row) in self.weight.iter().zip(d_x) {
                for (d_x, &d_y) in row.iter_mut().zip(d_y) {
                    *d_x = *weight * d_y;
                }
            }
        }
    }
}

/// A vector as a volume.
#[derive(Debug, Parameters)]
#[repr(C)]
pub struct Fold<const N: usize, const A: usize, const B: usize, const C: usize>;

impl<T: Float, const N: usize, const A: usize, const B: usize, const C: usize> Layer<T>
    for Fold<N, A, B, C>
{
    type Input = Rank1<N>;
    type Output = Rank3<A, B, C>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; N]],
        output: &mut [[[[T; C]; B]; A]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        values_mut::<Rank3<A, B, C>, T>(output).copy_from_slice(input.as_flattened());
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        if let Some(d_input) = step.d_input {
            let d_input = d_input.as_flattened_mut();
            d_input.copy_from_slice(values::<Rank3<A, B, C>, T>(step.d_output));
        }
    }
}

/// A volume as a vector.
#[derive(Debug, Parameters)]
#[repr(C)]
pub struct Unfold<const A: usize, const B: usize, const C: usize, const N: usize>;

impl<T: Float, const A: usize, const B: usize, const C: usize, const N: usize> Layer<T>
    for Unfold<A, B, C, N>
{
    type Input = Rank3<A, B, C>;
    type Output = Rank1<N>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[[T; C]; B]; A]],
        output: &mut [[T; N]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        output.as_flattened_mut().copy_from_slice(values::<Rank3<A, B, C>, T>(input));
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        if let Some(d_input) = step.d_input {
            let d_input = values_mut::<Rank3<A, B, C>, T>(d_input);
            d_input.copy_from_slice(step.d_output.as_flattened());
        }
    }
}
