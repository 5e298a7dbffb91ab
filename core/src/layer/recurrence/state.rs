//! What recurrent layers carry from one step to the next.

use nalgebra::SVector;

use super::{Gru, Lstm, Recurrent, RecurrentCell, Rnn};
use crate::activation::Elementwise;
use crate::layer::KeepsState;
use crate::parameters::Parameters;
use crate::scalar::Float;

/// What an [`Lstm`] of `H` hidden units carries from one step to the next: `h` and `c` in its formula.
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct LstmState<T: Float, const H: usize> {
    /// The output of the last step: `h_0` in PyTorch.
    pub hidden: SVector<T, H>,
    /// What is remembered besides: `c_0` in PyTorch.
    pub cell: SVector<T, H>,
}

/// What a [`Gru`] or an [`Rnn`] of `H` hidden units carries from one step to the next: `h` in its formula.
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct HiddenState<T: Float, const H: usize> {
    /// The output of the last step: `h_0` in PyTorch.
    pub hidden: SVector<T, H>,
}

macro_rules! keeps {
    ($($kind:ty $([$activation:ident])? => $state:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, S, O, const F: usize, const H: usize, const G: usize, const B: usize, $($activation)?>
            KeepsState<T> for Recurrent<RecurrentCell<T, $kind, F, H, G, B>, S, O>
        where
            T: Float,
            S: 'static,
            O: 'static,
            $($activation: Elementwise,)?
        {
            type State = $state<T, H>;
        }
    )*};
}

keeps! {
    Lstm => LstmState;
    Gru => HiddenState;
    Rnn<A> [A] => HiddenState;
}
