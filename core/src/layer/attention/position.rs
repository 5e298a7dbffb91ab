//! Positions that are learned.

use nalgebra::SMatrix;
use rand::Rng;

use super::add;
use crate::initialize::normal;
use crate::layer::{
    Backward, Layer, Mode, Needs, Pass, StreamMemory, Streaming, TimeFirst, checked,
};
use crate::parameters::{Kind, Parameters, Tensors};
use crate::scalar::Float;
use crate::shape::Rank2;
use crate::simd::InstructionSet;

/// The standard deviation that tables start with, that of GPT-2.
const DEVIATION: f64 = 0.02;

/// Adds a learned vector to each position of a sequence `[LENGTH, FEATURES]`: `y[t] = x[t] + weight[t]`, learned
/// absolute position embeddings as GPT-2 has them (`torch.nn.Embedding` of the positions, added).
///
/// `weight` is `[TABLE, FEATURES]`, with a column of the matrix for each position. Of a table that is longer than the
/// sequence the first `LENGTH` positions are used. It starts normally distributed with a standard
/// deviation of 0.02.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 3] => place: position >; }
///
/// let mut net = Net::zeros();
/// net.place.weight.column_mut(1).copy_from_slice(&[10.0, 20.0, 30.0]);
/// let y = net.forward(&[1.0, 1.0, 1.0, 2.0, 2.0, 2.0]);
/// assert_eq!(y, SVector::from([1.0, 1.0, 1.0, 12.0, 22.0, 32.0]));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Position<T: Float, const LENGTH: usize, const FEATURES: usize, const TABLE: usize> {
    /// What is added: a column for each position.
    #[tensor(describe = describe::<TABLE, FEATURES>)]
    pub weight: SMatrix<T, FEATURES, TABLE>,
}

/// The table has a row for each position, whose features lie side by side.
fn describe<const TABLE: usize, const FEATURES: usize>(tensors: &mut Tensors, name: &str) {
    tensors.tensor(name, &[TABLE, FEATURES], &[FEATURES, 1], Kind::Trained);
}

impl<T: Float, const LENGTH: usize, const FEATURES: usize, const TABLE: usize> Layer<T>
    for Position<T, LENGTH, FEATURES, TABLE>
{
    type Input = Rank2<LENGTH, FEATURES>;
    type Output = Rank2<LENGTH, FEATURES>;

    const NEEDS: Needs = {
        assert!(LENGTH <= TABLE, "a table of positions is as long as the sequence");
        Needs::NOTHING
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        normal(self.weight.as_mut_slice(), DEVIATION, rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; FEATURES]; LENGTH]],
        output: &mut [[[T; FEATURES]; LENGTH]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let weight = &self.weight.as_slice()[..LENGTH * FEATURES];
        for (x, y) in input.iter().zip(output) {
            add(x.as_flattened(), weight, y.as_flattened_mut());
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        if let Some(gradient) = gradient {
            let gradient = &mut gradient.weight.as_mut_slice()[..LENGTH * FEATURES];
            for d_y in &*step.d_output {
                for (gradient, &d_y) in gradient.iter_mut().zip(d_y.as_flattened()) {
                    *gradient += d_y;
                }
            }
        }
        if let Some(d_input) = step.d_input {
            d_input.copy_from_slice(step.d_output);
        }
    }
}

/// Up to the length of the sequence.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T: Float, const LENGTH: usize, const FEATURES: usize, const TABLE: usize>
    Streaming<T, TimeFirst> for Position<T, LENGTH, FEATURES, TABLE>
{
    type Behind = TimeFirst;

    const MEMORY: StreamMemory = StreamMemory { steps: Some(LENGTH), ..StreamMemory::NONE };

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        position: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        let weight = &self.weight.as_slice()[position * FEATURES..];
        add(input, weight, output);
    }
}
