//! The parameters of a recurrent layer, and one step of it.

use core::marker::PhantomData;

use nalgebra::{SMatrix, SVector};
use rand::Rng;

use crate::initialize::uniform;
use crate::kernel;
use crate::kernel::recurrence::{Advance, Gates};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel};

/// The parameters of a recurrent layer of kind `K` in one direction, named and shaped as in `torch.nn`.
///
/// | parameter | |
/// | --- | --- |
/// | `K` | [`Lstm`](crate::layer::Lstm), [`Gru`](crate::layer::Gru) or [`Rnn`](crate::layer::Rnn) |
/// | `F` | features of each step of the input |
/// | `H` | hidden units, which are the features of the output |
/// | `G` | rows of the weights: `H` for each gate of `K` |
/// | `B` | `G`, or 0 for no biases |
///
/// All values start uniformly between `-1 / sqrt(H)` and `1 / sqrt(H)`.
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct RecurrentCell<
    T: Float,
    K,
    const F: usize,
    const H: usize,
    const G: usize,
    const B: usize,
> {
    /// What the input is multiplied with: a row for each gate of each hidden unit, one gate behind the other.
    #[tensor(matrix)]
    pub weight_ih_l0: SMatrix<T, G, F>,
    /// What the output of the step before is multiplied with.
    #[tensor(matrix)]
    pub weight_hh_l0: SMatrix<T, G, H>,
    /// What is added to the product with the input.
    pub bias_ih_l0: SVector<T, B>,
    /// What is added to the product with the output of the step before.
    pub bias_hh_l0: SVector<T, B>,
    kind: PhantomData<fn() -> K>,
}

impl<T, K, const F: usize, const H: usize, const G: usize, const B: usize>
    RecurrentCell<T, K, F, H, G, B>
where
    T: Float,
    K: Gates,
{
    /// How many values are carried from one step to the next: the output, `H` values, then `H` more where the
    /// layer remembers something besides.
    pub const STATE: usize = K::STATES * H;
    /// How many values of working memory [`step`](RecurrentCell::step) needs.
    pub const STEP_SCRATCH: usize = F + 2 * G;

    pub(super) const fn check() {
        assert!(H > 0 && F > 0 && G == K::GATES * H, "each hidden unit has a row for each gate");
        assert!(B == G || B == 0, "a recurrent layer has a bias for each row or none");
        assert!(K::STATES <= 2 && K::EXTRA <= 2 && K::GATES <= kernel::recurrence::MOST_GATES);
    }
    pub(super) const MULTIPLY_ADDS: usize = G * (F + H);

    /// Computes one step for one sample and allocates nothing: what a [`Stream`](crate::Stream) of the layer calls.
    /// `state` holds [`STATE`](Self::STATE) values, zero before the first step; behind the step its first `H` are
    /// the output.
    ///
    /// # Panics
    /// If `state` or `scratch` is too short: the latter has [`STEP_SCRATCH`](Self::STEP_SCRATCH) values.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Net< [5, 2] => memory: lstm(3) >; }
    ///
    /// let net = Net::new(&mut StdRng::seed_from_u64(1));
    /// let input = [[0.5, 0.1], [0.2, -0.3], [0.0, 0.4], [0.9, 0.1], [0.3, 0.3]];
    /// let mut stream = net.stream();
    /// let steps = input.map(|step| stream.push(&step));
    /// let whole = net.forward(input.as_flattened().as_array::<10>().unwrap());
    /// assert!((steps[4][0] - whole[12]).abs() < 1e-6);
    /// ```
    #[inline(always)]
    pub fn step<I: InstructionSet>(
        &self,
        instructions: I,
        input: &[T; F],
        state: &mut [T],
        scratch: &mut [T],
    ) {
        let (from_input, scratch) = scratch.split_at_mut(G);
        let (from_state, scratch) = scratch.split_at_mut(G);
        // What is left of a sound is often subnormal.
        let flushed = &mut scratch.as_chunks_mut::<F>().0[0];
        for (flushed, value) in flushed.iter_mut().zip(input) {
            *flushed = value.flush_to_zero();
        }
        let (output, memory) = state[..Self::STATE].split_at_mut(H);
        self.project(instructions, core::slice::from_ref(flushed), from_input, &mut []);
        self.recur(instructions, output, from_state, &mut []);
        let advance = Advance { from_input, from_state, output, memory, kind: PhantomData };
        K::advance(instructions, advance);
    }

    /// Working memory of [`steps`](RecurrentCell::steps) for so many.
    pub(super) const fn block_scratch(count: usize) -> usize {
        (count + 1) * G + kernel::affine_scratch(F, G)
    }

    /// Several steps, whose products with the input are one product.
    #[inline(always)]
    pub(super) fn steps<I: InstructionSet>(
        &self,
        instructions: I,
        input: &[[T; F]],
        output: &mut [T],
        state: &mut [T],
        scratch: &mut [T],
    ) {
        let (from_input, scratch) = scratch.split_at_mut(input.len() * G);
        let (from_state, pack) = scratch.split_at_mut(G);
        self.project(instructions, input, from_input, pack);
        instructions.outline(Steps { cell: self, from_input, from_state, output, state });
    }

    /// The products with the input.
    #[inline(always)]
    pub(super) fn project<I: InstructionSet>(
        &self,
        instructions: I,
        input: &[[T; F]],
        gates: &mut [T],
        pack: &mut [T],
    ) {
        kernel::affine::<T, I, kernel::Identity, F, G>(
            instructions,
            self.weight_ih_l0.as_slice(),
            (B > 0).then(|| self.bias_ih_l0.as_slice()),
            input,
            gates.as_chunks_mut().0,
            None,
            pack,
        );
    }

    /// The products with the outputs of the step before, of one sample after the other.
    #[inline(always)]
    pub(super) fn recur<I: InstructionSet>(
        &self,
        instructions: I,
        before: &[T],
        recurrent: &mut [T],
        pack: &mut [T],
    ) {
        kernel::affine::<T, I, kernel::Identity, H, G>(
            instructions,
            self.weight_hh_l0.as_slice(),
            (B > 0).then(|| self.bias_hh_l0.as_slice()),
            before.as_chunks().0,
            recurrent.as_chunks_mut().0,
            None,
            pack,
        );
    }

    pub(super) fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        let bound = 1.0 / Float::sqrt(H as f64);
        uniform(self.weight_ih_l0.as_mut_slice(), bound, rng);
        uniform(self.weight_hh_l0.as_mut_slice(), bound, rng);
        uniform(self.bias_ih_l0.as_mut_slice(), bound, rng);
        uniform(self.bias_hh_l0.as_mut_slice(), bound, rng);
    }
}

/// What is left of several steps where the products with the input are there.
struct Steps<'a, T: Float, K, const F: usize, const H: usize, const G: usize, const B: usize> {
    cell: &'a RecurrentCell<T, K, F, H, G, B>,
    from_input: &'a mut [T],
    /// Working memory of a product with the state.
    from_state: &'a mut [T],
    output: &'a mut [T],
    state: &'a mut [T],
}

impl<T, K, const F: usize, const H: usize, const G: usize, const B: usize> Kernel
    for Steps<'_, T, K, F, H, G, B>
where
    T: Float,
    K: Gates,
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { cell, from_input, from_state, output, state } = self;
        let (hidden, memory) = state[..K::STATES * H].split_at_mut(H);
        for (gates, output) in from_input.chunks_exact_mut(G).zip(output.chunks_exact_mut(H)) {
            cell.recur(instructions, hidden, from_state, &mut []);
            let advance = Advance {
                from_input: gates,
                from_state,
                output: &mut *hidden,
                memory: &mut *memory,
                kind: PhantomData,
            };
            K::advance(instructions, advance);
            output.copy_from_slice(hidden);
        }
    }
}
