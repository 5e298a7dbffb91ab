//! Positions as sines and cosines.

use core::marker::PhantomData;

use super::add;
use crate::kernel::attention::rotation::{Turn, fill_row, fill_table, turns};
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{BufferSize, Mode, Needs, Pass, StreamMemory, Streaming, TimeFirst};
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

impl<const LENGTH: usize, const FEATURES: usize> ParameterFree for Sinusoidal<LENGTH, FEATURES> {
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

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let table = &mut pass.scratch()[..LENGTH * FEATURES];
        fill_table(&Self::TURNS[..FEATURES / 2], table, |pair| [2 * pair + 1, 2 * pair]);
        for (x, y) in input.chunks_exact(table.len()).zip(output.chunks_exact_mut(table.len())) {
            add(x, table, y);
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        step.d_input.copy_from_slice(step.d_output);
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
        add(input, row, output);
    }
}
