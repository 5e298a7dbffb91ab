//! The stages of a stream.

use super::Streaming;
use super::memory::StreamMemory;
use super::parts::StateParts;
use super::place::Name;
use super::time::{TimeAxis, step_len};
use crate::layer::larger;
use crate::scalar::Float;

/// What one stage adds to the memory of a network.
#[derive(Clone, Copy, Debug)]
pub struct StreamStage {
    memory: StreamMemory,
    /// How many values it prepares.
    prepared: usize,
    /// The values of a step that it gives.
    len: usize,
    /// What its tensors are called, where that is not its name.
    called: Option<&'static str>,
    /// Which names they have in front of that.
    naming: Naming,
    /// Lists what it keeps, under its name, and where it lies among the values of the network.
    pub(super) describe: fn(&mut StateParts<'_>, Name<'_>, usize),
}

/// Which names stand in front of that of a stage.
#[derive(Clone, Copy, Debug)]
enum Naming {
    /// All around it.
    Part,
    /// Those of the level that it is on.
    Label,
    /// All around it, and it opens no level.
    Place,
}

impl StreamStage {
    /// The stage that a layer of the network `N` is.
    pub const fn at<T: Float, N, L: Streaming<T, Time>, Time: TimeAxis>(_: fn(&N) -> &L) -> Self {
        StreamStage {
            memory: L::MEMORY,
            prepared: L::PREPARED,
            len: step_len::<L::Output, L::Behind>(),
            describe: |parts, name, at| parts.named::<T, L, Time>(name, at),
            ..StreamStage::joining(&[])
        }
    }

    /// The stage that puts steps of these sizes one behind the other.
    pub const fn joining(lens: &[usize]) -> Self {
        let (mut len, mut index) = (0, 0);
        while index < lens.len() {
            len += lens[index];
            index += 1;
        }
        StreamStage {
            memory: StreamMemory::NONE,
            prepared: 0,
            len,
            called: None,
            naming: Naming::Part,
            describe: |_, _, _| {},
        }
    }

    /// The same, of which the declaration says what its tensors are called.
    pub const fn called(self, name: &'static str) -> Self {
        StreamStage { called: Some(name), ..self }
    }

    /// The same, which has a label.
    pub const fn label(self) -> Self {
        StreamStage { naming: Naming::Label, ..self }
    }

    /// The same, which is a composition without a label.
    pub const fn place(self) -> Self {
        StreamStage { naming: Naming::Place, ..self }
    }

    /// What its tensors are called, of a stage that has this name.
    pub(super) fn name<'a>(&self, name: &'a str) -> Name<'a> {
        let name = self.called.unwrap_or(name);
        match self.naming {
            Naming::Part => Name::Text(name),
            Naming::Label => Name::Label(name),
            Naming::Place => Name::Place(name),
        }
    }
}

/// How many values the stages of a network prepare.
pub const fn prepared(stages: &[StreamStage]) -> usize {
    let (mut prepared, mut index) = (0, 0);
    while index < stages.len() {
        prepared += stages[index].prepared;
        index += 1;
    }
    prepared
}

/// Enough memory for the stages of a network.
pub const fn stream_memory(stages: &[StreamStage]) -> StreamMemory {
    let mut memory = StreamMemory::NONE;
    let (mut front, mut back) = (0, 0);
    let mut index = 0;
    while index < stages.len() {
        memory = memory.and(stages[index].memory);
        if index + 1 < stages.len() {
            if index.is_multiple_of(2) {
                front = larger(front, stages[index].len);
            } else {
                back = larger(back, stages[index].len);
            }
        }
        index += 1;
    }
    StreamMemory { front, back, ..memory.with_scratch(front).with_scratch(back) }
}

/// The same, of which later stages refer to what some give.
pub const fn referring_stream_memory(stages: &[StreamStage], referenced: &[usize]) -> StreamMemory {
    let mut memory = stream_memory(stages);
    let mut index = 0;
    while index < referenced.len() {
        memory = memory.with_scratch(stages[referenced[index]].len);
        index += 1;
    }
    memory
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::streaming::MOST_STEPS;

    #[test]
    fn states_add_up_and_working_memory_is_shared() {
        let stage = |state, scratch, len| StreamStage {
            memory: StreamMemory { state, scratch, ..StreamMemory::NONE },
            len,
            ..StreamStage::joining(&[])
        };
        let memory =
            stream_memory(&[stage(3, 5, 8), stage(4, 2, 6), stage(0, 0, 9), stage(1, 1, 99)]);
        assert_eq!((memory.state, memory.scratch), (8, 5 + 9 + 6));
        assert_eq!((memory.front, memory.back), (9, 6));
        assert_eq!(memory.of_block(), 5 + MOST_STEPS * (9 + 6));
    }
}
