//! Recurrent layers: one step after the other along a sequence.
//!
//! Each is a [`RecurrentCell`] of one kind ([`Rnn`], [`Lstm`], [`Gru`]) that [`Recurrent`] runs along a sequence, or two
//! that [`Bidirectional`] runs along it both ways.

mod bidirectional;
mod cell;
mod gru;
mod lstm;
mod passes;
mod recurrent;
mod rnn;
mod state;

pub use bidirectional::Bidirectional;
pub use cell::RecurrentCell;
pub use gru::Gru;
pub use lstm::Lstm;
pub use recurrent::Recurrent;
pub use rnn::Rnn;
pub use state::{HiddenState, LstmState};

pub use crate::kernel::recurrence::Gates;
use crate::shape::Shape;

/// Fails to compile where a recurrent layer with outputs of so many features does not give `O` for `S`.
const fn check_shapes<S: Shape, O: Shape>(features: usize, outputs: usize) {
    assert!(
        S::DIMS.len() == 2 && S::DIMS[1] == features,
        "a recurrent layer takes a sequence [length, features]"
    );
    assert!(
        match O::DIMS {
            [last] => *last == outputs,
            [length, all] => *length == S::DIMS[0] && *all == outputs,
            _ => false,
        },
        "a recurrent layer gives its output after each step, or after the last"
    );
}
