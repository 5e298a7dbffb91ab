//! A recurrent layer in both directions of time.

use core::marker::PhantomData;

use rand::Rng;

use super::passes::Traversal;
use super::{RecurrentCell, check_shapes};
use crate::kernel::elementwise;
use crate::kernel::recurrence::Gates;
use crate::layer::Description;
use crate::layer::{Backward, BufferSize, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

/// Two [`RecurrentCell`]s along sequences `[length, features]` of shape `S`, one from the first step to the last and
/// one from the last to the first: `lstm(64, bidirectional: true)` in the language.
///
/// `O` is `[length, 2 * H]`: at each step the output of the forward cell, then that of the reverse one. Or it is
/// `[2 * H]`, the output of each cell after its last step, which is the first of the sequence for the reverse one
/// (`h_n` in PyTorch).
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
        let layout = RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]);
        let traversals = traversals::<S, O>(input.len());
        let (input, output) = (values::<S, T>(input), values_mut::<O, T>(output));
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
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let instructions = pass.instructions();
        let traversals = traversals::<S, O>(step.input.len());
        let input = values::<S, T>(step.input);
        let d_output = values::<O, T>(step.d_output);
        let mut d_input = step.d_input.map(values_mut::<S, T>);
        let (other, scratch) = pass.scratch().split_at_mut(input.len());
        let layout = RecurrentCell::<T, K, F, H, G, B>::tape(S::DIMS[0]);
        let directions =
            [(&self.forward, &mut gradient.forward), (&self.reverse, &mut gradient.reverse)];
        for ((cell, gradient), traversal) in directions.into_iter().zip(traversals) {
            let kept = step.tape.take(&layout, traversal.samples);
            let d_input = match traversal.is_reversed {
                true => d_input.is_some().then_some(&mut *other),
                false => d_input.as_deref_mut(),
            };
            cell.backward_sequences(
                instructions,
                traversal,
                input,
                kept,
                d_output,
                d_input,
                gradient,
                scratch,
            );
        }
        if let Some(d_input) = d_input {
            elementwise::add(instructions, other, d_input);
        }
    }
}

/// Both directions along so many samples.
fn traversals<S: Shape, O: Shape>(samples: usize) -> [Traversal; 2] {
    let width = O::DIMS[O::DIMS.len() - 1];
    [(false, 0), (true, width / 2)].map(|(is_reversed, offset)| Traversal {
        samples,
        length: S::DIMS[0],
        is_reversed,
        is_last: O::DIMS.len() == 1,
        width,
        offset,
    })
}
