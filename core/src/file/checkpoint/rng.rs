//! Random number generators that go on where they stopped.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use rand::Rng;
use rand::rngs::{ChaCha8Rng, ChaCha12Rng, ChaCha20Rng};

/// A random number generator whose state can be saved: those of ChaCha, whose state is a seed, a stream and a place in it.
#[diagnostic::on_unimplemented(
    message = "the state of `{Self}` cannot be saved",
    note = "`ChaCha12Rng` can be, and draws the numbers that `StdRng` draws from the same seed"
)]
pub trait ResumableRng: Rng + Sized {
    /// What it is called, such as `ChaCha12Rng`.
    const NAME: &'static str;

    /// Its state.
    fn to_bytes(&self) -> Vec<u8>;

    /// A generator in that state, if it is one.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

macro_rules! of_cha_cha {
    ($($name:ident),*) => {
        $(impl ResumableRng for $name {
            const NAME: &'static str = stringify!($name);

            fn to_bytes(&self) -> Vec<u8> {
                self.serialize_state().to_vec()
            }

            fn from_bytes(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self::deserialize_state)
            }
        })*
    };
}
of_cha_cha!(ChaCha8Rng, ChaCha12Rng, ChaCha20Rng);

/// Its name and its state.
pub fn text<R: ResumableRng>(rng: &R) -> String {
    let digits = rng.to_bytes().into_iter().map(|byte| format!("{byte:02x}"));
    [R::NAME, " ", &digits.collect::<String>()].concat()
}

/// Whose state a text is, and which; nothing where it is none.
pub fn read(text: &str) -> Option<(&str, Vec<u8>)> {
    let (name, digits) = text.split_once(' ')?;
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok();
    Some((name, pairs.map(byte).collect::<Option<_>>()?))
}
