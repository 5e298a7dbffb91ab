//! Samples of tokens: words, characters, items, each known by a number.

use crate::scalar::Float;
use crate::shape::{Shape, sealed::Sealed};

/// A run of `LENGTH` tokens, `tokens(LENGTH, vocab: ..)` in the language: a sample is a `[u32; LENGTH]` of
/// ids, counted from 0.
///
/// `V` says how many ids there are: [`Vocabulary<N>`](Vocabulary) where all places share one vocabulary, or a
/// tuple with a vocabulary for each place, such as `(Vocabulary<943>, Vocabulary<1682>)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens<const LENGTH: usize, V>(core::marker::PhantomData<fn() -> V>);

/// A vocabulary of `N` tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary<const N: usize>;

/// One [`Vocabulary`] for all places of a sample, or a tuple of two to eight, one for each place.
pub trait Vocabularies: Sealed + Copy + Send + Sync + 'static {
    /// How many tokens each has.
    const SIZES: &'static [usize];
}

impl<const N: usize> Sealed for Vocabulary<N> {}

impl<const N: usize> Vocabularies for Vocabulary<N> {
    const SIZES: &'static [usize] = &[N];
}

macro_rules! vocabularies {
    ($($name:ident)*) => {
        impl<$(const $name: usize),*> Sealed for ($(Vocabulary<$name>,)*) {}

        impl<$(const $name: usize),*> Vocabularies for ($(Vocabulary<$name>,)*) {
            const SIZES: &'static [usize] = &[$($name),*];
        }
    };
}
vocabularies!(A B);
vocabularies!(A B C);
vocabularies!(A B C D);
vocabularies!(A B C D E);
vocabularies!(A B C D E F);
vocabularies!(A B C D E F G);
vocabularies!(A B C D E F G H);

impl<const LENGTH: usize, V: Vocabularies> Sealed for Tokens<LENGTH, V> {}

// SAFETY: an array of LENGTH ids.
unsafe impl<const LENGTH: usize, V: Vocabularies> Shape for Tokens<LENGTH, V> {
    const DIMS: &'static [usize] = &[LENGTH];
    const LEN: usize = LENGTH;
    const VOCABULARIES: &'static [usize] = V::SIZES;
    type Element<T: Float> = u32;
    type Sample<T: Float> = [u32; LENGTH];

    #[inline]
    fn check<T: Float>(ids: &[u32]) -> Result<(), TokenOutOfRange> {
        TokenOutOfRange::find(ids, LENGTH, V::SIZES)
    }
}

/// A token that is none of the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenOutOfRange {
    /// Which sample it is in.
    pub sample: usize,
    /// Where in the sample it is.
    pub position: usize,
    /// Its id.
    pub token: u32,
    /// How many tokens the vocabulary has there; ids are smaller.
    pub vocabulary: usize,
}

impl TokenOutOfRange {
    /// Looks for an id that is out of range among samples of `length` ids.
    pub(crate) fn find(ids: &[u32], length: usize, vocabularies: &[usize]) -> Result<(), Self> {
        let is_in_range = match vocabularies {
            // One comparison for all: this is the case that must be quick.
            [one] => {
                ids.iter().fold(0, |largest, &id| largest.max(id)) < bound(*one) || ids.is_empty()
            }
            each => ids.iter().enumerate().all(|(place, &id)| id < bound(each[place % length])),
        };
        if is_in_range {
            return Ok(());
        }
        for (place, &token) in ids.iter().enumerate() {
            let vocabulary = vocabularies[place % length % vocabularies.len()];
            if token >= bound(vocabulary) {
                let (sample, position) = (place / length, place % length);
                return Err(TokenOutOfRange { sample, position, token, vocabulary });
            }
        }
        Ok(())
    }
}

/// Writes the tokens of one sample as numbers.
///
/// # Errors
/// If one is none of the vocabulary, or of that of its place.
#[inline(always)]
pub(crate) fn to_numbers<T: Float>(
    ids: &[u32],
    vocabularies: &[usize],
    numbers: &mut [T],
) -> Result<(), TokenOutOfRange> {
    TokenOutOfRange::find(ids, ids.len(), vocabularies)?;
    for (number, &id) in numbers.iter_mut().zip(ids) {
        *number = T::from_usize(id as usize);
    }
    Ok(())
}

/// The first id behind a vocabulary.
fn bound(vocabulary: usize) -> u32 {
    u32::try_from(vocabulary).unwrap_or(u32::MAX)
}

impl core::fmt::Display for TokenOutOfRange {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { sample, position, token, vocabulary } = self;
        write!(
            formatter,
            "sample {sample} has token {token} at position {position}, but the vocabulary has \
             {vocabulary} tokens, counted from 0"
        )
    }
}

impl core::error::Error for TokenOutOfRange {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_out_of_range_is_found() {
        assert_eq!(TokenOutOfRange::find(&[0, 64, 3, 1], 2, &[65]), Ok(()));
        assert_eq!(TokenOutOfRange::find(&[], 2, &[65]), Ok(()));
        let error = TokenOutOfRange::find(&[0, 64, 3, 65], 2, &[65]).unwrap_err();
        let expected = TokenOutOfRange { sample: 1, position: 1, token: 65, vocabulary: 65 };
        assert_eq!(error, expected);
        assert!(error.to_string().starts_with("sample 1 has token 65 at position 1, but"));
    }

    #[test]
    fn each_place_may_have_its_vocabulary() {
        assert_eq!(TokenOutOfRange::find(&[9, 2, 0, 0], 2, &[10, 3]), Ok(()));
        let error = TokenOutOfRange::find(&[9, 2, 0, 3], 2, &[10, 3]).unwrap_err();
        assert_eq!((error.sample, error.position, error.vocabulary), (1, 1, 3));
        assert_eq!(<Tokens<2, (Vocabulary<10>, Vocabulary<3>)> as Shape>::VOCABULARIES, [10, 3]);
    }
}
