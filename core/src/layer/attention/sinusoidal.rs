//! Positions as sines and cosines.

use core::marker::PhantomData;

use rand::Rng;

use crate::kernel::attention::rotation::{Turn, fill_row, fill_table, turns};
use crate::layer::{
    Backward, BufferSize, Layer, Mode, Needs, Pass, StreamMemory, Streaming, TimeFirst, checked,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Rank2;
use crate::simd::InstructionSet;

/// Adds the sinusoidal position encoding to a sequence `[LENGTH, FEATURES]` (Vaswani et al. 2017,
/// <https://arxiv.org/abs/1706.03762>): `y[t, 2 i] = x[t, 2 i] + sin(t / 10000^(2 i / FEATURES))`, and the cosine for
/// `2 i + 1`.
///
/// It has no parameters. A pass computes one rotation for each pair of features and position, and no sines. The number of
/// features is even.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 2] => sinusoidal >; }
///
/// let y = Net::zeros().forward(&[0.0; 4]);
/// assert!((y - SVector::from([0.0, 1.0, 1f32.sin(), 1f32.cos()])).amax() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Sinusoidal<const LENGTH: usize, const FEATURES: usize>(PhantomData<()>);

impl<const LENGTH: usize, const FEATURES: usize> Sinusoidal<LENGTH, FEATURES> {
    /// By what each pair of features turns from one position to the next.
    const TURNS: [Turn; FEATURES] = turns(FEATURES / 2);
}

impl<T: Float, const LENGTH: usize, const FEATURES: usize> Layer<T>
    for Sinusoidal<LENGTH, FEATURES>
{
    type Input = Rank2<LENGTH, FEATURES>;
    type Output = Rank2<LENGTH, FEATURES>;

    const NEEDS: Needs = {
        assert!(
            FEATURES.is_multiple_of(2),
            "the sinusoidal encoding has a sine and a cosine for each pair of features"
        );
        Needs {
            forward: BufferSize { fixed: LENGTH * FEATURES, ..BufferSize::NONE },
            ..Needs::NOTHING
        }
    };

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; FEATURES]; LENGTH]],
        output: &mut [[[T; FEATURES]; LENGTH]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let table = &mut pass.scratch()[..LENGTH * FEATURES];
        fill_table(&Self::TURNS[..FEATURES / 2], table, |pair| [2 * pair + 1, 2 * pair]);
        for (x, y) in input.iter().zip(output) {
            let values = x.as_flattened().iter().zip(&*table).zip(y.as_flattened_mut());
            for ((&x, &table), y) in values {
                *y = x + table;
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: &mut Self,
        _: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        if let Some(d_input) = step.d_input {
            d_input.copy_from_slice(step.d_output);
        }
    }
}

/// Up to the length of the sequence, for which rounding errors are bounded.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T: Float, const LENGTH: usize, const FEATURES: usize> Streaming<T, TimeFirst>
    for Sinusoidal<LENGTH, FEATURES>
{
    type Behind = TimeFirst;

    const MEMORY: StreamMemory =
        StreamMemory { scratch: FEATURES, steps: Some(LENGTH), ..StreamMemory::NONE };

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let row = &mut pass.scratch()[..FEATURES];
        let turns = &Self::TURNS[..FEATURES / 2];
        fill_row(turns, position, row, |pair| [2 * pair + 1, 2 * pair]);
        for ((&x, &row), y) in input.iter().zip(&*row).zip(output) {
            *y = x + row;
        }
    }
}
