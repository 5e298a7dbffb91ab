//! What a convolution and a transposed one do alike: one is the other with what goes in and what comes out exchanged.

use rand::Rng;

use super::direction::{Convolution, Direction};
use super::past;
use crate::activation::{Activation, line};
use crate::initialize::kaiming_uniform;
use crate::kernel::convolution::{self, Geometry};
use crate::kernel::{Epilogue, Identity};
use crate::layer::{
    Backward, BufferLayout, BufferSize, Description, Mode, Needs, Pass, checked, larger,
};
use crate::scalar::Float;
use crate::shape::{Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

/// The output before the activation, where that needs it.
const fn tape<T: Float, L: Convolution<T>>() -> BufferLayout<1> {
    let values = if L::Activation::NEEDS_INPUT { <L::Output as Shape>::LEN } else { 0 };
    BufferLayout::new([BufferSize::per_sample(values)])
}

/// What the passes need.
pub(super) const fn needs<T: Float, L: Convolution<T>>() -> Needs {
    let geometry = L::GEOMETRY;
    let (forward, back) = match L::Direction::IS_TRANSPOSED {
        false => (geometry.convolve_scratch(), geometry.transposed_scratch()),
        true => (geometry.transposed_scratch(), geometry.convolve_scratch()),
    };
    // The way back runs when the gradient of the weights is done.
    let fixed = larger(geometry.gradient_scratch(), back);
    let batch = geometry.gradient_batch_scratch().saturating_sub(fixed);
    let forward = larger(forward, past::scratch::<T, L>());
    Needs {
        output: L::Activation::NEEDS_OUTPUT,
        tape: tape::<T, L>().size(),
        forward: BufferSize::fixed(forward),
        backward: BufferSize { fixed, batch, ..BufferSize::NONE },
        ..Needs::NOTHING
    }
}

/// Each weight meets each position of a result.
pub(super) const fn description<T: Float, L: Convolution<T>>() -> Description {
    Description::layer(L::GEOMETRY.result_len() * L::GEOMETRY.weights())
}

/// Kaiming-uniform for the fan-in that `torch.nn.init` takes, in both directions.
pub(super) fn initialize<T: Float, L: Convolution<T>, R: Rng + ?Sized>(layer: &mut L, rng: &mut R) {
    let [weight, _] = layer.parameters_mut();
    kaiming_uniform(weight, L::GEOMETRY.depth(), L::Activation::GAIN, rng);
}

/// [`Layer::forward`].
#[inline(always)]
pub(super) fn forward<T: Float, L: Convolution<T>, I: InstructionSet, M: Mode<T>>(
    layer: &L,
    input: &[Sample<L::Input, T>],
    output: &mut [Sample<L::Output, T>],
    pass: &mut Pass<'_, T, I, M>,
) {
    checked::<T, L>();
    let mut kept = pass.keep(&tape::<T, L>(), input.len()).map(|[kept]| kept);
    let instructions = pass.instructions();
    let output = values_mut::<L::Output, T>(output);
    convolve::<T, I, <L::Activation as Activation>::Fused<T>, L::Direction>(
        instructions,
        &L::GEOMETRY,
        layer.parameters(),
        values::<L::Input, T>(input),
        output,
        kept.as_deref_mut().filter(|_| L::Activation::NEEDS_INPUT),
        pass.scratch(),
    );
    L::Activation::finish(instructions, const { line::<L::Activation, L::Output>() }, output);
    if const { M::CARRIES && L::PAST.is_some() } {
        past::forward(layer, values::<L::Input, T>(input), output, kept, pass);
    }
}

/// [`Layer::backward`].
#[inline(always)]
pub(super) fn backward<T: Float, L: Convolution<T>, I: InstructionSet>(
    layer: &L,
    mut step: Backward<'_, T, L>,
    gradient: Option<&mut L>,
    pass: &mut Pass<'_, T, I>,
) {
    checked::<T, L>();
    let instructions = pass.instructions();
    let [pre_activation] = step.tape.take(&tape::<T, L>(), step.input.len());
    let input = values::<L::Input, T>(step.input);
    let d_output = values_mut::<L::Output, T>(step.d_output);
    L::Activation::backward(
        instructions,
        const { line::<L::Activation, L::Output>() },
        pre_activation,
        values::<L::Output, T>(step.output),
        d_output,
    );
    let (len, image, d_result) = match L::Direction::IS_TRANSPOSED {
        false => (L::GEOMETRY.result_len(), input, &*d_output),
        true => (L::GEOMETRY.image_len(), &*d_output, input),
    };
    if let Some(gradient) = gradient {
        let [d_weight, d_bias] = gradient.parameters_mut();
        convolution::bias_gradient(instructions, len, d_output, d_bias);
        convolution::weight_gradient(
            instructions,
            &L::GEOMETRY,
            image,
            d_result,
            d_weight,
            pass.scratch(),
        );
        if const { L::PAST.is_some() }
            && let Some(begun) = step.tape.begun()
        {
            past::weight_gradient::<T, L>(begun.of_layer(layer), d_output, d_weight);
        }
    }
    if let Some(d_input) = step.d_input {
        let [weight, _] = layer.parameters();
        convolve::<T, I, Identity, <L::Direction as Direction>::Back>(
            instructions,
            &L::GEOMETRY,
            [weight, &[]],
            d_output,
            values_mut::<L::Input, T>(d_input),
            None,
            pass.scratch(),
        );
    }
}

#[inline(always)]
fn convolve<T: Float, I: InstructionSet, E: Epilogue<T>, D: Direction>(
    instructions: I,
    geometry: &Geometry,
    [weight, bias]: [&[T]; 2],
    input: &[T],
    output: &mut [T],
    pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    // A constant, so that the branch not taken leaves no trace in unoptimised code.
    if const { D::IS_TRANSPOSED } {
        convolution::convolve_transposed::<T, I, E>(
            instructions,
            geometry,
            weight,
            bias,
            input,
            output,
            pre,
            scratch,
        );
    } else {
        convolution::convolve::<T, I, E>(
            instructions,
            geometry,
            weight,
            bias,
            input,
            output,
            pre,
            scratch,
        );
    }
}
