//! A rectifier whose slopes below zero are learned.

use core::marker::PhantomData;

use nalgebra::SVector;
use rand::Rng;

use crate::kernel::slopes::{Rectify, RectifyBackward};
use crate::layer::{
    Backward, Description, Layer, Mode, Needs, Pass, Sequence, Streaming, TimeFirst, TimeLast,
    checked,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// `y = x` above zero and `y = weight * x` below, with one weight or one for each channel (He et al. 2015,
/// <https://arxiv.org/abs/1502.01852>; `torch.nn.PReLU`). The derivative at zero is the weight.
///
/// `S` is the shape of input and output, `[C]`, `[C, length]` or `[C, height, width]`; of any other matrix too. `COUNT`
/// is 1 or `C`. Weights start at the number whose bits `INIT` is, `f64::to_bits(0.25)`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => prelu => each: prelu(2, init: 0.5) >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// assert_eq!(Net::PARAMETERS, 1 + 2);
/// assert_eq!(net.forward(&[3.0, -8.0]), SVector::from([3.0, -1.0]));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct PRelu<T: Float, S, const COUNT: usize = 1, const INIT: u64 = { f64::to_bits(0.25) }> {
    /// The slopes below zero.
    pub weight: SVector<T, COUNT>,
    shape: PhantomData<fn() -> S>,
}

impl<T: Float, S: Numbers<T>, const COUNT: usize, const INIT: u64> Layer<T>
    for PRelu<T, S, COUNT, INIT>
{
    type Input = S;
    type Output = S;

    const NEEDS: Needs = {
        assert!(
            COUNT == 1 || COUNT == S::DIMS[0],
            "a rectifier has one slope, or one for each channel, which are the first axis of its input"
        );
        Needs::NOTHING
    };
    const DESCRIPTION: Description = Description::layer(S::LEN);

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.weight.fill(T::from_f64(f64::from_bits(INIT)));
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<S, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let (slopes, run) = (self.weight.as_slice(), S::LEN / COUNT);
        let (input, output) = (values::<S, T>(input), values_mut::<S, T>(output));
        Rectify { slopes, run, input, output }.call(pass.instructions());
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        RectifyBackward {
            slopes: self.weight.as_slice(),
            run: S::LEN / COUNT,
            input: values::<S, T>(step.input),
            d_output: values::<S, T>(step.d_output),
            d_slopes: gradient.map(|gradient| gradient.weight.as_mut_slice()),
            d_input: step.d_input.map(values_mut::<S, T>),
        }
        .call(pass.instructions());
    }
}

impl<T: Float, S, const COUNT: usize, const INIT: u64> PRelu<T, S, COUNT, INIT> {
    /// The values of one step.
    #[inline(always)]
    fn rectify(&self, input: &[T], output: &mut [T]) {
        for (place, (&x, y)) in input.iter().zip(output).enumerate() {
            let slope = self.weight[if COUNT == 1 { 0 } else { place }];
            *y = if x > T::ZERO { x } else { x * slope };
        }
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, S, const COUNT: usize, const INIT: u64> Streaming<T, TimeLast> for PRelu<T, S, COUNT, INIT>
where
    T: Float,
    S: Sequence<TimeLast> + Numbers<T>,
{
    type Behind = TimeLast;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        self.rectify(input, output);
    }
}

// Along the other axis only one slope is the same at each step.
#[diagnostic::do_not_recommend]
impl<T, S, const INIT: u64> Streaming<T, TimeFirst> for PRelu<T, S, 1, INIT>
where
    T: Float,
    S: Sequence<TimeFirst> + Numbers<T>,
{
    type Behind = TimeFirst;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        self.rectify(input, output);
    }
}
