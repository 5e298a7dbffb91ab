//! The transposed convolution.

use nalgebra::SVector;
use rand::Rng;

use super::direction::{Convolution, ToImage};
use super::passes;
use super::{Marker, describe_weight, weights, weights_mut, window};
use crate::activation::{Activation, Identity};
use crate::kernel::convolution::Geometry;
use crate::layer::Description;
use crate::layer::{Layer, Needs, Windowed, passes_of};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};

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
        passes::needs::<T, Self>()
    };
    const DESCRIPTION: Description = passes::description::<T, Self>();

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        passes::initialize(self, rng);
    }

    passes_of!(passes);
}

impl<T, S, O, W, const IN: usize, const OUT: usize, const BIAS: usize, A> Convolution<T>
    for ConvTranspose<T, S, O, W, IN, OUT, BIAS, A>
where
    T: Float,
    S: Numbers<T>,
    O: Numbers<T>,
    W: Windowed,
    A: Activation,
{
    type Activation = A;
    type Direction = ToImage;

    /// That of the convolution which goes from the output to the input.
    const GEOMETRY: Geometry = Geometry::new(
        O::DIMS[0] / OUT,
        [OUT, IN / (O::DIMS[0] / OUT)],
        [Geometry::plane_of(O::DIMS), Geometry::plane_of(S::DIMS)],
        window::<W>(),
        false,
    );

    #[inline(always)]
    fn parameters(&self) -> [&[T]; 2] {
        [weights::<T, W, OUT, IN>(&self.weight), self.bias.as_slice()]
    }

    #[inline(always)]
    fn parameters_mut(&mut self) -> [&mut [T]; 2] {
        [weights_mut::<T, W, OUT, IN>(&mut self.weight), self.bias.as_mut_slice()]
    }
}
