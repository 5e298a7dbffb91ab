//! What layers keep between steps, part by part.

use core::any::TypeId;

use super::place::{Name, Path, StatePart};
use super::{Streaming, TimeAxis};
use crate::layer::Structure;
use crate::parameters::Parameters;
use crate::scalar::Float;

/// Lists what layers keep between steps, in the order in which it lies in their state:
/// [`Streaming::describe_state`] adds to it.
pub struct StateParts<'a> {
    visit: &'a mut (dyn FnMut(StatePart<'_>) + 'a),
    path: Path<'a>,
    /// Where the layer lies among the values of its network.
    at: usize,
    /// What is listed already, in values.
    listed: usize,
}

impl<'a> StateParts<'a> {
    /// Shows what a layer keeps, and what the layers do that it is made of.
    pub(crate) fn visit<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(
        visit: &'a mut (dyn FnMut(StatePart<'_>) + 'a),
    ) {
        let path = Path { outer: None, name: Name::Text("") };
        StateParts { visit, path, at: 0, listed: 0 }.describe::<T, L, Time>();
    }

    /// Adds values that belong together, as a tensor.
    pub fn tensor(&mut self, name: &str, shape: &[usize]) {
        let end = self.listed + shape.iter().product::<usize>();
        let path = Path { outer: Some(&self.path), name: Name::Text(name) };
        (self.visit)(StatePart::Tensor { path, shape, range: self.listed..end });
        self.listed = end;
    }

    /// Adds what a layer keeps that this layer is made of. The layer lies `at` so many values from the beginning of this
    /// one.
    pub fn layer<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(
        &mut self,
        name: &str,
        at: usize,
    ) {
        self.named::<T, L, Time>(Name::Text(name), at);
    }

    /// The same, where the names of stages with a label leave out this one.
    pub fn place<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(
        &mut self,
        name: &str,
        at: usize,
    ) {
        self.named::<T, L, Time>(Name::Place(name), at);
    }

    /// The same of a layer that is one of several in an array.
    pub(crate) fn turn<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(&mut self, turn: usize) {
        self.named::<T, L, Time>(Name::Turn(turn), turn * L::VALUES);
    }

    pub(super) fn named<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(
        &mut self,
        name: Name<'_>,
        at: usize,
    ) {
        let path = Path { outer: Some(&self.path), name };
        let (at, listed) = (self.at + at, self.listed);
        let mut inner = StateParts { visit: &mut *self.visit, path, at, listed };
        inner.describe::<T, L, Time>();
        self.listed = inner.listed;
    }

    fn describe<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(&mut self) {
        let end = self.listed + L::MEMORY.state;
        let (layer, range) = (TypeId::of::<L>(), self.listed..end);
        (self.visit)(StatePart::Layer { layer, at: self.at, range });
        L::describe_state(self);
        assert!(
            self.listed == end,
            "`{}` lists {} values of its state, which has {}",
            core::any::type_name::<L>(),
            self.listed + L::MEMORY.state - end,
            L::MEMORY.state
        );
    }

    /// What a layer does that lists nothing itself: the stages of a network under their names; else all that it keeps is
    /// one tensor.
    pub(super) fn list<T: Float, L: Streaming<T, Time>, Time: TimeAxis>(&mut self) {
        match L::DESCRIPTION.structure {
            Structure::Chain(stages) if !L::PARTS.is_empty() => {
                let mut at = 0;
                for (stage, part) in stages.iter().zip(L::PARTS) {
                    (part.describe)(self, part.name(stage.name), at);
                    at += stage.values;
                }
            }
            _ if L::MEMORY.state > 0 => self.tensor("state", &[L::MEMORY.state]),
            _ => {}
        }
    }
}

/// A layer whose part of a [`StreamState`](crate::StreamState) is shown as a type: recurrences, and layers of a user's own
/// that implement it.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [64, 2] => memory: lstm(3) => 1 >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// let mut stream = net.stream();
/// stream.part_mut(|net| &net.memory).cell.fill(0.5);
/// assert_eq!(stream.state().values(), [0.0, 0.0, 0.0, 0.5, 0.5, 0.5]);
/// ```
#[diagnostic::on_unimplemented(
    message = "what `{Self}` keeps between steps has no parts with names",
    label = "no recurrence",
    note = "`rnn`, `gru` and `lstm` have `hidden`, and `lstm` a `cell`; what others keep is among the `values` of a \
            state, where its `tensors` say"
)]
pub trait KeepsState<T: Float>: Parameters<T> {
    /// What it keeps: as many values as the state of its stream has.
    type State: Parameters<T>;
}
