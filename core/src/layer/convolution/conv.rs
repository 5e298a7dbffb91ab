//! The convolution.

use core::any::TypeId;

use nalgebra::SVector;
use rand::Rng;

use super::direction::{Convolution, ToResult};
use super::passes;
use super::{Marker, describe_weight, weights, weights_mut, window};
use crate::activation::{Activation, Identity, Line, Relu, Tanh};
use crate::kernel::causal::{self, CausalStep, CausalSteps, Inlined};
use crate::kernel::convolution::Geometry;
use crate::kernel::history::{ConvolveStep, History};
use crate::layer::Description;
use crate::layer::{
    Causal, Dilation, KernelSize, Layer, Needs, Padding, Pass, Sequence, StateParts, StepCount,
    StepState, StreamMemory, Streaming, StreamingActivation, Stride, TimeLast, Window, Windowed,
    passes_of,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;

/// A convolution over images `[channels, height, width]` or signals `[channels, length]`: `torch.nn.Conv2d` and
/// `torch.nn.Conv1d`, with the activation `A` computed in the same loops.
///
/// `output[o, y, x] = A(bias[o] + sum(weight[o, i, ky, kx] * input[i, y * stride + ky * dilation - padding, ..]))`
/// over the input channels `i` of `o`'s group and all places `ky, kx` of the window: a cross-correlation, with
/// zeros where a window reaches over the edge.
///
/// | parameter | |
/// | --- | --- |
/// | `S`, `O` | shape of input and output; behind the last row and column there are as many zeros as the size of `O` asks for |
/// | `W` | the [`Window`](crate::layer::Window): kernel size, stride, padding, dilation; over a signal it is one high |
/// | `OUT` | channels of the output |
/// | `IN` | channels of the input in each group: there are as many groups as `IN` fits into the channels of `S`, and a depthwise convolution has `IN = 1` |
/// | `BIAS` | `OUT`, or 0 for no bias |
///
/// `weight` is `[OUT, IN, height, width]`, for signals `[OUT, IN, length]`. Weights start Kaiming-uniform for
/// their fan-in and the activation's gain (He et al. 2015, <https://arxiv.org/abs/1502.01852>), biases at zero.
///
/// Windows of three by three over many channels are computed with fewer multiplications (Lavin and Gray 2016,
/// <https://arxiv.org/abs/1509.09308>). There the rounding error of an output grows with the largest input in its
/// window, whatever its weight is, and an infinite input makes most of the 3 x 3 outputs that it reaches NaN where
/// by the definition they are infinite.
///
/// ```
/// use static_net::prelude::*;
///
/// // The difference of neighbours in a signal of one channel.
/// network! { struct Net< [1, 4] => difference: conv(1, 2) >; }
///
/// let mut net = Net::zeros();
/// net.difference.weight[0][0] = SMatrix::<f32, 1, 2>::new(-1.0, 1.0);
/// net.difference.bias[0] = 0.5;
/// let y = net.forward(&SVector::<f32, 4>::new(1.0, 2.0, 4.0, 8.0));
/// assert_eq!(y.as_slice(), [1.5, 2.5, 4.5]);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Conv<
    T: Float,
    S: Shape,
    O,
    W: Windowed,
    const OUT: usize,
    const IN: usize,
    const BIAS: usize,
    A = Identity,
> {
    /// For each output channel and each input channel of its group, one weight for each place of the window.
    #[tensor(describe = describe_weight::<S, W, OUT, IN>)]
    pub weight: [[W::Values<T>; IN]; OUT],
    /// One value for each output channel, or none.
    pub bias: SVector<T, BIAS>,
    kind: Marker<S, O, A>,
}

impl<T, S, O, W, const OUT: usize, const IN: usize, const BIAS: usize, A> Layer<T>
    for Conv<T, S, O, W, OUT, IN, BIAS, A>
where
    T: Float,
    S: Numbers<T>,
    O: Numbers<T>,
    W: Windowed,
    A: Activation,
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        assert!(S::DIMS.len() == O::DIMS.len(), "a convolution keeps the number of axes");
        assert!(O::DIMS[0] == OUT, "the output of a convolution has `OUT` channels");
        assert!(
            IN > 0 && S::DIMS[0].is_multiple_of(IN) && OUT.is_multiple_of(S::DIMS[0] / IN),
            "groups of a convolution divide the channels of its input and output"
        );
        assert!(
            BIAS == OUT || BIAS == 0,
            "a convolution has a bias for each output channel or none"
        );
        passes::needs::<T, Self>()
    };
    const DESCRIPTION: Description = passes::description::<T, Self>();

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        passes::initialize(self, rng);
    }

    passes_of!(passes);
}

impl<T, S, O, W, const OUT: usize, const IN: usize, const BIAS: usize, A> Convolution<T>
    for Conv<T, S, O, W, OUT, IN, BIAS, A>
where
    T: Float,
    S: Numbers<T>,
    O: Numbers<T>,
    W: Windowed,
    A: Activation,
{
    type Activation = A;
    type Direction = ToResult;

    const GEOMETRY: Geometry = Geometry::new(
        S::DIMS[0] / IN,
        [IN, OUT / (S::DIMS[0] / IN)],
        [Geometry::plane_of(S::DIMS), Geometry::plane_of(O::DIMS)],
        window::<W>(),
        true,
    );
    const PAST: Option<History> = {
        let looks_back = W::PADDING[1] == Self::HISTORY.steps() && W::STRIDE[1] == 1;
        let keeps_length = S::DIMS[S::DIMS.len() - 1] == O::DIMS[O::DIMS.len() - 1];
        match S::DIMS.len() == 2 && W::KERNEL[1] > 1 && looks_back && keeps_length {
            true => Some(Self::HISTORY),
            false => None,
        }
    };

    #[inline(always)]
    fn parameters(&self) -> [&[T]; 2] {
        [weights::<T, W, IN, OUT>(&self.weight), self.bias.as_slice()]
    }

    #[inline(always)]
    fn parameters_mut(&mut self) -> [&mut [T]; 2] {
        [weights_mut::<T, W, IN, OUT>(&mut self.weight), self.bias.as_mut_slice()]
    }
}

/// A step over a signal keeps the steps that the window reaches back to.
///
/// One implementation for each kind of window that looks back only, rather than one for all windows with a trait:
/// so rustc shows which stage of a network looks ahead.
macro_rules! streaming {
    ($($size:ident)?, $window:ty) => {
        // Else rustc would list what this macro is made of.
        #[diagnostic::do_not_recommend]
        impl<T, S, O, $(const $size: usize,)? const D: usize, const OUT: usize, const IN: usize, const BIAS: usize, A>
            Streaming<T, TimeLast> for Conv<T, S, O, $window, OUT, IN, BIAS, A>
        where
            T: Float,
            S: Sequence<TimeLast> + Numbers<T>,
            O: Sequence<TimeLast> + Numbers<T>,
            A: StreamingActivation<TimeLast, O>,
        {
            type Behind = TimeLast;

            const MEMORY: StreamMemory = StreamMemory {
                state: Self::HISTORY.values(),
                scratch: Self::HISTORY.window(),
                block: causal::scratch(&Self::HISTORY),
                ..StreamMemory::NONE
            };
            const PREPARED: usize = Self::PREPARED;

            fn prepare(&self, prepared: &mut [T]) {
                self.prepare_weights(prepared);
            }

            /// The steps that the window reaches back to, each in the place of the one that no window needs any more.
            fn describe_state(parts: &mut StateParts<'_>) {
                if Self::HISTORY.values() > 0 {
                    parts.tensor("past", &[Self::HISTORY.steps(), Self::HISTORY.channels]);
                }
            }

            #[inline(always)]
            fn step<I: InstructionSet>(
                &self,
                input: &[T],
                output: &mut [T],
                state: &mut [T],
                position: usize,
                pass: &mut Pass<'_, T, I>,
            ) {
                self.convolve_step(input, output, state, position, pass);
            }

            #[inline(always)]
            fn run<I: InstructionSet, C: StepCount>(
                &self,
                count: C,
                input: &[T],
                output: &mut [T],
                state: StepState<'_, T>,
                position: usize,
                pass: &mut Pass<'_, T, I>,
            ) {
                self.convolve_steps(count, input, output, state, position, pass);
            }
        }
    };
}

streaming!(K, Window<KernelSize<1, K>, Stride<1, 1>, Causal, Dilation<1, D>>);
streaming!(, Window<KernelSize<1, 1>, Stride<1, 1>, Padding<0, 0>, Dilation<1, D>>);

impl<T, S, O, W, const OUT: usize, const IN: usize, const BIAS: usize, A>
    Conv<T, S, O, W, OUT, IN, BIAS, A>
where
    T: Float,
    S: Numbers<T>,
    O: Numbers<T>,
    W: Windowed,
    A: Activation,
{
    const HISTORY: History =
        History { channels: S::DIMS[0], taps: W::KERNEL[1], dilation: W::DILATION[1] };

    /// Whether steps are computed with prepared weights: not without vectors, and not of several groups.
    const IS_PREPARED: bool = Self::GEOMETRY.depth() == Self::HISTORY.window()
        && cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));
    const PREPARED: usize =
        if Self::IS_PREPARED { causal::prepared(&Self::HISTORY, OUT) } else { 0 };

    fn prepare_weights(&self, prepared: &mut [T]) {
        if Self::IS_PREPARED {
            let [weight, bias] = self.parameters();
            causal::prepare(&Self::HISTORY, weight, bias, OUT, prepared);
        }
    }

    #[inline(always)]
    fn convolve_steps<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        StepState { kept: ring, prepared }: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        if prepared.is_empty() {
            // Of a layer of a user's own, of which this is a part.
            let steps = input.chunks_exact(Self::HISTORY.channels);
            for (step, (input, output)) in steps.zip(output.chunks_exact_mut(OUT)).enumerate() {
                self.convolve_step(input, output, ring, position + step, pass);
            }
            return;
        }
        let (instructions, history) = (pass.instructions(), &Self::HISTORY);
        // A vector that the channels of the result fill has no lanes to leave out.
        let of_width = instructions.for_values::<T>(OUT);
        if C::IS_ONE {
            let (inlined, output) = (inlined::<A>(), &mut *output);
            let activation = inlined.unwrap_or(Inlined::Identity);
            CausalStep { history, prepared, input, output, ring, position, activation }
                .call(of_width);
            if inlined.is_some() {
                return;
            }
        } else {
            let steps = CausalSteps {
                history,
                count: count.get(),
                outputs: OUT,
                prepared,
                input,
                output: &mut *output,
                ring,
                position,
                scratch: pass.scratch(),
            };
            steps.call(of_width);
        }
        crate::activation::apply::<T, I, A>(instructions, Line::whole(OUT), output);
    }

    #[inline(always)]
    fn convolve_step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let instructions = pass.instructions();
        let window = &mut pass.scratch()[..const { Self::HISTORY.window() }];
        let [weight, bias] = self.parameters();
        let step = ConvolveStep {
            history: &Self::HISTORY,
            sizes: [const { Self::GEOMETRY.depth() }, const { Self::GEOMETRY.outputs() }],
            weight,
            bias,
            input,
            output: &mut *output,
            ring: state,
            position,
            window,
        };
        step.call(instructions);
        crate::activation::apply::<T, I, A>(instructions, Line::whole(output.len()), output);
    }
}

/// The activation as one that a step computes itself, if it is.
#[inline(always)]
fn inlined<A: Activation>() -> Option<Inlined> {
    match TypeId::of::<A>() {
        id if id == TypeId::of::<Identity>() => Some(Inlined::Identity),
        id if id == TypeId::of::<Relu>() => Some(Inlined::Relu),
        id if id == TypeId::of::<Tanh>() => Some(Inlined::Tanh),
        _ => None,
    }
}
