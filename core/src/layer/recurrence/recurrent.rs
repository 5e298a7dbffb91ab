//! A recurrent layer in the direction of time.

use core::marker::PhantomData;

use rand::Rng;

use super::passes::Traversal;
use super::{RecurrentCell, check_shapes};
use crate::kernel::recurrence::Gates;
use crate::layer::Description;
use crate::layer::{
    Backward, Layer, MOST_STEPS, Mode, Needs, Pass, ReadingBackward, ReadingLayer, StateParts,
    StepCount, StepState, StreamMemory, Streaming, TimeFirst, checked, dereference,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Rank2, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

/// A [`RecurrentCell`] `C` along sequences `[length, features]` of shape `S`: `rnn`, `lstm` and `gru` in the language.
///
/// `O` is `[length, H]`, the output after each step, or `[H]`, that after the last. It dereferences to the
/// cell. Every sample begins with a state of zeros, unless a pass goes on from others (`forward_from`, `train_from`).
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [28, 10] => steps: gru(16) => last: gru(8, last: true) => 3 >; }
///
/// let activations = Net::new(&mut StdRng::seed_from_u64(1)).activations(&[0.5; 280]);
/// assert_eq!((activations.steps.len(), activations.last.len()), (28 * 16, 8));
/// ```
///
/// With `mask: &mask`, `[length]`, it passes over the steps that the mask has a zero for: they leave the state as it is and
/// give zeros. So each sample has a length of its own, as `pack_padded_sequence` of PyTorch gives it, and the output
/// after the last step is that after the last one which counts; where none does, zeros.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< (x: [4, 1], mask: [4]) => &x => steps: gru(3, mask: &mask) => take_last(mask: &mask) >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let input = |last| NetInput { x: [0.5, 0.1, last, last], mask: [1.0, 1.0, 0.0, 0.0] };
/// let activations = net.activations(&input(0.7));
/// assert_eq!(activations.steps.rows(3, 3), activations.output);
/// assert_eq!(activations.steps.rows(6, 6), SVector::<f32, 6>::zeros());
/// assert_eq!(activations.output, net.forward(&input(0.9)));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Recurrent<C, S, O> {
    #[tensor(name = "")]
    cell: C,
    shapes: PhantomData<fn() -> (S, O)>,
}

dereference!([C, S, O] Recurrent<C, S, O> => cell: C);

impl<T, K, S, O, const F: usize, const H: usize, const G: usize, const B: usize> Layer<T>
    for Recurrent<RecurrentCell<T, K, F, H, G, B>, S, O>
where
    T: Float,
    K: Gates,
    S: Numbers<T>,
    O: Numbers<T>,
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        RecurrentCell::<T, K, F, H, G, B>::check();
        check_shapes::<S, O>(F, H);
        Needs {
            tape: RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]).size(),
            forward: RecurrentCell::<T, K, F, H, G, B>::forward_scratch(S::DIMS[0]),
            backward: RecurrentCell::<T, K, F, H, G, B>::backward_scratch(S::DIMS[0]),
            ..Needs::NOTHING
        }
    };
    const DESCRIPTION: Description =
        Description::layer(S::DIMS[0] * RecurrentCell::<T, K, F, H, G, B>::MULTIPLY_ADDS);

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.cell.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<O, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let kept = pass.keep(&RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]), input.len());
        let traversal = traversal::<T, S, O>(input.len(), None);
        let (input, output) = (values::<S, T>(input), values_mut::<O, T>(output));
        let instructions = pass.instructions();
        let (carried, scratch) = pass.states_and_scratch(self);
        self.cell.forward_sequences(instructions, traversal, input, output, kept, carried, scratch);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let layout = RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]);
        let kept = step.tape.take(&layout, step.input.len());
        self.cell.backward_sequences(
            pass.instructions(),
            traversal::<T, S, O>(step.input.len(), None),
            values::<S, T>(step.input),
            kept,
            values::<O, T>(step.d_output),
            step.d_input.map(values_mut::<S, T>),
            gradient.map(|gradient| &mut gradient.cell),
            pass.scratch(),
        );
    }
}

/// At the steps of a sequence that the mask, `[length]`, has no zero for. The others leave the state as it is and give zeros, as
/// sequences do that `pack_padded_sequence` of PyTorch has packed; the output after the last step is that after the
/// last one of those, zeros if there is none.
impl<T, K, S, O, const F: usize, const H: usize, const G: usize, const B: usize> ReadingLayer<T, 1>
    for Recurrent<RecurrentCell<T, K, F, H, G, B>, S, O>
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
        self.cell.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        [mask]: [&[T]; 1],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let samples = input.len() / S::LEN;
        let kept = pass.keep(&RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]), samples);
        let traversal = traversal::<T, S, O>(samples, Some(mask));
        let (instructions, scratch) = (pass.instructions(), pass.scratch());
        self.cell.forward_sequences(instructions, traversal, input, output, kept, None, scratch);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: ReadingBackward<'_, T, 1>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let layout = RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]);
        let kept = step.tape.take(&layout, step.samples);
        self.cell.backward_sequences(
            pass.instructions(),
            traversal::<T, S, O>(step.samples, Some(step.others[0])),
            step.input,
            kept,
            step.d_output,
            step.d_input,
            gradient.map(|gradient| &mut gradient.cell),
            pass.scratch(),
        );
    }
}

/// Only where it gives its output after each step. A stream has no end: it may take more steps than the sequence of the
/// declaration has.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, K, const LENGTH: usize, const F: usize, const H: usize, const G: usize, const B: usize>
    Streaming<T, TimeFirst>
    for Recurrent<RecurrentCell<T, K, F, H, G, B>, Rank2<LENGTH, F>, Rank2<LENGTH, H>>
where
    T: Float,
    K: Gates,
{
    type Behind = TimeFirst;

    const MEMORY: StreamMemory = StreamMemory {
        state: RecurrentCell::<T, K, F, H, G, B>::STATE,
        scratch: RecurrentCell::<T, K, F, H, G, B>::STEP_SCRATCH,
        block: RecurrentCell::<T, K, F, H, G, B>::block_scratch(MOST_STEPS),
        ..StreamMemory::NONE
    };

    /// As `torch.nn` calls them and shapes them where there is one sample.
    fn describe_state(parts: &mut StateParts<'_>) {
        parts.tensor("h_0", &[1, H]);
        if K::STATES > 1 {
            parts.tensor("c_0", &[1, H]);
        }
    }

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        _: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        self.cell.step(pass.instructions(), &input.as_chunks().0[0], state, pass.scratch());
        output.copy_from_slice(&state[..H]);
    }

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        _: C,
        input: &[T],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let state = state.kept;
        if C::IS_ONE {
            return self.step(input, output, state, position, pass);
        }
        self.cell.steps(pass.instructions(), input.as_chunks().0, output, state, pass.scratch());
    }
}

fn traversal<T, S: Shape, O: Shape>(samples: usize, mask: Option<&[T]>) -> Traversal<'_, T> {
    Traversal {
        samples,
        mask,
        length: S::DIMS[0],
        is_reversed: false,
        is_last: O::DIMS.len() == 1,
        width: O::DIMS[O::DIMS.len() - 1],
        offset: 0,
    }
}
