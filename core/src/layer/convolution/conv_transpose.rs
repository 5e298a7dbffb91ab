//! The transposed convolution.

use nalgebra::SVector;
use rand::Rng;

use super::{Marker, backward_scratch, describe_weight, taps, weights, weights_mut, window};
use crate::activation::{Activation, Identity};
use crate::initialize::kaiming_uniform;
use crate::kernel::convolution::{self, Geometry};
use crate::layer::Description;
use crate::layer::{
    Backward, BufferLayout, BufferSize, Layer, Mode, Needs, Pass, Windowed, checked,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

/// A transposed convolution over images `[channels, height, width]` or signals `[channels, length]`:
/// `torch.nn.ConvTranspose2d` and `torch.nn.ConvTranspose1d`, with the activation `A` computed in the same
/// loops. It is to a [`Conv`](crate::layer::Conv) what the gradient with respect to the input is, so that it
/// makes images larger.
///
/// Every value of the input adds its multiples of a window to the output:
/// `output[o, y * stride + ky * dilation - padding, ..] += weight[i, o, ky, kx] * input[i, y, x]`.
///
/// | parameter | |
/// | --- | --- |
/// | `S`, `O` | shape of input and output; `output_padding` follows from the size of `O` |
/// | `W` | the [`Window`](crate::layer::Window): kernel size, stride, padding, dilation; over a signal it is one high |
/// | `IN` | channels of the input |
/// | `OUT` | channels of the output in each group: there are as many groups as `OUT` fits into the channels of `O` |
/// | `BIAS` | all channels of the output, or 0 for no bias |
///
/// `weight` is `[IN, OUT, height, width]`, for signals `[IN, OUT, length]`. Weights start Kaiming-uniform for the
/// activation's gain and the fan-in `OUT * height * width`, which is what `torch.nn.init` takes for a transposed
/// weight; biases start at zero.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 3] => enlarge: conv_transpose(1, 2, stride: 2, bias: false) >; }
///
/// let mut net = Net::zeros();
/// net.enlarge.weight[0][0] = SMatrix::<f32, 1, 2>::new(1.0, 0.5);
/// let y = net.forward(&SVector::<f32, 3>::new(2.0, 4.0, 8.0));
/// assert_eq!(y.as_slice(), [2.0, 1.0, 4.0, 2.0, 8.0, 4.0]);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct ConvTranspose<
    T: Float,
    S: Shape,
    O,
    W: Windowed,
    const IN: usize,
    const OUT: usize,
    const BIAS: usize,
    A = Identity,
> {
    /// For each input channel and each output channel of its group, one weight for each place of the window.
    #[tensor(describe = describe_weight::<S, W, IN, OUT>)]
    pub weight: [[W::Values<T>; OUT]; IN],
    /// One value for each output channel, or none.
    pub bias: SVector<T, BIAS>,
    kind: Marker<S, O, A>,
}

impl<T, S, O, W, const IN: usize, const OUT: usize, const BIAS: usize, A> Layer<T>
    for ConvTranspose<T, S, O, W, IN, OUT, BIAS, A>
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
        assert!(
            S::DIMS.len() == O::DIMS.len(),
            "a transposed convolution keeps the number of axes"
        );
        assert!(S::DIMS[0] == IN, "the input of a transposed convolution has `IN` channels");
        assert!(
            OUT > 0 && O::DIMS[0].is_multiple_of(OUT) && IN.is_multiple_of(O::DIMS[0] / OUT),
            "groups of a transposed convolution divide the channels of its input and output"
        );
        assert!(
            BIAS == O::DIMS[0] || BIAS == 0,
            "a transposed convolution has a bias for each output channel or none"
        );
        let _ = Self::GEOMETRY;
        Needs {
            output: A::NEEDS_OUTPUT,
            tape: Self::TAPE.size(),
            forward: BufferSize { fixed: Self::GEOMETRY.transposed_scratch(), ..BufferSize::NONE },
            backward: backward_scratch(&Self::GEOMETRY, Self::GEOMETRY.convolve_scratch()),
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description =
        Description::layer(Self::GEOMETRY.result_len() * IN * OUT * taps::<W>());

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        let weights = weights_mut::<T, W, OUT, IN>(&mut self.weight);
        kaiming_uniform(weights, OUT * taps::<W>(), A::GAIN, rng);
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
            Self::GEOMETRY.image_len(),
            d_output,
            gradient.bias.as_mut_slice(),
        );
        convolution::weight_gradient(
            instructions,
            &Self::GEOMETRY,
            d_output,
            values::<S, T>(step.input),
            weights_mut::<T, W, OUT, IN>(&mut gradient.weight),
            pass.scratch(),
        );
        if let Some(d_input) = step.d_input {
            convolution::convolve::<T, I, Identity>(
                instructions,
                &Self::GEOMETRY,
                weights::<T, W, OUT, IN>(&self.weight),
                &[],
                d_output,
                values_mut::<S, T>(d_input),
                None,
                pass.scratch(),
            );
        }
    }
}

impl<T, S, O, W, const IN: usize, const OUT: usize, const BIAS: usize, A>
    ConvTranspose<T, S, O, W, IN, OUT, BIAS, A>
where
    T: Float,
    S: Numbers<T>,
    O: Numbers<T>,
    W: Windowed,
    A: Activation,
{
    /// That of the convolution which goes from the output to the input.
    const GEOMETRY: Geometry = Geometry::new(
        O::DIMS[0] / OUT,
        [OUT, IN / (O::DIMS[0] / OUT)],
        [Geometry::plane_of(O::DIMS), Geometry::plane_of(S::DIMS)],
        window::<W>(),
        false,
    );

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
        convolution::convolve_transposed::<T, I, A::Fused<T>>(
            instructions,
            &Self::GEOMETRY,
            weights::<T, W, OUT, IN>(&self.weight),
            self.bias.as_slice(),
            values::<S, T>(input),
            output,
            pre_activation,
            pass.scratch(),
        );
        A::finish(instructions, O::DIMS[O::DIMS.len() - 1], output);
    }
}
