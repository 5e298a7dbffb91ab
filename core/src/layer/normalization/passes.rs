//! What normalisations do alike that are the same in training and in evaluation.

use crate::layer::{Backward, BufferLayout, Layer, Mode, Pass, checked};
use crate::scalar::Float;
use crate::shape::Sample;
use crate::shape::{Numbers, values, values_mut};
use crate::simd::InstructionSet;

/// A normalisation of each sample by its own values.
pub(super) trait Normalization<T: Float>: Layer<T, Input: Numbers<T>> {
    /// What each run of values was normalised by.
    const TAPE: BufferLayout<1>;

    /// Computes the output, and writes to the tape, if it is given one.
    fn normalize<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        tape: Option<&mut [T]>,
        instructions: I,
    );

    /// [`Layer::backward`].
    fn normalize_backward<I: InstructionSet>(
        &self,
        step: NormalizationBackward<'_, T>,
        gradient: Option<&mut Self>,
        instructions: I,
    );
}

/// What [`Normalization::normalize_backward`] starts from.
pub(super) struct NormalizationBackward<'a, T> {
    pub(super) input: &'a [T],
    pub(super) d_output: &'a [T],
    pub(super) tape: &'a [T],
    pub(super) d_input: Option<&'a mut [T]>,
}

/// [`Layer::forward`].
#[inline(always)]
pub(super) fn forward<T: Float, L: Normalization<T>, I: InstructionSet, M: Mode<T>>(
    layer: &L,
    input: &[Sample<L::Input, T>],
    output: &mut [Sample<L::Output, T>],
    pass: &mut Pass<'_, T, I, M>,
) {
    checked::<T, L>();
    let kept = pass.keep(&L::TAPE, input.len()).map(|[kept]| kept);
    let (input, output) = (values::<L::Input, T>(input), values_mut::<L::Output, T>(output));
    layer.normalize(input, output, kept, pass.instructions());
}

/// [`Layer::backward`].
#[inline(always)]
pub(super) fn backward<T: Float, L: Normalization<T>, I: InstructionSet>(
    layer: &L,
    mut step: Backward<'_, T, L>,
    gradient: Option<&mut L>,
    pass: &mut Pass<'_, T, I>,
) {
    checked::<T, L>();
    let [tape] = step.tape.take(&L::TAPE, step.input.len());
    let step = NormalizationBackward {
        input: values::<L::Input, T>(step.input),
        d_output: values::<L::Output, T>(step.d_output),
        tape,
        d_input: step.d_input.map(values_mut::<L::Input, T>),
    };
    layer.normalize_backward(step, gradient, pass.instructions());
}
