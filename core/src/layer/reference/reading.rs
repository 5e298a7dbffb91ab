//! Layers that read other values besides what comes in.

use rand::Rng;

use super::add_to;
use crate::layer::{
    Backward, BufferLayout, BufferSize, Description, Layer, Mode, Needs, Pass, Tape, dereference,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// A layer that reads `N` other values of the same sample besides what comes in: `attention(memory: &m)`,
/// `gaussian(&mean, &log_variance)`.
///
/// It takes slices of values, one sample behind the other, as those values lie where they were computed.
pub trait ReadingLayer<T: Float, const N: usize>: Parameters<T> {
    /// The shape that comes in.
    type Input: Numbers<T>;
    /// The shape that it gives.
    type Output: Numbers<T>;

    /// How many values a sample of each of the others has.
    const OTHERS: [usize; N];
    /// As [`Layer::NEEDS`].
    const NEEDS: Needs;
    /// As [`Layer::DESCRIPTION`].
    const DESCRIPTION: Description = Description::layer(0);

    /// As [`Layer::initialize`], for a layer that has parameters.
    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    /// As [`Layer::forward`].
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        others: [&[T]; N],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    );

    /// As [`Layer::backward`].
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, N>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    );
}

/// What [`ReadingLayer::backward`] starts from, as in [`Backward`].
#[derive(Debug)]
pub struct ReadingBackward<'a, T, const N: usize> {
    /// How many samples there are.
    pub samples: usize,
    /// What came in.
    pub input: &'a [T],
    /// The other values.
    pub others: [&'a [T]; N],
    /// What came out, where the layer needs it.
    pub output: &'a [T],
    /// What the pass kept.
    pub tape: Tape<'a, T>,
    /// The gradient of what came out, which may be overwritten.
    pub d_output: &'a mut [T],
    /// Where the gradient of what came in is written, if it is wanted.
    pub d_input: Option<&'a mut [T]>,
    /// Where the gradients of the other values are written. They are zeros.
    pub d_others: [&'a mut [T]; N],
}

/// A layer that reads `N` other values, one or two, where it stands in a network: `LEVEL` and `INDEX` say where the first is
/// found, `LEVEL2` and `INDEX2` where the second is.
///
/// It dereferences to `L`, whose tensors have no further prefix.
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Reading<
    L,
    const N: usize,
    const LEVEL: usize,
    const INDEX: usize,
    const LEVEL2: usize = 0,
    const INDEX2: usize = 0,
> {
    #[tensor(name = "")]
    layer: L,
}

dereference!(
    [L, const N: usize, const LEVEL: usize, const INDEX: usize, const LEVEL2: usize, const INDEX2: usize]
    Reading<L, N, LEVEL, INDEX, LEVEL2, INDEX2> => layer: L
);

impl<
    T: Float,
    L: ReadingLayer<T, N>,
    const N: usize,
    const LEVEL: usize,
    const INDEX: usize,
    const LEVEL2: usize,
    const INDEX2: usize,
> Layer<T> for Reading<L, N, LEVEL, INDEX, LEVEL2, INDEX2>
{
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs = L::NEEDS.with_backward(gradients::<T, L, N>().size());
    const DESCRIPTION: Description = L::DESCRIPTION;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let places = places::<N>([(LEVEL, INDEX), (LEVEL2, INDEX2)]);
        let others = places.map(|(level, index)| pass.referenced(level, index));
        for (other, len) in others.iter().zip(L::OTHERS) {
            assert!(other.len() == input.len() * len, "a value for each sample");
        }
        let (input, output) = (values::<L::Input, T>(input), values_mut::<L::Output, T>(output));
        self.layer.forward(input, others, output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = step.input.len();
        let references = pass.given_references();
        let places = places::<N>([(LEVEL, INDEX), (LEVEL2, INDEX2)]);
        let (mut d_others, mut pass) = pass.buffers(&gradients::<T, L, N>(), samples);
        for d_other in &mut d_others {
            d_other.fill(T::ZERO);
        }
        let reading = ReadingBackward {
            samples,
            input: values::<L::Input, T>(step.input),
            others: places.map(|(level, index)| references.value(level, index)),
            output: values::<L::Output, T>(step.output),
            tape: step.tape,
            d_output: values_mut::<L::Output, T>(step.d_output),
            d_input: step.d_input.map(values_mut::<L::Input, T>),
            d_others: d_others.each_mut().map(|d_other| &mut **d_other),
        };
        self.layer.backward(reading, gradient.map(|gradient| &mut gradient.layer), &mut pass);
        for ((level, index), d_other) in places.into_iter().zip(d_others) {
            add_to(references.gradient(level, index), d_other);
        }
    }
}

/// Where the values are found.
const fn places<const N: usize>(all: [(usize, usize); 2]) -> [(usize, usize); N] {
    let mut places = [(0, 0); N];
    let mut index = 0;
    while index < N {
        places[index] = all[index];
        index += 1;
    }
    places
}

/// The gradients of the values.
const fn gradients<T: Float, L: ReadingLayer<T, N>, const N: usize>() -> BufferLayout<N> {
    let mut parts = [BufferSize::NONE; N];
    let mut index = 0;
    while index < N {
        parts[index] = BufferSize::per_sample(L::OTHERS[index]);
        index += 1;
    }
    BufferLayout::new(parts)
}
