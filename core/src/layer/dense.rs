//! The fully connected layer.

use core::marker::PhantomData;

use nalgebra::{SMatrix, SVector};
use rand::Rng;

use crate::activation::{Activation, Identity, line};
use crate::initialize::kaiming_uniform;
use crate::kernel;
use crate::layer::Description;
use crate::layer::{Backward, BufferLayout, BufferSize, Layer, Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Rank1, values, values_mut};
use crate::simd::InstructionSet;

/// A fully connected layer: `y = A(W x + b)`, with the activation `A` computed in the same loops.
///
/// `weight` is `W`, `[OUT, IN]` as in `torch.nn.Linear`; `bias` is `b`. Weights start Kaiming-uniform
/// for their fan-in and the activation's gain (He et al. 2015, <https://arxiv.org/abs/1502.01852>),
/// biases at zero.
///
/// `BIASES` is `OUT`, as it is by default, or 0, which leaves the bias out: `dense(2, bias: false)` in the language.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 3 => relu 2 >; }
///
/// let mut net = Net::zeros();
/// net.stage1.weight = SMatrix::<f32, 2, 3>::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
/// net.stage1.bias = SVector::<f32, 2>::new(0.5, -100.0);
/// let y = net.forward(&SVector::<f32, 3>::new(1.0, 1.0, 1.0));
/// assert_eq!(y, SVector::<f32, 2>::new(6.5, 0.0));
///
/// network! { struct WithoutBias< 3 => relu dense(2, bias: false) >; }
/// assert_eq!(WithoutBias::PARAMETERS, 3 * 2);
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Dense<
    T: Float,
    const IN: usize,
    const OUT: usize,
    A = Identity,
    const BIASES: usize = OUT,
> {
    /// `W`: one row for each output, one column for each input.
    #[tensor(matrix)]
    pub weight: SMatrix<T, OUT, IN>,
    /// `b`: one value for each output, or none.
    pub bias: SVector<T, BIASES>,
    activation: PhantomData<fn() -> A>,
}

impl<T, const IN: usize, const OUT: usize, A, const BIASES: usize> Layer<T>
    for Dense<T, IN, OUT, A, BIASES>
where
    T: Float,
    A: Activation,
{
    type Input = Rank1<IN>;
    type Output = Rank1<OUT>;

    const NEEDS: Needs = {
        assert!(
            BIASES == 0 || BIASES == OUT,
            "a dense layer has a bias for each of its outputs, or none"
        );
        Needs {
            output: A::NEEDS_OUTPUT,
            tape: Self::TAPE.size(),
            forward: BufferSize { batch: kernel::affine_scratch(IN, OUT), ..BufferSize::NONE },
            backward: BufferSize {
                fixed: kernel::affine_backward_scratch(IN, OUT),
                ..BufferSize::NONE
            },
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description = Description::layer(IN * OUT);

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        kaiming_uniform(self.weight.as_mut_slice(), IN, A::GAIN, rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; IN]],
        output: &mut [[T; OUT]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let pre_activation = pass.keep(&Self::TAPE, input.len()).map(|[kept]| kept);
        self.affine(input, output, pre_activation.filter(|_| A::NEEDS_INPUT), pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let instructions = pass.instructions();
        let [pre_activation] = step.tape.take(&Self::TAPE, step.input.len());
        let output = values::<Rank1<OUT>, T>(step.output);
        let d_output = values_mut::<Rank1<OUT>, T>(step.d_output);
        let line = const { line::<A, Rank1<OUT>>() };
        if const { kernel::is_unrolled(IN, OUT) } {
            A::backward_inline(instructions, line, pre_activation, output, d_output);
        } else {
            A::backward(instructions, line, pre_activation, output, d_output);
        }
        if let Some(gradient) = gradient {
            kernel::affine_gradient(
                instructions,
                step.d_output,
                step.input,
                gradient.weight.as_mut_slice(),
                (BIASES > 0).then(|| gradient.bias.as_mut_slice()),
                pass.scratch(),
            );
        }
        if let Some(d_input) = step.d_input {
            let weight = self.weight.as_slice();
            kernel::affine_input_gradient(
                instructions,
                weight,
                step.d_output,
                d_input,
                pass.scratch(),
            );
        }
    }
}

impl<T, const IN: usize, const OUT: usize, A, const BIASES: usize> Dense<T, IN, OUT, A, BIASES>
where
    T: Float,
    A: Activation,
{
    /// The output before the activation, where that needs it.
    const TAPE: BufferLayout<1> =
        BufferLayout::new([BufferSize::per_sample(if A::NEEDS_INPUT { OUT } else { 0 })]);

    #[inline(always)]
    fn affine<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; IN]],
        output: &mut [[T; OUT]],
        pre_activation: Option<&mut [T]>,
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let instructions = pass.instructions();
        kernel::affine::<T, I, A::Fused<T>, IN, OUT>(
            instructions,
            self.weight.as_slice(),
            (BIASES > 0).then(|| self.bias.as_slice()),
            input,
            output,
            pre_activation,
            pass.scratch(),
        );
        let line = const { line::<A, Rank1<OUT>>() };
        A::finish(instructions, line, values_mut::<Rank1<OUT>, T>(output));
    }
}
