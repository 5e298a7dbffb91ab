//! A recurrent layer in both directions of time.

use core::marker::PhantomData;

use rand::Rng;

use super::passes::Traversal;
use super::{RecurrentCell, check_shapes};
use crate::kernel::elementwise;
use crate::kernel::recurrence::Gates;
use crate::layer::Description;
use crate::layer::{
    Backward, BufferSize, Layer, Mode, Needs, Pass, ReadingBackward, ReadingLayer, checked,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

/// Two [`RecurrentCell`]s along sequences `[length, features]` of shape `S`, one from the first step to the last and
/// one from the last to the first: `lstm(64, bidirectional: true)` in the language.
///
/// `O` is `[length, 2 * H]`: at each step the output of the forward cell, then that of the reverse one. Or it is
/// `[2 * H]`, the output of each cell after its last step, which is the first of the sequence for the reverse one
/// (`h_n` in PyTorch). With a mask, as [`Recurrent`](super::Recurrent) has it, the reverse one begins at the last step that
/// counts.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [28, 10] => both: lstm(16, bidirectional: true) => lstm(8, bidirectional: true, last: true) >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// assert_ne!(net.both.forward.weight_ih_l0, net.both.reverse.weight_ih_l0);
/// assert_eq!(net.activations(&[0.5; 280]).both.len(), 28 * 32);
/// assert_eq!(Net::tensors()[4].name, "both.weight_ih_l0_reverse");
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Bidirectional<C, S, O> {
    /// From the first step to the last.
    #[tensor(name = "")]
    pub forward: C,
    /// From the last step to the first; its tensors' names end in `_reverse`.
    #[tensor(name = "", suffix = "_reverse")]
    pub reverse: C,
    shapes: PhantomData<fn() -> (S, O)>,
}

impl<T, K, S, O, const F: usize, const H: usize, const G: usize, const B: usize> Layer<T>
    for Bidirectional<RecurrentCell<T, K, F, H, G, B>, S, O>
where
    T: Float,
    K: Gates,
    S: Numbers<T>,
    O: Numbers<T>,
{
    type Input = S;
    type Output = O;

    /// Besides what one direction takes: the gradient with respect to the input that comes from the other.
    const NEEDS: Needs = {
        RecurrentCell::<T, K, F, H, G, B>::check();
        check_shapes::<S, O>(F, 2 * H);
        Needs {
            tape: RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]).size().times(2),
            forward: RecurrentCell::<T, K, F, H, G, B>::forward_scratch(S::DIMS[0]),
            backward: RecurrentCell::<T, K, F, H, G, B>::backward_scratch(S::DIMS[0])
                .and(BufferSize::per_sample(S::LEN)),
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description =
        Description::layer(2 * S::DIMS[0] * RecurrentCell::<T, K, F, H, G, B>::MULTIPLY_ADDS);

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.forward.initialize(rng);
        self.reverse.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<O, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let traversals = traversals::<T, S, O>(input.len(), None);
        self.run(traversals, values::<S, T>(input), values_mut::<O, T>(output), pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let step = ReadingBackward {
            samples: step.input.len(),
            input: values::<S, T>(step.input),
            others: [],
            output: values::<O, T>(step.output),
            tape: step.tape,
            d_output: values_mut::<O, T>(step.d_output),
            d_input: step.d_input.map(values_mut::<S, T>),
            d_others: [],
        };
        self.run_back(traversals::<T, S, O>(step.samples, None), step, gradient, pass);
    }
}

/// At the steps of a sequence that the mask, `[length]`, has no zero for, as [`Recurrent`](super::Recurrent):
/// the reverse cell begins at the last of them.
impl<T, K, S, O, const F: usize, const H: usize, const G: usize, const B: usize> ReadingLayer<T, 1>
    for Bidirectional<RecurrentCell<T, K, F, H, G, B>, S, O>
where
    T: Float,
    K: Gates,
    S: Numbers<T>,
    O: Numbers<T>,
{
    type Input = S;
    type Output = O;

    const OTHERS: [usize; 1] = [S::DIMS[0]];
    const NEEDS: Needs = <Self as Layer<T>>::NEEDS;
    const DESCRIPTION: Description = <Self as Layer<T>>::DESCRIPTION;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        Layer::initialize(self, rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [mask]: [&[T]; 1],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        self.run(traversals::<T, S, O>(input.len() / S::LEN, Some(mask)), input, output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: ReadingBackward<'_, T, 1>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let traversals = traversals::<T, S, O>(step.samples, Some(step.others[0]));
        self.run_back(traversals, step, gradient, pass);
    }
}

impl<T, K, S, O, const F: usize, const H: usize, const G: usize, const B: usize>
    Bidirectional<RecurrentCell<T, K, F, H, G, B>, S, O>
where
    T: Float,
    K: Gates,
    S: Numbers<T>,
    O: Numbers<T>,
{
    #[inline(always)]
    fn run<I: InstructionSet, M: Mode<T>>(
        &self,
        traversals: [Traversal<'_, T>; 2],
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let layout = RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]);
        for (cell, traversal) in [&self.forward, &self.reverse].into_iter().zip(traversals) {
            let kept = pass.keep(&layout, traversal.samples);
            cell.forward_sequences(
                pass.instructions(),
                traversal,
                input,
                output,
                kept,
                None,
                pass.scratch(),
            );
        }
    }

    #[inline(always)]
    fn run_back<I: InstructionSet, const N: usize>(
        &self,
        traversals: [Traversal<'_, T>; 2],
        mut step: ReadingBackward<'_, T, N>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let instructions = pass.instructions();
        let (other, scratch) = pass.scratch().split_at_mut(step.input.len());
        let layout = RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]);
        let (forward, reverse) =
            gradient.map(|gradient| (&mut gradient.forward, &mut gradient.reverse)).unzip();
        let directions = [(&self.forward, forward), (&self.reverse, reverse)];
        for ((cell, gradient), traversal) in directions.into_iter().zip(traversals) {
            let kept = step.tape.take(&layout, traversal.samples);
            let d_input = match traversal.is_reversed {
                true => step.d_input.is_some().then_some(&mut *other),
                false => step.d_input.as_deref_mut(),
            };
            cell.backward_sequences(
                instructions,
                traversal,
                step.input,
                kept,
                step.d_output,
                d_input,
                gradient,
                scratch,
            );
        }
        if let Some(d_input) = step.d_input {
            elementwise::add(instructions, other, d_input);
        }
    }
}

/// Both directions along so many samples.
fn traversals<T, S: Shape, O: Shape>(samples: usize, mask: Option<&[T]>) -> [Traversal<'_, T>; 2] {
    let width = O::DIMS[O::DIMS.len() - 1];
    [(false, 0), (true, width / 2)].map(|(is_reversed, offset)| Traversal {
        samples,
        mask,
        length: S::DIMS[0],
        is_reversed,
        is_last: O::DIMS.len() == 1,
        width,
        offset,
    })
}
