//! Tokens among several inputs, where they stand as numbers.

use core::marker::PhantomData;

use rand::Rng;

use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{
    Backward, BufferLayout, BufferSize, Description, Layer, Mode, Needs, Pass, StepCount,
    StepState, StreamMemory, Streaming, TimeAxis, dereference, streams_as,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Rank1, Tokens, Vocabularies, samples};
use crate::simd::InstructionSet;
use crate::stage;

/// A layer over tokens, which come in as numbers: those of one of several inputs.
///
/// It dereferences to `L`, whose tensors have no further prefix.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Net< (word: tokens(1, vocab: 5), gain: [1, 2]) => &word => table: embedding(2) => sum(identity | &gain) >;
/// }
///
/// let mut net = Net::zeros();
/// net.table.weight[(0, 4)] = 7.0; // the first feature of token 4
/// let y = net.forward(&NetInput { word: &[4], gain: &[1.0, 2.0] });
/// assert_eq!(y, SVector::from([8.0, 2.0]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Numbered<L> {
    #[tensor(name = "")]
    layer: L,
}

dereference!([L] Numbered<L> => layer: L);

/// Room for the ids: one for each number, which has as many bytes or more.
const fn ids<const LENGTH: usize>() -> BufferLayout<1> {
    BufferLayout::new([BufferSize::per_sample(LENGTH)])
}

impl<T, L, V, const LENGTH: usize> Layer<T> for Numbered<L>
where
    T: Float,
    V: Vocabularies,
    L: Layer<T, Input = Tokens<LENGTH, V>>,
{
    type Input = Rank1<LENGTH>;
    type Output = L::Output;

    const NEEDS: Needs = {
        let (mut place, exact) =
            (0, if size_of::<T>() == 4 { 1 << f32::MANTISSA_DIGITS } else { u32::MAX as usize });
        while place < V::SIZES.len() {
            assert!(
                V::SIZES[place] <= exact,
                "tokens among several inputs are numbers, which hold them exactly"
            );
            place += 1;
        }
        let size = ids::<LENGTH>().size();
        L::NEEDS.with_forward(size).with_backward(size)
    };
    const DESCRIPTION: Description = L::DESCRIPTION;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[T; LENGTH]],
        output: &mut [crate::shape::Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let ([buffer], mut pass) = pass.buffers(&ids::<LENGTH>(), input.len());
        let ids = read(input.as_flattened(), buffer);
        pass.run(&self.layer, samples::<Tokens<LENGTH, V>, T>(ids), output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let Backward { input, output, tape, d_output, d_input } = step;
        let ([buffer], mut pass) = pass.buffers(&ids::<LENGTH>(), input.len());
        let ids = read(input.as_flattened(), buffer);
        let input = samples::<Tokens<LENGTH, V>, T>(ids);
        let step = Backward { input, output, tape, d_output, d_input: None };
        self.layer.backward(step, gradient.map(|gradient| &mut gradient.layer), &mut pass);
        if let Some(d_input) = d_input {
            d_input.as_flattened_mut().fill(T::ZERO);
        }
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, L, V, const LENGTH: usize, Time> Streaming<T, Time> for Numbered<L>
where
    T: Float,
    V: Vocabularies,
    L: Layer<T, Input = Tokens<LENGTH, V>> + Streaming<T, Time>,
    Time: TimeAxis,
{
    type Behind = L::Behind;

    const MEMORY: StreamMemory = L::MEMORY.with_scratch(1);

    streams_as!(layer: L);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (buffer, _, mut pass) = pass.turns(count.get(), 0);
        let ids = read(input, buffer);
        let pass = &mut pass;
        stage::steps::<T, L, Time, I, _, C>(&self.layer, count, ids, output, state, position, pass);
    }
}

/// Writes numbers as ids to where there is room for as many numbers.
#[inline(always)]
fn read<'a, T: Float>(numbers: &[T], buffer: &'a mut [T]) -> &'a [u32] {
    const { assert!(size_of::<T>() >= size_of::<u32>() && align_of::<T>() >= align_of::<u32>()) };
    assert!(buffer.len() == numbers.len(), "room for each id");
    // SAFETY: there are so many values, each with room and alignment for an id; floats may hold any bits, and the ids are
    // borrowed as long as the buffer is.
    let ids = unsafe {
        core::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast::<u32>(), numbers.len())
    };
    for (id, number) in ids.iter_mut().zip(numbers) {
        *id = number.to_f64() as u32;
    }
    ids
}

/// The mask of tokens that come in as numbers: zero where there is the one for padding, and else one.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Net< (words: tokens(3, vocab: 5, padding: 0)) => &words => embedding(2) => mean_over_time(mask: &words) >;
/// }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let activations = net.activations(&NetInput { words: &[4, 2, 0] });
/// assert_eq!(activations.words_mask.as_slice(), [1.0, 1.0, 0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct PaddingMask<const LENGTH: usize, const PADDING: usize>(PhantomData<()>);

impl<const LENGTH: usize, const PADDING: usize> ParameterFree for PaddingMask<LENGTH, PADDING> {
    type Input = Rank1<LENGTH>;
    type Output = Rank1<LENGTH>;

    const NEEDS: Needs = Needs::NOTHING;

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        let padding = T::from_usize(PADDING);
        for (&token, mask) in input.iter().zip(output) {
            *mask = if token == padding { T::ZERO } else { T::ONE };
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        step.d_input.fill(T::ZERO);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ids() {
        let numbers = [0.0f32, 1.0, 16_777_215.0];
        assert_eq!(read(&numbers, &mut [0.0; 3]), [0, 1, 16_777_215]);
        let numbers = [7.0f64, f64::from(u32::MAX)];
        assert_eq!(read(&numbers, &mut [0.0; 2]), [7, u32::MAX]);
    }
}
