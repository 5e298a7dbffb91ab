//! The convolution.

use nalgebra::SVector;
use rand::Rng;

use super::{Marker, backward_scratch, describe_weight, taps, weights, weights_mut, window};
use crate::activation::{Activation, Identity};
use crate::initialize::kaiming_uniform;
use crate::kernel::convolution::{self, Geometry};
use crate::kernel::history::{ConvolveStep, History};
use crate::layer::Description;
use crate::layer::{
    Backward, BufferLayout, BufferSize, Causal, Dilation, KernelSize, Layer, Mode, Needs, Padding,
    Pass, Sequence, StreamMemory, Streaming, StreamingActivation, Stride, TimeLast, Window,
    Windowed, checked,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
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
        let _ = Self::GEOMETRY;
        Needs {
            output: A::NEEDS_OUTPUT,
            tape: Self::TAPE.size(),
            forward: BufferSize { fixed: Self::GEOMETRY.convolve_scratch(), ..BufferSize::NONE },
            backward: backward_scratch(&Self::GEOMETRY, Self::GEOMETRY.transposed_scratch()),
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description =
        Description::layer(Self::GEOMETRY.result_len() * OUT * IN * taps::<W>());

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        let weights = weights_mut::<T, W, IN, OUT>(&mut self.weight);
        kaiming_uniform(weights, IN * taps::<W>(), A::GAIN, rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<O, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let pre_activation = pass.keep(&Self::TAPE, input.len()).map(|[kept]| kept);
        self.convolve(input, output, pre_activation.filter(|_| A::NEEDS_INPUT), pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let instructions = pass.instructions();
        let [pre_activation] = step.tape.take(&Self::TAPE, step.input.len());
        let d_output = values_mut::<O, T>(step.d_output);
        A::backward(
            instructions,
            O::DIMS[O::DIMS.len() - 1],
            pre_activation,
            values::<O, T>(step.output),
            d_output,
        );
        convolution::bias_gradient(
            instructions,
            Self::GEOMETRY.result_len(),
            d_output,
            gradient.bias.as_mut_slice(),
        );
        convolution::weight_gradient(
            instructions,
            &Self::GEOMETRY,
            values::<S, T>(step.input),
            d_output,
            weights_mut::<T, W, IN, OUT>(&mut gradient.weight),
            pass.scratch(),
        );
        if let Some(d_input) = step.d_input {
            convolution::convolve_transposed::<T, I, Identity>(
                instructions,
                &Self::GEOMETRY,
                weights::<T, W, IN, OUT>(&self.weight),
                &[],
                d_output,
                values_mut::<S, T>(d_input),
                None,
                pass.scratch(),
            );
        }
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
                ..StreamMemory::NONE
            };

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
    const GEOMETRY: Geometry = Geometry::new(
        S::DIMS[0] / IN,
        [IN, OUT / (S::DIMS[0] / IN)],
        [Geometry::plane_of(S::DIMS), Geometry::plane_of(O::DIMS)],
        window::<W>(),
        true,
    );
    const HISTORY: History =
        History { channels: S::DIMS[0], taps: W::KERNEL[1], dilation: W::DILATION[1] };

    /// The output before the activation, where that needs it.
    const TAPE: BufferLayout<1> =
        BufferLayout::new([BufferSize::per_sample(if A::NEEDS_INPUT { O::LEN } else { 0 })]);

    #[inline(always)]
    fn convolve<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<O, T>],
        pre_activation: Option<&mut [T]>,
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let instructions = pass.instructions();
        let output = values_mut::<O, T>(output);
        convolution::convolve::<T, I, A::Fused<T>>(
            instructions,
            &Self::GEOMETRY,
            weights::<T, W, IN, OUT>(&self.weight),
            self.bias.as_slice(),
            values::<S, T>(input),
            output,
            pre_activation,
            pass.scratch(),
        );
        A::finish(instructions, O::DIMS[O::DIMS.len() - 1], output);
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
        let step = ConvolveStep {
            history: &Self::HISTORY,
            sizes: [const { Self::GEOMETRY.depth() }, const { Self::GEOMETRY.outputs() }],
            weight: weights::<T, W, IN, OUT>(&self.weight),
            bias: self.bias.as_slice(),
            input,
            output: &mut *output,
            ring: state,
            position,
            window,
        };
        step.call(instructions);
        crate::activation::apply::<T, I, A>(instructions, output.len(), output);
    }
}
