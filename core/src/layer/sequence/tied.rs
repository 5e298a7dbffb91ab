//! Output weights that are the vectors of an embedding.

use rand::Rng;

use crate::kernel;
use crate::layer::Description;
use crate::layer::{Backward, BufferSize, Embedding, Layer, Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Rank1, Vocabularies};
use crate::simd::InstructionSet;

/// A dense layer without bias whose weights are those of an embedding: `y = W x`, one value for each token
/// (Press and Wolf 2017, <https://arxiv.org/abs/1608.05859>). `tied(label)` in the language, of the embedding
/// with that label.
///
/// It has no parameters of its own: the network holds the table once, and its gradient is the sum of what comes
/// from either end.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< tokens(2, vocab: 3) => table: embedding(4) => tied(table) >; }
///
/// assert_eq!(Net::PARAMETERS, 3 * 4);
/// let mut net = Net::zeros();
/// net.table.weight.fill_with_identity();
/// assert_eq!(net.forward(&[2, 0]).as_slice(), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(transparent)]
pub struct Tied<E> {
    #[tensor(name = "")]
    embedding: E,
}

impl<E> Tied<E> {
    /// The embedding as an output layer.
    pub(super) fn of(embedding: &E) -> &Self {
        // SAFETY: a transparent wrapper of the same embedding.
        unsafe { &*(&raw const *embedding).cast() }
    }

    /// The embedding as an output layer, to be changed.
    pub(super) fn of_mut(embedding: &mut E) -> &mut Self {
        // SAFETY: a transparent wrapper of the same embedding; the exclusive borrow is handed on.
        unsafe { &mut *(&raw mut *embedding).cast() }
    }
}

// The table lies as the weight of a dense layer from tokens to features does: what such a layer does backward,
// this one does forward.
impl<T, V, const LENGTH: usize, const ROWS: usize, const DIM: usize, const STD: u64> Layer<T>
    for Tied<Embedding<T, V, LENGTH, ROWS, DIM, STD>>
where
    T: Float,
    V: Vocabularies,
{
    type Input = Rank1<DIM>;
    type Output = Rank1<ROWS>;

    const NEEDS: Needs = Needs {
        forward: BufferSize {
            fixed: kernel::affine_backward_scratch(ROWS, DIM),
            ..BufferSize::NONE
        },
        backward: BufferSize {
            fixed: kernel::affine_backward_scratch(ROWS, DIM),
            batch: kernel::affine_scratch(ROWS, DIM),
            ..BufferSize::NONE
        },
        ..Needs::NOTHING
    };
    const DESCRIPTION: Description = Description::layer(DIM * ROWS);

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.embedding.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; DIM]],
        output: &mut [[T; ROWS]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let weight = self.embedding.weight.as_slice();
        kernel::affine_input_gradient(pass.instructions(), weight, input, output, pass.scratch());
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let instructions = pass.instructions();
        if let Some(gradient) = gradient {
            kernel::affine_gradient(
                instructions,
                step.input,
                step.d_output,
                gradient.embedding.weight.as_mut_slice(),
                None,
                pass.scratch(),
            );
        }
        if let Some(d_input) = step.d_input {
            kernel::affine::<T, I, kernel::Identity, ROWS, DIM>(
                instructions,
                self.embedding.weight.as_slice(),
                None,
                step.d_output,
                d_input,
                None,
                pass.scratch(),
            );
        }
    }
}

impl<T, V, const LENGTH: usize, const ROWS: usize, const DIM: usize, const STD: u64>
    Embedding<T, V, LENGTH, ROWS, DIM, STD>
where
    T: Float,
    V: Vocabularies,
{
    /// The same table as weights of an output layer: `tied(..)` in the language.
    pub fn tied(&self) -> &Tied<Self> {
        Tied::of(self)
    }

    /// The same table as weights of an output layer, to be changed.
    pub fn tied_mut(&mut self) -> &mut Tied<Self> {
        Tied::of_mut(self)
    }
}
