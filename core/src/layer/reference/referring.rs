//! Layers that run over a value further out.

use core::marker::PhantomData;

use rand::Rng;

use super::add_to;
use crate::layer::{
    Backward, BufferLayout, BufferSize, Description, KeepsState, Layer, Mode, Needs, Pass,
    StepCount, StepState, StreamMemory, Streaming, TimeAxis, dereference, streams_as,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, samples, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

/// A layer that runs over the value which another stage gave, and not over what comes in: `&label => ..` at the
/// beginning of a branch. `S` is the shape of what comes in, `LEVEL` and `INDEX` say where the value is found.
///
/// It dereferences to `L`, whose tensors have no further prefix.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => a: 3 => relu 1 => concat(identity | &a) >; }
///
/// let mut net = Net::zeros();
/// net.a.bias = SVector::<f32, 3>::new(7.0, 8.0, 9.0);
/// let y = net.forward(&SVector::<f32, 2>::new(1.0, 2.0));
/// assert_eq!(y.as_slice(), [0.0, 7.0, 8.0, 9.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Referring<L, S, const LEVEL: usize, const INDEX: usize> {
    #[tensor(name = "")]
    layer: L,
    shape: PhantomData<fn() -> S>,
}

dereference!([L, S, const LEVEL: usize, const INDEX: usize] Referring<L, S, LEVEL, INDEX> => layer: L);

impl<T, L, S, const LEVEL: usize, const INDEX: usize> Layer<T> for Referring<L, S, LEVEL, INDEX>
where
    T: Float,
    L: Layer<T, Input: Numbers<T>>,
    S: Numbers<T>,
{
    type Input = S;
    type Output = L::Output;

    const NEEDS: Needs = L::NEEDS.with_backward(gradient::<T, L>().size());
    const DESCRIPTION: Description = L::DESCRIPTION;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        _: &[Sample<S, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let value = samples::<L::Input, T>(pass.referenced(LEVEL, INDEX));
        assert!(value.len() == output.len(), "a value for each sample");
        pass.run(&self.layer, value, output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = step.input.len();
        let references = pass.given_references();
        let ([d_value], mut pass) = pass.buffers(&self::gradient::<T, L>(), samples);
        let plain = PlainBackward {
            input: references.value(LEVEL, INDEX),
            output: values::<L::Output, T>(step.output),
            tape: step.tape.of::<L>(samples),
            d_output: values_mut::<L::Output, T>(step.d_output),
            d_input: Some(&mut *d_value),
        };
        let gradient = gradient.map(|gradient| &mut gradient.layer);
        stage::backward(&self.layer, gradient, plain, &mut pass);
        add_to(references.gradient(LEVEL, INDEX), d_value);
        if let Some(d_input) = step.d_input {
            values_mut::<S, T>(d_input).fill(T::ZERO);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, L, S, const LEVEL: usize, const INDEX: usize> KeepsState<T>
    for Referring<L, S, LEVEL, INDEX>
where
    T: Float,
    L: KeepsState<T>,
    S: Numbers<T>,
{
    type State = L::State;
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, L, S, Time, const LEVEL: usize, const INDEX: usize> Streaming<T, Time>
    for Referring<L, S, LEVEL, INDEX>
where
    T: Float,
    L: Streaming<T, Time, Input: Numbers<T>>,
    S: Numbers<T>,
    Time: TimeAxis,
{
    type Behind = L::Behind;

    const MEMORY: StreamMemory = L::MEMORY;

    streams_as!(layer: L);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        _: &[T],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let value = pass.referenced(LEVEL, INDEX);
        stage::steps::<T, L, Time, I, _, C>(
            &self.layer,
            count,
            value,
            output,
            state,
            position,
            pass,
        );
    }
}

/// The gradient of the value.
const fn gradient<T: Float, L: Layer<T>>() -> BufferLayout<1> {
    BufferLayout::new([BufferSize::per_sample(<L::Input as Shape>::LEN)])
}
