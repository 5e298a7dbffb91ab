//! From tokens to vectors that are learned.

use core::marker::PhantomData;

use nalgebra::SMatrix;
use rand::Rng;

use crate::initialize::normal;
use crate::layer::{Backward, Layer, Mode, Needs, Pass, Streaming, TimeFirst, checked};
use crate::parameters::{Kind, Parameters, Tensors};
use crate::scalar::Float;
use crate::shape::{Rank2, Tokens, Vocabularies, Vocabulary};
use crate::simd::InstructionSet;

/// A learned vector of `DIM` features for each token, `torch.nn.Embedding`: `embedding(DIM)` in the language.
///
/// A sample of `LENGTH` tokens becomes `[LENGTH, DIM]`. With one [`Vocabulary`](crate::shape::Vocabulary) the
/// tensor is `weight`, `[vocabulary, DIM]`; with one for each place, each place has a table of its own, and the
/// tensors are `0.weight`, `1.weight`, .. as those of a `torch.nn.ModuleList`. `ROWS` is the number of all tokens
/// of all tables, which lie one behind the other. Vectors start normally distributed with standard deviation
/// `STD` (the bits of an `f64`, 1 where the language is not told otherwise).
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< tokens(3, vocab: 5) => embedding(2) >; }
///
/// let mut net = Net::zeros();
/// net.stage1.weight[(0, 4)] = 7.0; // the first feature of token 4
/// assert_eq!(net.forward(&[0, 4, 4]).as_slice(), [0.0, 0.0, 7.0, 0.0, 7.0, 0.0]);
/// assert_eq!(Net::tensors()[0].shape, [5, 2]);
/// let error = Net::check_tokens(&[0, 5, 1]).unwrap_err();
/// assert_eq!((error.position, error.token), (1, 5));
/// ```
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Embedding<
    T: Float,
    V: Vocabularies,
    const LENGTH: usize,
    const ROWS: usize,
    const DIM: usize,
    const STD: u64 = { 1.0f64.to_bits() },
> {
    /// One column for each token: the vector that stands for it.
    #[tensor(describe = describe_tables::<V, DIM>)]
    pub weight: SMatrix<T, DIM, ROWS>,
    vocabularies: PhantomData<fn() -> V>,
}

/// A table for each vocabulary, with a row for each token. Several are listed as those of a `ModuleList`, whose
/// names begin with the place.
fn describe_tables<V: Vocabularies, const DIM: usize>(tensors: &mut Tensors, name: &str) {
    if let [size] = V::SIZES {
        return tensors.tensor(name, &[*size, DIM], &[DIM, 1], Kind::Trained);
    }
    for (place, size) in V::SIZES.iter().enumerate() {
        let name = alloc::format!("{place}.{name}");
        tensors.tensor(&name, &[*size, DIM], &[DIM, 1], Kind::Trained);
    }
}

impl<T, V, const LENGTH: usize, const ROWS: usize, const DIM: usize, const STD: u64>
    Embedding<T, V, LENGTH, ROWS, DIM, STD>
where
    T: Float,
    V: Vocabularies,
{
    /// Where the table of a place begins.
    #[inline(always)]
    fn first_row(place: usize) -> usize {
        match V::SIZES {
            [_] => 0,
            sizes => sizes[..place].iter().sum(),
        }
    }
}

impl<T, V, const LENGTH: usize, const ROWS: usize, const DIM: usize, const STD: u64> Layer<T>
    for Embedding<T, V, LENGTH, ROWS, DIM, STD>
where
    T: Float,
    V: Vocabularies,
{
    type Input = Tokens<LENGTH, V>;
    type Output = Rank2<LENGTH, DIM>;

    const NEEDS: Needs = {
        let (mut rows, mut table) = (0, 0);
        while table < V::SIZES.len() {
            rows += V::SIZES[table];
            table += 1;
        }
        assert!(rows == ROWS, "the tables hold a row for each token");
        assert!(table == 1 || table == LENGTH, "one vocabulary, or one for each place");
        Needs::NOTHING
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        normal(self.weight.as_mut_slice(), f64::from_bits(STD), rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[u32; LENGTH]],
        output: &mut [[[T; DIM]; LENGTH]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let rows: &[[T; DIM]] = self.weight.as_slice().as_chunks().0;
        for (ids, vectors) in input.iter().zip(output) {
            for (place, (&id, vector)) in ids.iter().zip(vectors).enumerate() {
                *vector = rows[Self::first_row(place) + id as usize];
            }
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
        let Some(gradient) = gradient else { return };
        let rows: &mut [[T; DIM]] = gradient.weight.as_mut_slice().as_chunks_mut().0;
        for (ids, d_vectors) in step.input.iter().zip(step.d_output) {
            for (place, (&id, d_vector)) in ids.iter().zip(d_vectors).enumerate() {
                let row = &mut rows[Self::first_row(place) + id as usize];
                for (sum, &d_value) in row.iter_mut().zip(&*d_vector) {
                    *sum += d_value;
                }
            }
        }
    }
}

/// With one vocabulary, so that every step is alike.
// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, const LENGTH: usize, const ROWS: usize, const DIM: usize, const STD: u64>
    Streaming<T, TimeFirst> for Embedding<T, Vocabulary<ROWS>, LENGTH, ROWS, DIM, STD>
where
    T: Float,
{
    type Behind = TimeFirst;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[u32],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(&self.weight.as_slice()[input[0] as usize * DIM..][..DIM]);
    }
}
